//! How well charges are tagged.

use super::super::{decide::Draft, word::Meaning};
use crate::{request::Analysis, tagging};

/// Whether the question asks for it. Its words are taken, so that none of them asks for a figure of another
/// kind; times, names and named keys stay what they are.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    tagging::asked(draft.text)?;
    let text = draft.text;
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        let word = text.get(item.start..item.end).unwrap_or_default();
        let bears = matches!(
            item.meaning,
            Meaning::Dimension(_)
                | Meaning::Entity(_)
                | Meaning::When(_)
                | Meaning::Word(_)
                | Meaning::Number { .. }
                | Meaning::Range
                | Meaning::From
                | Meaning::To
                | Meaning::Since
                | Meaning::Until
                | Meaning::Exclude
                | Meaning::Write
                | Meaning::Outside
                | Meaning::Coming
                | Meaning::Money
        );
        let open = item.meaning == Meaning::Unknown && !tagging::is_own(word);
        if bears || open {
            continue;
        }
        item.meaning = match item.meaning {
            // What is asked about stays in sight, as a question about cost.
            Meaning::Tag | Meaning::Cost => Meaning::Cost,
            _ => Meaning::Filler,
        };
        draft.mark(at);
    }
    if !draft.has(&Meaning::Cost)
        && let Some(item) = draft.items.iter_mut().find(|item| item.meaning == Meaning::Filler)
    {
        item.meaning = Meaning::Cost;
    }
    Some(Analysis::Tagging)
}
