//! Other people's programs that were asked and gave nothing.

use std::sync::Arc;

use serde_json::json;
use wherefore_contract::{
    answer::{Answer, Status},
    tool::ToolOutcome,
};
use wherefore_model::ScriptedModel;

use super::fake::{FakeTools, calls, data, done, no_data, question, task, total, total_draft};
use crate::{Roster, Settings, Silent, Team};

async fn answer(searched: &[ToolOutcome]) -> Answer {
    let names = ["logs__search", "logs__count"];
    let mut tools = FakeTools::default().with("query_cost", data(vec![total("12.50")], vec![]));
    for (name, outcome) in names.into_iter().zip(searched) {
        tools = tools.with(name, outcome.clone());
    }
    let model = ScriptedModel::default()
        .with(
            "orchestrator",
            [
                calls(&[task("analyzer"), task("research")]),
                calls(&[("submit_answer", total_draft("e1"))]),
            ],
        )
        .with("analyzer", [calls(&[("query_cost", json!({}))]), done()])
        .with("research", [calls(&names.map(|name| (name, json!({})))), done()]);
    let roster = Roster::default().with_tools("research", names.map(str::to_owned)).unwrap();
    let team = Team::of(roster, Arc::new(model), Settings::new(|| 0)).unwrap();
    team.answer(&question("cost?"), &tools, &Silent).await.into_answer()
}

fn gone() -> ToolOutcome {
    ToolOutcome::Error { message: "the MCP server `logs` could not be reached".to_owned() }
}

#[tokio::test(start_paused = true)]
async fn an_answer_says_that_a_program_gave_no_answer_also_where_the_model_does_not() {
    let answer = answer(&[gone(), gone()]).await;
    let codes: Vec<_> = answer.gaps.iter().map(|gap| gap.code.as_str()).collect();
    assert_eq!((answer.status, codes), (Status::Answered, vec!["not_reported"]));
    assert!(answer.text.contains("Another program was asked and gave no answer."));
}

#[tokio::test(start_paused = true)]
async fn a_program_that_answered_one_call_or_found_nothing_is_no_outage() {
    for outcome in [no_data(), data(vec![total("7")], vec![])] {
        let answer = answer(&[gone(), outcome]).await;
        assert!(answer.gaps.iter().all(|gap| gap.code != "not_reported"), "{:?}", answer.gaps);
    }
}
