//! The distribution of the latest values against that of the past, in bins at the eighths of the past.
//!
//! The distance is Jeffreys' divergence of the two histograms ("An invariant form for the prior probability in estimation
//! problems", 1946), with half a count in every bin so that an empty one is finite.

use std::collections::VecDeque;

use super::{super::window::Window, Base, Detector};
use crate::numbers::count;

const BINS: usize = 8;

#[derive(Debug, Clone)]
pub(super) struct Shape {
    room: usize,
    latest: VecDeque<f64>,
    edges: Vec<f64>,
}

// Brings the distance to the size of the other deviations.
const SCALE: f64 = 3.0;

impl Shape {
    pub(super) fn new(room: usize) -> Self {
        Self { room, latest: VecDeque::new(), edges: Vec::new() }
    }

    fn histogram_of_past(&self, past: &Window) -> [f64; BINS] {
        let (mut bins, mut below) = ([0.0; BINS], 0);
        for (bin, held) in bins.iter_mut().enumerate() {
            let up_to = self.edges.get(bin).map_or(past.len(), |edge| past.up_to(*edge));
            *held = count(up_to.saturating_sub(below));
            below = up_to.max(below);
        }
        bins
    }

    fn histogram_of_latest(&self) -> [f64; BINS] {
        let mut bins = [0.0; BINS];
        for value in &self.latest {
            let bin = self.edges.partition_point(|edge| edge < value);
            if let Some(held) = bins.get_mut(bin) {
                *held += 1.0;
            }
        }
        bins
    }
}

fn distance(now: &[f64; BINS], past: &[f64; BINS]) -> f64 {
    let half_each = count(BINS) / 2.0;
    let (all_now, all_past): (f64, f64) = (now.iter().sum(), past.iter().sum());
    let parts = now.iter().zip(past).map(|(one, other)| {
        let (one, other) =
            ((one + 0.5) / (all_now + half_each), (other + 0.5) / (all_past + half_each));
        (one - other) * (one / other).ln()
    });
    parts.sum()
}

impl Detector for Shape {
    fn deviation(&mut self, value: f64, base: &Base<'_>) -> Option<f64> {
        self.latest.push_back(value);
        if self.latest.len() > self.room {
            self.latest.pop_front();
        }
        if self.latest.len() < self.room {
            return None;
        }
        self.edges.clear();
        self.edges.extend((1..BINS).filter_map(|part| base.past.eighth(part)));
        Some(distance(&self.histogram_of_latest(), &self.histogram_of_past(base.past)) * SCALE)
    }

    fn cut(&mut self) {
        self.latest.clear();
    }
}
