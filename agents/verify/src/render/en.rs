//! English words.

use std::cmp::Ordering;

use jiff::civil::Date;
use wherefore_contract::{draft::TrendStyle, period::Period};

use super::{Calendar, Phrase, calendar};

pub(super) fn measure(base: &str) -> Option<&'static str> {
    Some(match base {
        "billed_cost" => "billed cost",
        "effective_cost" => "effective cost",
        "list_cost" => "list cost",
        "contracted_cost" => "contracted cost",
        "consumed_quantity" => "consumed quantity",
        "pricing_quantity" => "priced quantity",
        "rows" => "charge rows",
        "transactions" => "transactions",
        "unit_cost" | "unit_amount" => "cost per transaction",
        "unit_cost_total" => "total cost per transaction",
        "cost" | "amount" => "cost",
        "change" => "change",
        "change_percent" => "change in percent",
        "share" => "share",
        "cumulative" | "cumulative_share" => "running share",
        "main_share" => "share of the main cause",
        "first_charge" => "first charge",
        "last_charge" => "last charge",
        _ => return None,
    })
}

pub(super) fn column(column: &str) -> String {
    let known = measure(super::base_measure(column)).is_some();
    let side = if known && column.ends_with("_from") {
        " before"
    } else if known && column.ends_with("_to") {
        " after"
    } else {
        ""
    };
    let words = measure(super::base_measure(column))
        .map_or_else(|| crate::escape::name(&super::readable(column)), str::to_owned);
    let mut letters = words.chars();
    let head: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{head}{}{side}", letters.as_str())
}

pub(super) fn own_word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("regime", "efficient_growth") => "efficient growth",
        ("regime", "flat") => "flat",
        ("regime", "inefficient") => "inefficient",
        ("regime", "shrinking") => "shrinking",
        ("regime", "pure_saving") => "pure saving",
        ("regime", "undetermined") => "undetermined",
        ("effect" | "main_effect", "volume") => "volume",
        ("effect" | "main_effect", "intensity") => "intensity",
        ("effect" | "main_effect", "mix") => "mix",
        ("effect" | "main_effect", "price") => "price",
        ("effect" | "main_effect", "new") => "new charges",
        ("effect" | "main_effect", "gone") => "charges that ended",
        ("effect" | "main_effect", "non_operating") => "non-operating charges",
        ("effect" | "main_effect", "residual") => "residual",
        _ => return None,
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
    let one = rows == 1;
    let noun = of
        .map_or_else(|| "row".to_owned(), |column| crate::escape::name(&column.replace('_', " ")));
    let noun = match noun.as_str() {
        _ if one => noun,
        "row" | "month" | "day" | "quarter" | "year" | "hour" => format!("{noun}s"),
        ends if ends.ends_with('y') => format!("{}ies", ends.strip_suffix('y').unwrap_or(ends)),
        ends if ends.contains(' ') || ends.chars().all(char::is_alphabetic) => format!("{ends}s"),
        other => format!("values of {other}"),
    };
    format!("{rows} {noun}")
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
        Phrase::Gaps => "What is missing",
        Phrase::Findings => "Findings",
        Phrase::Next => "What could be asked next",
        Phrase::Partial => "The data behind these figures is not loaded in full for this period: ",
        Phrase::Filters => "The figures cover only charges where these conditions hold: ",
        Phrase::Periods => "The figures cover this period: ",
        Phrase::Measures => "The figures are of this measure: ",
    }
}
