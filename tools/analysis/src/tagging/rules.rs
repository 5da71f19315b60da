//! The table that tags are judged by.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::rules::{InvalidRules, table};

const EMBEDDED: &str = include_str!("../tagging.toml");

/// Targets, allocation keys, abbreviations and bounds; `tagging.toml` says where each comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaggingRules {
    pub targets: Targets,
    pub allocation: Allocation,
    pub left_out: LeftOut,
    /// What is written out, and how it is written short.
    pub abbreviations: BTreeMap<String, Vec<String>>,
    pub slips: Slips,
    pub limits: Limits,
}

/// Shares of cost that are allocated, in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub crawl: Decimal,
    pub run: Decimal,
}

/// The keys that say who bears a charge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    pub keys: Vec<String>,
}

/// The charges that are not judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// FOCUS charge categories.
    pub charge_categories: Vec<String>,
}

/// When two words are one word with a slip.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slips {
    /// The shorter word has at least so many letters.
    pub letters: usize,
    /// They lie at most so many keystrokes apart.
    pub keystrokes: usize,
    /// Keys with more values than this are not looked at.
    pub values: usize,
}

/// How much is read and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Keys, the most used first.
    pub keys: usize,
    /// Rows of each list of untagged cost.
    pub rows: u32,
}

/// How far the allocation of cost has come (FinOps Framework).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Not even the first target is reached.
    BelowCrawl,
    Crawl,
    Run,
}

impl Stage {
    /// The word for it in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BelowCrawl => "below_crawl",
            Self::Crawl => "crawl",
            Self::Run => "run",
        }
    }
}

impl TaggingRules {
    /// Rules from a table in TOML, whole.
    ///
    /// # Errors
    /// When the text is no such table.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        table(text)
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidRules> {
        Self::parse(EMBEDDED)
    }

    /// The stage that a share of allocated cost, in percent, has reached.
    #[must_use]
    pub fn stage(&self, share: Decimal) -> Stage {
        if share >= self.targets.run {
            Stage::Run
        } else if share >= self.targets.crawl {
            Stage::Crawl
        } else {
            Stage::BelowCrawl
        }
    }

    /// Whether a tag key says who bears a charge; what stands before a colon or a full stop is the name of
    /// who made the key (`aws:`, `cost_category:`, `operations.` of OCI).
    #[must_use]
    pub fn allocates(&self, key: &str) -> bool {
        let own = super::nearness::letters(key.rsplit([':', '.']).next().unwrap_or(key));
        self.allocation.keys.iter().any(|listed| super::nearness::letters(listed) == own)
    }

    /// What a word is written out as.
    pub(super) fn written_out<'a>(&'a self, word: &'a str) -> &'a str {
        let full = self
            .abbreviations
            .iter()
            .find(|(full, short)| full.as_str() == word || short.iter().any(|short| short == word));
        full.map_or(word, |(full, _)| full)
    }
}
