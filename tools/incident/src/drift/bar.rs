//! How much evidence is enough: a threshold for each series, from futures drawn out of its own baseline.

use super::{
    evidence::{Wealth, p_value},
    settings::DriftSettings,
};
use crate::numbers::{count, quantile};

/// Random numbers that are the same in every language and version (Steele, Lea, Flood, Fast splittable pseudorandom number
/// generators, 2014).
#[derive(Debug, Clone)]
pub struct SplitMix(u64);

impl SplitMix {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly above 0 and below 1: 32 bits of it.
    pub fn part(&mut self) -> f64 {
        let high = u32::try_from(self.draw() >> 32).unwrap_or(u32::MAX);
        (f64::from(high) + 0.5) / 4_294_967_296.0
    }
}

/// The wealth (log10) that only `1 - resample_level` of futures without a drift reach during a watch.
///
/// A future is drawn in two steps: first how often each kind of day will come (Dirichlet weights over the days of the
/// baseline: Rubin, The Bayesian bootstrap, 1981), then runs of `resample_days` days by these weights. The first step is what a
/// plain bootstrap lacks: the baseline is a small sample itself, and the watch holds every block against that same sample.
/// `days` are the blocks of each day of the baseline, missing ones left out of the bets; `reference` is sorted.
#[must_use]
pub fn resampled_bar(
    days: &[Vec<Option<f64>>],
    reference: &[f64],
    settings: &DriftSettings,
    seed: u64,
) -> f64 {
    let p_values: Vec<Vec<f64>> = days
        .iter()
        .map(|day| day.iter().flatten().map(|block| p_value(reference, *block)).collect())
        .collect();
    let mut random = SplitMix::new(seed);
    let mut peaks = Vec::with_capacity(settings.resamples);
    for _ in 0..settings.resamples {
        let weights: Vec<f64> = days.iter().map(|_| -random.part().ln()).collect();
        peaks.push(peak(&p_values, &weights, settings, &mut random));
    }
    quantile(&peaks, settings.resample_level).unwrap_or(0.0)
}

fn peak(
    p_values: &[Vec<f64>],
    weights: &[f64],
    settings: &DriftSettings,
    random: &mut SplitMix,
) -> f64 {
    let all: f64 = weights.iter().sum();
    let mut wealth = Wealth::new(settings);
    let mut highest = 0.0_f64;
    let mut day = 0;
    while day < settings.watch_days {
        let mut left = random.part() * all;
        let picked = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        let run = p_values.iter().cycle().skip(picked.unwrap_or(0)).take(settings.resample_days);
        for blocks in run.take(settings.watch_days - day) {
            for p_value in blocks {
                wealth.bet(*p_value, settings);
                highest = highest.max(wealth.log10());
            }
        }
        day += settings.resample_days;
    }
    highest
}

/// The bar of a series: the largest of the settled least, the resampled one and the placebo's, raised where a day follows the
/// day before it. `following` is the lag-1 rank autocorrelation of the days beyond its sampling error (1/sqrt(days)); for a
/// first-order dependence r, n days weigh as n (1-r)/(1+r) independent ones (Bartlett, 1946).
#[must_use]
pub fn bar(resampled: f64, placebo: Option<f64>, following: f64, settings: &DriftSettings) -> f64 {
    let dependence = (settings.following * following).clamp(0.0, 0.9);
    let least = settings.least_log10_wealth.max(resampled).max(placebo.unwrap_or(0.0));
    least * (1.0 + dependence) / (1.0 - dependence)
}

/// The part of the dependence between days that is more than chance.
#[must_use]
pub fn beyond_chance(autocorrelation: f64, days: usize) -> f64 {
    (autocorrelation - 1.0 / count(days.max(1)).sqrt()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_the_published_generator() {
        let mut random = SplitMix::new(42);
        let draws = [random.draw(), random.draw(), random.draw()];
        assert_eq!(draws, [0xbdd7_3226_2feb_6e95, 0x28ef_e333_b266_f103, 0x4752_6757_130f_9f52]);
    }

    #[test]
    fn a_series_that_wanders_needs_more_evidence_than_one_that_does_not() {
        let settings = DriftSettings::embedded().unwrap();
        let bar_of = |value: &dyn Fn(u32) -> f64| {
            let days: Vec<Vec<Option<f64>>> =
                (0..24).map(|day| vec![Some(value(day)), Some(value(day) + 0.1)]).collect();
            let mut reference: Vec<f64> = days.iter().flatten().flatten().copied().collect();
            reference.sort_by(f64::total_cmp);
            resampled_bar(&days, &reference, &settings, 7)
        };
        let even = bar_of(&|day| f64::from((day * 7) % 24));
        let slow = bar_of(&f64::from);
        assert!(slow > even + 0.3, "{slow} {even}");
        assert!(bar(slow, None, 0.6, &settings) > settings.least_log10_wealth);
        assert!((bar(0.0, Some(4.0), 0.0, &settings) - 4.0).abs() < 1e-12);
    }
}
