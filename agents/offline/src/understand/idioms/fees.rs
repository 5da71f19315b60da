//! Fees of commitments and the lines that take covered usage off again, by the types of their line items.

use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::super::{
    limits::holds,
    word::{Category, Item, Meaning},
};
use crate::request::Known;

const NEGATIONS: &[&str] = &[
    "negation",
    "negations",
    "negation row",
    "negation rows",
    "negation line",
    "negation lines",
    "네게이션",
    "상쇄",
];
const FEES: &[&str] = &[
    "fee",
    "fees",
    "recurring fee",
    "recurring fees",
    "upfront fees",
    "정기요금",
    "수수료",
    "약정요금",
    "요금",
];
// Words before a fee that say which one it is.
const RECURRING: &[&str] = &["recurring", "정기", "약정", "upfront"];

/// Marks negations, and the fees that are named with them or left out, where bills tell types of line items.
pub(in crate::understand) fn mark(text: &str, mut items: Vec<Item>, known: &Known) -> Vec<Item> {
    if known.description.dimensions.is_empty()
        || !holds(known, &Dimension::Column(FocusDimension::LineItemType))
    {
        return items;
    }
    for at in 0..items.len() {
        let loose = items
            .get(at)
            .is_some_and(|item| matches!(item.meaning, Meaning::Unknown | Meaning::Filler));
        if loose && NEGATIONS.contains(&spoken(text, &items, at).as_str()) {
            set(&mut items, at, Meaning::Category(Category::Negation));
            // "Savings Plan negations": the word says of which commitments by itself.
            forget_kind(text, &mut items, at);
        }
    }
    for at in 0..items.len() {
        if FEES.contains(&spoken(text, &items, at).as_str()) && is_left_out(text, &items, at) {
            set(&mut items, at, Meaning::Category(Category::Fee));
            forget_kind(text, &mut items, at);
        }
    }
    items
}

fn spoken(text: &str, items: &[Item], at: usize) -> String {
    let item = items.get(at).and_then(|item| text.get(item.start..item.end)).unwrap_or_default();
    let lower = item.to_lowercase();
    if lower.is_ascii() { lower } else { lower.split_whitespace().collect() }
}

fn set(items: &mut [Item], at: usize, meaning: Meaning) {
    if let Some(item) = items.get_mut(at) {
        item.meaning = meaning;
    }
}

// "SP 정기", "Savings Plan recurring": the words before it that only say which ones.
fn forget_kind(text: &str, items: &mut [Item], at: usize) {
    for prior in (at.saturating_sub(3)..at).rev() {
        let which = RECURRING.contains(&spoken(text, items, prior).as_str());
        match items.get(prior).map(|item| &item.meaning) {
            Some(Meaning::Category(Category::SavingsPlan | Category::Reserved)) => {
                set(items, prior, Meaning::Filler);
                return;
            }
            Some(Meaning::Unknown | Meaning::Filler | Meaning::Category(Category::Recurring))
                if which =>
            {
                set(items, prior, Meaning::Filler);
            }
            Some(Meaning::Particle) => {}
            _ => return,
        }
    }
}

// Beside a negation, or of commitments where something is left out.
fn is_left_out(text: &str, items: &[Item], at: usize) -> bool {
    let carries = |item: &&Item| !matches!(item.meaning, Meaning::Filler | Meaning::Particle);
    let of = |item: Option<&Item>, wanted: Category| {
        item.is_some_and(|item| item.meaning == Meaning::Category(wanted))
    };
    let behind = items.get(at + 1..).unwrap_or_default();
    let mut next = behind.iter().filter(carries);
    let listed = next.next().is_some_and(|next| next.meaning == Meaning::And)
        && of(next.next(), Category::Negation);
    let ahead = items.get(..at).unwrap_or_default();
    let mut prior = ahead.iter().rev().filter(carries);
    let first = prior.next();
    let listed = listed
        || (first.is_some_and(|first| first.meaning == Meaning::And)
            && of(prior.next(), Category::Negation));
    let kind = (at.saturating_sub(3)..at).any(|prior| {
        matches!(
            items.get(prior).map(|item| &item.meaning),
            Some(Meaning::Category(Category::SavingsPlan | Category::Reserved))
        ) || RECURRING.contains(&spoken(text, items, prior).as_str())
    });
    let excludes = items.iter().any(|item| item.meaning == Meaning::Exclude);
    listed || (kind && excludes)
}
