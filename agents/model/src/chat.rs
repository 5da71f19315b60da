//! What goes into a model and what comes out of it.

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wherefore_contract::{
    evidence::Evidence,
    question::Question,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};

/// One model call: the whole conversation of one role so far, and the tools it may call.
#[derive(Debug, Clone)]
pub struct ModelRequest<'a> {
    /// `orchestrator`, `collector`, `analyzer` or `research`.
    pub role: &'a str,
    /// The role's rendered prompt.
    pub system: &'a str,
    /// The person's question, cleaned. Models with rules read it here; language models read messages.
    pub question: &'a Question,
    pub messages: &'a [Message],
    pub tools: &'a [ToolSpec],
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
    Assistant { text: Option<String>, calls: Vec<ToolCall> },
    /// What its calls gave, in the order of the calls.
    Tools { results: Vec<ToolResult> },
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    pub text: Option<String>,
    pub calls: Vec<ToolCall>,
    pub usage: Usage,
    pub stop: StopReason,
}

/// Why a reply ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StopReason {
    #[default]
    EndOfTurn,
    ToolUse,
    /// The reply was cut: half-received calls must not run.
    MaxTokens,
    Refused,
}

/// What a reply used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    pub input_tokens: u64,
    pub output_tokens: u64,
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

    /// The next reply of `request.role` to `request.messages`.
    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>>;
}
