//! Tables of facts: the one shape in which every tool returns figures.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{period::Period, unit::Unit};

/// A table. Numbers are exact decimals written as strings; a missing value is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    pub columns: Vec<Column>,
    /// One list a row, in the order of the columns.
    pub rows: Vec<Vec<Option<String>>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    pub name: String,
    pub kind: ColumnKind,
    /// What the numbers count, when it is the same in all rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The column of the same row that holds the unit, when it differs by row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_column: Option<String>,
    /// The period the numbers belong to, when it differs from the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Names: what the row is about.
    Dimension,
    /// A moment or a grain of time: what the row is about.
    Time,
    /// Exact numbers.
    Measure,
}

impl Column {
    /// A column of names.
    #[must_use]
    pub fn dimension(name: impl Into<String>) -> Self {
        Self::plain(name, ColumnKind::Dimension)
    }

    /// A column of moments.
    #[must_use]
    pub fn time(name: impl Into<String>) -> Self {
        Self::plain(name, ColumnKind::Time)
    }

    /// A column of numbers of one unit.
    #[must_use]
    pub fn measure(name: impl Into<String>, unit: Unit) -> Self {
        Self { unit: Some(unit), ..Self::plain(name, ColumnKind::Measure) }
    }

    /// A column of numbers whose unit stands in another column of the same row.
    #[must_use]
    pub fn measure_by(name: impl Into<String>, unit_column: impl Into<String>) -> Self {
        Self { unit_column: Some(unit_column.into()), ..Self::plain(name, ColumnKind::Measure) }
    }

    /// The same column, its numbers belonging to `period`.
    #[must_use]
    pub fn in_period(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    fn plain(name: impl Into<String>, kind: ColumnKind) -> Self {
        Self { name: name.into(), kind, unit: None, unit_column: None, period: None }
    }
}

impl Table {
    /// Where the column stands.
    #[must_use]
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The text of a cell; `None` when there is no such cell or it is null.
    #[must_use]
    pub fn text(&self, row: usize, column: &str) -> Option<&str> {
        let index = self.column_index(column)?;
        self.rows.get(row)?.get(index)?.as_deref()
    }

    /// The exact number of a measure cell; `None` when it is null, no number or no measure.
    #[must_use]
    pub fn number(&self, row: usize, column: &str) -> Option<Decimal> {
        if self.column(column)?.kind != ColumnKind::Measure {
            return None;
        }
        self.text(row, column)?.parse().ok()
    }

    /// The unit of a measure cell.
    #[must_use]
    pub fn unit(&self, row: usize, column: &str) -> Option<Unit> {
        let column = self.column(column)?;
        match (&column.unit, &column.unit_column) {
            (Some(unit), _) => Some(unit.clone()),
            (None, Some(by)) => self.text(row, by).map(Unit::parse),
            (None, None) => None,
        }
    }
}
