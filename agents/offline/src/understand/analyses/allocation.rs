//! Who bears shared costs: the words that ask for it.
//!
//! Asked for are: shared cost together with a word of giving ("split the shared cost"), a cost that
//! bears it ("fully loaded unit cost"), or, in Korean, a word of allocating alone ("배부").

mod measured;
mod parts;

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Korean},
};
use crate::request::{AllocationAsk, Analysis, Slice, SplitBy};

// Cost that bears shared cost.
const LOADED: &[&str] = &[
    "fully loaded unit cost",
    "fully loaded cost",
    "fully loaded",
    "fully burdened unit cost",
    "fully burdened cost",
    "fully absorbed cost",
    "loaded unit cost",
    "all in unit cost",
    "including shared costs",
    "including shared cost",
    "including the shared costs",
    "including the shared cost",
    "with shared costs",
    "with shared cost",
    "with the shared cost",
    "including its share of",
    "with its share of",
    "공통 비용을 포함",
    "공통 비용 포함",
    "공통비용 포함",
    "공통비용을 포함",
    "공통비를 포함",
    "공통비 포함",
    "공통 비용까지",
    "공통비까지",
    "공통비용까지",
    "공통 비용을 반영",
    "공통비를 반영",
    "공통비 반영",
    "간접비를 포함",
    "간접비 포함",
];

// Words of giving that say it alone.
const ALLOCATED: &[&str] = &["배부", "안분", "배분"];

const SHARED: &[&str] = &[
    "shared costs",
    "shared cost",
    "shared spend",
    "shared charges",
    "shared infrastructure cost",
    "shared infrastructure",
    "shared clusters",
    "shared cluster",
    "shared cluster cost",
    "shared cluster costs",
    "cluster costs",
    "cluster cost",
    "common cluster",
    "common costs",
    "common cost",
    "overheads",
    "overhead",
    "platform costs",
    "platform cost",
    "central costs",
    "untagged costs",
    "untagged cost",
    "untagged spend",
    "untagged charges",
    "unallocated costs",
    "unallocated cost",
    "unowned cost",
    "unowned costs",
    "공통 비용",
    "공통비용",
    "공통비",
    "공용 비용",
    "공용비용",
    "공유 비용",
    "공유비용",
    "공유 클러스터",
    "공용 클러스터",
    "공통 클러스터",
    "클러스터 비용",
    "간접비",
    "간접 비용",
    "태그 없는 비용",
    "태그가 없는 비용",
    "주인 없는 비용",
];

// Words of one kind of shared cost, and what its charges have in common.
const SUPPORT: &[&str] = &[
    "support fees",
    "support fee",
    "support costs",
    "support cost",
    "support charges",
    "support charge",
    "support plans",
    "support plan",
    "support bill",
    "기술 지원 요금",
    "기술지원 요금",
    "기술 지원 비용",
    "기술 지원비",
    "기술지원비",
    "지원 요금",
    "지원 비용",
    "지원 플랜",
    "서포트 요금",
    "서포트 비용",
    "서포트 플랜",
    "서포트비",
];
const TAX: &[&str] = &["taxes", "tax", "vat", "세금", "부가세", "부가가치세"];

const GIVING: &[&str] = &[
    "allocate",
    "allocated",
    "allocates",
    "allocating",
    "allocation",
    "apportion",
    "apportioned",
    "apportionment",
    "prorate",
    "prorated",
    "distribute",
    "distributed",
    "distributing",
    "split",
    "splitting",
    "spread",
    "spreading",
    "divide",
    "divided",
    "share out",
    "shared out",
    "charge out",
    "bear",
    "bears",
    "borne",
    "carry",
    "carries",
    "who pays for",
    "who pays",
    "who gets",
    "gets how much",
    "get how much",
    "falls on",
    "fall on",
    "land on",
    "lands on",
    "goes to each",
    "how much of the",
    "attribute",
    "attributed",
    "assign to",
    "나누",
    "나눠",
    "나눈",
    "나눌",
    "분담",
    "할당",
    "부담",
    "분배",
    "배정",
    "몫",
];

// Words beside them that add nothing: who is asked about, and what is made of it.
const BESIDE: &[&str] = &[
    "who gets how much",
    "gets how much",
    "get how much",
    "who gets",
    "who bears",
    "who carries",
    "who pays",
    "each workload",
    "each of the",
    "each",
    "gets",
    "get",
    "does",
    "owner",
    "owners",
    "unit costs",
    "unit cost",
    "cost per transaction",
    "costs per transaction",
    "per transaction",
    "how much of the",
    "how much of",
    "what share of",
    "share of",
    "the way",
    "out to",
    "back to",
    "to the",
    "to",
    "among",
    "across",
    "over the",
    "over",
    "onto",
    "between",
    "according to",
    "fully",
    "loaded",
    "method",
    "basis",
    "rule",
    "would be",
    "would",
    "look like",
    "if we",
    "if",
    "were",
    "after",
    "plus",
    "including",
    "included",
    "bill",
    "건당 비용",
    "건당비용",
    "건당",
    "건당 원가",
    "누가",
    "누구",
    "얼마씩",
    "각각",
    "각",
    "기준으로",
    "기준",
    "방식으로",
    "방식",
    "비용을 지는",
    "지는",
    "가져가",
    "떠안",
    "했을 때",
    "하면",
    "한 뒤",
    "후",
    "포함한",
    "포함하면",
    "포함",
    "반영한",
    "반영하면",
    "반영",
    "원가",
    "총원가",
    "결과",
    "넣은",
    "넣으면",
    "더한",
    "더하면",
    "얹은",
    "얹으면",
    "합친",
    "감안한",
    "고려한",
    "전부",
];

const EVEN: &[&str] = &[
    "evenly",
    "equally",
    "even split",
    "even shares",
    "equal parts",
    "equal shares",
    "균등하게",
    "균등",
    "똑같이",
    "동일하게",
    "고르게",
    "n분의",
    "엔빵",
];
const TRANSACTIONS: &[&str] = &[
    "by transactions",
    "by transaction volume",
    "by transaction count",
    "by transaction",
    "by traffic",
    "by their transactions",
    "by their traffic",
    "to transactions",
    "to traffic",
    "to their transactions",
    "to their traffic",
    "on transactions",
    "on traffic",
    "on transaction volume",
    "by number of transactions",
    "by the number of transactions",
    "by request volume",
    "거래 수",
    "거래수",
    "거래량",
    "거래 건수",
    "거래건수",
    "트래픽",
];
const PROPORTIONAL: &[&str] = &[
    "in proportion to their direct cost",
    "in proportion to direct cost",
    "in proportion to their cost",
    "in proportion to their costs",
    "in proportion to cost",
    "in proportion to",
    "in proportion",
    "proportionally",
    "proportional to direct cost",
    "proportional to cost",
    "proportional",
    "pro rata",
    "by direct cost",
    "by their direct cost",
    "by cost",
    "직접 비용에 비례",
    "직접 비용 비율",
    "직접비 비율",
    "직접 비용",
    "직접비",
    "비용에 비례",
    "비용 비율",
    "비용 비례",
    "비례해서",
    "비례하여",
    "비례해",
    "비례",
    "비율로",
];
const USAGE: &[&str] = &[
    "by usage of",
    "by the usage of",
    "by usage",
    "by their usage of",
    "by their usage",
    "by consumption of",
    "on usage of",
    "to usage of",
    "usage of",
    "사용량에 비례",
    "사용량 기준",
    "사용량 비율",
    "사용량대로",
    "사용량으로",
    "사용량",
];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let heard = draft.heard;
    let all = |phrases: &[&str]| heard.all(phrases, Korean::WordStart);
    let (support, tax) = (all(SUPPORT), all(TAX));
    let kinds: Vec<Slice> =
        [all(SHARED), support.clone(), tax.clone()].into_iter().flatten().collect();
    let (loaded, alone, giving) = (all(LOADED), all(ALLOCATED), all(GIVING));
    let is_loaded =
        loaded.iter().any(|at| draft.wants_unit_cost() || !is_of_data(heard.spelled(), *at));
    let said = is_loaded || !alone.is_empty() || (!kinds.is_empty() && !giving.is_empty());
    if !said {
        return None;
    }
    let shared = if !support.is_empty() {
        vec![Filter {
            dimension: Dimension::Column(FocusDimension::ServiceName),
            op: FilterOp::Contains,
            values: vec!["support".to_owned()],
        }]
    } else if !tax.is_empty() {
        vec![Filter::any_of(Dimension::Column(FocusDimension::ChargeCategory), ["Tax"])]
    } else {
        Vec::new()
    };
    let methods = [
        (SplitBy::Transactions, all(TRANSACTIONS)),
        (SplitBy::Even, all(EVEN)),
        (SplitBy::Usage, all(USAGE)),
        (SplitBy::Proportional, all(PROPORTIONAL)),
    ];
    let signals = measured::SIGNALS.iter().map(|(signal, words)| (*signal, all(words)));
    let signals: Vec<(&str, Vec<Slice>)> = signals.filter(|(_, said)| !said.is_empty()).collect();
    let metric = signals.first().map(|(signal, _)| (*signal).to_owned());
    let (parts, figures) = parts::stated(draft);
    let by = methods.iter().find(|(_, said)| !said.is_empty()).map(|(method, _)| *method);
    let method = if parts.is_empty() {
        metric.is_some().then_some(SplitBy::Telemetry).or(by)
    } else {
        Some(SplitBy::Fixed)
    };
    draft.allocation = Some(AllocationAsk { method, metric, parts, shared });
    let mut taken: Vec<Slice> = kinds;
    taken.extend(loaded.into_iter().chain(alone).chain(giving).chain(all(BESIDE)));
    taken.extend(figures);
    taken.extend(signals.into_iter().flat_map(|(_, said)| said));
    taken.extend(methods.into_iter().flat_map(|(_, said)| said));
    let kinds_said: Vec<Slice> = support.into_iter().chain(tax).collect();
    // Names, times and dimensions keep their meaning, but for the names of the kinds of shared cost.
    phrases::take(draft, &taken, Meaning::Cost, |item| {
        let is_own =
            matches!(item.meaning, Meaning::Entity(_) | Meaning::When(_) | Meaning::Dimension(_));
        is_own && !phrases::lies_in(item, &kinds_said)
    });
    Some(Analysis::Allocation)
}

// "Is October fully loaded?" asks about the data, not about a cost.
fn is_of_data(text: &str, (_, end): Slice) -> bool {
    let after = text.get(end..).unwrap_or_default();
    let before = text.get(..end).unwrap_or_default();
    let of_cost = before.ends_with("cost") || after.trim_start().starts_with("cost");
    let is_english = before.ends_with("fully loaded");
    is_english && !of_cost
}
