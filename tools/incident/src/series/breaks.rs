//! Where a series changed for good: exact partitions into levels, judged by a noise that remembers.
//!
//! Partitions with 0, 1, 2, … changes are exact (`partitions`). Which of them is taken is decided by a likelihood with
//! first-order autocorrelated errors of Laplace's distribution, so that neither a trend nor a random walk nor an outlier
//! passes for a row of levels, at three logarithms of the length a change (Zhang and Siegmund, "A modified Bayes information
//! criterion", 2007, whose leading term this is). A series without such levels has still changed once when one step explains
//! more of it than it would of a straight line.

mod clean;
mod onset;
mod partitions;
mod pelt;

#[cfg(test)]
mod tests;

use super::settings::BreakSettings;
use crate::numbers::{count, median};
pub(super) use clean::filled;
pub use onset::{Onset, Way, date_onset};
pub use pelt::{Cost, optimal_partition};

/// The levels of a series.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Breaks {
    /// First points of new levels, as places in the values given, ascending; never 0.
    pub at: Vec<usize>,
    /// The median of each level; one more than `at`.
    pub levels: Vec<f64>,
    /// The robust standard deviation of what the levels leave over.
    pub spread: f64,
    /// The length of the cycle that was taken out first, in points.
    pub cycle: Option<usize>,
    /// Values that were missing and stand as a line between their neighbours.
    pub missing: usize,
}

/// Finds where the level changed. Values are at equal steps; NaN and infinities are missing. Fewer than ten values, or values
/// that are all equal, have one level. Long series are looked at in blocks first and dated to the point afterwards.
#[must_use]
pub fn change_points(values: &[f64], settings: &BreakSettings) -> Breaks {
    let Some((filled, missing)) = clean::filled(values) else {
        return Breaks { missing: values.len(), levels: vec![0.0], ..Breaks::default() };
    };
    let cycle = clean::cycle(&filled, settings);
    let plain = cycle.map_or_else(|| filled.clone(), |cycle| clean::without_cycle(&filled, cycle));
    let calm = clean::without_outliers(&plain, settings.outlier_spreads);
    let at =
        if plain.len() < settings.least { Vec::new() } else { chosen(&plain, &calm, settings) };
    let levels = segments(&at, plain.len());
    let levels: Vec<f64> = levels.filter_map(|(from, to)| median(plain.get(from..to)?)).collect();
    let spread = clean::spread(&residuals(&plain, &calm, &at));
    Breaks { at, levels, spread, cycle, missing }
}

fn chosen(plain: &[f64], calm: &[f64], settings: &BreakSettings) -> Vec<usize> {
    let block = plain.len().div_ceil(settings.most_points);
    let (coarse_plain, coarse_calm) = (clean::blocks(plain, block), clean::blocks(calm, block));
    let most = settings.most_changes.min(coarse_calm.len() / settings.points_a_change.max(1));
    let candidates = partitions::partitions(&coarse_calm, most, settings.least_segment);
    let one_step =
        candidates.get(1).filter(|at| explains(&coarse_calm, at, settings.one_step)).cloned();
    let (judged, at) = likeliest(&coarse_plain, &coarse_calm, candidates, settings);
    let best = (judged, if at.is_empty() { one_step.unwrap_or_default() } else { at });
    let coarse: Vec<usize> = best.1.iter().map(|place| place * block).collect();
    if block == 1 { coarse } else { partitions::refined(calm, &coarse, 2 * block) }
}

// These levels explain at least this part of the squared deviations from one level.
fn explains(values: &[f64], at: &[usize], part: f64) -> bool {
    let squares =
        |at: &[usize]| residuals(values, values, at).iter().map(|one| one * one).sum::<f64>();
    let whole = squares(&[]);
    whole > 0.0 && whole - squares(at) >= part * whole
}

// The partition that is judged best, with its judgement.
fn likeliest(
    values: &[f64],
    calm: &[f64],
    candidates: Vec<Vec<usize>>,
    settings: &BreakSettings,
) -> (f64, Vec<usize>) {
    let smallest = smallest_error(values);
    let price = settings.price * count(values.len()).ln();
    let mut best = (f64::INFINITY, Vec::new());
    for at in candidates {
        let judged =
            unlikeliness(&residuals(values, calm, &at), smallest) + price * count(at.len());
        if judged < best.0 {
            best = (judged, at);
        }
    }
    best
}

/// Twice the negative logarithm of the likelihood of what the levels leave over, up to a constant: errors of Laplace's
/// distribution around a first-order autoregression.
fn unlikeliness(left: &[f64], smallest: f64) -> f64 {
    let products: f64 = left.iter().zip(left.iter().skip(1)).map(|(one, next)| one * next).sum();
    let squares: f64 = left.iter().map(|one| one * one).sum();
    let memory = if squares > 0.0 { (products / squares).clamp(0.0, 1.0) } else { 0.0 };
    let errors =
        left.iter().zip(left.iter().skip(1)).map(|(one, next)| (next - memory * one).abs());
    let mean = errors.sum::<f64>() / count(left.len().saturating_sub(1).max(1));
    2.0 * count(left.len()) * mean.max(smallest).ln()
}

// Errors below this part of the range are none: levels without noise would be infinitely likely.
fn smallest_error(values: &[f64]) -> f64 {
    let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
    ((highest - lowest) * 1e-9).max(f64::MIN_POSITIVE)
}

// What the mean of each level leaves over; the mean is that of the values without their outliers.
fn residuals(values: &[f64], calm: &[f64], at: &[usize]) -> Vec<f64> {
    let mut left = Vec::with_capacity(values.len());
    for (from, to) in segments(at, values.len()) {
        let (Some(part), Some(calm)) = (values.get(from..to), calm.get(from..to)) else { continue };
        let mean = calm.iter().sum::<f64>() / count(calm.len().max(1));
        left.extend(part.iter().map(|value| value - mean));
    }
    left
}

/// The stretches between changes, from and to, the end excluded.
fn segments(at: &[usize], length: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    let starts = std::iter::once(0).chain(at.iter().copied());
    starts.zip(at.iter().copied().chain(std::iter::once(length)))
}
