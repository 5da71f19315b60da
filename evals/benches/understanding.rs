//! How long finding names and understanding take, over every question of the suites and 100,000 names.
//!
//!     cargo bench --bench understanding
//!
//! The names of a made-up company are filled up with generated ones. Each question runs once alone
//! and then several times; of these the shortest counts, so that other programs on the machine do
//! not. Goal: both together under 5 ms for 99 of 100 questions.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first thing that is wrong")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use wherefore_contract::{
    metadata::MetadataQuery,
    ports::{CostStore as _, MetadataStore as _},
    question::Question,
    scope::Scope,
};
use wherefore_demo::{DemoOptions, generate};
use wherefore_evals::{
    estate::names,
    questions::{Case, read_cases},
};
use wherefore_load::{
    LoadOptions, Quiet, load,
    manifest::{Catalog, CatalogValue, Warehouse},
};
use wherefore_offline::{request::Known, understand};
use wherefore_stores::embedded::{catalog::EmbeddedCatalog, cost::EmbeddedCost};

const NAMES: usize = 100_000;
const ROUNDS: usize = 5;
const SLOWEST_SHOWN: usize = 5;

/// What one question took.
#[derive(Clone, Copy)]
struct Times {
    found: Duration,
    read: Duration,
}

impl Times {
    fn shorter(self, other: Self) -> Self {
        Self { found: self.found.min(other.found), read: self.read.min(other.read) }
    }

    fn both(self) -> Duration {
        self.found + self.read
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let warehouse = warehouse(folder.path());
    let cases = cases();
    let costs = EmbeddedCost::open(&warehouse).unwrap();
    let catalog = EmbeddedCatalog::new(&costs);
    let scope = Scope::local();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let description = runtime.block_on(costs.describe(&scope)).unwrap();
    let mut measured = Vec::new();
    for case in &cases {
        let question = Question::parse(&case.question, None, case.as_of).unwrap();
        let one = || {
            let text = question.text().to_owned();
            let query = MetadataQuery { text, dimensions: Vec::new(), limit: Some(100) };
            let began = Instant::now();
            let hits = runtime.block_on(catalog.find(&query, &scope)).unwrap();
            let found = began.elapsed();
            let known = Known { description: (*description).clone(), hits, ..Known::default() };
            let began = Instant::now();
            let understood = understand(&question, &known);
            let read = began.elapsed();
            drop(understood);
            Times { found, read }
        };
        if measured.is_empty() {
            // The names are indexed in the background; the first question waits for them.
            one();
        }
        let first = one();
        let best = (0..ROUNDS).map(|_| one()).fold(first, Times::shorter);
        measured.push((case, first, best));
    }
    println!("{} questions, {NAMES} names", measured.len());
    println!("{:<34}{:>10}{:>10}{:>10}", "milliseconds", "p50", "p99", "max");
    show("finding names", measured.iter().map(|(_, _, best)| best.found).collect());
    show("understanding", measured.iter().map(|(_, _, best)| best.read).collect());
    show("both", measured.iter().map(|(_, _, best)| best.both()).collect());
    show("both, asked once", measured.iter().map(|(_, first, _)| first.both()).collect());
    measured.sort_by_key(|(_, _, best)| std::cmp::Reverse(best.both()));
    for (case, _, best) in measured.iter().take(SLOWEST_SHOWN) {
        println!("{:>9.3} ms  {}", milliseconds(best.both()), case.id);
    }
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| {
        let rank = (times.len() * percent).div_ceil(100).saturating_sub(1);
        milliseconds(times.get(rank).copied().unwrap_or_default())
    };
    println!("{what:<34}{:>10.3}{:>10.3}{:>10.3}", at(50), at(99), at(100));
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Every question of the suites beside this file.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("evals/questions");
    let mut cases = Vec::new();
    for part in ["tuned", "held", "paraphrases"] {
        let text = fs::read_to_string(folder.join(format!("{part}.jsonl"))).unwrap();
        cases.extend(read_cases(&text, part).unwrap());
    }
    cases
}

/// A small company's warehouse whose catalog is filled up with generated names.
fn warehouse(folder: &Path) -> std::path::PathBuf {
    let options = DemoOptions { seed: 1, rows: Some(40_000), ..DemoOptions::default() };
    generate(folder, &options, &mut |_| {}).unwrap();
    let path = folder.join("warehouse");
    let bills = [folder.join("bills"), folder.join("transactions.csv")];
    load(&bills, &LoadOptions::new(&path, Timestamp::UNIX_EPOCH), &Quiet).unwrap();
    let warehouse = Warehouse::open(&path);
    let manifest = warehouse.snapshot(&warehouse.current_id().unwrap()).unwrap();
    let mut catalog: Catalog = warehouse.catalog(&manifest).unwrap();
    let held: usize = catalog.dimensions.values().map(Vec::len).sum();
    for (dimension, names) in names(1, NAMES.saturating_sub(held)) {
        let values = names.into_iter().map(|name| CatalogValue {
            value: name.value,
            label: name.label,
            rows: 1,
        });
        catalog.dimensions.entry(dimension).or_default().extend(values);
    }
    let text = serde_json::to_string(&catalog).unwrap();
    fs::write(warehouse.path_of(&manifest.catalog), text).unwrap();
    path
}
