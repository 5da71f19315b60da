//! Investigations are kept before they are acknowledged, go on where a gone worker stopped, and say the same in the end.

mod alarms;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use futures::future::{BoxFuture, FutureExt as _};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use wherefore::{
    app::App,
    clock::Clock,
    http,
    investigations::{Investigations, work},
    state::State,
};
use wherefore_contract::{
    ports::ToolCaller,
    tool::{ToolCall, ToolOutcome, ToolSpec},
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Reply, ScriptedModel, StopReason};
use wherefore_team::{Settings, Team};

use crate::support::{AS_OF, Estate, estate, request, send};

const WHY: &str = "Why did the billed cost of checkout rise from August to September 2024?";

/// Counts calls, and answers none beyond the first few.
struct Hanging {
    inner: Arc<dyn ToolCaller>,
    answered: usize,
    made: Arc<Mutex<BTreeMap<String, usize>>>,
    count: AtomicUsize,
}

impl ToolCaller for Hanging {
    fn tools(&self) -> &[ToolSpec] {
        self.inner.tools()
    }

    fn call<'a>(&'a self, call: &'a ToolCall) -> BoxFuture<'a, ToolOutcome> {
        async move {
            if self.count.fetch_add(1, Ordering::SeqCst) >= self.answered {
                return futures::future::pending().await;
            }
            let key = format!("{} {:?}", call.name, call.arguments);
            *self.made.lock().unwrap().entry(key).or_default() += 1;
            self.inner.call(call).await
        }
        .boxed()
    }
}

// The same estate, as a program that starts `seconds` later sees it.
async fn later(estate: &Estate, state: &Arc<State>, seconds: i64) -> App {
    let now: jiff::Timestamp = "2024-10-15T09:00:00Z".parse().unwrap();
    let clock = Clock::standing_at(now + jiff::SignedDuration::from_secs(seconds));
    let mut app = estate.app().await;
    let new_id = Arc::new(|| format!("i_{}", ulid::Ulid::generate()));
    app.investigations = Investigations::new(Arc::clone(state), clock.clone(), new_id);
    app.clock = clock;
    app
}

fn router(app: &App) -> Router {
    http::router(app.clone(), CancellationToken::new())
}

async fn begin(router: &Router, key: Option<&str>, body: Value) -> (u16, Value) {
    let mut asked = request("POST", "/v1/investigations", Some(body));
    if let Some(key) = key {
        asked.headers_mut().insert("idempotency-key", key.parse().unwrap());
    }
    let reply = send(router, asked).await;
    (reply.status, reply.json())
}

async fn look(router: &Router, id: &str) -> Value {
    send(router, request("GET", &format!("/v1/investigations/{id}"), None)).await.json()
}

async fn done(router: &Router, id: &str) -> Value {
    for _ in 0..400 {
        let found = look(router, id).await;
        if found["stage"] != "waiting" && found["stage"] != "running" {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{}", look(router, id).await);
}

fn works(app: &App, name: &str) -> CancellationToken {
    let stop = CancellationToken::new();
    tokio::spawn(work(app.clone(), name.to_owned(), stop.clone()));
    stop
}

fn asked() -> Value {
    json!({ "question": WHY, "as_of": AS_OF })
}

#[tokio::test]
async fn one_delivery_begins_one_investigation_that_ends_as_the_question_would() {
    let estate = estate();
    let state = Arc::new(State::in_memory().unwrap());
    let app = later(&estate, &state, 0).await;
    let router = router(&app);
    let (status, first) = begin(&router, Some("k-1"), asked()).await;
    assert_eq!((status, first["stage"].as_str()), (202, Some("waiting")), "{first}");
    let (status, again) = begin(&router, Some("k-1"), asked()).await;
    assert_eq!((status, &again["id"]), (200, &first["id"]));
    let (_, other) = begin(&router, None, asked()).await;
    assert_ne!(other["id"], first["id"]);

    let stop = works(&app, "w1");
    let found = done(&router, first["id"].as_str().unwrap()).await;
    assert_eq!(found["stage"], "done", "{found}");
    assert!(found["steps"].as_array().unwrap().len() >= 3, "{found}");
    let mut body = asked();
    body["conversation"] = json!("new");
    let plain = send(&router, request("POST", "/v1/ask", Some(body))).await.json();
    assert_eq!((&found["answer"]["id"], &found["answer"]["text"]), (&plain["id"], &plain["text"]));
    done(&router, other["id"].as_str().unwrap()).await;
    stop.cancel();
    let listed = send(&router, request("GET", "/v1/investigations", None)).await.json();
    assert_eq!(listed["investigations"].as_array().unwrap().len(), 2);

    let missing = send(&router, request("GET", "/v1/investigations/i_none", None)).await;
    assert_eq!(missing.status, 404);
    let (status, said) = begin(&router, None, json!({ "alarm": { "hello": 1 } })).await;
    assert_eq!(status, 422);
    assert!(said["detail"].as_str().unwrap().contains("CloudWatch alarm"), "{said}");
}

#[tokio::test]
async fn a_worker_that_takes_over_repeats_no_finished_step_and_says_the_same() {
    let estate = estate();
    let whole = {
        let state = Arc::new(State::in_memory().unwrap());
        let app = later(&estate, &state, 0).await;
        works(&app, "w");
        let (_, begun) = begin(&router(&app), None, asked()).await;
        done(&router(&app), begun["id"].as_str().unwrap()).await
    };
    let steps = whole["steps"].as_array().unwrap().len();
    assert!(steps >= 3, "{whole}");
    for stopped_after in 0..steps {
        let state = Arc::new(State::in_memory().unwrap());
        let mut app = later(&estate, &state, 0).await;
        let made = Arc::new(Mutex::new(BTreeMap::new()));
        let hanging = |answered, inner| -> Arc<dyn ToolCaller> {
            let made = Arc::clone(&made);
            Arc::new(Hanging { inner, answered, made, count: AtomicUsize::new(0) })
        };
        let inner = Arc::clone(&app.caller);
        app.caller = hanging(stopped_after, Arc::clone(&inner));
        let (_, begun) = begin(&router(&app), None, asked()).await;
        let id = begun["id"].as_str().unwrap();
        let gone = works(&app, "w1");
        for _ in 0..200 {
            let found = look(&router(&app), id).await;
            if found["steps"].as_array().unwrap().len() >= stopped_after
                && found["stage"] == "running"
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        gone.cancel();

        let mut next = later(&estate, &state, 60).await;
        next.caller = hanging(usize::MAX, inner);
        works(&next, "w2");
        let found = done(&router(&next), id).await;
        assert_eq!(found["answer"]["id"], whole["answer"]["id"], "after {stopped_after} steps");
        assert_eq!(found["answer"]["text"], whole["answer"]["text"]);
        let repeated: Vec<String> = (made.lock().unwrap().iter())
            .filter(|(_, times)| **times > 1)
            .map(|(call, _)| call.clone())
            .collect();
        assert_eq!(repeated, Vec::<String>::new(), "after {stopped_after} steps");
    }
}

/// A language model that counts how often it is asked.
struct Counted(ScriptedModel, Arc<AtomicUsize>);

impl ChatModel for Counted {
    fn name(&self) -> &'static str {
        "counted"
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.reply(request)
    }
}

fn calls(name: &str, arguments: Value) -> Reply {
    let Value::Object(arguments) = arguments else { panic!("no arguments") };
    let call = ToolCall { id: format!("c-{name}"), name: name.to_owned(), arguments };
    Reply { calls: vec![call], stop: StopReason::ToolUse, ..Reply::default() }
}

#[tokio::test]
async fn a_language_model_is_not_asked_again_for_what_it_said() {
    let estate = estate();
    let state = Arc::new(State::in_memory().unwrap());
    let asked_times = Arc::new(AtomicUsize::new(0));
    let submitted = json!({ "status": "declined", "headline": [{ "span": "text", "text": "It cannot be said." }],
        "gaps": [{ "code": "unknown", "source": "cost", "sentence": [{ "span": "text", "text": "Nothing tells." }] }] });
    let team = |script| {
        let model = Counted(script, Arc::clone(&asked_times));
        Arc::new(Team::new(Arc::new(model), Settings::new(|| 0)).unwrap())
    };
    let delegates = || calls("collector", json!({ "task": "look" }));
    let collects = || calls("describe_cost_data", json!({}));
    let findings = || calls("submit_findings", json!({ "findings": [], "gaps": [] }));

    let mut app = later(&estate, &state, 0).await;
    let inner = Arc::clone(&app.caller);
    let made = Arc::new(Mutex::new(BTreeMap::new()));
    let hanging = Hanging { inner, answered: 0, made, count: AtomicUsize::new(0) };
    app.caller = Arc::new(hanging);
    // Two replies are given before the tool that hangs.
    app.team = team(
        ScriptedModel::default()
            .with("orchestrator", [delegates()])
            .with("collector", [collects()]),
    );
    let (_, begun) = begin(&router(&app), None, asked()).await;
    let id = begun["id"].as_str().unwrap();
    let gone = works(&app, "w1");
    for _ in 0..200 {
        if look(&router(&app), id).await["steps"].as_array().unwrap().len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    gone.cancel();
    assert_eq!(asked_times.load(Ordering::SeqCst), 2);

    let mut next = later(&estate, &state, 60).await;
    // It has nothing to say of what it said before.
    next.team = team(
        ScriptedModel::default()
            .with("orchestrator", [calls("submit_answer", submitted)])
            .with("collector", [findings()]),
    );
    works(&next, "w2");
    let found = done(&router(&next), id).await;
    assert_eq!(found["answer"]["headline"], "It cannot be said.", "{found}");
    assert_eq!(asked_times.load(Ordering::SeqCst), 4);
}
