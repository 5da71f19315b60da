//! What is loaded and how far it can be trusted: the data report and the description of a warehouse.

mod identities;
mod trust;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::identities::{
    DiscountLayout, DiscountState, Identity, IdentityResult, IdentityState,
};
use crate::{budget::Budget, cost::Measure, period::Period};

/// What is loaded, as of one snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CostDescription {
    /// The snapshot that this describes, e.g. `s000003`.
    pub snapshot: String,
    /// Charge rows loaded.
    pub rows: u64,
    /// From the first hour to after the last hour of ordinary charges; `None` when nothing is loaded.
    /// Charges that span more than a day (tax, monthly fees) do not count here.
    pub coverage: Option<Period>,
    /// One entry a billing period, provider and billing account.
    pub periods: Vec<LoadedPeriod>,
    pub billing_currencies: Vec<String>,
    pub providers: Vec<String>,
    /// Names of the dimensions that hold at least one value, and how many different ones.
    pub dimensions: Vec<DimensionFill>,
    /// The tag key that names the workload of a charge.
    pub workload_tag: String,
    /// Workloads for which transactions are loaded, with the period they cover.
    pub transactions: Vec<TransactionCoverage>,
    /// Workloads whose calls by client are loaded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallCoverage>,
    /// Budgets that are loaded, ordered by name and first day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Budget>,
    /// The cost metric that answers should use when a question says only "cost".
    #[schemars(with = "Option<String>")]
    pub default_cost: Option<Measure>,
    /// Statements about the data that qualify answers.
    pub notices: Vec<Notice>,
    /// The formats of the files, e.g. `FOCUS 1.0`, `CUR 2.0`.
    pub formats: Vec<String>,
    /// How the closing identities of cost bases came out when the bills were loaded.
    #[serde(default)]
    pub identities: Vec<IdentityState>,
    /// Where each bill keeps its discounts.
    #[serde(default)]
    pub discounts: Vec<DiscountState>,
}

/// One billing period of one provider and billing account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoadedPeriod {
    pub provider: String,
    pub billing_account: String,
    /// First day of the billing period, e.g. `2024-09-01`.
    #[schemars(with = "String")]
    pub billing_period: Date,
    pub rows: u64,
    /// First to after the last hour of its ordinary charges.
    pub coverage: Option<Period>,
    /// Days inside the billing period without an ordinary charge, up to the last loaded day.
    #[schemars(with = "Vec<String>")]
    pub missing_days: Vec<Date>,
    /// Whether the last hour of the billing period is loaded and no day is missing.
    pub complete: bool,
}

/// How full a dimension is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionFill {
    /// As tool arguments spell it, e.g. `cloud_service`, `tag:environment`.
    pub dimension: String,
    /// Different values, counted exactly up to a limit of the store.
    pub distinct: u64,
    /// Share of charge rows that hold a value, in percent, to two digits.
    pub filled_percent: String,
}

/// Transactions that are loaded for one workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TransactionCoverage {
    pub workload: String,
    pub period: Period,
    /// `hour` or `day`.
    pub grain: String,
    /// Whether any charge carries this workload's tag.
    pub has_charges: bool,
    /// Days of `period` without a count.
    #[schemars(with = "Vec<String>")]
    pub missing_days: Vec<Date>,
}

/// Calls by client that are loaded for one workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CallCoverage {
    pub workload: String,
    pub period: Period,
    /// Different clients.
    pub clients: u64,
    /// Counts by moment, operation and client.
    pub rows: u64,
}

/// A statement about loaded data that qualifies every answer it touches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    pub code: NoticeCode,
    /// What it touches: a measure or dimension name, a provider, a workload. Empty for all data.
    pub subject: String,
    /// Where it was seen: provider and billing account, empty for all.
    pub source: String,
    /// The billing period it belongs to, when it belongs to one.
    #[schemars(with = "Option<String>")]
    pub billing_period: Option<Date>,
    pub severity: Severity,
    /// The numbers behind it, as exact text, e.g. `rows` -> `993`.
    pub figures: std::collections::BTreeMap<String, String>,
    /// One English sentence for the data report on the terminal.
    pub text: String,
}

/// Kinds of notices. Each has its own sentence in both languages.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NoticeCode {
    /// Days without charges inside a billing period.
    MissingDays,
    /// The billing period's last hours are not loaded (yet).
    PartialPeriod,
    /// A cost metric is rounded to whole units of currency.
    RoundedMetric,
    /// A cost metric is zero where the bill is not and no commitment explains it.
    ZeroMetric,
    /// A cost metric is absent on some or all rows.
    MissingMetric,
    /// Several billing currencies; sums across them are not made.
    MixedCurrencies,
    /// A closing identity of cost bases failed.
    IdentityFailed,
    /// A closing identity cannot be checked because columns are absent.
    IdentityUnchecked,
    /// Cells that held no number where one belongs; they were read as absent.
    NotANumber,
    /// Numbers with more decimals than are kept; the rest was cut, and counted.
    TooManyDecimals,
    /// Credits cancel a large part of usage: gross and net differ.
    CreditsHideUsage,
    /// Charges without a tag.
    Untagged,
    /// One name, several ids (or the reverse).
    AmbiguousNames,
    /// Line ids occur more than once.
    RepeatedIds,
    /// Charges billed in another month than the one they apply to.
    BilledElsewhere,
    /// List cost below effective or contracted cost, or absent products of price and quantity.
    ListBelowEffective,
    /// Commitment fees or reserved usage whose true cost is not in the data.
    UnknownCommitmentCost,
    /// Split-cost rows were left out because they repeat the cost of their parent.
    SplitCostRows,
    /// The provider changed a period that had been loaded before.
    Restated,
    /// Transactions of a workload to which no charge belongs.
    UnknownWorkload,
    /// Cells whose moment could be read in two ways, or spellings of time that were mixed.
    MixedTimeSpellings,
    /// Columns that no known format has; they were kept out.
    UnknownColumns,
    /// Tags that are no valid JSON; they were kept as text only.
    InvalidTags,
    /// Figures are repeated as another program reports them; nothing of ours computed them.
    ReportedElsewhere,
    /// Rows or other parts of what another program returned were left out.
    LeftOut,
}

/// How much a notice matters to a reader.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Changes how a figure is to be read.
    Warning,
    /// Bars the figure it touches.
    Bar,
}
