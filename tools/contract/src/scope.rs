//! Who asks, and which rows they may see. Every store call carries a scope.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::filter::Filter;

/// Who asks, and the conditions that stand on the relation below every one of their queries.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The verified name of the person or program, e.g. `local`.
    pub principal: String,
    /// Rows they may see: all conditions must hold. Empty means every row.
    #[serde(default)]
    pub rows: Vec<Filter>,
}

impl Scope {
    /// The person at this machine's own terminal, who sees everything that is loaded.
    #[must_use]
    pub fn local() -> Self {
        Self { principal: "local".to_owned(), rows: Vec::new() }
    }
}
