//! From weeks to the units that each hour needs, what the others cost, and how it would have gone.

use rand::{Rng, RngExt};
use rust_decimal::{Decimal, prelude::FromPrimitive};

use super::{
    Backtest, Block, Fleet, HOURS_OF_MONTH, HOURS_OF_WEEK, HourOfWeek, blocks, quantile,
    rules::ScalingRules,
    weeks::{HOURS, Levelled, Week, level},
};

/// Unit-hours are rounded to so many decimals before they are priced.
const DECIMALS: u32 = 6;

/// The hours of the week as some weeks tell them.
pub(super) struct Fit {
    pub(super) throughput: f64,
    pub(super) hours: Vec<HourOfWeek>,
}

impl Fit {
    /// `None` where nothing ran or nothing was served.
    pub(super) fn of(weeks: &[Week], rules: &ScalingRules) -> Option<Self> {
        let levelled = level(weeks, rules);
        let throughput = throughput(weeks, &levelled, rules.busy_share)?;
        let recent = levelled.levels.iter().rev().take(rules.level_weeks);
        let present = recent.copied().fold(0.0, f64::max);
        let last: Vec<&Week> = weeks.iter().rev().take(rules.level_weeks).collect();
        let hours = (0..HOURS_OF_WEEK)
            .map(|hour| {
                let ratios = levelled.ratios.iter();
                let cell: Vec<f64> =
                    ratios.filter_map(|week| week.get(hour).copied().flatten()).collect();
                let demand = |share: f64| quantile(&cell, share).unwrap_or(0.0) * present;
                let running = mean(last.iter().filter_map(|week| week.running.get(hour).copied()));
                let high = demand(rules.quantile);
                HourOfWeek {
                    hour,
                    expected: demand(0.5),
                    low: demand(1.0 - rules.quantile),
                    high,
                    needed: needed(high, throughput, running, rules),
                    running,
                }
            })
            .collect();
        Some(Self { throughput, hours })
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

// What a unit served in the busiest hours: so much it can serve again.
fn throughput(weeks: &[Week], levelled: &Levelled, busy: f64) -> Option<f64> {
    let mut hours: Vec<(f64, f64)> = Vec::new();
    for (week, ratios) in weeks.iter().zip(&levelled.ratios) {
        let cells = week.transactions.iter().zip(&week.running).zip(ratios);
        let ordinary = cells.filter(|((_, running), ratio)| ratio.is_some() && **running > 0.0);
        hours.extend(ordinary.map(|((count, running), _)| (*count, *running)));
    }
    let counts: Vec<f64> = hours.iter().map(|(count, _)| *count).collect();
    let bound = quantile(&counts, 1.0 - busy)?;
    let served: Vec<f64> = hours
        .iter()
        .filter(|(count, _)| *count >= bound)
        .map(|(count, running)| count / running)
        .collect();
    quantile(&served, 1.0 - busy).filter(|throughput| *throughput > 0.0)
}

// Whole units, at least the least, and never more than run now: the hours that are served today are served.
fn needed(demand: f64, throughput: f64, running: f64, rules: &ScalingRules) -> u32 {
    // A hair below a whole number of units is that number.
    let units = (demand * (1.0 + rules.headroom) / throughput - 1e-9).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts saturate, and both are counts"
    )]
    let (units, running) = (units.max(0.0) as u32, running.ceil() as u32);
    units.max(rules.min_units).min(running)
}

/// Unit-hours of a week that run now and that neither the blocks nor commitments need.
pub(super) fn spared(blocks: &[Block], hours: &[HourOfWeek], fleet: &Fleet) -> f64 {
    let each = hours.iter().map(|hour| {
        let capacity = capacity(blocks, hour.hour).unwrap_or(hour.running);
        spared_units(hour.running, capacity, fleet)
    });
    each.sum()
}

/// The part of what is paid in each hour of the week that the blocks keep.
pub(super) fn kept(blocks: &[Block], hours: &[HourOfWeek], fleet: &Fleet) -> Vec<Decimal> {
    let each = hours.iter().map(|hour| {
        let capacity = capacity(blocks, hour.hour).unwrap_or(hour.running);
        let paid = (hour.running - fleet.committed).max(0.0);
        let spared = spared_units(hour.running, capacity, fleet);
        let part = if paid > 0.0 { 1.0 - spared / paid } else { 1.0 };
        Decimal::from_f64(part).unwrap_or(Decimal::ONE).round_dp(DECIMALS)
    });
    each.collect()
}

fn spared_units(running: f64, capacity: f64, fleet: &Fleet) -> f64 {
    (running - capacity).min(running - fleet.committed).max(0.0)
}

/// The capacity of the block that an hour of the week lies in.
fn capacity(blocks: &[Block], hour: usize) -> Option<f64> {
    let (day, hour) = (hour / HOURS, hour % HOURS);
    let holds = |block: &&Block| {
        (block.first_day..=block.last_day).contains(&day)
            && (block.from_hour..block.to_hour).contains(&hour)
    };
    blocks.iter().find(holds).map(|block| f64::from(block.max_units))
}

fn money(unit_hours: f64, fleet: &Fleet) -> Option<Decimal> {
    Decimal::from_f64(unit_hours)?.round_dp(DECIMALS).checked_mul(fleet.rate)
}

// Unit-hours of a week as money of a month.
fn of_month(unit_hours: f64, fleet: &Fleet) -> Option<Decimal> {
    let week = money(unit_hours, fleet)?;
    let month = week.checked_mul(Decimal::from(HOURS_OF_MONTH))?;
    month.checked_div(Decimal::from(u64::try_from(HOURS_OF_WEEK).ok()?))
}

/// What all units that no commitment pays for cost in a month.
pub(super) fn cost(hours: &[HourOfWeek], fleet: &Fleet) -> Decimal {
    let paid = hours.iter().map(|hour| (hour.running - fleet.committed).max(0.0)).sum();
    of_month(paid, fleet).unwrap_or_default()
}

/// The saving of a month and its interval: the whole made again from weeks drawn with replacement.
pub(super) fn saving(
    spared: f64,
    weeks: &[Week],
    fleet: &Fleet,
    rules: &ScalingRules,
    random: &mut impl Rng,
) -> Option<(Decimal, Decimal, Decimal)> {
    let mut drawn = Vec::new();
    for _ in 0..rules.resamples {
        let sample: Vec<Week> = (0..weeks.len())
            .filter_map(|_| weeks.get(random.random_range(0..weeks.len())).cloned())
            .collect();
        let Some(fit) = Fit::of(&sample, rules) else { continue };
        let blocks = blocks::plan(&fit.hours, rules);
        drawn.push(self::spared(&blocks, &fit.hours, fleet));
    }
    let tail = (1.0 - rules.interval) / 2.0;
    let low = quantile(&drawn, tail).unwrap_or(spared).min(spared);
    let high = quantile(&drawn, 1.0 - tail).unwrap_or(spared).max(spared);
    Some((of_month(low, fleet)?, of_month(spared, fleet)?, of_month(high, fleet)?))
}

/// How the schedule of all weeks but the last would have done in the last.
pub(super) fn backtest(weeks: &[Week], fleet: &Fleet, rules: &ScalingRules) -> Option<Backtest> {
    let (last, before) = weeks.split_last()?;
    let fit = Fit::of(before, rules)?;
    let blocks = blocks::plan(&fit.hours, rules);
    let mut test =
        Backtest { monday: last.monday, hours: 0, reduced: 0, breaches: 0, saved: Decimal::ZERO };
    let mut saved = 0.0;
    for (hour, (count, running)) in last.transactions.iter().zip(&last.running).enumerate() {
        let capacity = capacity(&blocks, hour)?;
        test.hours += 1;
        if capacity < *running {
            test.reduced += 1;
            test.breaches += u32::from(*count > capacity * fit.throughput);
        }
        saved += spared_units(*running, capacity, fleet);
    }
    test.saved = money(saved, fleet)?;
    Some(test)
}
