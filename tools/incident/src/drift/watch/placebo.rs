//! Placebo watches: pretended deployments in the past, where nothing was deployed. What they reach is what this series does
//! by itself.

use std::collections::BTreeMap;

use super::{
    super::{
        baseline::{Baseline, Calendar, Hour},
        settings::DriftSettings,
    },
    tally::{Tally, hours_of},
};

// A week apart, so that each begins on the weekday of the true one.
const APART: usize = 7;

/// The most evidence (log10 of the wealth) at which a placebo watch would have called a lasting drift; nothing when the history
/// is too short for one, 0 when none would have.
pub(super) fn placebo(
    hours: &BTreeMap<i64, Hour>,
    calendar: Calendar,
    settings: &DriftSettings,
    seed: u64,
) -> Option<f64> {
    let first = hours.keys().next().copied().unwrap_or(0);
    let days = usize::try_from(-first / 24).unwrap_or(0);
    if days < settings.placebo_days {
        return None;
    }
    let starts = (settings.watch_days..).step_by(APART);
    starts
        .take_while(|start| start + settings.history_days <= days)
        .filter_map(|start| reached(hours, calendar, settings, seed, hours_of(start) * 24))
        .max_by(f64::total_cmp)
}

fn reached(
    hours: &BTreeMap<i64, Hour>,
    calendar: Calendar,
    settings: &DriftSettings,
    seed: u64,
    before: i64,
) -> Option<f64> {
    let moved: BTreeMap<i64, Hour> =
        hours.range(..0).map(|(hour, one)| (hour + before, *one)).collect();
    let calendar = Calendar { zero: calendar.zero - before * 3_600, ..calendar };
    let baseline = Baseline::freeze(&moved, calendar, settings, seed).ok()?;
    let mut tally = Tally::new(settings);
    let mut highest = 0.0_f64;
    for _ in 0..settings.watch_days * settings.blocks_a_day() {
        let standing = tally.add(&baseline, &moved, settings);
        if standing.large(settings).is_some() {
            highest = highest.max(standing.log10_wealth);
        }
    }
    Some(highest)
}
