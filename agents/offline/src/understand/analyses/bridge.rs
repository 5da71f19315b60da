//! A change asked to be split into price, usage and mix: the words that ask for it.

use wherefore_contract::{cost::Measure, quality::Severity};

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Korean},
};

const EFFECTS: &[&str] = &[
    "price volume mix",
    "price volume variance",
    "price volume",
    "price and volume",
    "volume and price",
    "price and usage",
    "usage and price",
    "rate and usage",
    "usage and rate",
    "price or usage",
    "usage or price",
    "price or volume",
    "volume or price",
    "rate or usage",
    "price and quantity",
    "quantity and price",
    "price effect",
    "price effects",
    "volume effect",
    "volume effects",
    "usage effect",
    "mix effect",
    "cost bridge",
    "variance bridge",
    "as a bridge",
    "bridge of the change",
    "bridge of",
    "bridge for",
    "the bridge",
    "a bridge",
    "variance analysis",
    "variance decomposition",
    "가격 효과",
    "가격효과",
    "단가 효과",
    "단가효과",
    "물량 효과",
    "물량효과",
    "사용량 효과",
    "구성 효과",
    "가격과 물량",
    "물량과 가격",
    "가격과 사용량",
    "사용량과 가격",
    "단가와 사용량",
    "사용량과 단가",
    "단가 때문인지",
    "단가 때문이야",
    "가격 때문인지",
    "사용량 때문인지",
    "사용량 때문이야",
    "단가 요인",
    "사용량 요인",
    "가격 요인",
    "브리지",
    "브릿지",
    "차이 분석",
    "원가 차이",
];

// Price and quantity set against each other in a movement, whatever stands between them.
const PRICE: &[&str] = &["price", "prices", "rate", "rates", "단가", "가격"];
const QUANTITY: &[&str] =
    &["usage", "volume", "volumes", "quantity", "quantities", "consumption", "사용량", "물량"];
const PARTED: &[&str] = &[
    "how much of the",
    "how much of it",
    "how much is",
    "how much was",
    "how much came from",
    "into price",
    "into volume",
    "into usage",
    "part of it is",
    "driven by",
    "얼마가",
    "얼마나",
    "각각",
    "중 어느",
    "기여",
    "나눠",
    "나누어",
    "분해",
];

// Words beside them that add nothing.
const BESIDE: &[&str] = &[
    "decompose",
    "decomposed",
    "break down",
    "split",
    "explain",
    "into",
    "effects",
    "effect",
    "due to",
    "because of",
    "mix",
    "is it",
    "was it",
    "how much of the",
    "나눠",
    "나누어",
    "나눠줘",
    "나누면",
    "분해해줘",
    "분해해",
    "분해",
    "설명해",
    "효과로",
    "효과",
    "때문인지",
    "때문이야",
    "구성",
    "요인으로",
    "요인",
];

/// Whether a movement is asked to be split into its effects; the words are then taken, and the cost
/// is the effective one, over which prices have a meaning, where the data do not bar it.
pub(super) fn asked(draft: &mut Draft<'_>) -> bool {
    let heard = draft.heard;
    let mut taken = heard.all(EFFECTS, Korean::WordStart);
    let each = [PRICE, QUANTITY, PARTED].map(|list| heard.all(list, Korean::WordStart));
    if each.iter().all(|found| !found.is_empty()) {
        taken.extend(each.into_iter().flatten());
    }
    if taken.is_empty() || !(draft.moves() || is_bridge_over_time(draft)) {
        return false;
    }
    let effects = taken.clone();
    taken.extend(heard.all(BESIDE, Korean::WordStart));
    // "Volume" may be part of a name elsewhere; here it is an effect.
    phrases::take(draft, &taken, Meaning::Cost, |item| {
        phrases::is_name_or_time(item)
            && !(matches!(item.meaning, Meaning::Entity(_)) && phrases::lies_in(item, &effects))
    });
    let name = Measure::EffectiveCost.to_string();
    let notices = draft.known.description.notices.iter();
    let barred = notices
        .filter(|notice| notice.severity == Severity::Bar)
        .any(|notice| notice.subject == name);
    if draft.measures.is_empty() && !barred {
        draft.measures.push(Measure::EffectiveCost);
    }
    true
}

// "The bridge from September to October": a bridge over a time is asked of a movement, said or not.
fn is_bridge_over_time(draft: &Draft<'_>) -> bool {
    draft.heard.says(&["bridge", "브리지", "브릿지"], Korean::Anywhere)
        && draft.flag(|meaning| matches!(meaning, Meaning::When(_)))
}
