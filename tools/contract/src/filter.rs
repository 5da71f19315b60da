//! Conditions on charges. Values are always bound, never spliced into a statement.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{cost::Measure, dimension::Dimension};

/// A condition on charges. Text is compared without case.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// E.g. `cloud_service`, `region`, `tag:environment`.
    pub dimension: Dimension,
    pub op: FilterOp,
    /// Empty for `is_null` and `not_null`.
    #[serde(default)]
    pub values: Vec<String>,
}

// How a filter compares. What the words say by themselves is not repeated to models.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FilterOp {
    // Equal to one of the values.
    In,
    /// A missing value counts as different.
    NotIn,
    // Contains one of the values.
    Contains,
    /// A missing value counts as different.
    NotContains,
    /// No value, e.g. untagged.
    IsNull,
    // Has a value.
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

/// Keeps the result rows in which an amount compares so. A missing amount keeps no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountCondition {
    /// A column of numbers in the result, e.g. `billed_cost`, `share`, `change`, or `absolute_change`.
    pub column: String,
    pub op: Comparison,
    /// An exact decimal in the column's unit, e.g. `100`; for percent `5` is 5 %.
    #[schemars(with = "String")]
    pub value: Decimal,
    /// What the value stands for.
    #[serde(default, skip_serializing_if = "Against::is_amount")]
    pub of: Against,
}

/// What a value stands for that result rows are kept by.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// An amount of the column.
    #[default]
    Amount,
    /// So many times the mean of the column over all rows: `1` for the mean itself.
    Mean,
}

impl Against {
    /// Whether the value is an amount by itself.
    #[must_use]
    pub fn is_amount(&self) -> bool {
        *self == Self::Amount
    }
}

impl AmountCondition {
    /// A column held against an amount.
    #[must_use]
    pub fn amount(column: impl Into<String>, op: Comparison, value: Decimal) -> Self {
        Self { column: column.into(), op, value, of: Against::Amount }
    }
}

/// Keeps the charge rows whose own amount compares so. A missing amount keeps no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowCondition {
    /// A cost or a quantity, e.g. `billed_cost`.
    pub measure: Measure,
    pub op: Comparison,
    /// An exact decimal, e.g. `0`.
    #[schemars(with = "String")]
    pub value: Decimal,
}

/// How an amount compares with a value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
    NotEqual,
}

impl Comparison {
    /// Every comparison, in a fixed order.
    pub const ALL: [Self; 6] =
        [Self::Above, Self::AtLeast, Self::Below, Self::AtMost, Self::Equal, Self::NotEqual];

    /// The sign that stands between amount and value.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::NotEqual => "<>",
        }
    }

    /// Whether `amount` compares so with `value`.
    #[must_use]
    pub fn holds(self, amount: Decimal, value: Decimal) -> bool {
        match self {
            Self::Above => amount > value,
            Self::AtLeast => amount >= value,
            Self::Below => amount < value,
            Self::AtMost => amount <= value,
            Self::Equal => amount == value,
            Self::NotEqual => amount != value,
        }
    }
}
