//! The same charges on each cost basis, what lies between two of them, and whether they close.

use wherefore_contract::cost::Measure;

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Korean},
};
use crate::request::Analysis;

// Every basis at once, or the two that finance sets against each other. English words need their own
// bounds; Korean ones may be written with or without spaces.
const OVERVIEW: &[&str] = &[
    "every cost basis",
    "each cost basis",
    "all cost bases",
    "all the cost bases",
    "all our cost bases",
    "on every basis",
    "on each basis",
    "on all bases",
    "by cost basis",
    "per cost basis",
    "different cost bases",
    "the cost bases",
    "cost bases",
    "every cost metric",
    "each cost metric",
    "cash vs amortized",
    "cash vs amortised",
    "cash versus amortized",
    "cash versus amortised",
    "cash and amortized",
    "cash and amortised",
    "cash or amortized",
    "cash or amortised",
    "cash against amortized",
    "amortized vs cash",
    "amortised vs cash",
    "amortized versus cash",
    "amortised versus cash",
    "amortized and cash",
    "amortised and cash",
    "cash basis and accrual basis",
    "cash basis versus accrual basis",
    "cash basis vs accrual basis",
    "cash basis and amortized basis",
    "cash vs accrual",
    "cash versus accrual",
    "cash and accrual",
    "accrual vs cash",
    "accrual versus cash",
    "모든비용기준",
    "모든원가기준",
    "모든기준으로",
    "비용기준별로",
    "비용기준별",
    "원가기준별",
    "각비용기준",
    "비용기준전체",
    "여러비용기준",
    "상각과현금",
    "상각비용과현금",
    "상각비용과현금기준",
    "상각기준과현금기준",
    "현금과상각",
    "현금기준과상각기준",
    "현금기준과상각비용",
    "현금기준비용과상각비용",
    "현금기준과발생기준",
    "현금주의와발생주의",
    "발생주의와현금주의",
    "현금대비상각",
    "할인전후비용",
    "할인전후금액",
    "할인전과할인후비용",
    "할인적용전후비용",
];

// Whether the sums agree.
const CLOSING: &[&str] = &[
    "reconcile",
    "reconciles",
    "reconciled",
    "reconciliation",
    "does the bill close",
    "do the bills close",
    "does our bill close",
    "does the bill tie out",
    "do the figures close",
    "do the bases close",
    "do the cost bases close",
    "do the numbers tie out",
    "do the figures tie out",
    "tie out",
    "ties out",
    "closing identity",
    "closing identities",
    "cost identities",
    "identity check",
    "identity checks",
    "internally consistent",
    "is the bill consistent",
    "are the figures consistent",
    "do the cost metrics agree",
    "대사결과",
    "대사해",
    "대사가",
    "대사되",
    "대사를",
    "비용대사",
    "청구대사",
    "정합성",
    "마감항등식",
    "항등식",
    "성립해",
    "성립하",
    "검산",
    "합계가맞",
    "합이맞",
    "수치가맞아떨어",
    "숫자가맞아떨어",
    "금액이맞아떨어",
    "청구서가맞아떨어",
    "비용이서로맞",
    "수치가서로맞",
    "합계가서로맞",
    "합계가일치하",
];

// What asks for the lines between billed and effective cost.
const WHY: &[&str] = &[
    "why",
    "explain",
    "which lines",
    "what lines",
    "what makes up",
    "what is behind",
    "where does",
    "왜",
    "이유",
    "원인",
    "어떤항목",
    "무엇때문",
    "뭣때문",
    "어디서생",
    "어디에서생",
];

// What stands around a difference and says nothing more.
const TURNS: &[&str] = &["차이가나", "차이나", "차이가생", "차이가있"];

const DIFFERS: &[&str] = &["differ", "differs", "diverge", "apart", "다른", "다르", "차이"];

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let says = |list: &[&str]| draft.heard.says(list, Korean::Spaceless);
    if says(CLOSING) {
        take(draft, CLOSING);
        still(draft, &[Meaning::Compare, Meaning::Difference, Meaning::Complete]);
        return Some(Analysis::Closing);
    }
    if says(OVERVIEW) {
        take(draft, OVERVIEW);
        still(draft, &[Meaning::Compare, Meaning::Difference, Meaning::Why, Meaning::Breakdown]);
        return Some(Analysis::Bases);
    }
    let has = |measure: Measure| draft.has(&Meaning::Measure(measure));
    let both = has(Measure::BilledCost) && has(Measure::EffectiveCost);
    let apart = draft.has(&Meaning::Difference) || draft.flag(is_differing) || says(DIFFERS);
    if !(both && apart && says(WHY)) {
        return None;
    }
    take(draft, WHY);
    take(draft, TURNS);
    still(draft, &[Meaning::Compare, Meaning::Difference, Meaning::Why]);
    Some(Analysis::Bases)
}

fn is_differing(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Compare)
}

// The words that say it mean nothing else in this question.
fn take(draft: &mut Draft<'_>, list: &[&str]) {
    let parts = draft.heard.all(list, Korean::Spaceless);
    phrases::take(draft, &parts, Meaning::Filler, |_| false);
}

fn still(draft: &mut Draft<'_>, meanings: &[Meaning]) {
    phrases::silence(draft, |meaning| meanings.contains(meaning));
}
