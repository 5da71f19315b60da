//! Takes a submission out of what it was wrapped in: another object, a string of JSON, a code fence.

use serde_json::{Map, Value};

/// The fields by which an answer is known.
pub(super) const ANSWER: &[&str] = &["status", "headline", "body"];
/// The fields by which findings are known.
pub(super) const FINDINGS: &[&str] = &["findings", "gaps"];
/// What models call the object that they wrap arguments in.
const WRAPPERS: &[&str] = &[
    "arguments",
    "args",
    "input",
    "parameters",
    "params",
    "answer",
    "draft",
    "submission",
    "submit_answer",
    "submit_findings",
    "findings",
    "function",
    "tool_input",
    "data",
    "json",
    "properties",
    "payload",
    "value",
];
/// A model wraps once or twice, never deeper.
const DEPTH: usize = 4;

/// The fields of the submission, spelled as ours are.
pub(super) fn open(arguments: &Map<String, Value>, fields: &[&str]) -> Map<String, Value> {
    let mut map = spelled_fields(arguments);
    for _ in 0..DEPTH {
        let Some(inner) = inside(&map, fields) else { break };
        map = spelled_fields(&inner);
    }
    map
}

/// The object inside, when `map` is only its wrapping.
fn inside(map: &Map<String, Value>, fields: &[&str]) -> Option<Map<String, Value>> {
    let object = |value: &Value| match value {
        Value::Object(inner) => Some(inner.clone()),
        Value::String(text) => match json_in(text)? {
            Value::Object(inner) => Some(inner),
            Value::Array(_)
            | Value::String(_)
            | Value::Number(_)
            | Value::Bool(_)
            | Value::Null => None,
        },
        Value::Array(items) => match items.as_slice() {
            [Value::Object(inner)] => Some(inner.clone()),
            _ => None,
        },
        Value::Number(_) | Value::Bool(_) | Value::Null => None,
    };
    let is_one = |inner: &Map<String, Value>| {
        let inner = spelled_fields(inner);
        fields.iter().any(|field| inner.contains_key(*field))
            || inner.keys().any(|key| WRAPPERS.contains(&key.as_str()))
    };
    if fields.iter().any(|field| map.contains_key(*field) && !WRAPPERS.contains(field)) {
        return None;
    }
    let named = WRAPPERS.iter().filter_map(|name| map.get(*name));
    let only = map.values().filter(|_| map.len() == 1);
    named.chain(only).filter_map(object).find(is_one)
}

/// Field names as ours are spelled: `Headline` and `unitCost` are `headline` and `unit_cost`.
pub(super) fn spelled_fields(map: &Map<String, Value>) -> Map<String, Value> {
    let mut out = Map::new();
    for (name, value) in map {
        let name = super::form::spelled(name);
        if !value.is_null() && !out.contains_key(&name) {
            out.insert(name, value.clone());
        }
    }
    out
}

/// The list or object that a text holds, code fences taken off.
pub(super) fn json_in(text: &str) -> Option<Value> {
    let bare = unfenced(text);
    if !bare.starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(bare).ok()
}

fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let Some(inner) = text.strip_prefix("```") else { return text };
    let inner = inner.strip_suffix("```").unwrap_or(inner);
    let inner = inner.strip_prefix("json").or_else(|| inner.strip_prefix("JSON")).unwrap_or(inner);
    inner.trim()
}
