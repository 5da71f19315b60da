//! How much neighbouring points differ, against how much they did: a series that turns wild, or goes dead.

use std::collections::VecDeque;

use super::{super::settings::WatchSettings, Base, Detector};
use crate::numbers::count;

#[derive(Debug, Clone)]
pub(super) struct Steps {
    short: usize,
    long: usize,
    least: usize,
    last: Option<f64>,
    latest: VecDeque<f64>,
    past: VecDeque<f64>,
}

// A step below this part of the spread is no movement.
const STILL: f64 = 0.05;

// Brings the logarithm of a ratio to the size of the other deviations.
const SCALE: f64 = 3.0;

impl Steps {
    pub(super) fn new(settings: &WatchSettings) -> Self {
        Self {
            short: settings.steps,
            long: settings.long,
            least: settings.least,
            last: None,
            latest: VecDeque::new(),
            past: VecDeque::new(),
        }
    }

    fn ratio(&self, still: f64) -> Option<f64> {
        if self.latest.len() < self.short || self.past.len() < self.least {
            return None;
        }
        let mean = |steps: &VecDeque<f64>| steps.iter().sum::<f64>() / count(steps.len());
        Some((mean(&self.latest) + still) / (mean(&self.past) + still))
    }
}

impl Detector for Steps {
    fn deviation(&mut self, value: f64, base: &Base<'_>) -> Option<f64> {
        let step = (value - self.last.replace(value)?).abs();
        self.latest.push_back(step);
        if self.latest.len() > self.short {
            self.latest.pop_front();
        }
        let ratio = self.ratio(STILL * base.value_spread);
        self.past.push_back(step);
        if self.past.len() > self.long {
            self.past.pop_front();
        }
        Some(ratio?.ln().abs() * SCALE)
    }

    fn cut(&mut self) {
        self.last = None;
        self.latest.clear();
    }
}
