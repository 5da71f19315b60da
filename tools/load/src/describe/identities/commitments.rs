//! What was used and what was left unused of a commitment must add up to what was bought.
//!
//! Source: FOCUS 1.2, `EffectiveCost`. A recurring fee closes within its billing period; a purchase for a term closes
//! over all periods of the term, so those that do not close alone are added up over everything loaded.

use std::collections::BTreeMap;

use jiff::civil::Date;
use wherefore_contract::quality::Identity;

use super::{compare, has_line_types};
use crate::{
    manifest::PeriodKey,
    report::{IdentityCheck, IdentityOutcome},
    stats::{ChargeStats, CommitmentSums},
};

/// The periods of one commitment, and the last period of its bill.
struct Commitment<'a> {
    id: &'a str,
    periods: Vec<Part<'a>>,
    last_loaded: Date,
}

/// What one period holds of a commitment.
#[derive(Clone, Copy)]
struct Part<'a> {
    key: &'a PeriodKey,
    sums: &'a CommitmentSums,
    /// End of the last ordinary charge of the period.
    loaded_until: Option<i64>,
}

impl Part<'_> {
    /// Whether its fee pays for hours that are not loaded yet: of a month that is still running.
    fn is_running(&self) -> bool {
        self.sums.paid_until > self.loaded_until && self.sums.effective < self.sums.purchased
    }
}

pub(super) fn check(periods: &BTreeMap<PeriodKey, ChargeStats>) -> Vec<IdentityCheck> {
    let mut last: BTreeMap<(&str, &str), Date> = BTreeMap::new();
    for key in periods.keys() {
        let newest = last.entry(biller(key)).or_insert(key.billing_period);
        *newest = (*newest).max(key.billing_period);
    }
    let mut commitments: BTreeMap<(&str, &str, &str), Commitment<'_>> = BTreeMap::new();
    for (key, stats) in periods.iter().filter(|(_, stats)| !has_line_types(stats)) {
        for (id, sums) in &stats.commitments {
            let (provider, account) = biller(key);
            let last_loaded = last.get(&biller(key)).copied().unwrap_or(key.billing_period);
            let of = commitments.entry((provider, account, id.as_str()));
            of.or_insert_with(|| Commitment { id, periods: Vec::new(), last_loaded })
                .periods
                .push(Part { key, sums, loaded_until: stats.ordinary.map(|(_, end)| end) });
        }
    }
    commitments.values().flat_map(of_commitment).collect()
}

fn biller(key: &PeriodKey) -> (&str, &str) {
    (&key.provider, &key.billing_account)
}

fn of_commitment(commitment: &Commitment<'_>) -> Vec<IdentityCheck> {
    let name = format!("used + unused = purchased, commitment `{}`", commitment.id);
    let check = |key: &PeriodKey, outcome| IdentityCheck {
        key: key.clone(),
        identity: Identity::CommitmentUse,
        currency: String::new(),
        name: name.clone(),
        outcome,
    };
    let mut checks = Vec::new();
    let mut open = Vec::new();
    for part in &commitment.periods {
        let sums = part.sums;
        let outcome = compare(sums.effective, sums.purchased);
        let closes = matches!(outcome, IdentityOutcome::Holds { .. });
        // A fee that recurs has nothing to do with other periods, whether it closes or not.
        if sums.purchases > 0 && (closes || !sums.for_a_term) {
            let running = !closes && part.is_running();
            checks.push(check(
                part.key,
                if running {
                    unchecked("their fee pays for hours that are not loaded yet")
                } else {
                    outcome
                },
            ));
        } else {
            open.push(*part);
        }
    }
    let bought = open.iter().find(|part| part.sums.purchases > 0).or_else(|| open.first());
    if let Some(part) = bought {
        checks.push(check(part.key, over_all(&open, commitment.last_loaded)));
    }
    checks
}

fn unchecked(reason: &str) -> IdentityOutcome {
    IdentityOutcome::Unchecked { reason: reason.to_owned() }
}

fn over_all(periods: &[Part<'_>], last_loaded: Date) -> IdentityOutcome {
    let mut whole = CommitmentSums::default();
    for part in periods {
        whole.merge(part.sums);
    }
    if whole.purchases == 0 {
        return unchecked("their purchase is in no loaded period");
    }
    let outcome = compare(whole.effective, whole.purchased);
    if matches!(outcome, IdentityOutcome::Holds { .. }) {
        return outcome;
    }
    let is_used_to_the_end =
        periods.last().is_some_and(|part| part.key.billing_period == last_loaded);
    if whole.effective < whole.purchased && is_used_to_the_end {
        return unchecked("their term goes on after the last loaded period");
    }
    if whole.effective > whole.purchased
        && periods.first().is_some_and(|part| part.sums.purchases == 0)
    {
        return unchecked("they were used before their first loaded purchase");
    }
    outcome
}
