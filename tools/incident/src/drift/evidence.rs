//! Evidence that a series left its baseline: conformal p-values against a frozen reference, and the wealth of bets on them.

use serde::{Deserialize, Serialize};

use super::{exact, settings::DriftSettings};
use crate::numbers::count;

/// How rarely the frozen reference holds a value so high: (those above + half of (those equal + 1)) / (all + 1). Ties count
/// half, or a metric of few distinct values would alarm by itself (Vovk, Gammerman, Shafer, 2022: smoothed p-values with their
/// mean in the place of the random number).
#[must_use]
pub fn p_value(sorted_reference: &[f64], value: f64) -> f64 {
    let below = sorted_reference.partition_point(|one| *one < value);
    let upto = sorted_reference.partition_point(|one| *one <= value);
    let (above, equal) = (sorted_reference.len() - upto, upto - below);
    f64::midpoint(2.0 * count(above), count(equal) + 1.0) / (count(sorted_reference.len()) + 1.0)
}

/// The wealth of somebody who began with 1 at the deployment and bets at every block that the p-value is small: a mixture of
/// power bets e p^(e-1) and cash, of which a small part is shared out anew each time (the simple jumper of Vovk, Petej,
/// Nouretdinov, Ahlberg, Carlsson, Gammerman, Retrain or not retrain, 2021).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wealth {
    #[serde(with = "exact")]
    shares: Vec<f64>,
    #[serde(with = "exact")]
    log10: f64,
}

impl Wealth {
    /// Wealth 1, the same on each bet.
    #[must_use]
    pub fn new(settings: &DriftSettings) -> Self {
        let bets = settings.bets.len();
        Self { shares: vec![1.0 / count(bets.max(1)); bets], log10: 0.0 }
    }

    /// log10 of the wealth.
    #[must_use]
    pub fn log10(&self) -> f64 {
        self.log10
    }

    /// One more block with this p-value, in (0, 1].
    pub fn bet(&mut self, p_value: f64, settings: &DriftSettings) {
        let even = settings.spread_again / count(self.shares.len().max(1));
        for (share, bet) in self.shares.iter_mut().zip(&settings.bets) {
            let funds = (1.0 - settings.spread_again) * *share + even;
            *share = funds * bet * p_value.powf(bet - 1.0);
        }
        let all: f64 = self.shares.iter().sum();
        if all > 0.0 && all.is_finite() {
            for share in &mut self.shares {
                *share /= all;
            }
            self.log10 += all.log10();
        }
    }
}

/// log10 of the mean of wealths of which the log10 is given: an average of e-processes is one whatever their dependence, so
/// signals of one deployment are joined this way and not by counting alarms. Nothing of nothing.
#[must_use]
pub fn mean_log10(log10: &[f64]) -> Option<f64> {
    let top = log10.iter().copied().max_by(f64::total_cmp)?;
    let sum: f64 = log10.iter().map(|one| 10_f64.powf(one - top)).sum();
    Some(top + (sum / count(log10.len())).log10())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half_and_no_p_value_is_nought() {
        let reference = [1.0, 2.0, 2.0, 3.0];
        assert!((p_value(&reference, 2.0) - (1.0 + 1.5) / 5.0).abs() < 1e-12);
        assert!((p_value(&reference, 9.0) - 0.1).abs() < 1e-12);
        assert!((p_value(&reference, 0.0) - 0.9).abs() < 1e-12);
        assert!((p_value(&[5.0; 9], 5.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn small_p_values_make_rich_and_even_ones_do_not() {
        let settings = DriftSettings::embedded().unwrap();
        let mut rich = Wealth::new(&settings);
        let mut poor = Wealth::new(&settings);
        for step in 0..40 {
            rich.bet(0.02, &settings);
            poor.bet((f64::from(step % 10) + 0.5) / 10.0, &settings);
        }
        assert!(rich.log10() > 5.0, "{}", rich.log10());
        assert!(poor.log10() < 0.5, "{}", poor.log10());
    }

    #[test]
    fn the_mean_of_wealths_is_taken_on_the_wealths() {
        let joined = mean_log10(&[2.0, 0.0]).unwrap();
        assert!((joined - 50.5_f64.log10()).abs() < 1e-12);
        assert!(mean_log10(&[400.0, -3.0]).unwrap().is_finite());
        assert_eq!(mean_log10(&[]), None);
    }
}
