//! Days outside their expected range: the words that ask for them.

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Korean},
};
use crate::request::Analysis;

// Words that name what lies outside its range, whatever stands around them.
const ENGLISH: &[&str] = &[
    "anomaly",
    "anomalies",
    "anomalous",
    "unusual",
    "unusually",
    "abnormal",
    "abnormally",
    "abnormality",
    "abnormalities",
    "outlier",
    "outliers",
    "suspicious",
    "out of the ordinary",
    "out of line",
    "unexpected",
    "unexpectedly",
    "irregular",
    "irregularities",
    "cost spikes",
    "spend spikes",
    "spending spikes",
    "spikes in",
    "any spikes",
    "any spike",
    "strange",
    "weird",
];
const KOREAN: &[&str] = &[
    "이상 징후",
    "이상징후",
    "이상 탐지",
    "이상탐지",
    "이상 감지",
    "이상 현상",
    "이상 패턴",
    "이상치",
    "이상값",
    "이상한",
    "이상하게",
    "비정상",
    "이례적",
    "특이사항",
    "특이 사항",
    "특이한",
    "특이점",
    "평소와 다른",
    "평소와 다르게",
    "평소와 달리",
    "평소보다",
    "예상 범위를 벗어난",
    "예상치 못한",
    "예상하지 못한",
    "갑작스러운",
    "갑작스런",
    "튀는",
    "튄",
    "급증한 날",
    "비용 급증이 있",
    "급증 건",
];
// "이상" is also "at least": behind a number it is a bound.
const KOREAN_OR_BOUND: &[&str] = &[
    "이상 비용",
    "이상비용",
    "이상 지출",
    "이상 요금",
    "이상 과금",
    "이상 청구",
    "이상 거래",
    "이상이 있",
    "이상 있",
];
// Words beside them that add nothing: how it is found, and what it is found in.
const BESIDE: &[&str] = &[
    "detect",
    "detected",
    "detection",
    "flag",
    "flagged",
    "spot",
    "spotted",
    "stand out",
    "stands out",
    "stood out",
    "behave",
    "behaved",
    "behaving",
    "behaviour",
    "behavior",
    "pattern",
    "patterns",
    "movement",
    "movements",
    "activity",
    "happened",
    "happening",
    "anything",
    "something",
    "was there",
    "were there",
    "탐지된",
    "탐지해",
    "탐지",
    "감지된",
    "감지해",
    "감지",
    "발견된",
    "발견",
    "패턴",
    "움직임",
    "곳은",
    "곳이",
    "점검해",
    "점검",
    "내역",
    "항목",
];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let heard = draft.heard;
    let bound = |at: usize| phrases::follows_a_number(draft.text, at);
    let mut taken = heard.all(ENGLISH, Korean::WordStart);
    taken.extend(heard.all(KOREAN, Korean::WordStart));
    let either = heard.all(KOREAN_OR_BOUND, Korean::WordStart);
    taken.extend(either.into_iter().filter(|(start, _)| !bound(*start)));
    if taken.is_empty() {
        return None;
    }
    taken.extend(heard.all(BESIDE, Korean::WordStart));
    phrases::take(draft, &taken, Meaning::Cost, phrases::is_name_or_time);
    Some(Analysis::Unusual)
}
