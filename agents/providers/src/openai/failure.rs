//! What a failed call means for whoever made it. Servers word their errors in many ways; the status counts first.

use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;
use wherefore_model::ModelError;

use super::reply::Reading;
use crate::causes;

/// What a server said about a failure.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// `code`, `type` and `status` as they came.
    pub(super) code: String,
    pub(super) message: String,
}

/// The error inside of a body or an event, in any of the forms in use: `{"error": {"message", "type", "code"}}`,
/// `{"error": "…"}`, `{"object": "error", "message"}`, `{"detail": …}`.
pub(super) fn inside(value: &Value) -> Option<Words> {
    let text = |value: &Value, key: &str| match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let codes = |value: &Value| {
        ["code", "type", "status"].map(|key| text(value, key)).join(" ").trim().to_owned()
    };
    match value.get("error") {
        Some(Value::String(message)) => {
            return Some(Words { code: codes(value), message: message.clone() });
        }
        Some(error @ Value::Object(_)) => {
            return Some(Words { code: codes(error), message: text(error, "message") });
        }
        _ => {}
    }
    if value.get("choices").is_some() {
        return None;
    }
    let message = match value.get("detail").or_else(|| value.get("message")) {
        Some(Value::String(message)) => message.clone(),
        Some(other) => other.to_string(),
        None => return None,
    };
    Some(Words { code: codes(value), message })
}

/// Reads a reply whose status is an error.
pub(super) fn of_status(
    reading: &Reading<'_>,
    status: u16,
    body: &[u8],
    retry_after: Option<Duration>,
) -> ModelError {
    let words = serde_json::from_slice(body).ok().as_ref().and_then(inside).unwrap_or_else(|| {
        Words { code: String::new(), message: String::from_utf8_lossy(body).trim().to_owned() }
    });
    let model = reading.model.to_owned();
    let reason = format!("HTTP {status}: {}", short(&words));
    if words.is_too_long() || status == 413 {
        return ModelError::TooLong { model };
    }
    match status {
        401..=403 => ModelError::Denied { model, reason },
        429 if words.is_out_of_quota() => ModelError::Denied { model, reason },
        408 | 425 | 429 | 503 | 529 => ModelError::Throttled { model, reason, retry_after },
        500.. => ModelError::Unreachable { model, source: reason.into() },
        _ => ModelError::Rejected { model, reason },
    }
}

/// Reads an error that came where a reply was expected.
pub(super) fn of_words(reading: &Reading<'_>, words: &Words) -> ModelError {
    let model = reading.model.to_owned();
    let reason = short(words);
    let code = words.code.to_lowercase();
    if words.is_too_long() {
        ModelError::TooLong { model }
    } else if words.is_out_of_quota() || code.contains("auth") || code.contains("permission") {
        ModelError::Denied { model, reason }
    } else if code.contains("429") || code.contains("rate_limit") || code.contains("overloaded") {
        ModelError::Throttled { model, reason, retry_after: None }
    } else if code.contains("invalid_request") || code.contains("400") || code.contains("not_found")
    {
        ModelError::Rejected { model, reason }
    } else {
        ModelError::Cut { model, reason }
    }
}

/// Reads a failure of the connection.
pub(super) fn of_transport(model: &str, limit: Duration, error: reqwest::Error) -> ModelError {
    let model = model.to_owned();
    // Addresses may hold keys.
    let error = error.without_url();
    if error.is_timeout() && !error.is_connect() {
        return ModelError::Timeout { model, limit };
    }
    ModelError::Unreachable { model, source: Box::new(error) }
}

/// How long a server asks to wait, in seconds; dates are left out, because nothing here reads a clock.
pub(super) fn wait(headers: &HeaderMap) -> Option<Duration> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    number("retry-after-ms")
        .map(Duration::from_millis)
        .or_else(|| number("retry-after").map(Duration::from_secs))
}

impl Words {
    fn is_too_long(&self) -> bool {
        says_too_long(&self.message) || says_too_long(&self.code)
    }

    fn is_out_of_quota(&self) -> bool {
        self.code.contains("insufficient_quota") || self.code.contains("billing")
    }
}

/// Whether a refusal says that a conversation is longer than the model reads.
///
/// Wordings: OpenAI `context_length_exceeded`, "This model's maximum context length is 8192 tokens" (also vLLM and Llama on
/// Bedrock); llama.cpp `exceed_context_size_error`, "the request exceeds the available context size"; Claude "prompt is too
/// long: 210000 tokens", "Input is too long for requested model", "input length and `max_tokens` exceed context limit";
/// Nova "Input Tokens Exceeded".
pub(crate) fn says_too_long(text: &str) -> bool {
    let text = text.to_lowercase();
    let whole = [
        "context_length",
        "context length",
        "context size",
        "context_size",
        "context window",
        "context limit",
        "too long",
        "too many input tokens",
        "input tokens exceeded",
        "token limit exceeded",
    ];
    whole.iter().any(|words| text.contains(words))
}

fn short(words: &Words) -> String {
    let text = if words.code.is_empty() {
        words.message.clone()
    } else {
        format!("{}: {}", words.code, words.message)
    };
    causes::short(&text)
}
