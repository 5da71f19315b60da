//! The one thing a result says: JSON where there is any, else text; and whether it says that the call failed.

use rmcp::model::{CallToolResult, ContentBlock, ResourceContents};
use serde_json::{Map, Value};

/// What a result says.
#[derive(Debug)]
pub(crate) enum Body {
    Json(Value),
    Text(String),
}

/// The body, and how many parts are no text.
///
/// # Errors
/// The bytes, when there are more than `limit`.
pub(crate) fn read(result: CallToolResult, limit: usize) -> Result<(Body, usize), usize> {
    let mut texts = Vec::new();
    let mut parts = 0;
    for block in result.content {
        if let ContentBlock::Text(text) = block {
            texts.push(text.text);
        } else if let ContentBlock::Resource(resource) = block
            && let ResourceContents::TextResourceContents { text, .. } = resource.resource
        {
            texts.push(text);
        } else {
            // Pictures, sounds and links, and what later revisions add.
            parts += 1;
        }
    }
    if let Some(value) = result.structured_content.filter(|value| !value.is_null()) {
        let bytes = bytes_of(&value);
        return if bytes > limit { Err(bytes) } else { Ok((unwrapped(value), parts)) };
    }
    let bytes = texts.iter().map(String::len).sum();
    if bytes > limit {
        return Err(bytes);
    }
    let parsed: Option<Vec<Value>> = texts.iter().map(|text| json(text)).collect();
    let body = match parsed {
        // Several blocks of JSON are the items of one list.
        Some(values) if values.len() > 1 => Body::Json(Value::Array(values)),
        Some(values) => match values.into_iter().next() {
            Some(value) => unwrapped(value),
            None => Body::Text(String::new()),
        },
        None => Body::Text(texts.join("\n")),
    };
    Ok((body, parts))
}

// Frameworks put a bare result into an object of one key, some as text once more.
fn unwrapped(value: Value) -> Body {
    match value {
        Value::Object(mut map) if map.len() == 1 && map.contains_key("result") => {
            map.remove("result").map_or(Body::Text(String::new()), unwrapped)
        }
        Value::String(text) => match json(&text) {
            Some(value) => unwrapped(value),
            None => Body::Text(text),
        },
        other @ (Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Array(_)
        | Value::Object(_)) => Body::Json(other),
    }
}

/// Text as JSON, when it is a list or an object.
fn json(text: &str) -> Option<Value> {
    let text = text.trim();
    let begins = text.starts_with('{') || text.starts_with('[');
    begins.then(|| serde_json::from_str(text).ok()).flatten()
}

fn bytes_of(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 5,
        Value::Number(_) => 12,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| bytes_of(item) + 1).sum::<usize>() + 2,
        Value::Object(map) => {
            map.iter().map(|(key, value)| key.len() + 4 + bytes_of(value)).sum::<usize>() + 2
        }
    }
}

// How texts begin that report a failure under `isError: false`, in small letters.
const FAILURES: &[&str] = &[
    "error",
    "aws error",
    "an error occurred",
    "unexpected error",
    "exception",
    "traceback (most recent call last)",
    "failed to ",
    "access denied",
    "accessdenied",
    "unable to ",
];

impl Body {
    /// The message, when the call failed: `is_error` says so, or the body itself does.
    pub(crate) fn failure(&self, is_error: bool) -> Option<String> {
        if is_error {
            return Some(match self {
                Self::Json(Value::Object(map)) => message(map).unwrap_or_else(|| self.words()),
                Self::Json(_) | Self::Text(_) => self.words(),
            });
        }
        match self {
            Self::Text(text) => {
                let head: String = text.trim_start().chars().take(40).collect();
                let head = head.to_lowercase();
                FAILURES.iter().any(|start| head.starts_with(start)).then(|| text.clone())
            }
            Self::Json(Value::Object(map)) => reported(map),
            Self::Json(_) => None,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Json(value) => value.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

// `{"error": "…"}` and `{"status": "error", …}` without data beside them.
fn reported(map: &Map<String, Value>) -> Option<String> {
    let named =
        ["error", "Error"].iter().find_map(|key| map.get(*key)).filter(|value| match value {
            Value::String(text) => !text.is_empty(),
            Value::Object(map) => !map.is_empty(),
            Value::Bool(failed) => *failed,
            Value::Null | Value::Number(_) | Value::Array(_) => false,
        });
    let status = map.get("status").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let failed = matches!(status.as_str(), "error" | "failed" | "failure");
    let has_rows =
        map.values().any(|value| value.as_array().is_some_and(|items| !items.is_empty()));
    ((named.is_some() || failed) && !has_rows)
        .then(|| message(map).unwrap_or_else(|| Value::Object(map.clone()).to_string()))
}

fn message(map: &Map<String, Value>) -> Option<String> {
    ["message", "error_message", "error", "Error", "detail"].iter().find_map(|key| {
        match map.get(*key)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Object(inner) => message(inner),
            Value::String(_)
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_) => None,
        }
    })
}
