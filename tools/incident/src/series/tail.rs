//! How rare a deviation is among those of the same series before it.
//!
//! Maxima of blocks are kept, and the largest of them fit a Pareto tail (Hill, "A simple general approach to inference about
//! the tail of a distribution", 1975; peaks over a threshold in streams: Siffer et al., "Anomaly detection in streams with
//! extreme value theory", KDD 2017). Blocks, because neighbouring points are not independent.

use super::settings::TailSettings;
use crate::numbers::count;

/// The tail of one statistic.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    settings: TailSettings,
    in_block: usize,
    highest: f64,
    now: Generation,
    before: Generation,
}

// The largest block maxima of a stretch, the smallest first.
#[derive(Debug, Clone, Default)]
struct Generation {
    blocks: usize,
    top: Vec<f64>,
}

impl Tail {
    /// A tail that has seen nothing.
    pub(super) fn new(settings: TailSettings) -> Self {
        let now = Generation::default();
        Self { settings, in_block: 0, highest: 0.0, before: now.clone(), now }
    }

    /// The chance that a block of an ordinary time has a deviation of this size; afterwards it is remembered.
    pub(super) fn push(&mut self, deviation: f64) -> f64 {
        let chance = self.chance(deviation);
        if deviation.is_finite() {
            self.highest = self.highest.max(deviation);
            self.in_block += 1;
            if self.in_block >= self.settings.block {
                self.close();
            }
        }
        chance
    }

    fn close(&mut self) {
        let place = self.now.top.partition_point(|one| *one < self.highest);
        self.now.top.insert(place, self.highest);
        if self.now.top.len() > self.settings.most {
            self.now.top.remove(0);
        }
        self.now.blocks += 1;
        (self.in_block, self.highest) = (0, 0.0);
        if self.now.blocks >= self.settings.generation {
            self.before = std::mem::take(&mut self.now);
        }
    }

    fn chance(&self, deviation: f64) -> f64 {
        let blocks = self.now.blocks + self.before.blocks;
        if blocks < self.settings.least || !deviation.is_finite() {
            return 1.0;
        }
        let all = count(blocks);
        let wanted = (all * self.settings.share).ceil().max(count(self.settings.fewest));
        let (mut above, mut taken, mut sum, mut edge) = (0.0, 0.0, 0.0, f64::INFINITY);
        for value in largest_first(&self.now.top, &self.before.top) {
            if taken >= wanted {
                break;
            }
            taken += 1.0;
            edge = value.max(self.settings.floor);
            sum += edge.ln();
            above += if value >= deviation { 1.0 } else { 0.0 };
        }
        if deviation <= edge {
            return 1.0;
        }
        let heaviness = (sum / taken - edge.ln()).max(self.settings.least_heavy);
        let fitted = taken / all * ((edge.ln() - deviation.ln()) / heaviness).exp();
        fitted.max(above / (all + 1.0) * self.settings.seen_weight).min(1.0)
    }
}

// Two ascending lists as one descending one.
fn largest_first<'a>(mut left: &'a [f64], mut right: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    std::iter::from_fn(move || {
        let is_left = match (left.last(), right.last()) {
            (Some(one), Some(other)) => one >= other,
            (Some(_), None) => true,
            (None, Some(_) | None) => false,
        };
        let side = if is_left { &mut left } else { &mut right };
        let (last, rest) = side.split_last()?;
        *side = rest;
        Some(*last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Profile, SeriesSettings};

    fn tail() -> Tail {
        Tail::new(SeriesSettings::embedded().unwrap().watch(Profile::Standard).tail)
    }

    #[test]
    fn what_is_larger_is_rarer_and_what_was_seen_often_is_not_rare() {
        let mut tail = tail();
        for step in 0..2400_u32 {
            tail.push(f64::from(step % 37) / 10.0);
        }
        assert!((tail.chance(3.0) - 1.0).abs() < 1e-12);
        let chances: Vec<f64> = [4.0, 6.0, 9.0, 40.0].map(|one| tail.chance(one)).to_vec();
        assert!(chances.is_sorted_by(|one, other| one > other), "{chances:?}");
        assert!(chances[0] > 1e-2 && chances[3] < 1e-6, "{chances:?}");
    }

    #[test]
    fn a_heavy_tail_makes_the_same_size_less_rare() {
        let (mut light, mut heavy) = (tail(), tail());
        for step in 0..2400_u32 {
            let rank = 1.0 - f64::from((step * 7919) % 2400) / 2400.0;
            light.push(1.0 - rank.ln());
            heavy.push(1.0 / rank);
        }
        let typical_light = light.chance(60.0);
        assert!(typical_light < heavy.chance(60.0) / 10.0, "{typical_light}");
    }

    #[test]
    fn nothing_is_judged_before_enough_was_seen() {
        let mut tail = tail();
        assert!((0..100).all(|_| tail.push(1e9) >= 1.0));
        assert!(tail.push(f64::NAN) >= 1.0);
    }
}
