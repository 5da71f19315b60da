//! Budgets, deadlines, circles and refused tools.

use std::{sync::atomic::Ordering, time::Duration};

use futures::future::{BoxFuture, FutureExt as _};
use serde_json::json;
use wherefore_contract::{
    answer::{Answer, Status},
    tool::ToolOutcome,
};
use wherefore_model::{ChatModel, ModelError, ModelRequest, Reply, ScriptedModel, StopReason};

use super::fake::*;
use crate::Silent;

fn one_figure() -> FakeTools {
    FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]))
}

fn analyzer_stop(answer: &Answer) -> (&str, u32, u32) {
    let agent = &answer.run.agents[1];
    (&agent.stop, agent.turns, agent.tool_calls)
}

/// A question on which the analyzer makes these replies, and the orchestrator answers with e1.
fn analyzing(replies: impl IntoIterator<Item = Reply>) -> ScriptedModel {
    ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", replies)
}

#[tokio::test]
async fn a_role_without_an_end_stops_at_its_turns_and_the_answer_says_so() {
    let replies = (0..50).map(|month| calls(&[("query_cost", json!({ "limit": month }))]));
    let tools = one_figure();
    let answer = ask(analyzing(replies), &tools).await;
    // The last of eight turns is for its submission alone.
    assert_eq!(analyzer_stop(&answer), ("turn_limit", 8, 7));
    assert_eq!((answer.status, codes(&answer)), (Status::Partial, vec!["turn_limit"]));
    assert_eq!(answer.headline, "The billed cost in September 2024 is $12.50.");
}

#[tokio::test]
async fn calls_beyond_the_budget_are_refused_and_a_last_turn_is_left_to_submit() {
    let many: Vec<_> = (0..30).map(|n| ("query_cost", json!({ "limit": n }))).collect();
    let tools = one_figure();
    let answer = ask(analyzing([calls(&many), done()]), &tools).await;
    assert_eq!(analyzer_stop(&answer), ("done", 2, 20));
    assert_eq!(tools.made(), 20);
}

#[tokio::test]
async fn an_equal_call_is_answered_from_the_ledger() {
    let twice = [("query_cost", json!({"a": 1, "b": 2})), ("query_cost", json!({"b": 2, "a": 1}))];
    let tools = one_figure();
    let answer = ask(analyzing([calls(&twice), done()]), &tools).await;
    assert_eq!((tools.made(), ids(&answer)), (1, vec![("e1", "query_cost")]));
    assert_eq!(analyzer_stop(&answer), ("done", 2, 1));
}

#[tokio::test]
async fn a_role_that_goes_in_circles_is_stopped() {
    let replies = (0..50).map(|_| calls(&[("query_cost", json!({}))]));
    let tools = one_figure();
    let answer = ask(analyzing(replies), &tools).await;
    assert_eq!((tools.made(), analyzer_stop(&answer)), (1, ("repetition", 3, 1)));
    assert_eq!(codes(&answer), ["repetition"]);
}

#[tokio::test]
async fn a_call_that_failed_may_be_made_once_more() {
    let tools =
        FakeTools::default().with("query_cost", ToolOutcome::Error { message: "no".into() });
    let same = || calls(&[("query_cost", json!({}))]);
    let answer = ask(analyzing([same(), same(), done()]), &tools).await;
    assert_eq!((tools.made(), analyzer_stop(&answer)), (2, ("done", 3, 2)));
}

#[tokio::test]
async fn a_tool_outside_the_role_is_refused_and_leaves_no_evidence() {
    let tools = one_figure().with("delete_account", data(vec![total("1")], vec![]));
    let outside = [("delete_account", json!({})), ("analyzer", json!({"task": "recurse"}))];
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [
                calls(&[("query_cost", json!({}))]),
                calls(&[task("analyzer")]),
                calls(&[(
                    "submit_answer",
                    json!({
                        "status": "declined",
                        "headline": [{ "span": "text", "text": "That is not possible here." }],
                    }),
                )]),
            ],
        )
        .with("analyzer", [calls(&outside), done()]);
    let answer = ask(model, &tools).await;
    assert_eq!((tools.made(), answer.evidence), (0, vec![]));
    assert_eq!(answer.headline, "That is not possible here.");
    assert_eq!(answer.run.agents[0].tools, ["analyzer"]);
}

#[tokio::test]
async fn a_reply_that_was_cut_short_is_not_run() {
    let cut =
        Reply { stop: StopReason::MaxTokens, ..calls(&[("query_cost", json!({"limit": 1}))]) };
    let tools = one_figure();
    let answer = ask(analyzing([cut, calls(&[("query_cost", json!({}))]), done()]), &tools).await;
    assert_eq!((tools.made(), analyzer_stop(&answer)), (1, ("done", 3, 1)));
}

#[tokio::test(start_paused = true)]
async fn tools_that_hang_leave_an_answer_before_the_deadline() {
    let tools = FakeTools::default()
        .with("describe_cost_data", data(vec![cost(&[("AWS", "1")])], vec![]))
        .slow("query_cost", 3_600_000, data(vec![total("1")], vec![]));
    let begun = tokio::time::Instant::now();
    let model = analyzing([calls(&[("query_cost", json!({}))]), done()]);
    let answer = ask(model, &tools).await;
    assert!(begun.elapsed() <= Duration::from_millis(60_500), "{:?}", begun.elapsed());
    assert_eq!(analyzer_stop(&answer), ("deadline", 1, 1));
    assert!(codes(&answer).contains(&"deadline"), "{:?}", codes(&answer));
    assert_eq!(tools.in_flight.load(Ordering::Relaxed), 0);
}

/// A model that never replies.
struct Hung;

impl ChatModel for Hung {
    fn name(&self) -> &'static str {
        "hung"
    }

    fn reply<'a>(&'a self, _: ModelRequest<'a>) -> BoxFuture<'a, Result<Reply, ModelError>> {
        std::future::pending().boxed()
    }
}

#[tokio::test(start_paused = true)]
async fn a_model_that_hangs_leaves_an_answer_at_the_deadline() {
    let begun = tokio::time::Instant::now();
    let asked = question("What did we spend?");
    let answer = team(Hung).answer(&asked, &one_figure(), &Silent).await.into_answer();
    assert!(begun.elapsed() <= Duration::from_millis(60_500), "{:?}", begun.elapsed());
    assert_eq!((answer.status, codes(&answer)), (Status::Declined, vec!["deadline"]));
    assert_eq!(answer.headline, "This question could not be answered.");
}

#[tokio::test(start_paused = true)]
async fn dropping_an_answer_stops_all_of_its_work() {
    for after_ms in [1, 40, 99, 150, 199] {
        let tools = FakeTools::default()
            .slow("query_cost", 100, data(vec![total("1")], vec![]))
            .slow("compare_cost", 200, data(vec![total("1")], vec![]));
        let model = ScriptedModel::default()
            .with("orchestrator", [calls(&[task("analyzer"), task("research")])])
            .with("analyzer", [calls(&[("query_cost", json!({}))]), done()])
            .with("research", [calls(&[("compare_cost", json!({}))]), done()]);
        let limit = Duration::from_millis(after_ms);
        assert!(tokio::time::timeout(limit, ask(model, &tools)).await.is_err());
        assert_eq!((tools.made(), tools.in_flight.load(Ordering::Relaxed)), (2, 0));
    }
}
