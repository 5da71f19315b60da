//! When a move of a unit cost counts as one, as data.

use serde::Deserialize;

use crate::rules::{InvalidRules, lies, table};

/// How moves are judged. The defaults and their sources stand in `settings.toml` beside this file.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegimeSettings {
    /// `|ln(U1 / U0)|` up to this is no move; the same for cost and transactions.
    pub dead_band: f64,
    /// Elasticity of cost to transactions this close to one is no move.
    pub elasticity_delta: f64,
    /// Probability that the interval covers.
    pub confidence: f64,
    /// Bootstrap resamples.
    pub resamples: u32,
    /// Days in a block.
    pub block_days: usize,
}

const TABLE: &str = include_str!("settings.toml");

impl RegimeSettings {
    /// Reads a table; what it leaves out is an error.
    ///
    /// # Errors
    /// When the text is no such table, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let settings: Self = table(text)?;
        lies("dead_band", settings.dead_band, 0.0, 1.0)?;
        lies("elasticity_delta", settings.elasticity_delta, 0.0, 1.0)?;
        lies("confidence", settings.confidence, 0.5, 0.999)?;
        lies("resamples", f64::from(settings.resamples), 100.0, 100_000.0)?;
        if settings.block_days == 0 {
            return Err(InvalidRules("`block_days` must be at least one day".to_owned()));
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
