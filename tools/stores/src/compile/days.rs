//! How many loaded days an amount is spread over.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, Weekday},
};
use wherefore_contract::{
    dimension::{Dimension, FocusDimension, Grain},
    error::StoreError,
    filter::{Filter, FilterOp},
    period::Period,
};

use super::{
    Value,
    bind::Binder,
    condition::{span_of, week_part_is_weekend, weekday_number},
    expression::Key,
    invalid,
    order::in_final,
    shape::Shape,
};

/// The days of a period that are loaded, by the grains of time that rows are grouped by.
///
/// A day that the loaded charges reach counts whole. Conditions on time leave out the days that they leave out.
pub(super) struct Days<'a> {
    keys: Vec<&'a Key>,
    counts: BTreeMap<Vec<Value>, i64>,
}

impl<'a> Days<'a> {
    /// The days behind each row of a question.
    pub(super) fn of(
        keys: &'a [Key],
        period: Option<Period>,
        filters: &[Filter],
        shape: &Shape,
    ) -> Result<Self, StoreError> {
        let keys: Vec<&Key> =
            keys.iter().filter(|key| key.is_time() && !is_of_day(&key.dimension)).collect();
        if keys.iter().any(|key| key.dimension == Dimension::Time(Grain::Hour)) {
            return Err(invalid(
                "an hour is no day to divide by; group by day or more for per_day",
            ));
        }
        let mut counts: BTreeMap<Vec<Value>, i64> = BTreeMap::new();
        for day in loaded_days(period, shape) {
            if holds(day, filters)? {
                let value = keys.iter().map(|key| value_of(day, &key.dimension)).collect();
                *counts.entry(value).or_default() += 1;
            }
        }
        Ok(Self { keys, counts })
    }

    /// Their number, as an expression over the keys of the relation `f`.
    pub(super) fn expression(&self, binder: &mut Binder) -> String {
        if let Some(count) = self.same() {
            return count.to_string();
        }
        let arms: Vec<String> = self
            .counts
            .iter()
            .map(|(value, count)| {
                let keys = self.keys.iter().zip(value);
                let same: Vec<String> = keys
                    .map(|(key, value)| {
                        format!("{} = {}", in_final(key), binder.bind(value.clone()))
                    })
                    .collect();
                format!(" when {} then {count}", same.join(" and "))
            })
            .collect();
        // Charges outside the loaded days are spread over no day of them.
        format!("case{} end", arms.concat())
    }

    /// The number that holds for every row: without grains of time it is that of the period, by day it is one.
    fn same(&self) -> Option<i64> {
        let by_day = Dimension::Time(Grain::Day);
        if self.keys.iter().any(|key| key.dimension == by_day) {
            return Some(1);
        }
        (self.keys.is_empty() || self.counts.is_empty()).then(|| self.counts.values().sum())
    }
}

/// The number of loaded days in a period under conditions on time.
pub(super) fn days_in(
    period: Period,
    filters: &[Filter],
    shape: &Shape,
) -> Result<i64, StoreError> {
    let days = Days::of(&[], Some(period), filters, shape)?;
    Ok(days.same().unwrap_or_default())
}

fn is_of_day(dimension: &Dimension) -> bool {
    *dimension == Dimension::Time(Grain::HourOfDay)
}

fn loaded_days(period: Option<Period>, shape: &Shape) -> Vec<Date> {
    let Some(loaded) = shape.coverage else { return Vec::new() };
    let asked = period.unwrap_or(loaded);
    let (start, end) = (asked.start().max(loaded.start()), asked.end().min(loaded.end()));
    let mut days = Vec::new();
    let mut day = start.date();
    while day.to_datetime(Time::midnight()) < end {
        days.push(day);
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    days
}

fn value_of(day: Date, dimension: &Dimension) -> Value {
    let grain = match dimension {
        Dimension::Time(grain) => *grain,
        // The other key of time: the month of the bill.
        Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => Grain::Month,
    };
    let of = |date: Option<Date>| Value::Moment(date.unwrap_or(day).to_datetime(Time::midnight()));
    match grain {
        Grain::Hour | Grain::HourOfDay | Grain::Day => of(Some(day)),
        Grain::IsoWeek => {
            let past = i64::from(day.weekday().to_monday_zero_offset());
            of(day.checked_sub(past.days()).ok())
        }
        Grain::Month => of(Some(day.first_of_month())),
        Grain::Quarter => of(Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()),
        Grain::Year => of(Some(day.first_of_year())),
        Grain::Weekday => Value::Integer(day.weekday().to_monday_one_offset().into()),
        Grain::WeekPart => {
            Value::Text(if is_weekend(day) { "weekend" } else { "weekday" }.to_owned())
        }
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn holds(day: Date, filters: &[Filter]) -> Result<bool, StoreError> {
    for filter in filters {
        let grain = match &filter.dimension {
            Dimension::Time(grain) => *grain,
            Dimension::Column(FocusDimension::BillingPeriod) => Grain::Month,
            Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => continue,
        };
        let wanted = match filter.op {
            FilterOp::In => true,
            FilterOp::NotIn => false,
            FilterOp::Contains | FilterOp::NotContains | FilterOp::IsNull | FilterOp::NotNull => {
                continue;
            }
        };
        let mut any = false;
        for value in &filter.values {
            any |= is_in(day, grain, value, wanted)?;
        }
        if any != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

// Hours are less than a day: a day of which some are asked counts.
fn is_in(day: Date, grain: Grain, value: &str, wanted: bool) -> Result<bool, StoreError> {
    let midnight: DateTime = day.to_datetime(Time::midnight());
    Ok(match grain {
        Grain::HourOfDay => wanted,
        Grain::Hour => wanted && span_of(value, grain)?.start().date() == day,
        Grain::Weekday => weekday_number(value)? == i64::from(day.weekday().to_monday_one_offset()),
        Grain::WeekPart => week_part_is_weekend(value)? == is_weekend(day),
        Grain::Day | Grain::IsoWeek | Grain::Month | Grain::Quarter | Grain::Year => {
            let span = span_of(value, grain)?;
            span.start() <= midnight && midnight < span.end()
        }
    })
}
