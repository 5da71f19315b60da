//! Closing identities of cost bases, and how a bill shows its discounts.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cost::Measure;

/// Sums that must agree when a bill is whole and its cost bases are right.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// AWS: effective cost = billed cost - upfront fees + what of them belongs to the period.
    Amortization,
    /// The same after the discounts of net columns.
    NetAmortization,
    /// AWS: usage covered by Savings Plans at On-Demand rates + its negation = 0, in billed cost.
    Negation,
    /// FOCUS: effective cost of a commitment's used and unused part = billed cost of its purchase.
    CommitmentUse,
    /// FOCUS: list cost = list unit price x priced quantity, on usage that corrects nothing.
    ListPrice,
    /// Billed cost of an invoice id = what the invoice says.
    Invoice,
}

impl Identity {
    /// The cost that is wrong where it fails.
    #[must_use]
    pub fn measure(self) -> Measure {
        match self {
            Self::Amortization | Self::CommitmentUse => Measure::EffectiveCost,
            Self::NetAmortization => Measure::NetEffectiveCost,
            Self::Negation | Self::Invoice => Measure::BilledCost,
            Self::ListPrice => Measure::ListCost,
        }
    }

    /// Whether its failure bars that cost. A negation that does not cancel out leaves the invoice what it
    /// is, and single prices that do not multiply out leave the list cost as the provider states it: these
    /// are said beside the figure.
    #[must_use]
    pub fn bars(self) -> bool {
        match self {
            Self::Amortization | Self::NetAmortization | Self::CommitmentUse => true,
            Self::Negation | Self::ListPrice | Self::Invoice => false,
        }
    }

    /// As answers and tables spell it, e.g. `amortization`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amortization => "amortization",
            Self::NetAmortization => "net_amortization",
            Self::Negation => "negation",
            Self::CommitmentUse => "commitment_use",
            Self::ListPrice => "list_price",
            Self::Invoice => "invoice",
        }
    }
}

/// How an identity came out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IdentityResult {
    /// Both sides agree within the tolerance.
    Holds,
    Failed,
    /// The columns or rows that it needs are absent.
    Unchecked,
}

impl IdentityResult {
    /// As tables spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Failed => "failed",
            Self::Unchecked => "unchecked",
        }
    }
}

/// An identity over one billing period of one provider and billing account. Amounts are exact decimals as text;
/// they are absent where it could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct IdentityState {
    pub provider: String,
    pub billing_account: String,
    /// First day of the billing period, e.g. `2024-09-01`.
    #[schemars(with = "String")]
    pub billing_period: Date,
    pub identity: Identity,
    /// Empty where the bill names none.
    pub currency: String,
    pub result: IdentityResult,
    /// Commitments or rows that came out so; 1 where the identity is of the whole bill.
    pub checks: u64,
    pub left: Option<String>,
    pub right: Option<String>,
    pub difference: Option<String>,
    pub tolerance: Option<String>,
    /// Why it could not be checked, or what failed.
    pub reason: String,
}

/// Where a bill keeps its discounts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DiscountLayout {
    /// FOCUS: billed and effective cost are after every discount, so that net and gross of discounts are one.
    InTheCosts,
    /// AWS: net columns beside the gross ones.
    NetColumns,
    /// AWS: negative rows of their own (`EdpDiscount` and its kind), so that sums are net and single rows gross.
    SeparateRows,
    /// AWS: both at once.
    ColumnsAndRows,
    /// AWS: no discount is shown; net columns are absent or empty.
    NotShown,
}

impl DiscountLayout {
    /// As tables spell it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InTheCosts => "in_the_costs",
            Self::NetColumns => "net_columns",
            Self::SeparateRows => "separate_rows",
            Self::ColumnsAndRows => "columns_and_rows",
            Self::NotShown => "not_shown",
        }
    }
}

/// Where one billing period of one provider and billing account keeps its discounts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DiscountState {
    pub provider: String,
    pub billing_account: String,
    /// First day of the billing period.
    #[schemars(with = "String")]
    pub billing_period: Date,
    pub layout: DiscountLayout,
}
