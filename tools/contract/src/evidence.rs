//! Evidence and facts: every figure of an answer points at one cell of one tool result.

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{period::Period, quality::Notice, tool::FactTable, unit::Unit};

/// One table of one tool result, with the call that reproduces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `e1`, `e2`, … in the order of the calls of one question.
    pub id: String,
    pub tool: String,
    pub arguments: Map<String, Value>,
    pub snapshot: String,
    pub facts: FactTable,
    /// What qualifies the figures of this call.
    pub notices: Vec<Notice>,
}

/// Points at one cell of evidence. Written `e1/0/billed_cost`: evidence, row from zero, column.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub struct FactRef {
    pub evidence: String,
    pub row: usize,
    pub column: String,
}

/// A text is no reference to a fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no fact; write evidence, row and column as in e1/0/billed_cost")]
pub struct InvalidFactRef {
    pub text: String,
}

impl FactRef {
    /// The cell of `evidence` at `row`, `column`.
    pub fn new(evidence: impl Into<String>, row: usize, column: impl Into<String>) -> Self {
        Self { evidence: evidence.into(), row, column: column.into() }
    }
}

impl fmt::Display for FactRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}", self.evidence, self.row, self.column)
    }
}

impl FromStr for FactRef {
    type Err = InvalidFactRef;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidFactRef { text: text.to_owned() };
        let (evidence, rest) = text.split_once('/').ok_or_else(invalid)?;
        let (row, column) = rest.split_once('/').ok_or_else(invalid)?;
        let row = row.parse().map_err(|_| invalid())?;
        if evidence.is_empty() || column.is_empty() {
            return Err(invalid());
        }
        Ok(Self::new(evidence, row, column))
    }
}

impl From<FactRef> for String {
    fn from(fact: FactRef) -> Self {
        fact.to_string()
    }
}

impl TryFrom<String> for FactRef {
    type Error = InvalidFactRef;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A number with everything that must agree with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub value: Decimal,
    pub unit: Unit,
    pub period: Option<Period>,
    /// Whether the period it belongs to is loaded in full.
    pub complete: bool,
}

impl Evidence {
    /// The number at `row`, `column` with its unit and period; `None` when the cell holds no number.
    ///
    /// A row that names a month or day in a time column belongs to that month or day, not to the
    /// period of the whole table.
    #[must_use]
    pub fn fact(&self, row: usize, column: &str) -> Option<Fact> {
        let table = &self.facts.table;
        let value = table.number(row, column)?;
        let unit = table.unit(row, column)?;
        let period = table
            .column(column)
            .and_then(|column| column.period)
            .or_else(|| self.row_period(row))
            .or(self.facts.period);
        Some(Fact { value, unit, period, complete: self.facts.complete })
    }

    /// The text of a dimension or time cell.
    #[must_use]
    pub fn name(&self, row: usize, column: &str) -> Option<&str> {
        self.facts.table.text(row, column)
    }

    /// The period that a row's `month`, `day`, `quarter`, `year`, `iso_week`, `hour` or `period` cell names.
    #[must_use]
    pub fn row_period(&self, row: usize) -> Option<Period> {
        let table = &self.facts.table;
        let cell = |name: &str| table.text(row, name);
        cell("hour")
            .and_then(period_of_hour)
            .or_else(|| cell("day").and_then(|text| period_of_days(text, 1)))
            .or_else(|| cell("iso_week").and_then(|text| period_of_days(text, 7)))
            .or_else(|| cell("month").and_then(|text| period_of_months(text, 1)))
            .or_else(|| cell("quarter").and_then(period_of_quarter))
            .or_else(|| cell("year").and_then(period_of_year))
            .or_else(|| cell("period").and_then(period_named))
    }
}

/// The period that a `period` cell names: a month as `2026-04`, a quarter as `2026-Q2`, a year as `2026`, a day by itself,
/// anything else by its first day and the day after its last, as `2026-04-03/2026-04-06`.
#[must_use]
pub fn period_named(text: &str) -> Option<Period> {
    if let Some((start, end)) = text.split_once('/') {
        return Period::of_days(start.parse().ok()?, end.parse().ok()?).ok();
    }
    match text.len() {
        4 => period_of_year(text),
        7 if text.contains("-Q") => period_of_quarter(text),
        7 => period_of_months(text, 1),
        _ => period_of_days(text, 1),
    }
}

fn midnight(date: jiff::civil::Date) -> jiff::civil::DateTime {
    date.to_datetime(jiff::civil::Time::midnight())
}

fn period_of_hour(text: &str) -> Option<Period> {
    let start = crate::period::parse_moment(text).ok()?;
    Period::new(start, start.checked_add(jiff::Span::new().hours(1)).ok()?).ok()
}

fn period_of_days(text: &str, days: i64) -> Option<Period> {
    let first: jiff::civil::Date = text.parse().ok()?;
    let after = first.checked_add(jiff::Span::new().days(days)).ok()?;
    Period::new(midnight(first), midnight(after)).ok()
}

fn period_of_months(text: &str, months: i64) -> Option<Period> {
    let first: jiff::civil::Date = format!("{text}-01").parse().ok()?;
    let after = first.checked_add(jiff::Span::new().months(months)).ok()?;
    Period::new(midnight(first), midnight(after)).ok()
}

fn period_of_quarter(text: &str) -> Option<Period> {
    let (year, quarter) = text.split_once("-Q")?;
    let quarter: u8 = quarter.parse().ok()?;
    if !(1..=4).contains(&quarter) {
        return None;
    }
    period_of_months(&format!("{year}-{:02}", quarter * 3 - 2), 3)
}

fn period_of_year(text: &str) -> Option<Period> {
    period_of_months(&format!("{text}-01"), 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_reference_reads_back_as_it_was_written() {
        let fact: FactRef = "e12/3/distinct_sub_account".parse().unwrap();
        assert_eq!(fact.to_string(), "e12/3/distinct_sub_account");
        for wrong in ["", "e1", "e1/x/cost", "e1/0/", "/0/cost"] {
            assert!(wrong.parse::<FactRef>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_row_belongs_to_the_time_it_names() {
        assert_eq!(period_of_quarter("2024-Q4").unwrap().to_string(), "[2024-10-01, 2025-01-01)");
        assert_eq!(period_of_year("2024").unwrap().days(), 366);
        assert_eq!(period_of_days("2024-02-28", 7).unwrap().days(), 7);
        assert_eq!(period_of_hour("2024-02-28T23:00:00").unwrap().hours(), 1);
        assert_eq!(period_of_months("2024-13", 1), None);
    }
}
