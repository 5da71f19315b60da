//! A role: what it reads, which tools it has, and how much it may spend.

pub mod file;
pub(crate) mod own_tools;
pub(crate) mod roster;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wherefore_contract::{Decimal, tool::ToolSpec};
use wherefore_model::{team, wire::READ_EVIDENCE};

pub use own_tools::OwnTools;
pub use roster::{Roster, RosterError};

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Lower-case letters, digits and `_`, e.g. `analyzer`.
    pub name: String,
    /// What the orchestrator is told about it: what it does, and when to use it.
    pub about: String,
    pub prompt: RolePrompt,
    /// Its MCP tools; for the orchestrator, its sub-agents.
    pub tools: Vec<String>,
    /// The tool that ends its work.
    pub submission: String,
    pub budget: Budget,
}

/// Where the text of a role comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RolePrompt {
    /// The house's own text of this name.
    BuiltIn(String),
    /// What people wrote: it stands before the rules that every role has.
    Own(String),
}

/// What a role may spend. One that spends it gets a last turn to submit what it has, and stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Model replies.
    pub turns: u32,
    /// Calls that are run, sub-agents included, submissions not.
    pub tool_calls: u32,
    /// Time, when the caller does not leave less.
    pub wall: Duration,
    /// Tokens of its own model calls, read and written; `None` leaves it to the question's limit.
    #[serde(default)]
    pub tokens: Option<u64>,
    /// US dollars of its own model calls; `None` leaves it to the question's limit.
    #[serde(default)]
    pub money_usd: Option<Decimal>,
}

impl Budget {
    /// A budget that bounds turns, calls and time, and leaves tokens and money to the question's limits.
    #[must_use]
    pub const fn new(turns: u32, tool_calls: u32, wall: Duration) -> Self {
        Self { turns, tool_calls, wall, tokens: None, money_usd: None }
    }
}

impl Role {
    /// Whether this role has `tool`, its submission and the team's own tools left out.
    #[must_use]
    pub fn has(&self, tool: &str) -> bool {
        self.tools.iter().any(|name| name == tool)
    }

    /// Whether it is the one that talks to the person.
    #[must_use]
    pub fn is_orchestrator(&self) -> bool {
        self.name == team::ORCHESTRATOR
    }

    /// What its model is told about its tools: those of `offered` that it may call, or its
    /// sub-agents, then the reading of evidence where `pages` says that its model reads tables in parts, and last its
    /// submission. Tools that nobody offers are left out.
    #[must_use]
    pub fn specs(&self, own: &OwnTools, offered: &[ToolSpec], pages: bool) -> Vec<ToolSpec> {
        let (theirs, submission) = if self.is_orchestrator() {
            (own.sub_agents.as_slice(), &own.answer)
        } else {
            (offered, &own.findings)
        };
        let spec = |name: &String| theirs.iter().find(|spec| spec.name == *name);
        let reading = pages.then_some(&own.read_evidence);
        self.tools.iter().filter_map(spec).chain(reading).chain([submission]).cloned().collect()
    }

    /// The names of its tools as its prompt lists them.
    #[must_use]
    pub(crate) fn listed(&self, pages: bool) -> Vec<&str> {
        let reading = pages.then_some(READ_EVIDENCE);
        let tools = self.tools.iter().map(String::as_str);
        tools.chain(reading).chain([self.submission.as_str()]).collect()
    }
}

#[cfg(test)]
mod tests;
