//! Errors in one line, for messages.

use std::error::Error;

/// The most bytes of a message.
const LIMIT: usize = 300;

/// An error with its causes.
pub(crate) fn in_line(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    let all = std::iter::once(error.to_string()).chain(causes.map(ToString::to_string));
    short(&all.collect::<Vec<_>>().join(": "))
}

/// The beginning of a text.
pub(crate) fn short(text: &str) -> String {
    text.get(..text.floor_char_boundary(LIMIT)).unwrap_or_default().trim().to_owned()
}
