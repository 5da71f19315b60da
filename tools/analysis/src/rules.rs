//! Tables of rules in TOML: single values with their sources, and why a table cannot be used.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

/// A table of rules cannot be used; the text names the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidRules(pub String);

/// Values by the name of their rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Values(BTreeMap<String, f64>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    value: f64,
    source: String,
}

/// A table whose shape says it all.
pub(crate) fn table<T: DeserializeOwned>(text: &str) -> Result<T, InvalidRules> {
    toml::from_str(text).map_err(|error| InvalidRules(error.to_string().trim_end().to_owned()))
}

/// That a value lies in a range.
pub(crate) fn lies(name: &str, value: f64, least: f64, most: f64) -> Result<f64, InvalidRules> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(InvalidRules(format!("`{name}` is {value} and must lie between {least} and {most}")))
}

impl Values {
    /// The embedded rules, each with its `value` and its `source`, with those of `text` in their place.
    pub(crate) fn over(embedded: &str, text: &str) -> Result<Self, InvalidRules> {
        let mut rules = read(embedded)?;
        for (name, value) in read(text)? {
            if rules.insert(name.clone(), value).is_none() {
                return Err(InvalidRules(format!("there is no rule `{name}`")));
            }
        }
        Ok(Self(rules))
    }

    /// A value of this range.
    pub(crate) fn within(&self, name: &str, least: f64, most: f64) -> Result<f64, InvalidRules> {
        lies(name, self.0.get(name).copied().unwrap_or(f64::NAN), least, most)
    }

    /// A whole number of at least so much.
    pub(crate) fn whole(&self, name: &str, least: u32) -> Result<usize, InvalidRules> {
        let value = self.within(name, f64::from(least), 10_000.0)?;
        if value.fract() != 0.0 {
            return Err(InvalidRules(format!("`{name}` is {value} and must be a whole number")));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number within the range above"
        )]
        Ok(value as usize)
    }
}

fn read(text: &str) -> Result<BTreeMap<String, f64>, InvalidRules> {
    let read: BTreeMap<String, Rule> = table(text)?;
    if let Some((name, _)) = read.iter().find(|(_, rule)| rule.source.trim().is_empty()) {
        return Err(InvalidRules(format!("the rule `{name}` names no source")));
    }
    Ok(read.into_iter().map(|(name, rule)| (name, rule.value)).collect())
}
