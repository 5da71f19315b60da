//! Typed cost questions. Code compiles them to SQL; a model never writes SQL.

mod measure;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::measure::{
    ChargeKind, CommitmentFigure, CostMetric, Measure, Statistic, UnknownMeasure,
};
use crate::{
    dimension::Dimension,
    filter::{AmountCondition, Filter, RowCondition},
    period::Period,
};

/// Measures over charges of one period, grouped, filtered, ordered and cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column that a caller may add")]
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
    /// With `limit`: keeps the first N rows of each value of these dimensions, e.g. `["sub_account"]`.
    #[serde(default)]
    pub limit_per: Vec<Dimension>,
    /// Keeps result rows by an amount in them.
    #[serde(default)]
    pub having: Vec<AmountCondition>,
    /// Keeps charge rows by their own amount.
    #[serde(default)]
    pub amounts: Vec<RowCondition>,
    /// With one grain of time as the only dimension: gives the days, weeks or months of the period in which no
    /// matching charge starts; with `count` only how many there are, as `absent`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
    /// Gives only how many values of the one dimension are kept, as `distinct_DIMENSION`.
    #[serde(default)]
    pub count: bool,
    /// Adds, for the first measure, each row's share of the whole before the cut, in percent.
    #[serde(default)]
    pub share: bool,
    /// With `share`: the whole of each value of these dimensions instead, e.g. `["month"]`.
    #[serde(default)]
    pub share_per: Vec<Dimension>,
    /// Adds, for the first measure, the running share down the order, in percent.
    #[serde(default)]
    pub cumulative: bool,
    /// Adds `rank`: each row's place among all rows before the cut, from 1, by the first key of the order.
    #[serde(default)]
    pub rank: bool,
    /// Adds `change` and `change_percent` of the first measure since the row of the grain of time before.
    #[serde(default)]
    pub change: bool,
    /// Adds the first measure per day that is loaded of the row's time.
    #[serde(default)]
    pub per_day: bool,
    /// Adds `running_total` of the first measure along the grain of time.
    #[serde(default)]
    pub running: bool,
    /// Adds the first measure at another length of time, as `MEASURE_scaled` or `MEASURE_per_day`.
    #[serde(default)]
    pub scale: Option<Scale>,
    /// Gives one figure of the first measure over the rows that are kept, as `MEASURE_sum`, `MEASURE_median`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fold: Option<Fold>,
    /// With `fold`: one such figure for each value of these of the dimensions, e.g. `["month"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fold_per: Vec<Dimension>,
}

/// What rows are brought together as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fold {
    /// Their sum, e.g. of the three largest; with `share` also their share together.
    Sum,
    Mean,
    Median,
    /// The standard deviation of a sample.
    Deviation,
    /// The value below which so many hundredths of the rows lie, between two rows in proportion: `{"percentile": 90}`.
    Percentile(u8),
}

impl Fold {
    /// The name of the result column over this one.
    #[must_use]
    pub fn column_name(self, of: &str) -> String {
        match self {
            Self::Sum => format!("{of}_sum"),
            Self::Mean => format!("{of}_mean"),
            Self::Median => format!("{of}_median"),
            Self::Deviation => format!("{of}_deviation"),
            Self::Percentile(part) => format!("{of}_p{part}"),
        }
    }
}

/// How an amount is brought to another length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Per day that is loaded of the row's time, times so many days: `{"days": 30}`.
    Days(u32),
    /// So many times the amount: `{"times": 12}` for a year of such months.
    Times(u32),
    /// The amount over so many days, as an amount per day: `{"over_days": 28}`.
    OverDays(u32),
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
    /// A result column, e.g. `billed_cost`, `month`, `change`, or `absolute_change` for moves either way.
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
    /// Keeps result rows by an amount in them.
    #[serde(default)]
    pub having: Vec<AmountCondition>,
    /// Keeps charge rows by their own amount.
    #[serde(default)]
    pub amounts: Vec<RowCondition>,
    /// Adds `share_of_change`: each row's part of the whole change before the cut, in percent.
    #[serde(default)]
    pub share: bool,
    /// Adds the first measure per loaded day of each period, `change_per_day` and `change_per_day_percent`.
    #[serde(default)]
    pub per_day: bool,
}

impl CompareQuery {
    /// One measure in two periods, ungrouped: the start of most comparisons.
    #[must_use]
    pub fn total(measure: Measure, from: Period, to: Period) -> Self {
        Self {
            measures: vec![measure],
            dimensions: Vec::new(),
            filters: Vec::new(),
            from,
            to,
            order: Vec::new(),
            limit: None,
            having: Vec::new(),
            amounts: Vec::new(),
            share: false,
            per_day: false,
        }
    }
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
            limit_per: Vec::new(),
            having: Vec::new(),
            amounts: Vec::new(),
            absent: false,
            count: false,
            share: false,
            share_per: Vec::new(),
            cumulative: false,
            rank: false,
            change: false,
            per_day: false,
            running: false,
            scale: None,
            fold: None,
            fold_per: Vec::new(),
        }
    }
}
