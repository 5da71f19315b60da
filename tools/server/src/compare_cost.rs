//! `compare_cost`: the same measures in two periods, side by side, with the change.

use futures::try_join;
use rmcp::model::Tool;
use wherefore_contract::{cost::CompareQuery, tool::Found};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    barred,
    catalogue::reading_tool,
    refuse::Refusal,
    searched::{amounts, conditions, grouped, kept, list, with_amounts},
    serve::Tools,
};

const EXAMPLE: &str = r#"{"measures": ["effective_cost"], "dimensions": ["cloud_service"], "from": {"start": "2026-03-01", "end": "2026-04-01"}, "to": {"start": "2026-04-01", "end": "2026-05-01"}}"#;

pub(crate) fn tool() -> Tool {
    reading_tool::<CompareQuery>(
        "compare_cost",
        "Compare two periods",
        "The same measures in two periods side by side, with the change and the change in percent of the \
first measure, also per day where the periods differ in length. Use it for \"how much more than last month\" and to see which parts of a cost moved. Do \
not use it for one period (query_cost) or to split a change into volume, price and usage \
(explain_unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let query: CompareQuery = arguments.read(EXAMPLE)?;
    let (table, description) =
        try_join!(tools.costs.compare(&query, &tools.scope), tools.costs.describe(&tools.scope))?;
    let searched = format!(
        "{}{}{}{} in {} and in {}{}",
        list(&query.measures),
        grouped(&query.dimensions),
        conditions(&query.filters),
        amounts(&query.amounts),
        query.from,
        query.to,
        kept(&query.having),
    );
    let measures = with_amounts(&query.measures, &query.amounts);
    barred::check(&measures, &[query.from, query.to], &description)?;
    let touched = Touched {
        measures: &measures,
        dimensions: &query.dimensions,
        filters: &query.filters,
        periods: &[query.from, query.to],
    };
    answered(tools, &touched, &description, vec![table], searched)
}
