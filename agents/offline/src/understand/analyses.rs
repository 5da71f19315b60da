//! Which analysis a question asks for, by its words.
//!
//! Each subject reads its own words; the first that finds them takes the question.

mod allocation;
mod api_calls;
mod bases;
mod bridge;
mod budget;
mod commitments;
mod efficiency;
mod percents;
pub(super) mod phrases;
mod purchase;
mod savings;
mod schedule;
mod tagging;
mod unusual;

use super::decide::Draft;
use crate::request::Analysis;

/// A subject: reads the words of a question and says whether it is about it. Words that it takes are
/// marked as used.
type Subject = fn(&mut Draft<'_>) -> Option<Analysis>;

// From the most to the least telling words.
const SUBJECTS: [Subject; 10] = [
    budget::asked,
    schedule::asked,
    api_calls::asked,
    commitments::asked,
    purchase::asked,
    savings::asked,
    unusual::asked,
    allocation::asked,
    bases::asked,
    tagging::asked,
];

/// The analysis that the words ask for.
pub(super) fn asked(draft: &mut Draft<'_>) -> Option<Analysis> {
    efficiency::settle(draft);
    SUBJECTS.iter().find_map(|subject| subject(draft))
}

/// Whether a movement is asked to be split into price, usage and mix.
pub(super) fn bridged(draft: &mut Draft<'_>) -> bool {
    bridge::asked(draft)
}
