//! `query_cost`: measures over charges of one period, grouped, filtered, ordered and cut.

use futures::try_join;
use rmcp::model::Tool;
use wherefore_contract::{
    cost::CostQuery,
    tool::{FactTable, Found},
};

use crate::{
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{found, nothing},
    notices::Touched,
    refuse::Refusal,
    searched::{conditions, grouped, list, within},
    serve::Tools,
};

/// A larger table is of no use to a model or a reader, and is refused rather than cut unseen.
pub(crate) const ROW_LIMIT: usize = 10_000;

const EXAMPLE: &str = r#"{"measures": ["billed_cost"], "dimensions": ["cloud_service"], "period": {"start": "2026-04-01", "end": "2026-05-01"}, "limit": 10}"#;

pub(crate) fn tool() -> Tool {
    reading_tool::<CostQuery>(
        "query_cost",
        "Query costs",
        "Totals, breakdowns, rankings, shares and trends of costs, usage, charge rows and transactions \
over one period. Use it for \"how much\", \"which\", \"how many\" and \"since when\". Do not use it to \
set two periods side by side (compare_cost) or to learn why a cost moved (explain_unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let query: CostQuery = arguments.read(EXAMPLE)?;
    let (table, description) =
        try_join!(tools.costs.query(&query, &tools.scope), tools.costs.describe(&tools.scope))?;
    let searched = format!(
        "{}{}{}{}",
        list(&query.measures),
        grouped(&query.dimensions),
        conditions(&query.filters),
        within(query.period)
    );
    let touched = Touched {
        measures: &query.measures,
        dimensions: &query.dimensions,
        filters: &query.filters,
        periods: query.period.as_slice(),
    };
    Ok(Found {
        notices: touched.notices(&description),
        ..whole_or_nothing(table, tools.costs.snapshot(), searched)?
    })
}

/// The table when it holds rows that a reader can take in, nothing when it holds none.
pub(crate) fn whole_or_nothing(
    table: FactTable,
    snapshot: String,
    searched: String,
) -> Result<Found, Refusal> {
    let rows = table.table.rows.len();
    if rows > ROW_LIMIT {
        return Err(Refusal::Failed(format!(
            "the result has {rows} rows, more than the {ROW_LIMIT} that are given; set a limit, group by less or filter more"
        )));
    }
    Ok(if rows == 0 { nothing(searched) } else { found(vec![table], snapshot, searched) })
}
