//! The one loop that every role runs: ask the model, run what it calls, until it submits or stops.

use std::{collections::BTreeMap, time::Duration};

use futures::future::{BoxFuture, FutureExt as _, join_all};
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use wherefore_contract::{
    answer::AgentRun,
    draft::Draft,
    evidence::Evidence,
    ports::ToolCaller,
    question::Question,
    tool::{ToolCall, ToolData, ToolOutcome, ToolSpec},
};
use wherefore_model::{
    ChatModel, Delegation, Findings, Message, ModelRequest, Reply, StopReason, ToolResult, Usage,
    team,
};
use wherefore_prompts::Prompts;

use crate::{
    ledger::{Asked, Ledger, Place, Taken},
    progress::{Answered, Progress, ProgressEvent},
    remap,
    role::{OwnTools, Role},
    spans,
    stop::Stop,
};

/// A call that is made this often ends the conversation: the model is going in circles.
const SAME_CALL_LIMIT: u32 = 3;
/// Bytes of a model's plain words that its caller's model hears.
const WORDS_LIMIT_BYTES: usize = 2_000;

/// What all roles of one question share.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'a> {
    pub(crate) model: &'a dyn ChatModel,
    pub(crate) tools: &'a dyn ToolCaller,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) question: &'a Question,
    pub(crate) prompts: &'a Prompts,
    /// The rendered text of each role.
    pub(crate) texts: &'a BTreeMap<&'static str, String>,
    pub(crate) own_tools: &'a OwnTools,
    /// What a caller keeps of its time when it waits for a sub-agent.
    pub(crate) reserve: Duration,
}

/// How a conversation ended.
#[derive(Debug)]
pub(crate) enum Ending {
    Answer(Box<Draft>),
    Findings(Findings),
    Stopped(Stop),
}

/// One role's conversation, with what it spent.
pub(crate) struct Conversation<'a> {
    shared: Shared<'a>,
    role: &'static Role,
    specs: Vec<ToolSpec>,
    deadline: Instant,
    turn_limit: u32,
    messages: Vec<Message>,
    pub(crate) ledger: Ledger,
    pub(crate) run: AgentRun,
    pub(crate) usage: Usage,
    /// What sub-agents did, in the order of their calls.
    pub(crate) children: Vec<AgentRun>,
    /// What sub-agents found, in the order of their calls.
    pub(crate) found: Vec<Findings>,
    /// The last thing that the model said in plain words.
    words: Option<String>,
    nudged: bool,
    circling: bool,
    /// The turn that is running is for the submission alone.
    last_turn: bool,
}

/// What to do with one call, decided for the whole turn before anything runs.
enum Step {
    Run,
    Delegate(&'static Role, Delegation),
    /// It was asked before: answer as then.
    Again(Place),
    Refuse(String),
}

/// What came of a step.
enum Done {
    Outcome(ToolOutcome),
    Report(Box<Report>),
    Again(Place),
}

/// What a sub-agent hands to its caller.
struct Report {
    findings: Option<Findings>,
    words: Option<String>,
    evidence: Vec<Evidence>,
    run: AgentRun,
    usage: Usage,
}

impl<'a> Conversation<'a> {
    /// A conversation that begins with `delegation`, or with the question alone.
    pub(crate) fn begin(
        shared: Shared<'a>,
        role: &'static Role,
        delegation: Option<Delegation>,
        deadline: Instant,
    ) -> Self {
        let (task, request) = delegation
            .map_or((None, None), |delegation| (Some(delegation.task), delegation.request));
        let text = crate::task::first_message(&shared, task.as_deref(), request.as_ref());
        let task = task.unwrap_or_else(|| shared.question.text().to_owned());
        Self {
            shared,
            role,
            specs: role.specs(shared.own_tools, shared.tools.tools()),
            deadline,
            turn_limit: role.budget.turns,
            messages: vec![Message::User { text, request }],
            ledger: Ledger::default(),
            run: AgentRun { role: role.name.to_owned(), task, ..AgentRun::default() },
            usage: Usage::default(),
            children: Vec::new(),
            found: Vec::new(),
            words: None,
            nudged: false,
            circling: false,
            last_turn: false,
        }
    }

    /// Goes on until the role submits or stops. Bounds are checked before every model call, so a
    /// bound is never passed by more than the calls of one turn, and every call gets a result.
    pub(crate) async fn advance(&mut self) -> Ending {
        loop {
            if let Some(stop) = self.spent() {
                return Ending::Stopped(stop);
            }
            let reply = match self.ask().await {
                Ok(reply) => reply,
                Err(stop) => return Ending::Stopped(stop),
            };
            match reply.stop {
                StopReason::Refused => return Ending::Stopped(Stop::Refused),
                StopReason::MaxTokens => {
                    self.answer_all(reply, "the reply was cut short, so nothing of it was run");
                    continue;
                }
                StopReason::EndOfTurn | StopReason::ToolUse => {}
            }
            if reply.calls.is_empty() {
                if self.nudged {
                    return Ending::Stopped(Stop::FreeText);
                }
                self.nudge(reply);
                continue;
            }
            let at = reply.calls.iter().position(|call| call.name == self.role.submission);
            if let Some(call) = at.and_then(|at| reply.calls.get(at)) {
                match self.parse_submission(call) {
                    Ok(ending) => {
                        self.push_reply(reply);
                        return ending;
                    }
                    Err(problem) => self.answer_all(reply, &problem),
                }
                continue;
            }
            self.turn(reply).await;
        }
    }

    /// The bound that was hit, if one was.
    fn spent(&self) -> Option<Stop> {
        if self.circling {
            Some(Stop::Repetition)
        } else if Instant::now() >= self.deadline {
            Some(Stop::Deadline)
        } else if self.run.turns < self.turn_limit {
            None
        } else if self.run.tool_calls >= self.role.budget.tool_calls {
            Some(Stop::ToolCallLimit)
        } else {
            Some(Stop::TurnLimit)
        }
    }

    /// Asks the model. On the last turn it is offered its submission alone.
    async fn ask(&mut self) -> Result<Reply, Stop> {
        let no_calls_left = self.run.tool_calls >= self.role.budget.tool_calls;
        if no_calls_left {
            self.turn_limit = self.run.turns + 1;
        }
        self.last_turn = self.run.turns + 1 >= self.turn_limit;
        let submission = self.specs.len().saturating_sub(1);
        let tools = self.specs.get(submission..).filter(|_| self.last_turn).unwrap_or(&self.specs);
        let system = self.shared.texts.get(self.role.name).map_or("", String::as_str);
        let request = ModelRequest {
            role: self.role.name,
            system,
            question: self.shared.question,
            messages: &self.messages,
            tools,
        };
        let span = spans::chat(self.role.name, self.shared.model.name());
        let reply = self.shared.model.reply(request).instrument(span.clone());
        self.run.turns += 1;
        let Ok(reply) = timeout_at(self.deadline, reply).await else { return Err(Stop::Deadline) };
        spans::replied(&span, &reply);
        let reply = reply.map_err(|error| {
            tracing::warn!(
                role = self.role.name,
                error = &error as &dyn std::error::Error,
                "no reply"
            );
            Stop::ModelFailed
        })?;
        self.usage.input_tokens += reply.usage.input_tokens;
        self.usage.output_tokens += reply.usage.output_tokens;
        Ok(reply)
    }

    /// Runs the calls of one reply at once; their evidence is numbered in the order of the calls.
    async fn turn(&mut self, reply: Reply) {
        let calls = reply.calls.clone();
        self.push_reply(reply);
        let at = self.messages.len();
        let mut steps = Vec::with_capacity(calls.len());
        for (index, call) in calls.iter().enumerate() {
            steps.push(self.plan(call, (at, index)));
        }
        let this = &*self;
        let done =
            join_all(calls.iter().zip(steps).map(|(call, step)| this.attempt(call, step))).await;
        let mut results = Vec::with_capacity(calls.len());
        for (call, done) in calls.iter().zip(done) {
            let result = match done {
                Done::Outcome(outcome) => self.settle(call, outcome),
                Done::Report(report) => self.settle_report(call, *report),
                Done::Again(place) => self.repeat(call, place, &results),
            };
            results.push(result);
        }
        self.messages.push(Message::Tools { results });
    }

    fn plan(&mut self, call: &ToolCall, at: Place) -> Step {
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

    async fn attempt(&self, call: &ToolCall, step: Step) -> Done {
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
        let own = Instant::now() + role.budget.wall;
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
        self.run.stop = stop.as_str().to_owned();
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

    fn settle(&mut self, call: &ToolCall, outcome: ToolOutcome) -> ToolResult {
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

    fn settle_report(&mut self, call: &ToolCall, report: Report) -> ToolResult {
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
        self.usage.input_tokens += usage.input_tokens;
        self.usage.output_tokens += usage.output_tokens;
        self.children.push(run);
        ToolResult { call_id: call.id.clone(), tool: call.name.clone(), outcome, evidence, note }
    }

    /// The answer that an equal call had, from this turn or an earlier one.
    fn repeat(&self, call: &ToolCall, place: Place, this_turn: &[ToolResult]) -> ToolResult {
        let earlier = match self.messages.get(place.0) {
            Some(Message::Tools { results }) => results.get(place.1),
            Some(Message::User { .. } | Message::Assistant { .. }) | None => this_turn.get(place.1),
        };
        match earlier {
            Some(result) => ToolResult { call_id: call.id.clone(), ..result.clone() },
            None => error_result(call, "an equal call of this turn gave no answer"),
        }
    }

    fn parse_submission(&self, call: &ToolCall) -> Result<Ending, String> {
        let arguments = Value::Object(call.arguments.clone());
        let unread = |error: serde_json::Error| format!("the submission cannot be read: {error}");
        if call.name == team::SUBMIT_ANSWER {
            serde_json::from_value(arguments).map(Ending::Answer).map_err(unread)
        } else {
            serde_json::from_value(arguments).map(Ending::Findings).map_err(unread)
        }
    }

    /// Opens the conversation again after its submission was refused, for one more turn.
    pub(crate) fn refuse_submission(&mut self, problem: &str) {
        let calls = match self.messages.last() {
            Some(Message::Assistant { calls, .. }) => calls.clone(),
            Some(Message::User { .. } | Message::Tools { .. }) | None => Vec::new(),
        };
        let results = calls.iter().map(|call| error_result(call, problem)).collect();
        self.messages.push(Message::Tools { results });
        self.turn_limit = self.run.turns + 1;
    }

    /// Moves the evidence out, for the gate.
    pub(crate) fn take_evidence(&mut self) -> Taken {
        Taken::from(&mut self.messages)
    }

    /// Moves it back.
    pub(crate) fn put_back(&mut self, taken: Taken) {
        taken.put_back(&mut self.messages);
    }

    /// Arguments of all calls that were made, sub-agents' tasks included.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &serde_json::Map<String, Value>> {
        self.messages
            .iter()
            .flat_map(|message| match message {
                Message::Assistant { calls, .. } => calls.as_slice(),
                Message::User { .. } | Message::Tools { .. } => &[],
            })
            .map(|call| &call.arguments)
    }

    fn nudge(&mut self, reply: Reply) {
        self.nudged = true;
        self.push_reply(reply);
        self.messages
            .push(Message::user(crate::task::free_text(&self.shared, self.role.submission)));
    }

    fn push_reply(&mut self, reply: Reply) {
        if let Some(text) = &reply.text {
            self.words = Some(cut(text).to_owned());
        }
        self.messages.push(Message::Assistant { text: reply.text, calls: reply.calls });
    }

    /// Runs nothing of a reply, but answers each of its calls, as providers demand.
    fn answer_all(&mut self, reply: Reply, problem: &str) {
        let results: Vec<_> = reply.calls.iter().map(|call| error_result(call, problem)).collect();
        self.push_reply(reply);
        self.messages.push(if results.is_empty() {
            Message::user(problem)
        } else {
            Message::Tools { results }
        });
    }

    fn tool_names(&self) -> String {
        let names: Vec<_> = self.specs.iter().map(|spec| format!("`{}`", spec.name)).collect();
        names.join(", ")
    }
}

impl Ending {
    /// Why it ended.
    pub(crate) fn stop(&self) -> Stop {
        match self {
            Self::Answer(_) | Self::Findings(_) => Stop::Done,
            Self::Stopped(stop) => *stop,
        }
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

fn error_result(call: &ToolCall, message: &str) -> ToolResult {
    ToolResult {
        call_id: call.id.clone(),
        tool: call.name.clone(),
        outcome: ToolOutcome::Error { message: message.to_owned() },
        evidence: Vec::new(),
        note: None,
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(WORDS_LIMIT_BYTES)).unwrap_or_default()
}
