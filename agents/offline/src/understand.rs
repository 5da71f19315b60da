//! Reads a question about cost, in English or Korean, as a typed request, or says why it cannot.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a rule names the few words it looks for; all others pass it by"
)]

mod analyses;
mod candidates;
mod commitment;
mod condition;
mod decide;
mod follow;
mod idioms;
mod limits;
mod link;
mod times;
mod words;

use jiff::civil::Date;
use wherefore_contract::{dimension::Dimension, quality::DimensionFill, question::Question};

use crate::request::{Decline, Known, Reason, Understanding};

pub(crate) use follow::inherited_names;
pub use follow::{InvalidRequest, corrected};

// The rooms beside name these without the room that they stand in.
use idioms::{credited, fees, gloss, metered, restated, scaling, settle, statistic};
use times::{lengths, time};
use word::{Item, Meaning};
use words::{glyphs, lexicon, repair, scan, unread, word};

// A question of more words than this is a document, not a question.
const ITEMS_LIMIT: usize = 250;
// So is one of more bytes, also when it has no spaces.
const BYTES_LIMIT: usize = 4 * 1024;

/// Reads `question` against what is loaded, the names it may mean and what was asked before it. Never
/// panics, and takes a time that grows with the length of the question alone.
#[must_use]
pub fn understand(question: &Question, known: &Known) -> Understanding {
    follow::understand(question, known)
}

/// Reads `text` by itself, as a question that was asked on the day `as_of`.
fn alone(text: &str, as_of: Date, known: &Known) -> Understanding {
    if is_document(text) {
        return not_understood();
    }
    let entities = link::entities(&known.hits, text);
    let mut items = scan::scan(text, &entities, &tag_keys(known));
    if items.len() > ITEMS_LIMIT {
        return not_understood();
    }
    repair::repair(text, &mut items, &entities);
    settle::halves(text, &mut items);
    time::settle_spoken(text, &mut items);
    settle::places(text, &mut items);
    statistic::read(text, &mut items);
    restated::read(text, &mut items);
    scaling::read(text, &mut items);
    settle::moved_relatively(text, &mut items);
    let calendar = time::Calendar::new(as_of, known);
    let items = lengths::mark(text, items);
    let items = folded(text, &items, calendar);
    let items = fees::mark(text, items, known);
    let items = gloss::drop_definitions(text, items, &entities);
    let items = metered::mark(text, items, &entities, known);
    let mut items = credited::mark(text, items);
    settle::settle(text, &mut items);
    candidates::read(text, &items, &entities, known, calendar)
}

// Told before anything is looked up in it, so that its length costs nothing.
fn is_document(text: &str) -> bool {
    // "a-a-a" is as many words as "a a a".
    let words =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    text.len() > BYTES_LIMIT || words.count() > ITEMS_LIMIT
}

fn not_understood() -> Understanding {
    Understanding::Declined(Decline {
        reason: Reason::NotUnderstood,
        asked: Vec::new(),
        nearest: Vec::new(),
        period: None,
    })
}

fn folded(text: &str, items: &[Item], calendar: time::Calendar) -> Vec<Item> {
    time::fold(text, items, calendar, compares(items))
}

// The keys of tags that are loaded, the most used first.
fn tag_keys(known: &Known) -> Vec<String> {
    let share = |fill: &DimensionFill| fill.filled_percent.parse::<f32>().unwrap_or(0.0);
    let mut tags: Vec<&DimensionFill> = known
        .description
        .dimensions
        .iter()
        .filter(|fill| fill.dimension.starts_with("tag:"))
        .collect();
    tags.sort_by(|left, right| {
        share(right).total_cmp(&share(left)).then_with(|| left.dimension.cmp(&right.dimension))
    });
    tags.iter().filter_map(|fill| fill.dimension.strip_prefix("tag:")).map(str::to_owned).collect()
}

/// How narrow a condition on this dimension is: a provider least, a resource most.
pub(crate) fn specificity(dimension: &Dimension) -> u8 {
    link::precedence(dimension)
}

// Whether "from A to B" names two sides rather than one stretch.
fn compares(items: &[Item]) -> bool {
    items.iter().any(|item| {
        matches!(
            item.meaning,
            Meaning::Compare
                | Meaning::Change
                | Meaning::Rise
                | Meaning::Fall
                | Meaning::Why
                | Meaning::Difference
                | Meaning::Times
        )
    })
}

#[cfg(test)]
pub(crate) mod tests;
