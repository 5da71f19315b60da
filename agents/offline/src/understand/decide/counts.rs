//! What is counted: values, things of the estate, units of usage, and what a mean divides by.

pub(super) mod counted;
pub(super) mod counting;
pub(super) mod means;
pub(super) mod presence;
pub(super) mod units;
