//! What a model's tokens cost: a table of data, and exact arithmetic over it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wherefore_contract::Decimal;

use crate::chat::Usage;

const BUILT_IN: &str = include_str!("prices.toml");

const PER: u32 = 1_000_000;

/// Money for a million tokens, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    pub input: Decimal,
    pub output: Decimal,
    /// Tokens that came from a cache; like other input where it is left out.
    #[serde(default)]
    pub cache_read: Option<Decimal>,
    /// Tokens that were put into a cache; like other input where it is left out.
    #[serde(default)]
    pub cache_write: Option<Decimal>,
    /// Where the figures were read, and when.
    pub source: String,
}

impl Price {
    /// What a reply costs, in US dollars, unrounded.
    #[must_use]
    pub fn of(&self, usage: Usage) -> Decimal {
        let cached = usage.cache_read_tokens.saturating_add(usage.cache_write_tokens);
        let plain = usage.input_tokens.saturating_sub(cached);
        let part = |tokens: u64, price: Decimal| Decimal::from(tokens) * price / Decimal::from(PER);
        part(plain, self.input)
            + part(usage.cache_read_tokens, self.cache_read.unwrap_or(self.input))
            + part(usage.cache_write_tokens, self.cache_write.unwrap_or(self.input))
            + part(usage.output_tokens, self.output)
    }
}

/// The prices of models by the beginning of their ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// A key names a model in all its versions and snapshots (`-v1:0`, `-2024-08-06`); one that ends with a mark, such as
    /// `meta.`, a whole family. The longest key counts. The region in front of an inference profile (`us.`, `global.`) is
    /// not part of an id, unless the key has it.
    pub model: BTreeMap<String, Price>,
}

/// The regions that stand in front of the ids of Bedrock's inference profiles.
/// Source: docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html.
const PROFILE_REGIONS: &[&str] =
    &["us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca.", "global."];

impl Prices {
    /// The table that comes with the program.
    ///
    /// # Errors
    /// When the file has a mistake.
    pub fn built_in() -> Result<Self, toml::de::Error> {
        Self::parse(BUILT_IN)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Where the text is no such table.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The price of a model, by the longest key that names it.
    #[must_use]
    pub fn of(&self, model: &str) -> Option<&Price> {
        let id =
            PROFILE_REGIONS.iter().find_map(|region| model.strip_prefix(region)).unwrap_or(model);
        let fitting =
            self.model.iter().filter(|(key, _)| is_named(model, key) || is_named(id, key));
        fitting.max_by_key(|(key, _)| key.len()).map(|(_, price)| price)
    }
}

/// Whether a key names this model, and not merely one whose name is longer (`gpt-5` and `gpt-5.4-mini`).
fn is_named(id: &str, key: &str) -> bool {
    let Some(rest) = id.strip_prefix(key) else { return false };
    let is_family = !key.ends_with(|last: char| last.is_ascii_alphanumeric());
    let is_version = |rest: &str| {
        let digits = rest.strip_prefix('v').unwrap_or(rest);
        let year = digits.len() < rest.len() || digits.starts_with("20");
        year && digits.starts_with(|first: char| first.is_ascii_digit())
    };
    rest.is_empty()
        || is_family
        || rest.starts_with(':')
        || rest.strip_prefix('-').is_some_and(is_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_costs_what_its_tokens_cost_and_cached_ones_count_once() {
        let prices = Prices::parse(
            "[model.\"m.large\"]\ninput = \"3\"\noutput = \"15\"\ncache_read = \"0.3\"\nsource = \"test\"\n
             [model.\"m.\"]\ninput = \"1\"\noutput = \"1\"\nsource = \"test\"\n",
        )
        .unwrap();
        let usage = Usage {
            input_tokens: 1000,
            output_tokens: 100,
            cache_read_tokens: 400,
            cache_write_tokens: 0,
        };
        let cost = prices.of("us.m.large-v1").unwrap().of(usage);
        // 600 at 3, 400 at 0.3 and 100 at 15 dollars a million.
        assert_eq!(cost.normalize().to_string(), "0.00342");
        assert_eq!(prices.of("m.small").unwrap().input, Decimal::ONE);
        assert!(prices.of("other").is_none());
    }

    #[test]
    fn a_model_is_priced_by_its_own_name_version_and_endpoint() {
        let prices = Prices::built_in().unwrap();
        let input = |model: &str| prices.of(model).map(|price| price.input.to_string());
        let is = |price: &str| Some(price.to_owned());
        assert_eq!(input("global.anthropic.claude-sonnet-4-5-20250929-v1:0"), is("3"));
        assert_eq!(input("us.anthropic.claude-sonnet-4-5-20250929-v1:0"), is("3.3"));
        assert_eq!(input("anthropic.claude-sonnet-4-20250514-v1:0"), is("3"));
        assert_eq!(input("us.anthropic.claude-opus-4-6-v1"), is("5.5"));
        assert_eq!(input("amazon.nova-lite-v1:0"), is("0.06"));
        assert_eq!(input("gpt-4o-2024-08-06"), is("2.5"));
        assert_eq!(input("gpt-5.4-mini"), is("0.75"));
        // Names that only begin alike have prices of their own, which nobody told us.
        assert_eq!(input("gpt-5-pro"), None);
        assert_eq!(input("gpt-5.9"), None);
        assert_eq!(input("anthropic.claude-opus-5-9"), None);
    }

    #[test]
    fn the_table_that_comes_with_the_program_can_be_read_and_names_its_sources() {
        let prices = Prices::built_in().unwrap();
        assert!(prices.model.values().all(|price| !price.source.is_empty()));
    }
}
