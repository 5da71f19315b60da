//! Reads the daily costs of every path, and says which days they are judged on.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use wherefore_analysis::{AnomalySettings, Days, Leaf};
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
    period::Period,
    quality::{CostDescription, Severity},
    tool::FactTable,
    unit::Unit,
};

use crate::{
    operating::{is_filled, operating_filters},
    refuse::Refusal,
    serve::Tools,
};

// The past that is read before the first judged day, in lengths of the history that a day is held against: fees that
// come once a month show in it twice.
const PASTS_READ: usize = 2;
// A column of more values is left out of the paths: its series would be too many and each too small.
const MOST_VALUES: u64 = 2_000;

/// Effective cost, or what answers should use where the data bars it.
pub(super) fn cost_measure(description: &CostDescription) -> Measure {
    let effective = Measure::EffectiveCost.to_string();
    let barred = description
        .notices
        .iter()
        .any(|notice| notice.severity == Severity::Bar && notice.subject == effective);
    match &description.default_cost {
        Some(other) if barred && other.is_cost() => other.clone(),
        Some(_) | None => Measure::EffectiveCost,
    }
}

/// The steps of a path that the loaded data has: account, cloud service, region, usage type.
pub(super) fn dimensions(description: &CostDescription, filters: &[Filter]) -> Vec<Dimension> {
    let usable = |column: &FocusDimension| {
        let dimension = Dimension::Column(*column);
        let name = dimension.name();
        let narrow = description
            .dimensions
            .iter()
            .any(|fill| fill.dimension == name && fill.distinct <= MOST_VALUES);
        let fixed = filters.iter().any(|filter| {
            filter.dimension == dimension && filter.op == FilterOp::In && filter.values.len() == 1
        });
        is_filled(description, &dimension) && narrow && !fixed
    };
    let kinds: [&[FocusDimension]; 4] = [
        &[FocusDimension::SubAccountId],
        &[FocusDimension::ServiceName],
        &[FocusDimension::Region],
        &[FocusDimension::UsageType, FocusDimension::SkuMeter, FocusDimension::ChargeDescription],
    ];
    let first = |kind: &&[FocusDimension]| kind.iter().copied().find(|column| usable(column));
    kinds.iter().filter_map(first).map(Dimension::Column).collect()
}

/// The days that are read and those of them that are judged; `None` where none is loaded.
pub(super) fn days(
    period: Option<Period>,
    as_of: Option<Date>,
    description: &CostDescription,
    settings: &AnomalySettings,
) -> Option<Days> {
    let coverage = description.coverage?;
    let reached = match coverage.end() {
        end if end.time() == Time::midnight() => end.date(),
        end => end.date().tomorrow().ok()?,
    };
    let loaded = coverage.start().date();
    let end = as_of.map_or(reached, |day| day.min(reached));
    let end = period.map_or(end, |period| period.end().date().min(end));
    let start = period.map_or(loaded, |period| period.start().date().max(loaded));
    if start >= end {
        return None;
    }
    let past = i64::try_from(settings.history_days * PASTS_READ).ok()?;
    let first = start.checked_sub(past.days()).unwrap_or(loaded).max(loaded);
    let count = |from: Date, to: Date| {
        let span = from.until((jiff::Unit::Day, to)).ok()?;
        usize::try_from(span.get_days()).ok()
    };
    let whole = count(first, end)?;
    let date = |day: usize| first.checked_add(i64::try_from(day).ok()?.days()).ok();
    // A day counts as missing where a bill of its month says so, and no other bill has it.
    let missing = |day: Date| {
        let of_month = description
            .periods
            .iter()
            .filter(|held| held.billing_period == day.first_of_month() && held.coverage.is_some());
        let (with, without): (Vec<_>, Vec<_>) =
            of_month.partition(|held| !held.missing_days.contains(&day));
        with.is_empty() && !without.is_empty()
    };
    let loaded = (0..whole).map(|day| date(day).is_some_and(|day| !missing(day))).collect();
    // Days that ended long before the day of asking have their charges.
    let settled = as_of.is_some_and(|today| {
        let late = i64::try_from(settings.late_days).unwrap_or_default();
        reached.checked_add(late.days()).is_ok_and(|then| then < today)
    });
    let at_end = end == reached && !settled;
    let late_from = if at_end { whole.saturating_sub(settings.late_days) } else { whole };
    Some(Days { first, loaded, judged: count(first, start)?..whole, late_from })
}

/// What is looked at.
pub(super) struct Look<'a> {
    pub(super) measure: &'a Measure,
    pub(super) filters: &'a [Filter],
    pub(super) dimensions: Vec<Dimension>,
    pub(super) days: &'a Days,
}

/// The series that were read.
pub(super) struct Leaves {
    pub(super) series: Vec<Leaf>,
    pub(super) unit: Unit,
    pub(super) table: FactTable,
}

impl Look<'_> {
    pub(super) fn date(&self, day: usize) -> Date {
        let ahead = i64::try_from(day).unwrap_or(i64::MAX).days();
        self.days.first.saturating_add(ahead)
    }

    pub(super) fn period(&self, days: &std::ops::Range<usize>) -> Option<Period> {
        Period::of_days(self.date(days.start), self.date(days.end)).ok()
    }

    /// The days that are judged.
    pub(super) fn judged(&self) -> Period {
        let whole = || Period::month_of(self.days.first);
        self.period(&self.days.judged).unwrap_or_else(whole)
    }

    /// The conditions of the question, and those that keep to what runs workloads.
    pub(super) fn all_filters(&self, description: &CostDescription) -> Vec<Filter> {
        self.filters.iter().cloned().chain(operating_filters(description)).collect()
    }

    pub(super) async fn read(
        &self,
        tools: &Tools,
        description: &CostDescription,
    ) -> Result<Leaves, Refusal> {
        let day = Dimension::Time(Grain::Day);
        let query = CostQuery {
            dimensions: std::iter::once(day).chain(self.dimensions.iter().cloned()).collect(),
            filters: self.all_filters(description),
            period: self.period(&(0..self.days.loaded.len())),
            ..CostQuery::total(self.measure.clone())
        };
        let table = tools.costs.query(&query, &tools.scope).await?;
        let unit = self.unit(&table)?;
        Ok(Leaves { series: self.leaves(&table), unit, table })
    }

    // Amounts of several currencies cannot be added.
    fn unit(&self, table: &FactTable) -> Result<Unit, Refusal> {
        let name = self.measure.column_name();
        let held = &table.table;
        let mut units: Vec<Unit> =
            (0..held.rows.len()).filter_map(|row| held.unit(row, &name)).collect();
        units.sort();
        units.dedup();
        match units.as_slice() {
            [unit] => Ok(unit.clone()),
            [] => Ok(Unit::Count("rows".to_owned())),
            several => {
                let names: Vec<String> = several.iter().map(ToString::to_string).collect();
                Err(Refusal::Failed(format!(
                    "the charges are in several currencies ({}); add a filter on billing_currency",
                    names.join(", ")
                )))
            }
        }
    }

    fn leaves(&self, table: &FactTable) -> Vec<Leaf> {
        let held = &table.table;
        let cost = self.measure.column_name();
        let names: Vec<String> = self.dimensions.iter().map(Dimension::name).collect();
        let places: BTreeMap<String, usize> =
            (0..self.days.loaded.len()).map(|day| (self.date(day).to_string(), day)).collect();
        let mut by_path: BTreeMap<Vec<Option<String>>, Vec<Decimal>> = BTreeMap::new();
        for row in 0..held.rows.len() {
            let Some(day) = held.text(row, "day").and_then(|day| places.get(day)) else { continue };
            let path = names.iter().map(|name| held.text(row, name).map(str::to_owned)).collect();
            let days =
                by_path.entry(path).or_insert_with(|| vec![Decimal::ZERO; self.days.loaded.len()]);
            if let Some(sum) = days.get_mut(*day) {
                *sum += held.number(row, &cost).unwrap_or_default();
            }
        }
        by_path.into_iter().map(|(path, days)| Leaf { path, days }).collect()
    }
}
