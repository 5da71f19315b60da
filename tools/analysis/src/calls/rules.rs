//! When a client is said to call too much: values with their sources, as data.

use crate::rules::{InvalidRules, Values};

const EMBEDDED: &str = include_str!("rules.toml");

/// When a client is said to call too much.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRules {
    /// Relative rise of calls per transaction from one period to the next.
    pub min_rise: f64,
    /// Times the median of the other clients of the same operation.
    pub peer_multiple: f64,
    /// Other clients that a median needs.
    pub min_peers: usize,
    /// Tail of the days before that the range of a saving leaves out on either side.
    pub low_quantile: f64,
}

impl CallRules {
    /// Reads a table: each rule with its `value` and its `source`. Rules that it leaves out keep the
    /// embedded value.
    ///
    /// # Errors
    /// When the text is no such table, names an unknown rule, or a value is out of range.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        let rules = Values::over(EMBEDDED, text)?;
        Ok(Self {
            min_rise: rules.within("min_rise", 0.0, 100.0)?,
            peer_multiple: rules.within("peer_multiple", 1.0, 1000.0)?,
            min_peers: rules.whole("min_peers", 1)?,
            low_quantile: rules.within("low_quantile", 0.0, 0.5)?,
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
