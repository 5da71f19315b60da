use std::{
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex},
};

use serde_json::json;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use wherefore_model::{ScriptedModel, conventions as names};

use crate::tests::fake::*;

/// Writes down every span with its fields.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = span.metadata().name().to_owned();
        span.record(&mut Line(&mut line));
        let mut lines = self.0.lock().unwrap();
        lines.push(line);
        Id::from_u64(lines.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Line(&mut self.0.lock().unwrap()[index]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_run_is_traced_by_name_and_without_content() {
    let tools = FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]));
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", [calls(&[("query_cost", json!({ "limit": 77 }))]), done()]);
    let recorder = Recorder::default();
    // With one dispatcher alone, spans first met by the thread of another test are switched off for
    // all; a second one makes every dispatcher be asked.
    let second = tracing::Dispatch::new(Recorder::default());
    let guard = tracing::subscriber::set_default(recorder.clone());
    ask(model, &tools).await;
    drop(guard);
    drop(second);
    let lines = recorder.0.lock().unwrap().join("\n");
    insta::assert_snapshot!(lines);
    for content in ["12.50", "September", "77"] {
        assert!(!lines.contains(content), "{content} is in {lines}");
    }
}

/// Writes down what events of content hold, by name.
#[derive(Clone, Default)]
struct Content(Arc<Mutex<Vec<(String, String)>>>);

struct Fields<'a>(&'a mut Vec<(String, String)>);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name().to_owned(), value.to_owned()));
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

impl Subscriber for Content {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == names::CONTENT_TARGET || metadata.is_span()
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        assert_eq!(event.metadata().target(), names::CONTENT_TARGET);
        event.record(&mut Fields(&mut self.0.lock().unwrap()));
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn what_was_said_travels_in_events_of_its_own_as_the_conventions_shape_it() {
    let tools = FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]));
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", [calls(&[("query_cost", json!({ "limit": 77 }))]), done()]);
    let content = Content::default();
    let second = tracing::Dispatch::new(Recorder::default());
    let guard = tracing::subscriber::set_default(content.clone());
    ask(model, &tools).await;
    drop(guard);
    drop(second);
    let said = content.0.lock().unwrap();
    let of = |name: &str| -> Vec<serde_json::Value> {
        let texts = said.iter().filter(|(key, _)| key == name);
        texts.map(|(_, text)| serde_json::from_str(text).unwrap()).collect()
    };
    assert_eq!(of(names::TOOL_ARGUMENTS), [json!({ "limit": 77 })]);
    assert_eq!(of(names::TOOL_RESULT)[0]["tables"][0]["rows"], json!([["12.50"]]));
    let input = of(names::INPUT_MESSAGES);
    assert_eq!(input[0][0]["role"], "user");
    let question = input[0][0]["parts"][0]["content"].as_str().unwrap();
    assert!(question.contains("What did we spend in September?"), "{question}");
    let results = input.iter().flat_map(|read| read.as_array().unwrap());
    let parts = results.filter(|message| message["role"] == "tool");
    assert!(parts.clone().all(|message| message["parts"][0]["type"] == "tool_call_response"));
    assert!(parts.count() > 0, "results are read");
    let output = of(names::OUTPUT_MESSAGES);
    assert_eq!(output[0][0]["parts"][0]["name"], "analyzer");
    assert_eq!(output[0][0]["finish_reason"], "tool_calls");
    assert_eq!(of(names::SYSTEM_INSTRUCTIONS).len(), 4);
    assert!(of(names::TOOL_DEFINITIONS).iter().all(|tools| tools[0]["type"] == "function"));
}
