//! What the agents' loop, MCP and the number gate cost per question, with stores that answer from memory.
//!
//!     cargo bench --bench overhead
//!
//! The stores are the real ones behind a memory of their answers: after the first question no query
//! runs, so the time is understanding, the loop, MCP messages, verification and rendering. Goal:
//! loop and MCP under 5 ms a question.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first thing that is wrong")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use criterion::{Criterion, criterion_group, criterion_main};
use futures::future::BoxFuture;
use jiff::{Timestamp, civil::date};
use wherefore_contract::{
    cost::{CompareQuery, CostQuery},
    error::StoreError,
    metadata::{MetadataHit, MetadataQuery},
    ports::{CostStore, MetadataStore, ToolCaller},
    quality::CostDescription,
    question::Question,
    scope::Scope,
    tool::{FactTable, ToolCall},
};
use wherefore_demo::{DemoOptions, generate};
use wherefore_load::{LoadOptions, Quiet, load};
use wherefore_offline::OfflineModel;
use wherefore_stores::embedded::{catalog::EmbeddedCatalog, cost::EmbeddedCost};
use wherefore_team::{Settings, Silent, Team};
use wherefore_tools::{InProcess, RuleTables, Tools};

const QUESTIONS: &[(&str, &str)] = &[
    ("total", "What was the billed cost in October 2026?"),
    ("breakdown", "monthly billed cost by cloud service"),
    ("korean", "2026년 10월 클라우드 서비스별 비용은?"),
];

/// Answers each query once from the store behind it, then from memory.
#[derive(Clone)]
struct RememberedCosts {
    costs: EmbeddedCost,
    tables: Arc<Mutex<HashMap<String, FactTable>>>,
}

/// Finds each text once in the catalog behind it, then in memory.
struct RememberedNames {
    names: EmbeddedCatalog,
    hits: Mutex<HashMap<String, Vec<MetadataHit>>>,
}

impl CostStore for RememberedCosts {
    fn describe<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Arc<CostDescription>, StoreError>> {
        self.costs.describe(scope)
    }

    fn query<'a>(
        &'a self,
        query: &'a CostQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        let key = serde_json::to_string(query).unwrap();
        Box::pin(async move {
            if let Some(table) = self.tables.lock().unwrap().get(&key) {
                return Ok(table.clone());
            }
            let table = self.costs.query(query, scope).await?;
            self.tables.lock().unwrap().insert(key, table.clone());
            Ok(table)
        })
    }

    fn compare<'a>(
        &'a self,
        query: &'a CompareQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        self.costs.compare(query, scope)
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>> {
        // Nothing is loaded meanwhile: the memory is of the only snapshot.
        assert_eq!(snapshot, self.snapshot());
        Box::pin(async { Ok(Arc::new(self.clone()) as Arc<dyn CostStore>) })
    }

    fn snapshot(&self) -> String {
        self.costs.snapshot()
    }
}

impl MetadataStore for RememberedNames {
    fn find<'a>(
        &'a self,
        query: &'a MetadataQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<MetadataHit>, StoreError>> {
        let key = serde_json::to_string(query).unwrap();
        Box::pin(async move {
            if let Some(hits) = self.hits.lock().unwrap().get(&key) {
                return Ok(hits.clone());
            }
            let hits = self.names.find(query, scope).await?;
            self.hits.lock().unwrap().insert(key, hits.clone());
            Ok(hits)
        })
    }
}

fn remembering(folder: &std::path::Path) -> (RememberedCosts, RememberedNames) {
    let options = DemoOptions { seed: 1, ..DemoOptions::default() };
    generate(folder, &options, &mut |_| {}).unwrap();
    let warehouse = folder.join("warehouse");
    let paths = [folder.join("bills"), folder.join("transactions.csv")];
    load(&paths, &LoadOptions::new(&warehouse, Timestamp::UNIX_EPOCH), &Quiet).unwrap();
    let costs = EmbeddedCost::open(&warehouse).unwrap();
    let names = RememberedNames { names: EmbeddedCatalog::new(&costs), hits: Mutex::default() };
    (RememberedCosts { costs, tables: Arc::default() }, names)
}

fn overhead(bench: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (costs, names) = remembering(folder.path());
    let rules = Arc::new(RuleTables::embedded().unwrap());
    let tools = Tools::new(Arc::new(costs), Arc::new(names), Scope::local(), rules);
    let caller = runtime.block_on(InProcess::connect(tools)).unwrap();
    let team = Team::new(Arc::new(OfflineModel::default()), Settings::new(|| 0)).unwrap();
    let mut group = bench.benchmark_group("question");
    for (name, text) in QUESTIONS {
        let question = Question::parse(text, None, date(2026, 11, 5)).unwrap();
        group.bench_function(*name, |timer| {
            timer.iter(|| runtime.block_on(team.answer(&question, &caller, &Silent)));
        });
    }
    group.finish();
    let call = ToolCall {
        id: "c".to_owned(),
        name: "find_metadata".to_owned(),
        arguments: serde_json::json!({ "text": "EC2" }).as_object().cloned().unwrap_or_default(),
    };
    bench.bench_function("one MCP call in process", |timer| {
        timer.iter(|| runtime.block_on(caller.call(&call)));
    });
}

criterion_group!(benches, overhead);
criterion_main!(benches);
