//! Words that are read together, because one settles what the other means.

pub(super) mod credited;
pub(super) mod fees;
pub(super) mod gloss;
pub(super) mod metered;
pub(super) mod restated;
pub(super) mod scaling;
pub(super) mod settle;
pub(super) mod statistic;
