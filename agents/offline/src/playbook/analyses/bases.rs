//! The same charges on each cost basis.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::Reading;

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if !reading.conditions.is_empty() {
        arguments.insert("filters".to_owned(), json!(reading.filters()));
    }
    if !reading.dimensions.is_empty() {
        arguments.insert("dimensions".to_owned(), json!(reading.dimensions));
        if let Some(limit) = reading.limit {
            arguments.insert("limit".to_owned(), json!(limit));
        }
    }
    vec![Step { tool: "cost_bases", arguments }]
}
