//! What is paid on demand in the month, and what is sold for it: the load that commitments find.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rust_decimal::Decimal;
use wherefore_analysis::savings::{
    Check, Estate, Looked, Machines, Market, Plan, Reach, UsageLine,
};
use wherefore_contract::{
    cost::CostQuery,
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    money::Currency,
    quality::CostDescription,
    tool::FactTable,
};

use super::Request;
use crate::{
    commitments::{
        load::{self, Fineness, Loads},
        usage::{self, Basis, Usage},
    },
    operating::is_filled,
    refuse::Refusal,
    rules::RuleTables,
    serve::Tools,
};

/// Points of single lines that are read; the lines beyond have the course of their load.
const POINTS_READ: usize = 60_000;

/// What was read of the load before anything is done.
pub(super) struct OnDemand {
    rules: Arc<RuleTables>,
    basis: Basis,
    usage: Usage,
    loads: Option<Loads>,
}

impl OnDemand {
    pub(super) async fn read(
        tools: &Tools,
        request: &Request,
        description: &CostDescription,
    ) -> Result<Self, Refusal> {
        let rules = Arc::clone(&tools.rules);
        let offers = &rules.offers;
        let basis = Basis::of(description);
        let filters = &request.filters;
        let usage = usage::read(tools, offers, &basis, filters, request.period).await?;
        let is_paid = usage.groups.values().any(|group| !group.on_demand.is_empty());
        let loads = if is_paid {
            let loads = load::read(tools, offers, &basis, filters, &usage, request.period).await?;
            Some(loads)
        } else {
            None
        };
        Ok(Self { rules, basis, usage, loads })
    }

    pub(super) fn currency(&self) -> &Currency {
        &self.usage.currency
    }

    /// What told the load; `None` where nothing is paid on demand.
    pub(super) fn table(&self) -> Option<&FactTable> {
        self.loads.as_ref().map(|loads| &loads.read)
    }

    /// What was looked at: kinds of usage in their regions, and what they cost on demand.
    pub(super) fn looked(&self, check: &Check, plan: &Plan) -> Looked {
        let all = || self.usage.groups.values().flat_map(|group| &group.on_demand);
        let kinds: BTreeSet<&str> = all().map(|(key, _)| key.label.as_str()).collect();
        Looked {
            check: check.id.clone(),
            lines: all().count(),
            kinds: kinds.len(),
            cost: all().map(|(_, cost)| *cost).sum(),
            found: plan.savings.iter().filter(|saving| saving.bought.is_some()).count(),
            reach: Reach::Told,
        }
    }

    /// The market, with the course of those lines to which something is done.
    pub(super) async fn market(
        &self,
        tools: &Tools,
        request: &Request,
        description: &CostDescription,
        estate: &Estate,
        touched: &[usize],
    ) -> Result<Market<'_>, Refusal> {
        let loads = self.loads.iter().flat_map(|loads| &loads.curves);
        let loads = loads.map(|(key, points)| {
            let load::Machines { group, family, machine, region } = key.clone();
            (Machines { group, family, machine, region }, points.clone())
        });
        let is_hourly = self.loads.as_ref().is_some_and(|held| held.fineness == Fineness::Hours);
        let market = Market {
            offers: &self.rules.offers,
            loads: loads.collect(),
            points_of_day: if is_hourly { 24 } else { 1 },
            held: self
                .usage
                .groups
                .iter()
                .map(|(name, group)| (name.clone(), group.covered.clone()))
                .collect(),
            series: BTreeMap::new(),
        };
        let resource = Dimension::Column(FocusDimension::ResourceId);
        if !is_filled(description, &resource) {
            return Ok(market);
        }
        let series = self.series(tools, request, estate, touched, &market).await?;
        Ok(Market { series, ..market })
    }

    async fn series(
        &self,
        tools: &Tools,
        request: &Request,
        estate: &Estate,
        touched: &[usize],
        market: &Market<'_>,
    ) -> Result<BTreeMap<usize, Vec<Decimal>>, Refusal> {
        let none = BTreeMap::new();
        let (Some(loads), Some(label)) = (&self.loads, &self.basis.label) else { return Ok(none) };
        let points = loads.fineness.points(request.period.days());
        let lines = dearest(estate, touched, market, POINTS_READ / points.max(1));
        if lines.is_empty() {
            return Ok(none);
        }
        let resource = Dimension::Column(FocusDimension::ResourceId);
        let mut filters = self.basis.on_demand(&self.rules.offers, &request.filters);
        let of = |text: fn(&UsageLine) -> &str| -> BTreeSet<String> {
            lines.iter().map(|(_, line)| text(line).to_owned()).collect()
        };
        filters.push(Filter::any_of(label.clone(), of(|line| &line.usage_type)));
        filters.push(Filter::any_of(resource.clone(), of(|line| &line.resource_id)));
        let time = Dimension::Time(loads.fineness.grain());
        let query = CostQuery {
            measures: vec![self.basis.cost.clone()],
            dimensions: vec![time, resource, label.clone()],
            filters,
            period: Some(request.period),
            ..CostQuery::total(self.basis.cost.clone())
        };
        let read = tools.costs.query(&query, &tools.scope).await?;
        let table = &read.table;
        let mut courses: BTreeMap<(&str, &str), Vec<Decimal>> = BTreeMap::new();
        let label = label.name();
        for row in 0..table.rows.len() {
            let id = table.text(row, FocusDimension::ResourceId.name());
            let Some(key) = id.zip(table.text(row, &label)) else { continue };
            let cost = table.number(row, &self.basis.cost.column_name()).unwrap_or_default();
            let course = courses.entry(key).or_insert_with(|| vec![Decimal::ZERO; points]);
            let at = loads.fineness.point(table, row, request.period);
            if let Some(point) = at.and_then(|at| course.get_mut(at)) {
                *point += loads.fineness.hourly(cost);
            }
        }
        Ok(shared(estate, &lines, &courses))
    }
}

type Lines<'a> = Vec<(usize, &'a UsageLine)>;

// The dearest lines of usage that commitments cover.
fn dearest<'a>(
    estate: &'a Estate,
    touched: &[usize],
    market: &Market<'_>,
    most: usize,
) -> Lines<'a> {
    let lines = touched.iter().filter_map(|place| Some((*place, estate.lines.get(*place)?)));
    let mut lines: Lines<'a> = lines
        .filter(|(_, line)| !line.resource_id.is_empty() && market.machines(line).is_some())
        .collect();
    lines.sort_by_key(|(place, line)| (Reverse(line.cost), *place));
    lines.truncate(most);
    lines
}

// Several lines of one resource and usage type share what is read of them in proportion to their cost.
fn shared(
    estate: &Estate,
    lines: &Lines<'_>,
    courses: &BTreeMap<(&str, &str), Vec<Decimal>>,
) -> BTreeMap<usize, Vec<Decimal>> {
    let mut whole: BTreeMap<(&str, &str), Decimal> = BTreeMap::new();
    for line in estate.lines.iter().filter(|line| !line.is_covered) {
        *whole.entry((&line.resource_id, &line.usage_type)).or_default() += line.cost;
    }
    let one = |(place, line): &(usize, &UsageLine)| {
        let key = (line.resource_id.as_str(), line.usage_type.as_str());
        let part = line.cost.checked_div(whole.get(&key).copied()?)?;
        let course = courses.get(&key)?;
        let own = |point: &Decimal| if part == Decimal::ONE { *point } else { *point * part };
        Some((*place, course.iter().map(own).collect()))
    };
    lines.iter().filter_map(one).collect()
}
