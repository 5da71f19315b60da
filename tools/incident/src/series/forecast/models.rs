//! The models.

use super::{
    season::{Seasons, is_seasonal},
    smoothing::{damped, theta},
};

/// A way to go on. Cycles are in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// The last value stays.
    Last,
    /// The last cycle comes again.
    SeasonalNaive(usize),
    /// Level and damped trend (Gardner and `McKenzie`, "Forecasting trends in time series", 1985), the cycle taken out first.
    Damped(Option<usize>),
    /// Theta (Assimakopoulos and Nikolopoulos, "The theta model", 2000), the cycle taken out first.
    Theta(Option<usize>),
    /// Several cycles taken out one after the other (Bandara, Hyndman and Bergmeir, "MSTL", 2021, with means instead of loess),
    /// level and damped trend of what is left.
    Decomposed(Vec<usize>),
    /// The same in logarithms, for cycles that grow with the level.
    DecomposedLog(Vec<usize>),
}

impl Model {
    /// Every model for these cycles, the simple ones first.
    pub(super) fn all(cycles: &[usize]) -> Vec<Self> {
        let mut all = vec![Self::Last, Self::Damped(None), Self::Theta(None)];
        let usable: Vec<usize> = cycles.iter().copied().filter(|cycle| *cycle > 1).collect();
        for &cycle in &usable {
            all.extend([
                Self::SeasonalNaive(cycle),
                Self::Damped(Some(cycle)),
                Self::Theta(Some(cycle)),
                Self::DecomposedLog(vec![cycle]),
            ]);
        }
        if usable.len() > 1 {
            all.extend([Self::Decomposed(usable.clone()), Self::DecomposedLog(usable)]);
        }
        all
    }

    /// The word in answers.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Last => "last_value",
            Self::SeasonalNaive(_) => "seasonal_naive",
            Self::Damped(_) => "damped_trend",
            Self::Theta(_) => "theta",
            Self::Decomposed(_) => "decomposed",
            Self::DecomposedLog(_) => "decomposed_log",
        }
    }

    /// The next steps; `None` when the series is too short for the model, or has no such cycle.
    pub(super) fn forecast(&self, values: &[f64], horizon: usize) -> Option<Vec<f64>> {
        match self {
            Self::Last => Some(vec![*values.last()?; horizon]),
            Self::SeasonalNaive(cycle) => {
                let last = values.get(values.len().checked_sub(*cycle)?..)?;
                Some(last.iter().copied().cycle().take(horizon).collect())
            }
            Self::Damped(None) => damped(values, horizon),
            Self::Damped(Some(cycle)) => seasonal(values, &[*cycle], horizon, damped),
            Self::Theta(None) => theta(values, horizon),
            Self::Theta(Some(cycle)) => seasonal(values, &[*cycle], horizon, theta),
            Self::Decomposed(cycles) => seasonal(values, cycles, horizon, damped),
            Self::DecomposedLog(cycles) => {
                if values.iter().any(|value| *value <= 0.0) {
                    return None;
                }
                let logs: Vec<f64> = values.iter().map(|value| value.ln()).collect();
                // No step leaves what was seen by more than its range: exponents run away.
                let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let lowest = logs.iter().copied().fold(f64::INFINITY, f64::min);
                let range = highest - lowest;
                let steps = seasonal(&logs, cycles, horizon, damped)?;
                let back = |step: f64| step.clamp(lowest - range, highest + range).exp();
                Some(steps.into_iter().map(back).collect())
            }
        }
    }
}

fn seasonal(
    values: &[f64],
    cycles: &[usize],
    horizon: usize,
    rest: fn(&[f64], usize) -> Option<Vec<f64>>,
) -> Option<Vec<f64>> {
    if cycles.iter().any(|cycle| !is_seasonal(values, *cycle)) {
        return None;
    }
    let seasons = Seasons::new(values, cycles);
    let mut steps = rest(&seasons.rest, horizon)?;
    for (ahead, step) in steps.iter_mut().enumerate() {
        *step += seasons.at(values.len() + ahead);
    }
    // A forecast of a series that was never negative is not.
    if values.iter().all(|value| *value >= 0.0) {
        for step in &mut steps {
            *step = step.max(0.0);
        }
    }
    Some(steps)
}
