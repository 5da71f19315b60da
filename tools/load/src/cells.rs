//! A chunk of rows as a file holds them, whatever its physical types, read cell by cell.

use std::{borrow::Cow, sync::Arc};

use arrow::{
    array::{
        Array, ArrayRef, AsArray, Decimal128Array, Float64Array, Int64Array, MapArray, StringArray,
        TimestampMicrosecondArray, TimestampNanosecondArray,
    },
    compute::cast,
    datatypes::{DataType, Decimal128Type, Float64Type, Int64Type, TimeUnit},
    error::ArrowError,
};

use crate::{
    moment::{self, Spelling},
    number::{self, Number},
};

const NANOS_IN_MICROS: i64 = 1_000;

/// Rows of one file, one array a column, in the order of its header.
pub(crate) struct Chunk {
    /// The row of the file that the first row is, counted from 1 after the header.
    pub(crate) first_row: u64,
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Cells>,
}

/// One column of a chunk in one of six physical forms.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    Text(StringArray),
    Decimal(Decimal128Array, i8),
    Float(Float64Array),
    Whole(Int64Array),
    Time(TimestampMicrosecondArray),
    Nanos(TimestampNanosecondArray),
    /// The file has the column but nobody reads it, or it has a type that no bill uses.
    Unread,
}

static UNREAD: Cells = Cells::Unread;

impl Chunk {
    /// The number in its file of a row of this chunk, counted from 1 after the header.
    pub(crate) fn row_of(&self, row: usize) -> u64 {
        self.first_row + row as u64
    }

    /// The column at a place of the header; an absent place reads as null everywhere.
    pub(crate) fn at(&self, place: Option<usize>) -> &Cells {
        place.and_then(|place| self.columns.get(place)).unwrap_or(&UNREAD)
    }
}

/// A cell that should hold a moment and does not.
pub(crate) struct NoMoment {
    pub(crate) text: String,
}

impl Cells {
    /// Brings any Arrow column into one of the five forms.
    pub(crate) fn of(array: &ArrayRef) -> Result<Self, ArrowError> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string::<i32>().clone()),
            DataType::Decimal128(_, scale) => {
                Self::Decimal(array.as_primitive::<Decimal128Type>().clone(), *scale)
            }
            DataType::Float16 | DataType::Float32 | DataType::Float64 => {
                let array = widened(array)?;
                Self::Float(array.as_primitive::<Float64Type>().clone())
            }
            DataType::Boolean
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
            | DataType::FixedSizeBinary(_)
            | DataType::Dictionary(_, _)
            | DataType::UInt64
            | DataType::Decimal256(_, _)
            | DataType::Decimal32(_, _)
            | DataType::Decimal64(_, _) => {
                Self::Text(cast(array, &DataType::Utf8)?.as_string::<i32>().clone())
            }
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32 => {
                let array = cast(array, &DataType::Int64)?;
                Self::Whole(array.as_primitive::<Int64Type>().clone())
            }
            DataType::Timestamp(TimeUnit::Nanosecond, _) => {
                let nanos = cast(array, &DataType::Timestamp(TimeUnit::Nanosecond, None))?;
                Self::Nanos(nanos.as_primitive().clone())
            }
            DataType::Timestamp(_, _) | DataType::Date32 | DataType::Date64 => {
                let micros = cast(array, &DataType::Timestamp(TimeUnit::Microsecond, None))?;
                Self::Time(micros.as_primitive().clone())
            }
            DataType::Map(_, _) => Self::Text(map_to_json(array.as_map())?),
            DataType::Null
            | DataType::Time32(_)
            | DataType::Time64(_)
            | DataType::Duration(_)
            | DataType::Interval(_)
            | DataType::List(_)
            | DataType::ListView(_)
            | DataType::FixedSizeList(_, _)
            | DataType::LargeList(_)
            | DataType::LargeListView(_)
            | DataType::Struct(_)
            | DataType::Union(_, _)
            | DataType::RunEndEncoded(_, _) => Self::Unread,
        })
    }

    /// The text of a cell; `None` when it is empty or the text `NULL`.
    pub(crate) fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(cells) => {
                let text = (!cells.is_null(row)).then(|| cells.value(row))?;
                (!number::is_absent(text)).then_some(Cow::Borrowed(text))
            }
            Self::Whole(cells) => {
                (!cells.is_null(row)).then(|| Cow::Owned(cells.value(row).to_string()))
            }
            Self::Time(cells) => {
                let micros = (!cells.is_null(row)).then(|| cells.value(row))?;
                moment::datetime_of(micros).map(|moment| Cow::Owned(moment.to_string()))
            }
            Self::Nanos(cells) => {
                let nanos = (!cells.is_null(row)).then(|| cells.value(row))?;
                let moment = moment::datetime_of(nanos.div_euclid(NANOS_IN_MICROS));
                moment.map(|moment| Cow::Owned(moment.to_string()))
            }
            Self::Decimal(_, _) | Self::Float(_) => match self.number(row) {
                Number::Exact(value) | Number::Cut(value) => {
                    Some(Cow::Owned(number::format(value)))
                }
                Number::Absent | Number::Word => None,
            },
            Self::Unread => None,
        }
    }

    /// The exact number of a cell.
    pub(crate) fn number(&self, row: usize) -> Number {
        match self {
            Self::Text(cells) if cells.is_null(row) => Number::Absent,
            Self::Text(cells) => number::parse(cells.value(row)),
            Self::Decimal(cells, _) if cells.is_null(row) => Number::Absent,
            Self::Decimal(cells, scale) => number::of_decimal(cells.value(row), *scale),
            Self::Float(cells) if cells.is_null(row) => Number::Absent,
            Self::Float(cells) => number::of_f64(cells.value(row)),
            Self::Whole(cells) if cells.is_null(row) => Number::Absent,
            Self::Whole(cells) => number::of_decimal(cells.value(row).into(), 0),
            Self::Time(_) | Self::Nanos(_) | Self::Unread => Number::Absent,
        }
    }

    /// The moment of a cell, in microseconds UTC, and how it was spelled where it was text.
    pub(crate) fn moment(&self, row: usize) -> Result<Option<(i64, Option<Spelling>)>, NoMoment> {
        match self {
            Self::Time(cells) => Ok((!cells.is_null(row)).then(|| (cells.value(row), None))),
            Self::Nanos(cells) => {
                let nanos = (!cells.is_null(row)).then(|| cells.value(row));
                Ok(nanos.map(|nanos| (nanos.div_euclid(NANOS_IN_MICROS), None)))
            }
            Self::Text(_) => match self.text(row) {
                None => Ok(None),
                Some(text) => match moment::parse(&text) {
                    Some(moment) => Ok(Some((moment.micros, Some(moment.spelling)))),
                    None => Err(NoMoment { text: text.into_owned() }),
                },
            },
            Self::Decimal(_, _) | Self::Float(_) | Self::Whole(_) => {
                Err(NoMoment { text: self.text(row).unwrap_or_default().into_owned() })
            }
            Self::Unread => Ok(None),
        }
    }
}

impl Cells {
    /// The moment of a cell in nanoseconds UTC: a moment in time as text or as such, or the nanoseconds themselves.
    pub(crate) fn nanos(&self, row: usize) -> Result<Option<i64>, NoMoment> {
        match self {
            Self::Nanos(cells) => Ok((!cells.is_null(row)).then(|| cells.value(row))),
            Self::Whole(cells) => Ok((!cells.is_null(row)).then(|| cells.value(row))),
            Self::Text(_) => match self.text(row) {
                None => Ok(None),
                Some(text) => match moment::parse_nanos(&text) {
                    Some(nanos) => Ok(Some(nanos)),
                    None => Err(NoMoment { text: text.into_owned() }),
                },
            },
            Self::Time(_) | Self::Decimal(_, _) | Self::Float(_) | Self::Unread => {
                let moment = self.moment(row)?;
                Ok(moment.and_then(|(micros, _)| micros.checked_mul(NANOS_IN_MICROS)))
            }
        }
    }
}

// A 32-bit float widened bit by bit grows digits that nobody wrote (0.1 -> 0.10000000149): go through its own shortest
// text instead.
fn widened(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    if array.data_type() == &DataType::Float64 {
        return Ok(Arc::clone(array));
    }
    cast(&cast(array, &DataType::Utf8)?, &DataType::Float64)
}

// Tags of AWS exports in Parquet are maps: written as the JSON that the CSV exports hold.
fn map_to_json(map: &MapArray) -> Result<StringArray, ArrowError> {
    let keys = cast(map.keys(), &DataType::Utf8)?;
    let values = cast(map.values(), &DataType::Utf8)?;
    let (keys, values) = (keys.as_string::<i32>(), values.as_string::<i32>());
    let offsets = map.value_offsets();
    let json = |row: usize| -> Option<String> {
        let span = (!map.is_null(row)).then(|| offsets.get(row..row + 2))??;
        let [start, end] = span else { return None };
        let entries = (usize::try_from(*start).ok()?..usize::try_from(*end).ok()?)
            .filter(|entry| !values.is_null(*entry))
            .map(|entry| (keys.value(entry).to_owned(), values.value(entry).into()))
            .collect::<serde_json::Map<_, _>>();
        Some(serde_json::Value::Object(entries).to_string())
    };
    Ok((0..map.len()).map(json).collect())
}
