//! Schedules of scaling and calls of an API, from the question to the gate.

use super::*;

const QUESTIONS: &[&str] = &[
    "When can we scale checkout in?",
    "scaling schedule for checkout",
    "checkout 스케일링 일정 알려줘",
    "결제 서비스의 트래픽 패턴에 맞춘 스케일링 일정",
    "Which workloads can run on fewer instances at night?",
    "야간에 인스턴스를 줄이면 얼마 절감돼?",
    "What does each API call cost?",
    "S3 요청 100만 건당 비용은?",
    "Which client calls us too much?",
    "어떤 클라이언트가 API를 너무 많이 호출해?",
    "How much would we save with fewer API calls?",
    "API 호출을 줄이면 얼마 절감돼?",
];

#[test]
fn analyses_of_seasons_and_calls_pass_the_gate() {
    let mut wrong = Vec::new();
    for question in QUESTIONS {
        let (answer, broken, calls) = ask(question);
        println!("== {question}\n{:?} {}\n{:?}", answer.status, answer.text, answer.charts.len());
        let figures = answer.result.kind != ResultKind::None && answer.verdict.is_some();
        if !broken.is_empty() || !figures || answer.run.withheld > 0 {
            wrong.push(format!(
                "{question} {calls:?}\n  {}\n  {:?}",
                broken.join("\n  "),
                answer.status
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
