//! What calls gave, as the model reads it: evidence with ids, findings with their references.

use serde_json::{Value, json};
use wherefore_contract::tool::{ToolCall, ToolData, ToolOutcome};
use wherefore_model::{Message, ToolResult};

use super::{Conversation, step::Report};
use crate::{answer::remap, ledger::Place};

impl Conversation<'_> {
    pub(super) fn settle(&mut self, call: &ToolCall, outcome: ToolOutcome) -> ToolResult {
        let mut result = ToolResult {
            call_id: call.id.clone(),
            tool: call.name.clone(),
            outcome,
            evidence: Vec::new(),
            note: None,
        };
        match &mut result.outcome {
            ToolOutcome::Data { data, notices } => {
                let gathered = ToolData {
                    tables: std::mem::take(&mut data.tables),
                    snapshot: data.snapshot.clone(),
                };
                result.evidence = self.ledger.keep(call, gathered, notices);
            }
            ToolOutcome::NoData { .. } => {}
            // An error may be mended by asking again.
            ToolOutcome::Error { .. } => self.ledger.forget(call),
        }
        result
    }

    pub(super) fn settle_report(&mut self, call: &ToolCall, report: Report) -> ToolResult {
        let Report { findings, words, evidence, run, usage } = report;
        let (evidence, renames) = self.ledger.adopt(evidence);
        let outcome = match (evidence.first(), &findings) {
            (Some(first), _) => ToolOutcome::Data {
                data: Box::new(ToolData { tables: Vec::new(), snapshot: first.snapshot.clone() }),
                notices: Vec::new(),
            },
            (None, Some(_)) => ToolOutcome::NoData {
                searched: format!("the {} ended without figures", call.name),
                notices: Vec::new(),
            },
            (None, None) => {
                self.ledger.forget(call);
                ToolOutcome::Error {
                    message: format!("the {} stopped without a result: {}", call.name, run.stop),
                }
            }
        };
        let note = match findings {
            Some(mut findings) => {
                remap::rename(&mut findings, &renames);
                let note = serde_json::to_value(&findings).ok();
                self.found.push(findings);
                note
            }
            None => Some(json!({ "stop": run.stop, "text": words })),
        };
        self.usage += usage;
        self.children.push(run);
        ToolResult { call_id: call.id.clone(), tool: call.name.clone(), outcome, evidence, note }
    }

    /// Rows of what is held, as the model reads them.
    pub(super) fn paged(&mut self, call: &ToolCall, page: Result<Value, String>) -> ToolResult {
        match page {
            Ok(page) => ToolResult {
                outcome: ToolOutcome::Data {
                    data: Box::new(ToolData { tables: Vec::new(), snapshot: String::new() }),
                    notices: Vec::new(),
                },
                note: Some(page),
                ..error_result(call, "")
            },
            Err(problem) => {
                self.ledger.forget(call);
                error_result(call, &problem)
            }
        }
    }

    /// The answer that an equal call had, from this turn or an earlier one.
    pub(super) fn repeat(
        &self,
        call: &ToolCall,
        place: Place,
        this_turn: &[ToolResult],
    ) -> ToolResult {
        let earlier = match self.messages.get(place.0) {
            Some(Message::Tools { results }) => results.get(place.1),
            Some(Message::User { .. } | Message::Assistant { .. }) | None => this_turn.get(place.1),
        };
        match earlier {
            Some(result) => ToolResult { call_id: call.id.clone(), ..result.clone() },
            None => error_result(call, "an equal call of this turn gave no answer"),
        }
    }
}

/// A call that gave nothing, and why.
pub(super) fn error_result(call: &ToolCall, message: &str) -> ToolResult {
    ToolResult {
        call_id: call.id.clone(),
        tool: call.name.clone(),
        outcome: ToolOutcome::Error { message: message.to_owned() },
        evidence: Vec::new(),
        note: None,
    }
}
