//! Random draws, and rows of numbers that have a value everywhere.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// A number evenly between two.
pub(super) fn between(random: &mut ChaCha8Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * random.random::<f64>()
}

/// A whole number evenly between two, both included.
pub(super) fn among(random: &mut ChaCha8Rng, low: usize, high: usize) -> usize {
    random.random_range(low..=high.max(low))
}

/// Whether something of this chance happens.
pub(super) fn happens(random: &mut ChaCha8Rng, chance: f64) -> bool {
    random.random::<f64>() < chance
}

/// A normal number of mean 0 and deviation 1 (Box and Muller, 1958).
pub(super) fn normal(random: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * random.random::<f64>().max(1e-300).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.random::<f64>()).cos()
}

/// A lognormal factor of mean 1.
pub(super) fn factor(random: &mut ChaCha8Rng, spread: f64) -> f64 {
    (spread * normal(random) - spread * spread / 2.0).exp()
}

/// A count whose mean is given (Poisson; by its normal limit above fifty).
pub(super) fn count(random: &mut ChaCha8Rng, mean: f64) -> f64 {
    if mean > 50.0 {
        return (mean + mean.sqrt() * normal(random)).round().max(0.0);
    }
    let (floor, mut product, mut number) = ((-mean.max(0.0)).exp(), random.random::<f64>(), 0.0);
    while product > floor {
        product *= random.random::<f64>();
        number += 1.0;
    }
    number
}

/// One of a list.
pub(super) fn pick<'a, T>(random: &mut ChaCha8Rng, list: &'a [T]) -> Option<&'a T> {
    if list.is_empty() { None } else { list.get(random.random_range(0..list.len())) }
}

/// Letters of a hash: `length` hexadecimal digits.
pub(super) fn hex(random: &mut ChaCha8Rng, length: usize) -> String {
    let digits = format!("{:032x}", random.random::<u128>());
    digits.get(..length.min(32)).unwrap_or_default().to_owned()
}

#[expect(clippy::cast_precision_loss, reason = "places and counts of a made-up estate are small")]
pub(super) fn real(number: usize) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of a made-up estate; casts saturate"
)]
pub(super) fn whole(number: f64) -> usize {
    number.round().max(0.0) as usize
}

/// Numbers by place: zero where none was put.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row(Vec<f64>);

impl Row {
    pub(super) fn of(length: usize, value: f64) -> Self {
        Self(vec![value; length])
    }

    pub(super) fn at(&self, place: usize) -> f64 {
        self.0.get(place).copied().unwrap_or_default()
    }

    pub(super) fn put(&mut self, place: usize, value: f64) {
        if let Some(slot) = self.0.get_mut(place) {
            *slot = value;
        }
    }

    pub(super) fn add(&mut self, place: usize, value: f64) {
        self.put(place, self.at(place) + value);
    }
}
