//! `cost_bases`: the same charges on every cost basis, whether the bases close, and what lies between two of them.

mod bases;
mod checks;
mod lines;

use futures::try_join;
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::{CostMetric, Measure},
    dimension::Dimension,
    filter::Filter,
    period::Period,
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    refuse::Refusal,
    searched::{conditions, grouped, within},
    serve::Tools,
};

const EXAMPLE: &str =
    r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}, "dimensions": ["cloud_service"]}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Charges that start in this period; leave out for everything that is loaded.
    #[serde(default)]
    period: Option<Period>,
    /// Conditions that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// What to group by, e.g. `["cloud_service"]`; then each basis is a column.
    #[serde(default)]
    dimensions: Vec<Dimension>,
    /// With `dimensions`: keeps the first N rows.
    #[serde(default)]
    limit: Option<u32>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "cost_bases",
        "Costs on every basis",
        "The same charges on each cost basis: cash (billed), effective (amortised), both net of discounts, list, \
contracted, before credits; why a basis is barred; whether the bases close; the lines between billed and \
effective cost. Use it for \"cash or amortised\" and \"does the bill reconcile\". Do not use it for one cost \
alone (query_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let searched = format!(
        "costs on every basis{}{}{}",
        grouped(&args.dimensions),
        conditions(&args.filters),
        within(args.period),
    );
    let periods = args.period.as_slice();
    let measures: Vec<Measure> = CostMetric::ALL.map(CostMetric::measure).to_vec();
    let touched = Touched {
        measures: &measures,
        dimensions: &args.dimensions,
        filters: &args.filters,
        periods,
    };
    let notices = touched.notices(&description);
    let (costs, lines) = (bases::query(&args), lines::query(&args, &description));
    let query = |query| tools.costs.query(query, &tools.scope);
    let (costs, lines) = try_join!(query(&costs), query(&lines))?;
    let standings = bases::standings(&description, &notices, periods);
    let mut tables = Vec::new();
    if !costs.table.rows.is_empty() {
        if args.dimensions.is_empty() {
            tables.push(bases::table(&costs, &standings));
        }
        tables.push(bases::usable(costs, &standings));
        tables.extend(lines::table(&lines, &standings));
        tables.extend(checks::tables(&description, &touched, periods));
    }
    answered(tools, &touched, &description, tables, searched)
}
