//! A laboratory that was bought with its waste: its own payer, accounts and bills, beside the company's.
//!
//! Each waste has a healthy twin beside it. What could be saved is told for the whole company: from how its
//! usage was made, by a bill of the last month that is made again with every action done.

mod bills;
mod labs;
mod simulate;
mod things;

use std::path::Path;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wherefore_contract::period::Period;

use crate::{
    DemoError,
    company::{Company, random},
};

// The room's stream of random numbers.
const STREAM: u64 = 340;

/// What can be saved in the last month, by how the usage was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavingsTruth {
    /// The month that all amounts are of.
    pub period: Period,
    /// What every action saves, on what the earlier ones leave.
    pub findings: Vec<SavingTruth>,
    /// Resources that look like a waste and are none.
    pub healthy: Vec<String>,
    /// What everything that an action touches cost, without any action.
    #[serde(with = "rust_decimal::serde::str")]
    pub monthly_cost: Decimal,
    /// The same with all actions done.
    #[serde(with = "rust_decimal::serde::str")]
    pub simulated_monthly_cost_after_all_actions: Decimal,
}

/// What one action saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavingTruth {
    /// Which kind of waste, e.g. `idle_nat_gateway`.
    pub check: String,
    /// The resource; for a commitment the usage type.
    pub resource_id: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub monthly_saving: Decimal,
    /// What it cost before the action, and after it.
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_before: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_after: Decimal,
    /// Whether it was planted as a waste; the others came about by chance.
    pub is_planted: bool,
}

/// Writes the laboratory's bills under `dir` and tells what can be saved.
pub(crate) fn plant(dir: &Path, company: &Company, seed: u64) -> Result<SavingsTruth, DemoError> {
    let labs = labs::found(&company.calendar, &mut random(seed, STREAM));
    bills::write(dir, &company.calendar, &labs)?;
    let mut all = things::of_company(company);
    all.extend(labs);
    let fleets: Vec<_> = company.planted.hours.iter().map(|held| held.truth.clone()).collect();
    let calls = company.planted.calls.as_ref().map(|called| &called.truth);
    simulate::truth(&all, &company.calendar, &fleets, calls)
}
