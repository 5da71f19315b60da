//! The daily and the weekly course of a series, used where they foretell it better than its recent level does.
//!
//! The lags of 24 and 168 hours are tested by what they are good for: the running absolute error of a forecast by the median
//! of the same phase of earlier days (weeks) is held against that of a forecast by the recent median.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::super::settings::WatchSettings;
use crate::numbers::{count, median_in_place};

// Seconds of a cycle and of one phase of it: five minutes of a day, half an hour of a week.
const DAY: Cycle = Cycle { seconds: 86_400, phase: 300 };
const WEEK: Cycle = Cycle { seconds: 604_800, phase: 1_800 };

#[derive(Debug, Clone, Copy)]
struct Cycle {
    seconds: i64,
    phase: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Season {
    skill: f64,
    points: usize,
    weight: f64,
    cap: f64,
    courses: [Course; 2],
}

impl Season {
    pub(super) fn new(settings: &WatchSettings) -> Self {
        Self {
            skill: settings.season_skill,
            points: settings.season_points,
            weight: settings.season_weight,
            cap: settings.season_cap,
            courses: [DAY, WEEK].map(|cycle| Course::new(cycle, settings.season_cycles)),
        }
    }

    /// The value expected at this time. The value itself only tells how well the courses foretell, from the next point on.
    pub(super) fn expected(&mut self, at: i64, value: f64, level: f64, spread: f64) -> f64 {
        let most = self.cap * spread;
        let mut best = (1.0, level);
        for course in &mut self.courses {
            let Some(foretold) = course.foretold(at) else { continue };
            if course.compared >= self.points {
                let part = course.error / course.error_of_level.max(f64::MIN_POSITIVE);
                if part < self.skill && part < best.0 {
                    best = (part, foretold);
                }
            }
            let step = |now: &mut f64, off: f64| *now += self.weight * (off.abs().min(most) - *now);
            step(&mut course.error, value - foretold);
            step(&mut course.error_of_level, value - level);
            course.compared += 1;
        }
        best.1
    }

    pub(super) fn remember(&mut self, at: i64, value: f64) {
        for course in &mut self.courses {
            course.remember(at, value);
        }
    }
}

#[derive(Debug, Clone)]
struct Course {
    cycle: Cycle,
    cycles: usize,
    phases: FxHashMap<i64, Phase>,
    error: f64,
    error_of_level: f64,
    compared: usize,
}

// The means of one phase in the cycles before, and of the cycle that runs.
#[derive(Debug, Clone, Default)]
struct Phase {
    cycle: i64,
    sum: f64,
    points: usize,
    before: VecDeque<f64>,
}

impl Course {
    fn new(cycle: Cycle, cycles: usize) -> Self {
        let phases = FxHashMap::default();
        Self { cycle, cycles, phases, error: 0.0, error_of_level: 0.0, compared: 0 }
    }

    fn place(&self, at: i64) -> (i64, i64) {
        let cycle = self.cycle;
        (at.div_euclid(cycle.seconds), at.rem_euclid(cycle.seconds) / cycle.phase)
    }

    // The median of the cycles before; at least two of them.
    fn foretold(&self, at: i64) -> Option<f64> {
        let (cycle, phase) = self.place(at);
        let phase = self.phases.get(&phase)?;
        let mut values: Vec<f64> = phase.before.iter().copied().collect();
        if phase.cycle != cycle {
            values.push(phase.sum / count(phase.points));
        }
        if values.len() < 2 { None } else { median_in_place(&mut values) }
    }

    fn remember(&mut self, at: i64, value: f64) {
        let (cycle, phase) = self.place(at);
        let phase = self.phases.entry(phase).or_default();
        if phase.points > 0 && phase.cycle != cycle {
            phase.before.push_back(phase.sum / count(phase.points));
            if phase.before.len() > self.cycles {
                phase.before.pop_front();
            }
            (phase.sum, phase.points) = (0.0, 0);
        }
        phase.cycle = cycle;
        phase.sum += value;
        phase.points += 1;
    }
}
