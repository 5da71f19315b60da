//! Questions about commitments: what to buy, what is held, and what stays an ordinary question.

use serde_json::json;
use wherefore_contract::question::Question;

use super::super::{known, read, understand};
use crate::request::Understanding;

/// The question with what it was read as, where that is not the analysis.
fn other(question: &str, analysis: &str) -> Option<String> {
    let read = read(question);
    let own = read.starts_with(&format!("{{\"analysis\":\"{analysis}\"}}"));
    (!own).then(|| format!("{question}: {read}"))
}

fn asks(text: &str) -> String {
    read(text).split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn what_to_commit_to_is_asked_in_many_ways() {
    let mut others = Vec::new();
    for question in [
        "How much should we commit?",
        "How much should we commit to savings plans?",
        "What is the right amount to commit per hour?",
        "Should we buy a savings plan?",
        "Should we buy RIs or savings plans?",
        "Would a 3-year all-upfront savings plan be worth it?",
        "What if we commit $2 an hour?",
        "What if we committed $12.50 per hour to a Compute Savings Plan?",
        "How much could we save with reserved instances?",
        "What would a 1-year no-upfront commitment save us?",
        "Recommend a commitment for RDS",
        "What's the optimal hourly commitment for EC2?",
        "break-even of a 1-year no-upfront RI at 70% utilization",
        "When does a 3-year partial upfront reservation break even?",
        "Compare the commitment options for EC2",
        "Is it worth buying more reserved capacity?",
        "Which savings plan should we choose?",
        "Do you recommend any committed use discounts? CUDs, I mean",
        "What is the payback of an all-upfront RI?",
        "How much SP should I purchase?",
        "RI or SP for RDS?",
    ] {
        others.extend(other(question, "purchase"));
    }
    for question in [
        "약정을 얼마나 걸어야 해?",
        "세이빙스 플랜을 사야 할까요?",
        "RI랑 SP 중에 뭐가 유리해?",
        "3년 전액 선결제면 얼마나 아껴?",
        "1년 선결제 없이 약정하면 얼마나 절감돼?",
        "적정 약정 규모가 얼마야?",
        "시간당 2달러 약정하면 어떻게 돼?",
        "시간당 $5 커밋하면 얼마나 절약돼?",
        "사용률 70%일 때 1년 RI 손익분기점은?",
        "예약 인스턴스 구매 추천해 줘",
        "EC2 약정 추천해 주세요",
        "RDS는 예약 인스턴스로 사는 게 나을까?",
        "약정을 더 늘려야 할까요?",
        "최적 약정액을 알려 주세요",
        "부분 선결제가 유리할까 전액 선결제가 유리할까?",
        "세이빙스 플랜 도입하면 얼마나 아낄 수 있어?",
        "약정 본전은 언제 뽑아?",
    ] {
        others.extend(other(question, "purchase"));
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn how_commitments_do_and_when_they_end_is_asked_in_many_ways() {
    let mut others = Vec::new();
    for question in [
        "How are our commitments doing?",
        "Give me an overview of our savings plans",
        "What is our RI/SP coverage and utilization?",
        "Summary of our reserved instances",
        "How are our RIs performing?",
        "What is our effective savings rate?",
        "What's the ESR of our commitments?",
        "When do our commitments expire?",
        "Which reservations expire next?",
        "Show the expiry calendar of our savings plans",
        "When are our RIs up for renewal?",
        "Do any savings plans run out soon?",
        "Which commitments are coming to an end?",
        "What are the end dates of our reserved instances?",
        "State of our commitments at a glance",
        "Which commitments expire within 30 days?",
        "Is it too late to return the savings plan?",
        "Can we still cancel our reserved instances?",
        "How is each commitment doing?",
    ] {
        others.extend(other(question, "commitments"));
    }
    for question in [
        "약정 현황 알려줘",
        "약정 만료 일정 알려줘",
        "예약 인스턴스 언제 만료돼?",
        "세이빙스 플랜 만기가 언제야?",
        "곧 끝나는 약정이 있어?",
        "약정 갱신 일정 정리해 줘",
        "RI 만료 예정일을 보여 주세요",
        "약정 상태가 어때?",
        "약정 커버리지와 사용률을 알려 주세요",
        "SP 적용률과 활용률은?",
        "실효 절감률이 얼마야?",
        "약정 요약해 줘",
        "약정을 잘 활용하고 있어?",
        "예약 인스턴스 종료일이 언제인가요?",
        "약정 성과를 개요로 보여 줘",
        "한 달 뒤에 끝나는 약정 있어?",
        "30일 안에 만료되는 약정이 있나요?",
        "세이빙스 플랜 아직 반환할 수 있어?",
        "약정별 현황을 알려 주세요",
    ] {
        others.extend(other(question, "commitments"));
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn ordinary_questions_about_commitments_stay_what_they_are() {
    for question in [
        "How much did Savings Plans save us in October?",
        "What did our reserved instances cost in September?",
        "How much of our commitments was unused in October?",
        "10월에 약정으로 얼마나 절감했어?",
        "9월 예약 인스턴스 비용은?",
        "10월 세이빙스 플랜 구매 비용은 얼마야?",
        "Total cost by cloud service in September",
        "Buy a one-year savings plan for $5 an hour",
    ] {
        let ask = asks(question);
        assert!(!ask.contains("purchase") && !ask.contains("\"commitments\""), "{question}: {ask}");
    }
}

#[test]
fn terms_amounts_and_names_of_a_purchase_reach_the_request() {
    let asked = |text: &str| {
        let (known, as_of) = known(text);
        match understand(&Question::parse(text, None, as_of).unwrap(), &known) {
            Understanding::Reading(reading) => (
                serde_json::to_value(&reading.commitment).unwrap(),
                reading.filters().len(),
                reading.period.is_some(),
            ),
            other => panic!("{text}: {other:?}"),
        }
    };
    let plan = json!({"offer": "savings plan", "term_months": 36, "payment": "all_upfront"});
    assert_eq!(
        asked("Should we buy a 3-year all-upfront savings plan for EC2?"),
        (plan.clone(), 1, false)
    );
    assert_eq!(asked("EC2에 3년 전액 선결제 세이빙스 플랜을 사야 할까?"), (plan, 1, false));
    assert_eq!(
        asked("What if we commit $2 an hour?"),
        (json!({"hourly_commitment": "2"}), 0, false)
    );
    let (even, ..) = asked("break-even of a 1-year no-upfront RI at 70% utilization");
    let expected = json!({
        "offer": "reserved", "term_months": 12, "payment": "no_upfront", "utilization": "70", "break_even": true
    });
    assert_eq!(even, expected);
    let (_, _, timed) = asked("How much should we commit, going by October 2026?");
    assert!(timed);
}
