//! What a question about commitments names beside its period and its charges.

use serde::{Deserialize, Serialize};
use wherefore_contract::Decimal;

/// Terms, amounts and offers that the question names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct CommitmentAsk {
    /// Part of an offer's name, e.g. `savings plan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// 12 or 36.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// What is committed an hour, in the currency of the bill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hourly_commitment: Option<Decimal>,
    /// In percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utilization: Option<Decimal>,
    /// When commitments have paid for themselves is asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub break_even: bool,
    /// When commitments end is asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
    /// Of the ends, those in this stretch from the day of asking on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<Ahead>,
    /// Whether commitments can still be given back is asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub returns: bool,
    /// The figures of each commitment are asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub each: bool,
    /// The figures of each month are asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_month: bool,
}

/// A stretch of time that begins on the day of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    Days(u32),
    Months(u32),
}

/// When a commitment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    NoUpfront,
    PartialUpfront,
    AllUpfront,
}
