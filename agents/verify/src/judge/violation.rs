//! What a draft does that no reader may see, in words that help to repair it.

use std::fmt;

use serde::Serialize;

/// One rule that one span of a draft breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The path of the sentence in the draft, e.g. `headline`, `body[0]`, `gaps[1].sentence`.
    pub sentence: String,
    /// The span in it, from zero; absent when the whole sentence is meant.
    pub span: Option<usize>,
    pub rule: Rule,
    /// What is wrong and what to do instead.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Some(span) => write!(out, "{}[{span}]: {}", self.sentence, self.message),
            None => write!(out, "{}: {}", self.sentence, self.message),
        }
    }
}

/// The rules of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Literal text holds a character, a word or an address that it may not hold.
    Text,
    /// Literal text touches a figure so that it reads as part of it.
    Touching,
    /// A reference points at no cell of the right kind.
    Reference,
    /// A calculation is refused by units, periods or zero.
    Arithmetic,
    /// Names and figures do not belong to the same rows, or a name is missing.
    Pairing,
    /// Measures and figures do not belong together, or a measure is missing.
    Measure,
    /// Periods and figures do not belong together, or a period is missing or unknown.
    Period,
    /// A change is shown as a level or a level as a change; a direction without order.
    Direction,
    /// A rank that the column does not bear out.
    Rank,
    /// A sum, a mean or a share without the word for it, or the word without the figure.
    Joining,
    /// A part of the question that cannot be repeated here.
    Asked,
    /// A figure in an answer that has none: declined, or asking back.
    NoFigures,
    /// A result, table or chart that its evidence cannot give.
    Shape,
    /// The finished document says something that no claim covers.
    Fence,
}
