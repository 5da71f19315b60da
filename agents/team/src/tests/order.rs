//! Evidence numbers and answers depend on calls, never on timing.

use serde_json::json;
use wherefore_contract::answer::{AgentRun, Answer, Status};
use wherefore_model::ScriptedModel;

use super::fake::*;
use crate::{Answered, ProgressEvent};

fn model() -> ScriptedModel {
    ScriptedModel::default()
        .with("orchestrator", [
            calls(&[task("collector")]),
            calls(&[task("analyzer"), task("research")]),
            calls(&[("submit_answer", total_draft("e2"))]),
        ])
        .with("collector", [calls(&[("describe_cost_data", json!({}))]), done()])
        .with("analyzer", [
            calls(&[("query_cost", json!({"measures": ["billed_cost"]}))]),
            calls(&[("submit_findings", json!({
                "findings": [{ "sentence": total_sentence("e1/0/billed_cost"), "evidence": ["e1"] }],
            }))]),
        ])
        .with("research", [calls(&[("compare_cost", json!({}))]), done()])
}

async fn answer(analyzer_ms: u64, research_ms: u64) -> Answer {
    let tools = FakeTools::default()
        .with("describe_cost_data", data(vec![cost(&[("AWS", "1")])], vec![]))
        .slow("query_cost", analyzer_ms, data(vec![total("12.50")], vec![]))
        .slow("compare_cost", research_ms, data(vec![cost(&[("A", "2"), ("B", "1")])], vec![]));
    ask(model(), &tools).await
}

#[tokio::test(start_paused = true)]
async fn evidence_is_numbered_by_calls_and_not_by_who_is_first() {
    let quick = answer(1, 50).await;
    assert_eq!(
        ids(&quick),
        [("e1", "describe_cost_data"), ("e2", "query_cost"), ("e3", "compare_cost")]
    );
    assert_eq!(quick.headline, "The billed cost in September 2024 is $12.50.");
    assert_eq!((quick.status, quick.findings.len()), (Status::Answered, 1));
    assert_eq!(quick.findings[0].evidence, ["e2"]);
    assert_eq!(quick, answer(50, 1).await);
}

#[tokio::test(start_paused = true)]
async fn the_run_record_says_who_did_what() {
    let run = answer(1, 1).await.run;
    let agent = |role: &str, turns, stop: &str, tools: &[&str]| AgentRun {
        role: role.into(),
        // What the model asked its agents is its own wording, which nobody verified.
        task: if role == "orchestrator" { "What did we spend in September?" } else { "" }.into(),
        turns,
        tool_calls: u32::try_from(tools.len()).unwrap(),
        stop: stop.into(),
        tools: tools.iter().map(|tool| (*tool).to_owned()).collect(),
    };
    assert_eq!(
        run.agents,
        [
            agent("orchestrator", 3, "done", &["collector", "analyzer", "research"]),
            agent("collector", 2, "done", &["describe_cost_data"]),
            agent("analyzer", 2, "done", &["query_cost"]),
            agent("research", 2, "done", &["compare_cost"]),
        ]
    );
    assert_eq!((run.turns, run.tool_calls, run.withheld), (9, 3, 0));
}

#[tokio::test(start_paused = true)]
async fn a_reader_hears_who_works_and_only_verified_sentences() {
    let tools = FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]));
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [calls(&[task("analyzer")]), calls(&[("submit_answer", total_draft("e1"))])],
        )
        .with("analyzer", [calls(&[("query_cost", json!({}))]), done()]);
    let heard = Heard::default();
    ask_heard(model, &tools, &heard).await;
    let role = |role: &str| role.to_owned();
    assert_eq!(
        *heard.0.lock().unwrap(),
        [
            ProgressEvent::AgentStarted {
                role: role("orchestrator"),
                task: "What did we spend in September?".into(),
            },
            ProgressEvent::AgentStarted { role: role("analyzer"), task: String::new() },
            ProgressEvent::ToolCalled { role: role("analyzer"), tool: "query_cost".into() },
            ProgressEvent::ToolAnswered {
                role: role("analyzer"),
                tool: "query_cost".into(),
                outcome: Answered::Rows(1),
            },
            ProgressEvent::AgentDone { role: role("analyzer"), stop: "done".into() },
            ProgressEvent::AgentDone { role: role("orchestrator"), stop: "done".into() },
            ProgressEvent::Verifying,
            ProgressEvent::Sentence { text: "The billed cost in September 2024 is $12.50.".into() },
        ]
    );
}
