use std::collections::BTreeMap;

use futures::{FutureExt as _, future::BoxFuture};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use wherefore_contract::period::Period;
use wherefore_demo::{DemoTruth, LineTruth, MainTruth};

use super::*;
use crate::companies::Founded;
use crate::report::Outcome;

fn month(month: i8) -> Period {
    Period::month_of(date(2026, month, 1))
}

// A thousand transactions each, at 1.00 and 1.50: a price of 400 and a credit of 100 that ended.
fn story() -> StoryTruth {
    let decimal = Decimal::from;
    StoryTruth {
        id: "dearer".into(),
        workload: "checkout".into(),
        from: month(3),
        to: month(4),
        event: date(2026, 4, 1),
        question_en: "why did it rise".into(),
        question_ko: "왜 올랐나요".into(),
        regime: "inefficient".into(),
        main_cause: Some(MainTruth {
            effect: "price".into(),
            cloud_service: "Amazon EC2".into(),
            usage_type: "BoxUsage".into(),
        }),
        cost_from: decimal(1_000),
        cost_to: decimal(1_400),
        cost_total_from: decimal(900),
        cost_total_to: decimal(1_400),
        transactions_from: 1_000,
        transactions_to: 1_000,
        unit_cost_from: decimal(1),
        unit_cost_to: Decimal::new(14, 1),
        exact_effects: BTreeMap::from([("non_operating".to_owned(), "100".to_owned())]),
        lines: vec![LineTruth {
            cloud_service: "Amazon EC2".into(),
            usage_type: "BoxUsage".into(),
            unit: "Hrs".into(),
            cost_from: decimal(1_000),
            cost_to: decimal(1_400),
            quantity_from: decimal(10),
            quantity_to: decimal(10),
        }],
    }
}

fn document(language: &str) -> Value {
    let column = |name: &str, kind: &str| json!({"name": name, "kind": kind});
    json!({
        "id": "a", "question": "q", "language": language, "as_of": "2026-09-01",
        "status": "answered", "headline": "", "text": "",
        "result": {
            "type": "rows",
            "columns": [
                column("effect", "dimension"), column("cloud_service", "dimension"),
                column("usage_type", "dimension"), column("amount", "measure"),
                column("unit_amount", "measure"),
            ],
            "rows": [
                ["price", "Amazon EC2", "BoxUsage", "400", "0.4"],
                ["non_operating", "Amazon EC2", "Credit", "100", "0.1"],
            ],
        },
        "verdict": {
            "workload": "checkout", "regime": "inefficient", "unit_cost_from": "1",
            "unit_cost_to": "1.4", "change_low": "0.35", "change_high": "0.45",
            "main_cause": {"effect": "price", "cloud_service": "Amazon EC2", "usage_type": "BoxUsage"},
        },
        "findings": [], "hypotheses": [], "assumptions": [], "gaps": [], "charts": [], "next": [],
        "evidence": [], "claims": [],
        "run": {"model": "m", "agents": [], "turns": 0, "tool_calls": 0, "elapsed_ms": 0,
            "input_tokens": 0, "output_tokens": 0, "model_cost": null, "withheld": 0},
    })
}

type Change = fn(&mut Value);

/// Companies of one story, whose answers in one language are changed.
struct Fake {
    truth: DemoTruth,
    english: Change,
    korean: Change,
}

impl Founds for Fake {
    fn found(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Founded>, String>> {
        let truth = DemoTruth { seed, ..self.truth.clone() };
        let (english, korean) = (self.english, self.korean);
        async move { Ok(Box::new(Self { truth, english, korean }) as Box<dyn Founded>) }.boxed()
    }
}

impl Founded for Fake {
    fn truth(&self) -> &DemoTruth {
        &self.truth
    }

    fn ask<'a>(&'a self, question: &'a str, as_of: Date) -> BoxFuture<'a, Result<Answer, String>> {
        assert_eq!(as_of, date(2026, 9, 1));
        let is_english = question.is_ascii();
        let mut answer = document(if is_english { "en" } else { "ko" });
        if is_english {
            (self.english)(&mut answer);
        } else {
            (self.korean)(&mut answer);
        }
        async move { serde_json::from_value(answer).map_err(|error| error.to_string()) }.boxed()
    }
}

fn run(english: Change, korean: Change) -> SuiteReport {
    let truth = DemoTruth {
        company: "c".into(),
        seed: 1,
        period: Period::of_days(date(2025, 9, 1), date(2026, 9, 1)).unwrap(),
        rows: 0,
        workloads: 1,
        bills: Vec::new(),
        stories: vec![story()],
        savings: None,
        hours: Vec::new(),
        calls: Vec::new(),
        anomalies: None,
        budgets: Vec::new(),
        tags: None,
        commitments: None,
        metrics: None,
        incidents: None,
    };
    run_stories(1..=2, &Fake { truth, english, korean }, 2, &|_| {}).now_or_never().unwrap()
}

#[test]
fn an_answer_that_holds_every_truth_is_right_in_both_languages() {
    let report = run(|_| {}, |_| {});
    assert_eq!((report.cases, report.right), (4, 4), "{:#?}", report.failures);
    assert_eq!(report.by["dearer"].right, 4);
    assert_eq!(report.by["ko"].right, 2);
    assert_eq!(report.figures["main_causes_right"], "4 of 4");
    assert_eq!(report.figures["largest_difference_of_a_bridge"], "0");
}

#[test]
fn each_truth_that_an_answer_misses_makes_it_wrong() {
    let changes: [(&str, Change); 9] = [
        ("regime", |answer| answer["verdict"]["regime"] = json!("flat")),
        ("main cause", |answer| answer["verdict"]["main_cause"]["effect"] = json!("volume")),
        ("unit_cost_to", |answer| answer["verdict"]["unit_cost_to"] = json!("1.4000001")),
        ("change_low", |answer| answer["verdict"]["change_low"] = Value::Null),
        ("from the change in cost", |answer| answer["result"]["rows"][0][3] = json!("400.01")),
        ("from the change in unit cost", |answer| answer["result"]["rows"][0][4] = json!("0.41")),
        ("`non_operating`", |answer| answer["result"]["rows"][1][0] = json!("residual")),
        ("its own change", |answer| answer["result"]["rows"][0][1] = json!("Amazon RDS")),
        ("withheld", |answer| answer["run"]["withheld"] = json!(1)),
    ];
    for (miss, change) in changes {
        let report = run(change, change);
        assert_eq!((report.wrong, report.right), (4, 0), "{miss}");
        let why = &report.failures[0].why;
        assert!(why.contains(miss), "`{why}` does not tell of {miss}");
    }
}

#[test]
fn a_commitment_that_ended_must_be_told_from_a_list_price() {
    let truth = StoryTruth { id: "commitment_expiry".into(), ..story() };
    let answer = |part: Option<&str>| -> Answer {
        let mut document = document("en");
        document["verdict"]["main_cause"]["price_part"] = json!(part);
        serde_json::from_value(document).unwrap()
    };
    assert_eq!(check(&truth, &answer(Some("price_commitment"))).outcome, Outcome::Right);
    for wrong in [Some("price_list"), None] {
        assert_eq!(check(&truth, &answer(wrong)).outcome, Outcome::Wrong, "{wrong:?}");
    }
}

#[test]
fn a_difference_between_the_languages_is_wrong_even_where_both_close() {
    let report = run(|_| {}, |answer| answer["verdict"]["change_low"] = json!("0.36"));
    assert_eq!((report.right, report.wrong), (2, 2));
    assert!(report.failures.iter().all(|one| one.id.ends_with("/ko")), "{:#?}", report.failures);
}

#[test]
fn what_is_declined_is_no_wrong_figure() {
    let declined: Change = |answer| {
        answer["status"] = json!("declined");
        answer["result"] = json!({"type": "none"});
    };
    let report = run(declined, declined);
    assert_eq!((report.declined, report.wrong), (4, 0));
    assert_eq!(report.figures["main_causes_right"], "0 of 4");
    assert_eq!(report.failures[0].id, "1/dearer/en");
    assert_eq!(report.failures[0].why, "not answered: ");
}

#[test]
fn a_company_that_cannot_be_made_is_told() {
    struct None;
    impl Founds for None {
        fn found(&self, _: u64) -> BoxFuture<'_, Result<Box<dyn Founded>, String>> {
            async { Err("no space".to_owned()) }.boxed()
        }
    }
    let report = run_stories(3..=3, &None, 1, &|_| {}).now_or_never().unwrap();
    assert_eq!(report.declined, 1);
    assert_eq!((&*report.failures[0].id, &*report.failures[0].why), ("3", "no space"));
    assert_eq!(report.failures[0].got, "");
    assert!(report.by.values().all(|counts| counts.declined == 1 && counts.cases == 1));
    assert_eq!(Outcome::Declined.to_string(), "declined");
}
