//! What is expected of each point when the whole series is known: its level, or its daily or weekly course.

use std::collections::BTreeMap;

use super::super::{Sample, settings::EventSettings, window::SMALLEST};
use crate::numbers::{OF_MAD, count, median_in_place};

/// The expected value of each point, and the spread around them.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) middles: Vec<f64>,
    pub(super) spread: f64,
}

/// Learns from the usual points alone. `None` when there are too few.
pub(super) fn expected(
    points: &[Sample],
    is_usual: &dyn Fn(&Sample) -> bool,
    settings: &EventSettings,
) -> Option<Expected> {
    let usual: Vec<Sample> = points.iter().filter(|point| is_usual(point)).copied().collect();
    if usual.len() < settings.least {
        return None;
    }
    let level = median_in_place(&mut usual.iter().map(|point| point.value).collect::<Vec<f64>>())?;
    let mut best = (1.0, vec![level; points.len()]);
    let span = usual.last()?.at.saturating_sub(usual.first()?.at);
    for cycle in settings.cycles.into_iter().filter(|(seconds, _)| span >= *seconds) {
        let course = Course::new(&usual, cycle);
        if let Some(part) = course.skill(&usual, level)
            && part < settings.season_skill
            && part < best.0
        {
            let middle = |point: &Sample| course.middle(point.at).unwrap_or(level);
            best = (part, points.iter().map(middle).collect());
        }
    }
    let middles = best.1;
    let off = points.iter().zip(&middles).filter(|(point, _)| is_usual(point));
    let mut off: Vec<f64> = off.map(|(point, middle)| (point.value - middle).abs()).collect();
    let spread = median_in_place(&mut off)? * OF_MAD;
    // Of a series that hardly moves the rare moves are what is usual; the rarest of them are what is looked for.
    let common = most_of(&mut off);
    let mean = common.iter().sum::<f64>() / count(common.len().max(1));
    let mut sizes: Vec<f64> = usual.iter().map(|point| point.value.abs()).collect();
    let size = most_of(&mut sizes).last().copied().unwrap_or(0.0);
    let spread = spread.max(mean * settings.of_mean).max(size * settings.least_spread);
    Some(Expected { middles, spread: spread.max(SMALLEST) })
}

// All but the largest hundredth, and at least one less.
fn most_of(values: &mut [f64]) -> &[f64] {
    values.sort_unstable_by(f64::total_cmp);
    let kept = values.len().saturating_sub(values.len() / 100 + 1);
    values.get(..kept).unwrap_or_default()
}

// Means by phase and cycle.
struct Course {
    seconds: i64,
    phase: i64,
    phases: BTreeMap<i64, BTreeMap<i64, (f64, usize)>>,
}

impl Course {
    fn new(points: &[Sample], (seconds, phase): (i64, i64)) -> Self {
        let (seconds, phase) = (seconds.max(1), phase.max(1));
        let mut course = Self { seconds, phase, phases: BTreeMap::new() };
        for point in points {
            let (cycle, phase) = course.place(point.at);
            let held = course.phases.entry(phase).or_default().entry(cycle).or_default();
            *held = (held.0 + point.value, held.1 + 1);
        }
        course
    }

    fn place(&self, at: i64) -> (i64, i64) {
        (at.div_euclid(self.seconds), at.rem_euclid(self.seconds) / self.phase)
    }

    // The median of the other cycles, at least two, so that a point does not foretell itself.
    fn middle(&self, at: i64) -> Option<f64> {
        let (cycle, phase) = self.place(at);
        let others = self.phases.get(&phase)?.iter().filter(|(other, _)| **other != cycle);
        let mut values: Vec<f64> = others.map(|(_, (sum, points))| sum / count(*points)).collect();
        if values.len() < 2 { None } else { median_in_place(&mut values) }
    }

    // The median error as a part of that of the level; `None` when most phases are known too little.
    fn skill(&self, points: &[Sample], level: f64) -> Option<f64> {
        let foretold = points.iter().filter_map(|point| {
            Some(((point.value - self.middle(point.at)?).abs(), (point.value - level).abs()))
        });
        let (mut course, mut flat): (Vec<f64>, Vec<f64>) = foretold.unzip();
        if course.len() * 2 < points.len() {
            return None;
        }
        let flat = median_in_place(&mut flat)?;
        (flat > 0.0).then_some(median_in_place(&mut course)? / flat)
    }
}
