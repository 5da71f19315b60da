//! What can be measured over charges and transactions.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    dimension::{Dimension, Grain},
    unit::Unit,
};

/// What is measured, written as one word, `distinct:DIMENSION`, `max:COST`, `min:COST`, `mean:COST`, `median:COST`,
/// `lacking:COST`, `gross:COST`, `credit:COST`, `usage:COST`, `tax:COST`, `purchase:COST`, `adjustment:COST`,
/// `saved:COST:COST` or `discount:COST:COST`.
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
    /// Billed cost after the discounts that AWS reports in net columns (`x_NetBilledCost`).
    NetBilledCost,
    /// Effective cost after the discounts that AWS reports in net columns (`x_NetEffectiveCost`).
    NetEffectiveCost,
    /// Usage in the consumed unit (FOCUS `ConsumedQuantity`); group it by `consumed_unit`.
    ConsumedQuantity,
    /// Usage in the unit that is priced (FOCUS `PricingQuantity`); group it by `pricing_unit`.
    PricingQuantity,
    /// What commitments were used for or left idle, in their own unit (FOCUS `CommitmentDiscountQuantity`);
    /// group it by `commitment_discount_unit` and `commitment_discount_status`.
    CommitmentQuantity,
    /// Number of charge rows.
    Rows,
    /// Number of different values of a dimension.
    Distinct(Dimension),
    /// Start of the first charge.
    FirstCharge,
    /// Start of the last charge.
    LastCharge,
    /// End of the last charge: from then on nothing is charged.
    ChargedUntil,
    /// Day of the first charge.
    FirstDay,
    /// Day of the last charge.
    LastDay,
    /// Transactions that workloads served.
    Transactions,
    /// Effective cost over transactions. Can be grouped by time and workload, and its cost by anything.
    UnitCost,
    /// A cost over the priced quantity: a ratio of sums, for each pricing unit.
    UnitPrice(CostMetric),
    /// The largest, the smallest, the mean or the median cost of single charge rows.
    OfRow(Statistic, CostMetric),
    /// A dearer cost less a cheaper one: what discounts saved.
    Saved(CostMetric, CostMetric),
    /// By how much a cheaper cost lies below a dearer one, in percent of the dearer one.
    Discount(CostMetric, CostMetric),
    /// Charge rows without an amount of this cost.
    Lacking(CostMetric),
    /// The cost of one kind of charges alone, beside the others in one row; zero where a row has none of it.
    OfKind(ChargeKind, CostMetric),
    /// Effective cost of commitments (reservations, savings plans, committed use discounts).
    Commitment(CommitmentFigure),
}

/// Kinds of charges whose costs stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChargeKind {
    /// All but credits.
    Gross,
    Credit,
    Usage,
    Tax,
    Purchase,
    Adjustment,
}

impl ChargeKind {
    /// Every kind, in a fixed order.
    pub const ALL: [Self; 6] =
        [Self::Gross, Self::Credit, Self::Usage, Self::Tax, Self::Purchase, Self::Adjustment];

    /// The word before the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Credit => "credit",
            Self::Usage => "usage",
            Self::Tax => "tax",
            Self::Purchase => "purchase",
            Self::Adjustment => "adjustment",
        }
    }

    /// The FOCUS `ChargeCategory` of its charges, and whether the others are meant.
    #[must_use]
    pub fn category(self) -> (&'static str, bool) {
        match self {
            Self::Gross => ("Credit", true),
            Self::Credit => ("Credit", false),
            Self::Usage => ("Usage", false),
            Self::Tax => ("Tax", false),
            Self::Purchase => ("Purchase", false),
            Self::Adjustment => ("Adjustment", false),
        }
    }
}

/// What is told of commitments. All of it is of effective cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentFigure {
    /// What usage drew from commitments.
    Used,
    /// What was paid for and nothing used.
    Unused,
    /// Both together.
    Committed,
    /// The used part of what was committed, in percent.
    Utilization,
    /// The unused part of what was committed, in percent.
    UnusedPart,
}

impl CommitmentFigure {
    /// Every figure, in a fixed order.
    pub const ALL: [Self; 5] =
        [Self::Used, Self::Unused, Self::Committed, Self::Utilization, Self::UnusedPart];

    /// Whether it is a part in percent rather than an amount.
    #[must_use]
    pub fn is_part(self) -> bool {
        match self {
            Self::Used | Self::Unused | Self::Committed => false,
            Self::Utilization | Self::UnusedPart => true,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Used => "used_commitment_cost",
            Self::Unused => "unused_commitment_cost",
            Self::Committed => "commitment_cost",
            Self::Utilization => "commitment_utilization",
            Self::UnusedPart => "unused_commitment_part",
        }
    }
}

/// One of the four cost metrics of FOCUS, or of the two net ones of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostMetric {
    Billed,
    Effective,
    List,
    Contracted,
    NetBilled,
    NetEffective,
}

/// A statistic over single charge rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    Max,
    Min,
    Mean,
    Median,
}

impl CostMetric {
    /// Every metric, in a fixed order.
    pub const ALL: [Self; 6] = [
        Self::Billed,
        Self::Effective,
        Self::List,
        Self::Contracted,
        Self::NetBilled,
        Self::NetEffective,
    ];

    /// The sum of this cost as a measure.
    #[must_use]
    pub fn measure(self) -> Measure {
        match self {
            Self::Billed => Measure::BilledCost,
            Self::Effective => Measure::EffectiveCost,
            Self::List => Measure::ListCost,
            Self::Contracted => Measure::ContractedCost,
            Self::NetBilled => Measure::NetBilledCost,
            Self::NetEffective => Measure::NetEffectiveCost,
        }
    }

    /// The column of the charge table.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Billed => "BilledCost",
            Self::Effective => "EffectiveCost",
            Self::List => "ListCost",
            Self::Contracted => "ContractedCost",
            Self::NetBilled => "x_NetBilledCost",
            Self::NetEffective => "x_NetEffectiveCost",
        }
    }

    fn unit_price_name(self) -> &'static str {
        match self {
            Self::Billed => "billed_unit_price",
            Self::Effective => "effective_unit_price",
            Self::List => "list_unit_price",
            Self::Contracted => "contracted_unit_price",
            Self::NetBilled => "net_billed_unit_price",
            Self::NetEffective => "net_effective_unit_price",
        }
    }
}

impl Statistic {
    /// Every statistic, in a fixed order.
    pub const ALL: [Self; 4] = [Self::Max, Self::Min, Self::Mean, Self::Median];

    /// The word before the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Min => "min",
            Self::Mean => "mean",
            Self::Median => "median",
        }
    }
}

impl Measure {
    const PLAIN: &'static [(Self, &'static str)] = &[
        (Self::BilledCost, "billed_cost"),
        (Self::EffectiveCost, "effective_cost"),
        (Self::ListCost, "list_cost"),
        (Self::ContractedCost, "contracted_cost"),
        (Self::NetBilledCost, "net_billed_cost"),
        (Self::NetEffectiveCost, "net_effective_cost"),
        (Self::ConsumedQuantity, "consumed_quantity"),
        (Self::PricingQuantity, "pricing_quantity"),
        (Self::CommitmentQuantity, "commitment_quantity"),
        (Self::Rows, "rows"),
        (Self::FirstCharge, "first_charge"),
        (Self::LastCharge, "last_charge"),
        (Self::ChargedUntil, "charged_until"),
        (Self::FirstDay, "first_day"),
        (Self::LastDay, "last_day"),
        (Self::Transactions, "transactions"),
        (Self::UnitCost, "unit_cost"),
    ];

    /// The name of the result column. `distinct:sub_account` becomes `distinct_sub_account`.
    #[must_use]
    pub fn column_name(&self) -> String {
        self.to_string().replace([':', '-', ' '], "_")
    }

    /// Whether this is money of charge rows summed: one of the cost metrics.
    #[must_use]
    pub fn is_cost(&self) -> bool {
        self.cost().is_some_and(|cost| cost.measure() == *self)
    }

    /// The cost metric that it is made of. A unit cost is made of effective cost unless a bill bars that.
    #[must_use]
    pub fn cost(&self) -> Option<CostMetric> {
        match self {
            Self::BilledCost => Some(CostMetric::Billed),
            Self::EffectiveCost | Self::UnitCost | Self::Commitment(_) => {
                Some(CostMetric::Effective)
            }
            Self::ListCost => Some(CostMetric::List),
            Self::ContractedCost => Some(CostMetric::Contracted),
            Self::NetBilledCost => Some(CostMetric::NetBilled),
            Self::NetEffectiveCost => Some(CostMetric::NetEffective),
            Self::UnitPrice(cost)
            | Self::OfRow(_, cost)
            | Self::Saved(_, cost)
            | Self::OfKind(_, cost)
            | Self::Discount(_, cost) => Some(*cost),
            Self::ConsumedQuantity
            | Self::PricingQuantity
            | Self::CommitmentQuantity
            | Self::Rows
            | Self::Distinct(_)
            | Self::Lacking(_)
            | Self::FirstCharge
            | Self::LastCharge
            | Self::ChargedUntil
            | Self::FirstDay
            | Self::LastDay
            | Self::Transactions => None,
        }
    }

    /// Whether it is a moment or a day rather than an amount.
    #[must_use]
    pub fn is_moment(&self) -> bool {
        matches!(
            self,
            Self::FirstCharge
                | Self::LastCharge
                | Self::ChargedUntil
                | Self::FirstDay
                | Self::LastDay
        )
    }

    /// Whether its figures of parts add up to the figure of the whole.
    #[must_use]
    pub fn is_additive(&self) -> bool {
        match self {
            Self::BilledCost
            | Self::EffectiveCost
            | Self::ListCost
            | Self::ContractedCost
            | Self::NetBilledCost
            | Self::NetEffectiveCost
            | Self::ConsumedQuantity
            | Self::PricingQuantity
            | Self::CommitmentQuantity
            | Self::Rows
            | Self::Lacking(_)
            | Self::Saved(..)
            | Self::OfKind(..)
            | Self::Transactions => true,
            Self::Commitment(figure) => !figure.is_part(),
            Self::Distinct(_)
            | Self::Discount(..)
            | Self::FirstCharge
            | Self::LastCharge
            | Self::ChargedUntil
            | Self::FirstDay
            | Self::LastDay
            | Self::UnitCost
            | Self::UnitPrice(_)
            | Self::OfRow(..) => false,
        }
    }

    /// The unit when it does not depend on the rows; costs and quantities take theirs from the data.
    #[must_use]
    pub fn fixed_unit(&self) -> Option<Unit> {
        match self {
            Self::Rows | Self::Lacking(_) => Some(Unit::Count("rows".into())),
            // Days and hours are counted as such; other values have no noun of their own.
            Self::Distinct(Dimension::Time(Grain::Day)) => Some(Unit::Count("days".into())),
            Self::Distinct(Dimension::Time(Grain::Hour)) => Some(Unit::Count("hours".into())),
            Self::Distinct(_) => Some(Unit::Count("distinct".into())),
            Self::Transactions => Some(Unit::Count("transactions".into())),
            Self::Discount(..) => Some(Unit::Percent),
            Self::Commitment(figure) => figure.is_part().then_some(Unit::Percent),
            Self::BilledCost
            | Self::EffectiveCost
            | Self::ListCost
            | Self::ContractedCost
            | Self::NetBilledCost
            | Self::NetEffectiveCost
            | Self::ConsumedQuantity
            | Self::PricingQuantity
            | Self::CommitmentQuantity
            | Self::FirstCharge
            | Self::LastCharge
            | Self::ChargedUntil
            | Self::FirstDay
            | Self::LastDay
            | Self::UnitCost
            | Self::UnitPrice(_)
            | Self::Saved(..)
            | Self::OfKind(..)
            | Self::OfRow(..) => None,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Distinct(dimension) => write!(out, "distinct:{dimension}"),
            Self::UnitPrice(cost) => out.write_str(cost.unit_price_name()),
            Self::OfRow(statistic, cost) => {
                write!(out, "{}:{}", statistic.name(), cost.measure())
            }
            Self::Lacking(cost) => write!(out, "lacking:{}", cost.measure()),
            Self::OfKind(kind, cost) => write!(out, "{}:{}", kind.name(), cost.measure()),
            Self::Saved(dear, cheap) => write!(out, "saved:{}:{}", dear.measure(), cheap.measure()),
            Self::Discount(dear, cheap) => {
                write!(out, "discount:{}:{}", dear.measure(), cheap.measure())
            }
            Self::Commitment(figure) => out.write_str(figure.name()),
            Self::BilledCost
            | Self::EffectiveCost
            | Self::ListCost
            | Self::ContractedCost
            | Self::NetBilledCost
            | Self::NetEffectiveCost
            | Self::ConsumedQuantity
            | Self::PricingQuantity
            | Self::CommitmentQuantity
            | Self::Rows
            | Self::FirstCharge
            | Self::LastCharge
            | Self::ChargedUntil
            | Self::FirstDay
            | Self::LastDay
            | Self::Transactions
            | Self::UnitCost => {
                let plain = Self::PLAIN.iter().find(|(measure, _)| measure == self);
                out.write_str(plain.map_or("", |(_, name)| name))
            }
        }
    }
}

/// No measure has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no measure is called `{name}`; use billed_cost, effective_cost, list_cost, contracted_cost, net_billed_cost, net_effective_cost, consumed_quantity, pricing_quantity, commitment_quantity, rows, distinct:DIMENSION, max:COST, min:COST, mean:COST, median:COST, lacking:COST, gross:COST, credit:COST, usage:COST, tax:COST, purchase:COST, adjustment:COST, billed_unit_price, effective_unit_price, list_unit_price, contracted_unit_price, first_charge, last_charge, first_day, last_day, charged_until, transactions, unit_cost, saved:COST:COST, discount:COST:COST, used_commitment_cost, unused_commitment_cost, commitment_cost, commitment_utilization or unused_commitment_part"
)]
pub struct UnknownMeasure {
    pub name: String,
}

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownMeasure { name: text.to_owned() };
        let plain = |name: &str| Self::PLAIN.iter().find(|(_, known)| *known == name);
        if let Some((before, after)) = text.split_once(':') {
            if before == "distinct" {
                return after.parse().map(Self::Distinct).map_err(|_| unknown());
            }
            let cost = |text: &str| {
                CostMetric::ALL.into_iter().find(|cost| cost.measure().to_string() == text)
            };
            if let Some((dear, cheap)) = after.split_once(':') {
                let costs = cost(dear).zip(cost(cheap)).filter(|(dear, cheap)| dear != cheap);
                return match (before, costs) {
                    ("saved", Some((dear, cheap))) => Ok(Self::Saved(dear, cheap)),
                    ("discount", Some((dear, cheap))) => Ok(Self::Discount(dear, cheap)),
                    _ => Err(unknown()),
                };
            }
            let statistic = Statistic::ALL.into_iter().find(|each| each.name() == before);
            let kind = ChargeKind::ALL.into_iter().find(|each| each.name() == before);
            let of_row = statistic.map(|statistic| move |cost| Self::OfRow(statistic, cost));
            let of_kind = kind.map(|kind| move |cost| Self::OfKind(kind, cost));
            let cost = cost(after).ok_or_else(unknown)?;
            if before == "lacking" {
                return Ok(Self::Lacking(cost));
            }
            let made = of_row.map(|of| of(cost)).or_else(|| of_kind.map(|of| of(cost)));
            return made.ok_or_else(unknown);
        }
        let price = CostMetric::ALL.into_iter().find(|cost| cost.unit_price_name() == text);
        let figure = CommitmentFigure::ALL.into_iter().find(|figure| figure.name() == text);
        price
            .map(Self::UnitPrice)
            .or_else(|| figure.map(Self::Commitment))
            .or_else(|| plain(text).map(|(measure, _)| measure.clone()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_reads_back_as_it_was_written() {
        for (measure, name) in Measure::PLAIN {
            assert_eq!(name.parse::<Measure>().unwrap(), *measure);
            assert_eq!(measure.to_string(), *name);
        }
        for cost in CostMetric::ALL {
            let made = Statistic::ALL.map(|statistic| Measure::OfRow(statistic, cost));
            let made =
                made.into_iter().chain(ChargeKind::ALL.map(|kind| Measure::OfKind(kind, cost)));
            for measure in made.chain([cost.measure(), Measure::UnitPrice(cost)]) {
                assert_eq!(measure.to_string().parse::<Measure>().unwrap(), measure);
                assert_eq!(measure.cost(), Some(cost));
                assert_eq!(measure.is_cost(), measure == cost.measure());
            }
        }
        let distinct: Measure = "distinct:sub_account".parse().unwrap();
        assert_eq!(distinct.column_name(), "distinct_sub_account");
        let largest: Measure = "max:billed_cost".parse().unwrap();
        assert_eq!(largest.column_name(), "max_billed_cost");
        for figure in CommitmentFigure::ALL {
            let measure = Measure::Commitment(figure);
            assert_eq!(measure.to_string().parse::<Measure>().unwrap(), measure);
            assert!(!measure.is_cost());
        }
        let saved: Measure = "saved:list_cost:effective_cost".parse().unwrap();
        assert_eq!(saved, Measure::Saved(CostMetric::List, CostMetric::Effective));
        assert_eq!(saved.column_name(), "saved_list_cost_effective_cost");
        let discount = Measure::Discount(CostMetric::List, CostMetric::Billed);
        assert_eq!(discount.to_string().parse::<Measure>().unwrap(), discount);
        assert!("saved:list_cost:list_cost".parse::<Measure>().is_err());
        for unknown in ["distinct:nothing", "max:rows", "mode:billed_cost", "cost"] {
            assert!(unknown.parse::<Measure>().is_err(), "{unknown}");
        }
    }
}
