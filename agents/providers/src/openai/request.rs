//! A conversation as chat completions want it.

use serde_json::{Map, Value, json};
use wherefore_contract::tool::{ToolCall, ToolSpec};
use wherefore_model::{
    ModelRequest, Reasoning,
    wire::{self, WireMessage},
};

use crate::{canonical, names, schema, setting::ModelOptions};

/// The bytes of one request: equal for equal conversations.
pub(super) fn body(
    request: &ModelRequest<'_>,
    model: &str,
    limit_field: &str,
    options: &ModelOptions,
) -> Vec<u8> {
    let mut messages = Vec::new();
    if !request.system.trim().is_empty() {
        messages.push(json!({"role": "system", "content": request.system}));
    }
    for message in wire::read(request.messages, request.view) {
        match message {
            WireMessage::User { text } => messages.push(json!({"role": "user", "content": text})),
            WireMessage::Assistant { text, reasoning, calls } => {
                let reasoning = if options.echo_reasoning { reasoning } else { &[] };
                messages.extend(assistant(text, reasoning, calls));
            }
            WireMessage::Results { results } => {
                messages.extend(results.into_iter().map(|result| {
                    json!({"role": "tool", "tool_call_id": result.call_id, "content": result.text})
                }));
            }
        }
    }
    let mut out = Map::new();
    out.insert("model".to_owned(), json!(model));
    out.insert("messages".to_owned(), Value::Array(messages));
    out.insert(limit_field.to_owned(), json!(options.max_tokens));
    if let Some(temperature) = &options.temperature {
        let number = temperature.normalize().to_string().parse::<serde_json::Number>();
        out.extend(number.ok().map(|number| ("temperature".to_owned(), Value::Number(number))));
    }
    if !request.tools.is_empty() {
        let is_own = options.url.is_none();
        let tools = request.tools.iter().map(|spec| tool(spec, is_own));
        out.insert("tools".to_owned(), tools.collect());
    }
    if options.stream {
        out.insert("stream".to_owned(), json!(true));
        out.insert("stream_options".to_owned(), json!({"include_usage": true}));
    }
    canonical::bytes(Value::Object(out))
}

/// The most characters of a description at OpenAI itself; tools of other people's servers may say more.
const DESCRIPTION_LIMIT: usize = 1024;

fn tool(spec: &ToolSpec, is_own: bool) -> Value {
    let limit = if is_own { DESCRIPTION_LIMIT } else { usize::MAX };
    json!({"type": "function", "function": {
        "name": names::on_wire(&spec.name),
        "description": spec.description.chars().take(limit).collect::<String>(),
        "parameters": schema::with_properties(&spec.input_schema),
    }})
}

fn assistant(text: Option<&str>, reasoning: &[Reasoning], calls: &[ToolCall]) -> Option<Value> {
    // Thoughts alone are no turn.
    if text.is_none() && calls.is_empty() {
        return None;
    }
    let mut out = Map::new();
    out.insert("role".to_owned(), json!("assistant"));
    out.insert("content".to_owned(), json!(text));
    if !calls.is_empty() {
        let call = |call: &ToolCall| {
            json!({"id": call.id, "type": "function", "function": {
                "name": names::on_wire(&call.name),
                "arguments": text_of(&call.arguments),
            }})
        };
        out.insert("tool_calls".to_owned(), calls.iter().map(call).collect());
    }
    let thoughts: Vec<&str> = reasoning
        .iter()
        .filter_map(|block| match block {
            Reasoning::Text { text, .. } => Some(text.as_str()),
            Reasoning::Redacted { .. } => None,
        })
        .collect();
    if !thoughts.is_empty() {
        out.insert("reasoning_content".to_owned(), json!(thoughts.join("\n")));
    }
    Some(Value::Object(out))
}

fn text_of(arguments: &Map<String, Value>) -> String {
    String::from_utf8_lossy(&canonical::bytes(Value::Object(arguments.clone()))).into_owned()
}
