//! Comparisons that bound an amount, and those that compare two things or say nothing.

use wherefore_contract::filter::Comparison;

use super::{
    super::super::word::{Item, Meaning},
    is_korean, slice, word,
};

// Whether the item is a number, with a currency sign before it or not.
fn is_amount(items: &[Item], text: &str, at: usize) -> bool {
    let Some(item) = items.get(at) else { return false };
    match item.meaning {
        Meaning::Number { .. } => true,
        Meaning::Mark => {
            matches!(slice(text, item), "$" | "₩" | "€" | "-")
                && items
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.meaning, Meaning::Number { .. }))
        }
        Meaning::Money | Meaning::Filler => {
            item.meaning == Meaning::Money
                && items
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.meaning, Meaning::Number { .. }))
        }
        _ => false,
    }
}

// A comparison without an amount beside it compares two things, or says nothing: "over time", "under AWS".
pub(super) fn unbounded(
    text: &str,
    items: &[Item],
    at: usize,
    comparison: Comparison,
) -> Option<Meaning> {
    let skip = |item: &Item| matches!(item.meaning, Meaning::Filler);
    let next = (at + 1..items.len()).find(|index| !items.get(*index).is_some_and(skip));
    let bounded = next.is_some_and(|next| is_amount(items, text, next));
    let behind = items.get(..at).unwrap_or_default().iter().rev();
    let behind = behind.take(4).find(|item| {
        !matches!(
            item.meaning,
            Meaning::Money | Meaning::PercentSign | Meaning::Particle | Meaning::Filler
        ) && (matches!(item.meaning, Meaning::Number { .. })
            || !matches!(slice(text, item), "만" | "억" | "천" | "백" | "만원" | "천원"))
    });
    let follows = behind.is_some_and(|item| matches!(item.meaning, Meaning::Number { .. }));
    let spoken = word(text, items.get(at)?);
    let korean = is_korean(text, items.get(at)?);
    // "under a dollar", "less than half a cent": an amount in words.
    let worded = items.get(at + 1..(at + 7).min(items.len())).unwrap_or_default().iter();
    let worded = worded.take_while(|item| {
        matches!(
            item.meaning,
            Meaning::Filler
                | Meaning::Unknown
                | Meaning::Money
                | Meaning::Number { .. }
                | Meaning::Word(_)
                | Meaning::Ordinal(_)
        )
    });
    if !korean && worded.clone().any(|item| item.meaning == Meaning::Money) {
        return None;
    }
    if (korean && follows) || (!korean && (bounded || (follows && spoken.starts_with("or ")))) {
        return None;
    }
    let than = spoken.ends_with("than") || spoken.contains("보다");
    let compares = than && comparison != Comparison::Equal;
    Some(if compares { Meaning::Compare } else { Meaning::Filler })
}
