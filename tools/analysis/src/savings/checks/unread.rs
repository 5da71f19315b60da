//! Buckets that store and are not asked for.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    Found, Reach,
    idle::{Pairing, is_old_enough, used_resources},
    is_served, part,
};
use crate::savings::{
    Basis, Share,
    estate::View,
    rules::{Check, Find, Rules, is_any, is_of},
};

/// Buckets that hold one class alone, with no request in the look-back.
pub(super) fn unread(view: &View<'_>, rules: &Rules, check: &Check) -> Found {
    let estate = view.estate;
    let Find::Unread { storage, to, classes, requests, low, expected, high, .. } = &check.find
    else {
        return Found::told(Vec::new());
    };
    if estate.lookback_days < rules.settings.least_days {
        return Found { candidates: Vec::new(), reach: Reach::ShortHistory };
    }
    let runs = [storage.clone()];
    let lines = || estate.lookback.iter().chain(&estate.lines);
    let asked = used_resources(estate, &runs, requests);
    let mixed: BTreeSet<&str> = lines()
        .filter(|line| line.quantity > Decimal::ZERO && is_any(&line.usage_type, classes))
        .filter(|line| !is_of(&line.usage_type, storage))
        .map(|line| line.resource_id.as_str())
        .collect();
    let pairing = Pairing::of(estate, &runs, &asked);
    let mut reach = Reach::Told;
    let mut candidates = Vec::new();
    for (id, places) in estate.by_resource(&runs) {
        let Some(line) = places.first().and_then(|place| estate.line(*place)) else { continue };
        if !is_served(&line.cloud_service, &check.find) {
            continue;
        }
        if asked.contains(id) || mixed.contains(id) || !is_old_enough(view, rules, id, &runs) {
            continue;
        }
        if pairing.is_missing(line) {
            reach = Reach::Unpaired;
            continue;
        }
        let other =
            line.usage_type.replace(storage.trim_end_matches('$'), to.trim_end_matches('$'));
        let own = view.own_price(line, &other).zip(line.price());
        let own = own.and_then(|(other, price)| other.checked_div(price));
        let (share, basis) = match own.map(|ratio| Decimal::ONE - ratio) {
            Some(part) if part > Decimal::ZERO => (Share::exactly(part), Basis::OwnRate),
            Some(_) => continue,
            None => (Share { low: *low, expected: *expected, high: *high }, Basis::Published),
        };
        candidates.push(part(check, id, places, share, basis));
    }
    Found { candidates, reach }
}
