//! Records of runs, and running them again.

use std::sync::Arc;

use serde_json::json;
use wherefore_model::{ScriptedModel, wire::READ_EVIDENCE};

use super::fake::*;
use crate::{
    RunRecord, Settings, Silent, Team,
    record::{ReplayModel, ReplayTools},
};

fn script() -> ScriptedModel {
    ScriptedModel::default()
        .with(
            "orchestrator",
            [
                calls(&[task("collector"), task("analyzer")]),
                says("It rose."),
                calls(&[("submit_answer", total_draft("e2"))]),
            ],
        )
        .with("collector", [calls(&[("describe_cost_data", json!({}))]), done()])
        .with(
            "analyzer",
            [
                calls(&[("query_cost", json!({})), ("no_such_tool", json!({}))]),
                calls(&[(READ_EVIDENCE, json!({ "evidence": "e1", "first_row": 0 }))]),
                done(),
            ],
        )
}

fn tools() -> FakeTools {
    FakeTools::default()
        .with("describe_cost_data", data(vec![cost(&[("AWS", "1")])], vec![]))
        .with("query_cost", data(vec![total("12.50")], vec![]))
}

async fn recorded() -> (serde_json::Value, RunRecord) {
    let team = team(script());
    let (answer, record) = team.answer_with_record(&question("cost?"), &tools(), &Silent).await;
    (answer.to_json(), record)
}

#[tokio::test]
async fn a_record_says_who_asked_whom_and_what_came_back() {
    let (_, record) = recorded().await;
    let agents: Vec<_> = record
        .agents
        .iter()
        .map(|agent| (agent.id.as_str(), agent.parent.as_deref(), agent.role.as_str()))
        .collect();
    assert_eq!(
        agents,
        [
            ("0", None, "orchestrator"),
            ("0.0.0", Some("0"), "collector"),
            ("0.0.1", Some("0"), "analyzer"),
        ]
    );
    let tools: Vec<_> =
        record.tools.iter().map(|tool| (tool.agent.as_str(), tool.call.name.as_str())).collect();
    assert_eq!(tools, [("0.0.0", "describe_cost_data"), ("0.0.1", "query_cost")]);
    // Each chat holds what was added since the last one, so that nothing stands twice.
    let read: Vec<_> =
        record.chats.iter().filter(|chat| chat.agent == "0").map(|chat| chat.read.len()).collect();
    assert_eq!(read, [1, 1, 1]);
}

#[tokio::test]
async fn a_record_runs_again_without_the_model_to_the_same_answer() {
    let (answer, record) = recorded().await;
    let text = serde_json::to_string(&record).unwrap();
    let record: RunRecord = serde_json::from_str(&text).unwrap();
    let settings = Settings { limits: record.limits, ..Settings::new(|| 0) };
    let model = ReplayModel::new(&record);
    let team = Team::of(record.roster.clone(), Arc::new(model), settings).unwrap();
    let tools = ReplayTools::new(&record);
    let (again, second) = team.answer_with_record(&record.question, &tools, &Silent).await;
    let mut again = again.to_json();
    // A replay names the same model; prices are not part of it.
    again["run"]["model_cost"] = answer["run"]["model_cost"].clone();
    assert_eq!(again, answer);
    assert_eq!(second.tools, record.tools);
}
