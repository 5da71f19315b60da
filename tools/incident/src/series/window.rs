//! The last so many values, in order of time and of size.

use std::collections::VecDeque;

use crate::numbers::QUARTILES_APART;

/// A rolling window that answers quantiles: one push costs a binary search and a short move of memory.
#[derive(Debug, Clone)]
pub(super) struct Window {
    room: usize,
    arrived: VecDeque<f64>,
    sorted: Vec<f64>,
}

impl Window {
    /// A window of at most `room` values.
    pub(super) fn new(room: usize) -> Self {
        Self { room: room.max(1), arrived: VecDeque::new(), sorted: Vec::new() }
    }

    /// Takes a finite value in; the oldest one falls out once the window is full. Others are left out.
    pub(super) fn push(&mut self, value: f64) {
        if !value.is_finite() {
            return;
        }
        if self.arrived.len() >= self.room
            && let Some(old) = self.arrived.pop_front()
        {
            let place = self.sorted.partition_point(|one| *one < old);
            if place < self.sorted.len() {
                self.sorted.remove(place);
            }
        }
        self.arrived.push_back(value);
        let place = self.sorted.partition_point(|one| *one < value);
        self.sorted.insert(place, value);
    }

    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Values below or at `edge`.
    pub(super) fn up_to(&self, edge: f64) -> usize {
        self.sorted.partition_point(|one| *one <= edge)
    }

    /// The value at `part` of eight, nearest rank; 4 is the median.
    pub(super) fn eighth(&self, part: usize) -> Option<f64> {
        let last = self.sorted.len().checked_sub(1)?;
        self.sorted.get((last * part.min(8) + 4) / 8).copied()
    }

    /// The median.
    pub(super) fn median(&self) -> Option<f64> {
        self.eighth(4)
    }

    /// The spread as a standard deviation of a normal series with the same quartiles, at least `of_range` of the range and
    /// `of_size` of the largest size, and never zero.
    pub(super) fn spread(&self, of_range: f64, of_size: f64) -> Option<f64> {
        let quartiles = (self.eighth(6)? - self.eighth(2)?) / QUARTILES_APART;
        let (least, most) = (*self.sorted.first()?, *self.sorted.last()?);
        let range = (most - least) * of_range;
        Some(quartiles.max(range).max(least.abs().max(most.abs()) * of_size).max(SMALLEST))
    }
}

/// The spread of a series that never moved and stands at zero.
pub(super) const SMALLEST: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_forgets_the_oldest_value_and_keeps_the_order_of_size() {
        let mut window = Window::new(3);
        for value in [5.0, 1.0, f64::NAN, 9.0, 2.0] {
            window.push(value);
        }
        assert_eq!((window.len(), window.eighth(0), window.eighth(8)), (3, Some(1.0), Some(9.0)));
        assert_eq!((window.median(), window.up_to(2.0)), (Some(2.0), 2));
        assert!(Window::new(2).median().is_none());
    }

    #[test]
    fn a_flat_series_has_a_spread_that_can_be_divided_by() {
        let mut window = Window::new(9);
        (0..9).for_each(|_| window.push(0.0));
        assert_eq!(window.spread(0.02, 0.002), Some(SMALLEST));
        (0..9).for_each(|_| window.push(-50.0));
        assert_eq!(window.spread(0.02, 0.002), Some(0.1));
    }
}
