//! What single words of a question can mean.

use jiff::civil::Date;
use wherefore_contract::{
    Decimal,
    cost::{Direction, Fold, Measure, Scale},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Comparison, Filter, FilterOp},
    period::Period,
};

use super::super::{credited::Amounts, metered::Spellings};

/// A word, or a few words, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub meaning: Meaning,
    pub start: usize,
    pub end: usize,
    /// No space stands before it.
    pub glued: bool,
}

/// Meanings. Words that carry none are fillers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    Filler,
    Particle,
    And,
    /// A bare "cost", "spend", "얼마".
    Cost,
    Measure(Measure),
    Dimension(Dimension),
    /// "service": a cloud service, or the word after a workload's name.
    Service,
    /// "tag", without a key.
    Tag,
    By,
    /// "per", "당": a grouping, or what an average is divided by.
    Per,
    Which,
    Total,
    Breakdown,
    /// A superlative: "most", "가장".
    Rank(Direction),
    /// An order of the rows: "top", "ranked", "상위", "큰 순".
    Sort(Direction),
    /// "second", "두 번째".
    Ordinal(u32),
    /// After a number: "번째", "위".
    OrdinalMark,
    /// "what position", "몇 위": the place of one thing among others.
    Place,
    /// "half of", "절반": a part of a whole, in percent.
    Portion(u32),
    Share,
    PerDay,
    Average,
    Trend,
    Compare,
    Change,
    Rise,
    Fall,
    Why,
    HowMany,
    First,
    Last,
    Complete,
    Jump,
    /// "month over month": each time against the one before it.
    Step(Grain),
    Reach,
    /// "running total", "누적": adds up along the time, or a share up to "80%".
    Running,
    Times,
    Difference,
    Discount,
    Exclude,
    Only,
    Without,
    /// "with a tag", "태그가 있는".
    With,
    /// A threshold: "over", "이상".
    Bound(Comparison),
    /// "above the average", "평균보다 많은": so many means of all rows, which a row is held against.
    AgainstMean {
        op: Comparison,
        times: Decimal,
    },
    /// "median", "표준편차": one figure over rows.
    Folded(Fold),
    /// "negative", "zero": a threshold that names its own value.
    Sign(Comparison),
    /// "dollars", "원": what a number counts.
    Money,
    /// "not", "않은", where no phrase takes it.
    Not,
    /// "is there any", "있나요".
    Exists,
    /// "new services", "새로 생긴".
    New,
    /// "disappeared", "사라진".
    Gone,
    /// "single charge", "단건": one row of a bill.
    Single,
    /// "price per unit", "단가".
    UnitPrice,
    /// A unit whose quantity is asked for, by its spellings: "how many requests".
    Quantity(Spellings),
    /// A unit whose price is asked for: "per GB", "1건당".
    PricePer(Spellings),
    /// "gross", "before credits".
    Gross,
    /// "before credits, the credits, and the net": amounts that are asked for beside each other.
    Beside(Amounts),
    /// "in percent", "퍼센트로".
    Relatively,
    Category(Category),
    Word(TimeWord),
    When(When),
    Number {
        value: u64,
        digits: usize,
    },
    PercentSign,
    From,
    To,
    Since,
    Until,
    Range,
    Forecast,
    /// "whole weeks only", "온전한 주만".
    WholeWeeks,
    /// "normalise", "annualised", "환산": an amount brought to another length of time.
    Project,
    /// The length that it is brought to.
    Scaled(Scale),
    /// "next month", "내년": a time to come.
    Coming,
    /// "recommend", "절감 방안".
    Advice,
    /// "budget", "탄소": what bills do not hold.
    NotInBills,
    Write,
    Outside,
    Open,
    Close,
    Mark,
    /// Index into the list of linked names.
    Entity(usize),
    Unknown,
}

/// Kinds of charges that people name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Credit,
    Tax,
    /// What is paid back; bills book it as an adjustment.
    Refund,
    /// A later change of an earlier invoice.
    Correction,
    Purchase,
    Usage,
    Adjustment,
    Committed,
    OnDemand,
    Spot,
    Unused,
    /// What of commitments was used, or covered by them.
    Used,
    /// Charges of any commitment.
    Commitment,
    /// Fees that come again.
    Recurring,
    /// Fees that are paid once.
    Upfront,
    /// Lines of fees of commitments.
    Fee,
    /// Lines that take off again what a commitment covers.
    Negation,
    SavingsPlan,
    Reserved,
    Marketplace,
    Support,
    Weekday,
    Weekend,
}

impl Category {
    /// The filter that keeps this kind of charge (FOCUS 1.2: closed lists where there is one).
    pub(crate) fn filter(self) -> Filter {
        use FocusDimension as F;
        let column = |column, value: &str| Filter::any_of(Dimension::Column(column), [value]);
        let contains = |column, value: &str| Filter {
            op: FilterOp::Contains,
            ..Filter::any_of(Dimension::Column(column), [value])
        };
        match self {
            Self::Credit => column(F::ChargeCategory, "Credit"),
            Self::Tax => column(F::ChargeCategory, "Tax"),
            Self::Correction => column(F::ChargeClass, "Correction"),
            Self::Purchase => column(F::ChargeCategory, "Purchase"),
            Self::Usage => column(F::ChargeCategory, "Usage"),
            Self::Refund | Self::Adjustment => column(F::ChargeCategory, "Adjustment"),
            Self::Committed => column(F::PricingCategory, "Committed"),
            Self::OnDemand => column(F::PricingCategory, "Standard"),
            Self::Spot => column(F::PricingCategory, "Dynamic"),
            Self::Unused => column(F::CommitmentDiscountStatus, "Unused"),
            Self::Used => column(F::CommitmentDiscountStatus, "Used"),
            Self::Commitment => Filter {
                dimension: Dimension::Column(F::CommitmentDiscountId),
                op: FilterOp::NotNull,
                values: Vec::new(),
            },
            Self::Recurring => column(F::ChargeFrequency, "Recurring"),
            Self::Upfront => column(F::ChargeFrequency, "One-Time"),
            Self::Fee => contains(F::LineItemType, "fee"),
            Self::Negation => contains(F::LineItemType, "negation"),
            Self::SavingsPlan => contains(F::CommitmentDiscountType, "savings plan"),
            Self::Reserved => contains(F::CommitmentDiscountType, "reserv"),
            Self::Marketplace => contains(F::InvoiceIssuer, "marketplace"),
            Self::Support => contains(F::ServiceName, "support"),
            Self::Weekday => Filter::any_of(Dimension::Time(Grain::WeekPart), ["weekday"]),
            Self::Weekend => Filter::any_of(Dimension::Time(Grain::WeekPart), ["weekend"]),
        }
    }
}

/// Words of time, before they are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeWord {
    Month(i8),
    YearMark,
    MonthMark,
    DayMark,
    QuarterMark,
    WeekMark,
    Quarter(i8),
    Half(i8),
    IsoWeek(i8),
    FirstHalf,
    SecondHalf,
    /// The first, middle or last third of a month: "early", "mid", "late", "상순".
    Third(i8),
    /// "the 14th", "second", "둘째".
    Nth(i8),
    /// "첫째 주", "마지막 주": a week of a month, 0 for the last.
    WeekOfMonth(i8),
    /// Monday to Sunday, as 1 to 7.
    DayOfWeek(i8),
    /// "한 달", "일주일": so many of a unit in one word.
    Span(i16, Grain),
    /// "ago", "전" after a count of days, weeks or months.
    Ago,
    /// "before", "prior to": up to, and without.
    Before,
    /// "after": from the end of.
    After,
    /// "fiscal", "회계연도".
    Fiscal,
    /// "FY2026".
    FiscalYear(i16),
    /// "14시".
    HourMark,
    /// "noon", "정오": an hour in one word.
    Clock(i8),
    /// "am", "오전".
    Morning,
    /// "pm", "오후".
    Afternoon,
    /// "starting" or "commencing", between a week and a day.
    Starting,
    /// "ending", between a week and a day.
    Ending,
    /// "last", "past", "최근", before a number.
    Recent,
    Unit(Grain),
    Relative(Relative),
}

/// Periods named relative to the day of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relative {
    Today,
    Yesterday,
    DayBefore,
    Tomorrow,
    ThisWeek,
    LastWeek,
    WeekBeforeLast,
    NextWeek,
    ThisMonth,
    LastMonth,
    MonthBeforeLast,
    NextMonth,
    ThisQuarter,
    LastQuarter,
    NextQuarter,
    ThisHalf,
    LastHalf,
    ThisYear,
    LastYear,
    YearBeforeLast,
    NextYear,
    ThisFiscalYear,
    LastFiscalYear,
    ThisFiscalQuarter,
    LastFiscalQuarter,
    FiscalYearToDate,
    WeekToDate,
    YearToDate,
    MonthToDate,
    QuarterToDate,
    /// "전월": the month before the other period, or before this month.
    PrecedingMonth,
    PrecedingWeek,
    PrecedingQuarter,
    PrecedingDay,
    /// "previous period".
    Preceding,
    /// "same period last year".
    YearAgo,
    All,
}

/// A stretch of time in the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    pub kind: WhenKind,
    /// Whether it had to be resolved against the day of the question or against what is loaded.
    pub resolved: bool,
    /// The first of the month or the year that a bare day after it belongs to.
    pub anchor: Option<Date>,
}

/// What a stretch of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenKind {
    Period(Period),
    /// Relative to the other period of the question.
    Before(Relative),
    /// Everything that is loaded.
    All,
}
