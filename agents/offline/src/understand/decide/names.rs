//! Names of things whose sense the rest of the question settles.

pub(super) mod accounts;
pub(super) mod currency;
pub(super) mod senses;
pub(super) mod tags;
