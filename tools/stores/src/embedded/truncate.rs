//! `date_trunc` that remembers the last span: bills come in runs of the same hour, day and month.
//!
//! The engine's own function does calendar arithmetic on every row, which made grouping by month twice as slow as
//! reading the rows.

use std::{cell::Cell, sync::Arc};

use datafusion::{
    arrow::{
        array::{Array, AsArray, TimestampMicrosecondArray},
        datatypes::{DataType, TimeUnit, TimestampMicrosecondType},
    },
    common::{Result, ScalarValue, exec_err},
    logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

/// `date_trunc(grain, moment)` over microseconds in UTC.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Truncate {
    signature: Signature,
}

impl Truncate {
    pub(super) fn new() -> Self {
        let moment = DataType::Timestamp(TimeUnit::Microsecond, None);
        Self { signature: Signature::exact(vec![DataType::Utf8, moment], Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for Truncate {
    fn name(&self) -> &'static str {
        "date_trunc"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Timestamp(TimeUnit::Microsecond, None))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [ColumnarValue::Scalar(ScalarValue::Utf8(Some(grain))), moments] = args.args.as_slice()
        else {
            return exec_err!("date_trunc needs the name of a grain and a moment");
        };
        let Some(grain) = Span::named(grain) else {
            return exec_err!("date_trunc knows no grain `{grain}`");
        };
        match moments {
            ColumnarValue::Array(array) => {
                Ok(ColumnarValue::Array(Arc::new(truncate(array.as_ref(), grain))))
            }
            ColumnarValue::Scalar(scalar) => {
                let array = scalar.to_array()?;
                let one = truncate(array.as_ref(), grain);
                Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&one, 0)?))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Span {
    fn named(name: &str) -> Option<Self> {
        match name {
            "hour" => Some(Self::Hour),
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            "year" => Some(Self::Year),
            _ => None,
        }
    }

    // First microsecond of the span that holds the moment, and first microsecond after it.
    fn around(self, micros: i64) -> Option<(i64, i64)> {
        const HOUR: i64 = 3_600_000_000;
        let whole = |length: i64| {
            let start = micros.div_euclid(length).checked_mul(length)?;
            Some((start, start.checked_add(length)?))
        };
        let day = || Some(Timestamp::from_microsecond(micros).ok()?.to_zoned(TimeZone::UTC).date());
        let of = |first: Date, span: jiff::Span| {
            Some((micros_of(first)?, micros_of(first.checked_add(span).ok()?)?))
        };
        match self {
            Self::Hour => whole(HOUR),
            Self::Day => whole(24 * HOUR),
            Self::Week => {
                let day = day()?;
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                of(day.checked_sub(since_monday.days()).ok()?, 1.week())
            }
            Self::Month => of(day()?.first_of_month(), 1.month()),
            Self::Quarter => {
                let day = day()?;
                let month = (day.month() - 1) / 3 * 3 + 1;
                of(Date::new(day.year(), month, 1).ok()?, 3.months())
            }
            Self::Year => of(day()?.first_of_year(), 1.year()),
        }
    }
}

fn micros_of(date: Date) -> Option<i64> {
    let moment = date.to_datetime(Time::midnight()).to_zoned(TimeZone::UTC).ok()?;
    Some(moment.timestamp().as_microsecond())
}

fn truncate(moments: &dyn Array, grain: Span) -> TimestampMicrosecondArray {
    let moments = moments.as_primitive::<TimestampMicrosecondType>();
    let last = Cell::new((0, 0));
    moments.unary(|micros| {
        let (start, end) = last.get();
        if start <= micros && micros < end {
            return start;
        }
        // A moment outside the calendar stands for itself.
        let (start, end) = grain.around(micros).unwrap_or((micros, micros));
        last.set((start, end));
        start
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_fall_to_the_start_of_their_span_also_before_1970() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_microsecond();
        let moments = ["2024-09-30T05:59:59Z", "2024-02-29T00:00:00Z", "1969-12-31T23:59:59Z"];
        let array = TimestampMicrosecondArray::from(moments.map(at).to_vec());
        let cases = [
            (Span::Hour, ["2024-09-30T05:00:00Z", "2024-02-29T00:00:00Z", "1969-12-31T23:00:00Z"]),
            (Span::Day, ["2024-09-30T00:00:00Z", "2024-02-29T00:00:00Z", "1969-12-31T00:00:00Z"]),
            (Span::Week, ["2024-09-30T00:00:00Z", "2024-02-26T00:00:00Z", "1969-12-29T00:00:00Z"]),
            (Span::Month, ["2024-09-01T00:00:00Z", "2024-02-01T00:00:00Z", "1969-12-01T00:00:00Z"]),
            (
                Span::Quarter,
                ["2024-07-01T00:00:00Z", "2024-01-01T00:00:00Z", "1969-10-01T00:00:00Z"],
            ),
            (Span::Year, ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "1969-01-01T00:00:00Z"]),
        ];
        for (grain, expected) in cases {
            let expected = TimestampMicrosecondArray::from(expected.map(at).to_vec());
            assert_eq!(truncate(&array, grain), expected, "{grain:?}");
        }
    }
}
