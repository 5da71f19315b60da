//! What an OpenAI-compatible endpoint replied, whole or put together from a stream, as the port holds it.

use serde_json::Value;
use wherefore_contract::tool::ToolCall;
use wherefore_model::{ModelError, Reasoning, Reply, StopReason, Usage, wire::estimated_tokens};

use super::{assembly::Calls, failure};
use crate::{arguments, names::Names};

/// What is needed to read one reply.
pub(super) struct Reading<'a> {
    pub(super) model: &'a str,
    pub(super) names: &'a Names,
    /// Messages of the conversation so far: makes ids that were left out unique.
    pub(super) turn: usize,
    /// Bytes of the request, for when the reply does not say what it used.
    pub(super) asked_bytes: usize,
}

/// A reply in parts, before it is known how it ended.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) text: String,
    pub(super) thought: String,
    pub(super) refusal: String,
    pub(super) calls: Calls,
    pub(super) finish: Option<String>,
    pub(super) usage: Option<Usage>,
    pub(super) id: Option<String>,
    pub(super) by: Option<String>,
}

/// Reads a whole body.
pub(super) fn of_body(body: &[u8], reading: &Reading<'_>) -> Result<Reply, ModelError> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| reading.malformed(&format!("it is no JSON: {error}")))?;
    let mut parts = Parts::default();
    if let Some(error) = failure::inside(&value) {
        return Err(failure::of_words(reading, &error));
    }
    parts.head(&value);
    let choice =
        value.pointer("/choices/0").ok_or_else(|| reading.malformed("it has no choice"))?;
    parts.finish = choice.get("finish_reason").and_then(Value::as_str).map(str::to_owned);
    parts.message(choice.get("message").unwrap_or(&Value::Null));
    reading.finish(parts)
}

impl Parts {
    /// What stands beside the choices, in a body or an event.
    pub(super) fn head(&mut self, value: &Value) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        self.id = self.id.take().or_else(|| text("id").filter(|id| !id.is_empty()));
        self.by = self.by.take().or_else(|| text("model").filter(|model| !model.is_empty()));
        if let Some(used) = value.get("usage").and_then(usage) {
            self.usage = Some(used);
        }
    }

    /// A message, or the part of one. Tells how many bytes were added.
    pub(super) fn message(&mut self, message: &Value) -> usize {
        let before = self.text.len() + self.thought.len() + self.refusal.len();
        self.text.push_str(&words(message.get("content")));
        // `reasoning_content`: vLLM, DeepSeek, llama.cpp; `reasoning`: newer vLLM, OpenRouter, Ollama.
        let thought = message.get("reasoning_content").filter(|value| value.is_string());
        self.thought.push_str(&words(thought.or_else(|| message.get("reasoning"))));
        self.refusal.push_str(&words(message.get("refusal")));
        let mut added = self.text.len() + self.thought.len() + self.refusal.len() - before;
        if let Some(calls) = message.get("tool_calls").and_then(Value::as_array) {
            added += calls.iter().map(|call| self.calls.take(call)).sum::<usize>();
        } else if let Some(call) = message.get("function_call").filter(|call| call.is_object()) {
            added += self.calls.take(call);
        }
        added
    }
}

/// The text of a content: a string, or a list of parts of which those with text count.
fn words(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => parts
            .iter()
            .filter_map(|part| part.as_str().or_else(|| part.get("text").and_then(Value::as_str)))
            .collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {
            String::new()
        }
    }
}

/// Tokens as the port counts them. Cached ones: `prompt_tokens_details.cached_tokens` (OpenAI, vLLM),
/// `prompt_cache_hit_tokens` (DeepSeek).
fn usage(value: &Value) -> Option<Usage> {
    let count = |path: &str| value.pointer(path).and_then(Value::as_u64);
    let input_tokens = count("/prompt_tokens")?;
    let cached = count("/prompt_tokens_details/cached_tokens")
        .or_else(|| count("/prompt_cache_hit_tokens"))
        .unwrap_or(0);
    Some(Usage {
        input_tokens,
        output_tokens: count("/completion_tokens").unwrap_or(0),
        cache_read_tokens: cached.min(input_tokens),
        cache_write_tokens: 0,
    })
}

impl Reading<'_> {
    pub(super) fn malformed(&self, reason: &str) -> ModelError {
        ModelError::Malformed { model: self.model.to_owned(), reason: reason.to_owned() }
    }

    /// The reply of all parts. Calls of a reply that was cut or refused are left out: they may be half, even where what
    /// came of them can be read.
    pub(super) fn finish(&self, parts: Parts) -> Result<Reply, ModelError> {
        let stop = match parts.finish.as_deref() {
            Some("length") => StopReason::MaxTokens,
            Some("content_filter") => StopReason::Refused,
            Some("error") => return Err(self.malformed("the server ended it with an error")),
            _ if !parts.refusal.is_empty() && parts.text.is_empty() => StopReason::Refused,
            Some("stop" | "tool_calls" | "function_call" | "eos") | None => StopReason::EndOfTurn,
            Some(other) => {
                tracing::warn!(model = self.model, reason = other, "an unknown finish reason");
                StopReason::EndOfTurn
            }
        };
        let usage = parts.usage.unwrap_or_else(|| self.estimate(&parts));
        let runs = stop == StopReason::EndOfTurn;
        let calls = if runs { self.calls(parts.calls)? } else { Vec::new() };
        // Some servers say `stop` where they call.
        let stop = if calls.is_empty() { stop } else { StopReason::ToolUse };
        let (text, thought) = apart(parts.text, parts.thought);
        let reasoning = if thought.trim().is_empty() {
            Vec::new()
        } else {
            vec![Reasoning::Text { text: thought, signature: None }]
        };
        Ok(Reply {
            text: Some(text).filter(|text| !text.trim().is_empty()),
            reasoning,
            calls,
            usage,
            stop,
            id: parts.id,
            model: parts.by.filter(|by| by != self.model),
        })
    }

    fn estimate(&self, parts: &Parts) -> Usage {
        let calls = parts.calls.0.iter().map(|slot| slot.name.len() + slot.arguments.len());
        let said = parts.text.len() + parts.thought.len() + calls.sum::<usize>();
        Usage {
            input_tokens: estimated_tokens(self.asked_bytes),
            output_tokens: estimated_tokens(said),
            ..Usage::default()
        }
    }

    fn calls(&self, calls: Calls) -> Result<Vec<ToolCall>, ModelError> {
        let mut out: Vec<ToolCall> = Vec::with_capacity(calls.0.len());
        for (place, slot) in calls.0.into_iter().enumerate() {
            let arguments = arguments::read(&slot.arguments).map_err(|problem| {
                self.malformed(&format!("call of `{}`: {problem}", slot.name))
            })?;
            if slot.name.is_empty() {
                return Err(self.malformed("a call names no tool"));
            }
            let is_taken = slot.id.is_empty() || out.iter().any(|call| call.id == slot.id);
            let id = if is_taken { format!("call_{}_{place}", self.turn) } else { slot.id };
            out.push(ToolCall { id, name: self.names.back(&slot.name), arguments });
        }
        Ok(out)
    }
}

/// Words and thoughts apart: some servers leave the thoughts in front of the words, between marks.
fn apart(text: String, thought: String) -> (String, String) {
    let marked =
        text.trim_start().strip_prefix("<think>").and_then(|rest| rest.split_once("</think>"));
    match marked {
        Some((inner, rest)) => (rest.trim_start().to_owned(), format!("{thought}{}", inner.trim())),
        None => (text, thought),
    }
}
