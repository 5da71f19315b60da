//! Tracing spans of a run, named by the OpenTelemetry conventions for generative AI. The conventions
//! are still in development, so every name stands here and nowhere else. No span carries content.

use tracing::{Span, field::Empty, info_span};
use wherefore_contract::tool::{ToolCall, ToolOutcome};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Reply, StopReason};

/// A role at work.
pub(crate) fn invoke_agent(role: &str, agent: &str) -> Span {
    info_span!(
        "invoke_agent",
        otel.name = format_args!("invoke_agent {role}"),
        otel.kind = "internal",
        gen_ai.operation.name = "invoke_agent",
        gen_ai.agent.name = role,
        gen_ai.agent.id = agent,
        wherefore.stop = Empty,
    )
}

/// One model reply.
pub(crate) fn chat(request: &ModelRequest<'_>, model: &dyn ChatModel) -> Span {
    info_span!(
        "chat",
        otel.name = format_args!("chat {}", model.name()),
        otel.kind = "client",
        gen_ai.operation.name = "chat",
        gen_ai.provider.name = model.provider(),
        gen_ai.agent.name = request.role,
        gen_ai.agent.id = request.agent,
        gen_ai.request.model = model.name(),
        gen_ai.usage.input_tokens = Empty,
        gen_ai.usage.output_tokens = Empty,
        gen_ai.response.finish_reasons = Empty,
        error.type = Empty,
    )
}

/// One tool call.
pub(crate) fn execute_tool(role: &str, call: &ToolCall) -> Span {
    info_span!(
        "execute_tool",
        otel.name = format_args!("execute_tool {}", call.name),
        otel.kind = "internal",
        gen_ai.operation.name = "execute_tool",
        gen_ai.agent.name = role,
        gen_ai.tool.name = call.name,
        gen_ai.tool.r#type = "extension",
        gen_ai.tool.call.id = call.id,
        error.type = Empty,
    )
}

/// Notes why a role stopped.
pub(crate) fn stopped(span: &Span, stop: &str) {
    span.record("wherefore.stop", stop);
}

/// Notes how a model replied.
pub(crate) fn replied(span: &Span, reply: &Result<Reply, ModelError>, model: &dyn ChatModel) {
    let _ = model;
    match reply {
        Ok(reply) => {
            span.record("gen_ai.usage.input_tokens", reply.usage.input_tokens);
            span.record("gen_ai.usage.output_tokens", reply.usage.output_tokens);
            span.record("gen_ai.response.finish_reasons", finish_reason(reply.stop));
        }
        Err(error) => {
            span.record("error.type", error.kind());
        }
    }
}

/// Notes that a tool failed.
pub(crate) fn called(span: &Span, outcome: &ToolOutcome) {
    if matches!(outcome, ToolOutcome::Error { .. }) {
        span.record("error.type", "tool_error");
    }
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
