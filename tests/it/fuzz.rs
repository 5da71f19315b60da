//! No text makes understanding panic or take long: random and mutated questions of up to 16 KiB.
//!
//! Every run tries some hundred texts, always the same ones. A long run takes a time and other texts:
//!
//!     WHEREFORE_FUZZ_SECONDS=600 WHEREFORE_FUZZ_SEED=7 cargo test --release --test it fuzz -- --nocapture
//!
//! Only a long run in release measures: no text may take over 100 ms of processor time.

use std::{
    cell::{Cell, RefCell},
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::civil::date;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};
use wherefore::wiring::{Stores, stores};
use wherefore_contract::{
    metadata::MetadataQuery,
    quality::CostDescription,
    question::{QUESTION_LIMIT_BYTES, Question},
    scope::Scope,
};
use wherefore_evals::{estate::names, questions::read_cases};
use wherefore_load::manifest::{Catalog, CatalogValue, Warehouse};
use wherefore_offline::{request::Known, understand};

use crate::support::{Estate, estate};

const LIMIT: Duration = Duration::from_millis(100);
const USUAL_TEXTS: u32 = 120;
const TEXTS_A_ROUND: u32 = 200;
// A long run measures against a large estate; a usual one has no time to index it.
const NAMES: usize = 100_000;

/// Parts that questions are made of, and that have broken readers of text before.
const FRAGMENTS: &[&str] = &[
    "지난달",
    "이번 달",
    "전월 대비",
    "9월",
    "2026년",
    "8월 대비 9월",
    "비용",
    "비용이",
    "얼마",
    "왜",
    "늘었어",
    "서비스별",
    "상위 5개",
    "제외하고",
    "태그가 없는",
    "건당",
    "몇 배",
    "80%를 차지하는",
    "평균",
    "가장 큰",
    "예상",
    "약정",
    "EC2",
    "S3",
    "RDS",
    "NAT 게이트웨이",
    "서울 리전",
    "by service",
    "by region",
    "last month",
    "between",
    "from 2026-08-01 to 2026-09-01",
    "excluding credits",
    "without tag",
    "top 10",
    "over $100",
    "vs",
    "compared with",
    "per day",
    "unit cost",
    "checkout",
    "why",
    "share of",
    "ratio",
    "week 38",
    "Q3",
    "FY26",
    "H1",
    "YTD",
    "MTD",
    "0",
    "-1",
    "9999999999999999999999",
    "1e309",
    "31",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "24:00",
    "'",
    "\"",
    "“",
    "”",
    "(",
    "))))",
    "[",
    "{",
    "{{",
    "%s",
    "\\",
    "\u{0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "ﬁ",
    "Ⅷ",
    "½",
    "İ",
    "ß",
    "ＥＣ２",
    "㎏",
    "👩‍👩‍👧",
    "ㄱㄴㄷ",
    "ᄀ",
    "각",
    "e\u{301}",
    "ﷺ",
    "'; DROP TABLE charges; --",
    "<script>",
    "../../etc/passwd",
    "\n\n",
    "\t",
    "||",
    "~",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에서",
    "부터",
    "까지",
    "보다",
];

// So many letters of the text that took longest are printed.
const SHOWN: usize = 200;

#[test]
fn no_text_makes_finding_names_and_understanding_panic_or_take_long() {
    let seconds = variable("WHEREFORE_FUZZ_SECONDS").map(Duration::from_secs);
    let estate = estate();
    if seconds.is_some() {
        fill_up(&estate);
    }
    let reader = Reader::over(&estate);
    let texts = texts(questions());
    let config = |cases| Config { cases, failure_persistence: None, ..Config::default() };
    let seed = variable("WHEREFORE_FUZZ_SEED").unwrap_or(1);
    // A runner counts its successes over all its runs: every round needs its own.
    let runner = |cases, round: u64| {
        let numbers = [seed, round, 0, 0].map(u64::to_le_bytes);
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, numbers.as_flattened());
        TestRunner::new_with_rng(config(cases), rng)
    };
    let Some(time) = seconds else {
        return tell(runner(USUAL_TEXTS, 0).run(&texts, |text| reader.read(&text, false)));
    };
    let began = Instant::now();
    for round in 0.. {
        if began.elapsed() >= time {
            break;
        }
        let ended = runner(TEXTS_A_ROUND, round)
            .run(&texts, |text| reader.read(&text, !cfg!(debug_assertions)));
        tell(ended);
    }
    println!(
        "{} texts, {} of them over 8 KiB; the longest took {:.3} ms of processor time for {} bytes",
        reader.texts.get(),
        reader.large.get(),
        reader.longest.get().as_secs_f64() * 1e3,
        reader.longest_text.borrow().len(),
    );
    let shown: String = reader.longest_text.borrow().chars().take(SHOWN).collect();
    println!("it begins with {shown:?}");
}

fn tell(ended: Result<(), TestError<String>>) {
    if let Err(error) = ended {
        panic!("{error}");
    }
}

/// What reads a text, and what it has read.
struct Reader {
    runtime: tokio::runtime::Runtime,
    stores: Stores,
    description: Arc<CostDescription>,
    texts: Cell<u64>,
    large: Cell<u64>,
    longest: Cell<Duration>,
    longest_text: RefCell<String>,
}

impl Reader {
    fn over(estate: &Estate) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let stores = stores(&estate.config).unwrap();
        let description = runtime.block_on(stores.0.describe(&Scope::local())).unwrap();
        let reader = Self {
            runtime,
            stores,
            description,
            texts: Cell::default(),
            large: Cell::default(),
            longest: Cell::default(),
            longest_text: RefCell::default(),
        };
        // Indexing the names is no part of reading a text.
        reader.read("warm", false).unwrap();
        reader.longest.take();
        reader
    }

    fn read(&self, text: &str, is_measured: bool) -> Result<(), TestCaseError> {
        let Ok(question) = Question::parse(text, None, date(2024, 10, 15)) else { return Ok(()) };
        let query = MetadataQuery {
            text: question.text().to_owned(),
            dimensions: Vec::new(),
            limit: Some(100),
        };
        let began = processor_time();
        let hits = self
            .runtime
            .block_on(self.stores.1.find(&query, &Scope::local()))
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let known = Known { description: (*self.description).clone(), hits, ..Known::default() };
        let understood = understand(&question, &known);
        let took = processor_time().saturating_sub(began);
        drop(understood);
        self.texts.set(self.texts.get() + 1);
        self.large.set(self.large.get() + u64::from(text.len() > QUESTION_LIMIT_BYTES / 2));
        if took > self.longest.get() {
            self.longest.set(took);
            text.clone_into(&mut self.longest_text.borrow_mut());
        }
        if is_measured && took > LIMIT {
            let bytes = text.len();
            return Err(TestCaseError::fail(format!("{bytes} bytes took {took:?}")));
        }
        Ok(())
    }
}

/// Texts of up to 16 KiB: mutated questions, parts in any order, repetitions, any letters.
fn texts(questions: Vec<String>) -> impl Strategy<Value = String> {
    let words: Vec<String> = questions
        .iter()
        .flat_map(|question| question.split_whitespace())
        .chain(FRAGMENTS.iter().copied())
        .map(str::to_owned)
        .collect();
    let word = || prop::sample::select(words.clone());
    let between = || prop::sample::select(vec!["", " ", "  ", ", ", "\n", "·", "-"]);
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, word()), 0..12);
    let mutated = (prop::sample::select(questions), edits).prop_map(|(question, edits)| {
        edits
            .into_iter()
            .fold(question, |text, (place, length, word)| edit(&text, place, length, &word))
    });
    let parts = |most| {
        (prop::collection::vec(word(), 0..most), between())
            .prop_map(|(parts, between)| parts.join(between))
    };
    let repeated = (word(), between(), 1_usize..6_000)
        .prop_map(|(word, between, times)| format!("{word}{between}").repeat(times));
    let unknown =
        prop::collection::vec("[a-z가-힣]{3,12}", 0..2_500).prop_map(|words| words.join(" "));
    prop_oneof![
        6 => mutated,
        6 => parts(30),
        1 => parts(3_000),
        1 => repeated,
        1 => unknown,
        2 => "\\PC{0,300}",
        1 => any::<String>(),
    ]
    .prop_map(|text| within_limit(&text).to_owned())
}

// Cuts out some letters and puts a word, or nothing, in their place.
fn edit(text: &str, place: prop::sample::Index, length: usize, word: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let start = place.index(letters.len() + 1);
    let end = letters.len().min(start + length % 8);
    let head = letters[..start].iter().collect::<String>();
    let tail = letters[end..].iter().collect::<String>();
    let word = if length < 10 { "" } else { word };
    format!("{head}{word}{tail}")
}

fn within_limit(text: &str) -> &str {
    let mut end = text.len().min(QUESTION_LIMIT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Questions of the suites, to mutate.
fn questions() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("evals/questions");
    let parts = ["tuned", "paraphrases"].into_iter().flat_map(|part| {
        let text = fs::read_to_string(folder.join(format!("{part}.jsonl"))).unwrap();
        read_cases(&text, part).unwrap()
    });
    parts.map(|case| case.question).collect()
}

/// Fills the catalog up with generated names.
fn fill_up(estate: &Estate) {
    let warehouse = Warehouse::open(&estate.config.warehouse);
    let manifest = warehouse.snapshot(&warehouse.current_id().unwrap()).unwrap();
    let mut catalog: Catalog = warehouse.catalog(&manifest).unwrap();
    for (dimension, names) in names(1, NAMES) {
        let values = names.into_iter().map(|name| CatalogValue {
            value: name.value,
            label: name.label,
            rows: 1,
        });
        catalog.dimensions.entry(dimension).or_default().extend(values);
    }
    let text = serde_json::to_string(&catalog).unwrap();
    fs::write(warehouse.path_of(&manifest.catalog), text).unwrap();
}

fn variable(name: &str) -> Option<u64> {
    #[expect(clippy::disallowed_methods, reason = "a long run is asked for by a variable")]
    let value = std::env::var(name).ok();
    value.map(|value| value.parse().unwrap())
}

// Other programs on the machine do not count, where the system can tell.
fn processor_time() -> Duration {
    let read = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = read.and_then(|text| text.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(wall_time, Duration::from_nanos)
}

fn wall_time() -> Duration {
    thread_local!(static BEGAN: Instant = Instant::now());
    BEGAN.with(Instant::elapsed)
}
