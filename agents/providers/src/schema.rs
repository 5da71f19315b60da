//! Schemas of tools as single families of models accept them.

use serde_json::{Map, Value, json};

/// Deeper references than this are left open: no schema of ours is recursive, other people's may be.
const DEPTH_LIMIT: usize = 12;

/// With `properties`, also where there are none: OpenAI refuses objects without the key.
pub(crate) fn with_properties(schema: &Map<String, Value>) -> Map<String, Value> {
    let mut schema = schema.clone();
    schema.entry("properties").or_insert_with(|| json!({}));
    schema
}

/// With nothing but `type`, `properties` and `required` at the root and every reference written out: all that Nova reads.
/// Source: docs.aws.amazon.com/nova/latest/userguide/tool-use-definition.html.
pub(crate) fn written_out(schema: &Map<String, Value>) -> Map<String, Value> {
    let empty = Map::new();
    let definitions = ["$defs", "definitions"]
        .into_iter()
        .find_map(|key| schema.get(key)?.as_object())
        .unwrap_or(&empty);
    with_properties(schema)
        .into_iter()
        .filter(|(key, _)| matches!(key.as_str(), "type" | "properties" | "required"))
        .map(|(key, value)| (key, resolved(&value, definitions, 0)))
        .collect()
}

fn resolved(value: &Value, definitions: &Map<String, Value>, depth: usize) -> Value {
    match value {
        Value::Object(map) => {
            let of_map = |map: &Map<String, Value>| -> Map<String, Value> {
                map.iter()
                    .filter(|(key, _)| *key != "$ref")
                    .map(|(key, value)| (key.clone(), resolved(value, definitions, depth)))
                    .collect()
            };
            let named = map
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|path| definitions.get(path.rsplit('/').next()?));
            let mut out = match named {
                Some(_) if depth >= DEPTH_LIMIT => Map::new(),
                Some(named) => {
                    let named = resolved(named, definitions, depth + 1);
                    let Value::Object(map) = named else { return named };
                    map
                }
                None => Map::new(),
            };
            // What stands beside a reference is closer to the place, such as its description.
            out.extend(of_map(map));
            Value::Object(out)
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| resolved(item, definitions, depth)).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(value: Value) -> Map<String, Value> {
        let Value::Object(map) = value else { panic!("no object") };
        map
    }

    #[test]
    fn references_are_written_out_and_the_root_keeps_three_keys() {
        let schema = map(json!({
            "$schema": "x", "title": "T", "type": "object", "additionalProperties": false,
            "required": ["period"],
            "properties": {
                "period": {"$ref": "#/$defs/Period", "description": "The month."},
                "days": {"type": "array", "items": {"$ref": "#/$defs/Day"}},
            },
            "$defs": {
                "Day": {"type": "string", "description": "A day."},
                "Period": {"type": "object", "description": "A period.",
                    "properties": {"start": {"$ref": "#/$defs/Day"}}},
            },
        }));
        let expected = json!({
            "type": "object", "required": ["period"],
            "properties": {
                "period": {"type": "object", "description": "The month.",
                    "properties": {"start": {"type": "string", "description": "A day."}}},
                "days": {"type": "array", "items": {"type": "string", "description": "A day."}},
            },
        });
        assert_eq!(Value::Object(written_out(&schema)), expected);
    }

    #[test]
    fn a_schema_that_holds_itself_ends() {
        let schema = map(json!({
            "type": "object", "properties": {"tree": {"$ref": "#/$defs/Tree"}},
            "$defs": {"Tree": {"properties": {"left": {"$ref": "#/$defs/Tree"}}}},
        }));
        assert!(!Value::Object(written_out(&schema)).to_string().contains("$ref"));
    }

    #[test]
    fn an_object_without_arguments_says_so() {
        let schema = map(json!({"type": "object"}));
        assert_eq!(with_properties(&schema)["properties"], json!({}));
    }
}
