//! What code makes of the evidence when the model gives no answer: the best finding leads.

use serde_json::{Value, json};
use wherefore_contract::{
    answer::{Answer, ResultKind, Status},
    question::{Language, Question},
};
use wherefore_model::ScriptedModel;

use super::fake::*;

/// The analyzer found this, then the orchestrator's model failed.
async fn composed(findings: Value, language: Language) -> Answer {
    let tools = FakeTools::default()
        .with("describe_cost_data", data(vec![total("99")], vec![]))
        .with("query_cost", data(vec![total("12.50")], vec![]))
        .with(
            "compare_cost",
            data(vec![cost(&[("Amazon EC2", "9"), ("Amazon S3", "3.50")])], vec![]),
        );
    let loaded = json!({"findings": "{{e1/0/billed_cost}}"});
    let both = calls(&[("query_cost", json!({})), ("compare_cost", json!({}))]);
    let model = ScriptedModel::default()
        .with("orchestrator", [calls(&[task("collector"), task("analyzer")])])
        .with(
            "collector",
            [calls(&[("describe_cost_data", json!({}))]), calls(&[("submit_findings", loaded)])],
        )
        .with("analyzer", [both, calls(&[("submit_findings", json!({ "findings": findings }))])]);
    let asked = Question::parse("cost?", Some(language), jiff::civil::date(2024, 10, 15)).unwrap();
    let answer = team(model).answer(&asked, &tools, &crate::Silent).await.into_answer();
    assert_eq!(
        (answer.status, codes(&answer), answer.run.withheld),
        (Status::Partial, vec!["model_failed"], 0)
    );
    answer
}

#[tokio::test]
async fn the_first_finding_with_a_figure_leads_before_its_own_table() {
    let findings = json!([
        "Nothing was said of the month before.",
        "{{e2/1/cloud_service}} cost {{e2/1/billed_cost}}.",
        "{{e2/0/cloud_service}} cost {{e2/0/billed_cost}}.",
    ]);
    let answer = composed(findings, Language::En).await;
    assert_eq!(answer.headline, "Amazon S3 cost $3.50.");
    assert_eq!((answer.result.kind, answer.result.rows.len()), (ResultKind::Rows, 2));
    let texts: Vec<&str> = answer.findings.iter().map(|finding| finding.text.as_str()).collect();
    // What the collector found is of no analysis: it stays where it is.
    assert_eq!(
        texts,
        ["$99.00", "Nothing was said of the month before.", "Amazon EC2 cost $9.00."]
    );
}

#[tokio::test]
async fn a_finding_leads_in_korean_too() {
    let findings = json!("{{e1/0/billed_cost}}{{particle copula}}.");
    let answer = composed(findings, Language::Ko).await;
    assert_eq!(answer.headline, "$12.50입니다.");
    assert_eq!(answer.result.kind, ResultKind::Scalar);
}

#[tokio::test]
async fn a_finding_that_the_gate_refuses_does_not_lead() {
    let findings = json!(["The largest is {{e2/0/billed_cost}}.", "It is 12.50."]);
    let answer = composed(findings, Language::En).await;
    assert_eq!(answer.headline, "The figures that were gathered stand in the table below.");
    assert_eq!(answer.result.rows.len(), 2);
    assert_eq!(answer.findings.len(), 1, "{:?}", answer.findings);
}
