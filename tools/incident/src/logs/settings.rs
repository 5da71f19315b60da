//! What the reading of logs goes by: every bound and threshold with its source, as data.

use serde::Deserialize;

/// Why a table of settings is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings of logs cannot be read: {0}")]
pub struct InvalidLogSettings(pub String);

/// All settings. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSettings {
    pub miner: MinerSettings,
    pub diff: DiffSettings,
    pub rows: RowSettings,
}

/// Of [`super::LogMiner`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinerSettings {
    /// Bytes of a line that are read.
    pub line_bytes: usize,
    /// Words of a line that tell it from others.
    pub line_words: usize,
    /// Distinct masked lines held before they are put together.
    pub shapes: usize,
    /// Distinct masked lines ever numbered.
    pub shapes_ever: usize,
    /// Templates kept.
    pub templates: usize,
    /// So many different plain words in one place are values.
    pub many_words: usize,
    /// So many different names in one place are values.
    pub many_names: usize,
    /// So many different first words are values.
    pub many_firsts: usize,
    /// Constant words that a line needs before one rare word may differ.
    pub rare_constant_words: usize,
    /// Lines at most of a rare word.
    pub rare_lines: u64,
    /// Share of equal words that makes two rare lines one event.
    pub similarity: f64,
}

/// Of [`super::diff_patterns`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiffSettings {
    /// Bound of the corrected p-value.
    pub false_discovery_rate: f64,
    /// Factor from which a moved rate is news.
    pub least_ratio: f64,
    /// Lines that a pattern needs in both windows together.
    pub least_lines: u64,
    /// Differences told.
    pub rows: usize,
}

/// Of [`super::compare_rows`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSettings {
    /// An attribute with more values is an id.
    pub most_values: usize,
    /// An attribute with more values than this share of its rows is an id.
    pub id_share: f64,
    /// Bins of a numeric attribute.
    pub bins: usize,
    /// Bad rows that a value must stand in.
    pub least_support: u64,
    /// Bound of the corrected p-value.
    pub false_discovery_rate: f64,
    /// Rows told.
    pub rows: usize,
    /// Rows looked at.
    pub rows_read: usize,
}

const TABLE: &str = include_str!("settings.toml");

impl LogSettings {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidLogSettings> {
        let settings: Self =
            toml::from_str(text).map_err(|error| InvalidLogSettings(error.to_string()))?;
        let lies = |name: &str, value: f64, low: f64, high: f64| {
            if (low..=high).contains(&value) {
                Ok(())
            } else {
                let why = format!("`{name}` is {value}, not between {low} and {high}");
                Err(InvalidLogSettings(why))
            }
        };
        let (miner, diff, rows) = (&settings.miner, &settings.diff, &settings.rows);
        lies("similarity", miner.similarity, 0.1, 1.0)?;
        lies("diff.false_discovery_rate", diff.false_discovery_rate, 0.0, 1.0)?;
        lies("diff.least_ratio", diff.least_ratio, 1.0, 1000.0)?;
        lies("rows.id_share", rows.id_share, 0.0, 1.0)?;
        lies("rows.false_discovery_rate", rows.false_discovery_rate, 0.0, 1.0)?;
        for (name, value) in [
            ("line_bytes", miner.line_bytes),
            ("line_words", miner.line_words),
            ("shapes", miner.shapes),
            ("shapes_ever", miner.shapes_ever),
            ("templates", miner.templates),
            ("many_words", miner.many_words),
            ("rows.bins", rows.bins),
        ] {
            if value < 2 {
                return Err(InvalidLogSettings(format!("`{name}` is {value}, less than 2")));
            }
        }
        Ok(settings)
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidLogSettings> {
        Self::parse(TABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_whole_and_bounds_hold() {
        let settings = LogSettings::embedded().unwrap();
        assert!(settings.miner.shapes <= settings.miner.shapes_ever);
        assert!(LogSettings::parse(&TABLE.replace("similarity = 0.7", "similarity = 7")).is_err());
        assert!(LogSettings::parse(&TABLE.replace("bins = 5", "")).is_err());
    }
}
