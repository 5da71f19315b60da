//! What can be saved.

use serde_json::{Map, Value, json};

use super::super::Step;
use crate::request::Reading;

/// The calls that answer it.
pub(super) fn steps(reading: &Reading) -> Vec<Step> {
    let period = reading.period.map(|moment| ("period", json!(moment.period)));
    let top = reading.limit.map(|limit| ("top", json!(limit)));
    let today = reading.as_of.map(|today| ("as_of", json!(today)));
    let always = [("filters", json!(reading.filters())), ("checks", json!(reading.checks))];
    let arguments: Map<String, Value> = always
        .into_iter()
        .chain(period)
        .chain(today)
        .chain(top)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    vec![Step::new("find_savings", Value::Object(arguments))]
}
