//! Exponential smoothing: level and damped trend, and theta.

use crate::numbers::count;

// Grids of the parameters; finer ones change forecasts little.
const LEVELS: [f64; 7] = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 0.95];
const TRENDS: [f64; 3] = [0.0, 0.05, 0.2];
const DAMPINGS: [f64; 3] = [0.8, 0.9, 0.98];

/// Level and damped trend with the parameters of the least squared error one step ahead.
pub(super) fn damped(values: &[f64], horizon: usize) -> Option<Vec<f64>> {
    let mut best: Option<(f64, State)> = None;
    for level in LEVELS {
        for trend in TRENDS {
            for damping in DAMPINGS {
                let (error, state) = smoothed(values, level, trend, damping)?;
                if best.as_ref().is_none_or(|(least, _)| error < *least) {
                    best = Some((error, state));
                }
            }
        }
    }
    let state = best?.1;
    let mut carried = 0.0;
    let mut weight = 1.0;
    Some(
        (0..horizon)
            .map(|_| {
                weight *= state.damping;
                carried += weight * state.trend;
                state.level + carried
            })
            .collect(),
    )
}

#[derive(Debug, Clone, Copy)]
struct State {
    level: f64,
    trend: f64,
    damping: f64,
}

fn smoothed(values: &[f64], by: f64, trend_by: f64, damping: f64) -> Option<(f64, State)> {
    let mut state = State { level: *values.first()?, trend: 0.0, damping };
    let mut sum = 0.0;
    for value in values.iter().skip(1) {
        let foretold = state.level + damping * state.trend;
        let error = value - foretold;
        sum += error * error;
        state.level = foretold + by * error;
        state.trend = damping * state.trend + by * trend_by * error;
    }
    Some((sum, state))
}

/// Half the slope of a straight line, from a level smoothed with the best parameter.
pub(super) fn theta(values: &[f64], horizon: usize) -> Option<Vec<f64>> {
    if values.len() < 3 {
        return None;
    }
    let slope = slope(values) / 2.0;
    let mut best: Option<(f64, f64)> = None;
    for by in LEVELS {
        let (error, state) = smoothed(values, by, 0.0, 1.0)?;
        if best.is_none_or(|(least, _)| error < least) {
            best = Some((error, state.level));
        }
    }
    let level = best?.1;
    Some((1..=horizon).map(|ahead| level + slope * count(ahead)).collect())
}

fn slope(values: &[f64]) -> f64 {
    let middle = (count(values.len()) - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count(values.len().max(1));
    let (mut products, mut squares) = (0.0, 0.0);
    for (place, value) in values.iter().enumerate() {
        let x = count(place) - middle;
        products += x * (value - mean);
        squares += x * x;
    }
    if squares > 0.0 { products / squares } else { 0.0 }
}
