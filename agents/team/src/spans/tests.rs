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
use wherefore_model::ScriptedModel;

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
