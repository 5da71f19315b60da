//! Tells the month May from the verb "may", and the month March from the verb "march".

use super::super::super::word::{Item, Meaning, TimeWord};

// Words after the verb: "may we see", "may have risen".
const AFTER_THE_VERB: &[&str] =
    &["i", "we", "you", "he", "she", "it", "they", "be", "have", "not", "also", "well"];
// Words before the verb: "what we may see", "there may be".
const BEFORE_THE_VERB: &[&str] = &["i", "we", "you", "he", "she", "it", "they", "there", "who"];

/// Drops the months that are verbs where they stand.
pub(super) fn settle(text: &str, mut items: Vec<Item>) -> Vec<Item> {
    let words: Vec<String> = items
        .iter()
        .map(|item| text.get(item.start..item.end).unwrap_or_default().to_lowercase())
        .collect();
    for (at, item) in items.iter_mut().enumerate() {
        let word = words.get(at).map_or("", String::as_str);
        let is_month = matches!(item.meaning, Meaning::Word(TimeWord::Month(3 | 5)));
        if !is_month || !matches!(word, "may" | "march") {
            continue;
        }
        // Inside a sentence a capital letter settles it.
        let capital =
            text.get(item.start..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let beside = |at: Option<usize>, list: &[&str]| {
            at.and_then(|at| words.get(at)).is_some_and(|word| list.contains(&word.as_str()))
        };
        let verb =
            beside(at.checked_add(1), AFTER_THE_VERB) || beside(at.checked_sub(1), BEFORE_THE_VERB);
        if verb && !(capital && at > 0) {
            item.meaning = Meaning::Filler;
        }
    }
    items
}
