//! When to run more and when less.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::Reading;

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if let Some(workload) = &reading.workload {
        arguments.insert("workload".to_owned(), json!(workload));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    vec![Step { tool: "scaling_schedule", arguments }]
}
