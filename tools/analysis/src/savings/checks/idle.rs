//! What is charged for being there while nothing uses it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Found, Reach, gone, part};
use crate::savings::{
    Basis,
    estate::{Estate, UsageLine, View},
    rules::{Check, Rules, is_any},
};

/// Resources that ran through the look-back with no use of them.
///
/// Where an account and region charge use to resources that never run, and none runs and is used, the bill does
/// not pair the two: nothing is called idle there.
pub(super) fn idle(
    view: &View<'_>,
    rules: &Rules,
    check: &Check,
    runs: &[String],
    used: &[String],
) -> Found {
    let estate = view.estate;
    if estate.lookback_days < rules.settings.least_days {
        return Found { candidates: Vec::new(), reach: Reach::ShortHistory };
    }
    let in_use = used_resources(estate, used);
    let pairing = Pairing::of(estate, runs, &in_use);
    let mut reach = Reach::Told;
    let mut candidates = Vec::new();
    for (id, lines) in estate.by_resource(runs) {
        let Some(line) = lines.first().and_then(|place| estate.line(*place)) else { continue };
        if in_use.contains(id) || !is_old_enough(view, rules, id, runs) {
            continue;
        }
        if pairing.is_missing(line) {
            reach = Reach::Unpaired;
            continue;
        }
        candidates.push(part(check, id, view.whole(id, &lines), gone(check), Basis::OwnRate));
    }
    Found { candidates, reach }
}

fn used_resources<'a>(estate: &'a Estate, used: &[String]) -> BTreeSet<&'a str> {
    let lines = estate.lookback.iter().chain(&estate.lines);
    lines
        .filter(|line| line.quantity > Decimal::ZERO && is_any(&line.usage_type, used))
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
