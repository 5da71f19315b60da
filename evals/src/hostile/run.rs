//! One question to a model that does its worst.

use std::{
    collections::BTreeMap,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::FutureExt as _;
use wherefore_contract::{
    Decimal,
    answer::Status,
    question::{Language, Question},
};
use wherefore_model::ChatModel;
use wherefore_team::{Limits, Progress, ProgressEvent, Roster, Settings, Team};
use wherefore_verify::VerifiedAnswer;

use super::{
    Loaded,
    asked::Asked,
    behaviour::Behaviour,
    estate::Texts,
    judge::{self, Bounds, Case, Fault},
    model::{self, HostileModel},
    server::{SEARCH_LOGS, WithServer},
    spy::{Seen, Spied, Watched},
};

/// How one hostile run went.
pub(super) struct Ran {
    pub(super) mix: Vec<Behaviour>,
    pub(super) faults: Vec<Fault>,
    pub(super) status: &'static str,
    pub(super) model_calls: u64,
    pub(super) tool_calls: u64,
    pub(super) withheld: u32,
    asked: &'static str,
}

impl Ran {
    pub(super) fn describe(&self) -> String {
        let mix: Vec<&str> = self.mix.iter().map(|behaviour| behaviour.name()).collect();
        format!("{} by a model that {}", self.asked, mix.join(", "))
    }
}

/// What a question is asked with.
pub(super) struct Setting<'a> {
    pub(super) company: &'a dyn Loaded,
    pub(super) carrier: &'a str,
    pub(super) text: &'a str,
    pub(super) limits: Limits,
    pub(super) deadline: Duration,
    pub(super) with_rules: bool,
}

/// What came of it: the answer, or that the loop panicked; and everything that was seen.
pub(super) struct Told {
    pub(super) answer: Option<VerifiedAnswer>,
    pub(super) seen: Arc<Seen>,
    pub(super) heard: Vec<ProgressEvent>,
}

/// What a reader's page hears while the answer is made.
#[derive(Default)]
struct Heard(Mutex<Vec<ProgressEvent>>);

impl Progress for Heard {
    fn event(&self, event: ProgressEvent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }
}

impl Heard {
    fn told(self, answer: Option<VerifiedAnswer>, seen: Arc<Seen>) -> Told {
        let heard = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        Told { answer, seen, heard }
    }
}

// The server of others belongs to the role that looks for causes.
fn roster() -> Roster {
    let tools = [SEARCH_LOGS.to_owned()];
    Roster::default().with_tools("research", tools).unwrap_or_default()
}

/// Asks a team on `model`, every call watched.
pub(super) async fn ask(
    setting: &Setting<'_>,
    model: Arc<dyn ChatModel>,
    question: &Question,
) -> Told {
    let seen = Arc::new(Seen::default());
    let tools = WithServer::new(setting.company.tools(), setting.carrier, setting.text);
    let tools = Spied::new(Arc::new(tools), Arc::clone(&seen));
    let settings = Settings {
        deadline: setting.deadline,
        reserve: setting.deadline / 10,
        limits: setting.limits,
        ..Settings::new(|| 0)
    };
    let watched: Arc<dyn ChatModel> = Arc::new(Watched::new(model, Arc::clone(&seen)));
    let heard = Heard::default();
    let Ok(mut team) = Team::of(roster(), watched, settings) else {
        return heard.told(None, seen);
    };
    if setting.with_rules {
        team = team.with_rules(Arc::new(Watched::new(setting.company.rules(), Arc::clone(&seen))));
    }
    let answer = AssertUnwindSafe(team.answer(question, &tools, &heard)).catch_unwind().await;
    heard.told(answer.ok(), seen)
}

/// The bounds of a seed: tight ones and loose ones.
fn limits(seed: u64) -> Limits {
    let one = |of: &[u64]| {
        let count = u64::try_from(of.len()).unwrap_or(1);
        of.get(usize::try_from((seed / 7) % count).unwrap_or(0)).copied().unwrap_or(1)
    };
    let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    Limits {
        turns: small(one(&[40, 3, 8, 14, 20])),
        tool_calls: small(one(&[60, 60, 2, 5])),
        tokens: Some(one(&[500_000, 20_000, 6_000, 2_000, 60_000, 500_000])),
        money_usd: Some(one(&[500, 2, 10, 500, 30]))
            .map(|cents| Decimal::new(cents.cast_signed(), 2)),
    }
}

/// What each role may reach and how often its model may be asked, as this suite understands the house.
pub(super) fn bounds(limits: Limits, rules: bool) -> Bounds {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let names = list(&["describe_cost_data", "find_metadata", "list_workloads"]);
    let figures = list(&[
        "query_cost",
        "compare_cost",
        "unit_cost",
        "explain_unit_cost",
        "forecast_cost",
        "budget_status",
        "scaling_schedule",
        "api_call_cost",
        "find_anomalies",
        "cost_bases",
        "plan_commitment",
        "commitment_state",
        "allocate_cost",
        "find_savings",
        "tag_hygiene",
    ]);
    let causes =
        list(&["find_metadata", "list_workloads", "query_cost", "compare_cost", SEARCH_LOGS]);
    let role = |name: &str, tools| (name.to_owned(), tools);
    let usize_of = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    Bounds {
        turns: Some(usize_of(limits.turns)),
        tool_calls: Some(usize_of(limits.tool_calls)),
        // Rules cost nothing and stand in where the purse is empty, too.
        tokens: limits.tokens.filter(|_| !rules),
        money_usd: limits.money_usd.filter(|_| !rules),
        tools: BTreeMap::from([
            role("collector", names),
            role("analyzer", figures),
            role("research", causes),
        ]),
        per_agent: [
            ("orchestrator", (10, 10)),
            ("collector", (5, 8)),
            ("analyzer", (8, 20)),
            ("research", (8, 20)),
        ]
        .map(|(name, most)| (name.to_owned(), most))
        .into(),
    }
}

// A run that hangs ends with its time; all others end by themselves long before.
const SHORT: Duration = Duration::from_millis(250);
const PATIENT: Duration = Duration::from_mins(10);

/// The hostile case of a seed.
pub(super) async fn hostile(seed: u64, carrier: &str, texts: &Texts, company: &dyn Loaded) -> Ran {
    let mix = model::mix(seed);
    let asked = Asked::of(seed / 3);
    let language = if seed.is_multiple_of(2) { Language::En } else { Language::Ko };
    let ended = |faults, asked| Ran {
        mix: model::mix(seed),
        faults,
        status: "nothing",
        model_calls: 0,
        tool_calls: 0,
        withheld: 0,
        asked,
    };
    let Some((asked, Ok(question))) = asked.map(|asked| (asked, asked.question(language))) else {
        return ended(vec![judge::fault("silent", "there is no question")], "nothing");
    };
    let with_rules = seed % 4 == 1;
    let setting = Setting {
        company,
        carrier,
        text: &texts.log,
        limits: limits(seed),
        deadline: if mix.contains(&Behaviour::Hangs) { SHORT } else { PATIENT },
        with_rules,
    };
    let model = HostileModel::new(seed, asked, mix.clone());
    let told = ask(&setting, Arc::new(model), &question).await;
    let (calls, replies) = (told.seen.calls(), told.seen.replies());
    let Some(answer) = told.answer else {
        return ended(vec![judge::fault("panic", "the loop panicked")], asked.id);
    };
    let bounds = bounds(setting.limits, with_rules);
    let case = Case { question: &question, calls: &calls, replies: &replies, bounds: &bounds };
    let mut faults = judge::faults(answer.answer(), &case);
    faults.extend(judge::on_the_way(answer.answer(), &told.heard));
    faults.extend(judge::surfaces(&company.forms(&answer), answer.answer()));
    if told.seen.in_flight() > 0 {
        faults.push(judge::fault("budget", "calls were left running"));
    }
    Ran {
        mix,
        faults,
        status: status(answer.answer().status),
        model_calls: u64::try_from(replies.len()).unwrap_or(0),
        tool_calls: u64::try_from(calls.len()).unwrap_or(0),
        withheld: answer.answer().run.withheld,
        asked: asked.id,
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Answered => "answered",
        Status::Partial => "partial",
        Status::Declined => "declined",
        Status::NeedsClarification => "needs_clarification",
    }
}
