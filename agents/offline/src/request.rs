//! What a question was understood as: the typed request that travels from the orchestrator to its
//! sub-agents, and the reasons for which a question is not answered.

mod allocation;
mod commitment;

use serde::{Deserialize, Serialize};
use wherefore_contract::{
    cost::{Direction, Fold, Measure, PeriodBasis, Scale},
    dimension::Dimension,
    filter::{AmountCondition, Filter, RowCondition},
    period::Period,
    quality::CostDescription,
};

pub use self::allocation::{AllocationAsk, Part, SplitBy};
pub use self::commitment::{Ahead, CommitmentAsk, Payment};

/// A part of the question, as bytes `[start, end)` of its cleaned text.
pub type Slice = (usize, usize);

/// What the collector found: the loaded data, and the names that the question may mean.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub description: CostDescription,
    pub hits: Vec<wherefore_contract::metadata::MetadataHit>,
    /// When fiscal years begin.
    pub fiscal_start: FiscalStart,
}

/// The month in which a fiscal year begins. A fiscal year is named by the calendar year in which it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalStart(i8);

impl Default for FiscalStart {
    fn default() -> Self {
        Self(1)
    }
}

/// No month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fiscal year begins in a month from 1 to 12")]
pub struct NoMonth;

impl std::str::FromStr for FiscalStart {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        text.trim().parse().ok().and_then(Self::of_month).ok_or(NoMonth)
    }
}

impl FiscalStart {
    /// A month from 1 to 12; `None` for anything else.
    #[must_use]
    pub fn of_month(month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self(month))
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0
    }
}

/// A question as a typed request, with the words it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of a query, named as there")]
pub struct Reading {
    pub ask: Ask,
    /// What is measured; costs first.
    pub measures: Vec<Measure>,
    /// Whether the question named the measure, or the description's default was taken.
    pub measure_stated: bool,
    pub dimensions: Vec<Dimension>,
    pub conditions: Vec<Condition>,
    /// The period asked for; `None` is everything that is loaded.
    pub period: Option<Moment>,
    /// The earlier period of a comparison.
    pub base: Option<Moment>,
    pub limit: Option<u32>,
    pub direction: Direction,
    /// The workload whose unit cost is asked for.
    pub workload: Option<String>,
    /// The sides from which causes are looked for, where the question names none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Dimension>,
    /// What is loaded, for causes: since when a thing is charged lies outside the periods that are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Period>,
    /// Amounts that result rows must reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub having: Vec<AmountCondition>,
    /// Amounts that charges must reach by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<RowCondition>,
    /// The first `limit` rows within each value of these dimensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limit_per: Vec<Dimension>,
    /// The one row that stands at this place of the order, from 1: "the second largest".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// Each row divided by the days of its own time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub per_day: bool,
    /// Each row against the row of the time before it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub change: bool,
    /// The running total along the time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub running: bool,
    /// The length of time that the first measure is brought to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The days, weeks or months without any such charge, rather than those with one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
    /// What the rows are brought together as: one figure over all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fold: Option<Fold>,
    /// One such figure for each value of these dimensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fold_per: Vec<Dimension>,
    /// The share that rows have together is asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fold_share: bool,
    /// The result column that rows are ranked by, where it is not the first measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank_by: Option<String>,
    /// The day that counts as today, for projections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<jiff::civil::Date>,
    /// The two sides of a ratio: what is divided, and by what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// Whether the period means the charge period or the invoice's month.
    #[serde(default)]
    pub period_basis: PeriodBasis,
    /// The filters of the whole of a share, where the question names them: "within the prod project".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Vec<Filter>>,
    /// How many rows reach a share, rather than which ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_count: bool,
    /// Each row's part of the whole change of a comparison, in percent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub share_of_change: bool,
    /// What is named of commitments, where the question is about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<CommitmentAsk>,
    /// The change is asked to be split into price, usage and mix.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bridge: bool,
    /// What a scaling schedule must leave free, and what it is planned for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleAsk>,
    /// What is asked about shared cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationAsk>,
    /// Words that were not understood and carry no condition as far as we can tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Slice>,
    /// Parts that came from the earlier turn: `measures`, `dimensions`, `conditions`, `period`, `base`, `ask`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<String>,
    /// Conditions of the earlier turn that do not fit what was asked now, and were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Filter>,
    /// The checks that an analysis is asked to run; none for all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<String>,
    /// The budget that is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<String>,
    /// How a choice was made where the question left room.
    pub notes: Vec<Note>,
}

/// What a scaling schedule must keep to, in percent; what is not said the rules decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScheduleAsk {
    /// Share of the demand that stays free above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headroom: Option<u32>,
    /// Quantile of the demand that is planned for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantile: Option<u32>,
}

/// One side of a ratio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    pub measure: Measure,
    pub conditions: Vec<Condition>,
    pub period: Option<Moment>,
}

/// The kinds of questions there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// One figure.
    #[default]
    Total,
    /// Rows by a dimension.
    Breakdown,
    /// Rows by a grain of time.
    Trend,
    /// A part over the whole, by time where a grain is named.
    Share,
    /// The average of a day.
    PerDay,
    /// The step between neighbouring days, weeks or months that is largest.
    Jump,
    /// Two periods side by side.
    Compare,
    /// Two periods side by side, each divided by its days.
    ComparePerDay,
    /// Why a cost moved between two periods.
    Explain,
    /// How many different values.
    Count,
    /// When something was charged first and last.
    FirstSeen,
    /// Whether a period is loaded in full.
    Completeness,
    /// The largest parts that together reach a share of the whole, in percent; 0 is the share that as many of
    /// them as `limit` reach.
    Cumulative(u32),
    /// The place of one named thing among all of its kind.
    Place,
    /// One row over another: "how many times".
    Times,
    /// Effective cost over transactions.
    UnitCost,
    /// Why a unit cost moved between two periods.
    ExplainUnitCost,
    /// What discounts saved: a dearer cost metric minus a cheaper one.
    Saving,
    /// What a running period will come to at the pace of its loaded days.
    Forecast,
    /// What is loaded: first and last charge, days and rows.
    Coverage,
    /// One side over another, each with its own measure, conditions and period.
    Ratio,
    /// One side less another, each with its own conditions.
    Difference,
    /// One side in percent of the other.
    Percent,
    /// How far one side lies from the other, in percent of the other.
    PercentApart,
    /// Several amounts beside each other, each with its own conditions.
    Beside,
    /// The first measure over the second, a count: "per account", "per resource".
    Average,
    /// Whether there is any such charge: how many rows, and what they cost.
    Exists,
    /// Which values of a dimension there are.
    List,
    /// What one of the analyses finds.
    Analysis(Analysis),
}

/// Analyses with a tool of their own. They bring their own figures: of a request only the period, the
/// conditions and the dimensions bear on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Analysis {
    /// What can be saved, in the order of doing.
    Savings,
    /// When to run more and when less, by the hour of the week.
    Schedule,
    /// What calls of an API cost, by operation and client.
    ApiCalls,
    /// Coverage, utilization, waste and ends of commitments.
    Commitments,
    /// What to commit to, and what a commitment of one's own would bring.
    Purchase,
    /// Days on which a cost lay outside its expected range.
    Unusual,
    /// Who bears shared costs.
    Allocation,
    /// The same charges on each cost basis.
    Bases,
    /// Whether the cost bases of the bills close.
    Closing,
    /// How well charges are tagged.
    Tagging,
    /// How budgets stand.
    Budgets,
}

/// A filter, and the words of the question that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub filter: Filter,
    #[serde(default)]
    pub asked: Vec<Slice>,
}

/// A period, and the words of the question that it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub period: Period,
    #[serde(default)]
    pub asked: Option<Slice>,
}

/// How a choice was made where the question left room, or what qualifies the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// A period is loaded in part only.
    PartialPeriod { period: Period },
    /// Relative words, or a month without its year, were resolved to this period.
    PeriodReading { asked: Slice, period: Period },
    /// A name was matched in spite of a different spelling.
    NameReading { asked: Slice },
    /// A name was read as the person explained it before.
    Remembered { asked: Slice },
    /// The question named no period, so everything that is loaded counts.
    WholePeriod,
    /// No earlier period was named: the stretch of equal length before was taken.
    PrecedingPeriod { period: Period },
}

/// What a question means, or why it has no answer yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understanding {
    Reading(Box<Reading>),
    NeedsClarification(Vec<Choice>),
    /// A follow-up that lacks what it refers to.
    AskedBack(AskBack),
    Declined(Decline),
}

/// What a follow-up lacks, with the words that refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskBack {
    /// Nothing was asked and answered before it.
    Earlier { asked: Slice },
    /// Two periods to explain a change between.
    Periods { asked: Slice },
}

/// One of several readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub asked: Slice,
    pub dimension: Dimension,
    /// The value as charges spell it; empty when the dimension itself is the choice.
    pub value: String,
}

/// Why a question is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    pub reason: Reason,
    /// The words concerned.
    pub asked: Vec<Slice>,
    /// Names that come near: dimension and value.
    pub nearest: Vec<(Dimension, String)>,
    /// The period concerned.
    pub period: Option<Period>,
}

/// Kinds of reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    NothingLoaded,
    MissingPeriod,
    /// The loaded format does not hold this column.
    MissingColumn(Dimension),
    /// The loaded bills do not tell this cost.
    MissingMeasure(Measure),
    /// The loaded bills contradict this cost: a closing identity failed.
    Barred(Measure),
    /// No transactions are loaded for the workload, or none at all.
    MissingVolumes,
    UnknownEntity,
    /// No question about cost that we can find.
    NotUnderstood,
    /// It asks to change something.
    WriteAction,
    /// It is about something other than cloud cost.
    OutOfScope,
    /// A recommendation, which is not part of the product yet.
    NotSupported,
    /// A forecast of a time for which nothing is loaded to go by.
    BeyondData,
    /// Budgets are asked about, and none is loaded.
    MissingBudgets,
    /// Emissions, performance: what bills do not hold.
    NotInBills,
}

impl Reason {
    /// The code of the gap in the answer document.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingLoaded => "nothing_loaded",
            Self::MissingPeriod => "missing_period",
            Self::MissingColumn(_) | Self::MissingMeasure(_) => "missing_column",
            Self::Barred(_) => "identity_failed",
            Self::MissingVolumes => "missing_volumes",
            Self::MissingBudgets => "missing_budgets",
            Self::UnknownEntity => "unknown_entity",
            Self::NotUnderstood => "not_understood",
            Self::WriteAction | Self::OutOfScope | Self::NotInBills => "out_of_scope",
            Self::NotSupported => "not_supported",
            Self::BeyondData => "beyond_data",
        }
    }

    /// Which data the gap concerns.
    #[must_use]
    pub fn source(&self) -> &'static str {
        match self {
            Self::NothingLoaded
            | Self::MissingPeriod
            | Self::MissingColumn(_)
            | Self::MissingMeasure(_)
            | Self::Barred(_)
            | Self::BeyondData => "cost",
            Self::MissingVolumes => "transactions",
            Self::MissingBudgets => "budgets",
            Self::UnknownEntity => "catalog",
            Self::NotUnderstood
            | Self::WriteAction
            | Self::OutOfScope
            | Self::NotSupported
            | Self::NotInBills => "question",
        }
    }
}

impl Reading {
    /// The filters alone.
    #[must_use]
    pub fn filters(&self) -> Vec<Filter> {
        self.conditions.iter().map(|condition| condition.filter.clone()).collect()
    }
}
