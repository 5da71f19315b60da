//! Finds everything in finished text that reads as a number.

use std::ops::Range;

/// The number-like stretches of `text`, as bytes.
#[must_use]
pub fn number_spans(text: &str) -> Vec<Range<usize>> {
    text.char_indices()
        .filter(|(_, letter)| letter.is_numeric())
        .map(|(at, letter)| at..at + letter.len_utf8())
        .collect()
}
