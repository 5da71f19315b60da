//! `find_metadata`: which entities of the estate a text names.

use rmcp::model::Tool;
use wherefore_contract::{
    metadata::{MatchKind, MetadataHit, MetadataQuery},
    question::QUESTION_LIMIT_BYTES,
    table::Column,
    tool::Found,
    unit::Unit,
};

use crate::{
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{Row, cell, computed, found, nothing},
    refuse::Refusal,
    searched::list,
    serve::Tools,
};

const EXAMPLE: &str = r#"{"text": "ec2 in seoul", "dimensions": ["cloud_service", "region"]}"#;
// Said in the schema of the query: at most this many hits.
const HIT_LIMIT: u32 = 100;
// A sentence of what was searched repeats this much of the text.
const REPEATED_CHARS: usize = 120;

pub(crate) fn tool() -> Tool {
    reading_tool::<MetadataQuery>(
        "find_metadata",
        "Find names",
        "Finds cloud services, accounts, regions, tags and workloads that a name or a whole question \
means, in English or Korean, and gives their values as charges spell them. Use it before filtering by a \
name. Do not use it for figures: it knows names only.",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let query: MetadataQuery = arguments.read(EXAMPLE)?;
    if query.text.trim().is_empty() {
        return Err(Refusal::Failed("`text` is empty; give a name or a question".to_owned()));
    }
    if query.text.len() > QUESTION_LIMIT_BYTES {
        return Err(Refusal::Failed(format!(
            "`text` is {} bytes long; the limit is {QUESTION_LIMIT_BYTES}",
            query.text.len()
        )));
    }
    let query =
        MetadataQuery { limit: query.limit.map(|limit| limit.clamp(1, HIT_LIMIT)), ..query };
    let hits = tools.metadata.find(&query, &tools.scope).await?;
    let searched = searched(&query);
    if hits.is_empty() {
        return Ok(nothing(searched));
    }
    let table = computed("hits", "catalog", columns(), hits.iter().map(row).collect());
    Ok(found(vec![table], tools.costs.snapshot(), searched))
}

fn searched(query: &MetadataQuery) -> String {
    let text: String = query.text.chars().take(REPEATED_CHARS).collect();
    let kinds = if query.dimensions.is_empty() {
        "all dimensions".to_owned()
    } else {
        list(&query.dimensions)
    };
    format!("names in {kinds} that `{text}` may mean")
}

fn columns() -> Vec<Column> {
    let bytes = || Unit::Quantity("bytes".to_owned());
    vec![
        Column::dimension("dimension"),
        Column::dimension("value"),
        Column::dimension("label"),
        Column::measure("matched_start", bytes()),
        Column::measure("matched_end", bytes()),
        Column::dimension("how"),
        Column::measure("score", Unit::Quantity("points".to_owned())),
    ]
}

fn row(hit: &MetadataHit) -> Row {
    let how = match hit.how {
        MatchKind::Exact => "exact",
        MatchKind::Alias => "alias",
        MatchKind::Contains => "contains",
        MatchKind::Words => "words",
        MatchKind::Prefix => "prefix",
        MatchKind::Typo => "typo",
    };
    vec![
        cell(&hit.dimension),
        cell(&hit.value),
        hit.label.clone(),
        cell(hit.matched.0),
        cell(hit.matched.1),
        cell(how),
        cell(hit.score),
    ]
}
