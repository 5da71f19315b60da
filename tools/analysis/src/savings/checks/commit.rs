//! What runs on every day without a commitment.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::savings::{
    Basis, Candidate, Effect, Share,
    estate::{PoolKey, View},
    rules::{Check, Find, is_any},
};

/// One proposal a pool: usage that a commitment could cover in common. How much of it, the plan says, once it
/// is known what is left.
pub(super) fn commit(view: &View<'_>, check: &Check) -> Vec<Candidate> {
    let estate = view.estate;
    let Find::Commit { what, low, expected, high } = &check.find else { return Vec::new() };
    let mut pools: BTreeMap<PoolKey<'_>, Vec<usize>> = BTreeMap::new();
    for (place, line) in estate.open_of(what).filter(|(_, line)| line.is_hourly()) {
        pools.entry(line.pool()).or_default().push(place);
    }
    let published = Share { low: *low, expected: *expected, high: *high };
    pools
        .into_iter()
        .map(|((.., usage_type, _), lines)| {
            let own = lines.first().and_then(|place| own_discount(view, *place, what));
            let (share, basis) = own.map_or((published, Basis::Published), |part| {
                (Share::exactly(part), Basis::OwnRate)
            });
            Candidate {
                check: check.id.clone(),
                action: check.action,
                resource_id: usage_type.to_owned(),
                lines,
                effect: Effect::Commit(share),
                basis,
            }
        })
        .collect()
}

// By how much covered usage of the same cloud service lies below the on-demand price of the same usage type.
fn own_discount(view: &View<'_>, place: usize, what: &[String]) -> Option<Decimal> {
    let estate = view.estate;
    let like = estate.line(place)?;
    let mut covered = Decimal::ZERO;
    let mut on_demand = Decimal::ZERO;
    for line in estate.lines.iter().filter(|line| {
        // Covered usage that costs nothing is paid for in lines that the bill does not tie to it.
        line.is_covered
            && line.cost > Decimal::ZERO
            && line.provider == like.provider
            && line.cloud_service == like.cloud_service
            && is_any(&line.usage_type, what)
    }) {
        let Some(price) = view.own_price(line, &line.usage_type) else { continue };
        covered += line.cost;
        on_demand += price * line.quantity;
    }
    let ratio = covered.checked_div(on_demand).filter(|_| on_demand > Decimal::ZERO)?;
    let part = Decimal::ONE - ratio;
    (part > Decimal::ZERO && part < Decimal::ONE).then_some(part)
}
