//! Reads what ran and what was served, hour by hour.

use std::collections::{BTreeMap, BTreeSet};

use futures::try_join;
use jiff::civil::{Date, DateTime};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use wherefore_analysis::{Fleet, Hour};
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
    period::{Period, parse_moment},
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use crate::{
    operating::{is_filled, operating_filters},
    refuse::Refusal,
    serve::Tools,
};

const HOURS_OF_DAY: i64 = 24;
// FOCUS `PricingCategory` of usage that a commitment covers.
const COMMITTED: &str = "committed";

/// What was read.
#[derive(Default)]
pub(super) struct Read {
    pub(super) fleets: BTreeMap<String, Units>,
    pub(super) currency: Option<Unit>,
    /// The table that told what ran, for its statement.
    pub(super) charges: Option<FactTable>,
}

/// The fleet of one workload.
#[derive(Debug, Default)]
pub(super) struct Units {
    pub(super) hours: Vec<Hour>,
    /// What its size is counted in, e.g. `instances`; empty where it has no scalable usage.
    pub(super) unit: String,
    /// Whether the bill tells usage by the day only.
    pub(super) is_daily: bool,
    paid: Sums,
    committed: Sums,
}

#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    cost: Decimal,
    unit_hours: Decimal,
}

impl Units {
    /// Own rate of what no commitment covers, and the units that commitments cover.
    pub(super) fn fleet(&self) -> Fleet {
        let hours = Decimal::from(self.hours.len());
        let committed = self.committed.unit_hours.checked_div(hours).unwrap_or_default();
        Fleet {
            rate: self.rate().unwrap_or_default(),
            committed: committed.to_f64().unwrap_or_default(),
        }
    }

    /// Money for one unit in one hour, of usage that no commitment covers.
    pub(super) fn rate(&self) -> Option<Decimal> {
        self.paid.cost.checked_div(self.paid.unit_hours)
    }

    /// Unit-hours that commitments cover, in percent of all.
    pub(super) fn committed_percent(&self) -> Option<Decimal> {
        let all = self.committed.unit_hours.checked_add(self.paid.unit_hours)?;
        self.committed.unit_hours.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)
    }
}

pub(super) async fn read(
    tools: &Tools,
    workloads: &[&str],
    window: Period,
    description: &CostDescription,
) -> Result<Read, Refusal> {
    let named = Filter::any_of(Dimension::Workload, workloads.iter().copied());
    let counts = CostQuery {
        dimensions: vec![Dimension::Time(Grain::Hour), Dimension::Workload],
        filters: vec![named.clone()],
        period: Some(window),
        ..CostQuery::total(Measure::Transactions)
    };
    let lines = Lines::of(description);
    let charges = lines.query(named, window, tools, description);
    let query = |query| tools.costs.query(query, &tools.scope);
    let (transactions, charges) = try_join!(query(&counts), query(&charges))?;
    let running = lines.running(&charges.table, tools);
    let currency = charges.table.unit(0, &Measure::EffectiveCost.column_name());
    let mut fleets = BTreeMap::new();
    for workload in workloads {
        let served = served(&transactions.table, workload);
        let fleet = running.get(&workload.to_lowercase());
        fleets.insert((*workload).to_owned(), joined(&served, fleet));
    }
    Ok(Read { fleets, currency, charges: Some(charges) })
}

/// The columns of the bill that tell fleets.
struct Lines {
    meter: Dimension,
    quantity: Measure,
    unit: Dimension,
    category: Option<Dimension>,
}

impl Lines {
    fn of(description: &CostDescription) -> Self {
        let column = Dimension::Column;
        let filled = |one: FocusDimension| is_filled(description, &column(one));
        let meter = [FocusDimension::UsageType, FocusDimension::SkuMeter];
        let meter = meter.into_iter().find(|one| filled(*one));
        let consumed = filled(FocusDimension::ConsumedUnit);
        let (quantity, unit) = if consumed {
            (Measure::ConsumedQuantity, FocusDimension::ConsumedUnit)
        } else {
            (Measure::PricingQuantity, FocusDimension::PricingUnit)
        };
        let category = Some(FocusDimension::PricingCategory).filter(|one| filled(*one));
        Self {
            meter: column(meter.unwrap_or(FocusDimension::ChargeDescription)),
            quantity,
            unit: column(unit),
            category: category.map(column),
        }
    }

    fn query(
        &self,
        named: Filter,
        window: Period,
        tools: &Tools,
        description: &CostDescription,
    ) -> CostQuery {
        let service = Dimension::Column(FocusDimension::ServiceName);
        let scalable = Filter {
            dimension: service.clone(),
            op: FilterOp::Contains,
            values: tools.rules.scalable.cloud_services(),
        };
        let mut filters = vec![named, scalable];
        filters.extend(operating_filters(description));
        let dimensions = [
            Some(Dimension::Time(Grain::Hour)),
            Some(Dimension::Workload),
            Some(service),
            Some(self.meter.clone()),
            Some(self.unit.clone()),
            self.category.clone(),
        ];
        CostQuery {
            measures: vec![Measure::EffectiveCost, self.quantity.clone()],
            dimensions: dimensions.into_iter().flatten().collect(),
            filters,
            period: Some(window),
            ..CostQuery::total(Measure::EffectiveCost)
        }
    }

    /// What ran, by workload in lower case.
    fn running(&self, table: &Table, tools: &Tools) -> BTreeMap<String, Running> {
        let mut all: BTreeMap<String, Running> = BTreeMap::new();
        for row in 0..table.rows.len() {
            let text = |of: &Dimension| table.text(row, &of.name()).unwrap_or_default();
            let service = text(&Dimension::Column(FocusDimension::ServiceName));
            let Some(pattern) =
                tools.rules.scalable.of(service, text(&self.meter), text(&self.unit))
            else {
                continue;
            };
            let at = table.text(row, "hour").and_then(|text| parse_moment(text).ok());
            let Some(at) = at else { continue };
            let cost = table.number(row, &Measure::EffectiveCost.column_name());
            let quantity = table.number(row, &self.quantity.column_name());
            let units = quantity.filter(|_| pattern.counts).unwrap_or_default();
            let workload = text(&Dimension::Workload).to_lowercase();
            let held = all.entry(workload).or_default();
            held.unit.clone_from(&pattern.unit);
            *held.hours.entry(at).or_default() += units;
            let category = self.category.as_ref().map(text).unwrap_or_default();
            let is_committed = category.eq_ignore_ascii_case(COMMITTED);
            let sums = if is_committed { &mut held.committed } else { &mut held.paid };
            sums.cost += cost.unwrap_or_default();
            sums.unit_hours += units;
        }
        all
    }
}

#[derive(Debug, Default)]
struct Running {
    unit: String,
    hours: BTreeMap<DateTime, Decimal>,
    paid: Sums,
    committed: Sums,
}

impl Running {
    /// Whether usage is told by the day: some day has charges, and none has them in every hour.
    fn is_daily(&self) -> bool {
        let hours: BTreeSet<i8> = self.hours.keys().map(|at| at.hour()).collect();
        i64::try_from(hours.len()).unwrap_or(i64::MAX) < HOURS_OF_DAY
    }

    /// Units that ran in an hour; `None` on a day without any charge.
    fn at(&self, at: DateTime, days: &BTreeMap<Date, Decimal>, is_daily: bool) -> Option<Decimal> {
        let day = days.get(&at.date())?;
        if is_daily {
            return day.checked_div(Decimal::from(HOURS_OF_DAY));
        }
        Some(self.hours.get(&at).copied().unwrap_or_default())
    }

    fn days(&self) -> BTreeMap<Date, Decimal> {
        let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
        for (at, units) in &self.hours {
            *days.entry(at.date()).or_default() += units;
        }
        days
    }
}

fn served(table: &Table, workload: &str) -> BTreeMap<DateTime, Decimal> {
    let own = |row: &usize| {
        table.text(*row, "workload").is_some_and(|name| name.eq_ignore_ascii_case(workload))
    };
    let hour = |row: usize| {
        let at = parse_moment(table.text(row, "hour")?).ok()?;
        Some((at, table.number(row, "transactions")?))
    };
    (0..table.rows.len()).filter(own).filter_map(hour).collect()
}

fn joined(served: &BTreeMap<DateTime, Decimal>, running: Option<&Running>) -> Units {
    let Some(running) = running else { return Units::default() };
    let (days, is_daily) = (running.days(), running.is_daily());
    let hour = |(at, count): (&DateTime, &Decimal)| {
        Some(Hour {
            at: *at,
            transactions: count.to_f64()?,
            running: running.at(*at, &days, is_daily)?.to_f64()?,
        })
    };
    Units {
        hours: served.iter().filter_map(hour).collect(),
        unit: running.unit.clone(),
        is_daily,
        paid: running.paid,
        committed: running.committed,
    }
}
