//! Questions that one tool answers with one call.

use serde_json::{Map, json};
use wherefore_contract::{
    cost::{Measure, Scale},
    dimension::Dimension,
    period::Period,
};

use super::Step;
use crate::request::{Ask, Reading};

// The tool takes the day that counts as today from the reading: its period ends where nothing is
// charged yet.
pub(super) fn forecast(reading: &Reading) -> Step {
    let measure = reading.measures.first().cloned().unwrap_or(Measure::BilledCost);
    let mut arguments = json!({ "measure": measure });
    if let Some(map) = arguments.as_object_mut() {
        if !reading.conditions.is_empty() {
            map.insert("filters".to_owned(), json!(reading.filters()));
        }
        if !reading.dimensions.is_empty() {
            map.insert("dimensions".to_owned(), json!(reading.dimensions));
        }
        if let Some(moment) = reading.period {
            map.insert("period".to_owned(), json!(moment.period));
        }
        if let Some(day) = reading.as_of {
            map.insert("as_of".to_owned(), json!(day));
        }
    }
    Step::new("forecast_cost", arguments)
}

pub(super) fn explain(reading: &Reading, from: Period, to: Period) -> Step {
    let mut arguments = json!({ "from": from, "to": to });
    if let Some(map) = arguments.as_object_mut() {
        match &reading.workload {
            Some(workload) if reading.ask == Ask::ExplainUnitCost => {
                map.insert("workload".to_owned(), json!(workload));
            }
            _ if !reading.conditions.is_empty() => {
                map.insert("filters".to_owned(), json!(reading.filters()));
            }
            _ => {}
        }
    }
    // Explaining a cost by a dimension goes another way, by comparing its rows, unless a bridge is asked.
    let by =
        reading.dimensions.iter().find(|by| by.grain().is_none() && **by != Dimension::Workload);
    let is_bridge = reading.bridge || reading.ask == Ask::ExplainUnitCost;
    if let (Some(map), Some(by), true) = (arguments.as_object_mut(), by, is_bridge) {
        map.insert("by".to_owned(), json!(by));
    }
    Step::new("explain_unit_cost", arguments)
}

pub(super) fn unit_cost(reading: &Reading) -> Step {
    let mut arguments = Map::new();
    if let Some(workload) = &reading.workload {
        arguments.insert("workload".to_owned(), json!(workload));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    if let Some(Scale::Times(times)) = reading.scale {
        arguments.insert("per".to_owned(), json!(times));
    }
    let by: Vec<&Dimension> =
        reading.dimensions.iter().filter(|dimension| **dimension != Dimension::Workload).collect();
    if !by.is_empty() {
        arguments.insert("by".to_owned(), json!(by));
    }
    Step { tool: "unit_cost", arguments }
}
