//! Shared cost given to workloads: every part of every pool traceable, and their sum the pool exactly.
//!
//! A pool is split by weights. Quotas are cut to the last digit that the pool itself has (cents at
//! the coarsest), and the digits that cutting leaves go one by one to the largest remainders
//! (Hamilton's method; Balinski and Young, "Fair Representation", 1982), ties by name. The methods
//! are those of the FinOps Framework's shared-cost guidance: even, fixed and proportional split,
//! the last by direct cost, by metered usage, or by a count of telemetry such as transactions.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// By what a pool is split.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The same to each workload.
    Even,
    /// Shares that somebody has agreed on.
    Fixed,
    /// In proportion to direct cost.
    #[default]
    Proportional,
    /// In proportion to a metered quantity.
    Usage,
    /// In proportion to transactions.
    Transactions,
    /// In proportion to what telemetry measured.
    Telemetry,
}

impl Method {
    /// The word in answers, e.g. `proportional`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Fixed => "fixed",
            Self::Proportional => "proportional",
            Self::Usage => "usage",
            Self::Transactions => "transactions",
            Self::Telemetry => "telemetry",
        }
    }
}

/// Shared cost that is split as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    pub name: String,
    /// Negative for credits.
    pub amount: Decimal,
    pub method: Method,
    /// The weight of each workload; those below or at zero take no part.
    pub weights: BTreeMap<String, Decimal>,
}

/// What one workload bears of one pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub pool: String,
    pub workload: String,
    pub method: Method,
    pub weight: Decimal,
    /// Its part of all weights, in percent, rounded to six decimals.
    pub percent: Decimal,
    pub amount: Decimal,
}

/// A pool that nobody can bear: no workload has a weight, or the digits do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub pool: String,
    pub method: Method,
    pub amount: Decimal,
}

/// All pools, split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allocation {
    /// In the order of the pools, then of the workloads' names.
    pub shares: Vec<Share>,
    pub left: Vec<Left>,
}

/// Amounts are split to cents, or as finely as the pool itself is written.
const COARSEST: u32 = 2;
const PERCENT_SCALE: u32 = 6;

/// Splits every pool by its weights.
///
/// The shares of a pool sum to its amount exactly; a pool that cannot be split is `left` whole.
#[must_use]
pub fn allocate(pools: &[Pool]) -> Allocation {
    let mut all = Allocation::default();
    for pool in pools {
        match split(pool) {
            Some(shares) => all.shares.extend(shares),
            None => all.left.push(Left {
                pool: pool.name.clone(),
                method: pool.method,
                amount: pool.amount,
            }),
        }
    }
    all
}

impl Allocation {
    /// What each workload bears of all pools.
    #[must_use]
    pub fn by_workload(&self) -> BTreeMap<&str, Decimal> {
        let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
        for share in &self.shares {
            let sum = sums.entry(&share.workload).or_default();
            *sum = sum.saturating_add(share.amount);
        }
        sums
    }
}

fn split(pool: &Pool) -> Option<Vec<Share>> {
    let weights: Vec<(&String, Decimal)> = pool
        .weights
        .iter()
        .map(|(workload, weight)| (workload, *weight))
        .filter(|(_, weight)| *weight > Decimal::ZERO)
        .collect();
    let whole =
        weights.iter().try_fold(Decimal::ZERO, |sum, (_, weight)| sum.checked_add(*weight))?;
    if whole.is_zero() {
        return None;
    }
    let percent = |weight: Decimal| {
        let share = weight.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?;
        Some(share.round_dp(PERCENT_SCALE))
    };
    let amounts = largest_remainders(pool.amount, &weights, whole)?;
    let shares = weights.iter().zip(amounts).map(|((workload, weight), amount)| {
        Some(Share {
            pool: pool.name.clone(),
            workload: (*workload).clone(),
            method: pool.method,
            weight: *weight,
            percent: percent(*weight)?,
            amount,
        })
    });
    shares.collect()
}

// One amount a weight, in their order.
fn largest_remainders(
    amount: Decimal,
    weights: &[(&String, Decimal)],
    whole: Decimal,
) -> Option<Vec<Decimal>> {
    let amount = amount.normalize();
    let scale = amount.scale().max(COARSEST);
    let digit = Decimal::new(1, scale);
    let size = amount.abs();
    let mut parts: Vec<(Decimal, Decimal)> = Vec::with_capacity(weights.len());
    for (_, weight) in weights {
        // The share before the product: a weight may be as large as a count of requests.
        let quota = size.checked_mul(weight.checked_div(whole)?)?;
        let cut = quota.trunc_with_scale(scale);
        parts.push((cut, quota.checked_sub(cut)?));
    }
    let given = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.0))?;
    let mut left = size.checked_sub(given)?;
    let mut places: Vec<usize> = (0..parts.len()).collect();
    // Stable: equal remainders stay in the order of their names.
    places.sort_by(|one, other| {
        let remainder = |place: &usize| parts.get(*place).map(|part| part.1);
        remainder(other).cmp(&remainder(one))
    });
    let sign = if amount.is_sign_negative() { -digit } else { digit };
    let mut amounts: Vec<Decimal> =
        parts.iter().map(|part| if amount.is_sign_negative() { -part.0 } else { part.0 }).collect();
    // Fewer digits are left than there are weights, but for the last digits of the quotients.
    for place in places.iter().cycle() {
        if left < digit {
            break;
        }
        let part = amounts.get_mut(*place)?;
        *part = part.checked_add(sign)?;
        left = left.checked_sub(digit)?;
    }
    // Quotients rounded up may give a digit too much: the largest bears it.
    if !left.is_zero() {
        let largest = amounts.iter_mut().max_by(|one, other| one.abs().cmp(&other.abs()))?;
        let signed = if amount.is_sign_negative() { -left } else { left };
        *largest = largest.checked_add(signed)?;
    }
    Some(amounts)
}
