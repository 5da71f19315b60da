//! What a day is expected to cost: a robust level, trend and weekday profile of its past.
//!
//! The trend is the median slope between days of one weekday (a seasonal Theil-Sen estimator: Hirsch, Slack and Smith,
//! "Techniques of trend analysis for monthly water quality data", 1982), so a weekly pattern does not tilt it. Each
//! weekday's level is the median of its days, drawn towards the median of workdays or weekend days while it has few.
//! The spread is 1.4826 times the median absolute deviation (the standard deviation of a normal distribution), or the
//! distance of the outer tenths over 2.563 where that is wider: a series that often jumps is not calm.

use jiff::civil::Date;

use super::AnomalySettings;

/// What the past of a path says about a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    pub(super) cost: f64,
    pub(super) spread: f64,
}

/// A past, summed up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Baseline {
    /// The day that levels are meant for.
    at: usize,
    slope: f64,
    /// Monday to Sunday.
    levels: [f64; 7],
    spread: f64,
    /// The spread as a part of each day's level: what is larger strays further.
    relative_spread: f64,
    /// How far days of the past were off, the furthest but one, above and below.
    strayed: [f64; 2],
    first_weekday: usize,
    least_spread: f64,
}

// A weekday of so many days counts as much as its class of days.
const DRAWN: f64 = 2.0;
const MAD_TO_DEVIATION: f64 = 1.4826;
// Between the tenth and the ninetieth hundredth of a normal distribution lie 2.563 standard deviations.
const OUTER_TENTHS: f64 = 2.563;
// A trend is told from four weeks on, and moves the level by at most this part over them.
const TREND_DAYS: usize = 28;
const MOST_TREND: f64 = 0.3;
const WEEK: usize = 7;
// Seven levels and a trend.
const DRAWN_FROM: usize = 8;
// Monday is 0.
const SATURDAY: usize = 5;

impl Baseline {
    /// Sums up days of the past, oldest first, for the day `at`; `None` where there is none.
    pub(super) fn of(
        past: &[(usize, f64)],
        at: usize,
        first: Date,
        settings: &AnomalySettings,
    ) -> Option<Self> {
        if past.is_empty() {
            return None;
        }
        let first_weekday = usize::try_from(first.weekday().to_monday_zero_offset()).ok()?;
        let slope = slope(past);
        let flat: Vec<(usize, f64)> = past
            .iter()
            .map(|(day, cost)| (weekday(first_weekday, *day), cost - slope * distance(*day, at)))
            .collect();
        let levels = levels(&flat);
        let off: Vec<f64> = flat
            .iter()
            .map(|(weekday, cost)| cost - levels.get(*weekday).copied().unwrap_or_default())
            .collect();
        let parts: Vec<f64> = flat
            .iter()
            .zip(&off)
            .filter_map(|((weekday, _), off)| {
                levels.get(*weekday).filter(|level| **level > 0.0).map(|level| off / level)
            })
            .collect();
        Some(Self {
            at,
            slope,
            levels,
            spread: spread(&off) * fitted(past.len()),
            relative_spread: spread(&parts) * fitted(past.len()),
            strayed: [strayed(&off, 1.0), strayed(&off, -1.0)],
            first_weekday,
            least_spread: settings.least_spread,
        })
    }

    /// How far the past strayed to the side of this difference.
    pub(super) fn strayed(&self, off: f64) -> f64 {
        let [above, below] = self.strayed;
        if off > 0.0 { above } else { below }
    }

    /// What `day` is expected to cost. The trend goes on for as long as it was seen to hold, and not further.
    pub(super) fn expect(&self, day: usize) -> Expected {
        let weekday = weekday(self.first_weekday, day);
        let ahead = distance(day, self.at).clamp(0.0, days(TREND_DAYS));
        let level = self.levels.get(weekday).copied().unwrap_or_default();
        let cost = level + self.slope * ahead;
        // Costs that never were negative are not expected to be.
        let cost = if level >= 0.0 { cost.max(0.0) } else { cost };
        let part = self.relative_spread.max(self.least_spread);
        Expected { cost, spread: self.spread.max(part * cost.abs()) }
    }
}

// Days lie nearer to levels and a trend that were drawn from them than new days will: the usual correction for so many
// figures drawn.
fn fitted(count: usize) -> f64 {
    let free = count.saturating_sub(DRAWN_FROM).max(1);
    (days(count) / days(free)).sqrt()
}

// A series that strayed so far before, and not one time only, is that way.
fn strayed(off: &[f64], sign: f64) -> f64 {
    let mut furthest = [0.0_f64; 2];
    for value in off.iter().map(|off| off * sign) {
        let [first, second] = furthest;
        furthest = if value > first { [value, first] } else { [first, second.max(value)] };
    }
    let [_, second] = furthest;
    second
}

fn weekday(first: usize, day: usize) -> usize {
    (first + day) % WEEK
}

#[expect(clippy::cast_precision_loss, reason = "days of a bill stay far below 2^52")]
pub(super) fn days(count: usize) -> f64 {
    count as f64
}

fn distance(day: usize, at: usize) -> f64 {
    days(day) - days(at)
}

fn slope(past: &[(usize, f64)]) -> f64 {
    if past.len() < TREND_DAYS {
        return 0.0;
    }
    let mut slopes = Vec::new();
    for (index, (day, cost)) in past.iter().enumerate() {
        for (later, after) in past.iter().skip(index + 1) {
            if (later - day).is_multiple_of(WEEK) {
                slopes.push((after - cost) / days(later - day));
            }
        }
    }
    let costs: Vec<f64> = past.iter().map(|(_, cost)| *cost).collect();
    let most = median(&costs).abs() * MOST_TREND / days(TREND_DAYS);
    median(&slopes).clamp(-most, most)
}

fn levels(flat: &[(usize, f64)]) -> [f64; 7] {
    let of = |keep: &dyn Fn(usize) -> bool| -> Vec<f64> {
        flat.iter().filter(|(weekday, _)| keep(*weekday)).map(|(_, cost)| *cost).collect()
    };
    let class = |weekend: bool| median(&of(&|weekday| (weekday >= SATURDAY) == weekend));
    let classes = [class(false), class(true)];
    std::array::from_fn(|weekday| {
        let own = of(&|other| other == weekday);
        let [workdays, weekends] = classes;
        let class = if weekday >= SATURDAY { weekends } else { workdays };
        if own.is_empty() {
            return class;
        }
        let weight = days(own.len()) / (days(own.len()) + DRAWN);
        class + weight * (median(&own) - class)
    })
}

fn spread(off: &[f64]) -> f64 {
    let middle = median(off);
    let apart: Vec<f64> = off.iter().map(|off| (off - middle).abs()).collect();
    let outer = quantile(off, 0.9) - quantile(off, 0.1);
    (MAD_TO_DEVIATION * median(&apart)).max(outer / OUTER_TENTHS)
}

/// The middle of some values; zero of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which this part of the values lies, between two of them in proportion; zero of none.
pub(crate) fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = part * days(last);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the list, between its first and its last"
    )]
    let below = place.floor() as usize;
    let at = |index: usize| sorted.get(index.min(last)).copied().unwrap_or_default();
    at(below) + (place - place.floor()) * (at(below + 1) - at(below))
}
