//! The two languages behind one face: every sentence exists in both.

use wherefore_contract::{
    dimension::Dimension,
    draft::{Extreme, Sentence},
    evidence::FactRef,
    period::Period,
    question::{Language, Question},
};

use super::{
    en, ko,
    line::Line,
    next::Idea,
    scene::{About, Part, Scene},
};
use crate::request::{Choice, Decline, Slice};

/// A language to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Voice(pub Language);

/// The row that stands at an end of a table, or at a place counted from it.
#[derive(Debug, Clone)]
pub(super) struct Ranked<'a> {
    pub dimensions: &'a [Dimension],
    pub names: &'a [FactRef],
    /// The figure that is ranked.
    pub value: FactRef,
    pub which: Extreme,
    pub rank: Rank,
    pub share: Option<FactRef>,
}

/// Which row of a ranking is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// The end itself.
    First,
    /// A row behind it: "the 2nd largest".
    Later,
}

/// The step of a course to one of its points.
#[derive(Debug, Clone)]
pub(super) struct Step<'a> {
    /// The period is that of the point.
    pub about: &'a About,
    /// The grain of the course.
    pub dimension: &'a Dimension,
    /// The cell that names the point.
    pub at: FactRef,
    /// What else the row is about.
    pub of: Vec<FactRef>,
    pub level: FactRef,
    pub change: FactRef,
    pub percent: Option<FactRef>,
}

/// When a figure belongs to: a period of its table, or the cell that names its row.
#[derive(Debug, Clone)]
pub(super) enum When {
    Period(Period),
    Name(FactRef),
}

/// A projected cost with what it rests on.
#[derive(Debug, Clone)]
pub(super) struct Projection {
    pub expected: FactRef,
    pub low: Option<FactRef>,
    pub high: Option<FactRef>,
}

/// A run of days outside the expected range.
#[derive(Debug, Clone)]
pub(super) struct Odd<'a> {
    /// Of how many it is the first, where it stands for all of them.
    pub first_of: Option<FactRef>,
    pub about: &'a About,
    /// The steps of its path; none for all charges.
    pub names: &'a [FactRef],
    pub period: Period,
    pub actual: FactRef,
    pub expected: FactRef,
    pub impact: FactRef,
    pub kind: FactRef,
}

/// An offer for the usage that it covers, with the figures that a sentence tells of it.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub covers: FactRef,
    pub offer: FactRef,
    /// The term and when it is paid; a commitment that is held shows neither.
    pub payment: Option<(FactRef, FactRef)>,
    pub discount: FactRef,
    pub figures: Vec<FactRef>,
}

/// One kind of action, and what it saves in a month.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    pub name: FactRef,
    pub saving: FactRef,
}

/// What a plan of savings comes to in a month.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    pub period: Option<Period>,
    pub total: FactRef,
    pub low: FactRef,
    pub high: FactRef,
    /// The sum of the same actions, each counted by itself.
    pub apart: FactRef,
}

/// The largest savings are listed, the others summed by kind.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    pub listed: FactRef,
    pub others: FactRef,
    /// What the others save in a month.
    pub saving: FactRef,
}

/// What a scaling schedule of one workload saves in a month.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub workload: FactRef,
    pub saving: FactRef,
    pub low: FactRef,
    pub high: FactRef,
}

/// Why a workload has no scaling schedule, with the figure that shows it.
#[derive(Debug, Clone)]
pub(super) enum Unscheduled {
    DailyCounts,
    NoUsage,
    TooFewWeeks(FactRef),
    NoSeason(FactRef),
    NothingToSpare(FactRef),
    Committed(FactRef),
}

/// How a client calls more often than is usual.
#[derive(Debug, Clone)]
pub(super) enum Excessive {
    /// Calls per transaction before and now.
    Rose([(FactRef, Period); 2]),
    /// So many times what its peers make.
    AbovePeers(FactRef, Period),
}

/// How much of a cost has an owner.
#[derive(Debug, Clone)]
pub(super) struct Allocated {
    pub all: FactRef,
    pub owned: FactRef,
    pub unowned: FactRef,
    pub share: Option<FactRef>,
}

/// The target of allocation that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reached {
    Neither,
    Crawl,
    Run,
}

/// How a budget stands, as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Exceeded,
    WillExceed,
    AtRisk,
    Within,
    EndedOver,
    EndedWithin,
    Ahead,
    /// It holds so far, and its end cannot be told.
    Open,
    /// Nothing can be held against it.
    Unknown,
}

impl Standing {
    /// Of the state in the table.
    pub(super) fn of(state: &str) -> Self {
        match state {
            "exceeded" => Self::Exceeded,
            "will_exceed" => Self::WillExceed,
            "at_risk" => Self::AtRisk,
            "within" => Self::Within,
            "ended_over" => Self::EndedOver,
            "ended_within" => Self::EndedWithin,
            "ahead" => Self::Ahead,
            "open" => Self::Open,
            _ => Self::Unknown,
        }
    }
}

/// A budget with the figures that a sentence tells of it.
#[derive(Debug, Clone)]
pub(super) struct Budgeted {
    pub standing: Standing,
    pub name: FactRef,
    /// What it is for; none for all charges.
    pub of: Option<FactRef>,
    pub state: FactRef,
    pub period: Period,
    pub amount: FactRef,
    pub spent: Option<FactRef>,
    pub left: Option<FactRef>,
    /// In percent of the amount and of the days.
    pub shares: Option<(FactRef, FactRef)>,
    pub expected: Option<FactRef>,
    pub ends: Option<(FactRef, FactRef)>,
    pub runs_out: Option<FactRef>,
}

macro_rules! spoken {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $kind:ty),*) -> $out:ty;)*) => {
        impl Voice {
            $($(#[$doc])*
            pub(super) fn $name(self, $($argument: $kind),*) -> $out {
                match self.0 {
                    Language::En => en::$name($($argument),*),
                    Language::Ko => ko::$name($($argument),*),
                }
            })*
        }
    };
}

spoken! {
    // One figure.
    total(about: &About, measure: FactRef, value: Line) -> Sentence;
    counted(about: &About, measure: FactRef, value: Line) -> Sentence;
    priced(about: &About, value: Line) -> Sentence;
    daily(about: &About, measure: FactRef, value: Line) -> Sentence;
    levels(about: &About, figures: &[FactRef]) -> Sentence;
    exists(about: &About, rows: FactRef) -> Sentence;
    average(about: &About, measure: FactRef, value: Line) -> Sentence;
    divided(about: &About, parts: [FactRef; 2]) -> Sentence;
    saving(about: &About, names: &[FactRef], measures: [FactRef; 2], difference: Line) -> Sentence;
    two_levels(about: &About, sides: [FactRef; 2]) -> Sentence;
    projected(about: &About, projection: &Projection) -> Sentence;
    forecast_of(about: &About, names: &[FactRef], projection: &Projection) -> Sentence;
    forecast_months(about: &About, months: &[[FactRef; 2]]) -> Sentence;
    forecast(about: &About, projection: &Projection) -> Sentence;
    tried(method: FactRef, error: FactRef, learned: Option<Period>) -> Sentence;
    so_far(actual: FactRef, period: Option<Period>, days: Option<FactRef>) -> Sentence;
    running_to(about: &About, until: FactRef, value: FactRef) -> Sentence;
    // Rows.
    ranked(about: &About, ranked: &Ranked<'_>) -> Sentence;
    row(about: &About, names: &[FactRef], measure: FactRef, value: Line) -> Sentence;
    runners_up(rows: &[(Vec<FactRef>, FactRef)]) -> Sentence;
    ends(dimension: &Dimension, measure: FactRef, sides: [(Vec<FactRef>, FactRef); 2]) -> Sentence;
    matching(evidence: &str) -> Sentence;
    listed(about: &About, evidence: &str, names: &[Vec<FactRef>], all: bool) -> Sentence;
    absent(about: &About, dimensions: &[Dimension], evidence: &str, names: (&[Vec<FactRef>], bool)) -> Sentence;
    absent_count(about: &About, count: FactRef) -> Sentence;
    none_absent(about: &About, dimensions: &[Dimension]) -> Sentence;
    reach(about: &About, evidence: &str, names: &[FactRef], share: FactRef) -> Sentence;
    // Two sides.
    moved(about: &About, sides: [(FactRef, When); 2], change: Option<(FactRef, Option<FactRef>)>) -> Sentence;
    part_moved(about: &About, from: Option<Period>, names: &[FactRef], measure: FactRef, change: FactRef, percent: Option<FactRef>) -> Sentence;
    share(about: &About, part: &About, at: Option<[FactRef; 2]>, measure: FactRef, share: Line) -> Sentence;
    share_of_named(about: &About, name: FactRef, measure: FactRef, share: Line) -> Sentence;
    out_of(part: &About, amounts: [FactRef; 2]) -> Sentence;
    two_per_day(about: &About, sides: [(Line, Option<Period>); 2], measure: FactRef) -> Sentence;
    jump(about: &About, sides: [(FactRef, FactRef); 2], change: Line) -> Sentence;
    stepped(step: &Step<'_>) -> Sentence;
    times(about: &About, measure: FactRef, sides: [Line; 2], ratio: Line) -> Sentence;
    times_before(about: &About, measure: FactRef, periods: [Period; 2], ratio: Line) -> Sentence;
    ratio(sides: [(&About, FactRef); 2], ratio: Line) -> Sentence;
    percent_in_row(about: &About, names: &[FactRef], measures: [FactRef; 2], percent: Line) -> Sentence;
    apart(sides: [(&About, FactRef); 2], gap: Line) -> Sentence;
    // What is loaded.
    seen(about: &About, first: FactRef, last: FactRef) -> Sentence;
    loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence;
    loaded_days(days: FactRef, rows: Option<FactRef>) -> Sentence;
    loaded_to_the_end() -> Sentence;
    loaded_from(providers: Vec<FactRef>, formats: Vec<FactRef>) -> Sentence;
    // Causes.
    unit_cost_moved(workload: Option<FactRef>, sides: [(FactRef, Option<Period>); 2]) -> Sentence;
    main_cause(effect: &str, of_transactions: bool, names: &[FactRef], amount: FactRef, period: Option<Period>) -> Sentence;
    parts_moved(about: &About, from: Option<Period>, measure: FactRef, parts: &[Part]) -> Sentence;
    charged_since(about: &About, name: FactRef, first: Option<FactRef>, until: Option<FactRef>) -> Sentence;
    regime(name: FactRef, regime: &str) -> Sentence;
    price_parts(names: &[FactRef], period: Option<Period>, parts: &[(FactRef, FactRef)], main: (&str, bool)) -> Sentence;
    no_price_parts() -> Sentence;
    regime_reason(regime: &str, cost: &[FactRef; 2], transactions: &[FactRef; 2], periods: [Period; 2]) -> Sentence;
    interval(workload: Option<FactRef>, ends: [FactRef; 2], period: Period) -> Sentence;
    with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence;
    // What is unusual.
    odd(odd: &Odd<'_>) -> Sentence;
    none_odd(about: &About) -> Sentence;
    looked_at(period: Option<Period>, cost: FactRef, days: FactRef, counts: [FactRef; 2], least: FactRef) -> Sentence;
    too_little_past() -> Sentence;
    // Commitments.
    planned(plan: &Plan) -> Sentence;
    planned_otherwise(plan: &Plan) -> Sentence;
    planned_together(savings: &[FactRef]) -> Sentence;
    risked(plan: &Plan) -> Sentence;
    held_out(plan: &Plan) -> Sentence;
    rated(plan: &Plan, own: bool) -> Sentence;
    even_hours() -> Sentence;
    both_offers() -> Sentence;
    side_by_side(offers: &[Plan]) -> Sentence;
    units_reserved(names: &[FactRef], told: &[FactRef]) -> Sentence;
    broken_even(plan: &Plan, pays: bool) -> Sentence;
    held(period: Period, told: &[FactRef]) -> Sentence;
    held_cost(period: Period, told: &[FactRef]) -> Sentence;
    wasted(name: FactRef, told: &[FactRef]) -> Sentence;
    ends_next(name: FactRef, day: FactRef, left: FactRef) -> Sentence;
    ended_last(name: FactRef, day: FactRef) -> Sentence;
    no_end_told() -> Sentence;
    open_ends() -> Sentence;
    unnamed_ends() -> Sentence;
    none_ends() -> Sentence;
    lapse(name: FactRef, told: &[FactRef]) -> Sentence;
    hours_used(told: &[FactRef]) -> Sentence;
    hours_covered(covers: FactRef, told: &[FactRef]) -> Sentence;
    can_return(name: FactRef, day: FactRef) -> Sentence;
    cannot_return(name: FactRef, day: FactRef) -> Sentence;
    return_rule(days: FactRef, most: FactRef) -> Sentence;
    nothing_to_return() -> Sentence;
    unpriced() -> Sentence;
    nameless() -> Sentence;
    // Shared cost.
    loaded_unit_cost(owner: FactRef, unit_costs: [FactRef; 2], period: Period) -> Sentence;
    borne(owner: FactRef, costs: &[FactRef], period: Period) -> Sentence;
    pool_share(names: &[FactRef], basis: FactRef, figures: [FactRef; 2], period: Period) -> Sentence;
    allocated(costs: &[FactRef], period: Period) -> Sentence;
    allocation_rule() -> Sentence;
    // Savings.
    savings_total(saved: &Saved, kinds: &[Kind]) -> Sentence;
    savings_range(saved: &Saved) -> Sentence;
    savings_order() -> Sentence;
    savings_folded(folded: &Folded) -> Sentence;
    looked_into(check: FactRef, period: Option<Period>, figures: [FactRef; 3]) -> Sentence;
    nothing_charged(checks: &[FactRef], period: Option<Period>) -> Sentence;
    savings_overlap(saved: &Saved) -> Sentence;
    savings_published() -> Sentence;
    no_savings(period: Option<Period>, figures: [FactRef; 2]) -> Sentence;
    found_nothing(checks: &[FactRef]) -> Sentence;
    no_weights() -> Sentence;
    cannot_tell(checks: &[FactRef]) -> Sentence;
    not_measured(checks: &[FactRef]) -> Sentence;
    savings_measured(days: [FactRef; 2], figures: &[FactRef]) -> Sentence;
    savings_withdrawn(names: [FactRef; 4], figures: &[FactRef]) -> Sentence;
    to_examine(check: FactRef, resource: Option<FactRef>, up_to: FactRef) -> Sentence;
    // Scaling schedules.
    scheduled(told: &Schedule) -> Sentence;
    unscheduled(workload: &FactRef, why: Unscheduled) -> Sentence;
    schedule_tested(week: FactRef, hours: [FactRef; 2], saved: FactRef) -> Sentence;
    schedule_basis(basis: [FactRef; 5]) -> Sentence;
    schedule_committed(covered: FactRef) -> Sentence;
    schedule_by_day() -> Sentence;
    // Calls of interfaces.
    calls_cost(period: Period, price: FactRef, whole: [FactRef; 2]) -> Sentence;
    called_by(names: &[FactRef], period: Period, saving: [FactRef; 3]) -> Sentence;
    call_savings(period: Period, saving: [FactRef; 3]) -> Sentence;
    calls_rate(names: &[FactRef], why: &Excessive) -> Sentence;
    calls_uncounted(period: Period, cost: FactRef) -> Sentence;
    no_clients(loaded: bool) -> Sentence;
    // Budgets.
    budget(told: &Budgeted) -> Sentence;
    budget_shares(told: &Budgeted) -> Option<Sentence>;
    budget_basis(basis: FactRef) -> Sentence;
    budget_days_missing(name: FactRef, days: FactRef) -> Sentence;
    no_such_budget() -> Sentence;
    budgets_loaded(names: &[FactRef]) -> Sentence;
    // Tags.
    tags_allocated(about: &About, own: &Allocated) -> Sentence;
    targets(reached: Reached, crawl: &FactRef, run: &FactRef) -> Sentence;
    owners(keys: FactRef) -> Sentence;
    tag_keys(about: &About, evidence: &str, key: FactRef, cost: FactRef, share: Option<FactRef>) -> Sentence;
    tags_alike(evidence: &str, names: [FactRef; 3], cost: FactRef) -> Sentence;
    no_tags_alike(evidence: &str) -> Sentence;
    tags_missing(about: &About, of: &Dimension, name: FactRef, cost: FactRef, share: Option<FactRef>) -> Sentence;
    // How the question was read.
    read_as(scene: &Scene<'_>, measures: &[FactRef], terms: Option<&str>) -> Sentence;
    cost_metric(measure: FactRef) -> Sentence;
    period_reading(asked: Slice, period: Period) -> Sentence;
    preceding(period: Period) -> Sentence;
    whole_period() -> Sentence;
    name_reading(asked: Slice) -> Sentence;
    remembered(asked: Slice) -> Sentence;
    unread(words: &[Slice]) -> Sentence;
    inherited(parts: &[String]) -> Option<Sentence>;
    partial_period(period: Period, missing: Option<Period>, first: FactRef, last: FactRef) -> Sentence;
    reserved_without_fee() -> Sentence;
    loaded(first: FactRef, last: FactRef) -> Sentence;
    // Cost bases.
    basis(name: FactRef, status: FactRef, reason: FactRef) -> Sentence;
    cost_line(name: FactRef, costs: [FactRef; 2]) -> Sentence;
    discounts(layout: &str) -> Sentence;
    identities_hold() -> Sentence;
    identities_unchecked() -> Sentence;
    identities_not_kept() -> Sentence;
    identity_fails(name: FactRef, month: FactRef) -> Sentence;
    identity_gap(name: FactRef, month: FactRef, sides: [FactRef; 3]) -> Sentence;
    identity_unchecked(name: FactRef, reason: FactRef) -> Sentence;
    failed(month: FactRef, text: FactRef) -> Sentence;
    gross_and_credits(gross: FactRef, credits: FactRef) -> Sentence;
    // What is missing.
    declined(decline: &Decline) -> Sentence;
    reason(decline: &Decline) -> Sentence;
    formats(formats: FactRef) -> Sentence;
    searched(dimensions: &[Dimension]) -> Sentence;
    nearest(names: Vec<FactRef>) -> Sentence;
    asked_back(asked: Slice) -> Sentence;
    which_one() -> Sentence;
    choice(choice: &Choice) -> Sentence;
    no_figures(about: &About) -> Sentence;
    none_changed(dimensions: &[Dimension], from: Period, to: Period, gone: bool) -> Sentence;
    // What could be asked next.
    next(idea: &Idea) -> Sentence;
    instead() -> Vec<Sentence>;
}

impl Voice {
    pub(super) fn of(question: &Question) -> Self {
        Self(question.language())
    }
}
