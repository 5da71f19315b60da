//! English turns of speech whose words mean something else one by one.

use wherefore_contract::cost::Direction;

use crate::understand::word::Meaning::{
    self, By, Cost, Difference, Exists, Filler, First, Last, Rank, Share, UnitPrice,
};

/// Meanings with the phrases that carry them, parted by `|`.
pub(super) fn entries() -> Vec<(Meaning, &'static str)> {
    vec![
        (
            Rank(Direction::Descending),
            "dominates|dominate|dominating|dominated|tops the list|tops the bill|tops our bill|comes first|comes out on top|lion s share|the most expensive|the most costly|the single most expensive",
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
        (
            Cost,
            "burn through|burns through|burned through|burnt through|burning through|run through|runs through|ran through|go through|goes through|going through|went through|gone through|get through|got through|blow through|blew through|chew through|chewed through|the damage|the tab|outgoings",
        ),
        (Share, "make up of|makes up of|made up of the total|make up out of|makes up out of"),
        (By, "one row each|a row each|one line each|a line each|one row per|one line per"),
        (
            Difference,
            "what s the gap|what is the gap|how big is the gap|how wide is the gap|how large is the gap|what s the delta|what is the delta",
        ),
        (
            Filler,
            "after credits|after the credits|after all credits|after any credits|once credits are applied|after credits are applied|after applying credits|give back|gave back|gives back|given back|of the two|of the three|monday to sunday|monday through sunday|mon to sun|mon sun|sunday to saturday",
        ),
        (
            Filler,
            "falls in|falls into|falls within|falls under|fall into|fall within|fall under|fell into|fell within",
        ),
        (
            Filler,
            "become|becomes|became|becoming|all two|all three|all four|all five|all of them|get back in|got back in|of any kind|in one line|in one row|all of a sudden|suddenly|abruptly",
        ),
    ]
}
