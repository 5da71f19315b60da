//! When a client is said to call too much: values with their sources, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::seasonality::InvalidRules;

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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    value: f64,
    source: String,
}

impl CallRules {
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
        let of = |name: &str, least: f64, most: f64| {
            let value = rules.get(name).copied().unwrap_or(f64::NAN);
            let range =
                || InvalidRules(format!("the rule `{name}` must lie between {least} and {most}"));
            (least..=most).contains(&value).then_some(value).ok_or_else(range)
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the range that is checked"
        )]
        let min_peers = of("min_peers", 1.0, 1000.0)? as usize;
        Ok(Self {
            min_rise: of("min_rise", 0.0, 100.0)?,
            peer_multiple: of("peer_multiple", 1.0, 1000.0)?,
            min_peers,
            low_quantile: of("low_quantile", 0.0, 0.5)?,
        })
    }
}

impl Default for CallRules {
    fn default() -> Self {
        // The embedded table is read by a test, so that what stands here is never met.
        let fallback = Self { min_rise: 0.2, peer_multiple: 3.0, min_peers: 3, low_quantile: 0.1 };
        Self::parse("").unwrap_or(fallback)
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
