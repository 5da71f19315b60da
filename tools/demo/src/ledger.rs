//! What the written charges sum to: the truths are read from here, not from the product's code.

use std::collections::BTreeMap;

use crate::{
    catalog::Provider,
    money::{Amount, Quantity},
};

/// Whose line it is, and of which month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineKey {
    pub(crate) workload: usize,
    /// First day of the month of the charge period.
    pub(crate) month_start: usize,
    pub(crate) cloud_service: &'static str,
    pub(crate) usage_type: String,
    pub(crate) unit: &'static str,
}

/// Sums over the rows of one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) billed: Amount,
    pub(crate) effective: Amount,
    pub(crate) list: Amount,
    pub(crate) rows: u64,
}

/// Sums of every written charge.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Effective cost and quantity of the tagged usage of workloads.
    pub(crate) lines: BTreeMap<LineKey, (Amount, Quantity)>,
    /// Effective cost of tagged credits and refunds, by workload and month.
    pub(crate) beside: BTreeMap<(usize, usize), Amount>,
    /// By provider and first day of the billing period.
    pub(crate) bills: BTreeMap<(Provider, usize), Sums>,
}

impl Ledger {
    pub(crate) fn add_line(&mut self, key: LineKey, effective: Amount, quantity: Quantity) {
        let (cost, sum) = self.lines.entry(key).or_default();
        *cost += effective;
        sum.0 += quantity.0;
    }

    /// Lines of one workload and month.
    pub(crate) fn of(
        &self,
        workload: usize,
        month_start: usize,
    ) -> impl Iterator<Item = (&LineKey, &(Amount, Quantity))> {
        let is_it = move |key: &LineKey| key.workload == workload && key.month_start == month_start;
        self.lines.iter().filter(move |(key, _)| is_it(key))
    }

    pub(crate) fn rows(&self) -> u64 {
        self.bills.values().map(|sums| sums.rows).sum()
    }
}
