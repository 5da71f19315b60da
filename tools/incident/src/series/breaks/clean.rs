//! A series made ready for change points: holes filled, its cycle and its outliers taken out.

use super::super::settings::BreakSettings;
use crate::numbers::{OF_MAD, count, median, median_in_place};

/// The values with missing ones on a line between their neighbours, and how many were missing; `None` when all are.
pub(in super::super) fn filled(values: &[f64]) -> Option<(Vec<f64>, usize)> {
    let known = |value: &f64| value.is_finite() && value.abs() < 1e150;
    let first = values.iter().copied().find(known)?;
    let mut out: Vec<f64> = Vec::with_capacity(values.len());
    let (mut last, mut waiting) = (first, 0_usize);
    let mut missing = 0;
    for &value in values {
        if !known(&value) {
            (waiting, missing) = (waiting + 1, missing + 1);
            continue;
        }
        let step = (value - last) / count(waiting + 1);
        out.extend((1..=waiting).map(|place| last + step * count(place)));
        out.push(value);
        (last, waiting) = (value, 0);
    }
    out.extend(std::iter::repeat_n(last, waiting));
    Some((out, missing))
}

/// The robust standard deviation: the median distance from the median.
pub(super) fn spread(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    let Some(middle) = median_in_place(&mut sorted) else { return 0.0 };
    let mut distances: Vec<f64> = sorted.iter().map(|value| (value - middle).abs()).collect();
    median_in_place(&mut distances).unwrap_or(0.0) * OF_MAD
}

// Autocorrelations that differ by no more are alike.
const NEARLY: f64 = 0.05;

/// The length of the cycle, in points: the differences of neighbours resemble themselves that many points earlier, no less than
/// one point beside, and clearly more than half a cycle earlier.
pub(super) fn cycle(values: &[f64], settings: &BreakSettings) -> Option<usize> {
    let mut steps: Vec<f64> =
        values.iter().zip(values.iter().skip(1)).map(|(one, next)| next - one).collect();
    let middle = median(&steps)?;
    let most = settings.outlier_spreads * spread(&steps);
    for step in &mut steps {
        *step -= middle;
        if most > 0.0 {
            *step = step.clamp(-most, most);
        }
    }
    let squares: f64 = steps.iter().map(|step| step * step).sum();
    let likeness = |lag: usize| {
        let products: f64 =
            steps.iter().zip(steps.iter().skip(lag)).map(|(one, later)| one * later).sum();
        if squares > 0.0 { products / squares } else { 0.0 }
    };
    let mut best: Option<(usize, f64)> = None;
    for &lag in settings.cycles.iter().filter(|lag| values.len() >= 3 * **lag + 3) {
        let like = likeness(lag);
        let beside = likeness(lag.saturating_sub(1)).max(likeness(lag + 1));
        let is_peak =
            like > beside - NEARLY && like > likeness(lag / 2) + settings.cycle_stands_out;
        let stands_out = like > settings.cycle_likeness && is_peak;
        if stands_out && best.is_none_or(|(_, held)| like > held + NEARLY) {
            best = Some((lag, like));
        }
    }
    best.map(|(lag, _)| lag)
}

// Cycles whose median is what a phase adds.
const CYCLES: usize = 5;

/// The values less what their phase adds to a moving mean over one cycle.
pub(super) fn without_cycle(values: &[f64], cycle: usize) -> Vec<f64> {
    let trend = moving_mean(values, cycle);
    let mut out = values.to_vec();
    for phase in 0..cycle {
        let places: Vec<usize> = (phase..values.len()).step_by(cycle).collect();
        let over: Vec<f64> = places
            .iter()
            .filter_map(|place| Some(values.get(*place)? - trend.get(*place)?))
            .collect();
        for (turn, place) in places.iter().enumerate() {
            let from = turn.saturating_sub(CYCLES / 2).min(over.len().saturating_sub(CYCLES));
            let near = over.get(from..(from + CYCLES).min(over.len())).unwrap_or(&over);
            if let (Some(value), Some(adds)) = (out.get_mut(*place), median(near)) {
                *value -= adds;
            }
        }
    }
    out
}

// The mean over one whole cycle around each point; the ends repeat the first and the last one.
fn moving_mean(values: &[f64], cycle: usize) -> Vec<f64> {
    let half = cycle / 2;
    let mean = |place: usize| {
        let from = place.checked_sub(half)?;
        let whole: f64 = values.get(from..from + cycle)?.iter().sum();
        if cycle % 2 == 1 {
            return Some(whole / count(cycle));
        }
        // An even cycle takes half of either end.
        let (first, last) = (values.get(from)?, values.get(from + cycle)?);
        Some((whole - first / 2.0 + last / 2.0) / count(cycle))
    };
    let means: Vec<Option<f64>> = (0..values.len()).map(mean).collect();
    let first = means.iter().flatten().next().copied().unwrap_or(0.0);
    let mut last = first;
    means
        .into_iter()
        .map(|mean| {
            last = mean.unwrap_or(last);
            last
        })
        .collect()
}

/// The values pulled to within so many spreads of the median of five neighbours.
pub(super) fn without_outliers(values: &[f64], spreads: f64) -> Vec<f64> {
    let last = values.len().saturating_sub(1);
    let medians: Vec<f64> = (0..values.len())
        .map(|place| {
            let near = (0..5_usize)
                .filter_map(|step| values.get((place + step).saturating_sub(2).min(last)));
            median(&near.copied().collect::<Vec<f64>>()).unwrap_or(0.0)
        })
        .collect();
    let off: Vec<f64> = values.iter().zip(&medians).map(|(value, middle)| value - middle).collect();
    let most = spreads * spread_around_zero(&off);
    if most <= 0.0 {
        return values.to_vec();
    }
    medians.iter().zip(&off).map(|(middle, off)| middle + off.clamp(-most, most)).collect()
}

fn spread_around_zero(off: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = off.iter().map(|one| one.abs()).collect();
    median_in_place(&mut sizes).unwrap_or(0.0) * OF_MAD
}

/// Means of blocks of so many values.
pub(super) fn blocks(values: &[f64], size: usize) -> Vec<f64> {
    values.chunks(size.max(1)).map(|block| block.iter().sum::<f64>() / count(block.len())).collect()
}
