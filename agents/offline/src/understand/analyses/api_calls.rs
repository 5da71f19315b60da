//! What calls of an interface cost, and who makes them: the words that ask for it.

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Korean},
};
use crate::request::Analysis;

// Any of these asks for it.
const TELLING: &[&str] = &[
    "api call",
    "api calls",
    "api request cost",
    "api request costs",
    "cost of api requests",
    "cost of our api requests",
    "per million calls",
    "per million requests",
    "per million api requests",
    "a million calls cost",
    "a million requests cost",
    "million calls cost",
    "million requests cost",
    "per 1m requests",
    "per 1m calls",
    "per 1,000,000 requests",
    "per 1,000,000 calls",
    "chatty client",
    "chatty clients",
    "chattiest client",
    "calls us too much",
    "call us too much",
    "calls us too often",
    "call us too often",
    "calls too much",
    "calls too often",
    "calls per transaction",
    "client calls",
    "calls by client",
    "calls per client",
    "api 호출",
    "api호출",
    "api 콜",
    "호출 비용",
    "호출비용",
    "호출 단가",
    "호출당",
    "호출을 줄",
    "호출 줄",
    "호출 수를 줄",
    "호출이 많은",
    "호출을 많이",
    "많이 호출",
    "자주 호출",
    "과도하게 호출",
    "과다 호출",
    "호출 과다",
    "거래당 호출",
    "클라이언트별 호출",
    "요청 100만 건당",
    "요청 100만건당",
    "요청 백만 건당",
    "호출 100만 건당",
    "호출 100만건당",
    "호출 백만 건당",
    "호출 100만 회당",
    "100만 요청당",
    "100만 호출당",
];
// Words beside them that change nothing.
const BESIDE: &[&str] = &[
    "client",
    "clients",
    "app",
    "apps",
    "caller",
    "callers",
    "consumer",
    "each",
    "single",
    "one",
    "reduce",
    "reducing",
    "reduced",
    "fewer",
    "cut",
    "cutting",
    "save",
    "saved",
    "saving",
    "batch",
    "batching",
    "batched",
    "operation",
    "operations",
    "endpoint",
    "endpoints",
    "breakdown",
    "price",
    "million",
    "who",
    "makes",
    "make",
    "too many",
    "much",
    "often",
    "us",
    "our",
    "economics",
    "worth",
    "requests",
    "request",
    "calls",
    "call",
    "calling",
    "most",
    "rose",
    "if we",
    "price of",
    "클라이언트",
    "앱",
    "호출하는",
    "호출한",
    "호출을",
    "호출",
    "줄이면",
    "줄일",
    "줄이는",
    "줄여",
    "늘어난",
    "호출 수",
    "보내는",
    "보내",
    "수가",
    "늘었",
    "api를",
    "얼마나",
    "얼마",
    "절감",
    "절약",
    "묶어",
    "묶으면",
    "배치",
    "오퍼레이션",
    "작업별",
    "어떤",
    "어느",
    "누가",
    "가장",
    "제일",
    "너무",
    "많이",
    "자주",
    "과도하게",
    "단가",
    "건당",
    "회당",
    "요청",
];
// Who calls, that they call, and that it is much: all three ask for it, too.
const WHO: &[&str] = &["client", "clients", "caller", "callers", "클라이언트", "앱"];
const CALLS: &[&str] = &["call", "calls", "calling", "api", "호출"];
const MUCH: &[&str] =
    &["too", "most", "often", "chatty", "많이", "많은", "자주", "너무", "과도", "과다"];
// So many of what is called: "per million S3 requests", "람다 호출 100만 건당".
const MILLIONS: &[&str] = &[
    "per million",
    "per a million",
    "per 1 million",
    "per 1m",
    "for a million",
    "for one million",
    "100만 건당",
    "100만건당",
    "백만 건당",
    "백만건당",
    "100만 회당",
    "100만회당",
];
const REQUESTS: &[&str] =
    &["request", "requests", "call", "calls", "invocation", "invocations", "요청", "호출"];
// What is asked of time, or of a meter by name, is another question.
const OTHERS: &[&str] = &["why", "왜", "how many api", "api 호출 수는", "api 호출이 몇"];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let heard = draft.heard;
    let all = [WHO, CALLS, MUCH].iter().all(|list| heard.says(list, Korean::Anywhere))
        || [MILLIONS, REQUESTS].iter().all(|list| heard.says(list, Korean::Anywhere));
    if !(all || heard.says(TELLING, Korean::Anywhere)) || heard.says(OTHERS, Korean::Anywhere) {
        return None;
    }
    let parts: Vec<_> = [TELLING, BESIDE, WHO, CALLS, MUCH, MILLIONS, REQUESTS]
        .iter()
        .flat_map(|list| heard.all(list, Korean::Anywhere))
        .collect();
    phrases::take(draft, &parts, Meaning::Advice, phrases::is_name_or_time);
    phrases::silence(draft, phrases::asks_a_figure);
    Some(Analysis::ApiCalls)
}
