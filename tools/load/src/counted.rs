//! What the tables beside the bills share: places of columns, and cells that must hold something.

pub(crate) mod budgets;
pub(crate) mod calls;
pub(crate) mod transactions;

use std::collections::BTreeMap;

use crate::{cells::Chunk, error::Refusal, number::Number};

/// The columns of a header by their names, whatever their case; of two alike the first.
pub(crate) struct Places(BTreeMap<String, usize>);

impl Places {
    pub(crate) fn of(header: &[String]) -> Self {
        let named = header.iter().enumerate().rev();
        Self(named.map(|(place, name)| (name.trim().to_ascii_lowercase(), place)).collect())
    }

    pub(crate) fn at(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// The moment of a cell that must hold one, in microseconds.
pub(crate) fn moment_of(
    chunk: &Chunk,
    row: usize,
    place: Option<usize>,
    column: &str,
) -> Result<i64, Refusal> {
    let number = chunk.row_of(row);
    let held = chunk.at(place).moment(row).map_err(|no_moment| Refusal::Moment {
        row: number,
        column: column.to_owned(),
        value: no_moment.text,
    })?;
    let none = || Refusal::NoMoment { row: number, column: column.to_owned() };
    held.map(|(micros, _)| micros).ok_or_else(none)
}

/// The count of a cell times 10^18, zero or more; else what stands there instead.
pub(crate) fn count_of(chunk: &Chunk, row: usize, place: Option<usize>) -> Result<i128, String> {
    let cell = chunk.at(place);
    match cell.number(row) {
        Number::Exact(count) | Number::Cut(count) if count >= 0 => Ok(count),
        Number::Exact(_) | Number::Cut(_) | Number::Absent | Number::Word => {
            Err(cell.text(row).unwrap_or_default().into_owned())
        }
    }
}

/// The trimmed text of a cell; `None` where it holds none.
pub(crate) fn text_of(chunk: &Chunk, row: usize, place: Option<usize>) -> Option<String> {
    let text = chunk.at(place).text(row)?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}
