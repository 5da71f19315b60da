//! How much past a forecast needs and how it is tried, as data.

use serde::Deserialize;

use crate::rules::{InvalidRules, lies, table};

/// Settings of forecasts. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutlookSettings {
    /// Fewer loaded days give no forecast of days to come.
    pub least_days: usize,
    /// Older days are not looked at.
    pub most_days: usize,
    /// Days that a model is fitted on at least when it is tried.
    pub least_fit_days: usize,
    /// Days between two trials.
    pub trial_step: usize,
    /// Trials that a span must leave room for, in days.
    pub least_trials: usize,
    pub most_trials: usize,
    /// The combination is taken where it was off by at most this part more than the best single model.
    pub combined_within: f64,
    /// The share of trials that the interval must hold.
    pub covers: f64,
}

const TABLE: &str = include_str!("settings.toml");

impl OutlookSettings {
    /// Reads a table; what it leaves out is an error.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let settings: Self = table(text)?;
        lies("covers", settings.covers, 0.5, 0.99)?;
        if settings.trial_step == 0 {
            return Err(InvalidRules("`trial_step` must be at least one day".to_owned()));
        }
        Ok(settings)
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse(TABLE)
    }
}
