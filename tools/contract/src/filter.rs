//! Conditions on charges. Values are always bound, never spliced into a statement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dimension::Dimension;

/// Keeps the charges for which the condition holds. Text is compared without case.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// What is compared, e.g. `cloud_service`, `region`, `tag:environment`.
    pub dimension: Dimension,
    /// How it is compared.
    pub op: FilterOp,
    /// What it is compared with. Empty for `is_null` and `not_null`.
    #[serde(default)]
    pub values: Vec<String>,
}

/// How a filter compares.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    /// Equal to one of the values.
    In,
    /// Equal to none of the values; a missing value counts as different.
    NotIn,
    /// Contains one of the values.
    Contains,
    /// Contains none of the values; a missing value counts as different.
    NotContains,
    /// Has no value, e.g. an untagged charge.
    IsNull,
    /// Has a value.
    NotNull,
}

impl Filter {
    /// `dimension` equals one of `values`.
    pub fn any_of<V: Into<String>>(
        dimension: Dimension,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self { dimension, op: FilterOp::In, values: values.into_iter().map(Into::into).collect() }
    }
}
