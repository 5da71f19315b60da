//! Questions for budgets, with and without loaded ones.

use jiff::civil::date;
use wherefore_contract::{
    Decimal, budget::Budget, dimension::Dimension, filter::Filter, question::Question,
};

use super::super::known;
use crate::{
    request::{Analysis, Ask, Reading, Understanding},
    understand::understand,
};

fn budget(name: &str, workload: Option<&str>) -> Budget {
    Budget {
        name: name.to_owned(),
        start: date(2026, 11, 1),
        end: date(2026, 12, 1),
        amount: Decimal::ONE_THOUSAND,
        currency: "USD".to_owned(),
        filter: workload.map(|name| Filter::any_of(Dimension::Workload, [name])),
    }
}

fn understood(text: &str, loaded: bool) -> Understanding {
    let (mut known, as_of) = known(text);
    if loaded {
        known.description.budgets = vec![
            budget("All", None),
            budget("Platform H2", None),
            budget("checkout", Some("checkout")),
        ];
    }
    understand(&Question::parse(text, None, as_of).unwrap(), &known)
}

fn read(text: &str) -> Reading {
    match understood(text, true) {
        Understanding::Reading(reading) => *reading,
        other => panic!("{text}: {other:?}"),
    }
}

const ENGLISH: &[&str] = &[
    "are we within budget",
    "Are we over budget?",
    "budget burn for checkout",
    "How much of the November budget is left?",
    "when do we run over budget?",
    "will we exceed our budget this month?",
    "budget vs actual",
    "What's our budget status?",
    "how much budget do we have left for this month",
    "At this pace, when does the budget run out?",
    "Is checkout on track to stay within its budget?",
    "what percentage of the budget is used up",
    "which budgets are at risk?",
    "Show spend against plan for this month",
    "what is our burn rate against the budget?",
    "are we going to overspend this month?",
    "how far over budget were we in October?",
    "Budget variance for October",
    "did we blow the budget last month?",
    "when will the Platform H2 budget be exhausted?",
];

const KOREAN: &[&str] = &[
    "예산 소진율 알려줘",
    "예산을 언제 초과해?",
    "예산 대비 지출",
    "예산 대비 얼마나 썼어?",
    "이번 달 예산 남은 금액은?",
    "checkout 예산 현황 보여줘",
    "예산 안에서 쓰고 있나요?",
    "예산이 언제 바닥나?",
    "11월 예산 집행률은?",
    "이번 달 예산을 초과할까요?",
    "예산 초과 위험이 있는 항목은?",
    "예산 소진 속도는 어때?",
    "이대로면 예산이 부족할까?",
    "지난달 예산을 지켰어?",
    "예산이 얼마나 남았어?",
    "Platform H2 예산 상태 알려줘",
    "계획 대비 지출 현황",
    "예산 소진일은 언제야?",
];

#[test]
fn questions_for_budgets_are_told_by_their_words_in_both_languages() {
    for text in ENGLISH.iter().chain(KOREAN) {
        assert_eq!(read(text).ask, Ask::Analysis(Analysis::Budgets), "{text}");
    }
}

#[test]
fn a_budget_is_named_whole_and_one_word_only_beside_the_word_for_it() {
    let named = |text: &str| read(text).budget;
    assert_eq!(named("when will the platform h2 budget run out?"), Some("Platform H2".to_owned()));
    assert_eq!(named("checkout 예산 현황"), Some("checkout".to_owned()));
    assert_eq!(named("are all budgets okay?"), None);
    assert_eq!(named("how much of all our budget is left?"), None);
    assert_eq!(named("예산 현황"), None);
}

#[test]
fn without_loaded_budgets_the_answer_says_that_none_is() {
    for text in
        ["are we within budget", "budget vs actual", "예산 소진율 알려줘", "예산을 언제 초과해?"]
    {
        let Understanding::Declined(decline) = understood(text, false) else { panic!("{text}") };
        assert_eq!(decline.reason.code(), "missing_budgets", "{text}");
    }
}

#[test]
fn a_budget_is_not_set_and_ordinary_questions_stay_what_they_are() {
    for text in
        ["set a budget of $100", "What did checkout cost in October?", "forecast this month"]
    {
        let other = match understood(text, true) {
            Understanding::Reading(reading) => reading.ask != Ask::Analysis(Analysis::Budgets),
            _ => true,
        };
        assert!(other, "{text}");
    }
}
