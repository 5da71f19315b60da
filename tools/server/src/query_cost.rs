//! `query_cost`: measures over charges of one period, grouped, filtered, ordered and cut.

use futures::try_join;
use rmcp::model::Tool;
use wherefore_contract::{cost::CostQuery, tool::Found};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    barred,
    catalogue::reading_tool,
    refuse::Refusal,
    searched::{amounts, conditions, grouped, kept, list, with_amounts, within},
    serve::Tools,
};

const EXAMPLE: &str = r#"{"measures": ["billed_cost"], "dimensions": ["cloud_service"], "period": {"start": "2026-04-01", "end": "2026-05-01"}, "limit": 10}"#;

pub(crate) fn tool() -> Tool {
    reading_tool::<CostQuery>(
        "query_cost",
        "Query costs",
        "Totals, rankings, shares, trends, jumps, averages per day and prices of costs, usage, charge rows \
and transactions over one period. Use it for \"how much\", \"which\", \"how many\" and \"since when\". Do \
not use it to set two periods side by side (compare_cost), to look ahead (forecast_cost) or to learn why a \
cost moved (explain_unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let query: CostQuery = arguments.read(EXAMPLE)?;
    let (table, description) =
        try_join!(tools.costs.query(&query, &tools.scope), tools.costs.describe(&tools.scope))?;
    let searched = format!(
        "{}{}{}{}{}{}",
        list(&query.measures),
        grouped(&query.dimensions),
        conditions(&query.filters),
        amounts(&query.amounts),
        within(query.period),
        kept(&query.having),
    );
    let measures = with_amounts(&query.measures, &query.amounts);
    barred::check(&measures, query.period.as_slice(), &description)?;
    let touched = Touched {
        measures: &measures,
        dimensions: &query.dimensions,
        filters: &query.filters,
        periods: query.period.as_slice(),
    };
    answered(tools, &touched, &description, vec![table], searched)
}
