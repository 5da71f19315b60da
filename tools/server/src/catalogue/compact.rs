//! The derived schema of a tool without what tells a reader nothing: every call of a language model carries all of it.

use serde_json::{Map, Value, json};

/// The same schema with fewer bytes: what it admits stays, except that `null` for what may be left out is no longer offered.
pub(super) fn compact(schema: &Map<String, Value>) -> Map<String, Value> {
    let mut root = match shortened(&Value::Object(schema.clone())) {
        Value::Object(root) => root,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    };
    root.remove("$schema");
    root.remove("title");
    // What was read of the root alone says more than what any object inside repeats: no other fields.
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        root.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    without_single_uses(root)
}

fn shortened(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(object(map)),
        Value::Array(items) => items.iter().map(shortened).collect(),
        // Lines of a comment are wrapped for people.
        Value::String(text) => Value::String(text.replace('\n', " ")),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn object(map: &Map<String, Value>) -> Map<String, Value> {
    let mut out: Map<String, Value> =
        map.iter().map(|(name, value)| (name.clone(), shortened(value))).collect();
    if is_schema_of_object(&out) {
        out.remove("additionalProperties");
    }
    let says_nothing = |value: &Value| {
        matches!(value, Value::Null | Value::Bool(false))
            || value == &json!([])
            || value == &json!("")
    };
    if out.get("default").is_some_and(says_nothing) {
        out.remove("default");
    }
    // The width of an integer in our code.
    if out.get("format").and_then(Value::as_str).is_some_and(|format| format.contains("int")) {
        for name in ["format", "minimum", "maximum"] {
            out.remove(name);
        }
    }
    without_null(&mut out);
    words_together(&mut out);
    out
}

// A property may be called like a keyword; a schema of an object has its properties in a map.
fn is_schema_of_object(map: &Map<String, Value>) -> bool {
    map.get("properties").is_some_and(Value::is_object)
        && map.get("additionalProperties") == Some(&Value::Bool(false))
}

/// What may be null may be left out, which says the same.
fn without_null(map: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = map.get("type") {
        let real: Vec<&Value> = kinds.iter().filter(|kind| *kind != "null").collect();
        if let [one] = real.as_slice() {
            let one = (*one).clone();
            map.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(branches)) = map.get("anyOf") {
        let real: Vec<&Value> =
            branches.iter().filter(|branch| branch.get("type") != Some(&json!("null"))).collect();
        if let ([Value::Object(one)], true) = (real.as_slice(), branches.len() == 2) {
            let one = one.clone();
            map.remove("anyOf");
            for (name, value) in one {
                map.entry(name).or_insert(value);
            }
        }
    }
}

/// Words that each have a branch of their own, as one list with what each means.
fn words_together(map: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = map.get("oneOf") else { return };
    let mut words: Vec<Value> = Vec::new();
    let mut meanings: Vec<String> =
        map.get("description").and_then(Value::as_str).map(str::to_owned).into_iter().collect();
    for branch in branches {
        let own: Vec<Value> = match (branch.get("const"), branch.get("enum")) {
            (Some(word), _) => vec![word.clone()],
            (None, Some(Value::Array(words))) => words.clone(),
            (None, _) => return,
        };
        if let Some(meaning) = branch.get("description").and_then(Value::as_str) {
            let names: Vec<String> =
                own.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
            meanings.push(format!("{}: {meaning}", names.join(", ")));
        }
        words.extend(own);
    }
    map.remove("oneOf");
    map.insert("type".to_owned(), json!("string"));
    map.insert("enum".to_owned(), Value::Array(words));
    if !meanings.is_empty() {
        map.insert("description".to_owned(), json!(meanings.join(" ")));
    }
}

/// A definition that is pointed at once stands where it is pointed at.
fn without_single_uses(mut root: Map<String, Value>) -> Map<String, Value> {
    let Some(Value::Object(mut definitions)) = root.remove("$defs") else { return root };
    let names: Vec<String> = definitions.keys().cloned().collect();
    for name in names {
        let target = format!("#/$defs/{name}");
        let uses = uses(&Value::Object(root.clone()), &target)
            + uses(&Value::Object(definitions.clone()), &target);
        if uses > 1 {
            continue;
        }
        let Some(held) = definitions.remove(&name) else { continue };
        definitions = placed_in(definitions, &target, &held);
        root = placed_in(root, &target, &held);
    }
    if !definitions.is_empty() {
        root.insert("$defs".to_owned(), Value::Object(definitions));
    }
    root
}

fn uses(value: &Value, target: &str) -> usize {
    match value {
        Value::Object(map) => {
            let own = usize::from(map.get("$ref").and_then(Value::as_str) == Some(target));
            own + map.values().map(|value| uses(value, target)).sum::<usize>()
        }
        Value::Array(items) => items.iter().map(|value| uses(value, target)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

fn placed_in(map: Map<String, Value>, target: &str, held: &Value) -> Map<String, Value> {
    match placed(Value::Object(map), target, held) {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

fn placed(value: Value, target: &str, held: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let is_here = map.get("$ref").and_then(Value::as_str) == Some(target);
            let mut out: Map<String, Value> = map
                .into_iter()
                .filter(|(name, _)| !(is_here && name == "$ref"))
                .map(|(name, value)| (name, placed(value, target, held)))
                .collect();
            if let (true, Some(held)) = (is_here, held.as_object()) {
                for (name, value) in held {
                    if name == "description" {
                        join(&mut out, value);
                    } else {
                        out.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
            }
            Value::Object(out)
        }
        Value::Array(items) => items.into_iter().map(|item| placed(item, target, held)).collect(),
        value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => value,
    }
}

/// The description of the place, then that of what stands there.
fn join(out: &mut Map<String, Value>, more: &Value) {
    let both = match (out.get("description").and_then(Value::as_str), more.as_str()) {
        (Some(own), Some(more)) if own != more => format!("{own} {more}"),
        (Some(own), _) => own.to_owned(),
        (None, Some(more)) => more.to_owned(),
        (None, None) => return,
    };
    out.insert("description".to_owned(), json!(both));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_nothing_is_left_out_and_the_rest_stays() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Query",
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "limit": { "type": ["integer", "null"], "format": "uint64", "minimum": 0, "description": "At most\nso many." },
                "op": { "$ref": "#/$defs/Op", "description": "How." },
                "period": { "anyOf": [{ "$ref": "#/$defs/Period" }, { "type": "null" }] },
                "against": { "anyOf": [{ "$ref": "#/$defs/Period" }, { "type": "null" }] },
                "items": { "type": "array", "items": { "type": "string" }, "default": [] },
                "default": { "type": "boolean", "default": true },
            },
            "$defs": {
                "Op": { "oneOf": [
                    { "const": "in", "type": "string", "description": "Equal." },
                    { "enum": ["a", "b"], "type": "string" },
                ]},
                "Period": { "type": "object", "additionalProperties": false, "properties": { "start": { "type": "string" } } },
            },
        });
        let period = json!({ "$ref": "#/$defs/Period" });
        assert_eq!(
            Value::Object(compact(schema.as_object().unwrap())),
            json!({
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "limit": { "type": "integer", "description": "At most so many." },
                    "op": { "type": "string", "enum": ["in", "a", "b"], "description": "How. `in`: Equal." },
                    "period": period,
                    "against": period,
                    "items": { "type": "array", "items": { "type": "string" } },
                    "default": { "type": "boolean", "default": true },
                },
                "$defs": { "Period": { "type": "object", "properties": { "start": { "type": "string" } } } },
            })
        );
    }
}
