//! Scripts, fake tools and small tables that the tests of a team share.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures::future::{BoxFuture, FutureExt as _};
use jiff::civil::date;
use serde_json::{Map, Value, json};
use wherefore_contract::{
    answer::Answer,
    ports::ToolCaller,
    quality::Notice,
    question::{Language, Question},
    table::{Column, Table},
    tool::{FactTable, ToolCall, ToolData, ToolOutcome, ToolSpec},
    unit::Unit,
};
use wherefore_model::{ChatModel, Reply, ScriptedModel, StopReason};

use crate::{Progress, ProgressEvent, Settings, Team};

/// Tools that answer from a list, after a delay of virtual time.
#[derive(Default)]
pub(crate) struct FakeTools {
    specs: Vec<ToolSpec>,
    answers: BTreeMap<&'static str, (Duration, ToolOutcome)>,
    pub(crate) calls: AtomicU32,
    /// Calls that began and neither ended nor were dropped.
    pub(crate) in_flight: Arc<AtomicU32>,
}

impl FakeTools {
    pub(crate) fn with(self, tool: &'static str, outcome: ToolOutcome) -> Self {
        self.slow(tool, 0, outcome)
    }

    pub(crate) fn slow(mut self, tool: &'static str, delay_ms: u64, outcome: ToolOutcome) -> Self {
        self.specs.push(ToolSpec {
            name: tool.to_owned(),
            description: String::new(),
            input_schema: Map::new(),
        });
        self.answers.insert(tool, (Duration::from_millis(delay_ms), outcome));
        self
    }

    pub(crate) fn made(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }
}

struct InFlight(Arc<AtomicU32>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl ToolCaller for FakeTools {
    fn tools(&self) -> &[ToolSpec] {
        &self.specs
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        let guard = InFlight(self.in_flight.clone());
        async move {
            let _guard = guard;
            let (delay, outcome) = &self.answers[call.name.as_str()];
            if !delay.is_zero() {
                tokio::time::sleep(*delay).await;
            }
            outcome.clone()
        }
        .boxed()
    }
}

/// Remembers what it heard.
#[derive(Default)]
pub(crate) struct Heard(pub(crate) Mutex<Vec<ProgressEvent>>);

impl Progress for Heard {
    fn event(&self, event: ProgressEvent) {
        self.0.lock().unwrap().push(event);
    }
}

/// A table of billed cost by cloud service in September.
pub(crate) fn cost(rows: &[(&str, &str)]) -> FactTable {
    let cells =
        |(name, amount): &(&str, &str)| vec![Some((*name).to_owned()), Some((*amount).to_owned())];
    FactTable {
        name: "cost".into(),
        table: Table {
            columns: vec![
                Column::dimension("cloud_service"),
                Column::measure("billed_cost", Unit::parse("USD")),
            ],
            rows: rows.iter().map(cells).collect(),
        },
        source: "embedded:billing".into(),
        statement: Some("SELECT ServiceName, SUM(BilledCost) FROM charges".into()),
        parameters: vec![],
        period: Some(september()),
        filters: vec![],
        data_as_of: Some("2024-10-01".into()),
        complete: true,
    }
}

/// A table with one figure.
pub(crate) fn total(amount: &str) -> FactTable {
    FactTable {
        table: Table {
            columns: vec![Column::measure("billed_cost", Unit::parse("USD"))],
            rows: vec![vec![Some(amount.to_owned())]],
        },
        ..cost(&[])
    }
}

pub(crate) fn september() -> wherefore_contract::period::Period {
    wherefore_contract::period::Period::month_of(date(2024, 9, 1))
}

pub(crate) fn data(tables: Vec<FactTable>, notices: Vec<Notice>) -> ToolOutcome {
    let data = ToolData { tables, snapshot: "s000001".into() };
    ToolOutcome::Data { data: Box::new(data), notices }
}

pub(crate) fn no_data() -> ToolOutcome {
    ToolOutcome::NoData { searched: "the charges of September".to_owned(), notices: vec![] }
}

fn object(arguments: Value) -> Map<String, Value> {
    let Value::Object(map) = arguments else { panic!("arguments are an object") };
    map
}

/// A reply that calls tools.
pub(crate) fn calls(calls: &[(&str, Value)]) -> Reply {
    let call = |(index, (name, arguments)): (usize, &(&str, Value))| ToolCall {
        id: format!("c{index}"),
        name: (*name).to_owned(),
        arguments: object(arguments.clone()),
    };
    Reply {
        calls: calls.iter().enumerate().map(call).collect(),
        stop: StopReason::ToolUse,
        ..Reply::default()
    }
}

/// A reply in plain text.
pub(crate) fn says(text: &str) -> Reply {
    Reply { text: Some(text.to_owned()), ..Reply::default() }
}

pub(crate) fn done() -> Reply {
    calls(&[("submit_findings", json!({}))])
}

pub(crate) fn task(role: &str) -> (&str, Value) {
    (role, json!({ "task": "do it" }))
}

/// A draft about the total in `evidence`.
pub(crate) fn total_draft(evidence: &str) -> Value {
    let fact = format!("{evidence}/0/billed_cost");
    json!({
        "status": "answered",
        "headline": total_sentence(&fact),
        "result": { "result": "scalar", "name": "billed_cost", "value": { "fact": fact } },
    })
}

pub(crate) fn total_sentence(fact: &str) -> Value {
    json!([
        { "span": "text", "text": "The " },
        { "span": "measure", "fact": fact },
        { "span": "text", "text": " in " },
        { "span": "period", "period": { "start": "2024-09-01", "end": "2024-10-01" } },
        { "span": "text", "text": " is " },
        { "span": "value", "fact": fact },
        { "span": "text", "text": "." },
    ])
}

pub(crate) fn question(text: &str) -> Question {
    Question::parse(text, Some(Language::En), date(2024, 10, 15)).unwrap()
}

pub(crate) fn team(model: impl ChatModel + 'static) -> Team {
    Team::new(Arc::new(model), Settings::new(|| 0)).unwrap()
}

/// Asks one English question and gives the answer document.
pub(crate) async fn ask(model: ScriptedModel, tools: &FakeTools) -> Answer {
    ask_heard(model, tools, &Heard::default()).await
}

pub(crate) async fn ask_heard(model: ScriptedModel, tools: &FakeTools, heard: &Heard) -> Answer {
    let question = question("What did we spend in September?");
    team(model).answer(&question, tools, heard).await.into_answer()
}

pub(crate) fn codes(answer: &Answer) -> Vec<&str> {
    answer.gaps.iter().map(|gap| gap.code.as_str()).collect()
}

pub(crate) fn ids(answer: &Answer) -> Vec<(&str, &str)> {
    answer.evidence.iter().map(|entry| (entry.id.as_str(), entry.tool.as_str())).collect()
}
