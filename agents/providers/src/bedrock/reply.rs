//! What Bedrock replied, whole or put together from a stream, as the port holds it.

use aws_sdk_bedrockruntime::{
    operation::converse::ConverseOutput,
    types::{ContentBlock, ConverseOutput as Said, ReasoningContentBlock, TokenUsage},
};
use wherefore_contract::tool::ToolCall;
use wherefore_model::{ModelError, Reasoning, Reply, StopReason, Usage, wire::estimated_tokens};

use super::document;
use crate::{arguments, names::Names};

/// What is needed to read one reply.
pub(super) struct Reading<'a> {
    pub(super) model: &'a str,
    pub(super) names: &'a Names,
    /// Messages of the conversation so far: makes ids that were left out unique.
    pub(super) turn: usize,
    /// About how many bytes were read, for when the reply does not say what it used.
    pub(super) asked_bytes: usize,
}

/// A reply in parts, before it is known how it ended.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) text: String,
    pub(super) reasoning: Vec<Reasoning>,
    /// Calls with their arguments, or why those cannot be read.
    pub(super) calls: Vec<(String, String, Arguments)>,
    pub(super) usage: Option<Usage>,
}

pub(super) type Arguments = Result<serde_json::Map<String, serde_json::Value>, String>;

pub(super) fn of_output(
    output: &ConverseOutput,
    reading: &Reading<'_>,
) -> Result<Reply, ModelError> {
    let Some(Said::Message(message)) = output.output() else {
        return Err(reading.malformed("it holds no message"));
    };
    let mut parts = Parts { usage: output.usage().map(usage), ..Parts::default() };
    for block in message.content() {
        if let ContentBlock::Text(text) = block {
            parts.text.push_str(text);
        } else if let ContentBlock::ToolUse(call) = block {
            let input = arguments::of_value(document::to_value(call.input()));
            parts.calls.push((call.tool_use_id().to_owned(), call.name().to_owned(), input));
        } else if let ContentBlock::ReasoningContent(thought) = block {
            parts.reasoning.extend(reasoning(thought));
        }
    }
    reading.finish(parts, output.stop_reason().as_str())
}

fn reasoning(block: &ReasoningContentBlock) -> Option<Reasoning> {
    if let ReasoningContentBlock::ReasoningText(block) = block {
        let signature = block.signature().map(str::to_owned);
        return Some(Reasoning::Text { text: block.text().to_owned(), signature });
    }
    let data = block.as_redacted_content().ok()?;
    Some(Reasoning::Redacted { data: aws_smithy_types::base64::encode(data) })
}

/// Tokens as the port counts them: `inputTokens` of Bedrock leaves out what was read from or put into a cache (source:
/// docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html), but a few models count it in; their total says so.
pub(super) fn usage(usage: &TokenUsage) -> Usage {
    let count = |tokens: i32| u64::try_from(tokens).unwrap_or(0);
    let read = count(usage.cache_read_input_tokens().unwrap_or(0));
    let written = count(usage.cache_write_input_tokens().unwrap_or(0));
    let own = count(usage.input_tokens());
    let is_counted_in =
        own >= read + written && count(usage.total_tokens()) == own + count(usage.output_tokens());
    Usage {
        input_tokens: if is_counted_in { own } else { own + read + written },
        output_tokens: count(usage.output_tokens()),
        cache_read_tokens: read,
        cache_write_tokens: written,
    }
}

impl Reading<'_> {
    pub(super) fn malformed(&self, reason: &str) -> ModelError {
        ModelError::Malformed { model: self.model.to_owned(), reason: reason.to_owned() }
    }

    /// The reply that ended for `reason`. Calls of a reply that was cut or refused are left out: they may be half.
    pub(super) fn finish(&self, parts: Parts, reason: &str) -> Result<Reply, ModelError> {
        let stop = match reason {
            "tool_use" => StopReason::ToolUse,
            "max_tokens" => StopReason::MaxTokens,
            "guardrail_intervened" | "content_filtered" => StopReason::Refused,
            "malformed_model_output" | "malformed_tool_use" => {
                return Err(self.malformed(&format!("it ended with `{reason}`")));
            }
            "model_context_window_exceeded" => {
                return Err(ModelError::TooLong { model: self.model.to_owned() });
            }
            "end_turn" | "stop_sequence" => StopReason::EndOfTurn,
            other => {
                tracing::warn!(model = self.model, reason = other, "an unknown stop reason");
                StopReason::EndOfTurn
            }
        };
        let said = parts.text.len()
            + parts.calls.iter().map(|(_, name, _)| name.len() + 100).sum::<usize>();
        let usage = parts.usage.unwrap_or_else(|| Usage {
            input_tokens: estimated_tokens(self.asked_bytes),
            output_tokens: estimated_tokens(said),
            ..Usage::default()
        });
        let runs = matches!(stop, StopReason::EndOfTurn | StopReason::ToolUse);
        let calls = if runs { self.calls(parts.calls)? } else { Vec::new() };
        let stop = match stop {
            StopReason::EndOfTurn | StopReason::ToolUse if calls.is_empty() => {
                StopReason::EndOfTurn
            }
            StopReason::EndOfTurn | StopReason::ToolUse => StopReason::ToolUse,
            StopReason::MaxTokens | StopReason::Refused => stop,
        };
        Ok(Reply {
            text: Some(parts.text).filter(|text| !text.trim().is_empty()),
            reasoning: parts.reasoning,
            calls,
            usage,
            stop,
            id: None,
            model: None,
        })
    }

    fn calls(&self, calls: Vec<(String, String, Arguments)>) -> Result<Vec<ToolCall>, ModelError> {
        let mut out: Vec<ToolCall> = Vec::with_capacity(calls.len());
        for (place, (id, name, arguments)) in calls.into_iter().enumerate() {
            let arguments = arguments
                .map_err(|problem| self.malformed(&format!("call of `{name}`: {problem}")))?;
            let is_taken = id.is_empty() || out.iter().any(|call| call.id == id);
            let id = if is_taken { format!("call_{}_{place}", self.turn) } else { id };
            out.push(ToolCall { id, name: self.names.back(&name), arguments });
        }
        Ok(out)
    }
}
