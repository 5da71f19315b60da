//! The rules of scaling schedules: values with their sources, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

const EMBEDDED: &str = include_str!("../seasonality.toml");

/// How schedules are made. [`ScalingRules::default`] is the embedded table.
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

/// A table of rules could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRules(pub String);

impl std::fmt::Display for InvalidRules {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for InvalidRules {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    value: f64,
    source: String,
}

impl ScalingRules {
    /// Reads a table: each rule with its `value` and its `source`. Rules that it leaves out keep the
    /// embedded value.
    ///
    /// # Errors
    /// When the text is no such table, names an unknown rule, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let mut rules = read(EMBEDDED)?;
        for (name, value) in read(text)? {
            if rules.insert(name.clone(), value).is_none() {
                return Err(InvalidRules(format!("there is no rule `{name}`")));
            }
        }
        Self::of(&rules)
    }

    fn of(rules: &BTreeMap<String, f64>) -> Result<Self, InvalidRules> {
        let share = |name: &str| within(rules, name, 0.0, 1.0);
        Ok(Self {
            quantile: share("quantile")?,
            headroom: within(rules, "headroom", 0.0, 10.0)?,
            min_units: u32::try_from(whole(rules, "min_units", 0)?).unwrap_or(u32::MAX),
            min_weeks: whole(rules, "min_weeks", 2)?,
            max_weeks: whole(rules, "max_weeks", 2)?,
            level_weeks: whole(rules, "level_weeks", 1)?,
            min_strength: share("min_strength")?,
            outlier_deviations: within(rules, "outlier_deviations", 0.0, 100.0)?,
            outlier_share: within(rules, "outlier_share", 0.0, 100.0)?,
            busy_share: share("busy_share")?,
            max_blocks: whole(rules, "max_blocks", 1)?,
            change_share: share("change_share")?,
            resamples: u32::try_from(whole(rules, "resamples", 1)?).unwrap_or(u32::MAX),
            interval: share("interval")?,
        })
    }
}

impl Default for ScalingRules {
    fn default() -> Self {
        // The embedded table is read by a test, so that what stands here is never met.
        Self::parse("").unwrap_or(Self {
            quantile: 1.0,
            headroom: 1.0,
            min_units: 2,
            min_weeks: 3,
            max_weeks: 12,
            level_weeks: 4,
            min_strength: 1.0,
            outlier_deviations: 3.5,
            outlier_share: 0.25,
            busy_share: 0.1,
            max_blocks: 5,
            change_share: 0.01,
            resamples: 200,
            interval: 0.8,
        })
    }
}

fn read(text: &str) -> Result<BTreeMap<String, f64>, InvalidRules> {
    let table: BTreeMap<String, Rule> =
        toml::from_str(text).map_err(|error| InvalidRules(error.to_string()))?;
    if let Some((name, _)) = table.iter().find(|(_, rule)| rule.source.trim().is_empty()) {
        return Err(InvalidRules(format!("the rule `{name}` names no source")));
    }
    Ok(table.into_iter().map(|(name, rule)| (name, rule.value)).collect())
}

fn within(
    rules: &BTreeMap<String, f64>,
    name: &str,
    least: f64,
    most: f64,
) -> Result<f64, InvalidRules> {
    let value = rules.get(name).copied().unwrap_or(f64::NAN);
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(InvalidRules(format!("the rule `{name}` must lie between {least} and {most}")))
}

fn whole(rules: &BTreeMap<String, f64>, name: &str, least: u32) -> Result<usize, InvalidRules> {
    let value = within(rules, name, f64::from(least), 10_000.0)?;
    if value.fract() != 0.0 {
        return Err(InvalidRules(format!("the rule `{name}` must be a whole number")));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number within the range above"
    )]
    Ok(value as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_read_and_parts_of_it_can_be_replaced() {
        let embedded = ScalingRules::parse("").unwrap();
        assert_eq!(embedded, ScalingRules::default());
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
