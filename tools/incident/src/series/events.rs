//! Stretches of a series that stand out, as an investigation and a chart need them: when, which way, how far.
//!
//! A reference time says what is usual; without one the whole series does, by statistics that half of it could not move. A point
//! stands out by itself, or together with its neighbours where a level moved too little for any one point.

mod expected;

#[cfg(test)]
mod tests;

use super::{Sample, settings::EventSettings, window::SMALLEST};
use crate::numbers::{OF_MAD, count, median, median_in_place};
use expected::{Expected, expected};

/// Above or below what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    Up,
    Down,
}

/// A stretch of points that stand out together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Time of the first point of it.
    pub start: i64,
    /// Time of the last point of it.
    pub end: i64,
    pub direction: Direction,
    /// How far the furthest point is from what was expected, in robust standard deviations; above zero.
    pub size: f64,
    /// The same on average over its points.
    pub mean_size: f64,
    /// Points in it.
    pub points: usize,
    /// It lasts on the last point of the series.
    pub is_open: bool,
    /// The furthest point.
    pub peak: Sample,
    /// What was expected at the furthest point.
    pub expected: Band,
}

/// What is expected of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    pub low: f64,
    pub middle: f64,
    pub high: f64,
}

/// What was found in one series, and what could not be looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// By start.
    pub events: Vec<Event>,
    /// The points that were looked at, in order of time, with what was expected of each.
    pub bands: Vec<(Sample, Band)>,
    /// NaN and infinities.
    pub missing: usize,
    /// Points at a time that another point has.
    pub repeated: usize,
    /// Points that came in another order than that of time; they were put in order.
    pub out_of_order: usize,
    /// Stretches without points, from the last point before to the first one after.
    pub gaps: Vec<(i64, i64)>,
    /// There was too little reference to know what is usual: nothing was looked for.
    pub is_too_short: bool,
}

/// Finds what stands out. `reference` is a time known to be healthy, from and to, both included; events are looked for
/// after its end.
#[must_use]
pub fn find_anomalies(
    samples: &[Sample],
    reference: Option<(i64, i64)>,
    settings: &EventSettings,
) -> Found {
    let mut found = Found::default();
    let points = ordered(samples, &mut found);
    found.gaps = gaps(&points, settings.gap_steps);
    let is_usual =
        |sample: &Sample| reference.is_none_or(|(from, to)| (from..=to).contains(&sample.at));
    let Some(expected) = expected(&points, &is_usual, settings) else {
        found.is_too_short = true;
        return found;
    };
    let marks = marks(&points, &expected, &is_usual, reference.is_some(), settings);
    let first = reference.map_or(0, |(_, to)| points.partition_point(|point| point.at <= to));
    found.events = joined(&points, &expected, &marks, first, settings);
    let band = |middle: &f64| band(*middle, expected.spread, settings);
    found.bands = points.iter().copied().zip(expected.middles.iter().map(band)).collect();
    found
}

fn band(middle: f64, spread: f64, settings: &EventSettings) -> Band {
    let half = settings.lasts_at * spread;
    Band { low: middle - half, middle, high: middle + half }
}

fn ordered(samples: &[Sample], found: &mut Found) -> Vec<Sample> {
    let known = |sample: &&Sample| sample.value.is_finite() && sample.value.abs() < 1e150;
    let mut points: Vec<Sample> = samples.iter().filter(known).copied().collect();
    found.missing = samples.len() - points.len();
    let neighbours = points.iter().zip(points.iter().skip(1));
    found.out_of_order = neighbours.filter(|(one, next)| next.at < one.at).count();
    // A stable order, so that the first of those at the same time stays.
    points.sort_by_key(|point| point.at);
    let all = points.len();
    points.dedup_by_key(|point| point.at);
    found.repeated = all - points.len();
    points
}

fn gaps(points: &[Sample], steps: f64) -> Vec<(i64, i64)> {
    let times = || points.iter().zip(points.iter().skip(1)).map(|(one, next)| (one.at, next.at));
    let length = |(from, to): (i64, i64)| seconds(to.saturating_sub(from));
    let Some(usual) = median(&times().map(length).collect::<Vec<f64>>()) else {
        return Vec::new();
    };
    times().filter(|gap| length(*gap) > steps * usual).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a step of a series is far below 2^53 seconds")]
fn seconds(length: i64) -> f64 {
    length as f64
}

// How far each point stands out, with its sign, as a part of what begins an event: 1 begins one.
fn marks(
    points: &[Sample],
    expected: &Expected,
    is_usual: &dyn Fn(&Sample) -> bool,
    is_known_healthy: bool,
    settings: &EventSettings,
) -> Vec<f64> {
    let off: Vec<f64> = points
        .iter()
        .zip(&expected.middles)
        .map(|(point, middle)| (point.value - middle) / expected.spread)
        .collect();
    let usual: Vec<bool> = points.iter().map(is_usual).collect();
    let together = means(&off, settings.neighbours);
    let bar = |values: &[f64], spread: f64| {
        let sizes = values.iter().zip(&usual).filter(|(_, usual)| **usual);
        let mut sizes: Vec<f64> = sizes.map(|(value, _)| value.abs()).collect();
        sizes.sort_unstable_by(f64::total_cmp);
        let (part, times) = if is_known_healthy {
            (settings.healthy_part, settings.healthy_times)
        } else {
            (settings.mixed_part, settings.mixed_times)
        };
        (settings.begins_at * spread).max(times * at_part(&sizes, part))
    };
    // Means of neighbours vary less than points, but more than independent points would let them.
    let mut usual_means: Vec<f64> = together
        .iter()
        .zip(&usual)
        .filter(|(_, usual)| **usual)
        .map(|(mean, _)| mean.abs())
        .collect();
    let spread = median_in_place(&mut usual_means).unwrap_or(0.0) * OF_MAD;
    let (alone, joint) = (bar(&off, 1.0), bar(&together, spread.max(settings.least_joint)));
    off.iter()
        .zip(&together)
        .map(|(off, mean)| {
            let (one, all) = (off / alone, mean / joint);
            if one.abs() >= all.abs() { one } else { all }
        })
        .collect()
}

fn at_part(sorted: &[f64], part: f64) -> f64 {
    let below = sorted
        .iter()
        .enumerate()
        .take_while(|(place, _)| count(*place) < part * count(sorted.len()));
    below.last().map_or(0.0, |(_, value)| *value)
}

// The mean of so many neighbours around each point.
fn means(values: &[f64], around: usize) -> Vec<f64> {
    let half = around / 2;
    let sums: Vec<f64> = std::iter::once(0.0)
        .chain(values.iter().scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        }))
        .collect();
    (0..values.len())
        .map(|place| {
            let (from, to) = (place.saturating_sub(half), (place + half + 1).min(values.len()));
            let sum = sums.get(to).zip(sums.get(from)).map_or(0.0, |(to, from)| to - from);
            sum / count(to - from)
        })
        .collect()
}

fn joined(
    points: &[Sample],
    expected: &Expected,
    marks: &[f64],
    first: usize,
    settings: &EventSettings,
) -> Vec<Event> {
    let lasts = settings.lasts_at / settings.begins_at;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut quiet = usize::MAX;
    for (place, mark) in marks.iter().enumerate().skip(first) {
        let open =
            runs.last_mut().filter(|run| quiet <= settings.quiet && same(marks, run.0, *mark));
        match open {
            Some(run) if mark.abs() >= lasts => (run.1, quiet) = (place, 0),
            None if mark.abs() >= lasts => {
                runs.push((place, place));
                quiet = 0;
            }
            Some(_) | None => quiet = quiet.saturating_add(1),
        }
    }
    let began = |run: &(usize, usize)| {
        let run = marks.get(run.0..=run.1).unwrap_or_default();
        run.iter().any(|mark| mark.abs() >= 1.0)
    };
    let runs = runs.into_iter().filter(began);
    runs.filter_map(|run| event(points, expected, marks, run, settings)).collect()
}

fn same(marks: &[f64], place: usize, mark: f64) -> bool {
    // A quiet point keeps any event waiting.
    marks.get(place).is_some_and(|begun| begun.is_sign_negative() == mark.is_sign_negative())
}

fn event(
    points: &[Sample],
    expected: &Expected,
    marks: &[f64],
    (from, to): (usize, usize),
    settings: &EventSettings,
) -> Option<Event> {
    let is_down = marks.get(from)?.is_sign_negative();
    let off = |place: usize| -> Option<f64> {
        let off = points.get(place)?.value - expected.middles.get(place)?;
        Some(if is_down { -off } else { off } / expected.spread.max(SMALLEST))
    };
    let all: Vec<(usize, f64)> =
        (from..=to).filter_map(|place| Some((place, off(place)?))).collect();
    // Means of neighbours reach beyond what moved: the ends are points that are off themselves.
    let furthest = all.iter().map(|(_, size)| *size).fold(0.0, f64::max);
    let edge = settings.lasts_at.min(furthest / 2.0);
    let first = all.iter().position(|(_, size)| *size >= edge)?;
    let last = all.iter().rposition(|(_, size)| *size >= edge)?;
    let sizes = all.get(first..=last)?;
    let (from, to) = (from + first, from + last);
    let (peak, size) = sizes
        .iter()
        .copied()
        .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
    Some(Event {
        start: points.get(from)?.at,
        end: points.get(to)?.at,
        direction: if is_down { Direction::Down } else { Direction::Up },
        size,
        mean_size: sizes.iter().map(|(_, size)| size).sum::<f64>() / count(sizes.len()),
        points: sizes.len(),
        is_open: to + 1 + settings.quiet >= points.len(),
        peak: *points.get(peak)?,
        expected: band(*expected.middles.get(peak)?, expected.spread, settings),
    })
}
