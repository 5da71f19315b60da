//! "percentage growth", "증가율": a movement that is told in percent, both in one word.

use super::super::super::word::{Item, Meaning, When, WhenKind};
use super::word;

const MOVING: &[&str] = &[
    "growth", "increase", "decrease", "drop", "change", "증감", "변화", "변동", "증가", "감소",
    "성장", "상승", "하락",
];

/// Where no other word moves, the word of the percentage does.
pub(in crate::understand) fn moved_relatively(text: &str, items: &mut Vec<Item>) {
    let moved = items.iter().any(|item| {
        matches!(
            item.meaning,
            Meaning::Change
                | Meaning::Rise
                | Meaning::Fall
                | Meaning::Compare
                | Meaning::Step(_)
                | Meaning::Jump
                | Meaning::Difference
                | Meaning::When(When { kind: WhenKind::Before(_), .. })
        )
    });
    let place = items.iter().position(|item| {
        let said = word(text, item);
        item.meaning == Meaning::Relatively && MOVING.iter().any(|moving| said.contains(moving))
    });
    if let Some((at, item)) = place.and_then(|at| Some((at, items.get(at)?.clone())))
        && !moved
    {
        items.insert(at + 1, Item { meaning: Meaning::Change, glued: true, ..item });
    }
}
