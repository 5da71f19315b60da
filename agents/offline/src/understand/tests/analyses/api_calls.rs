//! Questions about what calls of an interface cost and who makes them, and questions that only look like them.

use wherefore_contract::question::Question;

use super::super::{known, read};
use crate::{
    request::{Analysis, Ask, Understanding},
    understand::understand,
};

const ASKED: &[&str] = &[
    "What does each API call cost?",
    "what do our API calls cost in September",
    "How much do we pay per million API calls?",
    "What does a million requests cost?",
    "S3 cost per million requests",
    "cost per million calls by operation",
    "Which client calls us too much?",
    "which clients call too often",
    "Which app makes the most API calls, and what do they cost?",
    "Who are our chatty clients?",
    "Show the calls per transaction by client",
    "How did the calls per transaction of checkout clients move?",
    "How much would we save with fewer API calls?",
    "What if we cut API calls of checkout?",
    "What could batching API calls save?",
    "API call economics",
    "API 호출 한 번에 얼마야?",
    "API 호출 비용 알려줘",
    "S3 요청 100만 건당 비용",
    "S3 요청 백만 건당 비용은 얼마인가요?",
    "호출 100만 건당 단가를 작업별로 알려줘",
    "어떤 클라이언트가 API 호출을 너무 많이 해?",
    "우리를 너무 자주 호출하는 클라이언트는?",
    "호출이 많은 클라이언트 알려줘",
    "클라이언트별 호출 비용",
    "거래당 호출 수가 늘어난 클라이언트는?",
    "API 호출을 줄이면 얼마 절감돼?",
    "checkout API 호출을 줄이면 얼마나 아낄 수 있어?",
    "API 호출을 묶으면 얼마나 절약되나요?",
    "결제 서비스의 API 호출 비용은?",
    "9월 API 호출 비용",
    "누가 API 호출을 많이 보내?",
];
const OTHERS: &[&str] = &[
    "What did API Gateway cost in September?",
    "How many requests did S3 serve in September?",
    "cost per request of checkout",
    "S3 usage in September",
    "cost by operation in September",
    "9월 S3 요청 수는?",
    "결제 건당 비용은?",
    "단위 비용 알려줘",
];

#[test]
fn questions_about_calls_are_read() {
    let mut wrong = Vec::new();
    for question in ASKED {
        let (known, as_of) = known(question);
        let asked = Question::parse(question, None, as_of).unwrap();
        let found = match understand(&asked, &known) {
            Understanding::Reading(reading) => {
                reading.ask == Ask::Analysis(Analysis::ApiCalls) && reading.unread.is_empty()
            }
            _ => false,
        };
        if !found {
            wrong.push(format!("{question}: {}", read(question)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_workload_a_cloud_service_and_a_period_are_kept() {
    let kept = read("S3 cost per million requests in September");
    assert!(kept.contains("Simple Storage Service") && kept.contains("2026-09-01"), "{kept}");
    let kept = read("결제 서비스의 API 호출 비용은?");
    assert!(kept.contains("workload=checkout"), "{kept}");
}

#[test]
fn other_questions_stay_what_they_are() {
    let wrong: Vec<String> = OTHERS
        .iter()
        .map(|question| format!("{question}: {}", read(question)))
        .filter(|line| line.contains("api_calls"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
