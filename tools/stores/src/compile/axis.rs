//! The grain of time along which a query looks back and adds up.

use jiff::{
    Span, ToSpan,
    civil::{DateTime, Time, Weekday},
};
use wherefore_contract::{
    cost::{CostQuery, PeriodBasis},
    dimension::{Dimension, FocusDimension, Grain},
    error::StoreError,
    period::Period,
};

use super::{
    Value, bind::Binder, expression::Key, invalid, layers::Added, order::in_final, parts::Base,
    shape::Shape,
};

/// The finest grain of time among the keys, and what its rows stand apart by.
pub(super) struct Axis<'a> {
    key: &'a Key,
    step: &'static str,
    apart: Vec<&'a Key>,
}

impl<'a> Axis<'a> {
    /// The axis of `keys`.
    pub(super) fn of(keys: &'a [Key]) -> Result<Self, StoreError> {
        let ordered = keys.iter().filter_map(|key| Some((grain_of(key)?, key)));
        let (grain, key) = ordered
            .filter(|(grain, _)| grain.is_ordered())
            .min_by_key(|(grain, _)| *grain)
            .ok_or_else(|| {
                invalid("change and running need a grain of time to go along; group by month or day, for example")
            })?;
        let mut apart = Vec::new();
        for other in keys.iter().filter(|other| *other != key) {
            match grain_of(other) {
                Some(coarse) if is_told_by(coarse, grain) => {}
                Some(coarse) if coarse.is_ordered() => {
                    return Err(invalid(format!(
                        "change and running go along one grain of time; group by {} or by {}, not by both",
                        grain.name(),
                        coarse.name()
                    )));
                }
                Some(_) | None => apart.push(other),
            }
        }
        Ok(Self { key, step: step(grain), apart })
    }

    /// Where a row stands on the axis.
    pub(super) fn at(&self) -> String {
        in_final(self.key)
    }

    /// The value of each part in the row one step before, under the name `previous_PART`.
    ///
    /// Where that row is missing and its time was asked and is loaded, nothing was charged: what adds up was zero.
    pub(super) fn previous(
        &self,
        parts: &[&Base],
        query: &CostQuery,
        shape: &Shape,
        binder: &mut Binder,
    ) -> Vec<Added> {
        let at = in_final(self.key);
        let over = format!("over ({})", self.window());
        let before = format!("{at} - interval '{}'", self.step);
        let loaded = asked_from(query, shape)
            .map(|start| format!("{before} >= {}", binder.bind(Value::Moment(start))));
        let column = |base: &&Base| {
            let zero = loaded.as_ref().filter(|_| base.part.is_zero_without_rows());
            let zero = zero.map_or_else(String::new, |loaded| format!(" when {loaded} then 0"));
            let expression = format!(
                "case when lag({at}) {over} = {before} then lag(f.{}) {over}{zero} end",
                base.alias
            );
            Added::new(previous_name(&base.alias), expression)
        };
        parts.iter().map(column).collect()
    }

    /// The sum of an expression from the first row to each.
    pub(super) fn running(&self, name: &str, expression: &str) -> Added {
        let sum = format!(
            "sum({expression}) over ({} rows between unbounded preceding and current row)",
            self.window()
        );
        Added::new(name, sum)
    }

    fn window(&self) -> String {
        let apart: Vec<String> = self.apart.iter().map(|key| in_final(key)).collect();
        let partition = if apart.is_empty() {
            String::new()
        } else {
            format!("partition by {} ", apart.join(", "))
        };
        format!("{partition}order by {}", in_final(self.key))
    }
}

/// The query with the step before its period, and the start of what was asked: the first row of a
/// course has a change, too, where the step before it is loaded in full.
pub(super) fn reach_back(query: &CostQuery, shape: &Shape) -> Option<(CostQuery, DateTime)> {
    let asked = query.period.filter(|_| query.change && !query.running)?;
    if query.period_basis == PeriodBasis::Billing {
        return None;
    }
    let grains = query.dimensions.iter().filter_map(Dimension::grain);
    let grain = grains.filter(|grain| grain.is_ordered()).min()?;
    let earlier = asked.start().checked_sub(span(grain)).ok()?;
    let whole = begins(asked.start(), grain) && shape.coverage?.start() <= earlier;
    let period = Period::new(earlier, asked.end()).ok().filter(|_| whole)?;
    Some((CostQuery { period: Some(period), ..query.clone() }, asked.start()))
}

// Whether a value of the grain begins there.
fn begins(moment: DateTime, grain: Grain) -> bool {
    let day = moment.date();
    let at_midnight = moment.time() == Time::midnight();
    match grain {
        Grain::Hour => moment.minute() == 0 && moment.second() == 0,
        Grain::Day => at_midnight,
        Grain::IsoWeek => at_midnight && day.weekday() == Weekday::Monday,
        Grain::Month => at_midnight && day.day() == 1,
        Grain::Quarter => at_midnight && day.day() == 1 && (day.month() - 1) % 3 == 0,
        Grain::Year => at_midnight && day.day_of_year() == 1,
        Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => false,
    }
}

fn span(grain: Grain) -> Span {
    match grain {
        Grain::Hour | Grain::HourOfDay => 1.hour(),
        Grain::Day | Grain::Weekday | Grain::WeekPart => 1.day(),
        Grain::IsoWeek => 1.week(),
        Grain::Month => 1.month(),
        Grain::Quarter => 3.months(),
        Grain::Year => 1.year(),
    }
}

/// The column of a part in the row before.
pub(super) fn previous_name(alias: &str) -> String {
    format!("previous_{alias}")
}

// From when a missing row means that nothing was charged. Conditions on time leave rows out themselves, and a billing
// period says nothing about when a charge applied.
fn asked_from(query: &CostQuery, shape: &Shape) -> Option<DateTime> {
    let on_time = |dimension: &Dimension| {
        matches!(dimension, Dimension::Time(_) | Dimension::Column(FocusDimension::BillingPeriod))
    };
    let by_billing = query.period_basis == PeriodBasis::Billing
        || query.dimensions.contains(&Dimension::Column(FocusDimension::BillingPeriod));
    if by_billing || query.filters.iter().any(|filter| on_time(&filter.dimension)) {
        return None;
    }
    let loaded = shape.coverage?.start();
    Some(query.period.map_or(loaded, |period| period.start().max(loaded)))
}

fn grain_of(key: &Key) -> Option<Grain> {
    match &key.dimension {
        Dimension::Time(grain) => Some(*grain),
        Dimension::Column(FocusDimension::BillingPeriod) => Some(Grain::Month),
        Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => None,
    }
}

// Whether a row of the finer grain lies in one row of the other.
fn is_told_by(other: Grain, finer: Grain) -> bool {
    match finer {
        Grain::Hour => true,
        Grain::Day => other != Grain::HourOfDay,
        Grain::Month => matches!(other, Grain::Month | Grain::Quarter | Grain::Year),
        Grain::Quarter => other == Grain::Year,
        Grain::IsoWeek | Grain::Year | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => false,
    }
}

fn step(grain: Grain) -> &'static str {
    match grain {
        Grain::Hour | Grain::HourOfDay => "1 hour",
        Grain::Day | Grain::Weekday | Grain::WeekPart => "1 day",
        Grain::IsoWeek => "7 days",
        Grain::Month => "1 month",
        Grain::Quarter => "3 months",
        Grain::Year => "1 year",
    }
}
