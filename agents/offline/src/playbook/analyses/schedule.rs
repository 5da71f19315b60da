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
    let kept = reading.schedule.unwrap_or_default();
    let percents = [("headroom_percent", kept.headroom), ("quantile_percent", kept.quantile)];
    for (name, percent) in percents {
        if let Some(percent) = percent {
            arguments.insert(name.to_owned(), json!(percent));
        }
    }
    vec![Step { tool: "scaling_schedule", arguments }]
}
