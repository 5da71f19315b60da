//! How a series goes on: a few models behind one interface, chosen by their error on parts that they did not see.
//!
//! Every model forecasts the last stretches of the series from what came before (rolling origin); the mean of the best two is
//! the forecast, because a combination errs less than the choice (Makridakis, Spiliotis and Assimakopoulos, "The M4
//! Competition", 2020). The interval comes from the same errors.

mod models;
mod season;
mod smoothing;

#[cfg(test)]
mod tests;

use super::{breaks::filled, settings::ForecastSettings};
use crate::numbers::count;
pub use models::Model;

/// One step of a forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

/// A forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesForecast {
    /// One for every step ahead.
    pub steps: Vec<Step>,
    /// The models whose mean it is, the best one first.
    pub models: Vec<Model>,
    /// Their mean absolute error on what they did not see; `None` when the series is too short to hold anything back.
    pub error: Option<f64>,
    /// Values that were missing and stand as a line between their neighbours.
    pub missing: usize,
}

/// Forecasts so many steps. Values are at equal steps; `cycles` are lengths of cycles in points that may be in them, e.g. 24 and
/// 168 for hours. `None` when there is no value at all, or nothing is asked for.
#[must_use]
pub fn forecast_series(
    values: &[f64],
    horizon: usize,
    cycles: &[usize],
    settings: &ForecastSettings,
) -> Option<SeriesForecast> {
    if horizon == 0 {
        return None;
    }
    let (all, missing) = filled(values)?;
    let from = all.len().saturating_sub(settings.most_points);
    let known = all.get(from..)?;
    let candidates = Model::all(cycles);
    let origins = origins(known.len(), horizon, cycles, settings);
    let mut judged: Vec<(f64, Model, Vec<Vec<f64>>)> = candidates
        .iter()
        .filter_map(|model| {
            let errors = errors(model, known, horizon, &origins)?;
            let sizes = errors.iter().flatten().map(|error| error.abs()).sum::<f64>();
            Some((
                sizes / count(errors.iter().map(Vec::len).sum::<usize>().max(1)),
                model.clone(),
                errors,
            ))
        })
        .collect();
    // A stable order: of equals the simpler one is first.
    judged.sort_by(|one, other| one.0.total_cmp(&other.0));
    judged.truncate(settings.combined);
    let (models, error, errors) =
        if judged.is_empty() { (vec![Model::Last], None, Vec::new()) } else { combined(judged) };
    let middles = mean_of(&models, known, horizon)?;
    let steps = with_intervals(&middles, known, &errors, settings);
    Some(SeriesForecast { steps, models, error, missing })
}

// Where the past ends of each test: the last stretches of the horizon's length, with enough before them.
fn origins(
    length: usize,
    horizon: usize,
    cycles: &[usize],
    settings: &ForecastSettings,
) -> Vec<usize> {
    // Two of the longest cycle that a test can be left with: a model that serves the series serves its tests.
    let needed = |cycle: &usize| (2 * cycle + 2).max(settings.least);
    let possible = |needed: &usize| needed + horizon <= length;
    let least = cycles.iter().map(needed).filter(possible).max().unwrap_or(settings.least);
    let ends = (1..=settings.origins).map_while(|turn| length.checked_sub(turn * horizon));
    ends.take_while(|origin| *origin >= least).collect()
}

// What a model errs by at each step of each test; `None` when it cannot serve the whole series.
fn errors(
    model: &Model,
    known: &[f64],
    horizon: usize,
    origins: &[usize],
) -> Option<Vec<Vec<f64>>> {
    model.forecast(known, 1)?;
    let mut all = Vec::new();
    for &origin in origins {
        let (past, future) = known.split_at_checked(origin)?;
        let foretold = model.forecast(past, horizon)?;
        let errors: Vec<f64> =
            future.iter().zip(&foretold).map(|(value, middle)| value - middle).collect();
        if errors.iter().any(|error| !error.is_finite()) {
            return None;
        }
        all.push(errors);
    }
    if all.is_empty() { None } else { Some(all) }
}

fn combined(judged: Vec<(f64, Model, Vec<Vec<f64>>)>) -> (Vec<Model>, Option<f64>, Vec<Vec<f64>>) {
    let parts = count(judged.len());
    let mut whole: Vec<Vec<f64>> = Vec::new();
    let mut models = Vec::new();
    for (_, model, errors) in judged {
        models.push(model);
        if whole.is_empty() {
            whole = errors.iter().map(|origin| vec![0.0; origin.len()]).collect();
        }
        for (sum, error) in whole.iter_mut().flatten().zip(errors.iter().flatten()) {
            *sum += error / parts;
        }
    }
    let sizes: Vec<f64> = whole.iter().flatten().map(|error| error.abs()).collect();
    let error = sizes.iter().sum::<f64>() / count(sizes.len().max(1));
    (models, Some(error), whole)
}

fn mean_of(models: &[Model], known: &[f64], horizon: usize) -> Option<Vec<f64>> {
    let mut sums = vec![0.0; horizon];
    for model in models {
        let steps = model.forecast(known, horizon)?;
        sums.iter_mut().zip(steps).for_each(|(sum, step)| *sum += step / count(models.len()));
    }
    sums.iter().all(|sum| sum.is_finite()).then_some(sums)
}

// Half the width at each step: the wanted quantile of errors at steps up to a quarter of the horizon away, and never narrower
// than at an earlier step. Without a test the differences of neighbours widen like those of a random walk.
fn with_intervals(
    middles: &[f64],
    known: &[f64],
    errors: &[Vec<f64>],
    settings: &ForecastSettings,
) -> Vec<Step> {
    let reach = (middles.len() / 4).max(1);
    let step = known.iter().zip(known.iter().skip(1)).map(|(one, next)| (next - one).abs());
    let typical = step.sum::<f64>() / count(known.len().saturating_sub(1).max(1));
    let mut widest: f64 = 0.0;
    middles
        .iter()
        .enumerate()
        .map(|(ahead, middle)| {
            let near = ahead.saturating_sub(reach)..(ahead + reach + 1);
            let of_origin = |origin: &Vec<f64>| {
                let end = near.end.min(origin.len());
                origin.get(near.start.min(end)..end).unwrap_or_default().to_vec()
            };
            let mut sizes: Vec<f64> = errors.iter().flat_map(of_origin).map(f64::abs).collect();
            let half = if sizes.is_empty() {
                settings.walk_width * typical * count(ahead + 1).sqrt()
            } else {
                settings.widened * quantile(&mut sizes, settings.covered)
            };
            widest = widest.max(half);
            Step { low: middle - widest, middle: *middle, high: middle + widest }
        })
        .collect()
}

// The smallest value that at least this part of them, and one more, does not pass.
fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let wanted = part * count(values.len() + 1);
    let at = values.iter().enumerate().find(|(place, _)| count(place + 1) >= wanted);
    at.map(|(_, value)| *value).or(values.last().copied()).unwrap_or(0.0)
}
