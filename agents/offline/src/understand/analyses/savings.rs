//! What can be saved: the whole plan, or the checks that the words name.
//!
//! What discounts saved already, and what unused commitments cost, are other questions: words of the past and of
//! commitments leave the question to them.

mod text;
mod words;

use super::super::{decide::Draft, word::Meaning};
use crate::request::{Analysis, Slice};
use text::Text;
use words::{IDLE_CHECKS, Topic};

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let text = Text::of(draft.text);
    if text.any(words::OTHERS).is_some() {
        return None;
    }
    let topics: Vec<(&Topic, Slice)> =
        words::TOPICS.iter().filter_map(|topic| Some((topic, text.any(topic.words)?))).collect();
    let intent = text.any(words::INTENT);
    let moves = text.any(words::MOVES).filter(|_| topics.iter().any(|(topic, _)| topic.moves));
    let idle = text.any(words::IDLE).filter(|_| asks_which(draft, &text));
    let is_thing = !topics.is_empty() || text.any(words::THINGS).is_some();
    let idle = idle.filter(|_| is_thing);
    let told = topics.iter().any(|(topic, _)| topic.tells);
    if intent.is_none() && moves.is_none() && idle.is_none() && !(told && asks_which(draft, &text))
    {
        return None;
    }
    if intent.is_none() && moves.is_none() && draft.has(&Meaning::Write) {
        return None;
    }
    draft.checks = checks(&text, &topics, idle.is_some(), intent.is_some() || moves.is_some());
    let lists = [words::INTENT, words::MOVES, words::IDLE, words::THINGS, words::PLAIN];
    let mut spans: Vec<Slice> = lists.iter().flat_map(|list| text.all(list)).collect();
    spans.extend(topics.iter().flat_map(|(topic, _)| text.all(topic.words)));
    take(draft, &spans);
    Some(Analysis::Savings)
}

// "which volumes are unattached", "유휴 IP 있어?": which there are, not what they cost.
fn asks_which(draft: &Draft<'_>, text: &Text) -> bool {
    text.any(words::COSTS).is_none()
        && !draft.flag(|meaning| {
            matches!(meaning, Meaning::Cost | Meaning::Money | Meaning::Trend | Meaning::Why)
        })
}

// The checks of the named topics that fit; all of them where none is named.
fn checks(text: &Text, topics: &[(&Topic, Slice)], idle: bool, wants: bool) -> Vec<String> {
    let mut all: Vec<&str> = Vec::new();
    for (topic, _) in topics {
        all.extend(topic.checks);
    }
    // "Graviton for RDS": the narrower topic says which of the wider one's checks.
    let narrower: Vec<&str> = words::NARROWER
        .iter()
        .filter(|(list, _)| text.any(list).is_some())
        .flat_map(|(_, checks)| checks.iter().copied())
        .filter(|check| all.contains(check))
        .collect();
    if !narrower.is_empty() {
        all.retain(|check| narrower.contains(check));
    }
    if all.is_empty() && idle && !wants {
        all.extend(IDLE_CHECKS);
    }
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(str::to_owned).collect()
}

// The words that were read mean nothing else any more; one of them stays as the advice that is asked for.
fn take(draft: &mut Draft<'_>, spans: &[Slice]) {
    let mut first = true;
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        let is_read = spans.iter().any(|(start, end)| item.start < *end && *start < item.end);
        let is_time = matches!(item.meaning, Meaning::When(_) | Meaning::Word(_));
        if !is_read || is_time {
            continue;
        }
        item.meaning = if std::mem::take(&mut first) { Meaning::Advice } else { Meaning::Filler };
        draft.mark(at);
    }
    // What is asked of the plan as a whole needs no figure beside it.
    for at in 0..draft.items.len() {
        let plain = matches!(
            draft.meaning(at),
            Some(
                Meaning::Cost
                    | Meaning::Money
                    | Meaning::HowMany
                    | Meaning::Which
                    | Meaning::Exists
                    | Meaning::Total
                    | Meaning::Fall
                    | Meaning::Discount
                    | Meaning::Service
                    | Meaning::Breakdown
                    | Meaning::Forecast
                    | Meaning::Rank(_)
                    | Meaning::Category(_)
                    | Meaning::Write
            )
        );
        if plain {
            if let Some(item) = draft.items.get_mut(at) {
                item.meaning = Meaning::Filler;
            }
            draft.mark(at);
        }
    }
}
