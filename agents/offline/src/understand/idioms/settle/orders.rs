//! Words that order something to be done, or only tell that it was.

use super::{
    super::super::word::{Item, Meaning},
    SHOWN, is_korean, word,
};

// "what did we buy", "charges that were cancelled": told, not ordered.
pub(super) fn told(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let prior = items.get(..at)?.iter().rev().take(2);
    let subjects = ["we", "i", "they", "did", "have", "was", "were", "had", "has", "who", "you"];
    let english = !is_korean(text, items.get(at)?);
    let asks = items.first().is_some_and(|item| {
        matches!(word(text, item).as_str(), "can" | "could" | "please" | "would" | "will")
    });
    (english
        && !asks
        && prior.map(|item| word(text, item)).any(|word| subjects.contains(&word.as_str())))
    .then_some(Meaning::Filler)
}

// "Stop all workloads": an order, where a question would ask when something stopped.
pub(super) fn ordered(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let verb = matches!(word(text, items.get(at)?).as_str(), "stop" | "start" | "end");
    let first = items.get(..at)?.iter().all(|item| {
        matches!(word(text, item).as_str(), "please" | "can" | "could" | "you" | "and")
    });
    let costs =
        items.iter().any(|item| matches!(item.meaning, Meaning::Cost | Meaning::Measure(_)));
    (verb && first && !costs).then_some(Meaning::Write)
}

// "create a table", "send me the totals" only ask to see something.
pub(super) fn harmless(text: &str, items: &[Item], at: usize) -> Option<Meaning> {
    let english = !is_korean(text, items.get(at)?);
    let near = items.get(at + 1..).unwrap_or_default().iter().take(4);
    let shown = near.map(|item| word(text, item)).any(|next| SHOWN.contains(&next.as_str()));
    // "email me this report every Monday": something is to be set up.
    let repeated = items.get(at + 1..).unwrap_or_default().iter().any(|item| {
        matches!(word(text, item).as_str(), "every" | "weekly" | "daily" | "monthly" | "regularly")
            && matches!(word(text, items.get(at).unwrap_or(item)).as_str(), "send" | "email")
    });
    (english
        && !repeated
        && shown
        && matches!(word(text, items.get(at)?).as_str(), "create" | "send" | "email" | "update"))
    .then_some(Meaning::Filler)
}
