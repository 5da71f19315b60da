//! Whole questions through the team, on scripts and fake tools.

mod bounds;
mod composed;
mod composing;
mod examples;
pub(crate) mod fake;
mod merging;
mod order;
mod outages;
mod purse;
mod reading_less;
mod reads;
mod recording;
mod repaired;
