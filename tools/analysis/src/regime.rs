//! The verdict on a move of the unit cost: what it means for growth, with its uncertainty.
//!
//! The interval of `ln(U1 / U0)` comes from a moving block bootstrap over days (Kuensch, "The
//! jackknife and the bootstrap for general stationary observations", 1989). A block is drawn only
//! from starts on the weekday that it replaces, so every resample has the period's weekday mix.

use jiff::civil::Date;
use rand::{Rng, RngExt};
use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};
use serde::{Deserialize, Serialize};

mod settings;

#[cfg(test)]
mod tests;

pub use settings::RegimeSettings;

/// Operating cost and transactions of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub cost: Decimal,
    pub transactions: Decimal,
}

/// What a move of cost, transactions and unit cost amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Transactions grew and cost grew less: the unit cost fell.
    EfficientGrowth,
    /// Cost followed the transactions: the unit cost held.
    Flat,
    /// The unit cost rose while cost did not fall.
    Inefficient,
    /// Cost and transactions both fell.
    Shrinking,
    /// Cost fell and transactions did not.
    PureSaving,
    /// The interval of the change crosses the dead band.
    Undetermined,
}

impl Regime {
    /// The word in answers, e.g. `efficient_growth`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EfficientGrowth => "efficient_growth",
            Self::Flat => "flat",
            Self::Inefficient => "inefficient",
            Self::Shrinking => "shrinking",
            Self::PureSaving => "pure_saving",
            Self::Undetermined => "undetermined",
        }
    }
}

/// The verdict. Changes are relative: `0.1` for 10 % more, rounded to six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegimeVerdict {
    pub regime: Regime,
    /// Relative change of the unit cost over the days given; `None` when a side has no unit cost.
    pub change: Option<Decimal>,
    /// Interval of `change`; `None` when there are too few days to know.
    pub change_low: Option<Decimal>,
    pub change_high: Option<Decimal>,
    /// `ln(C1 / C0) / ln(T1 / T0)`; `None` when transactions stood still.
    pub elasticity: Option<Decimal>,
}

/// Fewer days a side than this say nothing about how a unit cost varies from day to day.
pub const FEWEST_DAYS: usize = 4;

/// Judges the move from the days `from` to the days `to`, in any order, one entry a day.
///
/// The same days and the same state of `random` give the same verdict.
pub fn judge_regime(
    from: &[Day],
    to: &[Day],
    settings: &RegimeSettings,
    random: &mut impl Rng,
) -> RegimeVerdict {
    let (from, to) = (Series::of(from), Series::of(to));
    let Some(logs) = Logs::between(from.sums(), to.sums()) else {
        return RegimeVerdict {
            regime: Regime::Undetermined,
            change: None,
            change_low: None,
            change_high: None,
            elasticity: None,
        };
    };
    let interval = interval(&from, &to, settings, random);
    RegimeVerdict {
        regime: interval.map_or(Regime::Undetermined, |interval| decide(&logs, interval, settings)),
        change: relative(logs.unit_cost),
        change_low: interval.and_then(|(low, _)| relative(low)),
        change_high: interval.and_then(|(_, high)| relative(high)),
        elasticity: logs.elasticity().and_then(rounded),
    }
}

// Logarithms of the growth of cost, transactions and their quotient.
struct Logs {
    cost: f64,
    transactions: f64,
    unit_cost: f64,
}

impl Logs {
    fn between(from: (f64, f64), to: (f64, f64)) -> Option<Self> {
        let positive = |pair: (f64, f64)| pair.0 > 0.0 && pair.1 > 0.0;
        if !positive(from) || !positive(to) {
            return None;
        }
        let (cost, transactions) = ((to.0 / from.0).ln(), (to.1 / from.1).ln());
        Some(Self { cost, transactions, unit_cost: cost - transactions })
    }

    fn elasticity(&self) -> Option<f64> {
        let elasticity = self.cost / self.transactions;
        elasticity.is_finite().then_some(elasticity)
    }
}

// Cost and transactions "fall" when they leave the dead band: the sign of noise decides nothing.
fn decide(logs: &Logs, (low, high): (f64, f64), settings: &RegimeSettings) -> Regime {
    let band = settings.dead_band;
    let crosses = |edge: f64| low < edge && edge < high;
    if crosses(band) || crosses(-band) {
        return Regime::Undetermined;
    }
    let near_one = |elasticity: f64| (elasticity - 1.0).abs() <= settings.elasticity_delta;
    if logs.unit_cost.abs() <= band || logs.elasticity().is_some_and(near_one) {
        return Regime::Flat;
    }
    let fell = |log: f64| log < -band;
    match (fell(logs.cost), fell(logs.transactions)) {
        (true, true) => Regime::Shrinking,
        (true, false) => Regime::PureSaving,
        (false, _) if logs.unit_cost > 0.0 => Regime::Inefficient,
        (false, _) => Regime::EfficientGrowth,
    }
}

// Days in order. Floats serve the statistics only: no money leaves this module.
struct Series {
    days: Vec<(f64, f64)>,
}

impl Series {
    fn of(days: &[Day]) -> Self {
        let mut days = days.to_vec();
        days.sort_by_key(|day| day.date);
        let float = |of: Decimal| of.to_f64().unwrap_or(0.0);
        Self { days: days.iter().map(|day| (float(day.cost), float(day.transactions))).collect() }
    }

    fn sums(&self) -> (f64, f64) {
        add(&self.days)
    }

    // Cost and transactions of one resample.
    fn resampled(&self, block: usize, cycle: usize, random: &mut impl Rng) -> (f64, f64) {
        let count = self.days.len();
        let (mut cost, mut transactions) = (0.0, 0.0);
        let mut at = 0;
        while at < count {
            let length = block.min(count - at);
            // Starts from `first` on, a whole number of cycles apart, whose block still fits.
            let first = at % cycle;
            let last = count - length;
            let choices = if last < first { 0 } else { (last - first) / cycle + 1 };
            let start =
                if choices == 0 { at } else { first + cycle * random.random_range(0..choices) };
            let drawn = add(self.days.get(start..start + length).unwrap_or_default());
            cost += drawn.0;
            transactions += drawn.1;
            at += length;
        }
        (cost, transactions)
    }
}

fn add(days: &[(f64, f64)]) -> (f64, f64) {
    days.iter().fold((0.0, 0.0), |sum, day| (sum.0 + day.0, sum.1 + day.1))
}

const WEEK_DAYS: usize = 7;

// The interval of ln(U1 / U0): percentiles of the resampled value.
fn interval(
    from: &Series,
    to: &Series,
    settings: &RegimeSettings,
    random: &mut impl Rng,
) -> Option<(f64, f64)> {
    let fewest = from.days.len().min(to.days.len());
    if fewest < FEWEST_DAYS {
        return None;
    }
    // Below three weeks a weekday has too few twins to draw from; then short blocks from anywhere.
    let (block, cycle) = if fewest >= 3 * WEEK_DAYS {
        (settings.block_days.clamp(1, fewest), WEEK_DAYS)
    } else {
        (settings.block_days.clamp(1, fewest / 2), 1)
    };
    let mut drawn: Vec<f64> = (0..settings.resamples)
        .filter_map(|_| {
            let earlier = from.resampled(block, cycle, random);
            let later = to.resampled(block, cycle, random);
            Logs::between(earlier, later).map(|logs| logs.unit_cost)
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let tail = (1.0 - settings.confidence) / 2.0;
    Some((percentile(&drawn, tail)?, percentile(&drawn, 1.0 - tail)?))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a rank within some thousand resamples"
)]
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (share * (sorted.len().checked_sub(1)?) as f64).round();
    sorted.get(rank as usize).copied()
}

fn relative(log: f64) -> Option<Decimal> {
    rounded(log.exp_m1())
}

// Six decimals: finer than the interval is known, coarse enough to be the same on every machine.
fn rounded(value: f64) -> Option<Decimal> {
    Decimal::from_f64(value).map(|value| value.round_dp(6))
}
