//! Words around figures, chosen by code: measures, directions, ends, periods and particles.

mod en;
mod ko;
mod names;
pub(crate) use names::is_folded;
pub mod particle;
mod words;

use std::cmp::Ordering;

use wherefore_contract::{
    dimension::Dimension,
    draft::{Extreme, TrendStyle},
    period::Period,
    question::Language,
    table::Column,
    unit::Unit,
};

/// What a column measures, without the period or part it stands for.
///
/// `billed_cost_from` and `billed_cost_to` are both `billed_cost`.
#[must_use]
pub fn base_measure(column: &str) -> &str {
    ["_from", "_to", "_low", "_high"]
        .iter()
        .find_map(|suffix| column.strip_suffix(suffix))
        .unwrap_or(column)
}

/// The name of the measure in a column, e.g. "billed cost".
#[must_use]
pub fn measure(column: &str, language: Language) -> String {
    let base = base_measure(column);
    names::measure(base, language).unwrap_or_else(|| readable(base))
}

/// Whether a column of this name would be told in words of our own, or as one side of a comparison of ours. What another
/// program reports must not stand under such a name: its `rows` are no charge rows.
#[must_use]
pub fn is_own_name(column: &str) -> bool {
    base_measure(column) != column
        || names::is_own(column)
        || names::measure(column, Language::En).is_some()
}

/// The name of a dimension, e.g. "cloud service", "app 태그".
#[must_use]
pub fn dimension(dimension: &Dimension, language: Language) -> String {
    let name = dimension.name();
    names::dimension(&name, language).unwrap_or_else(|| crate::escape::name(&readable(&name)))
}

/// The head of a computed column, from words of our own alone; `None` for any other name.
#[must_use]
pub(crate) fn own_head(name: &str, language: Language) -> Option<String> {
    names::is_own(name).then(|| column(name, language))
}

/// What one of a count of different values is called: "account" for `sub_account`.
#[must_use]
pub(crate) fn counted(column: &str, language: Language) -> String {
    let name =
        column.strip_prefix("tag_").map_or_else(|| column.to_owned(), |key| format!("tag:{key}"));
    names::dimension(&name, language).unwrap_or_else(|| crate::escape::name(&readable(column)))
}

/// The name of any column, as the head of a table.
#[must_use]
pub fn column(column: &str, language: Language) -> String {
    match language {
        Language::En => en::column(column),
        Language::Ko => ko::column(column),
    }
}

/// The head of a column, with the period that its figures belong to where two periods are compared:
/// "Billed cost, August 2026".
#[must_use]
pub fn head(of: &Column, language: Language) -> String {
    let sided = of.name.ends_with("_from") || of.name.ends_with("_to");
    match (of.period.filter(|_| sided), language) {
        (Some(stretch), Language::En) => {
            let daily = if base_measure(&of.name).ends_with("_per_day") { " per day" } else { "" };
            let known = capital(&measure(&of.name, language));
            format!("{known}{daily}, {}", period(stretch, language))
        }
        (Some(stretch), Language::Ko) => {
            let daily = if base_measure(&of.name).ends_with("_per_day") { "하루 " } else { "" };
            format!("{daily}{}({})", measure(&of.name, language), period(stretch, language))
        }
        (None, _) => column(&of.name, language),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let head: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{head}{}", letters.as_str())
}

/// Our own words that stand in cells, such as a regime or an effect.
#[must_use]
pub fn own_word(column: &str, value: &str, language: Language) -> Option<&'static str> {
    words::own(column, value, language)
}

/// What is shown for a cell without a value.
#[must_use]
pub fn no_value(language: Language) -> &'static str {
    match language {
        Language::En => "(no value)",
        Language::Ko => "(값 없음)",
    }
}

/// What is shown for a name that is nothing but invisible characters.
#[must_use]
pub fn unreadable(language: Language) -> &'static str {
    match language {
        Language::En => "(unreadable name)",
        Language::Ko => "(읽을 수 없는 이름)",
    }
}

/// "rose", "fell" or "did not change".
#[must_use]
pub fn trend(direction: Ordering, style: TrendStyle, language: Language) -> &'static str {
    match language {
        Language::En => en::trend(direction, style),
        Language::Ko => ko::trend(direction, style),
    }
}

/// "the largest" or "the smallest"; in Korean counts are many or few.
#[must_use]
pub fn extreme(which: Extreme, unit: Option<&Unit>, language: Language) -> &'static str {
    let counted = matches!(unit, Some(Unit::Count(_) | Unit::Quantity(_)));
    match (which, language) {
        (Extreme::Largest, Language::Ko) if counted => "가장 많은",
        (Extreme::Smallest, Language::Ko) if counted => "가장 적은",
        (Extreme::Largest, Language::En) => "the largest",
        (Extreme::Smallest, Language::En) => "the smallest",
        (Extreme::Largest, Language::Ko) => "가장 큰",
        (Extreme::Smallest, Language::Ko) => "가장 작은",
    }
}

/// "the largest", "the 2nd largest", "두 번째로 큰".
#[must_use]
pub(crate) fn place(
    place: usize,
    which: Extreme,
    unit: Option<&Unit>,
    language: Language,
) -> String {
    if place == 1 {
        return extreme(which, unit, language).to_owned();
    }
    match language {
        Language::En => {
            let ending = match (place % 10, place % 100) {
                (1, tens) if tens != 11 => "st",
                (2, tens) if tens != 12 => "nd",
                (3, tens) if tens != 13 => "rd",
                _ => "th",
            };
            let end = extreme(which, unit, language).trim_start_matches("the ");
            format!("the {place}{ending} {end}")
        }
        Language::Ko => {
            let end = extreme(which, unit, language).trim_start_matches("가장 ");
            format!("{place}번째로 {end}")
        }
    }
}

/// A stretch of time in words; the last day is included, as people say it.
#[must_use]
pub fn period(period: Period, language: Language) -> String {
    match language {
        Language::En => en::period(period),
        Language::Ko => ko::period(period),
    }
}

/// How many rows, with what they are: "3 cloud services", "클라우드 서비스 3개".
#[must_use]
pub fn count(rows: usize, of: Option<&str>, language: Language) -> String {
    match language {
        Language::En => en::count(rows, of),
        Language::Ko => ko::count(rows, of),
    }
}

/// A part of the question, marked as the reader's own words.
#[must_use]
pub fn asked(words: &str, language: Language) -> String {
    match language {
        Language::En => format!("“{words}”"),
        Language::Ko => format!("‘{words}’"),
    }
}

/// Fixed sentences and heads of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    Withheld,
    WithheldEffect,
    HeadlineWithheld,
    HeadlineDeclined,
    HeadlineUnclear,
    HeadlineRows,
    Assumptions,
    Gaps,
    Missing,
    Findings,
    Hypotheses,
    Next,
    Partial,
    Filters,
    Periods,
    Measures,
}

pub(crate) fn phrase(phrase: Phrase, language: Language) -> &'static str {
    match language {
        Language::En => en::phrase(phrase),
        Language::Ko => ko::phrase(phrase),
    }
}

fn readable(column: &str) -> String {
    column.replace(['_', ':'], " ")
}

/// A period cut into the calendar units people name.
pub(crate) enum Calendar {
    Month(jiff::civil::Date),
    Months(jiff::civil::Date, jiff::civil::Date),
    Quarter(i16, i8),
    Year(i16),
    Day(jiff::civil::Date),
    Days(jiff::civil::Date, jiff::civil::Date),
    Moments(jiff::civil::DateTime, jiff::civil::DateTime),
}

pub(crate) fn calendar(period: Period) -> Calendar {
    let midnight = jiff::civil::Time::midnight();
    let (start, end) = (period.start(), period.end());
    if start.time() != midnight || end.time() != midnight {
        return Calendar::Moments(start, end);
    }
    let first = start.date();
    let last = end.date().saturating_sub(jiff::Span::new().days(1));
    if !period.is_whole_months() {
        return if first == last { Calendar::Day(first) } else { Calendar::Days(first, last) };
    }
    let months =
        i32::from(last.year() - first.year()) * 12 + i32::from(last.month() - first.month()) + 1;
    match (months, first.month()) {
        (1, _) => Calendar::Month(first),
        (3, 1 | 4 | 7 | 10) => Calendar::Quarter(first.year(), (first.month() - 1) / 3 + 1),
        (12, 1) => Calendar::Year(first.year()),
        _ => Calendar::Months(first, last),
    }
}
