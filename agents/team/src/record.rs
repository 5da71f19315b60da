//! What happened while a question was answered, in the order in which it began: enough to draw it, to account for it and
//! to run it again without the model.

pub(crate) mod log;
mod replay;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wherefore_contract::{
    Decimal,
    question::Question,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_model::{Message, Reply, Usage};

pub use self::replay::{ReplayModel, ReplayTools};
use crate::{role::Roster, spending::Limits};

/// The shape of a record; a reader refuses shapes that it does not know.
pub const SHAPE: u32 = 1;

/// Everything that happened for one question. Holds what people and data said: whoever keeps or exports it masks it first
/// where that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    pub shape: u32,
    pub question: Question,
    /// The model of the orchestrator, e.g. `offline`.
    pub model: String,
    /// Who serves it, e.g. `aws.bedrock`.
    pub provider: String,
    /// Whether the model writes words, and so reads tables in parts and may mend what it submitted.
    pub writes_words: bool,
    /// Who was on the team, and what they might call and spend.
    pub roster: Roster,
    pub limits: Limits,
    /// The rendered text of each role that took part.
    pub prompts: BTreeMap<String, String>,
    /// The orchestrator first, then its sub-agents in the order of their calls.
    pub agents: Vec<AgentRecord>,
    /// In the order in which they began; ties by agent and turn.
    pub chats: Vec<ChatRecord>,
    /// In the order in which they began; ties by agent, turn and place.
    pub tools: Vec<ToolRecord>,
}

/// One role at work. Times are milliseconds since the question began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRecord {
    /// `0` is the orchestrator, `0.2.1` the second call of its third turn.
    pub id: String,
    /// The agent that asked; `None` for the orchestrator.
    pub parent: Option<String>,
    pub role: String,
    pub task: String,
    pub started_ms: u64,
    pub ended_ms: u64,
    /// Why it stopped, as the run record of an answer spells it, e.g. `done`.
    pub stop: String,
    pub usage: Usage,
    /// What its own tokens cost in US dollars; `None` where the price is unknown.
    pub cost_usd: Option<Decimal>,
}

/// One model call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatRecord {
    pub agent: String,
    /// From zero, for this agent.
    pub turn: u32,
    pub model: String,
    pub started_ms: u64,
    pub ended_ms: u64,
    /// What was added to the conversation since the agent's last turn.
    pub read: Vec<Message>,
    /// The tools that it was offered.
    pub tools: Vec<String>,
    /// What came back.
    pub reply: Option<Reply>,
    /// Why nothing came back: the kind of the error, e.g. `throttled`; `deadline` where the question's time ended.
    pub error: Option<String>,
    pub cost_usd: Option<Decimal>,
}

/// One call of a tool of the data. Calls of sub-agents are agents of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolRecord {
    pub agent: String,
    pub turn: u32,
    /// The place among the calls of that turn, from zero.
    pub place: u32,
    pub call: ToolCall,
    pub started_ms: u64,
    pub ended_ms: u64,
    pub outcome: ToolOutcome,
}

impl RunRecord {
    /// The tools that were offered to anyone, as specifications without content: what a replay offers again.
    #[must_use]
    pub fn offered(&self) -> Vec<ToolSpec> {
        let names: std::collections::BTreeSet<&String> =
            self.chats.iter().flat_map(|chat| &chat.tools).collect();
        let spec = |name: &String| ToolSpec {
            name: name.clone(),
            description: String::new(),
            input_schema: serde_json::Map::new(),
        };
        names.into_iter().map(spec).collect()
    }
}
