//! The examples that prompts show are true to life: read, verified and rendered as they say.

use jiff::civil::date;
use serde_json::{Map, Value, json};
use wherefore_contract::{
    answer::Run,
    evidence::Evidence,
    period::Period,
    question::{Language, Question},
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};
use wherefore_model::wire;
use wherefore_prompts::Prompts;
use wherefore_verify::{Context, check, verify};

use super::fake::cost;
use crate::submission::{Known, read_answer_knowing, read_findings_knowing};

fn example(name: &str) -> Value {
    serde_json::from_str(Prompts::example(name).unwrap()).unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("{value} is no object") };
    map
}

fn evidence() -> Vec<Evidence> {
    let month = |month| Period::month_of(date(2026, month, 1));
    let sides = || {
        let usd = || Unit::parse("USD");
        let side =
            |name: &str, at| Column { period: Some(month(at)), ..Column::measure(name, usd()) };
        vec![
            side("billed_cost_from", 3),
            side("billed_cost_to", 4),
            Column::measure("change", usd()),
        ]
    };
    let cells = |row: &[&str]| row.iter().map(|cell| Some((*cell).to_owned())).collect();
    let of = |id: &str, columns: Vec<Column>, rows: Vec<Vec<Option<String>>>| Evidence {
        id: id.to_owned(),
        tool: "compare_cost".to_owned(),
        arguments: Map::new(),
        snapshot: "s000001".to_owned(),
        facts: FactTable { table: Table { columns, rows }, period: None, ..cost(&[]) },
        notices: vec![],
    };
    let by_service = std::iter::once(Column::dimension("cloud_service")).chain(sides()).collect();
    vec![
        of(
            "e1",
            by_service,
            vec![
                cells(&["Amazon EC2", "900", "1200", "300"]),
                cells(&["Amazon S3", "100", "90", "-10"]),
            ],
        ),
        of("e2", sides(), vec![cells(&["1000", "1290", "290"])]),
    ]
}

/// What a reader sees of a submission, after nothing of it was refused.
fn shown(submission: Value, question: &str, language: Language) -> String {
    let evidence = evidence();
    let question = Question::parse(question, Some(language), date(2026, 5, 3)).unwrap();
    let known = Known::with(question.text(), &evidence);
    let draft = read_answer_knowing(&object(submission), &known).unwrap();
    let periods = [2, 3, 4].map(|month| Period::month_of(date(2026, month, 1)));
    let context = Context {
        question: &question,
        evidence: &evidence,
        periods: &periods,
        run: Run::default(),
    };
    assert_eq!(check(&draft, &context), []);
    let answer = verify(&draft, &context).into_answer();
    assert_eq!(answer.run.withheld, 0);
    answer.text
}

#[test]
fn the_evidence_of_the_examples_is_what_a_result_looks_like() {
    let tables: Vec<Value> = evidence().iter().map(|held| wire::table(held, 0, 60)).collect();
    assert_eq!(
        example("evidence"),
        json!({ "evidence": tables }),
        "write: {}",
        json!({ "evidence": tables })
    );
}

#[test]
fn the_example_of_an_answer_passes_the_gate() {
    let text =
        shown(example("answer_en"), "How did our cost move from March to April?", Language::En);
    insta::assert_snapshot!(text);
}

#[test]
fn the_example_in_korean_passes_the_gate() {
    let submission = json!({
        "status": "answered", "headline": example("headline_ko"), "result": {"result": "rows", "evidence": "e2"},
    });
    insta::assert_snapshot!(shown(submission, "3월에서 4월로 비용이 어떻게 변했어?", Language::Ko));
}

#[test]
fn the_example_of_declining_passes_the_gate() {
    let text = shown(example("declined_en"), "What did we spend in February?", Language::En);
    insta::assert_snapshot!(text);
}

#[test]
fn the_example_of_findings_passes_the_gate() {
    let held = evidence();
    let findings =
        read_findings_knowing(&object(example("findings_en")), &Known::with("", &held)).unwrap();
    let sentence = serde_json::to_value(&findings.findings[0].sentence).unwrap();
    let submission = json!({"status": "answered", "headline": sentence, "result": {"result": "rows", "evidence": "e1"}});
    insta::assert_snapshot!(shown(
        submission,
        "How did EC2 move from March to April?",
        Language::En
    ));
}
