//! `find_anomalies`: days on which a cost lay outside its expected range, where, and by how much.

mod closer;
mod read;
mod tables;

use jiff::civil::Date;
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::find_anomalies;
use wherefore_contract::{
    cost::Measure, dimension::Dimension, filter::Filter, period::Period, tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::nothing,
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

const EXAMPLE: &str = r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}}"#;
// A list that is longer is not read.
const SHOWN: u32 = 20;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// A cost; by default the effective cost, or the billed cost where the effective one cannot be trusted.
    #[serde(default)]
    measure: Option<Measure>,
    /// Conditions that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// The days that are judged; what is loaded before them is their past. By default all loaded days.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: later days are not looked at.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// The largest impacts that are given; 20 by default.
    #[serde(default)]
    limit: Option<u32>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "find_anomalies",
        "Find anomalies",
        "Days on which a cost lay outside its expected range: period, path of dimensions, expected and actual cost, \
impact; and what was looked at. Use it for \"what is unusual\". Do not use it for why two periods differ (compare_cost, \
explain_unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let measure = args.measure.clone().unwrap_or_else(|| read::cost_measure(&description));
    if !measure.is_cost() {
        return Err(Refusal::Failed(format!("`{measure}` is no cost; anomalies are of costs")));
    }
    let settings = tools.rules.anomalies;
    let searched = format!(
        "{measure} by day and path of dimensions{} in {}",
        conditions(&args.filters),
        args.period.map_or_else(|| "all loaded days".to_owned(), |period| period.to_string()),
    );
    let Some(days) = read::days(args.period, args.as_of, &description, &settings) else {
        return Ok(nothing(searched));
    };
    let look = read::Look {
        measure: &measure,
        filters: &args.filters,
        dimensions: read::dimensions(&description, &args.filters),
        days: &days,
    };
    let leaves = look.read(tools, &description).await?;
    let mut unusual = find_anomalies(&leaves.series, &days, &settings);
    let found = unusual.anomalies.len();
    unusual.anomalies.truncate(args.limit.unwrap_or(SHOWN).try_into().unwrap_or(usize::MAX));
    let closer = closer::look_closer(tools, &look, &unusual.anomalies, &description).await?;
    let days_needed = settings.least_history_days;
    let story = tables::Story {
        look: &look,
        leaves: &leaves,
        unusual: &unusual,
        closer: &closer,
        found,
        days_needed,
    };
    let dimensions: Vec<Dimension> = look.dimensions.clone();
    let touched = Touched {
        measures: std::slice::from_ref(&measure),
        dimensions: &dimensions,
        filters: &args.filters,
        periods: &[look.judged()],
    };
    answered(tools, &touched, &description, story.tables(), searched)
}
