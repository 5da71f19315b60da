//! Load curves: what usage costs on demand in each hour, or in an hour of each day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use wherefore_analysis::commitment::offers::{OfferTable, machine_family};
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, Grain},
    filter::Filter,
    period::{Period, parse_moment},
    quality::CostDescription,
    table::Table,
    tool::FactTable,
};

use super::usage::{Basis, Usage, UsageKey};
use crate::{refuse::Refusal, serve::Tools};

const HOURS_OF_A_DAY: i64 = 24;

/// A family of machines in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Machines {
    pub(crate) group: String,
    pub(crate) family: String,
    pub(crate) machine: String,
    pub(crate) region: String,
}

/// How finely charges tell when usage was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fineness {
    Hours,
    /// Hours within a day are taken as even.
    Days,
}

impl Fineness {
    /// Points of so many days.
    pub(crate) fn points(self, days: i64) -> usize {
        let count = match self {
            Self::Hours => days.saturating_mul(HOURS_OF_A_DAY),
            Self::Days => days,
        };
        usize::try_from(count).unwrap_or_default()
    }

    /// The point that a row lies at, by its time.
    pub(crate) fn point(self, table: &Table, row: usize, window: Period) -> Option<usize> {
        point(table.text(row, self.grain().name())?, self, window)
    }

    /// What so much at one point is an hour.
    pub(crate) fn hourly(self, cost: Decimal) -> Decimal {
        hourly(cost, self)
    }

    pub(crate) fn grain(self) -> Grain {
        match self {
            Self::Hours => Grain::Hour,
            Self::Days => Grain::Day,
        }
    }
}

/// The on-demand cost of an hour at each point of the window, in the order of time.
#[derive(Debug)]
pub(crate) struct Loads {
    pub(crate) fineness: Fineness,
    pub(crate) curves: BTreeMap<Machines, Vec<Decimal>>,
    /// The priced quantity of an hour, beside each curve.
    pub(crate) quantities: BTreeMap<Machines, Vec<Decimal>>,
    pub(crate) read: FactTable,
}

/// The whole days that tell the load: those asked for, or the latest ones before `as_of`.
pub(crate) fn window(
    asked: Option<Period>,
    as_of: Option<jiff::civil::Date>,
    days: u32,
    description: &CostDescription,
) -> Option<Period> {
    let coverage = description.coverage?;
    let first = match coverage.start() {
        start if start.time() == Time::midnight() => start.date(),
        start => start.date().tomorrow().ok()?,
    };
    let until = coverage.end().date();
    let until = as_of.map_or(until, |day| day.min(until));
    let (from, until) = if let Some(period) = asked {
        (first.max(period.start().date()), until.min(period.end().date()))
    } else {
        let back = jiff::Span::new().days(i64::from(days));
        (first.max(until.checked_sub(back).ok()?), until)
    };
    Period::of_days(from, until).ok()
}

/// The latest whole month before `as_of` that is loaded: fees of reservations stand for whole months.
pub(crate) fn whole_month(
    as_of: Option<jiff::civil::Date>,
    description: &CostDescription,
) -> Option<Period> {
    let coverage = description.coverage?;
    let until = as_of.map_or(coverage.end().date(), |day| day.min(coverage.end().date()));
    let month = Period::month_of(until.first_of_month().yesterday().ok()?);
    coverage.contains(month).then_some(month)
}

/// Reads the load curves of the dearest usage.
///
/// # Errors
/// When the store fails.
pub(crate) async fn read(
    tools: &Tools,
    offers: &OfferTable,
    basis: &Basis,
    asked: &[Filter],
    usage: &Usage,
    window: Period,
) -> Result<Loads, Refusal> {
    let mut filters = basis.on_demand(offers, asked);
    if let Some(label) = &basis.label {
        filters.push(Filter::any_of(label.clone(), dearest(usage, offers)));
    }
    let fineness = fineness(tools, &filters, window).await?;
    let time = Dimension::Time(fineness.grain());
    let query = CostQuery {
        measures: vec![basis.cost.clone(), Measure::PricingQuantity],
        dimensions: std::iter::once(time).chain(basis.names()).collect(),
        filters,
        period: Some(window),
        ..CostQuery::total(basis.cost.clone())
    };
    let read = tools.costs.query(&query, &tools.scope).await?;
    let mut loads = Loads { fineness, curves: BTreeMap::new(), quantities: BTreeMap::new(), read };
    loads.fill(offers, basis, window);
    Ok(loads)
}

impl Loads {
    fn fill(&mut self, offers: &OfferTable, basis: &Basis, window: Period) {
        let Self { fineness, curves, quantities, read } = self;
        let table = &read.table;
        let empty = vec![Decimal::ZERO; fineness.points(window.days())];
        let [time, cost, quantity] = [
            fineness.grain().name().to_owned(),
            basis.cost.column_name(),
            Measure::PricingQuantity.column_name(),
        ];
        for row in 0..table.rows.len() {
            let Some(key) = basis.key(offers, table, row) else { continue };
            let key = machines(key);
            let at = table.text(row, &time).and_then(|text| point(text, *fineness, window));
            let add = |curves: &mut BTreeMap<Machines, Vec<Decimal>>, column: &str| {
                let curve = curves.entry(key.clone()).or_insert_with(|| empty.clone());
                if let Some(point) = at.and_then(|at| curve.get_mut(at)) {
                    *point += hourly(table.number(row, column).unwrap_or_default(), *fineness);
                }
            };
            add(curves, &cost);
            add(quantities, &quantity);
        }
    }
}

fn machines(key: UsageKey) -> Machines {
    let machine = machine_family(&key.label).to_owned();
    Machines { group: key.group, family: key.family, machine, region: key.region }
}

fn hourly(cost: Decimal, fineness: Fineness) -> Decimal {
    match fineness {
        Fineness::Hours => cost,
        Fineness::Days => cost / Decimal::from(HOURS_OF_A_DAY),
    }
}

fn point(text: &str, fineness: Fineness, window: Period) -> Option<usize> {
    let moment = parse_moment(text).ok()?;
    let hours = if moment == window.start() {
        0
    } else {
        Period::new(window.start(), moment).ok()?.hours()
    };
    let place = match fineness {
        Fineness::Hours => hours,
        Fineness::Days => hours / HOURS_OF_A_DAY,
    };
    usize::try_from(place).ok()
}

/// The usage names that cost most on demand; of equally dear ones the first by name.
fn dearest(usage: &Usage, offers: &OfferTable) -> BTreeSet<String> {
    let mut labels: BTreeMap<&str, Decimal> = BTreeMap::new();
    for (key, cost) in usage.groups.values().flat_map(|group| &group.on_demand) {
        *labels.entry(&key.label).or_default() += *cost;
    }
    let mut labels: Vec<(&str, Decimal)> = labels.into_iter().collect();
    labels.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
    let kept = labels.into_iter().take(offers.judgement.usage_types_kept);
    kept.map(|(label, _)| label.to_owned()).collect()
}

// Charges of a day begin at one hour of it.
async fn fineness(tools: &Tools, filters: &[Filter], window: Period) -> Result<Fineness, Refusal> {
    let distinct = |grain| Measure::Distinct(Dimension::Time(grain));
    let [hours, days] = [distinct(Grain::Hour), distinct(Grain::Day)];
    let query = CostQuery {
        measures: vec![hours.clone(), days.clone()],
        filters: filters.to_vec(),
        period: Some(window),
        ..CostQuery::total(hours.clone())
    };
    let read = tools.costs.query(&query, &tools.scope).await?;
    let number =
        |measure: &Measure| read.table.number(0, &measure.column_name()).unwrap_or_default();
    let many = number(&days) * Decimal::from(HOURS_OF_A_DAY / 2);
    Ok(if number(&hours) > many { Fineness::Hours } else { Fineness::Days })
}
