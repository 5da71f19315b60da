//! Logs that are stored for longer than they are of use.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{is_served, part};
use crate::savings::{
    Basis, Candidate, Share,
    estate::View,
    rules::{Check, Find, is_any},
};

/// What a resource stores beyond so many months of what it writes now. At the least nothing goes: what must be kept,
/// no bill says.
pub(super) fn retention(view: &View<'_>, check: &Check) -> Vec<Candidate> {
    let Find::Retention { storage, written, months, packed, .. } = &check.find else {
        return Vec::new();
    };
    let estate = view.estate;
    let served = |service: &str| is_served(service, &check.find);
    let mut writes: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in estate.lines.iter().filter(|line| served(&line.cloud_service)) {
        if is_any(&line.usage_type, written) {
            *writes.entry(&line.resource_id).or_default() += line.quantity;
        }
    }
    let what = [storage.clone()];
    let mut all = Vec::new();
    for (id, places) in estate.by_resource(&what) {
        let lines = || places.iter().filter_map(|place| estate.line(*place));
        if !lines().all(|line| served(&line.cloud_service)) {
            continue;
        }
        let stored: Decimal = lines().map(|line| line.quantity).sum();
        let written = writes.get(id).copied().unwrap_or_default();
        let kept = (written * *months * *packed).checked_div(stored).unwrap_or(Decimal::ONE);
        let high = (Decimal::ONE - kept).max(Decimal::ZERO);
        if high > Decimal::ZERO {
            let share = Share { low: Decimal::ZERO, expected: Decimal::ZERO, high };
            all.push(part(check, id, places, share, Basis::OwnRate));
        }
    }
    all
}
