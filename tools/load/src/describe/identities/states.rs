//! What a description tells of identities and discounts: one entry a billing period, identity and outcome.

use std::collections::BTreeMap;

use wherefore_contract::quality::{
    DiscountLayout, DiscountState, Identity, IdentityResult, IdentityState,
};

use super::{has_line_types, tolerance};
use crate::{
    describe::some_of,
    manifest::PeriodKey,
    number::{self, Number},
    report::{IdentityCheck, IdentityOutcome},
    stats::ChargeStats,
};

/// Checks that came out alike, added up.
#[derive(Default)]
struct Group {
    checks: u64,
    left: i128,
    right: i128,
    names: Vec<String>,
}

type Kind<'a> = (&'a PeriodKey, Identity, String, IdentityResult, &'a str);

/// The outcomes of all identities. Those of commitments are added up where they came out alike.
pub(in super::super) fn states(
    checks: &[IdentityCheck],
    periods: &BTreeMap<PeriodKey, ChargeStats>,
) -> Vec<IdentityState> {
    let mut groups: BTreeMap<Kind<'_>, Group> = BTreeMap::new();
    for check in checks {
        let (result, reason) = match &check.outcome {
            IdentityOutcome::Holds { .. } => (IdentityResult::Holds, ""),
            IdentityOutcome::Fails { .. } => (IdentityResult::Failed, ""),
            IdentityOutcome::Unchecked { reason } => (IdentityResult::Unchecked, reason.as_str()),
        };
        let currency = if check.currency.is_empty() {
            only_currency(periods.get(&check.key))
        } else {
            check.currency.clone()
        };
        let kind = (&check.key, check.identity, currency, result, reason);
        let group = groups.entry(kind).or_default();
        group.checks += 1;
        let (left, right) = sides(&check.outcome);
        group.left += left;
        group.right += right;
        group.names.extend(check.name.split_once(", commitment ").map(|(_, id)| id.to_owned()));
    }
    let mut states: Vec<IdentityState> = groups.into_iter().map(state).collect();
    for (key, stats) in periods {
        states.extend(list_prices(key, stats));
        states.extend(invoices(key, stats));
    }
    states.sort();
    states
}

// Commitments are bought in the currency of their bill.
fn only_currency(stats: Option<&ChargeStats>) -> String {
    let mut named = stats.into_iter().flat_map(|stats| stats.sums.keys());
    match (named.next(), named.next()) {
        (Some(one), None) => one.clone(),
        (Some(_), Some(_)) | (None, _) => String::new(),
    }
}

fn sides(outcome: &IdentityOutcome) -> (i128, i128) {
    let exact = |text: &String| match number::parse(text) {
        Number::Exact(value) | Number::Cut(value) => value,
        Number::Absent | Number::Word => 0,
    };
    match outcome {
        IdentityOutcome::Holds { left, right } | IdentityOutcome::Fails { left, right, .. } => {
            (exact(left), exact(right))
        }
        IdentityOutcome::Unchecked { .. } => (0, 0),
    }
}

fn empty(key: &PeriodKey, identity: Identity, result: IdentityResult) -> IdentityState {
    IdentityState {
        provider: key.provider.clone(),
        billing_account: key.billing_account.clone(),
        billing_period: key.billing_period,
        identity,
        currency: String::new(),
        result,
        checks: 1,
        left: None,
        right: None,
        difference: None,
        tolerance: None,
        reason: String::new(),
    }
}

fn with_sides(state: IdentityState, left: i128, right: i128) -> IdentityState {
    IdentityState {
        left: Some(number::format(left)),
        right: Some(number::format(right)),
        difference: Some(number::format(left - right)),
        tolerance: Some(number::format(tolerance(left, right))),
        ..state
    }
}

fn state(((key, identity, currency, result, reason), group): (Kind<'_>, Group)) -> IdentityState {
    let named =
        if result == IdentityResult::Failed { some_of(&group.names) } else { String::new() };
    let state = IdentityState {
        currency,
        checks: group.checks,
        reason: if reason.is_empty() { named } else { reason.to_owned() },
        ..empty(key, identity, result)
    };
    match result {
        IdentityResult::Unchecked => state,
        IdentityResult::Holds | IdentityResult::Failed => {
            with_sides(state, group.left, group.right)
        }
    }
}

// FOCUS 1.2, ListCost: the product of ListUnitPrice and PricingQuantity, except on corrections.
fn list_prices(key: &PeriodKey, stats: &ChargeStats) -> Option<IdentityState> {
    let defects = &stats.defects;
    if stats.metrics.get("list_cost").is_none_or(|metric| metric.present == 0) {
        return None;
    }
    if defects.list_checked == 0 {
        let reason = "no row holds a list price, a quantity and a list cost".to_owned();
        let unchecked = empty(key, Identity::ListPrice, IdentityResult::Unchecked);
        return Some(IdentityState { reason, ..unchecked });
    }
    let fails = defects.list_product > 0;
    let result = if fails { IdentityResult::Failed } else { IdentityResult::Holds };
    let checked = IdentityState {
        currency: only_currency(Some(stats)),
        checks: if fails { defects.list_product } else { defects.list_checked },
        ..empty(key, Identity::ListPrice, result)
    };
    Some(with_sides(checked, defects.list_costs, defects.list_products))
}

// A bill names its invoices; what stands on them is not part of it.
fn invoices(key: &PeriodKey, stats: &ChargeStats) -> Option<IdentityState> {
    let named = stats.values.get("invoice").map_or(0, |values| values.counts.len() as u64);
    (named > 0).then(|| IdentityState {
        checks: named,
        reason: "no invoice total is loaded to hold the sum against".to_owned(),
        ..empty(key, Identity::Invoice, IdentityResult::Unchecked)
    })
}

/// Where each bill keeps its discounts.
pub(in super::super) fn discounts(
    periods: &BTreeMap<PeriodKey, ChargeStats>,
) -> Vec<DiscountState> {
    let layout = |stats: &ChargeStats| {
        let rows = stats.sums.values().any(|sums| sums.discounts != 0);
        if !has_line_types(stats) {
            return DiscountLayout::InTheCosts;
        }
        match (stats.is_net, rows) {
            (true, false) => DiscountLayout::NetColumns,
            (false, true) => DiscountLayout::SeparateRows,
            (true, true) => DiscountLayout::ColumnsAndRows,
            (false, false) => DiscountLayout::NotShown,
        }
    };
    let state = |(key, stats): (&PeriodKey, &ChargeStats)| DiscountState {
        provider: key.provider.clone(),
        billing_account: key.billing_account.clone(),
        billing_period: key.billing_period,
        layout: layout(stats),
    };
    periods.iter().map(state).collect()
}
