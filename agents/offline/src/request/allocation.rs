//! What is asked about shared cost.

use serde::{Deserialize, Serialize};
use wherefore_contract::{Decimal, filter::Filter};

/// Which cost is shared, and by what it is split.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AllocationAsk {
    /// `None` leaves it to the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<SplitBy>,
    /// What metrics of telemetry it is split by, as the tool spells the signal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
    /// Agreed parts, in the order in which they are said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Which charges are shared; none for all without an owner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Filter>,
}

/// The agreed part of one owner: what stands beside its name in the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub owner: String,
    /// In percent, or as one side of a ratio.
    pub part: Decimal,
}

/// By what shared cost is split, as the tool spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitBy {
    Even,
    Proportional,
    Usage,
    Transactions,
    Fixed,
    Telemetry,
}
