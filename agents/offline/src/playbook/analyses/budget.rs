//! How budgets stand.

use serde_json::{Map, json};

use super::super::Step;
use crate::request::Reading;

/// The call that answers it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    if let Some(budget) = &reading.budget {
        arguments.insert("budget".to_owned(), json!(budget));
    }
    if !reading.conditions.is_empty() {
        arguments.insert("filters".to_owned(), json!(reading.filters()));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(day) = reading.as_of {
        arguments.insert("as_of".to_owned(), json!(day));
    }
    let stated = reading.measures.first().filter(|measure| measure.is_cost());
    if let Some(measure) = stated.filter(|_| reading.measure_stated) {
        arguments.insert("measure".to_owned(), json!(measure));
    }
    vec![Step { tool: "budget_status", arguments }]
}
