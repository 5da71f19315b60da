//! What calls of an interface cost, by operation and client.

use serde_json::{Map, json};
use wherefore_contract::dimension::Dimension;

use super::super::Step;
use crate::request::Reading;

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if let Some(workload) = &reading.workload {
        arguments.insert("workload".to_owned(), json!(workload));
    }
    let mut filters = reading.filters();
    filters.retain(|filter| filter.dimension != Dimension::Workload);
    if !filters.is_empty() {
        arguments.insert("filters".to_owned(), json!(filters));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    vec![Step { tool: "api_call_cost", arguments }]
}
