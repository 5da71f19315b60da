//! What counts as unusual: every threshold with its source, as data.

use serde::Deserialize;

use crate::rules::{InvalidRules, lies, table};

/// Thresholds of the search. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnomalySettings {
    /// Days of past that a day is held against.
    pub history_days: usize,
    /// Fewer days of past judge nothing.
    pub least_history_days: usize,
    /// Spreads from the expected cost at which a run of unusual days begins.
    pub begins_at: f64,
    /// Spreads at which a day still belongs to it.
    pub lasts_at: f64,
    /// A day begins a run only when it is off by this part of its expected cost.
    pub least_relative: f64,
    /// The spread is at least this part of the expected cost.
    pub least_spread: f64,
    /// A day begins a run only when it is off by so many times what the past was, the furthest day but one.
    pub beyond_past: f64,
    /// So many ordinary days end a run.
    pub quiet_days: usize,
    /// A run of so many days is a shift: the new level is the expected one from then on.
    pub shift_days: usize,
    /// A run that lasts on the last day is a shift from so many days on.
    pub ongoing_shift_days: usize,
    /// The impact of a shift is counted over so many days; afterwards it is the normal cost.
    pub shift_days_counted: usize,
    /// The smallest impact that is reported, as a part of the median daily cost of all that is looked at.
    pub least_impact_of_day: f64,
    /// A path is narrowed down to its child that explains this part of the impact.
    pub explains: f64,
    /// A charge on the same day of a month before is known when it is off by no more than this part.
    pub known_within: f64,
    /// Short runs within so many days of each other are held beside each other.
    pub lumpy_days: usize,
    /// So many others like it make a short run the way of its series.
    pub lumpy_others: usize,
    /// Another run is like it from this part of its impact on.
    pub lumpy_share: f64,
    /// The last loaded days on which charges may still be missing.
    pub late_days: usize,
}

const TABLE: &str = include_str!("settings.toml");

impl AnomalySettings {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let settings: Self = table(text)?;
        lies("begins_at", settings.begins_at, 0.5, 100.0)?;
        lies("lasts_at", settings.lasts_at, 0.0, settings.begins_at)?;
        lies("explains", settings.explains, 0.5, 1.0)?;
        for (name, value) in [
            ("least_relative", settings.least_relative),
            ("least_spread", settings.least_spread),
            ("beyond_past", settings.beyond_past),
            ("least_impact_of_day", settings.least_impact_of_day),
            ("known_within", settings.known_within),
        ] {
            lies(name, value, 0.0, 100.0)?;
        }
        if settings.least_history_days > settings.history_days {
            let why = "`least_history_days` must not be more than `history_days`";
            return Err(InvalidRules(why.to_owned()));
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
