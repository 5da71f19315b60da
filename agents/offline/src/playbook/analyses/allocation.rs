//! Who bears shared costs.

use serde_json::{Map, json};
use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::Step;
use crate::request::{Part, Reading, SplitBy};

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let ask = reading.allocation.clone().unwrap_or_default();
    let to = owners(reading);
    let metered = |filter: &&Filter| {
        ask.method == Some(SplitBy::Usage)
            && is_meter(&filter.dimension)
            && filter.op == FilterOp::In
    };
    let all = reading.filters();
    let usage_type = all.iter().find(metered).and_then(|filter| filter.values.first());
    let owner = all.iter().find_map(|filter| match filter.values.as_slice() {
        [only] if filter.dimension == to && filter.op == FilterOp::In => Some(only.clone()),
        _ => None,
    });
    let mut shared = ask.shared.clone();
    shared.extend(all.iter().filter(|one| one.dimension != to && !metered(one)).cloned());
    let mut arguments = Map::new();
    let mut put = |name: &str, value: serde_json::Value| {
        arguments.insert(name.to_owned(), value);
    };
    if let Some(moment) = reading.period {
        put("period", json!(moment.period));
    }
    let stated = reading.measures.first().filter(|one| reading.measure_stated && one.is_cost());
    if let Some(measure) = stated {
        put("measure", json!(measure));
    }
    if !shared.is_empty() {
        put("filters", json!(shared));
    }
    if to != Dimension::Workload {
        put("to", json!(to));
    }
    if let Some(owner) = owner {
        put("owner", json!(owner));
    }
    match ask.method {
        Some(SplitBy::Telemetry) => {
            put("method", json!("telemetry"));
            put("metric", json!(ask.metric));
        }
        Some(SplitBy::Fixed) => {
            let fixed = |part: &Part| json!({"owner": part.owner, "percent": part.part});
            put("method", json!("fixed"));
            put("fixed", ask.parts.iter().map(fixed).collect());
        }
        Some(SplitBy::Even | SplitBy::Proportional | SplitBy::Usage | SplitBy::Transactions)
        | None => {}
    }
    // Without the usage that decides there is nothing to weigh by: the rules decide.
    match (ask.method, usage_type) {
        (Some(SplitBy::Usage), Some(usage_type)) => put("usage_type", json!(usage_type)),
        (Some(SplitBy::Usage | SplitBy::Telemetry | SplitBy::Fixed) | None, _) => {}
        (Some(method), _) => put("method", json!(method)),
    }
    vec![Step { tool: "allocate_cost", arguments }]
}

/// Who bears the cost: workloads, unless accounts or a tag are named.
fn owners(reading: &Reading) -> Dimension {
    let is_owner = |dimension: &&Dimension| {
        matches!(
            dimension,
            Dimension::Workload
                | Dimension::Tag(_)
                | Dimension::Column(FocusDimension::SubAccountId | FocusDimension::SubAccountName)
        )
    };
    reading.dimensions.iter().find(is_owner).cloned().unwrap_or(Dimension::Workload)
}

fn is_meter(dimension: &Dimension) -> bool {
    matches!(dimension, Dimension::Column(FocusDimension::UsageType | FocusDimension::SkuMeter))
}
