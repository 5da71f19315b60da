use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::series::SeriesSettings;

const HORIZON: usize = 48;

fn settings() -> ForecastSettings {
    SeriesSettings::embedded().unwrap().forecast
}

// Hours of a workload: days, quieter weekends, a level that wanders, noise that grows with the level.
fn hours(seed: u64, days: usize) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut level = 100.0 + 900.0 * random.random::<f64>();
    let (depth, weekend) = (0.2 + 0.5 * random.random::<f64>(), 0.5 + 0.5 * random.random::<f64>());
    (0..days * 24)
        .map(|hour| {
            level *= 1.0 + 0.004 * (random.random::<f64>() - 0.5);
            let day = (count(hour % 24) / 24.0 * std::f64::consts::TAU).sin() * depth;
            let week = if hour / 24 % 7 >= 5 { weekend } else { 1.0 };
            let noise = 0.2 * (random.random::<f64>() - 0.5);
            level * (1.0 + day) * week * (1.0 + noise)
        })
        .collect()
}

// The formulas of the M4 competition for hours.
fn smape(truth: &[f64], foretold: &[f64]) -> f64 {
    let parts = truth.iter().zip(foretold);
    parts.map(|(one, other)| 200.0 * (one - other).abs() / (one.abs() + other.abs())).sum::<f64>()
        / count(truth.len())
}

fn mase(past: &[f64], truth: &[f64], foretold: &[f64]) -> f64 {
    let off = truth.iter().zip(foretold).map(|(one, other)| (one - other).abs()).sum::<f64>();
    let steps: Vec<f64> =
        past.iter().zip(past.iter().skip(24)).map(|(one, later)| (later - one).abs()).collect();
    off / count(truth.len()) / (steps.iter().sum::<f64>() / count(steps.len()))
}

// The second naive method: the last value, with the daily cycle taken out and put back.
fn naive_two(past: &[f64]) -> Vec<f64> {
    let seasons = season::Seasons::new(past, &[24]);
    let last = seasons.rest.last().copied().unwrap();
    (0..HORIZON).map(|ahead| last + seasons.at(past.len() + ahead)).collect()
}

#[test]
fn hours_are_foretold_far_better_than_by_the_second_naive_method() {
    let (mut ours, mut theirs, mut snaive) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    for seed in 0..30 {
        let all = hours(seed, 30);
        let (past, truth) = all.split_at(all.len() - HORIZON);
        let found = forecast_series(past, HORIZON, &[24, 168], &settings()).unwrap();
        let middles: Vec<f64> = found.steps.iter().map(|step| step.middle).collect();
        let last: Vec<f64> = Model::SeasonalNaive(24).forecast(past, HORIZON).unwrap();
        for (sums, steps) in
            [(&mut ours, &middles), (&mut theirs, &naive_two(past)), (&mut snaive, &last)]
        {
            sums[0] += smape(truth, steps);
            sums[1] += mase(past, truth, steps);
        }
    }
    let owa = |sums: [f64; 2]| f64::midpoint(sums[0] / theirs[0], sums[1] / theirs[1]);
    println!("OWA {:.3}, seasonal naive {:.3}", owa(ours), owa(snaive));
    assert!(owa(ours) < 0.63, "{}", owa(ours));
    assert!(owa(ours) < 0.8 * owa(snaive), "{} {}", owa(ours), owa(snaive));
}

#[test]
fn about_as_many_values_as_promised_lie_in_the_interval() {
    let (mut within, mut all_steps) = (0, 0);
    for seed in 100..140 {
        let all = hours(seed, 28);
        let (past, truth) = all.split_at(all.len() - HORIZON);
        let found = forecast_series(past, HORIZON, &[24, 168], &settings()).unwrap();
        let hits = found.steps.iter().zip(truth);
        within += hits.filter(|(step, value)| (step.low..=step.high).contains(value)).count();
        all_steps += HORIZON;
    }
    let share = count(within) / count(all_steps);
    println!("coverage {share:.3}");
    assert!((0.72..=0.92).contains(&share), "{share}");
}

#[test]
fn a_trend_goes_on_and_a_level_stays() {
    let line: Vec<f64> = (0..200).map(|at| f64::from(at) * 2.0).collect();
    let found = forecast_series(&line, 10, &[], &settings()).unwrap();
    assert!(found.steps[9].middle > 402.0, "{found:?}");
    let level = forecast_series(&[5.0; 60], 10, &[24], &settings()).unwrap();
    assert!(level.steps.iter().all(|step| (step.middle - 5.0).abs() < 1e-9));
}

#[test]
fn short_and_broken_series_have_a_forecast_that_says_how_little_is_known() {
    assert!(forecast_series(&[], 5, &[24], &settings()).is_none());
    assert!(forecast_series(&[f64::NAN; 9], 5, &[24], &settings()).is_none());
    assert!(forecast_series(&[1.0, 2.0], 0, &[], &settings()).is_none());
    let found = forecast_series(&[1.0, 2.0, f64::NAN, 4.0], 5, &[24], &settings()).unwrap();
    assert_eq!((found.models, found.error, found.missing), (vec![Model::Last], None, 1));
    assert!(found.steps[4].high - found.steps[4].low > found.steps[0].high - found.steps[0].low);
    let mut huge = hours(1, 20);
    huge[100] = 1e300;
    huge[101] = f64::INFINITY;
    let found = forecast_series(&huge, 24, &[24], &settings()).unwrap();
    assert!(found.steps.iter().all(|step| step.middle.is_finite() && step.low <= step.high));
    assert_eq!(found.missing, 2);
}
