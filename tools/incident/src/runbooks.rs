//! What to do about a cause: runbooks that a person follows, and how severe an incident is.

mod file;
mod matching;
mod severity;
mod shipped;
#[cfg(test)]
mod tests;

use serde::Serialize;
use wherefore_contract::{
    incident::{CauseKind, Signal},
    question::Language,
};

pub use file::{RunbookError, read_runbook};
pub use matching::{Match, Situation, matching};
pub use severity::{Impact, InvalidSeverities, Judged, Severities, Severity};
pub use shipped::shipped;

/// A runbook in one language. The product recommends it; a person reads, decides and acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Runbook {
    /// The same in every language.
    pub id: String,
    pub title: String,
    pub language: Language,
    /// Kinds of causes that it is for; at least one.
    pub causes: Vec<CauseKind>,
    /// Signals that it is for; empty for all.
    pub signals: Vec<Signal>,
    /// Workloads that it is for; empty for all.
    pub workloads: Vec<String>,
    /// Tags of which the workload carries one, as `key=value`; empty for all.
    pub tags: Vec<String>,
    /// What stands before the first step.
    pub about: String,
    /// At least one, in the order of doing.
    pub steps: Vec<Step>,
    /// Whether it came with the product.
    pub shipped: bool,
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Step {
    pub title: String,
    /// What must be so before it is done.
    pub before: String,
    /// What to do.
    pub action: String,
    /// What shows that it worked.
    pub check: String,
    /// How it is taken back.
    pub rollback: String,
}
