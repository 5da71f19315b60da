//! The exact split of a change in cost and in unit cost into volume, intensity, mix and price.
//!
//! Per kind of usage (cloud service, usage family, unit): `C = T * I * sum(s_i * p_i)` with
//! transactions `T`, intensity `I = Q / T`, mix `s_i = q_i / Q` and effective price
//! `p_i = c_i / q_i`. `amount` is the four-factor Shapley value of each factor on the cost;
//! `unit_amount` is the three-factor one (`I`, `s`, `p`) on the unit cost `U = C / T`.
//!
//! `T` is no factor of `U`, so a fixed cost under falling traffic would read as intensity. Usage
//! that lies between standing still and following the transactions is what traffic explains:
//! that part of the intensity's effect on the unit cost is `volume`. Only usage that outruns the
//! transactions, or moves against them, is `intensity`.
//!
//! Mix is a property of a blend, not of a line, so it is one row per kind, named by the usage
//! type that gained the largest share of the quantity. Lines that appear or vanish without
//! displacing others of their kind are `new` and `gone`.
//!
//! What of commitments nobody used is a price without usage: its lines are `price` as a whole.
//! [`split_prices`] tells which part of each price effect is the list price, the negotiated
//! discount, commitments, and waste.
//!
//! Closing: amounts are rounded to twelve decimals and unit amounts to eighteen; what rounding
//! leaves goes to the largest effect of the same line, so rows sum exactly. What no effect can
//! explain (a cost without quantity that changed its sign, digits that do not fit) is `residual`.
//! A decimal holds 28 digits: with costs of eighteen decimals sums are exact up to ten billion.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

mod bennet;
mod close;
mod effects;
mod group;
mod prices;
mod shapley;
#[cfg(test)]
mod tests;

pub use bennet::{BennetLine, bennet};
pub use group::usage_family;
pub use prices::{LinePrices, PriceParts, PriceRow, split_prices};

/// Cost and usage of one kind of charge in both periods, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeLine {
    pub cloud_service: String,
    pub usage_type: String,
    /// What the quantities count, e.g. `Hrs`.
    pub unit: String,
    /// False for credits, refunds, tax, upfront fees and support.
    pub operating: bool,
    /// What of commitments nobody used: paid for without usage, so that all its change is price.
    pub unused: bool,
    pub cost_from: Decimal,
    pub cost_to: Decimal,
    /// `None` where the bill gives no quantity.
    pub quantity_from: Option<Decimal>,
    pub quantity_to: Option<Decimal>,
}

/// Transactions of both periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transactions {
    pub from: Decimal,
    pub to: Decimal,
}

/// Why a cost or unit cost moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// More or fewer transactions.
    Volume,
    /// More or less usage per transaction; without transactions, more or less usage.
    Intensity,
    /// A dearer or cheaper blend of usage.
    Mix,
    /// Dearer or cheaper usage.
    Price,
    /// Charges that the earlier period did not have.
    New,
    /// Charges that the later period does not have.
    Gone,
    /// Credits, refunds, tax, upfront fees and support.
    NonOperating,
    /// What no effect explains.
    Residual,
}

impl Effect {
    /// The word in answers, e.g. `non_operating`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Intensity => "intensity",
            Self::Mix => "mix",
            Self::Price => "price",
            Self::New => "new",
            Self::Gone => "gone",
            Self::NonOperating => "non_operating",
            Self::Residual => "residual",
        }
    }
}

/// One line of the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgeRow {
    pub effect: Effect,
    /// Empty in a residual that belongs to no line.
    pub cloud_service: String,
    pub usage_type: String,
    /// The part of the change in cost.
    pub amount: Decimal,
    /// The part of the change in unit cost; `None` when there are no transactions.
    pub unit_amount: Option<Decimal>,
}

/// The line with the largest share of the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MainCause {
    pub effect: Effect,
    pub cloud_service: String,
    pub usage_type: String,
    /// Share of the change in operating unit cost (of the operating cost without transactions),
    /// rounded to six decimals: `0.62` for 62 %. Over 1 where other lines pull the other way.
    pub share: Decimal,
}

/// A change in cost, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bridge {
    /// Largest effect on the unit cost (on the cost without transactions) first.
    pub rows: Vec<BridgeRow>,
    /// Operating cost.
    pub cost_from: Decimal,
    pub cost_to: Decimal,
    /// Operating and non-operating cost.
    pub cost_total_from: Decimal,
    pub cost_total_to: Decimal,
    /// Operating cost over transactions, rounded to eighteen decimals.
    pub unit_cost_from: Option<Decimal>,
    pub unit_cost_to: Option<Decimal>,
    /// The same with non-operating cost.
    pub unit_cost_total_from: Option<Decimal>,
    pub unit_cost_total_to: Option<Decimal>,
    /// Sum of the residual rows' amounts: zero, but for the cases the module names.
    pub residual: Decimal,
    /// `None` when no operating line moved.
    pub main_cause: Option<MainCause>,
}

/// Decimals that unit costs and unit amounts are rounded to.
pub const UNIT_SCALE: u32 = 18;

/// Splits the change in cost between two periods, and in unit cost where both have transactions.
///
/// Rows sum exactly to `cost_total_to - cost_total_from` and to `unit_cost_total_to -
/// unit_cost_total_from`; operating rows to the operating changes. Lines of one key are added up.
/// Zero or negative transactions count as none.
#[must_use]
pub fn build_bridge(lines: &[BridgeLine], transactions: Option<Transactions>) -> Bridge {
    let transactions =
        transactions.filter(|count| count.from > Decimal::ZERO && count.to > Decimal::ZERO);
    let lines = merge(lines);
    let (operating, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.operating);
    let mut rows = effects::operating_rows(&operating, transactions);
    rows.extend(others.iter().map(|line| effects::whole(Effect::NonOperating, line, transactions)));
    close::finish(rows, &operating, &others, transactions)
}

// Adds up lines of one key, in the order of the keys.
fn merge(lines: &[BridgeLine]) -> Vec<BridgeLine> {
    let mut merged: BTreeMap<(&str, &str, &str, bool, bool), BridgeLine> = BTreeMap::new();
    for line in lines {
        let usage = (&*line.cloud_service, &*line.usage_type, &*line.unit);
        let key = (usage.0, usage.1, usage.2, line.operating, line.unused);
        match merged.get_mut(&key) {
            None => {
                merged.insert(key, line.clone());
            }
            Some(sum) => sum.absorb(line),
        }
    }
    merged.into_values().collect()
}

impl BridgeLine {
    /// Adds up costs and quantities of a line of the same key.
    fn absorb(&mut self, other: &Self) {
        self.cost_from = self.cost_from.saturating_add(other.cost_from);
        self.cost_to = self.cost_to.saturating_add(other.cost_to);
        self.quantity_from = add(self.quantity_from, other.quantity_from);
        self.quantity_to = add(self.quantity_to, other.quantity_to);
    }
}

fn add(left: Option<Decimal>, right: Option<Decimal>) -> Option<Decimal> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.saturating_add(right)),
        (one, None) | (None, one) => one,
    }
}
