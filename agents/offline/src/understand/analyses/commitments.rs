//! Coverage, utilization, waste and ends of commitments.

pub(super) mod words;

use self::words::Said;
use super::super::decide::Draft;
use crate::request::Analysis;

const ENDS: &[&str] = &[
    "expire",
    "expires",
    "expiring",
    "expired",
    "expiry",
    "expiration",
    "expirations",
    "run out",
    "runs out",
    "renew",
    "renewal",
    "renewals",
    "lapse",
    "lapses",
    "end date",
    "end dates",
    "coming to an end",
    "come to an end",
    "만료",
    "만기",
    "갱신",
    "종료",
    "끝나",
];

const OVERVIEW: &[&str] = &[
    "under utilized",
    "under utilised",
    "underutilized",
    "underutilised",
    "under used",
    "활용도가 낮",
    "사용률이 낮",
    "저활용",
    "overcommitted",
    "over committed",
    "undercommitted",
    "under committed",
    "too much committed",
    "committed too much",
    "과다 약정",
    "약정 과다",
    "약정이 과",
    "약정이 너무",
    "doing",
    "performing",
    "perform",
    "overview",
    "summary",
    "status",
    "health",
    "healthy",
    "state of",
    "at a glance",
    "현황",
    "상태",
    "요약",
    "개요",
    "어떻게 되고",
    "잘 쓰",
    "잘 활용",
    "성과",
];

const RATE: &[&str] = &[
    "effective savings rate",
    "effective saving rate",
    "esr",
    "실효 절감률",
    "유효 절감률",
    "실효 절감율",
    "유효 절감율",
];

const RETURNS: &[&str] = &[
    "return",
    "returned",
    "returning",
    "give back",
    "given back",
    "giving back",
    "undo",
    "cancel",
    "cancelled",
    "refund",
    "refunded",
    "반품",
    "반환",
    "환불",
    "취소",
    "되돌릴",
    "무를",
];

// A return is asked about what may still be done, not what was.
const MAY: &[&str] = &[
    "can",
    "could",
    "still",
    "late",
    "deadline",
    "until when",
    "how long",
    "possible",
    "able",
    "수 있",
    "가능",
    "늦",
    "언제까지",
    "기한",
    "되나",
    "될까",
    "돼",
];

const EACH: &[&str] = &[
    "each commitment",
    "each reservation",
    "each savings plan",
    "every commitment",
    "every reservation",
    "per commitment",
    "by commitment",
    "each of our commitments",
    "each one",
    "one by one",
    "약정별",
    "약정마다",
    "각 약정",
    "약정 각각",
    "예약별",
    "플랜별",
];

const MONTHLY: &[&str] =
    &["by month", "monthly", "each month", "per month", "every month", "월별", "매월", "달마다"];

const COVERAGE: &[&str] = &["coverage", "커버리지", "커버율", "커버률", "적용률", "적용율"];
const UTILIZATION: &[&str] =
    &["utilization", "utilisation", "사용률", "사용율", "활용률", "활용율", "이용률", "이용율"];

// Calendars of ends, which only commitments have.
const CALENDARS: &[&str] = &[
    "expiry calendar",
    "expiration calendar",
    "renewal calendar",
    "만료 일정",
    "만료 캘린더",
    "만료 달력",
    "갱신 일정",
];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let mut said = Said::new(draft.heard);
    let names = said.names_commitments();
    let rate = said.has(RATE);
    let ends = said.takes(CALENDARS) || (names && said.has(ENDS));
    let both = names && said.has(COVERAGE) && said.has(UTILIZATION);
    let overview = names && said.has(OVERVIEW);
    let returns = names && said.has(RETURNS) && said.has(MAY);
    if !(rate || ends || both || overview || returns) {
        return None;
    }
    for words in [ENDS, OVERVIEW, RATE, COVERAGE, UTILIZATION] {
        said.takes(words);
    }
    if returns {
        said.takes(RETURNS);
        said.takes(MAY);
    }
    let mut terms = said.terms();
    terms.ends = ends && !returns;
    terms.ahead = if terms.ends { said.ahead() } else { None };
    terms.returns = returns;
    terms.each = said.takes(EACH);
    terms.by_month = said.takes(MONTHLY);
    draft.told_by_subject(&said);
    draft.commitment = Some(terms);
    Some(Analysis::Commitments)
}
