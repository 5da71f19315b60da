//! What goes into a model and what comes out of it.

use std::time::Duration;

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wherefore_contract::{
    evidence::Evidence,
    question::Question,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};

use crate::{price::Price, wire::View};

/// One model call: the whole conversation of one role so far, and the tools it may call.
#[derive(Debug, Clone)]
pub struct ModelRequest<'a> {
    /// The role's name, e.g. `orchestrator`, `analyzer`.
    pub role: &'a str,
    /// Which conversation of the question this is, the same whenever the same replies are given: `0` is the
    /// orchestrator's, `0.2.1` belongs to the second call of its third turn (both counted from zero).
    pub agent: &'a str,
    /// The role's rendered prompt.
    pub system: &'a str,
    /// The person's question, cleaned. Models with rules read it here; language models read messages.
    pub question: &'a Question,
    pub messages: &'a [Message],
    pub tools: &'a [ToolSpec],
    /// How much of the conversation a language model reads ([`crate::wire::read`]); rules read all of it.
    pub view: View,
}

/// One message of a role's conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Message {
    /// The task. Sub-agents also get the typed request that came with it.
    User {
        text: String,
        #[serde(default)]
        request: Option<Map<String, Value>>,
    },
    /// A reply of the model.
    Assistant {
        text: Option<String>,
        calls: Vec<ToolCall>,
        /// What the model thought before, for the same model alone: some providers refuse the next turn without it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasoning: Vec<Reasoning>,
    },
    /// What its calls gave, in the order of the calls.
    Tools { results: Vec<ToolResult> },
}

/// A block of a model's reasoning, given back to it unchanged and in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reasoning {
    Text {
        text: String,
        /// Proves to the provider that the text is its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<String>,
    },
    /// What only the provider can read, in base64.
    Redacted { data: String },
}

/// What one call gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolResult {
    pub call_id: String,
    pub tool: String,
    /// How the call ended. The tables of `Data` have moved to `evidence`, where they carry ids: here the
    /// list is empty. A sub-agent that gathered evidence also ends with `Data`.
    pub outcome: ToolOutcome,
    /// The ledger's entries for it: cite facts of these. Empty when the call gave no data. For a call
    /// of a sub-agent these are all the entries the sub-agent gathered.
    pub evidence: Vec<Evidence>,
    /// What a sub-agent said beside evidence: its [`crate::team::Findings`] as JSON, their references
    /// rewritten to the ids of `evidence`; `{"text": "…"}` when it concluded in words.
    pub note: Option<Value>,
}

/// A model's reply: text, calls, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasoning: Vec<Reasoning>,
    pub calls: Vec<ToolCall>,
    pub usage: Usage,
    pub stop: StopReason,
    /// The provider's id of the reply, e.g. `chatcmpl-…`; `None` where it gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The model that replied, where the provider names another one than was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

/// Why a reply ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    #[default]
    EndOfTurn,
    ToolUse,
    /// The reply was cut: half-received calls must not run.
    MaxTokens,
    /// The model, a content filter or a guardrail declined.
    Refused,
}

/// What a reply used, in tokens as the provider counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// All that was read, cached parts included.
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// The part of `input_tokens` that came from a cache.
    #[serde(default)]
    pub cache_read_tokens: u64,
    /// The part of `input_tokens` that was put into a cache.
    #[serde(default)]
    pub cache_write_tokens: u64,
}

impl std::ops::AddAssign for Usage {
    // Providers say what was used: a sum that is too large stays at the largest, it never begins again at zero.
    fn add_assign(&mut self, other: Self) {
        let add = |own: &mut u64, more: u64| *own = own.saturating_add(more);
        add(&mut self.input_tokens, other.input_tokens);
        add(&mut self.output_tokens, other.output_tokens);
        add(&mut self.cache_read_tokens, other.cache_read_tokens);
        add(&mut self.cache_write_tokens, other.cache_write_tokens);
    }
}

impl Message {
    /// A task in words.
    #[must_use]
    pub fn user(text: impl Into<String>) -> Self {
        Self::User { text: text.into(), request: None }
    }
}

/// A model gave no usable reply.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("model `{model}` could not be reached")]
    Unreachable {
        model: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    #[error("model `{model}` gave a reply that cannot be read: {reason}")]
    Malformed { model: String, reason: String },
    #[error("model `{model}` stopped in the middle of a reply: {reason}")]
    Cut { model: String, reason: String },
    #[error("model `{model}` takes no more calls for now: {reason}")]
    Throttled { model: String, reason: String, retry_after: Option<Duration> },
    #[error("model `{model}` gave no reply within {} s", .limit.as_secs())]
    Timeout { model: String, limit: Duration },
    #[error("model `{model}` may not be used: {reason}")]
    Denied { model: String, reason: String },
    #[error("the conversation is longer than model `{model}` can read")]
    TooLong { model: String },
    #[error("model `{model}` refused the request: {reason}")]
    Rejected { model: String, reason: String },
}

impl ModelError {
    /// Whether the same call may succeed when it is made again. Nothing of a failed reply was run, so repeating is safe.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Cut { .. }
            | Self::Throttled { .. }
            | Self::Timeout { .. } => true,
            Self::Malformed { .. }
            | Self::Denied { .. }
            | Self::TooLong { .. }
            | Self::Rejected { .. } => false,
        }
    }

    /// One word for logs and traces (`error.type`).
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Malformed { .. } => "malformed",
            Self::Cut { .. } => "cut",
            Self::Throttled { .. } => "throttled",
            Self::Timeout { .. } => "timeout",
            Self::Denied { .. } => "denied",
            Self::TooLong { .. } => "too_long",
            Self::Rejected { .. } => "rejected",
        }
    }
}

/// A model that answers one conversation at a time. Implementations hold no state between calls, so
/// that one instance serves many questions at once.
pub trait ChatModel: Send + Sync {
    /// The model's name, as answers show it, e.g. `offline`.
    fn name(&self) -> &str;

    /// Whether a refused submission is worth one more turn. Models with rules would only repeat it.
    fn can_repair(&self) -> bool {
        true
    }

    /// Who serves it, as `gen_ai.provider.name` spells it: `aws.bedrock`, `openai`, `wherefore` for our own.
    fn provider(&self) -> &'static str {
        "wherefore"
    }

    /// How many tokens a conversation with its reply may have; `None` where nothing bounds it.
    fn context_tokens(&self) -> Option<u64> {
        None
    }

    /// The most tokens that one reply may have; `0` where a reply costs none.
    fn max_output_tokens(&self) -> u64 {
        0
    }

    /// What its tokens cost; `None` where nobody said.
    fn price(&self) -> Option<&Price> {
        None
    }

    /// The next reply of `request.role` to `request.messages`.
    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_providers_claim_adds_up_without_beginning_again() {
        let claimed = Usage { output_tokens: u64::MAX / 2 + 1, ..Usage::default() };
        let mut sum = claimed;
        sum += claimed;
        sum += claimed;
        assert_eq!((sum.input_tokens, sum.output_tokens), (0, u64::MAX));
    }
}
