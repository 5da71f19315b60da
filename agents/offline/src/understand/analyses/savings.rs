//! What can be saved: the whole plan, or the checks that the words name.
//!
//! What discounts saved already, and what unused commitments cost, are other questions: words of the past and of
//! commitments leave the question to them.

mod words;

use super::{
    super::{decide::Draft, word::Meaning},
    phrases::{self, Heard, Korean},
};
use crate::request::{Analysis, Slice};
use words::{IDLE_CHECKS, Topic};

// More is no list that anybody reads.
const MOST_LISTED: u32 = 100;

/// Whether the question asks for it.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    let heard = draft.heard;
    if heard.says(words::OTHERS, Korean::Spaceless) {
        return None;
    }
    let topics: Vec<(&Topic, Slice)> = words::TOPICS
        .iter()
        .filter_map(|topic| Some((topic, heard.first(topic.words, Korean::Spaceless)?)))
        .collect();
    let why_not = heard
        .first(words::WHY_NOT, Korean::Spaceless)
        .filter(|_| !topics.is_empty() || heard.says(words::SAVINGS, Korean::Spaceless));
    let ranked = heard.first(words::SAVINGS, Korean::Spaceless).filter(|_| ranks_savings(draft));
    let intent = heard.first(words::INTENT, Korean::Spaceless).or(why_not).or(ranked);
    let moves = heard
        .first(words::MOVES, Korean::Spaceless)
        .filter(|_| topics.iter().any(|(topic, _)| topic.moves));
    let idle = heard.first(words::IDLE, Korean::Spaceless).filter(|_| asks_which(draft, heard));
    let is_thing = !topics.is_empty() || heard.says(words::THINGS, Korean::Spaceless);
    let idle = idle.filter(|_| is_thing);
    let told = topics.iter().any(|(topic, _)| topic.tells);
    if intent.is_none() && moves.is_none() && idle.is_none() && !(told && asks_which(draft, heard))
    {
        return None;
    }
    if intent.is_none() && moves.is_none() && draft.has(&Meaning::Write) {
        return None;
    }
    draft.limit = draft.limit.or_else(|| how_many(draft));
    draft.checks = checks(heard, &topics, idle.is_some(), intent.is_some() || moves.is_some());
    let lists = [
        words::INTENT,
        words::MOVES,
        words::IDLE,
        words::THINGS,
        words::PLAIN,
        words::WHY_NOT,
        words::SAVINGS,
    ];
    let mut spans: Vec<Slice> =
        lists.iter().flat_map(|list| heard.all(list, Korean::Spaceless)).collect();
    spans.extend(topics.iter().flat_map(|(topic, _)| heard.all(topic.words, Korean::Spaceless)));
    take(draft, &spans);
    Some(Analysis::Savings)
}

// "top 5 savings", "가장 큰 절감 3가지": the largest of what could be saved. What was saved where or when is a figure
// of the past.
fn ranks_savings(draft: &Draft<'_>) -> bool {
    draft.flag(|meaning| matches!(meaning, Meaning::Rank(_) | Meaning::Sort(_)))
        && !draft.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Dimension(_)
                    | Meaning::Service
                    | Meaning::Entity(_)
                    | Meaning::When(_)
                    | Meaning::By
                    | Meaning::Per
                    | Meaning::Which
                    | Meaning::Cost
                    | Meaning::Measure(_)
                    | Meaning::Change
                    | Meaning::Compare
            )
        })
}

// The number beside a rank: how many of the largest are listed.
fn how_many(draft: &mut Draft<'_>) -> Option<u32> {
    if !draft.flag(|meaning| matches!(meaning, Meaning::Rank(_) | Meaning::Sort(_))) {
        return None;
    }
    let counted = (0..draft.items.len()).find_map(|at| match draft.meaning(at) {
        Some(Meaning::Number { value, .. }) => {
            let value =
                u32::try_from(*value).ok().filter(|value| (1..=MOST_LISTED).contains(value));
            Some((at, value?))
        }
        Some(_) | None => None,
    });
    let (at, value) = counted?;
    draft.mark(at);
    Some(value)
}

// "which volumes are unattached", "유휴 IP 있어?": which there are, not what they cost.
fn asks_which(draft: &Draft<'_>, heard: &Heard) -> bool {
    !heard.says(words::COSTS, Korean::Spaceless)
        && !draft.flag(|meaning| {
            matches!(meaning, Meaning::Cost | Meaning::Money | Meaning::Trend | Meaning::Why)
        })
}

// The checks of the named topics that fit; all of them where none is named.
fn checks(heard: &Heard, topics: &[(&Topic, Slice)], idle: bool, wants: bool) -> Vec<String> {
    let mut all: Vec<&str> = Vec::new();
    for (topic, _) in topics {
        all.extend(topic.checks);
    }
    // "Graviton for RDS": the narrower topic says which of the wider one's checks.
    let narrower: Vec<&str> = words::NARROWER
        .iter()
        .filter(|(list, _)| heard.says(list, Korean::Spaceless))
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
    phrases::take(draft, spans, Meaning::Advice, |item| {
        matches!(item.meaning, Meaning::When(_) | Meaning::Word(_))
    });
    // What is asked of the plan as a whole needs no figure beside it.
    phrases::silence(draft, |meaning| {
        matches!(
            meaning,
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
    });
}
