//! Other programs that were asked and gave nothing: an answer says so, whatever a model makes of it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use wherefore_contract::tool::ToolOutcome;

/// Stands between a server and its tool in the names of other people's tools, and in no name of ours.
const BETWEEN: &str = "__";

/// What came of the calls of other people's tools, over all agents of one question.
#[derive(Debug, Default)]
pub(crate) struct Outages(Mutex<BTreeMap<String, bool>>);

impl Outages {
    /// Takes note of what a call gave.
    pub(crate) fn heard(&self, tool: &str, outcome: &ToolOutcome) {
        let Some((server, _)) = tool.split_once(BETWEEN) else { return };
        let answered = !matches!(outcome, ToolOutcome::Error { .. });
        let mut servers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *servers.entry(server.to_owned()).or_default() |= answered;
    }

    /// Whether a server was asked and answered no call at all.
    pub(crate) fn any(&self) -> bool {
        let servers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        servers.values().any(|answered| !answered)
    }
}
