//! Efficiency of workloads: what a transaction of them costs, by another word.

use wherefore_contract::cost::Measure;

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{Korean, is_name_or_time, lies_in},
};
use crate::request::Slice;

const WORSE: &[&str] = &[
    "less efficient",
    "less efficiently",
    "more inefficient",
    "least efficient",
    "lost efficiency",
    "losing efficiency",
    "worse efficiency",
    "efficiency loss",
    "efficiency got worse",
    "비효율적으로 변한",
    "비효율적으로 바뀐",
    "비효율적이 된",
    "효율이 떨어진",
    "효율이 떨어졌",
    "효율이 나빠진",
    "효율이 나빠졌",
    "효율이 낮아진",
    "효율이 낮아졌",
    "효율이 악화된",
    "효율이 악화됐",
];
const BETTER: &[&str] = &[
    "more efficient",
    "more efficiently",
    "most efficient",
    "gained efficiency",
    "better efficiency",
    "efficiency gain",
    "efficiency gains",
    "효율이 좋아진",
    "효율이 좋아졌",
    "효율이 높아진",
    "효율이 높아졌",
    "효율이 개선된",
    "효율이 개선됐",
    "효율적으로 변한",
    "효율적으로 바뀐",
];
// Whether cost grows slower than what it serves: the regime of the unit cost tells.
const GROWTH: &[&str] = &[
    "growing efficiently",
    "grow efficiently",
    "grown efficiently",
    "grew efficiently",
    "growing inefficiently",
    "scaling efficiently",
    "scaled efficiently",
    "scale efficiently",
    "efficient growth",
    "효율적으로 성장하",
    "효율적으로 성장했",
    "효율적으로 늘",
    "효율적으로 커지",
    "효율적인 성장",
];

/// Puts the unit cost, and how it moved or why, in place of words of efficiency.
pub(super) fn settle(draft: &mut Draft<'_>) {
    if draft.known.description.transactions.is_empty() || draft.of_commitments() {
        return;
    }
    let heard = draft.heard;
    for (list, second) in [(GROWTH, Meaning::Why), (WORSE, Meaning::Rise), (BETTER, Meaning::Fall)]
    {
        let parts = heard.all(list, Korean::Anywhere);
        if !parts.is_empty() {
            replace(draft, &parts, second);
            return;
        }
    }
}

fn replace(draft: &mut Draft<'_>, parts: &[Slice], second: Meaning) {
    let mut meanings = [Meaning::Measure(Measure::UnitCost), second].into_iter();
    for item in draft.items.iter_mut().filter(|item| lies_in(item, parts)) {
        if !is_name_or_time(item) {
            item.meaning = meanings.next().unwrap_or(Meaning::Filler);
        }
    }
}
