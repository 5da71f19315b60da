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
use wherefore_model::{Delegation, Findings, Usage, team};

use super::{Conversation, Ending};
use crate::{
    ledger::{Asked, Place, Taken},
    progress::{Answered, ProgressEvent},
    role::Role,
    spans,
    stop::Stop,
};

/// A call that is made this often ends the conversation: the model is going in circles.
const SAME_CALL_LIMIT: u32 = 3;

/// What to do with one call, decided for the whole turn before anything runs.
pub(super) enum Step {
    Run,
    Delegate(&'static Role, Delegation),
    /// It was asked before: answer as then.
    Again(Place),
    Refuse(String),
}

/// What came of a step.
pub(super) enum Done {
    Outcome(ToolOutcome),
    Report(Box<Report>),
    Again(Place),
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
    pub(super) fn plan(&mut self, call: &ToolCall, at: Place) -> Step {
        if !self.role.has(&call.name) || !self.specs.iter().any(|spec| spec.name == call.name) {
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
        let step = match self.sub_agent(call) {
            None => Step::Run,
            Some(role) => match serde_json::from_value(Value::Object(call.arguments.clone())) {
                Ok(delegation) => Step::Delegate(role, delegation),
                Err(error) => {
                    return Step::Refuse(format!("the arguments cannot be read: {error}"));
                }
            },
        };
        // Set before it has run, so that the same call later in this turn waits for this one.
        self.ledger.answered(call, at);
        self.run.tool_calls += 1;
        self.run.tools.push(call.name.clone());
        step
    }

    fn sub_agent(&self, call: &ToolCall) -> Option<&'static Role> {
        Role::sub_agent(&call.name).filter(|_| self.role.name == team::ORCHESTRATOR)
    }

    pub(super) async fn attempt(&self, call: &ToolCall, step: Step) -> Done {
        match step {
            Step::Refuse(message) => Done::Outcome(ToolOutcome::Error { message }),
            Step::Again(place) => Done::Again(place),
            Step::Delegate(role, delegation) => {
                Done::Report(Box::new(self.delegate(role, delegation).await))
            }
            Step::Run => Done::Outcome(self.execute(call).await),
        }
    }

    async fn execute(&self, call: &ToolCall) -> ToolOutcome {
        let (role, tool) = (self.role.name.to_owned(), call.name.clone());
        self.shared.progress.event(ProgressEvent::ToolCalled { role, tool });
        let span = spans::execute_tool(self.role.name, &call.name, &call.id);
        let outcome =
            timeout_at(self.deadline, self.shared.tools.call(call).instrument(span.clone()));
        let outcome = outcome.await.unwrap_or_else(|_| ToolOutcome::Error {
            message: format!("`{}` gave no answer in the time that was left", call.name),
        });
        spans::called(&span, &outcome);
        self.shared.progress.event(ProgressEvent::ToolAnswered {
            role: self.role.name.to_owned(),
            tool: call.name.clone(),
            outcome: Answered::from(&outcome),
        });
        outcome
    }

    fn delegate(&self, role: &'static Role, delegation: Delegation) -> BoxFuture<'a, Report> {
        let own = Instant::now() + self.shared.wall(role);
        let left = self.deadline.checked_sub(self.shared.reserve).unwrap_or(self.deadline);
        let conversation = Conversation::begin(self.shared, role, Some(delegation), own.min(left));
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
        let span = spans::invoke_agent(self.role.name);
        let (role, task) = (self.run.role.clone(), self.run.task.clone());
        self.shared.progress.event(ProgressEvent::AgentStarted { role, task });
        let ending = self.advance().instrument(span.clone()).await;
        let stop = ending.stop().as_str();
        spans::stopped(&span, stop);
        let (role, stop) = (self.run.role.clone(), stop.to_owned());
        self.shared.progress.event(ProgressEvent::AgentDone { role, stop });
        ending
    }

    fn tool_names(&self) -> String {
        let names: Vec<_> = self.specs.iter().map(|spec| format!("`{}`", spec.name)).collect();
        names.join(", ")
    }
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
