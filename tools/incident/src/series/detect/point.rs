//! One point against what is expected of its time.

use super::{Base, Detector};

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Point;

impl Detector for Point {
    fn deviation(&mut self, _value: f64, base: &Base<'_>) -> Option<f64> {
        Some(base.residual.abs() / base.spread)
    }

    fn cut(&mut self) {}
}
