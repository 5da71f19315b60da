//! The agents' loop over a language model's wire, with no time to think: what the loop itself costs.
//!
//!     cargo bench -p wherefore-providers --bench agent_loop -- serve 5071
//!     cargo bench -p wherefore-providers --bench agent_loop -- ask http://127.0.0.1:5071 AT_ONCE SECONDS stream|whole
//!
//! `compare.py` beside this file runs both, and Strands Agents over the same stand-in. A question is 13 model calls and 9
//! tool calls: the orchestrator asks each of its three sub-agents once, each of those calls two tools, and all of them end.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops at the first thing that is wrong, and prints what it found"
)]

mod stand_in;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::{BoxFuture, FutureExt as _, join_all};
use jiff::civil::date;
use serde_json::{Map, json};
use wherefore_contract::{
    period::Period,
    ports::ToolCaller,
    question::Question,
    table::{Column, Table},
    tool::{FactTable, ToolCall, ToolData, ToolOutcome, ToolSpec},
    unit::Unit,
};
use wherefore_model::{ChatModel, Prices};
use wherefore_providers::{ModelChoice, ModelOptions, Secret, connect};
use wherefore_team::{Settings, Silent, Team};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", port] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(stand_in::serve(port.parse().unwrap()));
        }
        ["ask", url, at_once, seconds, form] => {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let seconds = Duration::from_secs(seconds.parse().unwrap());
            runtime.block_on(ask(url, at_once.parse().unwrap(), seconds, *form == "stream"));
        }
        _ => println!("serve PORT, or ask URL AT_ONCE SECONDS stream|whole"),
    }
}

/// Tools that answer from memory, each call with a table of its own.
struct Tools {
    specs: Vec<ToolSpec>,
    calls: AtomicU64,
}

impl ToolCaller for Tools {
    fn tools(&self) -> &[ToolSpec] {
        &self.specs
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let september = Period::of_days(date(2024, 9, 1), date(2024, 10, 1)).unwrap();
        let row = [call.name.as_str(), "1234.56"].map(|cell| Some(cell.to_owned())).to_vec();
        let table = Table {
            columns: vec![
                Column::dimension("cloud_service"),
                Column::measure("billed_cost", Unit::parse("USD")),
            ],
            rows: vec![row],
        };
        let facts = FactTable {
            name: "cost".to_owned(),
            table,
            source: "memory".to_owned(),
            statement: None,
            parameters: Vec::new(),
            period: Some(september),
            filters: Vec::new(),
            data_as_of: None,
            complete: true,
        };
        let data = ToolData { tables: vec![facts], snapshot: "s1".to_owned() };
        let outcome = ToolOutcome::Data { data: Box::new(data), notices: Vec::new() };
        futures::future::ready(outcome).boxed()
    }
}

fn tools() -> Tools {
    let names =
        ["describe_cost_data", "find_metadata", "query_cost", "compare_cost", "list_workloads"];
    let schema = json!({ "type": "object", "properties": { "task": { "type": "string" } } });
    let spec = |name: &str| ToolSpec {
        name: name.to_owned(),
        description: "Looks something up.".to_owned(),
        input_schema: schema.as_object().cloned().unwrap_or_else(Map::new),
    };
    Tools { specs: names.map(spec).to_vec(), calls: AtomicU64::new(0) }
}

async fn model(url: &str, rounds: u32, stream: bool) -> Arc<dyn ChatModel> {
    let choice: ModelChoice = format!("bedrock:fake.r{rounds}").parse().unwrap();
    let options = ModelOptions {
        url: Some(url.to_owned()),
        region: Some("us-east-1".to_owned()),
        key: Some(Secret::new("none".to_owned())),
        stream,
        concurrency: 64,
        ..ModelOptions::default()
    };
    connect(&choice, &options, &Prices::built_in().unwrap(), 1).await.unwrap()
}

async fn ask(url: &str, at_once: usize, seconds: Duration, stream: bool) {
    let orchestrator = model(url, 3, stream).await;
    let sub_agent = model(url, 2, stream).await;
    let mut team = Team::new(orchestrator, Settings::new(|| 0)).unwrap();
    for role in ["collector", "analyzer", "research"] {
        team = team.with_model(role, Arc::clone(&sub_agent));
    }
    let (team, tools) = (Arc::new(team), Arc::new(tools()));
    let question = "What was the billed cost in September 2024?";
    let question = Question::parse(question, None, date(2024, 10, 15)).unwrap();
    let first = team.answer(&question, &*tools, &Silent).await;
    let run = &first.answer().run;
    let calls = tools.calls.load(Ordering::Relaxed);
    assert_eq!((run.turns, calls), (13, 6), "{}\n{run:?}", first.markdown());
    assert!(first.markdown().contains("$1,234.56"), "{}", first.markdown());
    let (began, cpu) = (Instant::now(), cpu_ms());
    let workers = (0..at_once).map(|_| {
        let (team, tools, question) = (Arc::clone(&team), Arc::clone(&tools), question.clone());
        tokio::spawn(async move {
            let mut times = Vec::new();
            while began.elapsed() < seconds {
                let start = Instant::now();
                let answer = team.answer(&question, &*tools, &Silent).await;
                assert_eq!(answer.answer().run.turns, 13);
                times.push(start.elapsed());
            }
            times
        })
    });
    let mut times: Vec<Duration> =
        join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
    let (elapsed, cpu) = (began.elapsed(), cpu_ms() - cpu);
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    let questions = f64::from(u32::try_from(times.len()).unwrap());
    println!(
        "{}",
        json!({
            "who": "wherefore",
            "at_once": at_once,
            "form": if stream { "stream" } else { "whole" },
            "questions": times.len(),
            "questions_per_second": questions / elapsed.as_secs_f64(),
            "cpu_ms_per_model_call": cpu / (questions * 13.0),
            "p50_ms": at(50),
            "p95_ms": at(95),
            "rss_mib": resident_mib(),
        })
    );
}

/// The processor time of this process so far, from the kernel's own count (hundredths of a second).
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, after) = stat.rsplit_once(") ").unwrap();
    let ticks = |at: usize| -> u32 { after.split(' ').nth(at).unwrap().parse().unwrap() };
    f64::from(ticks(11) + ticks(12)) * 10.0
}

/// The most memory that this process has held.
fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    let kib: u32 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    f64::from(kib) / 1024.0
}
