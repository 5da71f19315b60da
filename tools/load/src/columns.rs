//! Column builders: rows of text, exact decimals and moments into Arrow arrays.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, Decimal128Builder, StringDictionaryBuilder, TimestampMicrosecondBuilder,
        new_null_array,
    },
    datatypes::Int32Type,
    error::ArrowError,
};

use crate::schema::{ColumnType, DECIMAL_PRECISION, DECIMAL_SCALE};

/// Text of one column, dictionary-encoded.
///
/// Bills repeat themselves from row to row: a run of one value is hashed once.
pub(crate) struct TextColumn {
    builder: StringDictionaryBuilder<Int32Type>,
    last: String,
    run: usize,
    nulls: usize,
    filled: bool,
}

impl TextColumn {
    pub(crate) fn new() -> Self {
        Self {
            builder: StringDictionaryBuilder::new(),
            last: String::new(),
            run: 0,
            nulls: 0,
            filled: false,
        }
    }

    pub(crate) fn push(&mut self, value: Option<&str>) -> Result<(), ArrowError> {
        let Some(value) = value else {
            self.end_run()?;
            self.nulls += 1;
            return Ok(());
        };
        if self.run > 0 && self.last == value {
            self.run += 1;
            return Ok(());
        }
        self.end_run()?;
        self.end_nulls();
        self.filled = true;
        self.last.clear();
        self.last.push_str(value);
        self.run = 1;
        Ok(())
    }

    /// Adds this many nulls.
    pub(crate) fn push_nulls(&mut self, count: usize) -> Result<(), ArrowError> {
        if count > 0 {
            self.end_run()?;
            self.nulls += count;
        }
        Ok(())
    }

    fn end_run(&mut self) -> Result<(), ArrowError> {
        if self.run > 0 {
            self.builder.append_n(self.last.as_str(), self.run)?;
            self.run = 0;
        }
        Ok(())
    }

    fn end_nulls(&mut self) {
        if self.nulls > 0 {
            self.builder.append_nulls(self.nulls);
            self.nulls = 0;
        }
    }

    /// The array, or a plain null array when nothing was ever pushed but nulls.
    pub(crate) fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        self.end_run()?;
        if !self.filled {
            let array = new_null_array(&ColumnType::Text.data_type(), self.nulls);
            self.nulls = 0;
            return Ok(array);
        }
        self.end_nulls();
        self.filled = false;
        Ok(Arc::new(self.builder.finish()))
    }
}

/// A builder of decimals at the scale of the warehouse.
pub(crate) fn decimal_builder(rows: usize) -> Decimal128Builder {
    Decimal128Builder::with_capacity(rows).with_data_type(ColumnType::Decimal.data_type())
}

/// A builder of moments in microseconds, UTC.
pub(crate) fn time_builder(rows: usize) -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::with_capacity(rows)
}

// Both are fixed by the format; a change here is a change of every warehouse.
const _: () = assert!(DECIMAL_PRECISION == 38 && DECIMAL_SCALE == 18);

/// An exact decimal at 18 places, or `None` when it does not fit or has more places.
pub(crate) fn decimal_at_scale(value: rust_decimal::Decimal) -> Option<i128> {
    let value = value.normalize();
    let missing = 18_u32.checked_sub(value.scale())?;
    value.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

/// Microseconds since 1970 of a moment in UTC.
pub(crate) fn micros_of(moment: jiff::civil::DateTime) -> Option<i64> {
    let instant = jiff::tz::TimeZone::UTC.to_timestamp(moment).ok()?;
    Some(instant.as_microsecond())
}
