//! Reads tool arguments the way models write them: JSON inside strings, one value for a list,
//! numbers as text.

use rmcp::model::{JsonObject, Tool};
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use crate::refuse::Refusal;

// Arguments of our tools nest four deep; deeper ones are left as they are and then refused.
const DEPTH_LIMIT: u32 = 16;
// A message repeats what it refuses; a hostile value must not make it long.
const MESSAGE_LIMIT_CHARS: usize = 600;

/// What a caller gave to a tool, and what the tool's schema asks for.
pub(crate) struct Arguments<'a> {
    pub(crate) tool: &'a Tool,
    pub(crate) given: JsonObject,
}

impl Arguments<'_> {
    /// Reads them as `T`, after fitting them to the tool's own schema where the meaning is plain.
    ///
    /// # Errors
    /// One sentence with what does not fit and where, and `example` as arguments that would.
    pub(crate) fn read<T: DeserializeOwned>(self, example: &str) -> Result<T, Refusal> {
        let root = Value::Object(self.tool.input_schema.as_ref().clone());
        let fitted = fit(Value::Object(self.given), &root, &root, DEPTH_LIMIT);
        serde_path_to_error::deserialize(fitted).map_err(|error| {
            let problem: String = error.to_string().chars().take(MESSAGE_LIMIT_CHARS).collect();
            Refusal::Failed(format!(
                "the arguments of {} do not fit: {problem}; write them for example as {example}",
                self.tool.name
            ))
        })
    }
}

/// What a schema asks for at one place.
enum Wanted<'a> {
    Object(&'a Map<String, Value>),
    List(Option<&'a Value>),
    Text(Vec<&'a str>),
    Integer,
    Boolean,
    Unknown,
}

fn fit(value: Value, schema: &Value, root: &Value, depth: u32) -> Value {
    if depth == 0 {
        return value;
    }
    match wanted(schema, root) {
        Wanted::Object(schema) => fit_object(value, schema, root, depth),
        Wanted::List(items) => fit_list(value, items, root, depth),
        Wanted::Text(words) => fit_text(value, &words),
        Wanted::Integer => fit_integer(value),
        Wanted::Boolean => fit_boolean(value),
        Wanted::Unknown => value,
    }
}

fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str);
    target.and_then(|path| root.pointer(path.trim_start_matches('#'))).unwrap_or(schema)
}

fn branches(schema: &Value) -> Option<&Vec<Value>> {
    schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array)
}

fn wanted<'a>(schema: &'a Value, root: &'a Value) -> Wanted<'a> {
    let schema = resolve(schema, root);
    let words = words(schema, root);
    if !words.is_empty() {
        return Wanted::Text(words);
    }
    if let Some(branches) = branches(schema) {
        // `anyOf [X, null]` is how an optional X is written: absent stands for null already.
        let real = branches.iter().find(|branch| !is_null_type(branch));
        return real.map_or(Wanted::Unknown, |branch| wanted(branch, root));
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ => "",
    };
    match kind {
        "object" => schema.as_object().map_or(Wanted::Unknown, Wanted::Object),
        "array" => Wanted::List(schema.get("items")),
        "string" => Wanted::Text(Vec::new()),
        "integer" => Wanted::Integer,
        "boolean" => Wanted::Boolean,
        _ => Wanted::Unknown,
    }
}

fn is_null_type(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// The fixed words that a schema admits, e.g. `in`, `not_in`.
fn words<'a>(schema: &'a Value, root: &'a Value) -> Vec<&'a str> {
    let schema = resolve(schema, root);
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return vec![word];
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().filter_map(Value::as_str).collect();
    }
    branches(schema)
        .map(|branches| branches.iter().flat_map(|branch| words(branch, root)).collect())
        .unwrap_or_default()
}

/// The value that a string holds when it is JSON in quotes.
fn unquoted(text: &str) -> Option<Value> {
    let text = text.trim();
    (text.starts_with('{') || text.starts_with('[')).then(|| serde_json::from_str(text).ok())?
}

fn fit_object(value: Value, schema: &Map<String, Value>, root: &Value, depth: u32) -> Value {
    let fields = match value {
        Value::Object(fields) => fields,
        Value::String(text) => match unquoted(&text) {
            Some(Value::Object(fields)) => fields,
            Some(_) | None => return Value::String(text),
        },
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) => {
            return other;
        }
    };
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut fitted = Map::new();
    for (key, value) in fields {
        if value.is_null() {
            continue;
        }
        let value = match properties.and_then(|properties| properties.get(&key)) {
            Some(schema) if is_blank(&value) && is_structure(schema, root) => continue,
            Some(schema) => fit(value, schema, root, depth - 1),
            None => value,
        };
        fitted.insert(key, value);
    }
    Value::Object(fitted)
}

// Models write "" where they mean to leave a list or an object out.
fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn is_structure(schema: &Value, root: &Value) -> bool {
    match wanted(schema, root) {
        Wanted::Object(_) | Wanted::List(_) | Wanted::Integer | Wanted::Boolean => true,
        Wanted::Text(_) | Wanted::Unknown => false,
    }
}

fn fit_list(value: Value, items: Option<&Value>, root: &Value, depth: u32) -> Value {
    let list = match value {
        Value::Array(list) => list,
        Value::String(text) => match unquoted(&text) {
            Some(Value::Array(list)) => list,
            Some(single) => vec![single],
            None => vec![Value::String(text)],
        },
        single @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
            vec![single]
        }
    };
    let Some(items) = items else { return Value::Array(list) };
    Value::Array(list.into_iter().map(|value| fit(value, items, root, depth - 1)).collect())
}

fn fit_text(value: Value, words: &[&str]) -> Value {
    let text = match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        other @ (Value::Null | Value::Array(_) | Value::Object(_)) => return other,
    };
    if words.is_empty() || words.contains(&text.as_str()) {
        return Value::String(text);
    }
    let folded = text.trim().to_lowercase().replace(['-', ' '], "_");
    if words.contains(&folded.as_str()) {
        return Value::String(folded);
    }
    // `desc` for `descending`: a beginning that only one word has.
    let mut starting = words.iter().filter(|word| folded.len() > 2 && word.starts_with(&folded));
    match (starting.next(), starting.next()) {
        (Some(word), None) => Value::String((*word).to_owned()),
        _ => Value::String(text),
    }
}

fn fit_integer(value: Value) -> Value {
    match &value {
        Value::String(text) => {
            text.trim().parse::<i64>().map_or(value, |number| Value::Number(number.into()))
        }
        Value::Number(number) => whole(number).map_or(value, |number| Value::Number(number.into())),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => value,
    }
}

/// `5.0` as 5.
fn whole(number: &Number) -> Option<i64> {
    if number.is_i64() || number.is_u64() {
        return None;
    }
    number.to_string().strip_suffix(".0")?.parse().ok()
}

fn fit_boolean(value: Value) -> Value {
    let text = value.as_str().map(|text| text.trim().to_lowercase());
    match text.as_deref() {
        Some("true" | "yes") => Value::Bool(true),
        Some("false" | "no") => Value::Bool(false),
        Some(_) | None => value,
    }
}
