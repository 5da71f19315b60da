//! Whole questions through the team, on scripts and fake tools.

mod bounds;
mod composing;
mod fake;
mod merging;
mod order;
