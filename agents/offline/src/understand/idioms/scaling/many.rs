//! How many transactions a unit cost is asked for: "per 1,000 transactions", "백만 건당".

use wherefore_contract::cost::{Measure, Scale};

use crate::understand::word::{Item, Meaning};

const TRANSACTIONS: Meaning = Meaning::Measure(Measure::Transactions);
const UNIT_COST: Meaning = Meaning::Measure(Measure::UnitCost);

/// Puts the unit cost and its scale in place of the words that say them. `true` where they were found.
pub(super) fn read(text: &str, items: &mut [Item]) -> bool {
    korean(text, items) || english(text, items)
}

fn word(text: &str, items: &[Item], at: usize) -> String {
    let slice = items.get(at).and_then(|item| text.get(item.start..item.end));
    slice.unwrap_or_default().to_lowercase()
}

fn meaning(items: &[Item], at: usize) -> Option<&Meaning> {
    items.get(at).map(|item| &item.meaning)
}

fn number(items: &[Item], at: usize) -> Option<u32> {
    match meaning(items, at)? {
        Meaning::Number { value, .. } => u32::try_from(*value).ok(),
        _ => None,
    }
}

fn set(items: &mut [Item], at: usize, meaning: Meaning) {
    if let Some(item) = items.get_mut(at) {
        item.meaning = meaning;
    }
}

// "거래 1,000건당", "백만 건당 비용", "1만 트랜잭션당".
fn korean(text: &str, items: &mut [Item]) -> bool {
    let found = (0..items.len()).find_map(|at| {
        let times = number(items, at).filter(|times| *times > 1)?;
        let next = word(text, items, at + 1);
        let behind = word(text, items, at + 2);
        let each = meaning(items, at + 1) == Some(&UNIT_COST);
        // "1,000 거래당", "1,000건의 거래당".
        let counted =
            next == "건" && (behind == "당" || meaning(items, at + 2) == Some(&UNIT_COST));
        let of_many =
            meaning(items, at + 1) == Some(&TRANSACTIONS) && (behind == "당" || behind == "별");
        (each || counted || of_many).then_some((at, times, if each { at + 1 } else { at + 2 }))
    });
    let Some((at, times, last)) = found else { return false };
    for between in at + 1..last {
        set(items, between, Meaning::Filler);
    }
    if let Some(before) = at.checked_sub(1).filter(|at| meaning(items, *at) == Some(&TRANSACTIONS))
    {
        set(items, before, Meaning::Filler);
    }
    set(items, at, Meaning::Scaled(Scale::Times(times)));
    set(items, last, UNIT_COST);
    true
}

// "per 1,000 transactions", "per million requests", "the cost of 1,000 transactions", "to serve 1k orders".
fn english(text: &str, items: &mut [Item]) -> bool {
    let found = (0..items.len()).find_map(|last| {
        if meaning(items, last) != Some(&TRANSACTIONS) {
            return None;
        }
        let (first, times) = many(text, items, last.checked_sub(1)?)?;
        let lead = first.checked_sub(1)?;
        let before = word(text, items, lead);
        let each = meaning(items, lead) == Some(&Meaning::Per)
            || matches!(before.as_str(), "per" | "every" | "each" | "for every" | "for each");
        let cost = items.iter().any(|item| item.meaning == Meaning::Cost);
        let of = matches!(
            before.as_str(),
            "of" | "serve" | "serving" | "process" | "processing" | "handle" | "run"
        );
        (each || (of && cost)).then_some((lead, first, last, times))
    });
    let Some((lead, first, last, times)) = found else { return false };
    for at in lead..last {
        set(items, at, Meaning::Filler);
    }
    set(items, first, Meaning::Scaled(Scale::Times(times)));
    set(items, last, UNIT_COST);
    true
}

// "1,000", "1k", "thousand", "1 million": how many, and where it begins.
fn many(text: &str, items: &[Item], at: usize) -> Option<(usize, u32)> {
    let scale = match word(text, items, at).as_str() {
        "hundred" => 100,
        "thousand" | "k" => 1_000,
        "million" | "m" => 1_000_000,
        _ => return Some((at, number(items, at).filter(|times| *times > 1)?)),
    };
    let before = at.checked_sub(1);
    let spoken = before.filter(|at| matches!(word(text, items, *at).as_str(), "a" | "one"));
    let count = before.and_then(|at| Some((at, number(items, at)?)));
    match (count, spoken) {
        (Some((at, count)), _) => Some((at, count.checked_mul(scale)?)),
        (None, Some(at)) => Some((at, scale)),
        (None, None) => Some((at, scale)),
    }
}
