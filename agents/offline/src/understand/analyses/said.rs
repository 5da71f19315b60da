//! Phrases of a subject in the words of a question: where they stand, and what taking them leaves.

use super::super::{decide::Draft, word::Meaning};
use crate::request::Slice;

/// Where any of the phrases stands in the text. Latin phrases stand as whole words, Korean ones anywhere.
pub(super) fn places(text: &str, phrases: &[&str]) -> Vec<Slice> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for phrase in phrases {
        for (start, _) in lower.match_indices(phrase) {
            let end = start + phrase.len();
            let inside = |letter: Option<char>| {
                phrase.is_ascii() && letter.is_some_and(|letter| letter.is_ascii_alphanumeric())
            };
            let before = lower.get(..start).and_then(|text| text.chars().next_back());
            let after = lower.get(end..).and_then(|text| text.chars().next());
            if !inside(before) && !inside(after) {
                found.push((start, end));
            }
        }
    }
    found
}

/// Whether any of the phrases stands in the text.
pub(super) fn says(text: &str, phrases: &[&str]) -> bool {
    !places(text, phrases).is_empty()
}

/// Takes the words of an analysis: what lies in `parts` carries nothing else any more, and neither do the words
/// that only ask for a figure. Names, times, numbers, and words that leave something out keep their meaning.
pub(super) fn take(draft: &mut Draft<'_>, parts: &[Slice]) {
    let mut is_first = true;
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        let is_said = parts.iter().any(|(start, end)| item.start < *end && *start < item.end);
        let is_own = matches!(item.meaning, Meaning::Entity(_) | Meaning::When(_));
        if is_own || !(is_said || is_plain(&item.meaning)) {
            continue;
        }
        // What an analysis advises is about cost, whatever its words are.
        item.meaning = if is_said && is_first { Meaning::Advice } else { Meaning::Filler };
        is_first &= !is_said;
        draft.mark(at);
    }
}

// Words that ask for a figure of some kind: the analysis brings its own.
fn is_plain(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Cost
            | Meaning::Money
            | Meaning::Measure(_)
            | Meaning::Dimension(_)
            | Meaning::HowMany
            | Meaning::Which
            | Meaning::Why
            | Meaning::Exists
            | Meaning::Total
            | Meaning::Rise
            | Meaning::Fall
            | Meaning::Change
            | Meaning::Rank(_)
            | Meaning::Sort(_)
            | Meaning::Discount
            | Meaning::Breakdown
            | Meaning::Trend
            | Meaning::By
            | Meaning::Per
            | Meaning::Forecast
            | Meaning::Category(_)
            | Meaning::UnitPrice
            | Meaning::Quantity(_)
            | Meaning::PricePer(_)
            | Meaning::Only
    )
}
