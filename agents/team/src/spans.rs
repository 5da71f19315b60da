//! Tracing spans of a run, named by the OpenTelemetry conventions for generative AI (`wherefore_model::conventions`). What
//! people, models and data said goes along in events that nobody hears unless it was asked for.

mod content;

use tracing::{Span, field::Empty, info_span};
use wherefore_contract::tool::{ToolCall, ToolOutcome};
use wherefore_model::{
    ChatModel, Message, ModelError, ModelRequest, Reply, StopReason, Usage, conventions as names,
};

/// A role at work.
pub(crate) fn invoke_agent(role: &str, agent: &str) -> Span {
    info_span!(
        "invoke_agent",
        otel.name = format_args!("invoke_agent {role}"),
        otel.kind = "internal",
        { names::OPERATION } = names::INVOKE_AGENT,
        { names::AGENT_NAME } = role,
        { names::AGENT_ID } = agent,
        { names::INPUT_TOKENS } = Empty,
        { names::OUTPUT_TOKENS } = Empty,
        { names::STOP } = Empty,
    )
}

/// One model reply.
pub(crate) fn chat(request: &ModelRequest<'_>, model: &dyn ChatModel) -> Span {
    let span = info_span!(
        "chat",
        otel.name = format_args!("chat {}", model.name()),
        otel.kind = "client",
        { names::OPERATION } = names::CHAT,
        { names::PROVIDER } = model.provider(),
        { names::AGENT_NAME } = request.role,
        { names::AGENT_ID } = request.agent,
        { names::REQUEST_MODEL } = model.name(),
        { names::RESPONSE_MODEL } = Empty,
        { names::RESPONSE_ID } = Empty,
        { names::FINISH_REASONS } = Empty,
        { names::INPUT_TOKENS } = Empty,
        { names::OUTPUT_TOKENS } = Empty,
        { names::CACHE_READ_TOKENS } = Empty,
        { names::CACHE_WRITE_TOKENS } = Empty,
        { names::COST } = Empty,
        { names::ERROR_TYPE } = Empty,
    );
    if content::is_wanted() {
        content::asked(&span, request);
    }
    span
}

/// One tool call.
pub(crate) fn execute_tool(role: &str, call: &ToolCall) -> Span {
    let span = info_span!(
        "execute_tool",
        otel.name = format_args!("execute_tool {}", call.name),
        otel.kind = "internal",
        { names::OPERATION } = names::EXECUTE_TOOL,
        { names::AGENT_NAME } = role,
        { names::TOOL_NAME } = call.name,
        { names::TOOL_TYPE } = "extension",
        { names::TOOL_CALL_ID } = call.id,
        { names::ROWS } = Empty,
        { names::ERROR_TYPE } = Empty,
    );
    if content::is_wanted() {
        content::called(&span, call);
    }
    span
}

/// Notes why a role stopped, and what its work took, that of its sub-agents included.
pub(crate) fn stopped(span: &Span, stop: &str, usage: Usage, task: &str, messages: &[Message]) {
    span.record(names::STOP, stop);
    span.record(names::INPUT_TOKENS, count(usage.input_tokens));
    span.record(names::OUTPUT_TOKENS, count(usage.output_tokens));
    if content::is_wanted() {
        content::ended(span, task, messages);
    }
}

/// Notes how a model replied.
pub(crate) fn replied(span: &Span, reply: &Result<Reply, ModelError>, model: &dyn ChatModel) {
    let reply = match reply {
        Ok(reply) => reply,
        Err(error) => {
            span.record(names::ERROR_TYPE, error.kind());
            return;
        }
    };
    let Usage { input_tokens, output_tokens, cache_read_tokens, cache_write_tokens } = reply.usage;
    span.record(names::INPUT_TOKENS, count(input_tokens));
    span.record(names::OUTPUT_TOKENS, count(output_tokens));
    for (name, tokens) in [
        (names::CACHE_READ_TOKENS, cache_read_tokens),
        (names::CACHE_WRITE_TOKENS, cache_write_tokens),
    ] {
        if tokens > 0 {
            span.record(name, count(tokens));
        }
    }
    span.record(names::FINISH_REASONS, finish_reason(reply.stop));
    span.record(names::RESPONSE_ID, reply.id.as_deref());
    span.record(names::RESPONSE_MODEL, reply.model.as_deref());
    if let Some(price) = model.price() {
        span.record(names::COST, price.of(reply.usage).normalize().to_string());
    }
    if content::is_wanted() {
        content::replied(span, reply);
    }
}

/// Notes what a tool gave.
pub(crate) fn called(span: &Span, outcome: &ToolOutcome) {
    match outcome {
        ToolOutcome::Data { data, .. } => {
            let rows = data.tables.iter().map(|facts| facts.table.rows.len()).sum::<usize>();
            span.record(names::ROWS, i64::try_from(rows).unwrap_or(i64::MAX));
        }
        ToolOutcome::NoData { .. } => {
            span.record(names::ROWS, 0_i64);
        }
        ToolOutcome::Error { .. } => {
            span.record(names::ERROR_TYPE, "tool_error");
        }
    }
    if content::is_wanted() {
        content::gave(span, outcome);
    }
}

// Receivers know signed whole numbers alone.
fn count(tokens: u64) -> i64 {
    i64::try_from(tokens).unwrap_or(i64::MAX)
}

fn finish_reason(stop: StopReason) -> &'static str {
    match stop {
        StopReason::EndOfTurn => "stop",
        StopReason::ToolUse => "tool_calls",
        StopReason::MaxTokens => "length",
        StopReason::Refused => "content_filter",
    }
}

#[cfg(test)]
mod tests;
