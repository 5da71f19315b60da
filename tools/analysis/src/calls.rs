//! What calls of an interface cost, which clients make them, and which of them call too much.
//!
//! A client's calls are held against the transactions of its workload: more calls for the same business are
//! what can be saved, more business is not. A client stands out when its calls per transaction rose since
//! the period before, or when they are a multiple of what its peers make of the same operation.

mod meters;
mod rules;

#[cfg(test)]
mod tests;

use rust_decimal::{
    Decimal,
    prelude::{FromPrimitive, ToPrimitive},
};

pub use self::{
    meters::{CallMeter, CallMeters},
    rules::CallRules,
};
use crate::seasonality::quantile;

/// Digits of calls per transaction, which are statistics.
const DIGITS: u32 = 6;

/// Calls of one client and operation on one day, and the transactions of its workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfCalls {
    pub calls: Decimal,
    /// `None` where they are not counted.
    pub transactions: Option<Decimal>,
}

/// One client of an operation in the period and in the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub now: Vec<DayOfCalls>,
    pub before: Vec<DayOfCalls>,
    /// Calls per transaction of the other clients of the operation.
    pub peers: Vec<Decimal>,
}

/// Why a client stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Its calls per transaction rose.
    Rose,
    /// They are a multiple of its peers'.
    AbovePeers,
}

impl Excess {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rose => "rose",
            Self::AbovePeers => "above_peers",
        }
    }
}

/// What is found of one client. Rates are per transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub calls: Decimal,
    pub per_transaction: Option<Decimal>,
    pub per_transaction_before: Option<Decimal>,
    /// Times the median of its peers.
    pub times_peers: Option<Decimal>,
    pub excess: Option<Excess>,
    /// The part of its calls above what it made before, or above its peers; with the ends of its range.
    pub avoidable: Option<Range>,
}

/// A part from 0 to 1 with its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub low: Decimal,
    pub expected: Decimal,
    pub high: Decimal,
}

/// Calls per transaction over some days; `None` without transactions on all of them.
#[must_use]
pub fn per_transaction(days: &[DayOfCalls]) -> Option<Decimal> {
    let calls: Decimal = days.iter().map(|day| day.calls).sum();
    let served: Option<Decimal> = days.iter().map(|day| day.transactions).sum();
    let rate =
        calls.checked_div(served.filter(|served| !days.is_empty() && *served > Decimal::ZERO)?);
    rate.map(|rate| rate.round_dp(DIGITS))
}

/// Judges one client of an operation.
#[must_use]
pub fn judge_client(client: &Client, rules: &CallRules) -> Found {
    let now = per_transaction(&client.now);
    let before = per_transaction(&client.before).filter(|rate| *rate > Decimal::ZERO);
    let peers: Vec<f64> = client.peers.iter().filter_map(ToPrimitive::to_f64).collect();
    let median = quantile(&peers, 0.5)
        .filter(|median| peers.len() >= rules.min_peers && *median > 0.0)
        .and_then(Decimal::from_f64);
    let over = |of: Option<Decimal>| now.and_then(|now| now.checked_div(of?));
    let above = |times: Option<Decimal>, bound: f64| {
        times.is_some_and(|times| Decimal::from_f64(bound).is_some_and(|bound| times >= bound))
    };
    let times_peers = over(median).map(|times| times.round_dp(DIGITS));
    let excess = if above(over(before), 1.0 + rules.min_rise) {
        Some(Excess::Rose)
    } else {
        above(times_peers, rules.peer_multiple).then_some(Excess::AbovePeers)
    };
    let avoidable = excess.zip(now).and_then(|(excess, now)| match excess {
        Excess::Rose => Some(back_to_before(client, now, before?, rules)),
        // Peers differ in size: down to the bound is the least, down to the median the most.
        Excess::AbovePeers => {
            let bound = median?.checked_mul(Decimal::from_f64(rules.peer_multiple)?)?;
            let (low, high) = (above_of(now, bound), above_of(now, median?));
            Some(Range { low, expected: (low + high) / Decimal::TWO, high })
        }
    });
    Found {
        calls: client.now.iter().map(|day| day.calls).sum(),
        per_transaction: now,
        per_transaction_before: before,
        times_peers,
        excess,
        avoidable,
    }
}

// The part of a rate that lies above another.
fn above_of(now: Decimal, other: Decimal) -> Decimal {
    let part = (now - other).max(Decimal::ZERO).checked_div(now);
    part.unwrap_or_default().round_dp(DIGITS)
}

// Back to the rate before; the range is how that rate differed from day to day.
fn back_to_before(client: &Client, now: Decimal, before: Decimal, rules: &CallRules) -> Range {
    let daily: Vec<f64> = client
        .before
        .iter()
        .filter_map(|day| per_transaction(std::slice::from_ref(day))?.to_f64())
        .collect();
    let end = |share: f64| {
        let rate = quantile(&daily, share).and_then(Decimal::from_f64).unwrap_or(before);
        above_of(now, rate)
    };
    let expected = above_of(now, before);
    Range {
        low: end(1.0 - rules.low_quantile).min(expected),
        expected,
        high: end(rules.low_quantile).max(expected),
    }
}
