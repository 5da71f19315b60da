//! The calls of one turn: what is run, refused or answered from the ledger.

use futures::future::{BoxFuture, FutureExt as _};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use wherefore_contract::{
    answer::AgentRun,
    evidence::Evidence,
    tool::{ToolCall, ToolOutcome},
};
use wherefore_model::{
    Delegation, Findings, Message, Usage, View,
    wire::{self, READ_EVIDENCE},
};

use super::{Conversation, Ending};
use crate::{
    ledger::{Asked, Place, Taken},
    progress::{Answered, ProgressEvent},
    record::log::Log,
    role::{Role, own_tools::Pages},
    spans,
    stop::Stop,
};

/// A call that is made this often ends the conversation: the model is going in circles.
const SAME_CALL_LIMIT: u32 = 3;

/// What to do with one call, decided for the whole turn before anything runs.
pub(super) enum Step<'a> {
    Run,
    Delegate(&'a Role, Delegation),
    /// More rows of what is held.
    Read(Pages),
    /// It was asked before: answer as then.
    Again(Place),
    Refuse(String),
}

/// What came of a step.
pub(super) enum Done {
    Outcome(ToolOutcome),
    Report(Box<Report>),
    Again(Place),
    Pages(Result<Value, String>),
}

/// What a sub-agent hands to its caller.
pub(super) struct Report {
    pub(super) findings: Option<Findings>,
    pub(super) words: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) run: AgentRun,
    pub(super) usage: Usage,
}

impl<'a> Conversation<'a> {
    pub(super) fn plan(&mut self, call: &ToolCall, at: Place) -> Step<'a> {
        // Its specifications are those of its own tools that somebody offers.
        if !self.specs.iter().any(|spec| spec.name == call.name) {
            return Step::Refuse(format!(
                "`{}` is no tool of the {}; it has {}",
                call.name,
                self.role.name,
                self.tool_names()
            ));
        }
        let Asked { times, at: before } = self.ledger.ask(call);
        if times >= SAME_CALL_LIMIT {
            self.circling = true;
        }
        if let Some(place) = before {
            return Step::Again(place);
        }
        if self.last_turn || self.run.tool_calls >= self.role.budget.tool_calls {
            return Step::Refuse(format!(
                "the budget of {} turns and {} calls is spent; submit what you have",
                self.turn_limit, self.role.budget.tool_calls
            ));
        }
        let step = match (self.sub_agent(call), call.name == READ_EVIDENCE) {
            (None, false) => Ok(Step::Run),
            (None, true) => arguments(call).map(Step::Read),
            (Some(role), _) => delegation(call).map(|delegation| Step::Delegate(role, delegation)),
        };
        let step = match step {
            Ok(step) => step,
            Err(problem) => return Step::Refuse(problem),
        };
        // Sub-agents and pages of evidence ask the data for nothing.
        if matches!(step, Step::Run) && self.shared.purse.tool_call().is_err() {
            return Step::Refuse(
                "the calls of this question are spent; submit what you have".to_owned(),
            );
        }
        // Set before it has run, so that the same call later in this turn waits for this one.
        self.ledger.answered(call, at);
        self.run.tool_calls += 1;
        self.run.tools.push(call.name.clone());
        step
    }

    fn sub_agent(&self, call: &ToolCall) -> Option<&'a Role> {
        self.shared.roster.sub_agent(&call.name).filter(|_| self.role.is_orchestrator())
    }

    /// Runs one step of the turn; `place` is that of its call in the reply.
    pub(super) async fn attempt(&self, call: &ToolCall, place: usize, step: Step<'a>) -> Done {
        match step {
            Step::Refuse(message) => Done::Outcome(ToolOutcome::Error { message }),
            Step::Again(place) => Done::Again(place),
            Step::Delegate(role, delegation) => {
                let id = format!("{}.{}.{place}", self.id, self.run.turns.saturating_sub(1));
                Done::Report(Box::new(self.delegate(id, role, delegation).await))
            }
            Step::Read(pages) => Done::Pages(self.page(&pages)),
            Step::Run => Done::Outcome(self.execute(call, place).await),
        }
    }

    /// The rows that a model asks to read again or in addition.
    fn page(&self, pages: &Pages) -> Result<Value, String> {
        let results = self.messages.iter().flat_map(|message| match message {
            Message::Tools { results } => results.as_slice(),
            Message::User { .. } | Message::Assistant { .. } => &[],
        });
        let mut held = results.flat_map(|result| &result.evidence);
        let evidence = held.find(|evidence| evidence.id == pages.evidence).ok_or_else(|| {
            format!(
                "you hold no evidence `{}`; ids stand in the results of your calls",
                pages.evidence
            )
        })?;
        Ok(wire::table(evidence, pages.first_row, View::default().rows))
    }

    async fn execute(&self, call: &ToolCall, place: usize) -> ToolOutcome {
        let (role, tool) = (self.role.name.clone(), call.name.clone());
        self.shared.progress.event(ProgressEvent::ToolCalled { role, tool });
        let started_ms = self.shared.log.map_or(0, Log::now);
        let span = spans::execute_tool(&self.role.name, call);
        let outcome =
            timeout_at(self.deadline, self.shared.tools.call(call).instrument(span.clone()));
        let outcome = outcome.await.unwrap_or_else(|_| ToolOutcome::Error {
            message: format!("`{}` gave no answer in the time that was left", call.name),
        });
        spans::called(&span, &outcome);
        self.shared.outages.heard(&call.name, &outcome);
        if let Some(log) = self.shared.log {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let at = (self.id.as_str(), self.run.turns.saturating_sub(1), place);
            log.tool_ended(at, call, started_ms, &outcome);
        }
        self.shared.progress.event(ProgressEvent::ToolAnswered {
            role: self.role.name.clone(),
            tool: call.name.clone(),
            outcome: Answered::from(&outcome),
        });
        outcome
    }

    fn delegate(
        &self,
        id: String,
        role: &'a Role,
        delegation: Delegation,
    ) -> BoxFuture<'a, Report> {
        let own = Instant::now() + self.shared.wall(role);
        let left = self.deadline.checked_sub(self.shared.reserve).unwrap_or(self.deadline);
        let conversation =
            Conversation::begin(self.shared, id, role, Some(delegation), own.min(left));
        conversation.report().boxed()
    }

    /// Runs a sub-agent to its end.
    async fn report(mut self) -> Report {
        let ending = self.advance_within_span().await;
        let (findings, stop) = match ending {
            Ending::Findings(findings) => (Some(findings), Stop::Done),
            Ending::Stopped(stop) => (None, stop),
            // Only the orchestrator's submission is an answer.
            Ending::Answer(_) => (None, Stop::Refused),
        };
        stop.as_str().clone_into(&mut self.run.stop);
        Report {
            findings,
            words: self.words,
            evidence: Taken::from(&mut self.messages).evidence,
            run: self.run,
            usage: self.usage,
        }
    }

    /// [`Self::advance`] inside its span, with the events that frame it.
    pub(crate) async fn advance_within_span(&mut self) -> Ending {
        let span = spans::invoke_agent(&self.role.name, &self.id);
        let (role, task) = (self.run.role.clone(), self.run.task.clone());
        if let Some(log) = self.shared.log {
            log.agent_began(&self.id, self.role, &self.task, self.shared.text(self.role));
        }
        self.shared.progress.event(ProgressEvent::AgentStarted { role, task });
        let ending = self.advance().instrument(span.clone()).await;
        let stop = ending.stop().as_str();
        spans::stopped(&span, stop, self.usage, &self.task, &self.messages);
        if let Some(log) = self.shared.log {
            log.agent_ended(&self.id, stop);
        }
        let (role, stop) = (self.run.role.clone(), stop.to_owned());
        self.shared.progress.event(ProgressEvent::AgentDone { role, stop });
        ending
    }

    fn tool_names(&self) -> String {
        let names: Vec<_> = self.specs.iter().map(|spec| format!("`{}`", spec.name)).collect();
        names.join(", ")
    }
}

/// Reads the arguments of a call; the error is for the model.
fn arguments<T: serde::de::DeserializeOwned>(call: &ToolCall) -> Result<T, String> {
    serde_json::from_value(Value::Object(call.arguments.clone()))
        .map_err(|error| format!("the arguments cannot be read: {error}"))
}

/// A task for a sub-agent. Models add fields of their own, and write the request as text: what is needed is the task.
fn delegation(call: &ToolCall) -> Result<Delegation, String> {
    let strict = arguments(call);
    let task = call.arguments.get("task").and_then(Value::as_str);
    let (Err(_), Some(task)) = (&strict, task) else { return strict };
    let request = call.arguments.get("request").and_then(|request| match request {
        Value::Object(map) => Some(map.clone()),
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    });
    Ok(Delegation { task: task.to_owned(), request })
}

impl From<&ToolOutcome> for Answered {
    fn from(outcome: &ToolOutcome) -> Self {
        match outcome {
            ToolOutcome::Data { data, .. } => {
                Self::Rows(data.tables.iter().map(|facts| facts.table.rows.len()).sum())
            }
            ToolOutcome::NoData { .. } => Self::NoData,
            ToolOutcome::Error { .. } => Self::Error,
        }
    }
}
