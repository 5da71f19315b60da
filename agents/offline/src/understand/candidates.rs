//! Reads a question in every sense that its words leave open, and takes the best.
//!
//! Each candidate is one choice of senses. Its cost adds up what is unnatural about the senses, what
//! it leaves unread, and how it ends: a reading costs nothing by itself, asking back costs less than
//! declining. The cheapest candidate wins when it is clearly cheapest; the order of the senses, most
//! natural first, settles what remains, so that the same question is always read the same way.

use wherefore_contract::{
    cost::{Direction, Measure},
    dimension::{Dimension, FocusDimension},
};

use super::{
    analyses::phrases::Heard,
    decide::Draft,
    link::Entity,
    time::Calendar,
    word::{Category, Item, Meaning},
};
use crate::request::{Choice, Known, Reason, Understanding};

// So many words may have a second sense at once; later ones keep their first.
const OPEN_WORDS: usize = 5;
// Readings that differ by less than this are equally good, and the question is asked back. A word in
// its second sense costs at least this much more, so only senses given as equal are asked about.
const MARGIN: u32 = 2;
// What a candidate costs that ends without a figure.
const ASKED_BACK: u32 = 40;
const DECLINED: u32 = 60;
const NOT_UNDERSTOOD: u32 = 90;

/// Another meaning of a word, and what it costs to take it.
struct Sense {
    at: usize,
    meaning: Meaning,
    cost: u32,
}

struct Candidate {
    cost: u32,
    outcome: Understanding,
}

/// The best reading of the words, or why there is none.
pub(super) fn read(
    text: &str,
    items: &[Item],
    entities: &[Entity],
    known: &Known,
    calendar: Calendar,
) -> Understanding {
    let open = senses(items, known);
    let heard = Heard::new(text);
    let count = 1_usize << open.len();
    let candidates = (0..count).map(|taken| {
        let mut items = items.to_vec();
        let mut cost = 0;
        for (index, sense) in open.iter().enumerate() {
            if taken & (1 << index) == 0 {
                continue;
            }
            cost += sense.cost;
            if let Some(item) = items.get_mut(sense.at) {
                item.meaning = sense.meaning.clone();
            }
        }
        let outcome = Draft::new(text, &heard, items, entities, known, calendar).read();
        Candidate { cost: cost + ending(&outcome), outcome }
    });
    best(candidates.collect())
}

fn best(candidates: Vec<Candidate>) -> Understanding {
    let least = candidates.iter().map(|candidate| candidate.cost).min().unwrap_or(0);
    let near: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.cost < least + MARGIN).collect();
    if let Some(choices) = rivals(&near) {
        return Understanding::NeedsClarification(choices);
    }
    let first = candidates.into_iter().find(|candidate| candidate.cost == least);
    first.map_or_else(|| Understanding::NeedsClarification(Vec::new()), |found| found.outcome)
}

// Two readings of one cost that group by different things: a reader must choose.
fn rivals(near: &[&Candidate]) -> Option<Vec<Choice>> {
    let mut choices: Vec<Choice> = Vec::new();
    for candidate in near {
        let Understanding::Reading(reading) = &candidate.outcome else { return None };
        let dimension = reading.dimensions.first()?.clone();
        if choices.iter().all(|held| held.dimension != dimension) {
            choices.push(Choice { asked: (0, 0), dimension, value: String::new() });
        }
    }
    (choices.len() > 1).then_some(choices)
}

fn ending(outcome: &Understanding) -> u32 {
    match outcome {
        Understanding::Reading(reading) => {
            2 * u32::try_from(reading.unread.len()).unwrap_or(u32::MAX / 4)
        }
        Understanding::NeedsClarification(_) | Understanding::AskedBack(_) => ASKED_BACK,
        Understanding::Declined(decline) if decline.reason == Reason::NotUnderstood => {
            NOT_UNDERSTOOD
        }
        Understanding::Declined(_) => DECLINED,
    }
}

// The second senses of the words that have one.
fn senses(items: &[Item], known: &Known) -> Vec<Sense> {
    let mut open = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if open.len() == OPEN_WORDS {
            break;
        }
        if let Some((meaning, cost)) = second(items, item, known) {
            open.push(Sense { at, meaning, cost });
        }
    }
    open
}

fn second(items: &[Item], item: &Item, known: &Known) -> Option<(Meaning, u32)> {
    match &item.meaning {
        // "by service" of a question about transactions means our own services.
        Meaning::Service => {
            let own = items.iter().any(|item| {
                matches!(item.meaning, Meaning::Measure(Measure::UnitCost | Measure::Transactions))
            });
            let loaded = !known.description.transactions.is_empty();
            (own && loaded).then_some((Meaning::Dimension(Dimension::Workload), 0))
        }
        // "usage" is a kind of charge or a quantity.
        Meaning::Category(Category::Usage) => {
            let held = known.description.dimensions.iter().any(|fill| {
                fill.dimension == Dimension::Column(FocusDimension::ChargeCategory).name()
            });
            (!held).then_some((Meaning::Filler, 3))
        }
        // "first" and "last" of an order.
        Meaning::First => Some((Meaning::Rank(Direction::Descending), 6)),
        _ => None,
    }
}
