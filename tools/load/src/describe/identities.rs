//! Closing identities: sums that must agree when a bill is whole and its bases are right.

mod commitments;

use std::collections::BTreeMap;

use crate::{
    manifest::PeriodKey,
    number,
    report::{IdentityCheck, IdentityOutcome},
    stats::ChargeStats,
};

const ONE: i128 = 1_000_000_000_000_000_000;
// Feeds print costs to ten places or so; over a million rows their rounding adds up to this share.
const RELATIVE_TOLERANCE: i128 = 1_000_000;

pub(super) fn check(periods: &BTreeMap<PeriodKey, ChargeStats>) -> Vec<IdentityCheck> {
    let mut checks = Vec::new();
    for (key, stats) in periods {
        if has_line_types(stats) {
            checks.push(amortisation(key, stats));
            checks.extend(negation(key, stats));
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
fn amortisation(key: &PeriodKey, stats: &ChargeStats) -> IdentityCheck {
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
    let name = "effective = billed - upfront + amortised upfront".to_owned();
    let outcome = if lacking.is_empty() {
        let left = stats.sums.values().map(|sums| sums.effective).sum();
        let right = stats.sums.values();
        compare(left, right.map(|sums| sums.billed - sums.upfront + sums.amortized_upfront).sum())
    } else {
        IdentityOutcome::Unchecked { reason: format!("the report lacks {}", lacking.join(", ")) }
    };
    IdentityCheck { key: key.clone(), name, outcome }
}

// Usage covered by a Savings Plan and its negation cancel out.
fn negation(key: &PeriodKey, stats: &ChargeStats) -> Option<IdentityCheck> {
    let types = stats.values.get("line_item_type")?;
    types.counts.contains_key("SavingsPlanNegation").then(|| IdentityCheck {
        key: key.clone(),
        name: "Savings Plan usage + negation = 0".to_owned(),
        outcome: compare(stats.sums.values().map(|sums| sums.negated).sum(), 0),
    })
}

fn compare(left: i128, right: i128) -> IdentityOutcome {
    let difference = left - right;
    let tolerance = (left.abs().max(right.abs()) / RELATIVE_TOLERANCE).max(ONE / 1_000_000);
    let (left, right) = (number::format(left), number::format(right));
    if difference.abs() <= tolerance {
        IdentityOutcome::Holds { left, right }
    } else {
        IdentityOutcome::Fails { left, right, difference: number::format(difference) }
    }
}
