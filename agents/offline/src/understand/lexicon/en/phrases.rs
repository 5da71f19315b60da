//! English turns of speech whose words mean something else one by one.

use wherefore_contract::cost::Direction;

use crate::understand::word::Meaning::{self, Exists, Filler, First, Last, Rank, UnitPrice};

/// Meanings with the phrases that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Rank(Direction::Descending),
            "the most expensive|the most costly|the single most expensive",
        ),
        (
            First,
            "first day with|first day that|first day on which|first date with|first hour with|first month with",
        ),
        (
            Last,
            "last day with|last day that|last day on which|last date with|last hour with|final day with",
        ),
        (
            UnitPrice,
            "per gb month|per gb|per gigabyte|per gigabyte month|per tb|per terabyte|per gib|pay per unit",
        ),
        (Exists, "do any|does any|did any"),
        (Filler, "of any kind|in one line|in one row|all of a sudden|suddenly|abruptly"),
    ]
}
