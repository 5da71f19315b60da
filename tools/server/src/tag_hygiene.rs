//! `tag_hygiene`: how much of the cost carries tags, which values look alike, and where tags are missing.

mod read;
mod tables;

use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::Measure, dimension::Dimension, filter::Filter, period::Period, tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::nothing,
    refuse::Refusal,
    searched::{conditions, within},
    serve::Tools,
};

const EXAMPLE: &str =
    r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}, "key": "tag:environment"}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// A cost; by default the effective cost, where the data can be trusted with it.
    #[serde(default)]
    measure: Option<Measure>,
    /// Conditions that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Charges that start in this period; leave out for everything that is loaded.
    #[serde(default)]
    period: Option<Period>,
    /// One tag key to look at, e.g. `tag:environment`; by default all of them, with the allocation to owners.
    #[serde(default)]
    key: Option<Dimension>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "tag_hygiene",
        "Tag hygiene and allocation",
        "Which tag keys are used, the share of cost each covers, how much cost is allocated to owners against \
targets, where tags are missing, and keys and values that look alike. Use it for \"how good is our \
tagging\". Do not use it for the cost by a tag (query_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let measure = args.measure.clone().unwrap_or_else(|| read::cost(&description));
    if !measure.is_cost() {
        return Err(Refusal::Failed(format!(
            "`{measure}` is no cost; tags are judged by the cost that carries them"
        )));
    }
    let keys = match &args.key {
        Some(Dimension::Tag(key)) => vec![key.clone()],
        Some(Dimension::Workload) => vec![description.workload_tag.to_lowercase()],
        Some(other @ (Dimension::Column(_) | Dimension::Time(_))) => {
            return Err(Refusal::Failed(format!("`{other}` is no tag; write `tag:KEY`")));
        }
        None => read::keys(&description, &tools.rules.tagging),
    };
    let mut filters = args.filters;
    filters.extend(read::taggable(&description, &filters, &tools.rules.tagging));
    let searched = format!(
        "{measure} with and without the tags {}{}{}",
        if keys.is_empty() { "(none is loaded)".to_owned() } else { keys.join(", ") },
        conditions(&filters),
        within(args.period)
    );
    let request = read::Request { measure: measure.clone(), filters, period: args.period, keys };
    let Some(story) = read::story(tools, request).await? else {
        return Ok(nothing(searched));
    };
    let dimensions: Vec<Dimension> =
        story.request.keys.iter().cloned().map(Dimension::Tag).collect();
    let touched = Touched {
        measures: std::slice::from_ref(&measure),
        dimensions: &dimensions,
        filters: &story.request.filters,
        periods: story.request.period.as_slice(),
    };
    answered(tools, &touched, &description, tables::tables(&story, &tools.rules.tagging), searched)
}
