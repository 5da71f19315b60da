//! Cycles taken out of a series: what each phase adds, newer cycles weighing more.

use crate::numbers::count;

/// The cycle shows: its autocorrelation is beyond what nine in ten series without it have (the test of the M4 competition's
/// benchmarks). The trend is taken out by differences over one step.
pub(super) fn is_seasonal(values: &[f64], cycle: usize) -> bool {
    if values.len() < 2 * cycle + 2 || cycle < 2 {
        return false;
    }
    let mean = values.iter().sum::<f64>() / count(values.len());
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    if squares <= 0.0 {
        return false;
    }
    let likeness = |lag: usize| {
        let pairs = values.iter().zip(values.iter().skip(lag));
        pairs.map(|(one, later)| (one - mean) * (later - mean)).sum::<f64>() / squares
    };
    let noise: f64 = (1..cycle).map(|lag| likeness(lag).powi(2)).sum();
    likeness(cycle).abs() > 1.645 * ((1.0 + 2.0 * noise) / count(values.len())).sqrt()
}

/// Cycles and what is left without them.
#[derive(Debug)]
pub(super) struct Seasons {
    adds: Vec<Vec<f64>>,
    pub(super) rest: Vec<f64>,
}

// A cycle weighs this much of the next newer one.
const OLDER: f64 = 0.8;

impl Seasons {
    pub(super) fn new(values: &[f64], cycles: &[usize]) -> Self {
        let mut cycles = cycles.to_vec();
        cycles.sort_unstable();
        let mut rest = values.to_vec();
        let mut adds = Vec::new();
        for cycle in cycles {
            let trend = trend(&rest, cycle);
            let added = added(&rest, &trend, cycle);
            for (value, add) in rest.iter_mut().zip(added.iter().cycle()) {
                *value -= add;
            }
            adds.push(added);
        }
        Self { adds, rest }
    }

    /// What all cycles add at this place.
    pub(super) fn at(&self, place: usize) -> f64 {
        let add = |adds: &Vec<f64>| adds.get(place % adds.len().max(1)).copied().unwrap_or(0.0);
        self.adds.iter().map(add).sum()
    }
}

// The mean over one cycle around each point; the ends keep the nearest whole one.
fn trend(values: &[f64], cycle: usize) -> Vec<f64> {
    let sums: Vec<f64> = std::iter::once(0.0)
        .chain(values.iter().scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        }))
        .collect();
    let last = values.len().saturating_sub(cycle);
    (0..values.len())
        .map(|place| {
            let from = place.saturating_sub(cycle / 2).min(last);
            let to = (from + cycle).min(values.len());
            let sum = sums.get(to).zip(sums.get(from)).map_or(0.0, |(to, from)| to - from);
            sum / count((to - from).max(1))
        })
        .collect()
}

fn added(values: &[f64], trend: &[f64], cycle: usize) -> Vec<f64> {
    let turns = values.len() / cycle.max(1);
    let mut sums = vec![(0.0, 0.0); cycle];
    for (place, (value, level)) in values.iter().zip(trend).enumerate() {
        let age = count(turns.saturating_sub(place / cycle));
        let weight = OLDER.powf(age);
        if let Some(sum) = sums.get_mut(place % cycle) {
            *sum = (sum.0 + weight * (value - level), sum.1 + weight);
        }
    }
    let means: Vec<f64> =
        sums.iter().map(|(sum, weight)| if *weight > 0.0 { sum / weight } else { 0.0 }).collect();
    let middle = means.iter().sum::<f64>() / count(cycle.max(1));
    means.iter().map(|mean| mean - middle).collect()
}
