//! How long the same value stands: a sensor that died, a counter that no longer counts.

use super::{Base, Detector};

// Runs count in two hours of five-minute points, so that a few equal values are nothing.
const LONG: f64 = 24.0;

#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    last: Option<f64>,
    run: f64,
}

impl Detector for Flat {
    fn deviation(&mut self, value: f64, _base: &Base<'_>) -> Option<f64> {
        let stands = self.last.replace(value).is_some_and(|last| last.total_cmp(&value).is_eq());
        self.run = if stands { self.run + 1.0 } else { 0.0 };
        Some(self.run / LONG)
    }

    fn cut(&mut self) {
        *self = Self::default();
    }
}
