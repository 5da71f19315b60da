//! Every cost basis at once, the lines between two of them, net costs, and whether the bill closes.

use super::super::read;

fn all(questions: &[&str], expected: &str) {
    let told = questions.iter().map(|question| format!("{question}: {}", read(question)));
    let others: Vec<String> = told
        .filter(|told| !told.split_once(": ").is_some_and(|(_, read)| read.starts_with(expected)))
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

const BASES: &str = r#"{"analysis":"bases"}"#;
const CLOSING: &str = r#"{"analysis":"closing"}"#;

#[test]
fn every_basis_at_once_is_asked_in_many_words() {
    all(
        &[
            "show October on every cost basis",
            "Show me September on each cost basis",
            "cash vs amortized for October",
            "cash versus amortised in September",
            "What were cash and amortized costs in October?",
            "October, amortized vs cash",
            "cash basis versus accrual basis in October",
            "compare the cost bases for September",
            "give me all cost bases for EC2 in October",
            "October costs by cost basis",
            "cash vs accrual by service in September",
            "on all bases, what did RDS cost in October?",
            "How do the different cost bases look in October?",
            "every cost metric for October please",
            "amortized and cash for September by service",
        ],
        BASES,
    );
    all(
        &[
            "10월 비용을 모든 비용 기준으로 보여줘",
            "10월 상각 비용과 현금 기준 차이",
            "상각 비용과 현금 기준 비용 차이를 알려줘",
            "9월 현금 기준과 상각 기준 비교해줘",
            "10월 할인 전후 비용",
            "서비스별 할인 전후 비용을 10월로 보여줘",
            "9월 비용 기준별로 정리해줘",
            "현금주의와 발생주의 비용을 10월 기준으로 보여줘",
            "10월 현금 기준과 발생 기준 비용은?",
            "각 비용 기준으로 9월 비용 알려줘",
            "모든 원가 기준으로 10월을 보여줘",
            "할인 적용 전후 비용 9월",
            "10월 할인전후 금액 보여주세요",
            "발생주의와 현금주의로 9월 비용 보여줘",
            "비용 기준별 10월 금액",
        ],
        BASES,
    );
}

#[test]
fn why_billed_and_effective_cost_differ_is_told_by_lines() {
    all(
        &[
            "what is the difference between billed and effective cost in September and why",
            "Why do billed cost and effective cost differ in October?",
            "Explain the difference between unblended and amortized cost in September",
            "9월 청구 비용과 유효 비용의 차이와 이유를 알려줘",
            "10월 청구 비용과 유효 비용은 왜 차이가 나?",
        ],
        &format!("{BASES} billed_cost+effective_cost"),
    );
    // Two costs side by side, and what one saved, stay what they are.
    for question in [
        "billed and effective cost in October",
        "How much did Savings Plans save us in October?",
        "Why did billed cost rise from September to October?",
    ] {
        assert!(!read(question).starts_with('{'), "{question}: {}", read(question));
    }
}

#[test]
fn whether_the_bill_closes_is_asked_in_many_words() {
    all(
        &[
            "do the figures reconcile?",
            "does the bill close?",
            "Does the October bill reconcile?",
            "Run the reconciliation for September",
            "Do the numbers tie out in October?",
            "Which closing identities hold for September?",
            "Are the figures consistent in October?",
            "do the cost bases close in September?",
            "Is everything reconciled for October?",
            "show the identity checks for September",
            "does October tie out?",
            "do the cost metrics agree in September?",
            "is the bill internally consistent?",
            "does our bill close for October?",
            "cost identities for October",
        ],
        CLOSING,
    );
    all(
        &[
            "10월 청구서 합계가 맞아?",
            "수치가 서로 맞는지 9월 정합성 확인해줘",
            "10월 비용 정합성 점검해줘",
            "9월 비용 대사해줘",
            "10월 대사 결과 알려줘",
            "마감 항등식이 성립해?",
            "10월 비용 검산해줘",
            "비용이 서로 맞는지 확인해줘",
            "9월 합이 맞는지 봐줘",
            "10월 숫자가 맞아떨어지나요?",
            "청구 대사 결과 9월",
            "10월 금액이 맞아떨어져?",
            "합계가 서로 맞는지 10월로 확인",
            "9월 합계가 일치하나요?",
            "청구서가 맞아떨어지는지 10월 확인",
        ],
        CLOSING,
    );
}

#[test]
fn net_costs_need_bills_that_tell_them() {
    // The bills of these tests do not say where they keep discounts.
    for question in [
        "net amortized cost by service in October",
        "What was the net unblended cost in September?",
        "10월 순상각 비용",
        "9월 서비스별 순청구 비용",
    ] {
        assert_eq!(read(question), "declined missing_column", "{question}");
    }
}
