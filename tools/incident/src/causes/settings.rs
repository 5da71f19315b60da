//! Weights and thresholds of the ranking, as data.

use serde::Deserialize;
use thiserror::Error;

/// The defaults and the source of each figure stand in `settings.toml` beside this file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseSettings {
    pub series: SeriesSettings,
    pub counts: CountSettings,
    pub spans: SpanSettings,
    pub weights: Weights,
    pub parts: PartSettings,
    pub verdict: VerdictSettings,
    pub words: KindWords,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesSettings {
    pub least_values: usize,
    pub relative_spread: f64,
    pub half_at: f64,
    pub second: f64,
    pub course_errors: f64,
    pub few: f64,
    pub already: f64,
    pub unknown_course: f64,
    pub off_course: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountSettings {
    pub half_at: f64,
    pub least: u64,
    pub least_before: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanSettings {
    pub least_calls: u64,
    pub spreads_a_doubling: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub latency: f64,
    pub errors: f64,
    pub saturation: f64,
    pub cost: f64,
    pub traffic: f64,
    pub shared: f64,
    pub restated: f64,
    pub other_signal: f64,
    pub succession: f64,
    pub pattern_error: f64,
    pub pattern_warning: f64,
    pub pattern_information: f64,
    pub spans: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartSettings {
    pub second_kind: f64,
    pub change: f64,
    pub change_half_seconds: f64,
    pub change_least: f64,
    pub explained: f64,
    pub unreached: f64,
    pub seen_by_callers: f64,
    pub client: f64,
    pub aside: f64,
    pub leads_from: f64,
    pub least_evidence: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictSettings {
    pub found: f64,
    pub intercept: f64,
    pub by_score: f64,
    pub by_share: f64,
    pub strong: f64,
    pub moderate: f64,
    pub most: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindWords {
    pub quota: Vec<String>,
    pub certificate: Vec<String>,
}

/// Why a table of settings cannot be used.
#[derive(Debug, Error)]
pub enum InvalidSettings {
    #[error("the settings of causes cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    #[error("the settings of causes: {name} is {value}, and must lie between {least} and {most}")]
    OutOfRange { name: &'static str, value: f64, least: f64, most: f64 },
}

const TABLE: &str = include_str!("settings.toml");

impl CauseSettings {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidSettings> {
        let settings: Self = toml::from_str(text)?;
        let parts = &settings.parts;
        let verdict = &settings.verdict;
        for (name, value, least, most) in [
            ("relative_spread", settings.series.relative_spread, 0.0, 1.0),
            ("series.half_at", settings.series.half_at, 0.1, 1000.0),
            ("second", settings.series.second, 0.0, 1.0),
            ("course_errors", settings.series.course_errors, 0.0, 5.0),
            ("few", settings.series.few, 0.0, 1000.0),
            ("already", settings.series.already, 0.0, 1.0),
            ("unknown_course", settings.series.unknown_course, 0.0, 1.0),
            ("leads_from", parts.leads_from, 0.0, 1.0),
            ("off_course", settings.series.off_course, 0.0, 1.0),
            ("counts.half_at", settings.counts.half_at, 0.1, 1000.0),
            ("spreads_a_doubling", settings.spans.spreads_a_doubling, 0.01, 100.0),
            ("second_kind", parts.second_kind, 0.0, 1.0),
            ("change", parts.change, 0.0, 1.0),
            ("change_half_seconds", parts.change_half_seconds, 1.0, 1e9),
            ("change_least", parts.change_least, 0.0, 1.0),
            ("explained", parts.explained, 0.0, 1.0),
            ("unreached", parts.unreached, 0.0, 1.0),
            ("seen_by_callers", parts.seen_by_callers, 0.0, 1.0),
            ("client", parts.client, 0.0, 1.0),
            ("aside", parts.aside, 0.0, 1.0),
            ("least_evidence", parts.least_evidence, 0.0, 1.0),
            ("found", verdict.found, 0.0, 1.0),
            ("strong", verdict.strong, verdict.moderate, 1.0),
            ("moderate", verdict.moderate, 0.0, 1.0),
        ] {
            if !(least..=most).contains(&value) {
                return Err(InvalidSettings::OutOfRange { name, value, least, most });
            }
        }
        Ok(settings)
    }

    /// The settings that the product comes with.
    ///
    /// # Errors
    /// Never with an unchanged `settings.toml`.
    pub fn shipped() -> Result<Self, InvalidSettings> {
        Self::parse(TABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_one() {
        let settings = CauseSettings::shipped().unwrap();
        assert!(settings.verdict.found > 0.0);
        let wrong = TABLE.replace("explained = 0.85", "explained = 1.85");
        assert!(matches!(
            CauseSettings::parse(&wrong),
            Err(InvalidSettings::OutOfRange { name: "explained", .. })
        ));
        assert!(CauseSettings::parse("").is_err());
    }
}
