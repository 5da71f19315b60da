//! The mean of the latest residuals: a shift too small for one point shows in many.

use std::collections::VecDeque;

use super::{Base, Detector};
use crate::numbers::count;

#[derive(Debug, Clone)]
pub(super) struct Level {
    room: usize,
    latest: VecDeque<f64>,
}

impl Level {
    pub(super) fn new(room: usize) -> Self {
        Self { room, latest: VecDeque::new() }
    }
}

impl Detector for Level {
    fn deviation(&mut self, _value: f64, base: &Base<'_>) -> Option<f64> {
        self.latest.push_back(base.residual);
        if self.latest.len() > self.room {
            self.latest.pop_front();
        }
        let sum: f64 = self.latest.iter().sum();
        Some((sum / count(self.latest.len())).abs() / base.spread)
    }

    fn cut(&mut self) {
        self.latest.clear();
    }
}
