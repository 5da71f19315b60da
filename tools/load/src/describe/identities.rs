//! Closing identities: sums that must agree when a bill is whole and its bases are right.

mod commitments;
mod states;

use std::collections::BTreeMap;

use wherefore_contract::quality::Identity;

pub(super) use self::states::{discounts, states};
use crate::{
    manifest::PeriodKey,
    number,
    report::{IdentityCheck, IdentityOutcome},
    stats::{ChargeStats, Sums},
};

const AMORTIZED: &str = "effective = billed - upfront + amortised upfront";
const NET_AMORTIZED: &str = "net effective = net billed - upfront + amortised upfront";
const NEGATED: &str = "Savings Plan usage + negation = 0";
const ONE: i128 = 1_000_000_000_000_000_000;
// Feeds print costs to ten places or so; over a million rows their rounding adds up to this share.
const RELATIVE_TOLERANCE: i128 = 1_000_000;

pub(super) fn check(periods: &BTreeMap<PeriodKey, ChargeStats>) -> Vec<IdentityCheck> {
    let mut checks = Vec::new();
    for (key, stats) in periods.iter().filter(|(_, stats)| has_line_types(stats)) {
        for (currency, sums) in &stats.sums {
            let of = |identity, name: &str, outcome| IdentityCheck {
                key: key.clone(),
                identity,
                currency: currency.clone(),
                name: name.to_owned(),
                outcome,
            };
            checks.push(of(Identity::Amortization, AMORTIZED, amortisation(stats, sums)));
            if stats.is_net {
                checks.push(of(Identity::NetAmortization, NET_AMORTIZED, net(stats, sums)));
            }
            if has_negations(stats) {
                checks.push(of(Identity::Negation, NEGATED, compare(sums.negated, 0)));
            }
        }
    }
    checks.extend(commitments::check(periods));
    checks.sort();
    checks
}

fn has_line_types(stats: &ChargeStats) -> bool {
    stats.values.contains_key("line_item_type")
}

// Source: AWS CUR guide; sum of amortised = unblended - upfront fees + their share of the period.
fn amortisation(stats: &ChargeStats, sums: &Sums) -> IdentityOutcome {
    lacking(stats).unwrap_or_else(|| {
        compare(sums.effective, sums.billed - sums.upfront + sums.amortized_upfront)
    })
}

// The same sum over the net columns, each falling back to its gross twin.
fn net(stats: &ChargeStats, sums: &Sums) -> IdentityOutcome {
    lacking(stats).unwrap_or_else(|| {
        let right = sums.net_billed - sums.net_upfront + sums.net_amortized_upfront;
        compare(sums.net_effective, right)
    })
}

fn lacking(stats: &ChargeStats) -> Option<IdentityOutcome> {
    let committed = |kind: &str| {
        let types = stats.values.get("line_item_type");
        types.is_some_and(|types| types.counts.keys().any(|name| name.starts_with(kind)))
    };
    let absent = |prefix: &'static str| {
        stats.absent.iter().map(String::as_str).filter(move |name| name.starts_with(prefix))
    };
    let mut lacking: Vec<&str> = Vec::new();
    if committed("SavingsPlan") {
        lacking.extend(absent("savings_plan_"));
    }
    if committed("DiscountedUsage") || committed("RIFee") {
        lacking.extend(absent("reservation_"));
    }
    let reason = format!("the report lacks {}", lacking.join(", "));
    (!lacking.is_empty()).then_some(IdentityOutcome::Unchecked { reason })
}

// Usage covered by a Savings Plan and its negation cancel out.
fn has_negations(stats: &ChargeStats) -> bool {
    let types = stats.values.get("line_item_type");
    types.is_some_and(|types| types.counts.contains_key("SavingsPlanNegation"))
}

/// How far both sides may lie apart. Amounts are decimals times 10^18.
pub(super) fn tolerance(left: i128, right: i128) -> i128 {
    (left.abs().max(right.abs()) / RELATIVE_TOLERANCE).max(ONE / 1_000_000)
}

fn compare(left: i128, right: i128) -> IdentityOutcome {
    let (difference, limit) = (left - right, tolerance(left, right));
    let (left, right) = (number::format(left), number::format(right));
    if difference.abs() <= limit {
        IdentityOutcome::Holds { left, right }
    } else {
        IdentityOutcome::Fails { left, right, difference: number::format(difference) }
    }
}
