//! Judgement: what a draft may not do, sentence by sentence, and the last fence over the finished text.

pub mod fence;
pub(crate) mod overview;
pub(crate) mod pairing;
pub(crate) mod reading;
pub(crate) mod rules;
pub mod scan;
pub(crate) mod violation;
