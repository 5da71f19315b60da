//! Conversations that outgrow what a model can read.

use std::sync::{Arc, Mutex};

use futures::future::{BoxFuture, FutureExt as _};
use serde_json::json;
use wherefore_model::{
    ChatModel, ModelError, ModelRequest, Reply, ScriptedModel, View,
    wire::{self, READ_EVIDENCE, WireMessage},
};

use super::fake::*;
use crate::{Settings, Silent, Team};

/// A script whose model reads this many tokens, and remembers how much it was given.
struct Short {
    script: ScriptedModel,
    context: Option<u64>,
    /// Says that it was too long although it fits our estimate, this many times.
    refuses: Mutex<u32>,
    views: Arc<Mutex<Vec<(String, View, u64)>>>,
}

impl ChatModel for Short {
    fn name(&self) -> &'static str {
        "short"
    }

    fn context_tokens(&self) -> Option<u64> {
        self.context
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        let read = wire::read(request.messages, request.view);
        let tokens = wire::estimated_tokens(wire::bytes(&read));
        let mut views = self.views.lock().unwrap();
        views.push((request.role.to_owned(), request.view, tokens));
        let mut refuses = self.refuses.lock().unwrap();
        if *refuses > 0 && request.messages.len() > 1 {
            *refuses -= 1;
            return async { Err(ModelError::TooLong { model: "short".to_owned() }) }.boxed();
        }
        self.script.reply(request)
    }
}

fn long_table() -> FakeTools {
    let rows: Vec<(String, String)> =
        (0..200).map(|n| (format!("Cloud service number {n}"), format!("{n}.25"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    FakeTools::default().with("query_cost", data(vec![cost(&rows)], vec![]))
}

fn script() -> ScriptedModel {
    let queries = (0..7).map(|limit| calls(&[("query_cost", json!({ "limit": limit }))]));
    ScriptedModel::default().with("analyzer", queries.chain([done()])).with(
        "orchestrator",
        [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
    )
}

async fn views(context: Option<u64>, refuses: u32) -> Vec<(String, View, u64)> {
    let views = Arc::default();
    let model = Short {
        script: script(),
        context,
        refuses: Mutex::new(refuses),
        views: Arc::clone(&views),
    };
    let team = Team::new(Arc::new(model), Settings::new(|| 0)).unwrap();
    team.answer(&question("cost?"), &long_table(), &Silent).await;
    views.lock().unwrap().clone()
}

#[tokio::test]
async fn what_is_read_shrinks_by_fixed_steps_before_it_outgrows_the_model() {
    let widest = views(None, 0).await;
    assert!(widest.iter().all(|(_, view, _)| *view == View::default()));
    let last = widest.iter().filter(|(role, ..)| role == "analyzer").map(|(.., tokens)| *tokens);
    let most = last.max().unwrap();

    // The role's text and its tools take room, too.
    let context = 2_000 + most;
    let all = views(Some(context), 0).await;
    let analyzer: Vec<_> = all.iter().filter(|(role, ..)| role == "analyzer").collect();
    let levels: Vec<_> = analyzer
        .iter()
        .map(|(_, view, _)| View::LEVELS.iter().position(|level| level == view).unwrap())
        .collect();
    assert!(levels.is_sorted() && levels.last() > Some(&0), "{levels:?} {most}");
    assert!(analyzer.iter().all(|(.., tokens)| *tokens < most));
}

#[tokio::test]
async fn a_model_that_says_too_long_reads_less_and_goes_on() {
    let all = views(None, 2).await;
    let analyzer: Vec<_> = all.iter().filter(|(role, ..)| role == "analyzer").collect();
    // The second turn is asked three times, the last time two steps shorter.
    assert_eq!(analyzer[1].1, View::LEVELS[0]);
    assert_eq!(analyzer[2].1, View::LEVELS[1]);
    assert_eq!(analyzer[3].1, View::LEVELS[2]);
    assert!(analyzer.len() > 4);
}

#[tokio::test]
async fn rows_beyond_the_cap_are_read_by_their_handle() {
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with(
            "analyzer",
            [
                calls(&[("query_cost", json!({}))]),
                calls(&[(READ_EVIDENCE, json!({ "evidence": "e1", "first_row": 60 }))]),
                calls(&[(READ_EVIDENCE, json!({ "evidence": "e9" }))]),
                done(),
            ],
        );
    let (_, record) =
        team(model).answer_with_record(&question("cost?"), &long_table(), &Silent).await;
    let read: Vec<String> = record
        .chats
        .iter()
        .filter(|chat| chat.agent == "0.0.0")
        .flat_map(|chat| wire::read(&chat.read, View::default()))
        .filter_map(|message| match message {
            WireMessage::Results { results } => Some(results[0].text.clone()),
            WireMessage::User { .. } | WireMessage::Assistant { .. } => None,
        })
        .collect();
    assert!(read[0].contains("`read_evidence` gives the rows from 60"), "{}", read[0]);
    assert!(read[1].contains("Cloud service number 60") && !read[1].contains("number 59\""));
    assert!(read[2].contains("you hold no evidence `e9`"), "{}", read[2]);
}
