//! What was said, as JSON in the shape of the conventions, for readers of traces that asked for it. It travels in events of
//! a target of its own: no log shows it, and whoever exports it masks it first.

use serde_json::{Map, Value, json};
use tracing::{Level, Span};
use wherefore_contract::tool::{FactTable, ToolCall, ToolOutcome, ToolSpec};
use wherefore_model::{
    Message, ModelRequest, Reply, conventions as names,
    wire::{self, WireMessage},
};

/// Rows of a table that a trace shows; the record of the run holds all.
const ROW_LIMIT: usize = 50;

/// Whether anybody asked for it. What follows a yes must write its event at once.
pub(super) fn is_wanted() -> bool {
    tracing::enabled!(target: names::CONTENT_TARGET, Level::INFO)
}

/// What a model is asked.
pub(super) fn asked(span: &Span, request: &ModelRequest<'_>) {
    let system = json!([text(request.system)]).to_string();
    let read: Vec<Value> = wire::read(request.messages, request.view).iter().map(message).collect();
    let (input, tools) = (Value::from(read).to_string(), definitions(request.tools));
    tracing::event!(
        target: names::CONTENT_TARGET,
        parent: span,
        Level::INFO,
        {
            { names::SYSTEM_INSTRUCTIONS } = system,
            { names::INPUT_MESSAGES } = input,
            { names::TOOL_DEFINITIONS } = tools,
        },
        "content"
    );
}

/// What a model replied.
pub(super) fn replied(span: &Span, reply: &Reply) {
    let parts: Vec<Value> =
        reply.text.iter().map(|words| text(words)).chain(reply.calls.iter().map(call)).collect();
    let reason = super::finish_reason(reply.stop);
    let output = json!([{ "role": "assistant", "parts": parts, "finish_reason": reason }]);
    tracing::event!(
        target: names::CONTENT_TARGET,
        parent: span,
        Level::INFO,
        { { names::OUTPUT_MESSAGES } = output.to_string() },
        "content"
    );
}

/// What a tool is asked.
pub(super) fn called(span: &Span, call: &ToolCall) {
    let arguments = Value::Object(call.arguments.clone()).to_string();
    tracing::event!(
        target: names::CONTENT_TARGET,
        parent: span,
        Level::INFO,
        { { names::TOOL_ARGUMENTS } = arguments },
        "content"
    );
}

/// What a tool gave.
pub(super) fn gave(span: &Span, outcome: &ToolOutcome) {
    let result = match outcome {
        ToolOutcome::Data { data, notices } => json!({
            "snapshot": data.snapshot,
            "tables": data.tables.iter().map(table).collect::<Vec<_>>(),
            "notices": notices.iter().map(|notice| &notice.text).collect::<Vec<_>>(),
        }),
        ToolOutcome::NoData { searched, .. } => json!({ "searched": searched, "tables": [] }),
        ToolOutcome::Error { message } => json!({ "error": message }),
    };
    tracing::event!(
        target: names::CONTENT_TARGET,
        parent: span,
        Level::INFO,
        { { names::TOOL_RESULT } = result.to_string() },
        "content"
    );
}

/// What a role was asked to do and what it submitted, or said last.
pub(super) fn ended(span: &Span, task: &str, messages: &[Message]) {
    let last = messages.iter().rev().find_map(|message| match message {
        Message::Assistant { text, calls, .. } => Some((text, calls)),
        Message::User { .. } | Message::Tools { .. } => None,
    });
    let said = last.map(|(words, calls)| match calls.first() {
        Some(submitted) => Value::Object(submitted.arguments.clone()).to_string(),
        None => words.clone().unwrap_or_default(),
    });
    let input = json!([{ "role": "user", "parts": [text(task)] }]);
    let parts: Vec<Value> = said.iter().map(|said| text(said)).collect();
    let output = json!([{ "role": "assistant", "parts": parts, "finish_reason": "stop" }]);
    tracing::event!(
        target: names::CONTENT_TARGET,
        parent: span,
        Level::INFO,
        {
            { names::INPUT_MESSAGES } = input.to_string(),
            { names::OUTPUT_MESSAGES } = output.to_string(),
        },
        "content"
    );
}

fn text(words: &str) -> Value {
    json!({ "type": "text", "content": words })
}

fn call(call: &ToolCall) -> Value {
    json!({ "type": "tool_call", "id": call.id, "name": call.name, "arguments": call.arguments })
}

fn message(message: &WireMessage<'_>) -> Value {
    match message {
        WireMessage::User { text: words } => json!({ "role": "user", "parts": [text(words)] }),
        WireMessage::Assistant { text: words, calls, .. } => {
            let parts: Vec<Value> =
                words.iter().map(|words| text(words)).chain(calls.iter().map(call)).collect();
            json!({ "role": "assistant", "parts": parts })
        }
        WireMessage::Results { results } => {
            let part = |result: &wire::WireResult<'_>| json!({ "type": "tool_call_response", "id": result.call_id, "response": result.text });
            json!({ "role": "tool", "parts": results.iter().map(part).collect::<Vec<_>>() })
        }
    }
}

fn definitions(tools: &[ToolSpec]) -> String {
    let one = |tool: &ToolSpec| {
        json!({
            "type": "function",
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.input_schema,
        })
    };
    Value::from(tools.iter().map(one).collect::<Vec<_>>()).to_string()
}

fn table(facts: &FactTable) -> Value {
    let rows = &facts.table.rows;
    let shown: Vec<_> = rows.iter().take(ROW_LIMIT).collect();
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(facts.name));
    out.insert("columns".to_owned(), json!(facts.table.columns));
    out.insert("rows".to_owned(), json!(shown));
    if shown.len() < rows.len() {
        out.insert("rows_in_all".to_owned(), json!(rows.len()));
    }
    Value::Object(out)
}
