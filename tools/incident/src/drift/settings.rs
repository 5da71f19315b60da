//! What the drift watch takes for enough: every threshold with its source, as data.

use serde::Deserialize;

/// Settings of the drift watch. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DriftSettings {
    /// Days before the deployment that make the baseline, at most.
    pub history_days: usize,
    /// Fewer days make no baseline.
    pub least_days: usize,
    /// From so many days on, weekdays and weekends have baselines of their own.
    pub class_days: usize,
    /// A class with fewer days takes the baseline of all days.
    pub least_in_class: usize,
    /// Days after the deployment that are watched.
    pub watch_days: usize,
    /// Days before the deployment whose points are kept until it.
    pub kept_days: usize,
    /// Hours that a block waits for late points.
    pub late_hours: usize,
    /// Days after the deployment on which an open ticket is given up.
    pub open_days: usize,
    /// Hours of one block of evidence; divides 24.
    pub block_hours: usize,
    /// A block or a window with fewer hours per block says nothing.
    pub least_hours: usize,
    /// Exponents of the bets; 1 is cash.
    pub bets: Vec<f64>,
    /// Part of the wealth that is shared out anew at each block.
    pub spread_again: f64,
    /// log10 of the wealth that is the least to alarm.
    pub least_log10_wealth: f64,
    /// Futures drawn from the baseline.
    pub resamples: usize,
    /// Days drawn together.
    pub resample_days: usize,
    /// Part of the futures that must stay below the threshold.
    pub resample_level: f64,
    /// How much of the dependence between days raises the threshold, 0 to 1.
    pub following: f64,
    /// From so many days of history on, placebo watches raise the threshold.
    pub placebo_days: usize,
    /// Least lasting size in robust standard deviations.
    pub least_effect: f64,
    /// Windows of 24 hours that must all be above it.
    pub lasting_windows: usize,
    /// Days back in which a burst holds a ticket back.
    pub burst_days: usize,
    /// A burst goes so many standard deviations beyond the highest day of the baseline.
    pub burst_excess: f64,
    /// It comes down when what lasts is less than this part of that excess.
    pub burst_part: f64,
    /// Below this size the drift is going.
    pub gone_effect: f64,
    /// Blocks below it that close the ticket.
    pub gone_blocks: usize,
    /// Least standard deviation as a part of the median level.
    pub least_spread: f64,
    /// Hours between two updates of a ticket, at least.
    pub update_hours: usize,
    /// An update is worth it when the size moved by this part.
    pub update_change: f64,
}

/// A table that is none.
#[derive(Debug, thiserror::Error)]
#[error("the settings of the drift watch: {0}")]
pub struct InvalidSettings(String);

const TABLE: &str = include_str!("settings.toml");

impl DriftSettings {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidSettings> {
        let settings: Self =
            toml::from_str(text).map_err(|error| InvalidSettings(error.to_string()))?;
        let block = settings.block_hours;
        let wrong = [
            ("block_hours", block == 0 || 24 % block.max(1) != 0),
            ("least_hours", settings.least_hours == 0 || settings.least_hours > block),
            (
                "bets",
                settings.bets.is_empty()
                    || settings.bets.iter().any(|bet| !(0.01..=1.0).contains(bet)),
            ),
            ("spread_again", !(0.0..=1.0).contains(&settings.spread_again)),
            ("resample_level", !(0.0..=1.0).contains(&settings.resample_level)),
            ("following", !(0.0..=1.0).contains(&settings.following)),
            ("resample_days", settings.resample_days == 0),
            ("least_days", settings.least_days < 2 || settings.least_days > settings.history_days),
            ("lasting_windows", settings.lasting_windows == 0),
            ("gone_effect", settings.gone_effect > settings.least_effect),
        ];
        match wrong.into_iter().find(|(_, is_wrong)| *is_wrong) {
            Some((name, _)) => Err(InvalidSettings(format!("`{name}` is out of range"))),
            None => Ok(settings),
        }
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidSettings> {
        Self::parse(TABLE)
    }

    /// Blocks of a day.
    #[must_use]
    pub fn blocks_a_day(&self) -> usize {
        24 / self.block_hours.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole_and_wrong_ones_are_refused() {
        let settings = DriftSettings::embedded().unwrap();
        assert_eq!(settings.blocks_a_day(), 2);
        for (from, to) in [
            ("block_hours = 12", "block_hours = 7"),
            ("following = 0.5", "following = 2.0"),
            ("gone_effect = 0.425", "gone_effect = 4.5"),
            ("resamples = 200", ""),
        ] {
            assert!(DriftSettings::parse(&TABLE.replace(from, to)).is_err(), "{to}");
        }
    }
}
