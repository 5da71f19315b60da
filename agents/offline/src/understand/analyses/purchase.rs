//! What to commit to.

use super::{
    super::{decide::Draft, word::Meaning},
    commitments::words::Said,
};
use crate::request::Analysis;

// What was bought is on the bill; what to buy is not.
const PAST: &[&str] = &[
    "did",
    "bought",
    "purchased",
    "purchases",
    "구매한",
    "구매했",
    "샀",
    "구매 비용",
    "구매 금액",
    "구매액",
    "구매 요금",
];

const WISHES: &[&str] = &[
    "should",
    "could",
    "would",
    "can we",
    "can i",
    "how much to",
    "worth",
    "worthwhile",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "advise",
    "optimal",
    "ideal",
    "right amount",
    "right size",
    "right level",
    "best",
    "what if",
    "if we",
    "if i",
    "makes sense",
    "make sense",
    "to buy",
    "to purchase",
    "sweet spot",
    "safe",
];

// Words that ask for a judgement whatever is done.
const JUDGED: &[&str] = &[
    "worth",
    "worthwhile",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "advise",
    "optimal",
    "ideal",
    "right amount",
    "right size",
    "right level",
    "what if",
    "makes sense",
    "make sense",
    "sweet spot",
];

const DEEDS: &[&str] = &[
    "commit",
    "committing",
    "commitment",
    "commitments",
    "buy",
    "buying",
    "purchase",
    "purchasing",
    "get",
    "take",
    "sign",
    "signing",
    "save",
    "saving",
    "pay off",
    "cover",
    "choose",
    "offer",
    "offers",
    "option",
    "options",
];

const EVEN: &[&str] = &[
    "break even",
    "breakeven",
    "breaks even",
    "payback",
    "pay back",
    "pays back",
    "pay for itself",
    "손익분기",
    "본전",
    "회수 기간",
    "투자 회수",
];

const KOREAN_PLANS: &[&str] = &[
    "추천",
    "권장",
    "권고",
    "제안",
    "적정",
    "최적",
    "살까",
    "사야",
    "사는 게",
    "사는게",
    "사면",
    "살지",
    "사자",
    "사도",
    "구매해야",
    "구매할",
    "구매하면",
    "구매하는",
    "걸어야",
    "걸까",
    "걸면",
    "걸어 두",
    "걸어두",
    "들어야",
    "들까",
    "들면",
    "가입해야",
    "가입할까",
    "가입하면",
    "약정하면",
    "약정해야",
    "약정할까",
    "약정하는",
    "커밋하면",
    "커밋해야",
    "유리",
    "나을까",
    "나은",
    "나을지",
    "나아",
    "좋을까",
    "좋을지",
    "좋아",
    "이득",
    "아껴",
    "아낄",
    "아끼",
    "절약할",
    "절약되",
    "절감할",
    "절감돼",
    "절감될",
    "절감되",
    "도입",
    "늘려야",
    "늘릴",
    "더 필요",
];

const UPFRONT: &[&str] = &["upfront", "선결제", "선납"];

const SPENT: &[&str] =
    &["cost", "costs", "spend", "spent", "spending", "paid", "billed", "much", "비용", "요금"];

const COMPARED: &[&str] = &["compare", "comparison", "versus", "vs", "better", "cheaper", "or"];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let mut said = Said::new(draft.heard);
    let names = said.names_commitments();
    let upfront = said.has(UPFRONT);
    let even = said.has(EVEN);
    if !names && !upfront {
        return None;
    }
    let terms = said.terms();
    let past = said.has(PAST);
    let wishes = said.has(JUDGED) || (said.has(WISHES) && said.has(DEEDS));
    let compares = said.has(COMPARED)
        && (said.has(&["offer", "offers", "option", "options", "term", "terms"]) || upfront);
    // "RI or SP for RDS?": two kinds side by side, and no cost that was.
    let compares = compares || said.names_both_kinds() && said.has(COMPARED) && !said.has(SPENT);
    let what_if = terms.hourly_commitment.is_some();
    let korean = said.has(KOREAN_PLANS);
    // "Buy a savings plan": nothing is bought here.
    let orders = draft.has(&Meaning::Write) && !said.has(WISHES) && !korean;
    if past || orders || !(even || wishes || compares || what_if || korean) {
        return None;
    }
    for words in [PAST, WISHES, JUDGED, DEEDS, EVEN, KOREAN_PLANS, UPFRONT, COMPARED] {
        said.takes(words);
    }
    draft.told_by_subject(&said);
    let mut terms = terms;
    terms.break_even = even;
    draft.commitment = Some(terms);
    Some(Analysis::Purchase)
}
