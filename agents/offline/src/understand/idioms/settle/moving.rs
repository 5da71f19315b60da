//! Words of movement that compare two amounts of one time, and sums that are asked for beside a count.

use wherefore_contract::{cost::Measure, dimension::Grain};

use super::{
    super::super::word::{Item, Meaning, When, WhenKind},
    word,
};

// "how many times dearer is A than B": the two amounts stand against each other, and nothing moved.
pub(super) fn dearer(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let compared = spoken.starts_with("more ")
        || spoken.starts_with("less ")
        || spoken.ends_with("er")
        || matches!(spoken.as_str(), "비싼" | "비싸" | "비쌌" | "싼" | "저렴한");
    let times = items.iter().any(|item| item.meaning == Meaning::Times);
    let when = items
        .iter()
        .any(|item| matches!(item.meaning, Meaning::When(When { kind: WhenKind::Before(_), .. })));
    (compared && times && !when).then_some(Meaning::Filler)
}

// "the day with the largest jump against the previous day": each day against the one before it.
pub(super) fn before_each(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let spoken = word(text, items.get(at)?);
    let ranked = items.iter().any(|item| matches!(item.meaning, Meaning::Rank(_) | Meaning::Jump));
    let moved = items.iter().any(|item| {
        matches!(item.meaning, Meaning::Rise | Meaning::Fall | Meaning::Change | Meaning::Jump)
    });
    let one = matches!(
        spoken.as_str(),
        "previous day" | "the previous day" | "전날" | "day before" | "the day before" | "하루전"
    );
    (one && ranked && moved).then_some(Meaning::Step(Grain::Day))
}

// "how many lines are there, and what do they add up to": their cost.
pub(super) fn added_up(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let sum = matches!(
        word(text, items.get(at)?).as_str(),
        "add up to" | "sum to" | "sum up to" | "come to" | "amount to" | "total up to"
    );
    let they = at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|before| {
        matches!(word(text, before).as_str(), "they" | "these" | "those" | "it" | "all")
    });
    let counted = items
        .iter()
        .any(|item| matches!(item.meaning, Meaning::HowMany | Meaning::Measure(Measure::Rows)));
    (sum && they && counted).then_some(Meaning::Cost)
}

// "the list price against the actual cost", "정가와 실제 비용": what was billed, beside a cost of another kind.
pub(super) fn actual(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let led = at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|before| {
        matches!(
            word(text, before).as_str(),
            "actual" | "actually" | "real" | "we actually" | "실제" | "실제로" | "실제로는"
        )
    });
    let listed = items.iter().any(|item| {
        matches!(item.meaning, Meaning::Measure(Measure::ListCost | Measure::ContractedCost))
    });
    (led && listed).then_some(Meaning::Measure(Measure::BilledCost))
}
