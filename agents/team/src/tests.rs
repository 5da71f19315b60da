//! Whole questions through the team, on scripts and fake tools.

mod bounds;
mod composing;
pub(crate) mod fake;
mod merging;
mod order;
mod purse;
mod reading_less;
mod recording;
