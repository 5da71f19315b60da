//! Days outside their expected range.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::Reading;

/// The call that answers it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if !reading.conditions.is_empty() {
        arguments.insert("filters".to_owned(), json!(reading.filters()));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    if let Some(limit) = reading.limit {
        arguments.insert("limit".to_owned(), json!(limit));
    }
    vec![Step { tool: "find_anomalies", arguments }]
}
