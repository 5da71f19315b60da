//! What is charged for being there while nothing uses it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Found, Reach, gone, part};
use crate::savings::{
    Basis, Candidate, Effect, Share,
    estate::{Estate, UsageLine, View},
    rules::{Action, Barely, Check, Find, Rules, is_any},
};

/// Resources that ran through the look-back with no use of them.
///
/// Where an account and region charge use to resources that never run, and none runs and is used, the bill does
/// not pair the two: nothing is called idle there.
pub(super) fn idle(view: &View<'_>, rules: &Rules, check: &Check) -> Found {
    let estate = view.estate;
    let Find::Idle { runs, used, barely } = &check.find else { return Found::told(Vec::new()) };
    if estate.lookback_days < rules.settings.least_days {
        return Found { candidates: Vec::new(), reach: Reach::ShortHistory };
    }
    let in_use = used_resources(estate, runs, used);
    let pairing = Pairing::of(estate, runs, &in_use);
    let mut reach = Reach::Told;
    let mut candidates = Vec::new();
    for (id, lines) in estate.by_resource(runs) {
        let Some(line) = lines.first().and_then(|place| estate.line(*place)) else { continue };
        if !is_old_enough(view, rules, id, runs) {
            continue;
        }
        let whole = part(check, id, view.whole(id, &lines), gone(check), Basis::OwnRate);
        if in_use.contains(id) {
            let little = barely.as_ref().is_some_and(|least| is_barely_used(view, id, used, least));
            candidates.extend(little.then(|| to_look_into(whole)));
        } else if pairing.is_missing(line) {
            reach = Reach::Unpaired;
        } else {
            candidates.push(whole);
        }
    }
    Found { candidates, reach }
}

fn is_barely_used(view: &View<'_>, id: &str, used: &[String], least: &Barely) -> bool {
    let quantity: Decimal = view
        .lookback_of(id)
        .filter(|line| is_any(&line.usage_type, used))
        .map(|line| line.quantity)
        .sum();
    quantity * Decimal::from(least.days)
        <= least.quantity * Decimal::from(view.estate.lookback_days)
}

// All of its cost may go, or none.
fn to_look_into(candidate: Candidate) -> Candidate {
    let share = Share { low: Decimal::ZERO, expected: Decimal::ZERO, high: Decimal::ONE };
    Candidate { action: Action::Examine, effect: Effect::Part(share), ..candidate }
}

// Use is charged by the same cloud service as the running time; others have usage types of the same name.
pub(super) fn used_resources<'a>(
    estate: &'a Estate,
    runs: &[String],
    used: &[String],
) -> BTreeSet<&'a str> {
    let lines = || estate.lookback.iter().chain(&estate.lines);
    let services: BTreeSet<&str> = lines()
        .filter(|line| is_any(&line.usage_type, runs))
        .map(|line| line.cloud_service.as_str())
        .collect();
    lines()
        .filter(|line| line.quantity > Decimal::ZERO && is_any(&line.usage_type, used))
        .filter(|line| services.contains(line.cloud_service.as_str()))
        .map(|line| line.resource_id.as_str())
        .collect()
}

// What began a few days ago may not be in use yet.
pub(super) fn is_old_enough(view: &View<'_>, rules: &Rules, id: &str, runs: &[String]) -> bool {
    let running = view.lookback_of(id).filter(|line| is_any(&line.usage_type, runs));
    let days = running.map(|line| line.days).max();
    days.unwrap_or_default() >= rules.settings.least_days
}

/// How running time and use stand together in each account and region.
pub(super) struct Pairing<'a> {
    places: BTreeMap<(&'a str, &'a str), (bool, bool)>,
}

impl<'a> Pairing<'a> {
    pub(super) fn of(estate: &'a Estate, runs: &[String], in_use: &BTreeSet<&'a str>) -> Self {
        let lines = || estate.lookback.iter().chain(&estate.lines);
        let running: BTreeSet<&str> = lines()
            .filter(|line| is_any(&line.usage_type, runs))
            .map(|line| line.resource_id.as_str())
            .collect();
        let mut places: BTreeMap<(&str, &str), (bool, bool)> = BTreeMap::new();
        for line in lines().filter(|line| in_use.contains(line.resource_id.as_str())) {
            let (paired, apart) = places.entry(line.place()).or_default();
            if running.contains(line.resource_id.as_str()) {
                *paired = true;
            } else {
                *apart = true;
            }
        }
        Self { places }
    }

    /// Whether use in this line's account and region is charged to other resources alone.
    pub(super) fn is_missing(&self, line: &UsageLine) -> bool {
        self.places.get(&line.place()).is_some_and(|(paired, apart)| *apart && !*paired)
    }
}
