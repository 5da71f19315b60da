//! Other forms of a tool's schema, for endpoints that do not take the usual one.

use serde_json::{Map, Value, json};

/// References inside references are followed this far; no schema of ours goes deeper.
const DEPTH: usize = 12;

/// The schema with every reference replaced by what it points at, and nothing at its root beside `type`, `properties` and
/// `required`: Amazon Nova takes no more (Amazon Nova user guide, "Tool use with Amazon Nova", on the top level of
/// `inputSchema`). Larger, so only for models that need it.
#[must_use]
pub fn inlined(schema: &Map<String, Value>) -> Map<String, Value> {
    let none = Map::new();
    let definitions = schema.get("$defs").and_then(Value::as_object).unwrap_or(&none);
    let mut out = Map::new();
    for name in ["type", "properties", "required"] {
        if let Some(value) = schema.get(name) {
            out.insert(name.to_owned(), resolved(value, definitions, DEPTH));
        }
    }
    out
}

fn resolved(value: &Value, definitions: &Map<String, Value>, depth: usize) -> Value {
    match value {
        Value::Object(map) => {
            let target = map
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|path| definitions.get(path.strip_prefix("#/$defs/")?));
            let mut out = Map::new();
            if let Some(Value::Object(held)) = target.filter(|_| depth > 0) {
                let held = held
                    .iter()
                    .map(|(name, value)| (name.clone(), resolved(value, definitions, depth - 1)));
                out.extend(held);
            }
            let own = map.iter().filter(|(name, _)| *name != "$ref");
            out.extend(
                own.map(|(name, value)| (name.clone(), resolved(value, definitions, depth))),
            );
            Value::Object(out)
        }
        Value::Array(items) => {
            items.iter().map(|item| resolved(item, definitions, depth)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The schema for endpoints that decode strictly (`strict: true`): every field is required, what may be absent may be null,
/// no other fields, and a map is a list of `name` and `value`. For submissions alone: their reader takes nulls as absent and
/// such lists as maps, the arguments of other tools are read as they stand. `None` where an object may hold anything.
#[must_use]
pub fn strict(schema: &Map<String, Value>) -> Option<Map<String, Value>> {
    let mut out = Map::new();
    for (name, value) in schema {
        if name == "$defs" {
            let definitions = value.as_object()?;
            let strict = definitions.iter().map(|(name, of)| Some((name.clone(), tightened(of)?)));
            out.insert(name.clone(), Value::Object(strict.collect::<Option<_>>()?));
        }
    }
    let Value::Object(root) = tightened(&Value::Object(schema.clone()))? else { return None };
    out.extend(root.into_iter().filter(|(name, _)| name != "$defs" && name != "$schema"));
    Some(out)
}

fn tightened(schema: &Value) -> Option<Value> {
    let map = schema.as_object()?;
    let mut out = map.clone();
    if let Some(branches) = out.remove("oneOf").or_else(|| out.remove("anyOf")) {
        let branches = branches.as_array()?.iter().map(tightened).collect::<Option<Vec<_>>>()?;
        out.insert("anyOf".to_owned(), Value::Array(branches));
    }
    if let Some(items) = map.get("items") {
        out.insert("items".to_owned(), tightened(items)?);
    }
    let is_object = map.get("type").is_some_and(|kinds| match kinds {
        Value::String(kind) => kind == "object",
        Value::Array(kinds) => kinds.iter().any(|kind| kind == "object"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    });
    if !is_object {
        return Some(Value::Object(out));
    }
    let Some(properties) = map.get("properties").and_then(Value::as_object) else {
        let of = map.get("additionalProperties").filter(|of| of.is_object())?;
        let pair = json!({
            "type": "object",
            "properties": { "name": { "type": "string" }, "value": tightened(of)? },
            "required": ["name", "value"],
            "additionalProperties": false,
        });
        return Some(json!({ "type": "array", "items": pair }));
    };
    let required: Vec<&str> = map
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut tight = Map::new();
    for (name, of) in properties {
        let of = tightened(of)?;
        let of = if required.contains(&name.as_str()) {
            of
        } else {
            json!({ "anyOf": [of, { "type": "null" }] })
        };
        tight.insert(name.clone(), of);
    }
    let names: Vec<&String> = tight.keys().collect();
    out.insert("required".to_owned(), json!(names));
    out.insert("properties".to_owned(), Value::Object(tight));
    out.insert("additionalProperties".to_owned(), json!(false));
    Some(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;
    use wherefore_contract::draft::Draft;

    use super::*;
    use crate::team::{Delegation, Findings};

    fn of<T: schemars::JsonSchema>() -> Map<String, Value> {
        let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
        let Value::Object(map) = schema.to_value() else { panic!("a schema is an object") };
        map
    }

    fn size(schema: &Map<String, Value>) -> usize {
        serde_json::to_string(schema).unwrap().len()
    }

    #[test]
    fn the_answer_has_one_compact_schema_without_room_for_digits() {
        insta::assert_json_snapshot!(of::<Draft>());
        assert!(size(&of::<Draft>()) < 6_000, "{} bytes", size(&of::<Draft>()));
    }

    #[test]
    fn findings_have_one_compact_schema_without_room_for_digits() {
        insta::assert_json_snapshot!(of::<Findings>());
        assert!(size(&of::<Findings>()) < 4_000, "{} bytes", size(&of::<Findings>()));
    }

    #[test]
    fn an_inlined_schema_points_at_nothing() {
        let inlined = inlined(&of::<Draft>());
        let text = serde_json::to_string(&inlined).unwrap();
        assert!(
            !text.contains("$ref") && !text.contains("$defs") && !text.contains("$schema"),
            "{text}"
        );
        assert_eq!(inlined.keys().collect::<Vec<_>>(), ["properties", "required", "type"]);
        let fact = "/properties/verdict/additionalProperties/pattern";
        assert!(Value::Object(inlined).pointer(fact).is_some());
    }

    #[test]
    fn a_strict_schema_requires_every_field_and_allows_no_other() {
        fn check(schema: &Value) {
            if let Some(map) = schema.as_object() {
                if map.get("type") == Some(&json!("object")) {
                    assert_eq!(map["additionalProperties"], false, "{schema}");
                    assert_eq!(
                        map["required"].as_array().unwrap().len(),
                        map["properties"].as_object().unwrap().len()
                    );
                }
                assert!(!map.contains_key("oneOf"));
            }
            let inner: Vec<&Value> = match schema {
                Value::Object(map) => map.values().collect(),
                Value::Array(items) => items.iter().collect(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
            };
            inner.into_iter().for_each(check);
        }
        check(&Value::Object(strict(&of::<Draft>()).unwrap()));
        check(&Value::Object(strict(&of::<Findings>()).unwrap()));
        // A task's request may hold anything, which cannot be said strictly.
        assert_eq!(strict(&of::<Delegation>()), None);
    }
}
