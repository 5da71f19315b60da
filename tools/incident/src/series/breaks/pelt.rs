//! Exact optimal partitioning with pruning (Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear
//! computational cost", 2012), at the modified Bayes information criterion (Zhang and Siegmund, 2007): three logarithms of
//! the length a change, and the logarithm of each stretch's length.

use super::partitions::Sums;
use crate::numbers::{OF_MAD, count, median_in_place};

/// What a change is a change of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// The level, at one spread that is estimated from the differences of neighbours.
    Mean,
    /// The level and the spread together.
    MeanAndSpread,
}

/// The first points of new stretches of these values, ascending. Missing values must be filled before; fewer than four values
/// have no change.
#[must_use]
pub fn optimal_partition(values: &[f64], cost: Cost) -> Vec<usize> {
    searched(values, cost, true)
}

/// The same without pruning, to hold the pruned search against.
#[cfg(test)]
pub(super) fn unpruned(values: &[f64], cost: Cost) -> Vec<usize> {
    searched(values, cost, false)
}

fn searched(values: &[f64], cost: Cost, is_pruned: bool) -> Vec<usize> {
    let (length, least) = (values.len(), least(cost));
    if length < 2 * least || values.iter().any(|value| !value.is_finite()) {
        return Vec::new();
    }
    let part = Part::new(values, cost);
    let price = 3.0 * count(length).ln();
    // The logarithms of lengths can make a later split cheaper by this much at most, so pruning waits for as much.
    let slack = count(length).ln();
    let mut best = vec![f64::INFINITY; length + 1];
    if let Some(first) = best.first_mut() {
        *first = -price;
    }
    let mut back = vec![0; length + 1];
    let mut open: Vec<usize> = Vec::new();
    for to in least..=length {
        open.push(to - least);
        let whole =
            |from: usize| best.get(from).map_or(f64::INFINITY, |one| one + part.cost(from, to));
        let costs: Vec<(usize, f64)> = open.iter().map(|from| (*from, whole(*from))).collect();
        let Some((from, least_cost)) =
            costs.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1))
        else {
            continue;
        };
        let now = least_cost + price;
        if let (Some(held), Some(place)) = (best.get_mut(to), back.get_mut(to)) {
            (*held, *place) = (now, from);
        }
        open = costs
            .into_iter()
            .filter(|(_, cost)| !is_pruned || *cost <= now + slack)
            .map(|(from, _)| from)
            .collect();
    }
    traced(&back)
}

fn traced(back: &[usize]) -> Vec<usize> {
    let mut at = Vec::new();
    let mut to = back.len().saturating_sub(1);
    while let Some(&from) = back.get(to)
        && from > 0
    {
        at.push(from);
        to = from;
    }
    at.reverse();
    at
}

fn least(cost: Cost) -> usize {
    match cost {
        Cost::Mean => 1,
        Cost::MeanAndSpread => 3,
    }
}

struct Part {
    sums: Sums,
    cost: Cost,
    variance: f64,
    floor: f64,
}

impl Part {
    fn new(values: &[f64], cost: Cost) -> Self {
        // Around zero, so that a series of few repeated steps has a spread; the mean serves one that mostly stands still.
        let mut steps: Vec<f64> = values
            .iter()
            .zip(values.iter().skip(1))
            .map(|(one, next)| (next - one).abs())
            .collect();
        let mean = steps.iter().sum::<f64>() / count(steps.len().max(1));
        let typical = (median_in_place(&mut steps).unwrap_or(0.0) * OF_MAD).max(mean / 2.0);
        let spread = typical / std::f64::consts::SQRT_2;
        let sums = Sums::new(values);
        let whole = sums.error(0, values.len()) / count(values.len());
        let floor = (whole * 1e-6).max(f64::MIN_POSITIVE);
        Self { sums, cost, variance: (spread * spread).max(floor), floor }
    }

    fn cost(&self, from: usize, to: usize) -> f64 {
        let length = count(to.saturating_sub(from));
        let error = self.sums.error(from, to);
        let fit = match self.cost {
            Cost::Mean => error / self.variance,
            Cost::MeanAndSpread => length * ((error / length).max(self.floor).ln() + 1.0),
        };
        fit + length.ln()
    }
}
