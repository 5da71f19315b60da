//! Reads what is shared, what each owner costs by itself, and what shares are weighed by.

use std::collections::{BTreeMap, BTreeSet};

use futures::try_join;
use rust_decimal::Decimal;
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    money::Currency,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use super::{Request, measured};
use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

/// A pool: its provider and its name.
pub(super) type PoolKey = (String, String);

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    /// Shared cost of each pool.
    pub(super) pools: BTreeMap<PoolKey, Decimal>,
    /// Cost of each owner at each provider, without what is shared.
    pub(super) direct: BTreeMap<(String, String), Decimal>,
    /// Cost that has no owner and is not shared here.
    pub(super) unallocated: Decimal,
    pub(super) transactions: BTreeMap<String, Decimal>,
    /// Quantity of each usage type that shares are weighed by, by usage type and owner.
    pub(super) usage: BTreeMap<String, BTreeMap<String, Decimal>>,
    /// What telemetry measured that shares are weighed by, by metric and workload.
    pub(super) measured: BTreeMap<String, BTreeMap<String, Decimal>>,
    pub(super) currency: Currency,
    /// The tables that the figures came from.
    pub(super) tables: Vec<FactTable>,
}

impl Read {
    pub(super) fn owners(&self) -> impl Iterator<Item = &String> {
        let names: BTreeSet<&String> = self.direct.keys().map(|(owner, _)| owner).collect();
        names.into_iter()
    }
}

pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    description: &CostDescription,
) -> Result<Read, Refusal> {
    let provider = Dimension::Column(FocusDimension::Provider);
    let provider = is_filled(description, &provider).then_some(provider);
    let category = Dimension::Column(FocusDimension::ChargeCategory);
    let category = is_filled(description, &category).then_some(category);
    let query = |dimensions: Vec<Dimension>, filters: Vec<Filter>| CostQuery {
        dimensions: distinct(dimensions),
        filters,
        period: Some(request.period),
        ..CostQuery::total(request.cost.clone())
    };
    let owned = |more: Vec<Dimension>| {
        [request.to.clone()].into_iter().chain(provider.clone()).chain(more).collect::<Vec<_>>()
    };
    let all = query(owned(Vec::new()), Vec::new());
    let pool_by = [request.pool_by.clone()].into_iter().chain(category.clone()).collect();
    let shared = query(owned(pool_by), request.shared());
    let count = CostQuery {
        measures: vec![Measure::Transactions],
        ..query(vec![Dimension::Workload], Vec::new())
    };
    let ask = |query| tools.costs.query(query, &tools.scope);
    let (all, shared) = try_join!(ask(&all), ask(&shared))?;
    let counted = request.to == Dimension::Workload && !description.transactions.is_empty();
    let count = if counted { Some(ask(&count).await?) } else { None };
    let mut usage = BTreeMap::new();
    let mut tables = vec![all, shared];
    for usage_type in usage_types(tools, request) {
        let metered = quantity(request, description, &usage_type)?;
        let table = tools.costs.query(&metered, &tools.scope).await?;
        usage.insert(usage_type, by_owner(&table.table, &request.to, None));
        tables.push(table);
    }
    let mut measured = BTreeMap::new();
    for metric in metrics(tools, request) {
        let (weights, table) = measured::read(tools, request, &metric).await?;
        measured.insert(metric, weights);
        tables.push(table);
    }
    let read = gathered(request, provider.as_ref(), category.as_ref(), &tables)?;
    let transactions = count
        .as_ref()
        .map(|count| by_owner(&count.table, &Dimension::Workload, Some("transactions")))
        .unwrap_or_default();
    tables.extend(count);
    Ok(Read { transactions, usage, measured, tables, ..read })
}

fn distinct(dimensions: Vec<Dimension>) -> Vec<Dimension> {
    let mut kept: Vec<Dimension> = Vec::new();
    for dimension in dimensions {
        if !kept.contains(&dimension) {
            kept.push(dimension);
        }
    }
    kept
}

// The usage types of the call or of the rules.
fn usage_types(tools: &Tools, request: &Request) -> BTreeSet<String> {
    let ruled = tools.rules.allocation.pools.iter().filter(|_| request.method.is_none());
    ruled.filter_map(|rule| rule.usage_type.clone()).chain(request.usage_type.clone()).collect()
}

// The metrics of the call or of the rules.
fn metrics(tools: &Tools, request: &Request) -> BTreeSet<String> {
    let ruled = tools.rules.allocation.pools.iter().filter(|_| request.method.is_none());
    ruled.filter_map(|rule| rule.metric.clone()).chain(request.metric.clone()).collect()
}

fn quantity(
    request: &Request,
    description: &CostDescription,
    usage_type: &str,
) -> Result<CostQuery, Refusal> {
    let filled = |column: FocusDimension| {
        let dimension = Dimension::Column(column);
        is_filled(description, &dimension).then_some(dimension)
    };
    let meter = filled(FocusDimension::UsageType).or_else(|| filled(FocusDimension::SkuMeter));
    let Some(meter) = meter else {
        return Err(Refusal::Failed("the loaded bills name no usage types to split by".to_owned()));
    };
    let measure = match filled(FocusDimension::ConsumedUnit) {
        Some(_) => Measure::ConsumedQuantity,
        None => Measure::PricingQuantity,
    };
    Ok(CostQuery {
        dimensions: vec![request.to.clone()],
        filters: vec![Filter::any_of(meter, [usage_type])],
        period: Some(request.period),
        ..CostQuery::total(measure)
    })
}

// Sums of the one measure by owner; rows without an owner are left out.
fn by_owner(table: &Table, to: &Dimension, column: Option<&str>) -> BTreeMap<String, Decimal> {
    let measure = column.map(str::to_owned).or_else(|| {
        let mut columns = table.columns.iter();
        columns
            .find(|it| it.kind == wherefore_contract::table::ColumnKind::Measure)
            .map(|it| it.name.clone())
    });
    let Some(measure) = measure else { return BTreeMap::new() };
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in 0..table.rows.len() {
        if let (Some(owner), Some(value)) =
            (table.text(row, &to.name()), table.number(row, &measure))
        {
            let sum = sums.entry(owner.to_owned()).or_default();
            *sum = sum.saturating_add(value);
        }
    }
    sums
}

fn gathered(
    request: &Request,
    provider: Option<&Dimension>,
    category: Option<&Dimension>,
    tables: &[FactTable],
) -> Result<Read, Refusal> {
    let [all, shared, ..] = tables else {
        return Err(Refusal::Failed("the bills could not be read".to_owned()));
    };
    let (all, shared) = (&all.table, &shared.table);
    let cost = request.cost.column_name();
    let text = |table: &Table, row: usize, of: Option<&Dimension>| {
        of.and_then(|of| table.text(row, &of.name())).unwrap_or_default().to_owned()
    };
    let mut direct: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    let mut unallocated = Decimal::ZERO;
    let mut add = |table: &Table, row: usize, amount: Decimal| {
        let at = text(table, row, provider);
        match table.text(row, &request.to.name()) {
            Some(owner) => {
                let sum = direct.entry((owner.to_owned(), at)).or_default();
                *sum = sum.saturating_add(amount);
            }
            None => unallocated = unallocated.saturating_add(amount),
        }
    };
    for row in 0..all.rows.len() {
        add(all, row, all.number(row, &cost).unwrap_or_default());
    }
    let mut pools: BTreeMap<PoolKey, Decimal> = BTreeMap::new();
    for row in 0..shared.rows.len() {
        let amount = shared.number(row, &cost).unwrap_or_default();
        add(shared, row, -amount);
        let name = text(shared, row, Some(&request.pool_by));
        let name = if name.is_empty() { text(shared, row, category) } else { name };
        let pool = pools.entry((text(shared, row, provider), name)).or_default();
        *pool = pool.saturating_add(amount);
    }
    pools.retain(|_, amount| !amount.is_zero());
    Ok(Read {
        pools,
        direct,
        unallocated,
        transactions: BTreeMap::new(),
        usage: BTreeMap::new(),
        measured: BTreeMap::new(),
        currency: currency(all, &cost)?,
        tables: Vec::new(),
    })
}

fn currency(table: &Table, column: &str) -> Result<Currency, Refusal> {
    let mut units: Vec<Unit> =
        (0..table.rows.len()).filter_map(|row| table.unit(row, column)).collect();
    units.sort();
    units.dedup();
    match units.as_slice() {
        [Unit::Currency(currency)] => Ok(currency.clone()),
        [] => Currency::parse("USD").ok_or_else(|| Refusal::Failed("no currency".to_owned())),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Refusal::Failed(format!(
                "the charges are in several currencies ({}); add a filter on billing_currency",
                names.join(", ")
            )))
        }
    }
}
