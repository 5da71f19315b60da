//! Two windows of traces: where the added time is.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::summary::{Entrance, TraceSummary};

/// What one operation adds to the mean time of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddedTime {
    /// `None`, with no operation either: requests enter at other operations than before, and those take longer or shorter.
    pub workload: Option<String>,
    pub operation: Option<String>,
    /// Nanoseconds that a mean request takes longer through it; negative where it got faster.
    pub added_ns: i64,
    /// The part of it by which it stands on the critical path more often; the rest is that it takes longer each time.
    pub more_often_ns: i64,
}

/// The mean time of a request in two windows and the operations that explain the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TraceComparison {
    /// Requests of each window whose beginning is there.
    pub before: u64,
    pub after: u64,
    pub before_mean_ns: i64,
    pub after_mean_ns: i64,
    /// The difference of the means.
    pub added_ns: i64,
    /// The largest first. They sum to `added_ns` exactly.
    pub lines: Vec<AddedTime>,
}

/// Compares the critical paths of two windows.
///
/// Requests are held against those that entered at the same operation. With `p` the share of requests that enter at `e` and
/// `m` their mean time, the difference is the sum over `e` of mean(p)·Δm and of mean(m)·Δp (the line without a workload); Δm
/// is split by operation on the critical path, and there by count and time each in the same way. Rounding to nanoseconds is
/// settled by largest remainder. `None` when one window holds no whole request.
#[must_use]
pub fn compare_traces(before: &TraceSummary, after: &TraceSummary) -> Option<TraceComparison> {
    let requests =
        |summary: &TraceSummary| summary.entrances.values().map(|one| one.traces).sum::<u64>();
    let total =
        |summary: &TraceSummary| summary.entrances.values().map(|one| one.total_ns).sum::<u128>();
    let (count, other) = (requests(before), requests(after));
    if count == 0 || other == 0 {
        return None;
    }
    let mut parts: BTreeMap<Option<(String, String)>, (f64, f64)> = BTreeMap::new();
    let names: BTreeSet<&(String, String)> =
        before.entrances.keys().chain(after.entrances.keys()).collect();
    for name in names {
        let (old, new) = (before.entrances.get(name), after.entrances.get(name));
        let share = |entrance: Option<&Entrance>, all: u64| {
            entrance.map_or(0.0, |one| ratio(one.traces.into(), all))
        };
        let (old_share, new_share) = (share(old, count), share(new, other));
        let mean = |one: &Entrance| ratio(one.total_ns, one.traces);
        let (old_mean, new_mean) = match (old.map(mean), new.map(mean)) {
            (Some(old), Some(new)) => (old, new),
            (Some(only), None) | (None, Some(only)) => (only, only),
            (None, None) => continue,
        };
        let mix = parts.entry(None).or_default();
        mix.0 += f64::midpoint(old_mean, new_mean) * (new_share - old_share);
        if let (Some(old), Some(new)) = (old, new) {
            split(old, new, f64::midpoint(old_share, new_share), &mut parts);
        }
    }
    let means = (rounded(ratio(total(before), count)), rounded(ratio(total(after), other)));
    let mut comparison = TraceComparison {
        before: count,
        after: other,
        before_mean_ns: means.0,
        after_mean_ns: means.1,
        added_ns: means.1 - means.0,
        lines: Vec::new(),
    };
    comparison.lines = lines(parts, comparison.added_ns);
    Some(comparison)
}

/// The lines of one entrance: count and time each of an operation per request.
fn split(
    old: &Entrance,
    new: &Entrance,
    weight: f64,
    parts: &mut BTreeMap<Option<(String, String)>, (f64, f64)>,
) {
    let names: BTreeSet<&(String, String)> = old.lines.keys().chain(new.lines.keys()).collect();
    for name in names {
        let of = |entrance: &Entrance| entrance.lines.get(name).copied().unwrap_or_default();
        let ((old_count, old_time), (new_count, new_time)) = (of(old), of(new));
        let added = ratio(new_time, new.traces) - ratio(old_time, old.traces);
        let (old_each, new_each) = match (old_count, new_count) {
            (0, _) => (ratio(new_time, new_count), ratio(new_time, new_count)),
            (_, 0) => (ratio(old_time, old_count), ratio(old_time, old_count)),
            _ => (ratio(old_time, old_count), ratio(new_time, new_count)),
        };
        let often = ratio(new_count.into(), new.traces) - ratio(old_count.into(), old.traces);
        let part = parts.entry(Some(name.clone())).or_default();
        part.0 += weight * added;
        part.1 += weight * often * f64::midpoint(old_each, new_each);
    }
}

/// Rounded so that they sum to the whole: every line down, then one more for those that lost most.
fn lines(parts: BTreeMap<Option<(String, String)>, (f64, f64)>, whole: i64) -> Vec<AddedTime> {
    let mut lines: Vec<(f64, AddedTime)> = parts
        .into_iter()
        .map(|(name, (added, often))| {
            let (workload, operation) = name.unzip();
            let down = added.floor();
            let line = AddedTime {
                workload,
                operation,
                added_ns: rounded(down),
                more_often_ns: rounded(often),
            };
            (added - down, line)
        })
        .collect();
    lines.sort_by(|(one, a), (other, b)| {
        other
            .total_cmp(one)
            .then_with(|| (&a.workload, &a.operation).cmp(&(&b.workload, &b.operation)))
    });
    let mut missing = whole - lines.iter().map(|(_, line)| line.added_ns).sum::<i64>();
    let each =
        i64::try_from(lines.len()).map_or(0, |count| missing.checked_div(count).unwrap_or(0));
    for (_, line) in &mut lines {
        line.added_ns += each;
        missing -= each;
    }
    for (_, line) in &mut lines {
        let step = missing.signum();
        line.added_ns += step;
        missing -= step;
    }
    let mut lines: Vec<AddedTime> = lines.into_iter().map(|(_, line)| line).collect();
    lines.retain(|line| line.added_ns != 0 || line.more_often_ns != 0);
    lines.sort_by(|a, b| {
        let key = |line: &AddedTime| std::cmp::Reverse(line.added_ns.unsigned_abs());
        (key(a), &a.workload, &a.operation).cmp(&(key(b), &b.workload, &b.operation))
    });
    lines
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nanoseconds of a window stay far below what rounding would show"
)]
fn ratio(sum: u128, count: u64) -> f64 {
    if count == 0 { 0.0 } else { sum as f64 / count as f64 }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a mean of nanoseconds lies in the range; a cast saturates"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}
