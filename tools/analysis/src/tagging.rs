//! Tag hygiene: which values and keys of tags are the same to a reader and different to a bill.

mod nearness;
mod rules;

pub use nearness::{Likeness, Near, Spelling, near};
pub use rules::{Stage, TaggingRules};

#[cfg(test)]
mod tests;
