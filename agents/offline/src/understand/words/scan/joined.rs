//! Names whose parts are joined by hyphens, where one part is a word: "billing-monolith".

use super::super::super::word::{Item, Meaning};

/// Makes one unknown name of an unknown word and the words that hyphens join to it, so that none of
/// them is read by itself.
pub(super) fn join(text: &str, items: Vec<Item>) -> Vec<Item> {
    let spoken = |item: &Item| text.get(item.start..item.end).unwrap_or_default();
    let latin = |item: &Item| {
        let said = spoken(item);
        !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let joins = item.glued
            && out.last().is_some_and(|mark| matches!(spoken(mark), "-" | "/") && mark.glued);
        let prior = out.len().checked_sub(2).and_then(|at| out.get(at));
        let named = joins
            && prior.is_some_and(|prior| {
                let one = prior.meaning == Meaning::Unknown || item.meaning == Meaning::Unknown;
                let name = |item: &Item| latin(item) || item.meaning == Meaning::Unknown;
                let entity = |item: &Item| matches!(item.meaning, Meaning::Entity(_));
                one && name(prior) && name(&item) && !entity(prior) && !entity(&item)
            });
        if named && let Some(start) = prior.map(|prior| prior.start) {
            let glued = prior.is_some_and(|prior| prior.glued);
            out.truncate(out.len() - 2);
            out.push(Item { meaning: Meaning::Unknown, start, end: item.end, glued });
        } else {
            out.push(item);
        }
    }
    out
}
