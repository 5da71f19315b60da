//! The one loop that every role runs: ask the model, run what it calls, until it submits or stops.

mod settle;
mod step;

use std::{collections::BTreeMap, time::Duration};

use futures::future::join_all;
use serde_json::{Map, Value};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use wherefore_contract::{
    answer::AgentRun,
    draft::Draft,
    ports::ToolCaller,
    question::Question,
    tool::{ToolCall, ToolSpec},
};
use wherefore_model::{
    ChatModel, Delegation, Findings, Message, ModelRequest, Reply, StopReason, Usage, View, team,
};
use wherefore_prompts::Prompts;

use self::{settle::error_result, step::Done};
use crate::{
    ledger::{Ledger, Taken},
    progress::Progress,
    role::{OwnTools, Role},
    spans,
    stop::Stop,
};

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
    /// How many times its own time a role may take.
    pub(crate) stretch: u32,
}

impl Shared<'_> {
    /// The time that a role may take on this question.
    pub(crate) fn wall(&self, role: &Role) -> Duration {
        role.budget.wall.saturating_mul(self.stretch)
    }
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
    ledger: Ledger,
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
                match parse_submission(call) {
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
            agent: "0",
            system,
            question: self.shared.question,
            messages: &self.messages,
            tools,
            view: View::default(),
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
        self.usage += reply.usage;
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
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.messages
            .iter()
            .flat_map(|message| match message {
                Message::Assistant { calls, .. } => calls.as_slice(),
                Message::User { .. } | Message::Tools { .. } => &[],
            })
            .map(|call| &call.arguments)
    }

    /// The typed request that the analyzer was last asked with.
    pub(crate) fn typed_request(&self) -> Option<Map<String, Value>> {
        let calls = self.messages.iter().rev().flat_map(|message| match message {
            Message::Assistant { calls, .. } => calls.as_slice(),
            Message::User { .. } | Message::Tools { .. } => &[],
        });
        let mut asked = calls.filter(|call| call.name == team::ANALYZER);
        asked.find_map(|call| call.arguments.get("request")?.as_object().cloned())
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
        let Reply { text, reasoning, calls, .. } = reply;
        self.messages.push(Message::Assistant { text, calls, reasoning });
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

/// Reads what a submission holds; the error is for the model.
fn parse_submission(call: &ToolCall) -> Result<Ending, String> {
    let arguments = Value::Object(call.arguments.clone());
    let unread = |error: serde_json::Error| format!("the submission cannot be read: {error}");
    if call.name == team::SUBMIT_ANSWER {
        serde_json::from_value(arguments).map(Ending::Answer).map_err(unread)
    } else {
        serde_json::from_value(arguments).map(Ending::Findings).map_err(unread)
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(WORDS_LIMIT_BYTES)).unwrap_or_default()
}
