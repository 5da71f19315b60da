//! Typed cost questions. Code compiles them to SQL; a model never writes SQL.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{dimension::Dimension, filter::Filter, period::Period, unit::Unit};

/// What is measured, written as one word, or `distinct:DIMENSION`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub enum Measure {
    /// What the invoice says (FOCUS `BilledCost`).
    BilledCost,
    /// Amortised cost after discounts (FOCUS `EffectiveCost`).
    EffectiveCost,
    /// Before any discount (FOCUS `ListCost`).
    ListCost,
    /// At negotiated rates (FOCUS `ContractedCost`).
    ContractedCost,
    /// Usage in the consumed unit (FOCUS `ConsumedQuantity`); group it by `consumed_unit`.
    ConsumedQuantity,
    /// Usage in the unit that is priced (FOCUS `PricingQuantity`); group it by `pricing_unit`.
    PricingQuantity,
    /// Number of charge rows.
    Rows,
    /// Number of different values of a dimension.
    Distinct(Dimension),
    /// Start of the first charge.
    FirstCharge,
    /// Start of the last charge.
    LastCharge,
    /// Transactions that workloads served.
    Transactions,
    /// Effective cost over transactions. Can be grouped by time and workload, and its cost by anything.
    UnitCost,
}

impl Measure {
    const PLAIN: &'static [(Self, &'static str)] = &[
        (Self::BilledCost, "billed_cost"),
        (Self::EffectiveCost, "effective_cost"),
        (Self::ListCost, "list_cost"),
        (Self::ContractedCost, "contracted_cost"),
        (Self::ConsumedQuantity, "consumed_quantity"),
        (Self::PricingQuantity, "pricing_quantity"),
        (Self::Rows, "rows"),
        (Self::FirstCharge, "first_charge"),
        (Self::LastCharge, "last_charge"),
        (Self::Transactions, "transactions"),
        (Self::UnitCost, "unit_cost"),
    ];

    /// The name of the result column. `distinct:sub_account` becomes `distinct_sub_account`.
    #[must_use]
    pub fn column_name(&self) -> String {
        self.to_string().replace([':', '-', ' '], "_")
    }

    /// Whether this is money of charge rows: one of the four FOCUS cost metrics.
    #[must_use]
    pub fn is_cost(&self) -> bool {
        matches!(
            self,
            Self::BilledCost | Self::EffectiveCost | Self::ListCost | Self::ContractedCost
        )
    }

    /// The unit when it does not depend on the rows; costs and quantities take theirs from the data.
    #[must_use]
    pub fn fixed_unit(&self) -> Option<Unit> {
        match self {
            Self::Rows => Some(Unit::Count("rows".into())),
            Self::Distinct(_) => Some(Unit::Count("distinct".into())),
            Self::Transactions => Some(Unit::Count("transactions".into())),
            Self::BilledCost
            | Self::EffectiveCost
            | Self::ListCost
            | Self::ContractedCost
            | Self::ConsumedQuantity
            | Self::PricingQuantity
            | Self::FirstCharge
            | Self::LastCharge
            | Self::UnitCost => None,
        }
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Self::Distinct(dimension) = self {
            return write!(out, "distinct:{dimension}");
        }
        let name =
            Self::PLAIN.iter().find(|(measure, _)| measure == self).map_or("", |(_, name)| name);
        out.write_str(name)
    }
}

/// No measure has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no measure is called `{name}`; use billed_cost, effective_cost, list_cost, contracted_cost, consumed_quantity, pricing_quantity, rows, distinct:DIMENSION, first_charge, last_charge, transactions or unit_cost"
)]
pub struct UnknownMeasure {
    pub name: String,
}

impl std::str::FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownMeasure { name: text.to_owned() };
        if let Some(dimension) = text.strip_prefix("distinct:") {
            return dimension.parse().map(Self::Distinct).map_err(|_| unknown());
        }
        Self::PLAIN
            .iter()
            .find(|(_, name)| *name == text)
            .map(|(measure, _)| measure.clone())
            .ok_or_else(unknown)
    }
}

impl From<Measure> for String {
    fn from(measure: Measure) -> Self {
        measure.to_string()
    }
}

impl TryFrom<String> for Measure {
    type Error = UnknownMeasure;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Measures over charges of one period, grouped, filtered, ordered and cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostQuery {
    /// At least one, e.g. `["billed_cost"]`.
    pub measures: Vec<Measure>,
    /// What to group by, e.g. `["month", "cloud_service"]`. Empty for one total.
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    /// Conditions that must all hold.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// Charges that start in this period; leave out for everything that is loaded.
    #[serde(default)]
    pub period: Option<Period>,
    /// Whether `period` is compared with the charge period (default) or the billing period.
    #[serde(default)]
    pub period_basis: PeriodBasis,
    /// How rows are ordered. By default grains of time ascend, then the first measure descends.
    #[serde(default)]
    pub order: Vec<Order>,
    /// Keeps the first N rows after ordering.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Adds, for the first measure, each row's share of the whole before the cut, in percent.
    #[serde(default)]
    pub share: bool,
    /// Adds, for the first measure, the running share down the order, in percent.
    #[serde(default)]
    pub cumulative: bool,
}

/// Which period of a charge a query's period is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodBasis {
    /// When the charge applies.
    #[default]
    Charge,
    /// The invoice's month.
    Billing,
}

/// One key of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// A result column, e.g. `billed_cost`, `month`, `change`.
    pub by: String,
    #[serde(default)]
    pub direction: Direction,
}

/// Which end comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Descending,
    Ascending,
}

/// The same measures in two periods, side by side, with the change of the first measure.
///
// Result columns: the dimensions, then for every measure m `m_from` and `m_to`, then `change` and
// `change_percent` of the first measure (`change_percent` is empty where `from` is zero).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareQuery {
    /// At least one cost, quantity, `rows` or `transactions`.
    pub measures: Vec<Measure>,
    #[serde(default)]
    pub dimensions: Vec<Dimension>,
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// The earlier period.
    pub from: Period,
    /// The later period.
    pub to: Period,
    /// By default the change of the first measure, largest rise first.
    #[serde(default)]
    pub order: Vec<Order>,
    #[serde(default)]
    pub limit: Option<u32>,
}

impl CostQuery {
    /// One measure over everything that is loaded, ungrouped: the start of most queries.
    #[must_use]
    pub fn total(measure: Measure) -> Self {
        Self {
            measures: vec![measure],
            dimensions: Vec::new(),
            filters: Vec::new(),
            period: None,
            period_basis: PeriodBasis::Charge,
            order: Vec::new(),
            limit: None,
            share: false,
            cumulative: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_reads_back_as_it_was_written() {
        for (measure, name) in Measure::PLAIN {
            assert_eq!(name.parse::<Measure>().unwrap(), *measure);
            assert_eq!(measure.to_string(), *name);
        }
        let distinct: Measure = "distinct:sub_account".parse().unwrap();
        assert_eq!(distinct.column_name(), "distinct_sub_account");
        assert!("distinct:nothing".parse::<Measure>().is_err());
    }
}
