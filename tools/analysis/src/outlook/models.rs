//! The models that are tried: each tells a total of days to come from daily costs.

use super::{Past, Span};
use crate::anomaly::median;

const WEEK: usize = 7;
// How many days tell the level of a robust trend.
const TREND_DAYS: usize = 56;
const RATE_DAYS: usize = 28;
// A trend fades by this part a day (E. S. Gardner and E. McKenzie, "Forecasting trends in time series", 1985).
const DAMPED: f64 = 0.98;
// Smoothing constants that are tried on the past: slow, middling and fast (P. R. Winters, 1960, leaves them to a search).
const LEVELS: [f64; 3] = [0.05, 0.2, 0.5];
const TRENDS: [f64; 3] = [0.0, 0.02, 0.1];
const SEASONS: [f64; 2] = [0.05, 0.2];

/// A way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// Every day costs what its weekday did in the last week.
    SeasonalNaive,
    /// Every day costs the mean of the last four weeks.
    MeanRate,
    /// A straight line through the last eight weeks, by medians, with a weekday profile.
    RobustTrend,
    /// Holt and Winters' smoothing with a weekly season and a trend that fades.
    DampedSeasonal,
    /// The mean of the four.
    Combined,
}

#[expect(clippy::cast_precision_loss, reason = "days of a bill stay far below 2^52")]
pub(super) fn days(count: usize) -> f64 {
    count as f64
}

impl Model {
    /// From the simplest on.
    pub const ALL: [Self; 5] = [
        Self::SeasonalNaive,
        Self::MeanRate,
        Self::RobustTrend,
        Self::DampedSeasonal,
        Self::Combined,
    ];

    /// The word in answers, e.g. `robust_trend`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SeasonalNaive => "seasonal_naive",
            Self::MeanRate => "mean_rate",
            Self::RobustTrend => "robust_trend",
            Self::DampedSeasonal => "damped_seasonal",
            Self::Combined => "combined",
        }
    }

    /// What the days of `span` behind the first `origin` days cost together.
    pub(super) fn total(self, past: &Past<'_>, origin: usize, span: &Span) -> f64 {
        let seen = past.costs.get(..origin).unwrap_or(past.costs);
        match self {
            Self::SeasonalNaive => naive(seen, span),
            Self::MeanRate => mean(seen.get(origin.saturating_sub(RATE_DAYS)..)) * days(span.days),
            Self::RobustTrend => trend(seen, past.first_weekday, span),
            Self::DampedSeasonal => smoothed(seen, span),
            Self::Combined => {
                let single =
                    [Self::SeasonalNaive, Self::MeanRate, Self::RobustTrend, Self::DampedSeasonal];
                single.iter().map(|model| model.total(past, origin, span)).sum::<f64>()
                    / days(single.len())
            }
        }
    }
}

fn mean(costs: Option<&[f64]>) -> f64 {
    let costs = costs.unwrap_or_default();
    if costs.is_empty() { 0.0 } else { costs.iter().sum::<f64>() / days(costs.len()) }
}

fn naive(seen: &[f64], span: &Span) -> f64 {
    let Some(week) = seen.len().checked_sub(WEEK).and_then(|from| seen.get(from..)) else {
        return 0.0;
    };
    (span.gap..span.gap + span.days).filter_map(|day| week.get(day % WEEK)).sum()
}

// Median slope between days of one weekday, median level of each weekday around it; the trend fades.
fn trend(seen: &[f64], first_weekday: usize, span: &Span) -> f64 {
    let from = seen.len().saturating_sub(TREND_DAYS);
    let last = seen.get(from..).unwrap_or(seen);
    let mut slopes = Vec::new();
    for (day, cost) in last.iter().enumerate() {
        for (later, after) in last.iter().enumerate().skip(day + WEEK).step_by(WEEK) {
            slopes.push((after - cost) / days(later - day));
        }
    }
    let slope = median(&slopes);
    let end = last.len();
    let weekday = |day: usize| (first_weekday + from + day) % WEEK;
    let levels: [f64; WEEK] = std::array::from_fn(|wanted| {
        let own = last.iter().enumerate().filter(|(day, _)| weekday(*day) == wanted);
        median(&own.map(|(day, cost)| cost + slope * days(end - day)).collect::<Vec<f64>>())
    });
    (span.gap..span.gap + span.days)
        .map(|day| {
            let level = levels.get(weekday(end + day)).copied().unwrap_or_default();
            level + slope * faded(day)
        })
        .sum()
}

// A trend that fades has run so many days' worth after `day` more days.
fn faded(day: usize) -> f64 {
    let power = DAMPED.powf(days(day + 1));
    DAMPED * (1.0 - power) / (1.0 - DAMPED)
}

struct Smooth {
    level: f64,
    trend: f64,
    season: [f64; WEEK],
}

// The constants that were off least a day ahead, on these days alone.
fn smoothed(seen: &[f64], span: &Span) -> f64 {
    let mut best: Option<(f64, Smooth)> = None;
    for level in LEVELS {
        for trend in TRENDS {
            for season in SEASONS {
                let Some((off, state)) = smooth(seen, [level, trend, season]) else { return 0.0 };
                if best.as_ref().is_none_or(|(least, _)| off < *least) {
                    best = Some((off, state));
                }
            }
        }
    }
    let Some((_, state)) = best else { return 0.0 };
    (span.gap..span.gap + span.days)
        .map(|day| {
            let season = state.season.get((seen.len() + day) % WEEK).copied().unwrap_or_default();
            state.level + state.trend * faded(day) + season
        })
        .sum()
}

fn smooth(seen: &[f64], [by_level, by_trend, by_season]: [f64; 3]) -> Option<(f64, Smooth)> {
    let start = seen.get(..2 * WEEK)?;
    let level = mean(Some(start));
    let season = std::array::from_fn(|day| {
        let own: Vec<f64> = start.iter().skip(day).step_by(WEEK).copied().collect();
        mean(Some(&own)) - level
    });
    let mut state = Smooth { level, trend: 0.0, season };
    let mut off = 0.0;
    for (day, cost) in seen.iter().enumerate().skip(2 * WEEK) {
        let season = state.season.get(day % WEEK).copied().unwrap_or_default();
        let carried = state.level + DAMPED * state.trend;
        off += (cost - carried - season).abs();
        let level = by_level * (cost - season) + (1.0 - by_level) * carried;
        state.trend = by_trend * (level - state.level) + (1.0 - by_trend) * DAMPED * state.trend;
        state.level = level;
        if let Some(own) = state.season.get_mut(day % WEEK) {
            *own = by_season * (cost - level) + (1.0 - by_season) * season;
        }
    }
    Some((off, state))
}
