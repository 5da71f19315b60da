//! What is asked about shared cost.

use serde::{Deserialize, Serialize};
use wherefore_contract::filter::Filter;

/// Which cost is shared, and by what it is split.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AllocationAsk {
    /// `None` leaves it to the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<SplitBy>,
    /// Which charges are shared; none for all without an owner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<Filter>,
}

/// By what shared cost is split, as the tool spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SplitBy {
    Even,
    Proportional,
    Usage,
    Transactions,
}
