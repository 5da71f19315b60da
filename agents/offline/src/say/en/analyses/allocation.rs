//! English sentences about shared cost.

use wherefore_contract::{draft::Sentence, evidence::FactRef, period::Period};

use super::super::{during, line};

/// "checkout cost $0.0021 per transaction in April 2026 with its part of the shared cost."
pub(in crate::say) fn loaded_unit_cost(
    owner: FactRef,
    [loaded, direct]: [FactRef; 2],
    period: Period,
) -> Sentence {
    let start =
        during(line().text("Fully loaded, ").name(owner).text(" cost ").value(loaded), period);
    start.text("; its direct cost was ").value(direct).text(".").done()
}

/// Total, direct and shared cost of one owner.
pub(in crate::say) fn borne(owner: FactRef, costs: &[FactRef], period: Period) -> Sentence {
    let start = line().text("In ").period(period).text(", ").name(owner).text(" bears ");
    listed(start, costs).text(".").done()
}

/// What one owner bears of one pool.
pub(in crate::say) fn pool_share(
    names: &[FactRef],
    basis: FactRef,
    [amount, share]: [FactRef; 2],
    period: Period,
) -> Sentence {
    let start = during(line().text("Of the pool ").names(names), period);
    let start = start.text(" it bears ").measure(amount.clone()).text(" of ").value(amount);
    start.text(", a share of ").value(share).text(" by ").name(basis).text(".").done()
}

/// Shared, direct, unallocated and total cost of the period.
pub(in crate::say) fn allocated(costs: &[FactRef], period: Period) -> Sentence {
    listed(line().text("In ").period(period).text(", all cost was made of "), costs)
        .text(".")
        .done()
}

/// Nothing was measured that shared cost could be split by.
pub(in crate::say) fn no_weights() -> Sentence {
    line()
        .text("No metric is loaded that tells this by workload in the period, so that shared cost cannot be split by it; it can be split evenly, by direct cost or by transactions.")
        .done()
}

pub(in crate::say) fn allocation_rule() -> Sentence {
    line()
        .text("Each provider's shared cost is borne by those with direct cost there; every amount of the trace goes back to its pool, its basis and its weight, and what is given out of a pool is the whole of it to the last digit.")
        .done()
}

fn listed(start: crate::say::line::Line, costs: &[FactRef]) -> crate::say::line::Line {
    costs.iter().enumerate().fold(start, |line, (index, cost)| {
        let line = match index {
            0 => line,
            _ if index + 1 == costs.len() => line.text(" and "),
            _ => line.text(", "),
        };
        line.measure(cost.clone()).text(" of ").value(cost.clone())
    })
}
