//! `unit_cost`: effective cost over transactions of one workload or of each.

use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::{CostQuery, Measure, Scale},
    dimension::Dimension,
    filter::Filter,
    period::Period,
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    barred,
    catalogue::reading_tool,
    operating::operating_filters,
    refuse::Refusal,
    searched::{conditions, grouped, within},
    serve::Tools,
};

const EXAMPLE: &str = r#"{"workload": "checkout", "period": {"start": "2026-04-01", "end": "2026-05-01"}, "by": ["day"]}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The workload as `list_workloads` spells it, e.g. `checkout`. Leave out for every workload,
    /// one row each.
    #[serde(default)]
    workload: Option<String>,
    /// Charges that start in this period; leave out for everything that is loaded.
    #[serde(default)]
    period: Option<Period>,
    /// What to group by: grains of time, e.g. `["month"]`, or parts of the cost, e.g.
    /// `["cloud_service"]`.
    #[serde(default)]
    by: Vec<Dimension>,
    /// Also the cost of so many transactions, e.g. `1000`, as `unit_cost_scaled`.
    #[serde(default)]
    per: Option<u32>,
    /// Which charges count.
    #[serde(default)]
    basis: Basis,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Basis {
    /// Without credits, refunds, tax, purchases and support: the cost of running.
    #[default]
    Operating,
    /// Every charge.
    Total,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "unit_cost",
        "Cost per transaction",
        "Effective cost over transactions of one workload, or of each workload, also as a trend. Use it \
for \"how much does one transaction cost\" and \"how did the unit cost develop\". Do not use it to learn \
why a unit cost moved (explain_unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let Args { workload, period, by, per, basis } = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let mut dimensions = by;
    let mut filters = match &workload {
        Some(name) => vec![Filter::any_of(Dimension::Workload, [name.trim()])],
        None => Vec::new(),
    };
    if workload.is_none() && !dimensions.contains(&Dimension::Workload) {
        dimensions.push(Dimension::Workload);
    }
    if basis == Basis::Operating {
        filters.extend(operating_filters(&description));
    }
    let mut measures = vec![Measure::EffectiveCost, Measure::Transactions, Measure::UnitCost];
    // A scale is that of the first measure.
    if per.is_some() {
        measures.rotate_right(1);
    }
    let query = CostQuery {
        measures,
        dimensions,
        filters,
        period,
        scale: per.map(Scale::Times),
        ..CostQuery::total(Measure::EffectiveCost)
    };
    barred::check(&query.measures, query.period.as_slice(), &description)?;
    let table = tools.costs.query(&query, &tools.scope).await?;
    let searched = format!(
        "effective cost and transactions{}{}{}",
        grouped(&query.dimensions),
        conditions(&query.filters),
        within(period)
    );
    let touched = Touched {
        measures: &query.measures,
        dimensions: &query.dimensions,
        filters: &query.filters,
        periods: query.period.as_slice(),
    };
    answered(tools, &touched, &description, vec![table], searched)
}
