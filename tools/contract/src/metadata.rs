//! Names that people use for parts of the estate, and what the catalog makes of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dimension::Dimension;

/// Asks the catalog which entities a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetadataQuery {
    /// A name, a part of one, or a whole question in English or Korean.
    pub text: String,
    /// Looks only at these kinds; empty for all.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// At most this many hits (default 20, at most 100).
    #[serde(default)]
    pub limit: Option<u32>,
}

/// An entity that the text may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MetadataHit {
    /// The dimension whose value this is.
    pub dimension: Dimension,
    /// The value exactly as charges spell it, or a part of it (see `how`).
    pub value: String,
    /// What a person would call it, when the value is an id.
    pub label: Option<String>,
    /// The part of the text that matched, as bytes `[start, end)`.
    pub matched: (usize, usize),
    /// How it matched: `exact`, `alias`, `contains` (a text that several values contain: filter with
    /// `contains`), `words`, `prefix`, `typo`.
    pub how: MatchKind,
    /// Rank within the answer, 1000 for an exact match of the whole value.
    pub score: u32,
}

/// How a text matched a name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    Exact,
    Alias,
    Contains,
    Words,
    Prefix,
    Typo,
}
