//! What a series was before a deployment, frozen: the usual value of each hour, what is usual off it, and how much evidence
//! would be enough.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    bar::{bar, beyond_chance, resampled_bar},
    exact,
    robust::{rank_autocorrelation, spread},
    settings::DriftSettings,
};
use crate::numbers::{count, median};

/// One hour of a series: its mean, and the mean of its matched control where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hour {
    #[serde(with = "exact")]
    pub value: f64,
    #[serde(with = "exact")]
    pub control: Option<f64>,
}

/// Which hours belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Seconds since 1970 of the first full hour after the deployment: hour 0.
    pub zero: i64,
    /// Hours that local time is ahead of UTC, for weekends.
    pub ahead: i32,
    /// Whether weekends may differ from weekdays.
    pub weekly: bool,
}

impl Calendar {
    /// Whether this hour after the deployment lies on a Saturday or Sunday, where that matters.
    #[must_use]
    pub fn is_weekend(self, hour: i64) -> bool {
        let local = self.zero + (hour + i64::from(self.ahead)) * 3_600;
        // 1970-01-01 was a Thursday.
        self.weekly && (local.div_euclid(86_400) + 3).rem_euclid(7) >= 5
    }
}

/// Why a series cannot be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blind {
    /// Fewer days before the deployment than make a baseline.
    TooLittleHistory,
    /// There is history, but too many of its hours are missing.
    TooManyGaps,
}

/// The frozen baseline of one series. Residuals are in robust standard deviations of its hourly values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    calendar: Calendar,
    /// Usual values of the 24 hours after the deployment's hour, weekdays then weekends.
    #[serde(with = "exact")]
    usual: Vec<Option<f64>>,
    #[serde(with = "exact")]
    usual_control: Vec<Option<f64>>,
    /// The robust standard deviation of hourly values off their usual ones, in the metric's unit.
    #[serde(with = "exact")]
    pub sigma: f64,
    #[serde(with = "exact")]
    control_sigma: f64,
    /// How many standard deviations the series moves with one of its control; 0 without control.
    #[serde(with = "exact")]
    pub beta: f64,
    /// The median of all hours, in the metric's unit.
    #[serde(with = "exact")]
    pub level: f64,
    /// The median of the daily maxima, in the metric's unit.
    #[serde(with = "exact")]
    pub peak: f64,
    /// Residuals of the blocks of the days before, cross-fitted; missing ones are none.
    #[serde(with = "exact")]
    pub blocks: Vec<Vec<Option<f64>>>,
    /// The same, sorted.
    #[serde(with = "exact")]
    pub reference: Vec<f64>,
    /// The highest median residual of a day.
    #[serde(with = "exact")]
    pub highest_day: f64,
    /// Dependence between days beyond chance, 0 to 1.
    #[serde(with = "exact")]
    pub following: f64,
    /// log10 of the wealth that is enough.
    #[serde(with = "exact")]
    pub bar: f64,
    /// Days that made it.
    pub days: usize,
    /// Hours of them that were missing.
    pub missing: usize,
}

type Values<'a> = &'a dyn Fn(&Hour) -> Option<f64>;

/// The days before hour 0, the nearest first.
struct Days<'a> {
    hours: &'a BTreeMap<i64, Hour>,
    calendar: Calendar,
    /// How many days back; days with too few hours are left out.
    back: Vec<i64>,
    least_in_class: usize,
}

impl Days<'_> {
    fn at(&self, day: i64, hour: i64) -> Option<&Hour> {
        self.hours.get(&(hour - 24 * day))
    }

    // The median of that hour over the days of that class, without one day.
    fn usual(&self, hour: i64, weekend: bool, without: Option<i64>, of: Values<'_>) -> Option<f64> {
        let days = || self.back.iter().filter(move |day| Some(**day) != without);
        let of_class: Vec<f64> = days()
            .filter(|day| self.calendar.is_weekend(hour - 24 * **day) == weekend)
            .filter_map(|day| self.at(*day, hour).and_then(of))
            .collect();
        // One less is enough where a day was left out of a class that had enough.
        if of_class.len() + usize::from(without.is_some()) >= self.least_in_class {
            return median(&of_class);
        }
        let all: Vec<f64> = days().filter_map(|day| self.at(*day, hour).and_then(of)).collect();
        median(&all)
    }

    // What each hour of each day is off the usual of the other days: day by day, 24 each.
    fn residuals(&self, of: Values<'_>) -> Vec<Vec<Option<f64>>> {
        let one = |day: i64, hour: i64| {
            let value = self.at(day, hour).and_then(of)?;
            let weekend = self.calendar.is_weekend(hour - 24 * day);
            Some(value - self.usual(hour, weekend, Some(day), of)?)
        };
        self.back.iter().rev().map(|day| (0..24).map(|hour| one(*day, hour)).collect()).collect()
    }

    fn table(&self, of: Values<'_>) -> Vec<Option<f64>> {
        [false, true]
            .into_iter()
            .flat_map(|weekend| (0..24).map(move |hour| (hour, weekend)))
            .map(|(hour, weekend)| self.usual(hour, weekend, None, of))
            .collect()
    }
}

impl Baseline {
    /// Freezes what is known before hour 0. `hours` may hold later ones, which are not looked at.
    ///
    /// # Errors
    /// When there is too little of it.
    pub fn freeze(
        hours: &BTreeMap<i64, Hour>,
        calendar: Calendar,
        settings: &DriftSettings,
        seed: u64,
    ) -> Result<Self, Blind> {
        let days = days_before(hours, calendar, settings)?;
        let values: Vec<f64> = hours.range(..0).map(|(_, hour)| hour.value).collect();
        let level = median(&values).ok_or(Blind::TooLittleHistory)?;
        let own = days.residuals(&|hour| Some(hour.value));
        let floor = (settings.least_spread * level.abs()).max(1e-12);
        let sigma = spread(&flat(&own)).max(floor);
        let controls = days.residuals(&|hour| hour.control);
        let control_sigma = spread(&flat(&controls)).max(1e-12);
        let beta = fitted_beta(&own, sigma, &controls, control_sigma);
        let net = net(&own, sigma, &controls, control_sigma, beta);
        let blocks = in_blocks(&net, settings);
        let mut reference = flat(&blocks);
        reference.sort_by(f64::total_cmp);
        if reference.len() < settings.least_days {
            return Err(Blind::TooManyGaps);
        }
        let least_of_day = settings.least_hours * settings.blocks_a_day();
        let by_day: Vec<f64> = net.iter().filter_map(|day| middle(day, least_of_day)).collect();
        let following = beyond_chance(rank_autocorrelation(&by_day), by_day.len());
        let resampled = resampled_bar(&blocks, &reference, settings, seed);
        Ok(Self {
            calendar: days.calendar,
            usual: days.table(&|hour| Some(hour.value)),
            usual_control: days.table(&|hour| hour.control),
            sigma,
            control_sigma,
            beta,
            level,
            peak: peak(&days),
            bar: bar(resampled, None, following, settings),
            blocks,
            reference,
            following,
            highest_day: by_day.iter().copied().max_by(f64::total_cmp).unwrap_or(0.0),
            days: days.back.len(),
            missing: own.iter().flatten().filter(|hour| hour.is_none()).count(),
        })
    }

    /// Raises the bar to what a watch without a deployment reached.
    pub fn heed_placebo(&mut self, reached: f64, settings: &DriftSettings) {
        self.bar = self.bar.max(bar(reached, None, self.following, settings));
    }

    /// The usual value of an hour after the deployment, in the metric's unit.
    #[must_use]
    pub fn usual(&self, hour: i64) -> Option<f64> {
        self.place(&self.usual, hour)
    }

    fn place(&self, table: &[Option<f64>], hour: i64) -> Option<f64> {
        let weekend = if self.calendar.is_weekend(hour) { 24 } else { 0 };
        table.get(usize::try_from(hour.rem_euclid(24)).ok()? + weekend).copied().flatten()
    }

    /// How far an hour is off its usual value beyond what its control explains, in standard deviations.
    #[must_use]
    pub fn residual(&self, at: i64, hour: &Hour) -> Option<f64> {
        let own = (hour.value - self.usual(at)?) / self.sigma;
        if self.beta <= 0.0 {
            return Some(own);
        }
        let control = hour.control? - self.place(&self.usual_control, at)?;
        Some(own - self.beta * control / self.control_sigma)
    }
}

fn days_before<'a>(
    hours: &'a BTreeMap<i64, Hour>,
    calendar: Calendar,
    settings: &DriftSettings,
) -> Result<Days<'a>, Blind> {
    let first = hours.range(..0).next().map_or(0, |(hour, _)| *hour);
    let whole = usize::try_from(-first / 24).unwrap_or(0).min(settings.history_days);
    if whole < settings.least_days {
        return Err(Blind::TooLittleHistory);
    }
    let back: Vec<i64> = (1..=i64::try_from(whole).unwrap_or(0))
        .filter(|day| hours.range(-24 * day..-24 * day + 24).count() >= 12)
        .collect();
    if back.len() < settings.least_days {
        return Err(Blind::TooManyGaps);
    }
    let weekly = calendar.weekly && back.len() >= settings.class_days;
    let calendar = Calendar { weekly, ..calendar };
    Ok(Days { hours, calendar, back, least_in_class: settings.least_in_class })
}

// Residuals in standard deviations, without what the control explains.
fn net(
    own: &[Vec<Option<f64>>],
    sigma: f64,
    controls: &[Vec<Option<f64>>],
    control_sigma: f64,
    beta: f64,
) -> Vec<Vec<Option<f64>>> {
    let one = |(own, control): (&Option<f64>, &Option<f64>)| match (own, control) {
        (Some(own), _) if beta <= 0.0 => Some(own / sigma),
        (Some(own), Some(control)) => Some(own / sigma - beta * control / control_sigma),
        (Some(_) | None, _) => None,
    };
    let days = own.iter().zip(controls);
    days.map(|(own, control)| own.iter().zip(control).map(one).collect()).collect()
}

fn in_blocks(days: &[Vec<Option<f64>>], settings: &DriftSettings) -> Vec<Vec<Option<f64>>> {
    let block = |hours: &[Option<f64>]| middle(hours, settings.least_hours);
    days.iter().map(|day| day.chunks(settings.block_hours).map(block).collect()).collect()
}

fn peak(days: &Days<'_>) -> f64 {
    let of_day = |day: &i64| {
        let hours = days.hours.range(-24 * day..-24 * day + 24).map(|(_, hour)| hour.value);
        hours.max_by(f64::total_cmp)
    };
    median(&days.back.iter().filter_map(of_day).collect::<Vec<_>>()).unwrap_or(0.0)
}

// Robust regression through zero: both sides are cut at three standard deviations, so that one wild day decides nothing. A
// control that moves the other way explains nothing.
fn fitted_beta(
    own: &[Vec<Option<f64>>],
    sigma: f64,
    controls: &[Vec<Option<f64>>],
    control_sigma: f64,
) -> f64 {
    let (mut both, mut square, mut pairs) = (0.0, 0.0, 0.0_f64);
    for (own, control) in own.iter().flatten().zip(controls.iter().flatten()) {
        if let (Some(own), Some(control)) = (own, control) {
            let (own, control) =
                ((own / sigma).clamp(-3.0, 3.0), (control / control_sigma).clamp(-3.0, 3.0));
            both += own * control;
            square += control * control;
            pairs += 1.0;
        }
    }
    // A control that covers less than half of the baseline is none.
    if pairs < count(own.len()) * 12.0 || square <= 0.0 { 0.0 } else { (both / square).max(0.0) }
}

fn flat(rows: &[Vec<Option<f64>>]) -> Vec<f64> {
    rows.iter().flatten().flatten().copied().collect()
}

/// The median of what is there, when that is enough.
pub(crate) fn middle(values: &[Option<f64>], least: usize) -> Option<f64> {
    let there: Vec<f64> = values.iter().flatten().copied().collect();
    if there.len() < least { None } else { median(&there) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(days: i64, value: impl Fn(i64) -> f64) -> BTreeMap<i64, Hour> {
        (-24 * days..0).map(|hour| (hour, Hour { value: value(hour), control: None })).collect()
    }

    // A Monday, 00:00 UTC.
    const CALENDAR: Calendar = Calendar { zero: 1_771_804_800, ahead: 0, weekly: true };

    fn wobble(hour: i64) -> f64 {
        f64::from(i32::try_from((hour * 7919).rem_euclid(101)).unwrap()) / 101.0 - 0.5
    }

    #[test]
    fn weekends_and_hours_have_usual_values_of_their_own() {
        let settings = DriftSettings::embedded().unwrap();
        let value = |hour: i64| {
            let base = if CALENDAR.is_weekend(hour) { 10.0 } else { 100.0 };
            base + f64::from(i32::try_from(hour.rem_euclid(24)).unwrap()) + wobble(hour)
        };
        let baseline = Baseline::freeze(&hours(21, value), CALENDAR, &settings, 1).unwrap();
        assert!((baseline.usual(3).unwrap() - 103.0).abs() < 0.5);
        assert!((baseline.usual(5 * 24 + 3).unwrap() - 13.0).abs() < 0.5);
        assert!(baseline.bar >= settings.least_log10_wealth);
        assert_eq!((baseline.days, baseline.missing), (21, 0));
    }

    #[test]
    fn what_the_control_explains_is_taken_off() {
        let settings = DriftSettings::embedded().unwrap();
        let mut hours = hours(21, |hour| 50.0 + 10.0 * wobble(hour / 30));
        for (hour, one) in &mut hours {
            one.control = Some(5.0 + wobble(hour / 30));
        }
        let baseline = Baseline::freeze(&hours, CALENDAR, &settings, 1).unwrap();
        assert!(baseline.beta > 0.9, "{}", baseline.beta);
        let both = Hour { value: 60.0, control: Some(6.0) };
        let alone = Hour { value: 60.0, control: Some(5.0) };
        let lone = baseline.residual(1, &alone).unwrap();
        assert!(baseline.residual(1, &both).unwrap() < lone / 3.0);
        assert_eq!(baseline.residual(1, &Hour { value: 60.0, control: None }), None);
    }

    #[test]
    fn too_little_is_told() {
        let settings = DriftSettings::embedded().unwrap();
        let short = Baseline::freeze(&hours(6, wobble), CALENDAR, &settings, 1);
        assert_eq!(short, Err(Blind::TooLittleHistory));
        let mut sparse = hours(21, wobble);
        sparse.retain(|hour, _| hour.rem_euclid(24) < 5);
        let gaps = Baseline::freeze(&sparse, CALENDAR, &settings, 1);
        assert_eq!(gaps, Err(Blind::TooManyGaps));
    }

    #[test]
    fn a_flat_series_has_a_spread() {
        let settings = DriftSettings::embedded().unwrap();
        let baseline = Baseline::freeze(&hours(21, |_| 100.0), CALENDAR, &settings, 1).unwrap();
        assert!((baseline.sigma - 0.2).abs() < 1e-12);
    }
}
