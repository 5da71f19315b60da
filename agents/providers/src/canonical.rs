//! JSON with the keys of every object in order, so that equal requests are equal bytes: prompt caches and replays need that.

use serde_json::{Map, Value};

/// The same value with its keys in order, whatever order the map type keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|(left, _), (right, _)| left.cmp(right));
            let entries = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// The bytes of a value with its keys in order.
pub(crate) fn bytes(value: Value) -> Vec<u8> {
    // Maps keep their keys in order by themselves, unless somebody asks `serde_json` for another kind of map.
    let value = if is_sorted(&value) { value } else { sorted(value) };
    value.to_string().into_bytes()
}

fn is_sorted(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.keys().is_sorted() && map.values().all(is_sorted),
        Value::Array(items) => items.iter().all(is_sorted),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
