//! What is expected of the next point: the recent level, or the season where it foretells better.

use super::{
    super::{settings::WatchSettings, window::Window},
    season::Season,
};

/// What is known before a point is seen.
#[derive(Debug)]
pub(super) struct Base<'a> {
    pub(super) expected: f64,
    /// The value less what was expected.
    pub(super) residual: f64,
    /// The robust standard deviation of residuals.
    pub(super) spread: f64,
    /// The robust standard deviation of values.
    pub(super) value_spread: f64,
    /// The latest values before this one.
    pub(super) past: &'a Window,
}

#[derive(Debug, Clone)]
pub(super) struct Baseline {
    least: usize,
    floors: (f64, f64),
    past: Window,
    residuals: Window,
    residual: Option<f64>,
    season: Season,
}

impl Baseline {
    pub(super) fn new(settings: &WatchSettings) -> Self {
        Self {
            least: settings.least,
            floors: (settings.least_of_range, settings.least_spread),
            past: Window::new(settings.long),
            residuals: Window::new(settings.long),
            residual: None,
            season: Season::new(settings),
        }
    }

    /// What is expected of this time, and how far the value is off it.
    pub(super) fn look(&mut self, at: i64, value: f64) -> Option<Base<'_>> {
        self.residual = None;
        if self.past.len() < self.least {
            return None;
        }
        let level = self.past.median()?;
        let value_spread = self.past.spread(self.floors.0, self.floors.1)?;
        let expected = self.season.expected(at, value, level, value_spread);
        let residual = value - expected;
        self.residual = Some(residual);
        if self.residuals.len() < self.least {
            return None;
        }
        // A part of the size of values, not of residuals: around a good forecast residuals are tiny.
        let size = self.past.eighth(0)?.abs().max(self.past.eighth(8)?.abs()) * self.floors.1;
        let spread = self.residuals.spread(self.floors.0, 0.0)?.max(size);
        Some(Base { expected, residual, spread, value_spread, past: &self.past })
    }

    pub(super) fn remember(&mut self, at: i64, value: f64) {
        if let Some(residual) = self.residual.take() {
            self.residuals.push(residual);
        }
        self.past.push(value);
        self.season.remember(at, value);
    }
}
