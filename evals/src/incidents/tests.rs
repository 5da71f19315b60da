use std::sync::atomic::{AtomicU32, Ordering};

use futures::{FutureExt as _, executor::block_on};
use serde_json::json;
use wherefore_contract::{
    answer::{AnswerResult, Hypothesis, Status},
    incident::{CauseKind, Signal},
};
use wherefore_demo::{CauseTruth, SymptomTruth};

use super::*;
use crate::questions::example;

fn truth(cause: Option<CauseTruth>) -> IncidentsTruth {
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let incident = IncidentTruth {
        id: "i01".to_owned(),
        story: if cause.is_some() { "network_fault" } else { "noisy_metric" }.to_owned(),
        question_en: "Why did front slow down?".to_owned(),
        question_ko: "front 응답이 왜 느려졌어?".to_owned(),
        asked_at: at("2026-10-05T03:10:00Z"),
        alarm: json!({}),
        symptom: SymptomTruth { workload: "front".to_owned(), signal: Signal::Latency },
        reference_from: at("2026-10-05T01:00:00Z"),
        started_at: at("2026-10-05T03:00:00Z"),
        until: at("2026-10-05T03:30:00Z"),
        cause,
    };
    IncidentsTruth {
        incidents: vec![incident],
        without_traces: Vec::new(),
        without_logs: Vec::new(),
        outside: Vec::new(),
        calls: Vec::new(),
    }
}

fn cause() -> CauseTruth {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    CauseTruth {
        workload: "stock".to_owned(),
        kind: CauseKind::NetworkFault,
        signal: Signal::Latency,
        changes: Vec::new(),
        accept_also: names(&["basket"]),
        paths: vec![names(&["stock", "basket", "front"])],
        felt: names(&["stock", "basket", "front"]),
        failing_percent: wherefore_contract::Decimal::ONE,
        money_per_hour: None,
        severity: ("sev2".to_owned(), "sev4".to_owned()),
    }
}

fn answer(rows: &[(&str, &str, &str)], path: &[&str]) -> Answer {
    let mut answer = example();
    let columns = ["rank", "workload", "kind", "signal", "score", "strength"];
    let columns: Vec<Value> =
        columns.iter().map(|name| json!({"name": name, "kind": "dimension"})).collect();
    let values: Vec<Value> = (1..)
        .zip(rows)
        .map(|(rank, (workload, kind, strength)): (u32, _)| {
            json!([rank.to_string(), workload, kind, "latency", "0.8", strength])
        })
        .collect();
    answer.result = match rows {
        [] => AnswerResult::default(),
        _ => serde_json::from_value(json!({"type": "rows", "columns": columns, "rows": values}))
            .unwrap(),
    };
    answer.status = Status::Answered;
    let verdict = json!({"severity": "sev3", "started_at": "2026-10-05T03:02:00Z"});
    answer.verdict = verdict.as_object().cloned();
    answer.hypotheses = vec![Hypothesis {
        rank: 1,
        cause: String::new(),
        score: "0.8".to_owned(),
        path: path.iter().map(|name| (*name).to_owned()).collect(),
        supports: Vec::new(),
        contradicts: Vec::new(),
        next_check: String::new(),
    }];
    answer
}

fn outcome(cause: Option<CauseTruth>, answer: &Answer) -> Scored {
    score(&truth(cause).incidents[0], answer)
}

#[test]
fn workload_kind_and_path_at_rank_one_make_an_answer_right() {
    let whole = ["stock", "basket", "front"];
    let right = answer(&[("stock", "network_fault", "strong")], &whole);
    let scored = outcome(Some(cause()), &right);
    assert_eq!(scored.outcome, Outcome::Right, "{:?}", scored.misses);
    assert_eq!((scored.severity, scored.start), (Some(true), Some(true)));

    let other_name = answer(&[("basket", "network_fault", "strong")], &whole[1..]);
    assert_eq!(outcome(Some(cause()), &other_name).outcome, Outcome::Right);

    let misses = [
        answer(&[("front", "network_fault", "strong")], &["front"]),
        answer(&[("stock", "bad_deployment", "strong")], &whole),
        answer(&[("stock", "network_fault", "strong")], &["stock", "front"]),
        answer(&[("stock", "network_fault", "strong")], &whole[1..]),
    ];
    for miss in &misses {
        let scored = outcome(Some(cause()), miss);
        assert_eq!((scored.outcome, scored.misses.is_empty()), (Outcome::Wrong, false));
    }
    let second =
        answer(&[("front", "network_fault", "strong"), ("stock", "network_fault", "weak")], &whole);
    assert_eq!(outcome(Some(cause()), &second).cause_in_3, Some(true));
    assert_eq!(outcome(Some(cause()), &answer(&[], &[])).outcome, Outcome::Declined);
}

#[test]
fn a_healthy_window_wants_nothing_above_weak_and_an_answer() {
    assert_eq!(outcome(None, &answer(&[], &[])).outcome, Outcome::Right);
    let weak = answer(&[("stock", "unknown", "weak")], &["stock"]);
    assert_eq!(outcome(None, &weak).outcome, Outcome::Right);
    for strength in ["moderate", "strong", ""] {
        let named = answer(&[("stock", "unknown", strength)], &["stock"]);
        assert_eq!(outcome(None, &named).outcome, Outcome::Wrong, "{strength}");
    }
    let declined = Answer { status: Status::Declined, ..answer(&[], &[]) };
    assert_eq!(outcome(None, &declined).outcome, Outcome::Declined);
}

/// Answers rightly; with `drifts`, each time with another id.
struct Shop {
    truth: IncidentsTruth,
    drifts: bool,
    asked: AtomicU32,
}

impl Investigated for Shop {
    fn truth(&self) -> &IncidentsTruth {
        &self.truth
    }

    fn investigate<'a>(&'a self, _: Begun<'a>) -> BoxFuture<'a, Result<Answer, String>> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let mut right =
            answer(&[("stock", "network_fault", "strong")], &["stock", "basket", "front"]);
        right.run.elapsed_ms = u64::from(number);
        if self.drifts {
            right.id = number.to_string();
        }
        async move { Ok(right) }.boxed()
    }
}

struct Shops {
    drifts: bool,
}

impl Investigates for Shops {
    fn open(&self, seed: u64) -> BoxFuture<'_, Result<Box<dyn Investigated>, String>> {
        let shop =
            Shop { truth: truth(Some(cause())), drifts: self.drifts, asked: AtomicU32::new(0) };
        let opened: Result<Box<dyn Investigated>, String> =
            if seed == 9 { Err("no such company".to_owned()) } else { Ok(Box::new(shop)) };
        async move { opened }.boxed()
    }
}

#[test]
fn each_incident_is_asked_three_ways_and_its_alarm_twice() {
    let run = |drifts: bool| block_on(run_incidents(8..=9, &Shops { drifts }, 2, &|_| {}));
    let report = run(false);
    assert_eq!((report.right, report.wrong, report.declined), (3, 0, 1));
    assert_eq!(report.figures["same_answer_twice"], "1 of 1");
    assert_eq!(report.figures["path_right"], "3 of 3");
    assert_eq!(report.by["network_fault"].right, 3);
    let report = run(true);
    assert_eq!((report.right, report.wrong), (2, 1));
    assert!(report.failures.iter().any(|one| one.why.contains("differently")));
}
