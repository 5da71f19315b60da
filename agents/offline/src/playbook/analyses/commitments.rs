//! Coverage, utilization, waste and ends of commitments.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::Reading;

/// The calls that answer it.
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
    if let Some(asked) = &reading.commitment {
        for (name, set) in [("ends", asked.ends), ("by_month", asked.by_month)] {
            if set {
                arguments.insert(name.to_owned(), json!(true));
            }
        }
    }
    vec![Step { tool: "commitment_state", arguments }]
}
