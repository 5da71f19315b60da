//! From a question to a verified answer: there is always one, whatever the model does.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::time::Instant;
use wherefore_contract::{
    answer::{AgentRun, Run, Status},
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
    answer::{merge, outages::Outages, words},
    ledger::Taken,
    progress::{Progress, ProgressEvent},
    record::{RunRecord, log::Log},
    role::{OwnTools, RolePrompt, Roster},
    run::{Conversation, Ending, Shared},
    spending::{Limits, Spending},
    stop::Stop,
    task,
};

/// The ids of the orchestrator's conversation: on the model, and on the rules that stand in for it.
const MODEL_ROOT: &str = "0";
const RULES_ROOT: &str = "1";

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
    /// What a question may spend in all.
    pub limits: Limits,
    /// Milliseconds since any fixed moment. Only the run record shows them.
    pub clock: Arc<dyn Fn() -> u64 + Send + Sync>,
}

// The times of the roles are meant for this one.
const USUAL_DEADLINE: Duration = Duration::from_mins(1);

impl Settings {
    /// The defaults, with this clock.
    pub fn new(clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self {
            deadline: USUAL_DEADLINE,
            reserve: Duration::from_secs(2),
            limits: Limits::default(),
            clock: Arc::new(clock),
        }
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
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// What becomes of a model.
pub type Wrap<'w> = dyn Fn(&Arc<dyn ChatModel>) -> Arc<dyn ChatModel> + 'w;

/// An orchestrator and its sub-agents. Holds no state of any question, so one team answers many at once; dropping the future
/// of an answer stops all of its work.
#[derive(Clone)]
pub struct Team {
    model: Arc<dyn ChatModel>,
    /// Roles that have a model of their own.
    models: BTreeMap<String, Arc<dyn ChatModel>>,
    /// Answers when `model` gives no reply.
    rules: Option<Arc<dyn ChatModel>>,
    roster: Roster,
    settings: Settings,
    prompts: Arc<Prompts>,
    texts: Arc<BTreeMap<String, String>>,
    own_tools: Arc<OwnTools>,
}

impl Team {
    /// A team of the house's four roles on `model`.
    ///
    /// # Errors
    /// When a prompt cannot be rendered: a mistake in a file of the house.
    pub fn new(model: Arc<dyn ChatModel>, settings: Settings) -> Result<Self, PromptError> {
        Self::of(Roster::default(), model, settings)
    }

    /// A team of these roles on `model`.
    ///
    /// # Errors
    /// When a prompt cannot be rendered: a mistake in a file of the house.
    pub fn of(
        roster: Roster,
        model: Arc<dyn ChatModel>,
        settings: Settings,
    ) -> Result<Self, PromptError> {
        let prompts = Prompts::new()?;
        let mut texts = BTreeMap::new();
        for role in roster.roles() {
            let tools = role.listed(model.can_repair());
            let text = match &role.prompt {
                RolePrompt::BuiltIn(name) => prompts.built_in(name, &tools)?,
                RolePrompt::Own(body) => prompts.own(body, &tools)?,
            };
            texts.insert(role.name.clone(), text);
        }
        let own_tools = Arc::new(OwnTools::of(&roster));
        let (prompts, texts) = (Arc::new(prompts), Arc::new(texts));
        let models = BTreeMap::new();
        Ok(Self { model, models, rules: None, roster, settings, prompts, texts, own_tools })
    }

    /// The same team, each of its models replaced by what `wrap` makes of it.
    #[must_use]
    pub fn with_every_model(&self, wrap: &Wrap<'_>) -> Self {
        Self {
            model: wrap(&self.model),
            models: self.models.iter().map(|(role, model)| (role.clone(), wrap(model))).collect(),
            rules: self.rules.as_ref().map(wrap),
            ..self.clone()
        }
    }

    /// The same team, one of its roles on a model of its own.
    #[must_use]
    pub fn with_model(mut self, role: &str, model: Arc<dyn ChatModel>) -> Self {
        self.models.insert(role.to_owned(), model);
        self
    }

    /// The same team, with rules that answer when the model gives no reply at all.
    #[must_use]
    pub fn with_rules(self, rules: Arc<dyn ChatModel>) -> Self {
        Self { rules: Some(rules), ..self }
    }

    /// Who is on it.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Answers a question. Never fails: what the model cannot say, code composes from the evidence,
    /// and what cannot be answered is declined with the reason.
    pub async fn answer(
        &self,
        question: &Question,
        tools: &dyn ToolCaller,
        progress: &dyn Progress,
    ) -> VerifiedAnswer {
        self.run(question, tools, progress, None).await
    }

    /// [`Self::answer`], with the record of how it was made.
    pub async fn answer_with_record(
        &self,
        question: &Question,
        tools: &dyn ToolCaller,
        progress: &dyn Progress,
    ) -> (VerifiedAnswer, RunRecord) {
        let log = Log::new(&*self.settings.clock);
        let answer = self.run(question, tools, progress, Some(&log)).await;
        let record = log.finish(question, &*self.model, &self.roster, self.settings.limits);
        (answer, record)
    }

    async fn run(
        &self,
        question: &Question,
        tools: &dyn ToolCaller,
        progress: &dyn Progress,
        log: Option<&Log<'_>>,
    ) -> VerifiedAnswer {
        let started = (self.settings.clock)();
        let (purse, outages) = (Spending::new(self.settings.limits), Outages::default());
        let shared = Shared {
            model: &*self.model,
            models: &self.models,
            tools,
            progress,
            question,
            roster: &self.roster,
            prompts: &self.prompts,
            texts: &self.texts,
            own_tools: &self.own_tools,
            purse: &purse,
            outages: &outages,
            log,
            reserve: self.settings.reserve,
            stretch: self.settings.stretch(),
        };
        let orchestrator = self.roster.orchestrator();
        let wall = shared.wall(orchestrator);
        let deadline = Instant::now() + self.settings.deadline.min(wall);
        let begin = |shared, id: &str| {
            Conversation::begin(shared, id.to_owned(), orchestrator, None, deadline)
        };
        let mut conversation = begin(shared, MODEL_ROOT);
        let ending = conversation.advance_within_span().await;
        let (ending, taken) = self.repair(&mut conversation, &shared, ending).await;
        // A model that gave nothing to show: neither a draft nor a finding of its agents.
        let is_empty = matches!(ending.stop(), Stop::ModelFailed | Stop::FreeText)
            && conversation.found.is_empty();
        if let (true, Some(rules)) = (is_empty, &self.rules) {
            ending.stop().as_str().clone_into(&mut conversation.run.stop);
            let no_models = BTreeMap::new();
            let shared = Shared { model: &**rules, models: &no_models, ..shared };
            let mut second = begin(shared, RULES_ROOT);
            let ending = second.advance_within_span().await;
            let taken = second.take_evidence();
            return self.finish(second, Some(&conversation), &shared, (ending, taken), started);
        }
        self.finish(conversation, None, &shared, (ending, taken), started)
    }

    /// From the end of the orchestrator's work to the verified answer. `given_up` is the conversation of the model where the
    /// rules answered in its place.
    fn finish(
        &self,
        mut conversation: Conversation<'_>,
        given_up: Option<&Conversation<'_>>,
        shared: &Shared<'_>,
        (ending, taken): (Ending, Taken),
        started: u64,
    ) -> VerifiedAnswer {
        let Shared { question, progress, .. } = *shared;
        progress.event(ProgressEvent::Verifying);
        let stop = ending.stop();
        let evidence = taken.evidence;
        let (mut draft, is_composed) = match ending {
            Ending::Answer(draft) => (*draft, false),
            Ending::Findings(_) | Ending::Stopped(_) => {
                (merge::compose(stop, &evidence, question), true)
            }
        };
        let language = question.language();
        if given_up.is_some() {
            draft.gaps.push(words::answered_by_rules(language));
            if draft.status == Status::Answered {
                draft.status = Status::Partial;
            }
        }
        // What is shown is whole without it: nobody else's program decides whether a question was answered.
        draft.gaps.extend(shared.outages.any().then(|| words::not_reported(language)));
        // The reading is what the tools were asked with, never what a language model says that it was.
        if draft.reading.is_none() || conversation.writes_words() {
            draft.reading = conversation.typed_request();
        }
        let periods = periods(&conversation, &draft);
        let mut found = std::mem::take(&mut conversation.found);
        let mut context =
            Context { question, evidence: &evidence, periods: &periods, run: Run::default() };
        if is_composed {
            merge::lead(&mut draft, &mut found, &context);
        }
        merge::complete(&mut draft, found, &conversation.children, &context);
        context.run = run_record(given_up, &conversation, shared, stop);
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
}

fn run_record(
    given_up: Option<&Conversation<'_>>,
    conversation: &Conversation<'_>,
    shared: &Shared<'_>,
    stop: Stop,
) -> Run {
    let mut own = conversation.run.clone();
    stop.as_str().clone_into(&mut own.stop);
    let worked = given_up.into_iter().chain([conversation]);
    let agents: Vec<AgentRun> = given_up
        .into_iter()
        .flat_map(|first| std::iter::once(&first.run).chain(&first.children))
        .cloned()
        .chain(std::iter::once(own))
        .chain(conversation.children.iter().cloned())
        .collect();
    let spent = shared.purse.so_far();
    // A cost that leaves out calls of unknown price would be too low: then there is none.
    let is_known = spent.unpriced == 0 && shared.model.price().is_some();
    Run {
        model: shared.model.name().to_owned(),
        turns: agents.iter().map(|agent| agent.turns).sum(),
        // Calls of the data's tools; calls of sub-agents are in the orchestrator's own record.
        tool_calls: worked
            .clone()
            .flat_map(|each| &each.children)
            .map(|agent| agent.tool_calls)
            .fold(0, u32::saturating_add),
        input_tokens: worked
            .clone()
            .map(|each| each.usage.input_tokens)
            .fold(0, u64::saturating_add),
        output_tokens: worked.map(|each| each.usage.output_tokens).fold(0, u64::saturating_add),
        agents,
        model_cost: is_known.then(|| spent.money_usd.normalize().to_string()),
        ..Run::default()
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
