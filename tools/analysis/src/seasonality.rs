//! When a workload can run on less: demand by the hour of the week, the units that it needs with headroom,
//! and what the units above that cost.
//!
//! Demand is told by whole weeks. Each week is brought to one level, days out of the ordinary are left out,
//! and what an hour of the week needs is an upper quantile over the weeks. The schedule is checked on the
//! last week, which it was not made from.

mod blocks;
mod rules;
mod scalable;
mod schedule;
mod strength;
mod weeks;

#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};
use rand::Rng;
use rust_decimal::Decimal;

pub use self::{
    blocks::Block,
    rules::ScalingRules,
    scalable::{Pattern, ScalableUsage},
};

/// Hours of a week, from Monday midnight.
pub const HOURS_OF_WEEK: usize = 168;
/// An average month: 8,760 hours of a year over twelve, as AWS prices months.
pub const HOURS_OF_MONTH: u32 = 730;

/// One hour of a workload.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hour {
    /// Its start, in UTC.
    pub at: DateTime,
    /// Transactions that were served in it.
    pub transactions: f64,
    /// Units (instances, virtual processors) that ran in it.
    pub running: f64,
}

/// What the units of a workload cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fleet {
    /// Money for one unit in one hour, of usage that no commitment covers.
    pub rate: Decimal,
    /// Units that commitments pay for whether they run or not.
    pub committed: f64,
}

/// Why no schedule is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// There is a schedule that spares units.
    Schedule,
    /// The season is there, but no part of the day falls far enough to take a unit away.
    NothingToSpare,
    /// Fewer whole weeks than are needed to test a schedule.
    TooFewWeeks,
    /// The hours of the week do not differ beyond their noise.
    NoSeason,
}

impl Verdict {
    /// The word in answers, e.g. `schedule`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::NothingToSpare => "nothing_to_spare",
            Self::TooFewWeeks => "too_few_weeks",
            Self::NoSeason => "no_season",
        }
    }
}

/// One hour of the week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HourOfWeek {
    /// Hours since Monday midnight.
    pub hour: usize,
    /// Median demand at the present level, and its lower and upper quantile over the weeks.
    pub expected: f64,
    pub low: f64,
    pub high: f64,
    /// Units that `high` needs with the headroom.
    pub needed: u32,
    /// Units that run now, on average.
    pub running: f64,
}

/// What the schedule would have done in the last week, made from the weeks before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    pub monday: Date,
    pub hours: u32,
    /// Hours in which the schedule takes units away.
    pub reduced: u32,
    /// Of these, hours in which demand was more than the units left could serve at the measured throughput.
    pub breaches: u32,
    /// Money that the spared units cost in that week.
    pub saved: Decimal,
}

/// What spared units cost in a month of [`HOURS_OF_MONTH`] hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    pub monthly: Decimal,
    /// Ends of the interval over resampled weeks.
    pub low: Decimal,
    pub high: Decimal,
    /// What all units cost now in such a month, commitments left out.
    pub cost: Decimal,
}

/// A schedule and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    pub verdict: Verdict,
    /// Whole weeks that were used, and the first and the last Monday.
    pub weeks: usize,
    pub span: Option<(Date, Date)>,
    /// Days that were left out as out of the ordinary.
    pub left_out: Vec<Date>,
    /// Strength of the season from 0 to 1 (Hyndman, Athanasopoulos: Forecasting, 3rd ed., section 4.3).
    pub strength: Option<f64>,
    /// Transactions that one unit served in an hour at the busiest.
    pub throughput: Option<f64>,
    pub hours: Vec<HourOfWeek>,
    /// Empty unless the verdict is a schedule.
    pub blocks: Vec<Block>,
    pub saving: Option<Saving>,
    pub backtest: Option<Backtest>,
}

impl Scaling {
    /// So much of each hour of the week is still paid on demand under the schedule, from Monday midnight: parts from
    /// 0 to 1. Everything without a schedule.
    #[must_use]
    pub fn kept(&self, fleet: &Fleet) -> Vec<Decimal> {
        schedule::kept(&self.blocks, &self.hours, fleet)
    }

    /// What is known of a workload without any whole week.
    #[must_use]
    pub fn unknown() -> Self {
        none(0)
    }
}

/// Makes the schedule of one workload from its hours, in any order, each hour once.
///
/// The same hours and the same state of `random` give the same schedule.
pub fn schedule(
    hours: &[Hour],
    fleet: &Fleet,
    rules: &ScalingRules,
    random: &mut impl Rng,
) -> Scaling {
    let weeks = weeks::whole(hours, rules.max_weeks);
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return none(0) };
    let span = Some((first.monday, last.monday));
    if weeks.len() < rules.min_weeks {
        return Scaling { span, ..none(weeks.len()) };
    }
    let levelled = weeks::level(&weeks, rules);
    let strength = strength::of(&levelled);
    let known = Scaling {
        span,
        left_out: levelled.left_out.clone(),
        strength: Some(strength),
        ..none(weeks.len())
    };
    let Some(fit) = schedule::Fit::of(&weeks, rules) else {
        return Scaling { verdict: Verdict::NothingToSpare, ..known };
    };
    let known = Scaling { throughput: Some(fit.throughput), hours: fit.hours.clone(), ..known };
    if strength < rules.min_strength {
        return Scaling { verdict: Verdict::NoSeason, ..known };
    }
    let blocks = blocks::plan(&fit.hours, rules);
    let spared = schedule::spared(&blocks, &fit.hours, fleet);
    let saving = schedule::saving(spared, &weeks, fleet, rules, random);
    let verdict = if spared > 0.0 { Verdict::Schedule } else { Verdict::NothingToSpare };
    Scaling {
        verdict,
        blocks: if spared > 0.0 { blocks } else { Vec::new() },
        saving: saving.map(|(low, monthly, high)| Saving {
            monthly,
            low,
            high,
            cost: schedule::cost(&fit.hours, fleet),
        }),
        backtest: schedule::backtest(&weeks, fleet, rules),
        ..known
    }
}

fn none(weeks: usize) -> Scaling {
    Scaling {
        verdict: Verdict::TooFewWeeks,
        weeks,
        span: None,
        left_out: Vec::new(),
        strength: None,
        throughput: None,
        hours: Vec::new(),
        blocks: Vec::new(),
        saving: None,
        backtest: None,
    }
}

/// The value below which a share of the numbers lies, between two of them in proportion; `None` of none.
pub(crate) fn quantile(numbers: &[f64], share: f64) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, reason = "places in a short list")]
    let place = share.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place within the list"
    )]
    let below = place.floor() as usize;
    let (one, other) = (sorted.get(below)?, sorted.get(below + 1).or(sorted.last())?);
    Some(one + (other - one) * place.fract())
}
