//! English words.

mod bases;

use std::cmp::Ordering;

use jiff::civil::Date;
use wherefore_contract::{draft::TrendStyle, period::Period, question::Language};

use super::{Calendar, Phrase, calendar, names};

pub(super) fn column(column: &str) -> String {
    let base = super::base_measure(column);
    let Some(known) = names::measure(base, Language::En) else {
        let words = names::dimension(column, Language::En);
        let words = words.unwrap_or_else(|| crate::escape::name(&super::readable(column)));
        return super::capital(&words);
    };
    let side = match column.strip_prefix(base) {
        Some("_from") => " before",
        Some("_to") => " after",
        Some("_low") => ", low end",
        Some("_high") => ", high end",
        _ => "",
    };
    let daily = if base.ends_with("_per_day") { " per day" } else { "" };
    format!("{}{daily}{side}", super::capital(&known))
}

pub(super) fn own_word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("likeness", "case") => "case",
        ("likeness", "separators") => "separators",
        ("likeness", "abbreviation") => "abbreviation",
        ("likeness", "slip") => "a keystroke",
        ("stage", "below_crawl") => "below the crawl target",
        ("stage", "crawl") => "crawl target reached",
        ("stage", "run") => "run target reached",
        ("method", "run_rate") => "pace of the loaded days",
        ("method", "seasonal_naive") => "the same weekday of the last week",
        ("method", "mean_rate") => "mean of the last weeks",
        ("method", "robust_trend") => "straight line with a weekly pattern",
        ("method", "damped_seasonal") => "smoothed level, fading trend and weekly pattern",
        ("method", "combined") => "mean of several models",
        ("method", "actual") => "all days loaded",
        ("kind", "spike") => "spike",
        ("kind", "shift") => "new level",
        ("kind", "drop") => "drop",
        ("dimension", "total") => "all charges",
        ("dimension", "sub_account") => "account",
        ("dimension", "cloud_service") => "cloud service",
        ("dimension", "usage_type") => "usage type",
        ("payment", "no_upfront") => "no upfront",
        ("payment", "partial_upfront") => "partial upfront",
        ("payment", "all_upfront") => "all upfront",
        ("rate_source", "bill") => "own bill",
        ("rate_source", "offer_table") => "table of offers",
        ("end_source", "charged_no_more") => "charged no more",
        ("end_source", "upfront_term") => "term of the upfront purchase",
        ("end_source", "not_on_the_bill") => "not on the bill",
        ("grain", "hour") => "hours",
        ("grain", "day") => "days",
        ("week_part", "weekday") => "weekdays",
        ("weekday", "1" | "Monday") => "Monday",
        ("weekday", "2" | "Tuesday") => "Tuesday",
        ("weekday", "3" | "Wednesday") => "Wednesday",
        ("weekday", "4" | "Thursday") => "Thursday",
        ("weekday", "5" | "Friday") => "Friday",
        ("weekday", "6" | "Saturday") => "Saturday",
        ("weekday", "7" | "Sunday") => "Sunday",
        ("action", "delete") => "delete",
        ("action", "resize") => "resize",
        ("action", "schedule") => "schedule",
        ("action", "move") => "move",
        ("action", "commit") => "commit",
        ("action", "examine") => "look into",
        ("effort" | "risk", "low") => "low",
        ("effort" | "risk", "medium") => "medium",
        ("effort" | "risk", "high") => "high",
        ("reach", "told") => "all of it",
        ("reach", "short_history") => "too few days are loaded",
        ("reach", "unpaired") => "use is charged elsewhere for some",
        ("regime", "efficient_growth") => "efficient growth",
        ("regime", "flat") => "flat",
        ("regime", "inefficient") => "inefficient",
        ("regime", "shrinking") => "shrinking",
        ("regime", "pure_saving") => "pure saving",
        ("regime", "undetermined") => "undetermined",
        ("effect" | "main_effect", "volume") => "volume",
        ("allocation_basis", "even") => "even shares",
        ("allocation_basis", "fixed") => "fixed shares",
        ("allocation_basis", "proportional") => "direct cost",
        ("allocation_basis", "usage") => "metered usage",
        ("allocation_basis", "transactions") => "transactions",
        ("price_part" | "main_price_part", "price_list") => "list prices",
        ("price_part" | "main_price_part", "price_negotiated") => "negotiated discounts",
        ("price_part" | "main_price_part", "price_commitment") => "commitments",
        ("price_part" | "main_price_part", "price_waste") => "unused commitments",
        ("effect" | "main_effect", "intensity") => "intensity",
        ("effect" | "main_effect", "mix") => "mix",
        ("effect" | "main_effect", "price") => "price",
        ("effect" | "main_effect" | "kind", "new") => "new charges",
        ("effect" | "main_effect", "gone") => "charges that ended",
        ("effect" | "main_effect", "non_operating") => "non-operating charges",
        ("effect" | "main_effect", "residual") => "residual",
        _ => return super::seasons::en(column, value).or_else(|| bases::word(column, value)),
    })
}

pub(super) fn trend(direction: Ordering, style: TrendStyle) -> &'static str {
    match (direction, style) {
        (Ordering::Greater, TrendStyle::Verb) => "rose",
        (Ordering::Less, TrendStyle::Verb) => "fell",
        (Ordering::Equal, TrendStyle::Verb) => "did not change",
        (Ordering::Greater, TrendStyle::Noun) => "rise",
        (Ordering::Less, TrendStyle::Noun) => "fall",
        (Ordering::Equal, TrendStyle::Noun) => "no change",
    }
}

pub(super) fn period(period: Period) -> String {
    match calendar(period) {
        Calendar::Month(first) => month(first),
        Calendar::Months(first, last) => format!("{} to {}", month(first), month(last)),
        Calendar::Quarter(year, quarter) => format!("Q{quarter} {year}"),
        Calendar::Year(year) => format!("{year}"),
        Calendar::Day(day) => day.to_string(),
        Calendar::Days(first, last) => format!("{first} to {last}"),
        Calendar::Moments(start, end) => format!(
            "{} to {} UTC",
            start.strftime("%Y-%m-%d %H:%M"),
            end.strftime("%Y-%m-%d %H:%M")
        ),
    }
}

fn month(first: Date) -> String {
    first.strftime("%B %Y").to_string()
}

pub(super) fn count(rows: usize, of: Option<&str>) -> String {
    let noun = of.map_or_else(
        || "row".to_owned(),
        |column| {
            let known = names::dimension(column, Language::En);
            known.unwrap_or_else(|| crate::escape::name(&super::readable(column)))
        },
    );
    let noun = if rows == 1 { noun } else { plural(&noun) };
    format!("{} {noun}", grouped(rows))
}

/// Several of a noun: "regions", "availability zones", "days of the week".
pub(super) fn plural(noun: &str) -> String {
    let own = |key: &&str| matches!(*key, "key" | "value");
    if let Some(key) = noun.strip_prefix("tag ").filter(|key| !own(key)) {
        return format!("values of the tag {key}");
    }
    for infix in [" of ", " or "] {
        if let Some((first, rest)) = noun.split_once(infix) {
            return format!("{}{infix}{rest}", plural(first));
        }
    }
    if noun.ends_with('s') || !noun.ends_with(char::is_alphabetic) {
        return format!("values of {noun}");
    }
    let long = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    long.map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"))
}

fn grouped(count: usize) -> String {
    let digits = count.to_string();
    digits
        .char_indices()
        .flat_map(|(at, digit)| {
            let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
            comma.then_some(',').into_iter().chain([digit])
        })
        .collect()
}

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Withheld => "Withheld: a figure in this sentence could not be verified.",
        Phrase::WithheldEffect => "What it would have said is left out of the answer.",
        Phrase::HeadlineWithheld => {
            "The answer was withheld because a figure in it could not be verified."
        }
        Phrase::HeadlineDeclined => "This cannot be answered from the data that is loaded.",
        Phrase::HeadlineUnclear => {
            "The question can be read in several ways; please say which is meant."
        }
        Phrase::HeadlineRows => "The figures that answer the question stand in the table below.",
        Phrase::Assumptions => "How the question was read",
        Phrase::Gaps => "Caveats",
        Phrase::Missing => "What is missing",
        Phrase::Findings => "Findings",
        Phrase::Next => "What could be asked next",
        Phrase::Partial => "The data behind these figures is not loaded in full for this period: ",
        Phrase::Filters => "The figures cover only charges where these conditions hold: ",
        Phrase::Periods => "The figures cover this period: ",
        Phrase::Measures => "The figures are of this measure: ",
    }
}
