//! Accounts that hold commitments, with a payer and an hourly AWS cost report of their own: a savings plan that is
//! well used beside a load that nothing covers, a reservation that is half idle, one that ends soon, and tables with
//! provisioned throughput.
//!
//! What each commitment did is told from how its hours were drawn, and the best further commitment by trying every
//! load that occurs.

mod draw;
mod told;
mod write;

use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wherefore_contract::period::Period;

use crate::{
    DemoError,
    company::{Company, random},
};

// The room's stream of random numbers.
const STREAM: u64 = 390;

/// What commitments did in the last month, and what should be committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentsTruth {
    /// The last month.
    pub period: Period,
    pub held: Vec<HeldTruth>,
    pub load: LoadTruth,
    pub throughput: ThroughputTruth,
}

/// What one commitment did. Costs are US dollars of the last month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldTruth {
    /// `well_used`, `half_idle` or `ends_soon`.
    pub role: String,
    pub commitment: String,
    pub sub_account: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub commitment_cost: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub unused_cost: Decimal,
    /// What it covered, at on-demand prices.
    #[serde(with = "rust_decimal::serde::str")]
    pub on_demand_cost: Decimal,
    /// Of a reservation.
    #[serde(with = "rust_decimal::serde::str_option")]
    pub used_hours: Option<Decimal>,
    #[serde(with = "rust_decimal::serde::str_option")]
    pub unused_hours: Option<Decimal>,
    /// The first day on which it is no more.
    pub ends_on: Date,
}

/// The load that nothing covers, over the last ninety days, and the best commitment for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadTruth {
    pub sub_account: String,
    /// What the savings plan of the account takes off on-demand prices, as a part of one.
    #[serde(with = "rust_decimal::serde::str")]
    pub discount: Decimal,
    /// US dollars an hour; of all amounts that an hour's load names the one that saves most.
    #[serde(with = "rust_decimal::serde::str")]
    pub hourly_commitment: Decimal,
    /// In a month of 730 hours.
    #[serde(with = "rust_decimal::serde::str")]
    pub monthly_saving: Decimal,
}

/// Tables with provisioned throughput.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThroughputTruth {
    pub sub_account: String,
    pub usage: Vec<UnitsTruth>,
}

/// Throughput of one kind in one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsTruth {
    pub usage_type: String,
    pub region: String,
    /// Units that can be reserved: what at most a twentieth of the hours need less of, in whole blocks of a hundred;
    /// none where fewer than 95 of a hundred hours need any.
    pub units: i64,
}

/// Writes the accounts' cost reports under `dir` and tells what their commitments did.
pub(crate) fn plant(
    dir: &Path,
    company: &Company,
    seed: u64,
) -> Result<CommitmentsTruth, DemoError> {
    let estate = draw::estate(&company.calendar, &mut random(seed, STREAM));
    write::reports(dir, &estate)?;
    told::truth(&estate)
}
