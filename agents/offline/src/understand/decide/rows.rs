//! Which rows of an answer are meant, and which figures stand beside each other in them.

pub(super) mod absent;
pub(super) mod beside;
pub(super) mod folds;
pub(super) mod numbers;
pub(super) mod place;
pub(super) mod thresholds;
