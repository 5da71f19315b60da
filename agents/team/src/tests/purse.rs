//! What a question may spend, over all of its agents.

use std::sync::Arc;

use futures::future::{BoxFuture, FutureExt as _};
use serde_json::json;
use wherefore_contract::{Decimal, answer::Status};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Price, Reply, ScriptedModel, Usage};

use super::fake::*;
use crate::{Limits, Settings, Silent, Team};

/// A script whose replies cost something.
struct Priced {
    script: ScriptedModel,
    price: Price,
    usage: Usage,
}

impl Priced {
    // Each reply costs 1,100 tokens and 2 cents.
    fn new(script: ScriptedModel) -> Self {
        let price = Price {
            input: Decimal::from(10),
            output: Decimal::from(100),
            cache_read: None,
            cache_write: None,
            source: "test".to_owned(),
        };
        let usage = Usage { input_tokens: 1_000, output_tokens: 100, ..Usage::default() };
        Self { script, price, usage }
    }
}

impl ChatModel for Priced {
    fn name(&self) -> &'static str {
        "priced"
    }

    fn max_output_tokens(&self) -> u64 {
        100
    }

    fn price(&self) -> Option<&Price> {
        Some(&self.price)
    }

    fn reply<'a>(&'a self, request: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        let reply = self.script.reply(request);
        async move { reply.await.map(|reply| Reply { usage: self.usage, ..reply }) }.boxed()
    }
}

fn limited(model: impl ChatModel + 'static, limits: Limits) -> Team {
    Team::new(Arc::new(model), Settings { limits, ..Settings::new(|| 0) }).unwrap()
}

fn endless() -> ScriptedModel {
    let analyses = (0..8).map(|limit| calls(&[("query_cost", json!({ "limit": limit }))]));
    let tasks = (0..9).map(|n| calls(&[("analyzer", json!({ "task": format!("look {n}") }))]));
    let submits = calls(&[("submit_answer", total_draft("e1"))]);
    ScriptedModel::default()
        .with("analyzer", analyses.clone().chain(analyses))
        .with("orchestrator", tasks.chain([submits]))
}

fn figures() -> FakeTools {
    FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]))
}

#[tokio::test]
async fn tokens_of_all_agents_come_out_of_one_purse() {
    // Of 10,000 tokens at 1,100 a reply the sub-agents have what is left of four fifths, eight replies in all; the
    // orchestrator asks once more, in vain, and its last reply passes the bound: no other can follow.
    let limits = Limits { tokens: Some(10_000), ..Limits::default() };
    let team = limited(Priced::new(endless()), limits);
    let (answer, record) = team.answer_with_record(&question("cost?"), &figures(), &Silent).await;
    let answer = answer.into_answer();
    assert_eq!((answer.status, record.chats.len()), (Status::Partial, 10));
    assert_eq!(codes(&answer), ["token_limit"]);
    assert_eq!(answer.headline, "The billed cost of September 2024 is $12.50.");
}

#[tokio::test]
async fn the_orchestrator_keeps_enough_to_answer() {
    // One reply delegates; the analyzer spends up to four fifths; what is left pays for the answer.
    let script = ScriptedModel::default()
        .with("analyzer", (0..8).map(|limit| calls(&[("query_cost", json!({ "limit": limit }))])))
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        );
    let limits = Limits { money_usd: Some(Decimal::new(125, 3)), ..Limits::default() };
    let team = limited(Priced::new(script), limits);
    let answer = team.answer(&question("cost?"), &figures(), &Silent).await.into_answer();
    assert_eq!(answer.headline, "The billed cost in September 2024 is $12.50.");
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["money_limit"]));
    // The orchestrator's two replies and the analyzer's four, at two cents each.
    assert_eq!(answer.run.model_cost.as_deref(), Some("0.12"));
}

#[tokio::test]
async fn turns_and_calls_of_a_question_are_bounded_over_its_agents() {
    let limits = Limits { turns: 6, ..Limits::default() };
    let (answer, record) = limited(endless(), limits)
        .answer_with_record(&question("cost?"), &figures(), &Silent)
        .await;
    assert!(record.chats.len() <= 6, "{}", record.chats.len());
    assert_eq!(answer.into_answer().status, Status::Partial);
    let limits = Limits { tool_calls: 3, ..Limits::default() };
    let tools = figures();
    limited(endless(), limits).answer(&question("cost?"), &tools, &Silent).await;
    assert_eq!(tools.made(), 3);
}

#[tokio::test]
async fn a_cost_that_is_not_known_in_full_is_not_shown() {
    let team = limited(endless(), Limits { turns: 6, ..Limits::default() });
    let answer = team.answer(&question("cost?"), &figures(), &Silent).await.into_answer();
    assert_eq!(answer.run.model_cost, None);
}

#[tokio::test]
async fn three_turns_without_a_new_fact_end_the_work() {
    let nothing = FakeTools::default().with("query_cost", no_data());
    let replies = (0..9).map(|limit| calls(&[("query_cost", json!({ "limit": limit }))]));
    let script = ScriptedModel::default().with("analyzer", replies).with(
        "orchestrator",
        [
            calls(&[task("analyzer")]),
            calls(&[("submit_answer", json!({ "status": "declined", "headline": [] }))]),
        ],
    );
    let (_, record) = limited(script, Limits::default())
        .answer_with_record(&question("cost?"), &nothing, &Silent)
        .await;
    let analyzer = &record.agents[1];
    let chats = record.chats.iter().filter(|chat| chat.agent == analyzer.id);
    // Three turns that found nothing, and a last one for the submission.
    assert_eq!((analyzer.stop.as_str(), chats.count()), ("no_progress", 4));
}

#[tokio::test]
async fn rules_answer_when_the_model_cannot_and_the_answer_says_so() {
    let rules = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", [calls(&[("query_cost", json!({}))]), done()]);
    // A script without replies fails at the first.
    let team = limited(ScriptedModel::default(), Limits::default()).with_rules(Arc::new(rules));
    let (answer, record) = team.answer_with_record(&question("cost?"), &figures(), &Silent).await;
    let answer = answer.into_answer();
    assert_eq!(answer.headline, "The billed cost in September 2024 is $12.50.");
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["model_failed"]));
    let ids: Vec<_> = record.agents.iter().map(|agent| agent.id.as_str()).collect();
    assert_eq!(ids, ["0", "1", "1.0.0"]);
}

#[tokio::test(start_paused = true)]
async fn rules_answer_a_model_that_writes_where_it_should_submit_and_its_work_stays_accounted_for()
{
    let rules = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", [calls(&[("query_cost", json!({}))]), done()]);
    let talker = ScriptedModel::default()
        .with("orchestrator", [calls(&[task("analyzer")]), says("It was $99."), says("Really.")])
        .with("analyzer", [calls(&[("query_cost", json!({}))]), says("$99"), says("$99")]);
    let team = limited(Priced::new(talker), Limits::default()).with_rules(Arc::new(rules));
    let answer = team.answer(&question("cost?"), &figures(), &Silent).await.into_answer();
    assert_eq!(answer.headline, "The billed cost in September 2024 is $12.50.");
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["model_failed"]));
    let agents: Vec<_> = answer.run.agents.iter().map(|one| (&*one.role, &*one.stop)).collect();
    let expected = [
        ("orchestrator", "free_text"),
        ("analyzer", "free_text"),
        ("orchestrator", "done"),
        ("analyzer", "done"),
    ];
    assert_eq!(agents, expected);
    assert_eq!((answer.run.turns, answer.run.tool_calls), (10, 2));
    assert_eq!(answer.run.input_tokens, 6_000);
}
