//! The one loop that every role runs: ask the model, run what it calls, until it submits or stops.

mod ask;
mod reading;
mod settle;
mod step;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures::future::join_all;
use serde_json::{Map, Value};
use tokio::time::Instant;
use wherefore_contract::{
    Decimal,
    answer::AgentRun,
    draft::Draft,
    ports::ToolCaller,
    question::Question,
    tool::{ToolCall, ToolSpec},
};
use wherefore_model::{ChatModel, Delegation, Findings, Message, Reply, StopReason, Usage, team};
use wherefore_prompts::Prompts;

use self::{reading::Reading, settle::error_result, step::Done};
use crate::{
    answer::outages::Outages,
    ledger::{Ledger, Taken},
    progress::Progress,
    record::log::Log,
    role::{OwnTools, Role, Roster},
    spending::Spending,
    stop::Stop,
    submission::{Known, read_answer_knowing, read_findings_knowing},
};

/// Bytes of a model's plain words that its caller's model hears.
const WORDS_LIMIT_BYTES: usize = 2_000;

/// What all roles of one question share.
#[derive(Clone, Copy)]
pub(crate) struct Shared<'a> {
    pub(crate) model: &'a dyn ChatModel,
    /// Roles that have a model of their own.
    pub(crate) models: &'a BTreeMap<String, Arc<dyn ChatModel>>,
    pub(crate) tools: &'a dyn ToolCaller,
    pub(crate) progress: &'a dyn Progress,
    pub(crate) question: &'a Question,
    pub(crate) roster: &'a Roster,
    pub(crate) prompts: &'a Prompts,
    /// The rendered text of each role.
    pub(crate) texts: &'a BTreeMap<String, String>,
    pub(crate) own_tools: &'a OwnTools,
    pub(crate) purse: &'a Spending,
    pub(crate) outages: &'a Outages,
    pub(crate) log: Option<&'a Log<'a>>,
    /// What a caller keeps of its time when it waits for a sub-agent.
    pub(crate) reserve: Duration,
    /// How many times its own time a role may take.
    pub(crate) stretch: u32,
}

impl<'a> Shared<'a> {
    /// The time that a role may take on this question.
    pub(crate) fn wall(&self, role: &Role) -> Duration {
        role.budget.wall.saturating_mul(self.stretch)
    }

    /// The model of a role.
    fn model_of(&self, role: &Role) -> &'a dyn ChatModel {
        self.models.get(&role.name).map_or(self.model, |model| &**model)
    }

    /// What a role reads first.
    pub(crate) fn text(&self, role: &Role) -> &'a str {
        self.texts.get(&role.name).map_or("", String::as_str)
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
    /// `0` for the orchestrator, `0.2.1` for the second call of its third turn.
    id: String,
    role: &'a Role,
    model: &'a dyn ChatModel,
    specs: Vec<ToolSpec>,
    deadline: Instant,
    turn_limit: u32,
    messages: Vec<Message>,
    reading: Reading,
    ledger: Ledger,
    /// What it was asked, in its caller's words.
    task: String,
    pub(crate) run: AgentRun,
    pub(crate) usage: Usage,
    /// What its own model calls cost, in US dollars, as far as their price is known.
    cost_usd: Decimal,
    /// What sub-agents did, in the order of their calls.
    pub(crate) children: Vec<AgentRun>,
    /// What sub-agents found, in the order of their calls.
    pub(crate) found: Vec<Findings>,
    /// The last thing that the model said in plain words.
    words: Option<String>,
    nudged: bool,
    circling: bool,
    /// Turns in a row that brought nothing new.
    stale_turns: u32,
    /// The turn that is running is for the submission alone.
    last_turn: bool,
    /// The bound that made it the last one, when it is not the number of turns.
    last_because: Option<Stop>,
}

impl<'a> Conversation<'a> {
    /// A conversation that begins with `delegation`, or with the question alone.
    pub(crate) fn begin(
        shared: Shared<'a>,
        id: String,
        role: &'a Role,
        delegation: Option<Delegation>,
        deadline: Instant,
    ) -> Self {
        let (task, request) = delegation
            .map_or((None, None), |delegation| (Some(delegation.task), delegation.request));
        let text = crate::task::first_message(&shared, task.as_deref(), request.as_ref());
        // A task that a language model wrote is no verified text: readers of answers and of their progress do not see it.
        let is_written = shared.model_of(shared.roster.orchestrator()).can_repair();
        let shown = task.clone().filter(|_| !is_written);
        let shown = shown.or_else(|| task.is_none().then(|| shared.question.text().to_owned()));
        let task = task.unwrap_or_else(|| shared.question.text().to_owned());
        let run = AgentRun {
            role: role.name.clone(),
            task: shown.unwrap_or_default(),
            ..AgentRun::default()
        };
        let model = shared.model_of(role);
        let specs = role.specs(shared.own_tools, shared.tools.tools(), model.can_repair());
        let reading = Reading::new(model, shared.text(role), &specs);
        Self {
            shared,
            id,
            role,
            model,
            specs,
            deadline,
            turn_limit: role.budget.turns,
            messages: vec![Message::User { text, request }],
            reading,
            ledger: Ledger::default(),
            run,
            task,
            usage: Usage::default(),
            cost_usd: Decimal::ZERO,
            children: Vec::new(),
            found: Vec::new(),
            words: None,
            nudged: false,
            circling: false,
            stale_turns: 0,
            last_turn: false,
            last_because: None,
        }
    }

    /// Whether its model writes words of its own.
    pub(crate) fn writes_words(&self) -> bool {
        self.model.can_repair()
    }

    /// Goes on until the role submits or stops. Bounds are checked before every model call, so a
    /// bound is never passed by more than the calls of one turn, and every call gets a result.
    pub(crate) async fn advance(&mut self) -> Ending {
        loop {
            if let Some(stop) = self.spent() {
                return Ending::Stopped(stop);
            }
            let reply = match self.ask().await {
                Ok(Some(reply)) => reply,
                // It was too long to read and is shorter now.
                Ok(None) => continue,
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
                match self.submitted(call) {
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

    /// Runs the calls of one reply at once; their evidence is numbered in the order of the calls.
    async fn turn(&mut self, reply: Reply) {
        let calls = reply.calls.clone();
        self.push_reply(reply);
        let (at, held, found) = (self.messages.len(), self.ledger.held(), self.found.len());
        let mut steps = Vec::with_capacity(calls.len());
        for (index, call) in calls.iter().enumerate() {
            steps.push(self.plan(call, (at, index)));
        }
        let this = &*self;
        let done = join_all(
            steps
                .into_iter()
                .zip(&calls)
                .enumerate()
                .map(|(place, (step, call))| this.attempt(call, place, step)),
        )
        .await;
        let mut results = Vec::with_capacity(calls.len());
        let mut read_more = false;
        for (call, done) in calls.iter().zip(done) {
            let result = match done {
                Done::Outcome(outcome) => self.settle(call, outcome),
                Done::Report(report) => self.settle_report(call, *report),
                Done::Again(place) => self.repeat(call, place, &results),
                Done::Pages(page) => {
                    read_more = true;
                    self.paged(call, page)
                }
            };
            results.push(result);
        }
        self.messages.push(Message::Tools { results });
        let is_new = read_more || self.ledger.held() > held || self.found.len() > found;
        self.stale_turns = if is_new { 0 } else { self.stale_turns + 1 };
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

    /// Reads what a submission holds; the error is for the model.
    fn submitted(&self, call: &ToolCall) -> Result<Ending, String> {
        let known = Known::of(self.shared.question.text(), &self.messages);
        if call.name == team::SUBMIT_ANSWER {
            let draft = read_answer_knowing(&call.arguments, &known)?;
            Ok(Ending::Answer(Box::new(draft)))
        } else {
            read_findings_knowing(&call.arguments, &known).map(Ending::Findings)
        }
    }

    fn nudge(&mut self, reply: Reply) {
        self.nudged = true;
        self.push_reply(reply);
        self.messages
            .push(Message::user(crate::task::free_text(&self.shared, &self.role.submission)));
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

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(WORDS_LIMIT_BYTES)).unwrap_or_default()
}
