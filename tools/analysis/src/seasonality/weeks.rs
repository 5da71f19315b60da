//! Whole weeks, brought to one level, without the days that are out of the ordinary.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use super::{HOURS_OF_WEEK, Hour, quantile, rules::ScalingRules};

pub(super) const DAYS: usize = 7;
pub(super) const HOURS: usize = 24;
/// The median absolute deviation of a normal distribution, in standard deviations.
const MAD_OF_NORMAL: f64 = 0.6745;

/// A week in which every hour is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Week {
    pub(super) monday: Date,
    /// By hours since Monday midnight.
    pub(super) transactions: Vec<f64>,
    pub(super) running: Vec<f64>,
}

/// The last whole weeks of the hours, oldest first.
pub(super) fn whole(hours: &[Hour], most: usize) -> Vec<Week> {
    let mut weeks: BTreeMap<Date, BTreeMap<usize, &Hour>> = BTreeMap::new();
    for hour in hours {
        let date = hour.at.date();
        let day = date.weekday().to_monday_zero_offset();
        let monday = date.saturating_sub(i64::from(day).days());
        let place =
            usize::from(day.unsigned_abs()) * HOURS + usize::from(hour.at.hour().unsigned_abs());
        weeks.entry(monday).or_default().insert(place, hour);
    }
    let mut whole: Vec<Week> = weeks
        .into_iter()
        .filter(|(_, hours)| hours.len() == HOURS_OF_WEEK)
        .map(|(monday, hours)| Week {
            monday,
            transactions: hours.values().map(|hour| hour.transactions).collect(),
            running: hours.values().map(|hour| hour.running).collect(),
        })
        .collect();
    let surplus = whole.len().saturating_sub(most);
    whole.drain(..surplus);
    whole
}

/// Demand of each week over its level; hours of days out of the ordinary are left out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Levelled {
    /// By week, then by hour of the week.
    pub(super) ratios: Vec<Vec<Option<f64>>>,
    /// The level of each week, relative to the usual one.
    pub(super) levels: Vec<f64>,
    pub(super) left_out: Vec<Date>,
}

/// Brings weeks to one level.
///
/// A week's level is the median over its days of how the day stands to the median of its weekday: neither a
/// holiday nor the shape of the week moves it.
pub(super) fn level(weeks: &[Week], rules: &ScalingRules) -> Levelled {
    let totals: Vec<Vec<f64>> = weeks.iter().map(day_totals).collect();
    let usual: Vec<f64> = (0..DAYS)
        .map(|day| {
            let of_day: Vec<f64> =
                totals.iter().filter_map(|week| week.get(day).copied()).collect();
            quantile(&of_day, 0.5).unwrap_or(0.0)
        })
        .collect();
    let over = |total: f64, usual: f64| if usual > 0.0 { total / usual } else { 1.0 };
    let levels: Vec<f64> = totals
        .iter()
        .map(|week| {
            let days: Vec<f64> =
                week.iter().zip(&usual).map(|(total, usual)| over(*total, *usual)).collect();
            quantile(&days, 0.5).filter(|level| *level > 0.0).unwrap_or(1.0)
        })
        .collect();
    let distances: Vec<Vec<f64>> = totals
        .iter()
        .zip(&levels)
        .map(|(week, level)| {
            let days = week.iter().zip(&usual);
            days.map(|(total, usual)| over(*total, usual * level) - 1.0).collect()
        })
        .collect();
    let all: Vec<f64> = distances.iter().flatten().map(|distance| distance.abs()).collect();
    let spread = quantile(&all, 0.5).unwrap_or(0.0) / MAD_OF_NORMAL;
    let bound = (rules.outlier_deviations * spread).max(rules.outlier_share);
    let mut left_out = Vec::new();
    let mut ratios = Vec::new();
    for ((week, distances), level) in weeks.iter().zip(&distances).zip(&levels) {
        let mut own = Vec::with_capacity(HOURS_OF_WEEK);
        for (day, distance) in (0_i64..).zip(distances) {
            let is_out = distance.abs() > bound;
            if is_out {
                left_out.push(week.monday.saturating_add(day.days()));
            }
            let first = usize::try_from(day).unwrap_or(0) * HOURS;
            let hours = week.transactions.iter().skip(first).take(HOURS);
            own.extend(hours.map(|count| (!is_out).then_some(count / level)));
        }
        ratios.push(own);
    }
    Levelled { ratios, levels, left_out }
}

fn day_totals(week: &Week) -> Vec<f64> {
    week.transactions.chunks(HOURS).map(|day| day.iter().sum()).collect()
}
