//! From a question to a verified answer: there is always one, whatever the model does.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::time::Instant;
use wherefore_contract::{
    answer::{Run, Status},
    draft::{Draft, Span},
    evidence::Evidence,
    period::Period,
    ports::ToolCaller,
    question::Question,
};
use wherefore_model::ChatModel;
use wherefore_prompts::{PromptError, Prompts};
use wherefore_verify::{Context, VerifiedAnswer, check, verify};

use crate::{
    ledger::Taken,
    merge,
    progress::{Progress, ProgressEvent},
    role::{ORCHESTRATOR, OwnTools, SUB_AGENTS},
    run::{Conversation, Ending, Shared},
    stop::Stop,
    task,
};

/// At most this many problems are named to a model that is asked to mend its draft.
const PROBLEM_LIMIT: usize = 20;

/// What a team is told by those who run it.
#[derive(Clone)]
pub struct Settings {
    /// The time that one question may take. Default 60 s, for questions about cost. A longer one stretches the time of
    /// every role alike.
    pub deadline: Duration,
    /// What a caller keeps of its time for itself while a sub-agent works. Default 2 s.
    pub reserve: Duration,
    /// Milliseconds since any fixed moment. Only the run record shows them.
    pub clock: Arc<dyn Fn() -> u64 + Send + Sync>,
}

// The times of the roles are meant for this one.
const USUAL_DEADLINE: Duration = Duration::from_mins(1);

impl Settings {
    /// The defaults, with this clock.
    pub fn new(clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { deadline: USUAL_DEADLINE, reserve: Duration::from_secs(2), clock: Arc::new(clock) }
    }

    // How many times the usual deadline a question may take, at least one.
    fn stretch(&self) -> u32 {
        let times = self.deadline.as_secs() / USUAL_DEADLINE.as_secs();
        u32::try_from(times).unwrap_or(u32::MAX).max(1)
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Settings")
            .field("deadline", &self.deadline)
            .field("reserve", &self.reserve)
            .finish_non_exhaustive()
    }
}

/// An orchestrator and its sub-agents on one model. Holds no state of any question, so one team
/// answers many at once; dropping the future of an answer stops all of its work.
pub struct Team {
    model: Arc<dyn ChatModel>,
    settings: Settings,
    prompts: Prompts,
    texts: BTreeMap<&'static str, String>,
    own_tools: OwnTools,
}

impl Team {
    /// A team on `model`.
    ///
    /// # Errors
    /// When a prompt cannot be rendered: a mistake in a file of the house.
    pub fn new(model: Arc<dyn ChatModel>, settings: Settings) -> Result<Self, PromptError> {
        let prompts = Prompts::new()?;
        let mut texts = BTreeMap::new();
        for role in SUB_AGENTS.iter().chain([&ORCHESTRATOR]) {
            let tools: Vec<&str> = role.tools.iter().copied().chain([role.submission]).collect();
            texts.insert(role.name, prompts.role(role.prompt, &tools)?);
        }
        Ok(Self { model, settings, prompts, texts, own_tools: OwnTools::default() })
    }

    /// Answers a question. Never fails: what the model cannot say, code composes from the evidence,
    /// and what cannot be answered is declined with the reason.
    pub async fn answer(
        &self,
        question: &Question,
        tools: &dyn ToolCaller,
        progress: &dyn Progress,
    ) -> VerifiedAnswer {
        let started = (self.settings.clock)();
        let shared = Shared {
            model: &*self.model,
            tools,
            progress,
            question,
            prompts: &self.prompts,
            texts: &self.texts,
            own_tools: &self.own_tools,
            reserve: self.settings.reserve,
            stretch: self.settings.stretch(),
        };
        let wall = shared.wall(&ORCHESTRATOR);
        let deadline = Instant::now() + self.settings.deadline.min(wall);
        let mut conversation = Conversation::begin(shared, &ORCHESTRATOR, None, deadline);
        let ending = conversation.advance_within_span().await;
        let (ending, taken) = self.repair(&mut conversation, &shared, ending).await;

        progress.event(ProgressEvent::Verifying);
        let stop = ending.stop();
        let evidence = taken.evidence;
        let mut draft = match ending {
            Ending::Answer(draft) => *draft,
            Ending::Findings(_) | Ending::Stopped(_) => merge::compose(stop, &evidence, question),
        };
        if draft.reading.is_none() {
            draft.reading = conversation.typed_request();
        }
        let periods = periods(&conversation, &draft);
        let found = std::mem::take(&mut conversation.found);
        let mut context =
            Context { question, evidence: &evidence, periods: &periods, run: Run::default() };
        merge::complete(&mut draft, found, &conversation.children, &context);
        context.run = self.run_record(&conversation, stop);
        let run = context.run.clone();
        let answer = verify(&draft, &context);
        let elapsed_ms = (self.settings.clock)().saturating_sub(started);
        let answer = answer.with_run(Run { elapsed_ms, ..run });
        for text in answer.sentences() {
            progress.event(ProgressEvent::Sentence { text: text.to_owned() });
        }
        answer
    }

    /// Gives a model that writes words one turn to mend a draft that the gate would cut. If that turn
    /// gives no draft, the first one stands, and the gate withholds what fails.
    async fn repair<'a>(
        &self,
        conversation: &mut Conversation<'a>,
        shared: &Shared<'a>,
        ending: Ending,
    ) -> (Ending, Taken) {
        let taken = conversation.take_evidence();
        let Ending::Answer(draft) = ending else { return (ending, taken) };
        if !self.model.can_repair() {
            return (Ending::Answer(draft), taken);
        }
        let problems = problems(&draft, &taken.evidence, conversation, shared.question);
        if problems.is_empty() {
            return (Ending::Answer(draft), taken);
        }
        conversation.put_back(taken);
        conversation.refuse_submission(&task::repair(shared, &problems));
        let ending = match conversation.advance().await {
            Ending::Answer(mended) => Ending::Answer(mended),
            Ending::Findings(_) | Ending::Stopped(_) => Ending::Answer(draft),
        };
        (ending, conversation.take_evidence())
    }

    fn run_record(&self, conversation: &Conversation<'_>, stop: Stop) -> Run {
        let mut own = conversation.run.clone();
        stop.as_str().clone_into(&mut own.stop);
        let children = &conversation.children;
        Run {
            model: self.model.name().to_owned(),
            turns: own.turns + children.iter().map(|agent| agent.turns).sum::<u32>(),
            // Calls of the data's tools; calls of sub-agents are in the orchestrator's own record.
            tool_calls: children.iter().map(|agent| agent.tool_calls).sum(),
            agents: std::iter::once(own).chain(children.iter().cloned()).collect(),
            input_tokens: conversation.usage.input_tokens,
            output_tokens: conversation.usage.output_tokens,
            ..Run::default()
        }
    }
}

fn problems(
    draft: &Draft,
    evidence: &[Evidence],
    conversation: &Conversation<'_>,
    question: &Question,
) -> Vec<String> {
    let periods = periods(conversation, draft);
    let context = Context { question, evidence, periods: &periods, run: Run::default() };
    let violations = check(draft, &context);
    for violation in &violations {
        tracing::debug!(rule = ?violation.rule, %violation, "a draft breaks a rule");
    }
    violations.iter().take(PROBLEM_LIMIT).map(ToString::to_string).collect()
}

/// The periods that the question was read as: those that tools and sub-agents were asked for, and
/// those that the draft itself declares as its reading or as missing.
fn periods(conversation: &Conversation<'_>, draft: &Draft) -> Vec<Period> {
    let mut periods = std::collections::BTreeSet::new();
    for arguments in conversation.arguments() {
        arguments.values().for_each(|value| collect_periods(value, &mut periods));
    }
    let mut declared: Vec<_> = draft.assumptions.iter().map(|entry| &entry.sentence).collect();
    declared.extend(draft.gaps.iter().map(|gap| &gap.sentence));
    match draft.status {
        // Without figures a period can be misread as nothing but the reading of the question.
        Status::Declined | Status::NeedsClarification => {
            declared.push(&draft.headline);
            declared.extend(&draft.body);
            declared.extend(&draft.next);
        }
        Status::Answered | Status::Partial => {}
    }
    periods.extend(
        declared.iter().flat_map(|sentence| &sentence.0).filter_map(|span| {
            if let Span::Period { period } = span { Some(*period) } else { None }
        }),
    );
    periods.into_iter().collect()
}

fn collect_periods(value: &Value, periods: &mut std::collections::BTreeSet<Period>) {
    match value {
        Value::Object(map) => {
            if map.contains_key("start") && map.contains_key("end") {
                periods.extend(serde_json::from_value::<Period>(value.clone()).ok());
            }
            map.values().for_each(|value| collect_periods(value, periods));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_periods(value, periods)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
