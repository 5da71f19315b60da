//! Rows of a statement made into a table: text of moments, exact quotients.

use jiff::{Timestamp, tz::TimeZone};
use wherefore_contract::{dimension::Grain, table::Table};

use crate::{
    compile::{Number, Output, Source, Word, per},
    exact::{divide, format_exact, percent, to_scale_18, whole},
};

// Monday first, as ISO 8601 counts them.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A cell as a store's engine returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i64),
    /// A decimal: its digits and how many of them stand after the point.
    Exact {
        units: i128,
        scale: u32,
    },
    /// Microseconds since 1970, UTC.
    Moment(i64),
}

/// Makes the answer's table from the statement's rows.
#[must_use]
pub fn finish(outputs: &[Output], rows: &[Vec<Cell>]) -> Table {
    let columns = outputs.iter().map(|output| output.column.clone()).collect();
    let rows = rows
        .iter()
        .map(|row| outputs.iter().map(|output| write(&output.source, row)).collect())
        .collect();
    Table { columns, rows }
}

fn write(source: &Source, row: &[Cell]) -> Option<String> {
    match source {
        Source::Text(index) => text(row.get(*index)?),
        Source::Grain(index, grain) => match row.get(*index)? {
            Cell::Integer(number) if *grain == Grain::Weekday => usize::try_from(*number - 1)
                .ok()
                .and_then(|at| WEEKDAYS.get(at))
                .map(|name| (*name).to_owned()),
            Cell::Integer(number) => Some(number.to_string()),
            Cell::Moment(micros) => Some(grain_text(*micros, *grain)?),
            Cell::Null | Cell::Text(_) | Cell::Exact { .. } => None,
        },
        Source::Date(index) => strftime(micros(row.get(*index)?)?, "%Y-%m-%d"),
        Source::Moment(index) => strftime(micros(row.get(*index)?)?, "%Y-%m-%dT%H:%M:%S"),
        Source::Per { unit, one } => Some(per(&word(unit, row)?, &word(one, row)?).to_string()),
        Source::Number(number) => evaluate(number, row).map(|units| format_exact(units, 18)),
    }
}

fn word(word: &Word, row: &[Cell]) -> Option<String> {
    match word {
        Word::Fixed(word) => Some(word.clone()),
        Word::Cell(index) => text(row.get(*index)?),
    }
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Null | Cell::Integer(_) | Cell::Exact { .. } | Cell::Moment(_) => None,
    }
}

fn micros(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Moment(micros) => Some(*micros),
        Cell::Null | Cell::Text(_) | Cell::Integer(_) | Cell::Exact { .. } => None,
    }
}

fn evaluate(number: &Number, row: &[Cell]) -> Option<i128> {
    match number {
        Number::Cell(index) => match row.get(*index)? {
            Cell::Exact { units, scale } => to_scale_18(*units, *scale),
            Cell::Integer(number) => whole(*number),
            Cell::Null | Cell::Text(_) | Cell::Moment(_) => None,
        },
        Number::Whole(number) => whole(*number),
        Number::Less(from, less) => evaluate(from, row)?.checked_sub(evaluate(less, row)?),
        Number::Times(number, times) => evaluate(number, row)?.checked_mul(i128::from(*times)),
        Number::Over(over, under) => divide(evaluate(over, row)?, evaluate(under, row)?),
        Number::PercentOf(part, whole) => percent(evaluate(part, row)?, evaluate(whole, row)?),
    }
}

fn grain_text(micros: i64, grain: Grain) -> Option<String> {
    match grain {
        Grain::Hour => strftime(micros, "%Y-%m-%dT%H:%M:%S"),
        Grain::Day | Grain::IsoWeek => strftime(micros, "%Y-%m-%d"),
        Grain::Month => strftime(micros, "%Y-%m"),
        Grain::Quarter => {
            let start = Timestamp::from_microsecond(micros).ok()?.to_zoned(TimeZone::UTC);
            Some(format!("{:04}-Q{}", start.year(), (start.month() + 2) / 3))
        }
        Grain::Year => strftime(micros, "%Y"),
        Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => None,
    }
}

fn strftime(micros: i64, format: &str) -> Option<String> {
    let moment = Timestamp::from_microsecond(micros).ok()?.to_zoned(TimeZone::UTC);
    Some(moment.strftime(format).to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn grains_are_written_as_readers_name_them() {
        let micros = date(2024, 9, 30).at(5, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let micros = micros.timestamp().as_microsecond();
        let written = [
            (Grain::Hour, "2024-09-30T05:00:00"),
            (Grain::Day, "2024-09-30"),
            (Grain::IsoWeek, "2024-09-30"),
            (Grain::Month, "2024-09"),
            (Grain::Quarter, "2024-Q3"),
            (Grain::Year, "2024"),
        ];
        for (grain, text) in written {
            assert_eq!(grain_text(micros, grain).as_deref(), Some(text));
        }
    }

    #[test]
    fn an_unknown_operand_gives_an_empty_cell() {
        let ratio = Number::Over(Box::new(Number::Cell(0)), Box::new(Number::Cell(1)));
        let exact = |units| Cell::Exact { units, scale: 18 };
        assert_eq!(evaluate(&ratio, &[exact(1), Cell::Null]), None);
        assert_eq!(evaluate(&ratio, &[exact(1), Cell::Integer(0)]), None);
        let half = evaluate(&ratio, &[Cell::Integer(1), Cell::Integer(2)]);
        assert_eq!(half, Some(500_000_000_000_000_000));
    }
}
