//! How well charges are tagged.

use serde_json::{Map, json};
use wherefore_contract::{dimension::Dimension, filter::FilterOp};

use super::super::Step;
use crate::request::{Condition, Reading};

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let mut arguments = Map::new();
    // Without a word about it the tool takes the cost that targets are meant of.
    let stated = reading.measures.first().filter(|measure| measure.is_cost());
    if let Some(measure) = stated.filter(|_| reading.measure_stated) {
        arguments.insert("measure".to_owned(), json!(measure));
    }
    // Charges with or without a tag are both looked at, whichever of them the question names.
    let (by_tag, others): (Vec<&Condition>, Vec<&Condition>) =
        reading.conditions.iter().partition(|held| {
            matches!(held.filter.op, FilterOp::IsNull | FilterOp::NotNull)
                && matches!(held.filter.dimension, Dimension::Tag(_) | Dimension::Workload)
        });
    if !others.is_empty() {
        let filters: Vec<_> = others.iter().map(|held| &held.filter).collect();
        arguments.insert("filters".to_owned(), json!(filters));
    }
    if let Some(moment) = reading.period {
        arguments.insert("period".to_owned(), json!(moment.period));
    }
    let named = by_tag.into_iter().map(|held| &held.filter.dimension).chain(&reading.dimensions);
    let mut keys: Vec<&Dimension> =
        named.filter(|dimension| matches!(dimension, Dimension::Tag(_))).collect();
    keys.dedup();
    if let [key] = keys.as_slice() {
        arguments.insert("key".to_owned(), json!(key));
    }
    vec![Step { tool: "tag_hygiene", arguments }]
}
