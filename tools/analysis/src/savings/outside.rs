//! Proposals that rest on more than the bill: schedules from transactions, and calls of clients.

use rust_decimal::Decimal;

use super::{
    After, Basis, Candidate, Effect, Share,
    estate::{Estate, UsageLine},
    rules::Check,
};
use crate::seasonality::{Fleet, Scaling};

impl Estate {
    /// Places of the lines that can be acted on, of those that `wanted` keeps.
    pub fn open_where(&self, wanted: impl Fn(&UsageLine) -> bool) -> Vec<usize> {
        self.open().filter(|(_, line)| wanted(line)).map(|(place, _)| place).collect()
    }
}

/// A fleet that runs on fewer units in some hours of the week: `lines` are what it is paid by on demand.
///
/// `None` without a schedule, or without such lines.
#[must_use]
pub fn scaling(
    check: &Check,
    workload: &str,
    lines: Vec<usize>,
    scaling: &Scaling,
    fleet: &Fleet,
) -> Option<Candidate> {
    let saving = scaling.saving.filter(|_| !scaling.blocks.is_empty() && !lines.is_empty())?;
    let part = |amount: Decimal| amount.checked_div(saving.cost);
    let share = Share {
        low: part(saving.low)?,
        expected: part(saving.monthly)?,
        high: part(saving.high)?.min(Decimal::ONE),
    };
    Some(Candidate {
        check: check.id.clone(),
        action: check.action,
        resource_id: workload.to_owned(),
        lines,
        effect: Effect::Part(share),
        basis: Basis::OwnRate,
        after: After::Hours(scaling.kept(fleet)),
    })
}

/// Calls that a client makes beyond what transactions need: `saving` is what they cost in the period (least, expected,
/// most), `lines` are the meters that count them.
///
/// `None` when the lines cost nothing.
#[must_use]
pub fn calls(
    estate: &Estate,
    check: &Check,
    resource_id: String,
    lines: Vec<usize>,
    saving: [Decimal; 3],
) -> Option<Candidate> {
    let cost: Decimal =
        lines.iter().filter_map(|place| estate.line(*place)).map(|line| line.cost).sum();
    let part = |amount: Decimal| {
        amount.checked_div(cost).map(|part| part.clamp(Decimal::ZERO, Decimal::ONE))
    };
    let [low, expected, high] = saving.map(part);
    let share = Share { low: low?, expected: expected?, high: high? };
    (share.high > Decimal::ZERO).then(|| Candidate {
        check: check.id.clone(),
        action: check.action,
        resource_id,
        lines,
        effect: Effect::Slice(share),
        basis: Basis::OwnRate,
        after: After::Same,
    })
}
