//! English words.

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
        Phrase::Hypotheses => "Possible causes, likeliest first",
        Phrase::Next => "What could be asked next",
        Phrase::Partial => "The data behind these figures is not loaded in full for this period: ",
        Phrase::Filters => "The figures cover only charges where these conditions hold: ",
        Phrase::Periods => "The figures cover this period: ",
        Phrase::Measures => "The figures are of this measure: ",
    }
}
