//! The rules of scaling schedules: values with their sources, as data.

use crate::rules::{InvalidRules, Values};

const EMBEDDED: &str = include_str!("../seasonality.toml");

/// How schedules are made. [`ScalingRules::embedded`] is the embedded table.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalingRules {
    /// Quantile of demand over the weeks that an hour is planned for.
    pub quantile: f64,
    /// Share of the demand that stays free above it.
    pub headroom: f64,
    pub min_units: u32,
    pub min_weeks: usize,
    pub max_weeks: usize,
    pub level_weeks: usize,
    pub min_strength: f64,
    pub outlier_deviations: f64,
    pub outlier_share: f64,
    pub busy_share: f64,
    pub max_blocks: usize,
    pub change_share: f64,
    pub resamples: u32,
    /// Probability that the interval of the saving covers.
    pub interval: f64,
}

impl ScalingRules {
    /// Reads a table: each rule with its `value` and its `source`. Rules that it leaves out keep the
    /// embedded value.
    ///
    /// # Errors
    /// When the text is no such table, names an unknown rule, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let rules = Values::over(EMBEDDED, text)?;
        let share = |name: &str| rules.within(name, 0.0, 1.0);
        let count = |name: &str, least| {
            rules.whole(name, least).map(|count| u32::try_from(count).unwrap_or(u32::MAX))
        };
        Ok(Self {
            quantile: share("quantile")?,
            headroom: rules.within("headroom", 0.0, 10.0)?,
            min_units: count("min_units", 0)?,
            min_weeks: rules.whole("min_weeks", 2)?,
            max_weeks: rules.whole("max_weeks", 2)?,
            level_weeks: rules.whole("level_weeks", 1)?,
            min_strength: share("min_strength")?,
            outlier_deviations: rules.within("outlier_deviations", 0.0, 100.0)?,
            outlier_share: rules.within("outlier_share", 0.0, 100.0)?,
            busy_share: share("busy_share")?,
            max_blocks: rules.whole("max_blocks", 1)?,
            change_share: share("change_share")?,
            resamples: count("resamples", 1)?,
            interval: share("interval")?,
        })
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_read_and_parts_of_it_can_be_replaced() {
        let embedded = ScalingRules::embedded().unwrap();
        assert!((embedded.quantile - 0.95).abs() < 1e-9);
        let own = "[headroom]\nvalue = 0.5\nsource = \"our SLO review\"";
        assert!((ScalingRules::parse(own).unwrap().headroom - 0.5).abs() < 1e-9);
        for wrong in [
            "[headroom]\nvalue = 0.5\nsource = \"\"",
            "[headroom]\nvalue = -1\nsource = \"x\"",
            "[min_weeks]\nvalue = 2.5\nsource = \"x\"",
            "[unknown]\nvalue = 1\nsource = \"x\"",
            "headroom = 1",
        ] {
            assert!(ScalingRules::parse(wrong).is_err(), "{wrong}");
        }
    }
}
