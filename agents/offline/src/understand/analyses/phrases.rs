//! Finds the phrases of a subject in the text of a question and takes their words.

use super::super::{decide::Draft, word::Meaning};
use crate::request::Slice;

/// Where the phrases stand. Latin ones stand as whole words; Korean ones may begin a longer word.
pub(super) fn find(text: &str, phrases: &[&str]) -> Vec<Slice> {
    let lower = text.to_ascii_lowercase();
    let mut all = Vec::new();
    for phrase in phrases {
        for (start, _) in lower.match_indices(phrase) {
            let end = start + phrase.len();
            let before = lower.get(..start).and_then(|text| text.chars().next_back());
            let after = lower.get(end..).and_then(|text| text.chars().next());
            let free =
                |letter: Option<char>| letter.is_none_or(|letter| !letter.is_ascii_alphanumeric());
            let whole = if phrase.is_ascii() { free(before) && free(after) } else { opens(before) };
            if whole {
                all.push((start, end));
            }
        }
    }
    all
}

// A Korean word begins where no Hangul stands before it.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|letter| !('\u{ac00}'..='\u{d7a3}').contains(&letter))
}

// What a Korean bound counts.
const UNITS: &[&str] =
    &["달러", "불", "원", "%", "퍼센트", "프로", "배", "건", "개", "일", "번", "회", "시간"];

/// Whether a number, with or without its unit, stands right before: "100달러 이상".
pub(super) fn follows_a_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let bare = UNITS.iter().find_map(|unit| before.strip_suffix(unit)).unwrap_or(before);
    let last = bare.trim_end().chars().next_back();
    last.is_some_and(|last| last.is_ascii_digit() || matches!(last, '천' | '만' | '억' | '조'))
}

/// Takes the words that lie in these parts of the text: they are read, and mean nothing else.
pub(super) fn take(draft: &mut Draft<'_>, parts: &[Slice]) {
    let mut said = false;
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        let inside = parts.iter().any(|(start, end)| item.start < *end && *start < item.end);
        // Names and times keep their meaning even where a phrase reaches into them.
        let own = matches!(item.meaning, Meaning::Entity(_) | Meaning::When(_));
        if inside && !own {
            // A question of these words alone is about cost.
            item.meaning = if said { Meaning::Filler } else { Meaning::Cost };
            said = true;
            draft.mark(at);
        }
    }
}
