//! Weighs the pools and splits them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::{Allocation, Pool, allocate};

use super::{
    AllocationRules, Fixed, Method, Request,
    read::{PoolKey, Read},
};
use crate::refuse::Refusal;

/// All pools split, and what each owner costs by itself.
#[derive(Debug)]
pub(super) struct Allocated {
    /// The pools in the order of their numbers, which stand for them in the allocation.
    pub(super) pools: Vec<(PoolKey, Decimal, Method)>,
    pub(super) allocation: Allocation,
    pub(super) direct: BTreeMap<String, Decimal>,
    pub(super) shared: BTreeMap<String, Decimal>,
}

impl Allocated {
    pub(super) fn has(&self, owner: &str) -> bool {
        self.direct.contains_key(owner) || self.shared.contains_key(owner)
    }

    /// The pool that a share belongs to.
    pub(super) fn pool(&self, number: &str) -> Option<&(PoolKey, Decimal, Method)> {
        self.pools.get(number.parse::<usize>().ok()?)
    }

    /// Shared cost that nobody could be given.
    pub(super) fn left(&self) -> Decimal {
        let left = self.allocation.left.iter();
        left.fold(Decimal::ZERO, |sum, left| sum.saturating_add(left.amount))
    }
}

pub(super) fn split(
    request: &Request,
    rules: &AllocationRules,
    read: &Read,
) -> Result<Allocated, Refusal> {
    let mut pools = Vec::new();
    let mut weighed = Vec::new();
    for (number, (key, amount)) in read.pools.iter().enumerate() {
        let (method, by, fixed) = basis(request, rules, &key.1);
        let weights = match method {
            Method::Fixed => fixed.iter().map(|one| (one.owner.clone(), one.percent)).collect(),
            Method::Even
            | Method::Proportional
            | Method::Usage
            | Method::Telemetry
            | Method::Transactions => {
                let borne = borne(read, rules.within_provider, &key.0);
                weights(method, by, read, &borne)
            }
        };
        pools.push((key.clone(), *amount, method));
        // A number stands for the pool: its name may stand in several providers' bills.
        weighed.push(Pool {
            name: number.to_string(),
            amount: *amount,
            method: method.into(),
            weights,
        });
    }
    let allocation = allocate(&weighed);
    let shared =
        allocation.by_workload().into_iter().map(|(owner, sum)| (owner.to_owned(), sum)).collect();
    let mut direct: BTreeMap<String, Decimal> = BTreeMap::new();
    for ((owner, _), amount) in &read.direct {
        let sum = direct.entry(owner.clone()).or_default();
        *sum = sum.saturating_add(*amount);
    }
    if allocation.shares.is_empty() {
        return Err(Refusal::Failed(
            "no owner has a weight to split by in this period; choose another method".to_owned(),
        ));
    }
    Ok(Allocated { pools, allocation, direct, shared })
}

// What the call says, or the rule of the pool, or the default.
fn basis<'a>(
    request: &'a Request,
    rules: &'a AllocationRules,
    pool: &str,
) -> (Method, Option<&'a str>, &'a [Fixed]) {
    // The usage type or the metric that the method weighs by.
    let by = |method: Method, usage_type: &'a Option<String>, metric: &'a Option<String>| {
        if method == Method::Telemetry { metric.as_deref() } else { usage_type.as_deref() }
    };
    if let Some(method) = request.method {
        return (method, by(method, &request.usage_type, &request.metric), &request.fixed);
    }
    match rules.of(pool) {
        Some(rule) => (rule.method, by(rule.method, &rule.usage_type, &rule.metric), &rule.fixed),
        None => (rules.method, None, &[]),
    }
}

// Direct cost of those who may bear a provider's pool.
fn borne(read: &Read, within: bool, provider: &str) -> BTreeMap<String, Decimal> {
    let mut owners: BTreeMap<String, Decimal> = BTreeMap::new();
    for ((owner, at), amount) in &read.direct {
        if !within || at == provider {
            let sum = owners.entry(owner.clone()).or_default();
            *sum = sum.saturating_add(*amount);
        }
    }
    owners.retain(|_, amount| *amount > Decimal::ZERO);
    owners
}

fn weights(
    method: Method,
    by: Option<&str>,
    read: &Read,
    borne: &BTreeMap<String, Decimal>,
) -> BTreeMap<String, Decimal> {
    let among = |all: &BTreeMap<String, Decimal>| {
        let held = all.iter().filter(|(owner, _)| borne.contains_key(*owner));
        held.map(|(owner, weight)| (owner.clone(), *weight)).collect()
    };
    match method {
        Method::Even => borne.keys().map(|owner| (owner.clone(), Decimal::ONE)).collect(),
        Method::Proportional | Method::Fixed => borne.clone(),
        Method::Usage => by.and_then(|it| read.usage.get(it)).map(among).unwrap_or_default(),
        Method::Telemetry => by.and_then(|it| read.measured.get(it)).map(among).unwrap_or_default(),
        Method::Transactions => among(&read.transactions),
    }
}
