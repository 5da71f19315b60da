//! Figures over rows rather than over charges: rows held against their mean, medians and percentiles.
//!
//! Each is found in the text, and one item takes the place of the words that say it.

mod korean;
mod spoken;

use wherefore_contract::{Decimal, filter::Comparison};

use super::super::word::{Item, Meaning, TimeWord};

/// A mean that rows are held against, and the words that say it.
struct Held {
    op: Comparison,
    times: Decimal,
    /// From the word of comparison to the last word of the mean.
    from: usize,
    to: usize,
}

/// Puts the figures over rows in place of their words.
pub(in crate::understand) fn read(text: &str, items: &mut [Item]) {
    let lower = text.to_ascii_lowercase();
    let held = spoken::against_mean(&lower).or_else(|| korean::against_mean(&lower));
    if let Some(held) = held.filter(|held| !is_between_means(&lower, held)) {
        against(items, &held);
    }
    if let Some((fold, from, to)) = spoken::fold(&lower).or_else(|| korean::fold(&lower)) {
        place(items, from, to, &[Meaning::Folded(fold)]);
    }
}

// "10월 일평균이 9월 일평균보다 얼마나 높아": two means side by side, and no rows held against one.
fn is_between_means(lower: &str, held: &Held) -> bool {
    let outside =
        [lower.get(..held.from).unwrap_or_default(), lower.get(held.to..).unwrap_or_default()];
    ["평균", "average", "mean "].iter().any(|word| outside.iter().any(|part| part.contains(word)))
}

// The meanings in place of the items of these bytes.
fn place(items: &mut [Item], from: usize, to: usize, meanings: &[Meaning]) {
    let mut meanings = meanings.iter();
    for item in items.iter_mut().filter(|item| item.start >= from && item.end <= to) {
        item.meaning = meanings.next().cloned().unwrap_or(Meaning::Filler);
    }
}

fn against(items: &mut [Item], held: &Held) {
    let within = |item: &Item| item.start >= held.from && item.end <= held.to;
    let names_rows = |item: &Item| {
        matches!(
            item.meaning,
            Meaning::Dimension(_) | Meaning::Service | Meaning::Word(TimeWord::Unit(_))
        )
    };
    let mut named = items.iter().any(|item| !within(item) && names_rows(item));
    let mut meaning = Some(Meaning::AgainstMean { op: held.op, times: held.times });
    for item in items.iter_mut().filter(|item| within(item)) {
        // "above the September average" keeps its time.
        let time = matches!(
            item.meaning,
            Meaning::Word(TimeWord::Month(_) | TimeWord::MonthMark | TimeWord::Relative(_))
                | Meaning::Entity(_)
        );
        // What the mean is of says what the rows are, where nothing else does.
        if time || (names_rows(item) && !named) {
            named |= names_rows(item);
            continue;
        }
        item.meaning = meaning.take().unwrap_or(Meaning::Filler);
    }
}
