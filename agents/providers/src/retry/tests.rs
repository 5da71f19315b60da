//! Patience with models that fail in all the ways that models fail.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use futures::future::join_all;
use wherefore_contract::question::Question;
use wherefore_model::View;

use super::*;

const NAME: &str = "fake";

/// A model that fails some of its calls, by their number.
struct Fake {
    asked: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    takes: Duration,
    outcome: Box<dyn Fn(usize) -> Option<ModelError> + Send + Sync>,
}

impl Fake {
    fn new(outcome: impl Fn(usize) -> Option<ModelError> + Send + Sync + 'static) -> Arc<Self> {
        Self::taking(Duration::ZERO, outcome)
    }

    fn taking(
        takes: Duration,
        outcome: impl Fn(usize) -> Option<ModelError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            asked: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            takes,
            outcome: Box::new(outcome),
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl ChatModel for Fake {
    fn name(&self) -> &str {
        NAME
    }

    fn reply<'a>(&'a self, _: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        async move {
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(now, Ordering::SeqCst);
            tokio::time::sleep(self.takes).await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            (self.outcome)(number).map_or_else(|| Ok(Reply::default()), Err)
        }
        .boxed()
    }
}

fn throttled() -> ModelError {
    ModelError::Throttled { model: NAME.to_owned(), reason: "busy".to_owned(), retry_after: None }
}

fn cut() -> ModelError {
    ModelError::Cut { model: NAME.to_owned(), reason: "gone".to_owned() }
}

fn hasty() -> Patience {
    Patience { first_wait: Duration::from_micros(50), ..Patience::default() }
}

fn around(fake: &Arc<Fake>, patience: Patience) -> Patient {
    Patient::new(Arc::clone(fake) as Arc<dyn ChatModel>, patience, 7)
}

async fn ask(model: &Patient) -> Result<Reply, ModelError> {
    let question = Question::parse("why?", None, jiff::civil::date(2024, 10, 15)).unwrap();
    let request = ModelRequest {
        role: "analyzer",
        agent: "0",
        system: "",
        question: &question,
        messages: &[],
        tools: &[],
        view: View::default(),
    };
    model.reply(request).await
}

/// A share of numbers in percent, spread by the golden ratio.
fn is_hit(number: usize, percent: u64) -> bool {
    (u64::try_from(number).unwrap().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % 100 < percent
}

#[tokio::test]
async fn a_model_that_is_down_hears_at_most_a_fifth_more() {
    for error in [throttled as fn() -> ModelError, cut] {
        let fake = Fake::new(move |_| Some(error()));
        let patient = around(&fake, hasty());
        for _ in 0..1000 {
            assert!(ask(&patient).await.is_err());
        }
        assert!(fake.asked() <= 1200, "{} calls for 1000", fake.asked());
        assert!(fake.asked() > 1000);
    }
}

#[tokio::test]
async fn a_model_that_is_busy_for_one_call_in_five_answers_practically_all() {
    let fake = Fake::new(|number| is_hit(number, 20).then(throttled));
    let patient = around(&fake, hasty());
    let mut failed = 0;
    for _ in 0..1000 {
        failed += usize::from(ask(&patient).await.is_err());
    }
    assert!(failed <= 1, "{failed} of 1000");
    assert!(fake.asked() <= 1300, "{} calls", fake.asked());
    let fake = Fake::new(|number| is_hit(number, 5).then(cut));
    let patient = around(&fake, hasty());
    for _ in 0..1000 {
        assert!(ask(&patient).await.is_ok());
    }
}

#[tokio::test]
async fn what_cannot_pass_is_not_asked_again() {
    let named = |make: fn(String) -> ModelError| make(NAME.to_owned());
    let refusals: [fn(String) -> ModelError; 3] = [
        |model| ModelError::TooLong { model },
        |model| ModelError::Denied { model, reason: String::new() },
        |model| ModelError::Rejected { model, reason: String::new() },
    ];
    for refusal in refusals {
        let fake = Fake::new(move |_| Some(named(refusal)));
        assert!(ask(&around(&fake, hasty())).await.is_err());
        assert_eq!(fake.asked(), 1);
    }
    let limits = BTreeMap::from([("throttled", 6), ("cut", 3), ("malformed", 3), ("timeout", 2)]);
    let passing: [fn() -> ModelError; 4] = [
        throttled,
        cut,
        || ModelError::Malformed { model: NAME.to_owned(), reason: String::new() },
        || ModelError::Timeout { model: NAME.to_owned(), limit: Duration::from_secs(1) },
    ];
    for error in passing {
        let fake = Fake::new(move |_| Some(error()));
        assert!(ask(&around(&fake, hasty())).await.is_err());
        assert_eq!(fake.asked(), limits[error().kind()], "{}", error().kind());
    }
}

#[tokio::test]
async fn a_model_that_names_a_wait_gets_it_and_a_long_one_is_not_waited_for() {
    let busy = |wait| {
        let busy = ModelError::Throttled {
            model: NAME.to_owned(),
            reason: String::new(),
            retry_after: Some(wait),
        };
        let once = Mutex::new(Some(busy));
        Fake::new(move |_| once.lock().unwrap().take())
    };
    let fake = busy(Duration::from_millis(80));
    let began = Instant::now();
    assert!(ask(&around(&fake, hasty())).await.is_ok());
    assert!(began.elapsed() >= Duration::from_millis(80));
    let fake = busy(Duration::from_mins(1));
    let began = Instant::now();
    assert!(ask(&around(&fake, hasty())).await.is_err());
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(fake.asked(), 1);
}

#[test]
fn waits_differ_grow_and_are_bounded_and_the_same_seed_gives_the_same() {
    let waits = |seed| {
        let fake = Fake::new(|_| None) as Arc<dyn ChatModel>;
        let patient = Patient::new(fake, Patience::default(), seed);
        (1..=40).map(|attempt| patient.jitter(attempt)).collect::<Vec<_>>()
    };
    assert_eq!(waits(1), waits(1));
    assert_ne!(waits(1), waits(2));
    assert!(waits(1)[0] <= Duration::from_millis(250));
    assert!(waits(1).iter().all(|wait| *wait <= Duration::from_secs(10)));
    assert!(waits(1)[10..].iter().any(|wait| *wait > Duration::from_secs(5)));
}

#[tokio::test]
async fn no_more_calls_run_at_once_than_allowed() {
    let fake = Fake::taking(Duration::from_millis(2), |_| None);
    let patient = around(&fake, Patience { concurrency: 3, ..hasty() });
    let replies = join_all((0..30).map(|_| ask(&patient))).await;
    assert!(replies.iter().all(Result::is_ok));
    assert_eq!(fake.most_at_once.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn whoever_goes_ends_the_waits_too() {
    let fake = Fake::new(|_| Some(throttled()));
    let slow = Patience { first_wait: Duration::from_secs(5), ..Patience::default() };
    let patient = around(&fake, slow);
    let gone = tokio::time::timeout(Duration::from_millis(20), ask(&patient)).await;
    assert!(gone.is_err());
    let asked = fake.asked();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(fake.asked(), asked);
}
