//! `allocate_cost`: shared cost given to its owners, every part of it traceable.
//!
//! A pool is shared charges of one provider and one kind. Each is split by one basis; what an owner
//! bears beside its direct cost is its total cost, and over its transactions its fully loaded unit
//! cost. Direct, shared and unallocated cost sum to all cost of the period.

use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
    filter::{Filter, FilterOp},
    period::Period,
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::nothing,
    operating::{cost_measure, is_filled},
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

mod measured;
mod read;
mod rules;
mod split;
mod tables;

pub(crate) use rules::AllocationRules;
use rules::{Fixed, Method};

const EXAMPLE: &str = r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}, "method": "proportional", "filters": [{"dimension": "cloud_service", "op": "contains", "values": ["Support"]}]}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Charges that start in this period; leave out for everything that is loaded.
    #[serde(default)]
    period: Option<Period>,
    /// Which charges are shared; leave out for all charges without an owner.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Who bears them, e.g. `workload` (default), `sub_account`, `tag:team`.
    #[serde(default)]
    to: Option<Dimension>,
    /// Only this owner's rows, e.g. `checkout`; the split is over all.
    #[serde(default)]
    owner: Option<String>,
    /// What one pool is, e.g. `cloud_service`, `sub_account`.
    #[serde(default)]
    pool_by: Option<Dimension>,
    /// Which cost is given, e.g. `billed_cost`; by default the effective cost.
    #[serde(default)]
    measure: Option<Measure>,
    /// By what pools are split; by default in proportion to direct cost.
    #[serde(default)]
    method: Option<Method>,
    /// With the method `usage`: the usage type whose quantity decides.
    #[serde(default)]
    usage_type: Option<String>,
    /// With the method `telemetry`: what was measured of each workload, as `cpu_time`, `memory_use`,
    /// `network_io`, `requests`, or the name of a loaded metric.
    #[serde(default)]
    metric: Option<String>,
    /// With the method `fixed`: the agreed shares.
    #[serde(default)]
    fixed: Vec<Fixed>,
}

/// What is split, once the arguments are understood.
#[derive(Debug)]
struct Request {
    period: Period,
    filters: Vec<Filter>,
    to: Dimension,
    owner: Option<String>,
    pool_by: Dimension,
    /// `None` lets each pool's own rule decide.
    method: Option<Method>,
    usage_type: Option<String>,
    metric: Option<String>,
    fixed: Vec<Fixed>,
    cost: Measure,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "allocate_cost",
        "Allocate shared cost",
        "Gives shared cost to workloads (or accounts, or a tag): even, fixed, in proportion to direct cost, \
to metered usage, transactions or a metric of telemetry; each owner's direct, shared and total cost, its fully loaded unit \
cost, and the trace of every share. Use it for \"split the support fee\". Do not use it for direct cost \
(query_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let description = tools.costs.describe(&tools.scope).await?;
    let args: Args = arguments.read(EXAMPLE)?;
    let Some(period) = args.period.or(description.coverage) else {
        return Ok(nothing("shared cost; no charge is loaded".to_owned()));
    };
    let cost = args.measure.clone().unwrap_or_else(|| cost_measure(&description));
    if !cost.is_cost() {
        return Err(Refusal::Failed(format!("`{cost}` is no cost that can be given to owners")));
    }
    let request = understand(args, period, &tools.rules.allocation, cost);
    check(&request)?;
    let searched = request.searched();
    if !is_filled(&description, &request.to) {
        return Ok(nothing(format!(
            "{searched}; no charge has a value of `{}`, so nobody is known to give cost to",
            request.to
        )));
    }
    let read = read::read(tools, &request, &description).await?;
    let measures = [request.cost.clone(), Measure::Transactions];
    let dimensions = [request.to.clone(), request.pool_by.clone()];
    let touched = Touched {
        measures: &measures,
        dimensions: &dimensions,
        filters: &request.filters,
        periods: &[request.period],
    };
    if read.pools.is_empty() {
        let notices = touched.notices(&description);
        let searched = format!("{searched}; no such charge is shared");
        return Ok(Found { notices, ..nothing(searched) });
    }
    let allocated = split::split(&request, &tools.rules.allocation, &read)?;
    if let Some(owner) = &request.owner
        && !allocated.has(owner)
    {
        let near = read.owners().find(|name| name.contains(owner.as_str()));
        let near = near.map(|name| format!("; `{name}` has")).unwrap_or_default();
        return Err(Refusal::Failed(format!(
            "`{owner}` has no charges as `{}` in {}{near}",
            request.to, request.period
        )));
    }
    let story = tables::Story { request: &request, read: &read, allocated: &allocated };
    answered(tools, &touched, &description, story.tables(), searched)
}

fn understand(args: Args, period: Period, rules: &AllocationRules, cost: Measure) -> Request {
    let Args { filters, to, owner, pool_by, method, usage_type, metric, fixed, .. } = args;
    let method = method
        .or_else(|| usage_type.is_some().then_some(Method::Usage))
        .or_else(|| metric.is_some().then_some(Method::Telemetry))
        .or_else(|| (!fixed.is_empty()).then_some(Method::Fixed));
    Request {
        period,
        filters,
        to: to.unwrap_or(Dimension::Workload),
        owner: owner.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        pool_by: pool_by.unwrap_or_else(|| rules.pool_by.clone()),
        method,
        usage_type,
        metric,
        fixed,
        cost,
    }
}

fn check(request: &Request) -> Result<(), Refusal> {
    let failed = |text: String| Err(Refusal::Failed(text));
    let is_time = |dimension: &Dimension| dimension.grain().is_some_and(|_: Grain| true);
    if is_time(&request.to) || is_time(&request.pool_by) {
        return failed("`to` and `pool_by` name owners and pools, not times".to_owned());
    }
    match request.method {
        Some(Method::Usage) if request.usage_type.is_none() => failed(
            "the method `usage` needs `usage_type`: the metered usage whose quantity decides"
                .to_owned(),
        ),
        Some(Method::Fixed) if request.fixed.is_empty() => {
            failed("the method `fixed` needs `fixed`: owners and their percent".to_owned())
        }
        Some(Method::Transactions) if request.to != Dimension::Workload => failed(
            "transactions are counted by workload; use another method, or `to` workload".to_owned(),
        ),
        Some(Method::Telemetry) if request.metric.is_none() => failed(
            "the method `telemetry` needs `metric`: what was measured of each workload".to_owned(),
        ),
        Some(Method::Telemetry) if request.to != Dimension::Workload => {
            failed("metrics are told by workload; use another method, or `to` workload".to_owned())
        }
        Some(_) | None => Ok(()),
    }
}

impl Request {
    /// The conditions of shared charges.
    fn shared(&self) -> Vec<Filter> {
        if !self.filters.is_empty() {
            return self.filters.clone();
        }
        vec![Filter { dimension: self.to.clone(), op: FilterOp::IsNull, values: Vec::new() }]
    }

    fn searched(&self) -> String {
        format!(
            "shared {} by {}{} in {}, and {} of each {}",
            self.cost,
            self.pool_by,
            conditions(&self.shared()),
            self.period,
            self.cost,
            self.to
        )
    }
}
