//! Parts of a whole, and two things against each other.

pub(super) mod metrics;
pub(super) mod parts;
pub(super) mod weigh;
pub(super) mod whole;
