//! Reads the result of a verified answer row by row.

use wherefore_contract::{
    Decimal,
    table::{Column, ColumnKind},
};
use wherefore_verify::VerifiedAnswer;

/// The rows of a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'a> {
    columns: &'a [Column],
    rows: &'a [Vec<Option<String>>],
}

/// One row of a result.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    columns: &'a [Column],
    cells: &'a [Option<String>],
}

/// The result of an answer; `None` where it has none.
pub(super) fn rows(answer: &VerifiedAnswer) -> Option<Rows<'_>> {
    let result = &answer.answer().result;
    (!result.rows.is_empty()).then_some(Rows { columns: &result.columns, rows: &result.rows })
}

/// The rows of a table.
pub(super) fn of_table<'a>(columns: &'a [Column], rows: &'a [Vec<Option<String>>]) -> Rows<'a> {
    Rows { columns, rows }
}

/// Whether a column holds numbers.
pub(super) fn is_measure(column: &Column) -> bool {
    column.kind == ColumnKind::Measure
}

impl<'a> Rows<'a> {
    pub(super) fn columns(self) -> &'a [Column] {
        self.columns
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Row<'a>> {
        self.rows.iter().map(move |cells| Row { columns: self.columns, cells })
    }
}

impl<'a> Row<'a> {
    pub(super) fn columns(self) -> impl Iterator<Item = &'a Column> {
        self.columns.iter()
    }

    /// The cells with their columns.
    pub(super) fn cells(self) -> impl Iterator<Item = (&'a Column, Option<&'a str>)> {
        self.columns.iter().zip(self.cells.iter().map(Option::as_deref))
    }

    /// The text of a cell; `None` when it is empty or there is no such column.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.cells().find(|(column, _)| column.name == name).and_then(|(_, text)| text)
    }

    /// The exact number of a cell.
    pub(super) fn number(self, name: &str) -> Option<Decimal> {
        self.text(name)?.parse().ok()
    }

    /// What the numbers of a column count in this row.
    pub(super) fn unit(self, column: &Column) -> Option<String> {
        match (&column.unit, &column.unit_column) {
            (Some(unit), _) => Some(unit.to_string()),
            (None, Some(by)) => self.text(by).map(str::to_owned),
            (None, None) => None,
        }
    }
}
