//! What can be saved: checks over the lines of a bill, and a plan in which no dollar is saved twice.
//!
//! Checks propose [`Candidate`]s: an action on some lines, and the share of their cost that goes. Candidates
//! may come from other sources too (schedules from transactions, calls of clients, telemetry). The plan applies them in the order of [`Action`], each to the
//! cost that the ones before it left.

mod checks;
mod committed;
mod estate;
mod left;
mod outside;
mod plan;
mod rules;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

pub use checks::telemetry::{Backing, Judged, Measured, Telemetry, Withdrawn, measure};
pub use checks::{Examined, Looked, Reach, check};
pub use committed::{Bought, Machines, Market};
pub use estate::{Estate, UsageLine, merged};
pub use outside::{calls, scaling};
pub use plan::{Plan, Planned, Saving, plan};
pub use rules::{
    Action, Check, Environments, Find, Level, Limit, Rightsize, Rules, RulesError, Settings,
};

/// Digits after the point that are kept of amounts.
pub const SCALE: u32 = 10;

/// Parts of a cost, from 0 to 1: the least, the expected and the most that an action saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub low: Decimal,
    pub expected: Decimal,
    pub high: Decimal,
}

impl Share {
    /// All of it, certainly.
    pub const WHOLE: Self = Self { low: Decimal::ONE, expected: Decimal::ONE, high: Decimal::ONE };

    /// One known part.
    #[must_use]
    pub fn exactly(part: Decimal) -> Self {
        Self { low: part, expected: part, high: part }
    }
}

/// What a share rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// What the bill itself charges: the cost that goes, or the rate of what takes its place.
    OwnRate,
    /// A ratio that is published, as the rule says.
    Published,
}

impl Basis {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OwnRate => "own_rate",
            Self::Published => "published",
        }
    }
}

/// What an action does to the lines it acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This share of their cost goes.
    Part(Share),
    /// This share of what they cost before the first of several such proposals of the check goes: each takes its own
    /// part of the same cost.
    Slice(Share),
}

impl Effect {
    /// The share that goes.
    #[must_use]
    pub fn share(self) -> Share {
        match self {
            Self::Part(share) | Self::Slice(share) => share,
        }
    }
}

/// How the lines of a proposal run once it is done: what commitments find.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum After {
    /// At the same hours.
    #[default]
    Same,
    /// As this usage type.
    As(String),
    /// So much of each hour of the week, from Monday midnight (UTC): 168 parts from 0 to 1.
    Hours(Vec<Decimal>),
}

/// One thing that could be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Id of the rule.
    pub check: String,
    pub action: Action,
    /// What it is done to; for commitments the family of machines, or the offer where it spans several.
    pub resource_id: String,
    /// Places of the lines in [`Estate::lines`]; the first tells service and account.
    pub lines: Vec<usize>,
    pub effect: Effect,
    pub basis: Basis,
    pub after: After,
}
