//! What a reader may see while an answer is made: events and verified sentences, never model text.

use serde::{Deserialize, Serialize};

/// Something happened on the way to an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ProgressEvent {
    /// A role began to work. The task is what its caller asked, the question for the orchestrator; empty where a language
    /// model worded it, whose words no reader sees unverified.
    AgentStarted { role: String, task: String },
    /// A role called a tool of the data.
    ToolCalled { role: String, tool: String },
    /// The tool answered.
    ToolAnswered { role: String, tool: String, outcome: Answered },
    /// A role ended; `stop` as in the run record, e.g. `done`.
    AgentDone { role: String, stop: String },
    /// The draft goes through the gate.
    Verifying,
    /// A sentence of the verified answer, in the order of reading.
    Sentence { text: String },
}

/// How a tool answered, without any of its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Tables with this many rows in all.
    Rows(usize),
    NoData,
    Error,
}

/// Hears what happens. Called from the task that answers, so it must return at once.
pub trait Progress: Send + Sync {
    /// One event, in order.
    fn event(&self, event: ProgressEvent);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn event(&self, _event: ProgressEvent) {}
}
