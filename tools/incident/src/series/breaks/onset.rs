//! When what is seen in a window began, with the interval that the noise leaves.
//!
//! The interval holds every place whose likelihood is within a bound of the best one; for a step in normal noise the bound c
//! has the confidence (1 - exp(-c/2))^2 (Worsley, "Confidence regions and tests for a change-point in a sequence of exponential
//! family random variables", 1986), widened by the memory of the noise.

use super::{
    super::{Sample, settings::BreakSettings},
    clean, likeliest,
    partitions::{Sums, partitions, refined},
    residuals, smallest_error, unlikeliness,
};
use crate::numbers::count;

/// How it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// At once.
    Step,
    /// Little by little.
    Ramp,
}

/// When something began. Times are those of points of the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Onset {
    /// The likeliest first point of it.
    pub at: i64,
    /// The interval in which it began, both ends included.
    pub earliest: i64,
    pub latest: i64,
    pub way: Way,
    /// How far the series went, in robust standard deviations of what is left over; negative when it fell. Of a ramp: by the
    /// end of the window.
    pub size: f64,
}

/// Dates the first change of level, or the beginning of a ramp, among the points from `window.0` to `window.1`, both included.
/// `None` when the window holds too few points or nothing changed in it. The samples are in order of time; those outside the
/// window serve to know the cycle.
#[must_use]
pub fn date_onset(
    samples: &[Sample],
    window: (i64, i64),
    settings: &BreakSettings,
) -> Option<Onset> {
    let values: Vec<f64> = samples.iter().map(|sample| sample.value).collect();
    let (filled, _) = clean::filled(&values)?;
    let plain = clean::cycle(&filled, settings)
        .map_or_else(|| filled.clone(), |cycle| clean::without_cycle(&filled, cycle));
    let from = samples.partition_point(|sample| sample.at < window.0);
    let to = samples.partition_point(|sample| sample.at <= window.1);
    let plain = plain.get(from..to)?;
    if plain.len() < settings.least {
        return None;
    }
    let calm = clean::without_outliers(plain, settings.outlier_spreads);
    let block = calm.len().div_ceil(settings.most_points);
    let coarse = clean::blocks(&calm, block);
    let candidates = partitions(&coarse, MOST_STEPS, settings.least_segment);
    let (stepped, steps) = likeliest(&coarse, &coarse, candidates, settings);
    let smallest = smallest_error(&coarse);
    let price = settings.price * count(coarse.len()).ln();
    let ramp = best_ramp(&coarse, settings.least_segment);
    let ramped = ramp
        .as_ref()
        .map_or(f64::INFINITY, |ramp| unlikeliness(&ramp.left(&coarse), smallest) + price);
    let found = if ramped < stepped {
        ramp?.dated(&coarse, block, settings)
    } else {
        dated_step(&calm, &refined_steps(&calm, &steps, block), settings)?
    };
    let time =
        |place: usize| samples.get((from + place).min(to.saturating_sub(1))).map(|one| one.at);
    Some(Onset {
        at: time(found.at)?,
        earliest: time(found.earliest)?,
        latest: time(found.latest)?,
        way: found.way,
        size: found.size,
    })
}

// The same with places instead of times.
struct Found {
    at: usize,
    earliest: usize,
    latest: usize,
    way: Way,
    size: f64,
}

// More changes than these are an episode of their own: only the first one is dated.
const MOST_STEPS: usize = 4;

fn refined_steps(values: &[f64], coarse: &[usize], block: usize) -> Vec<usize> {
    let at: Vec<usize> = coarse.iter().map(|place| place * block).collect();
    if block == 1 { at } else { refined(values, &at, 2 * block) }
}

fn dated_step(values: &[f64], at: &[usize], settings: &BreakSettings) -> Option<Found> {
    let place = *at.first()?;
    let end = at.get(1).copied().unwrap_or(values.len());
    let left = residuals(values, values, at);
    let bound = settings.interval_bound * noise(&left);
    let sums = Sums::new(values);
    let error = |place: usize| sums.error(0, place) + sums.error(place, end);
    let least = error(place);
    let within: Vec<usize> = (1..end).filter(|place| error(*place) - least <= bound).collect();
    let mean = |from: usize, to: usize| {
        let part = values.get(from..to).unwrap_or_default();
        part.iter().sum::<f64>() / count(part.len().max(1))
    };
    let spread = spread_of(&left, values);
    Some(Found {
        at: place,
        earliest: within.first().copied().unwrap_or(place).min(place),
        latest: within.last().copied().unwrap_or(place).max(place),
        way: Way::Step,
        size: (mean(place, end) - mean(0, place)) / spread,
    })
}

// The variance of the noise as slow statistics feel it: times (1 + memory) / (1 - memory).
fn noise(left: &[f64]) -> f64 {
    let squares: f64 = left.iter().map(|one| one * one).sum();
    let products: f64 = left.iter().zip(left.iter().skip(1)).map(|(one, next)| one * next).sum();
    let memory = if squares > 0.0 { (products / squares).clamp(0.0, 0.95) } else { 0.0 };
    squares / count(left.len().max(1)) * (1.0 + memory) / (1.0 - memory)
}

fn spread_of(left: &[f64], values: &[f64]) -> f64 {
    let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
    clean::spread(left).max(largest * 1e-6).max(f64::MIN_POSITIVE)
}

// A level until `at`, and a line that leaves it there.
struct Ramp {
    at: usize,
    level: f64,
    slope: f64,
    errors: Vec<(usize, f64)>,
}

fn best_ramp(values: &[f64], shortest: usize) -> Option<Ramp> {
    let length = values.len();
    let last = length.checked_sub(shortest.max(2) + 1)?;
    let fits: Vec<(usize, f64, f64, f64)> = (1..=last)
        .map(|at| {
            let (level, slope) = fitted(values, at);
            let error = values.iter().enumerate().map(|(place, value)| {
                let off = value - level - slope * count(place.saturating_sub(at));
                off * off
            });
            (at, error.sum(), level, slope)
        })
        .collect();
    let best = fits.iter().min_by(|one, other| one.1.total_cmp(&other.1))?;
    let errors = fits.iter().map(|fit| (fit.0, fit.1)).collect();
    Some(Ramp { at: best.0, level: best.2, slope: best.3, errors })
}

// Least squares of a level and of a slope from `at` on.
fn fitted(values: &[f64], at: usize) -> (f64, f64) {
    let length = count(values.len().max(1));
    let (mut x_sum, mut x_squares, mut y_sum, mut products) = (0.0, 0.0, 0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        let x = count(place.saturating_sub(at));
        x_sum += x;
        x_squares += x * x;
        y_sum += value;
        products += x * value;
    }
    let scale = x_squares - x_sum * x_sum / length;
    let slope = if scale > 0.0 { (products - x_sum * y_sum / length) / scale } else { 0.0 };
    ((y_sum - slope * x_sum) / length, slope)
}

impl Ramp {
    fn left(&self, values: &[f64]) -> Vec<f64> {
        let line = |place: usize| self.level + self.slope * count(place.saturating_sub(self.at));
        values.iter().enumerate().map(|(place, value)| value - line(place)).collect()
    }

    fn dated(&self, values: &[f64], block: usize, settings: &BreakSettings) -> Found {
        let left = self.left(values);
        let bound = settings.interval_bound * noise(&left);
        let least = self.errors.iter().map(|(_, error)| *error).fold(f64::INFINITY, f64::min);
        let within =
            || self.errors.iter().filter(|(_, error)| error - least <= bound).map(|(at, _)| *at);
        let climbed = self.slope * count(values.len().saturating_sub(self.at + 1));
        Found {
            at: self.at * block,
            earliest: within().next().unwrap_or(self.at) * block,
            latest: within().next_back().unwrap_or(self.at) * block + block - 1,
            way: Way::Ramp,
            size: climbed / spread_of(&left, values),
        }
    }
}
