//! When commitments end, as far as the bill tells it.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use wherefore_analysis::commitment::state::term_days;
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    period::{Period, parse_moment},
    quality::CostDescription,
    table::Table,
};

use super::Args;
use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

/// How the end of a commitment is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// The bill names the day (AWS cost reports: `reservation_end_time`, `savings_plan_end_time`).
    OnBill,
    /// It is charged no more while later days are loaded.
    Ended,
    /// Its upfront purchase is for a whole term, which its daily cost divides.
    ByTerm,
    /// It is charged to the last loaded day, and no charge says how long it goes on (FOCUS 1.2 has no such column).
    Open,
}

impl Told {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OnBill => "end_on_the_bill",
            Self::Ended => "charged_no_more",
            Self::ByTerm => "upfront_term",
            Self::Open => "not_on_the_bill",
        }
    }
}

/// The span of a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) id: String,
    pub(super) kind: String,
    /// The day it was bought, or else that of its first charge.
    pub(super) first_day: Date,
    pub(super) charged_until: DateTime,
    /// The first day on which it is no more.
    pub(super) end: Option<Date>,
    pub(super) told: Told,
    pub(super) term: String,
    pub(super) payment: String,
    /// What it costs on a day.
    pub(super) per_day: Decimal,
}

const ID: FocusDimension = FocusDimension::CommitmentDiscountId;
const KIND: FocusDimension = FocusDimension::CommitmentDiscountType;
const PROVIDER: FocusDimension = FocusDimension::Provider;
const START: FocusDimension = FocusDimension::CommitmentStart;
const END: FocusDimension = FocusDimension::CommitmentEnd;
const TERM: FocusDimension = FocusDimension::CommitmentTerm;
const PAYMENT: FocusDimension = FocusDimension::CommitmentPayment;
const CATEGORY: FocusDimension = FocusDimension::ChargeCategory;
const FREQUENCY: FocusDimension = FocusDimension::ChargeFrequency;
const COST: Measure = Measure::EffectiveCost;

/// The spans of all commitments with an id: those that end first before the others, those that are over last.
///
/// # Errors
/// When the store fails.
pub(super) async fn read(
    tools: &Tools,
    args: &Args,
    description: &CostDescription,
) -> Result<Vec<Span>, Refusal> {
    let id = Dimension::Column(ID);
    if !is_filled(description, &id) {
        return Ok(Vec::new());
    }
    let by = [ID, KIND, PROVIDER, START, END, TERM, PAYMENT, CATEGORY, FREQUENCY]
        .map(Dimension::Column)
        .into_iter()
        .filter(|dimension| is_filled(description, dimension));
    let named = Filter { dimension: id, op: FilterOp::NotNull, values: Vec::new() };
    let query = CostQuery {
        measures: vec![COST, Measure::BilledCost, Measure::FirstDay, Measure::ChargedUntil],
        dimensions: by.collect(),
        filters: args.filters.iter().cloned().chain([named]).collect(),
        ..CostQuery::total(COST)
    };
    let read = tools.costs.query(&query, &tools.scope).await?;
    Ok(spans(&read.table, args, description))
}

fn spans(table: &Table, args: &Args, description: &CostDescription) -> Vec<Span> {
    let mut all: BTreeMap<&str, Charged> = BTreeMap::new();
    for row in 0..table.rows.len() {
        if let Some(id) = table.text(row, ID.name()) {
            all.entry(id).or_default().add(table, row);
        }
    }
    let spans = all.into_iter().filter_map(|(id, charged)| charged.span(id, description));
    let mut spans: Vec<Span> =
        spans.filter(|span| args.as_of.is_none_or(|day| span.first_day < day)).collect();
    spans.sort_by_key(|span| {
        let is_over = span.told == Told::Ended;
        // Of those that are over the latest first.
        let since = span.end.filter(|_| is_over).map(std::cmp::Reverse);
        (is_over, span.end.is_none(), since, span.end, span.id.clone())
    });
    spans
}

/// What the charges of one commitment tell.
#[derive(Debug, Default)]
struct Charged {
    kind: String,
    provider: Option<String>,
    start: Option<Date>,
    end: Option<Date>,
    term: String,
    payment: String,
    cost: Decimal,
    /// What was paid as it went, for bills that spread no cost over what was used.
    fees: Decimal,
    /// Of usage that it covered, or that was left.
    used: Option<(Date, DateTime)>,
    /// Of its fees, which stand for a whole month, whether it is over or not.
    paid: Option<(Date, DateTime)>,
    /// Day and amount of an upfront purchase.
    bought: Option<(Date, Decimal)>,
}

impl Charged {
    fn add(&mut self, table: &Table, row: usize) {
        let text = |column: FocusDimension| table.text(row, column.name());
        let moment = |text: Option<&str>| text.and_then(|text| parse_moment(text).ok());
        let of = |measure: &Measure| moment(table.text(row, &measure.column_name()));
        let fill = |told: &mut String, column: FocusDimension| {
            if told.is_empty() {
                text(column).unwrap_or_default().clone_into(told);
            }
        };
        fill(&mut self.kind, KIND);
        fill(&mut self.term, TERM);
        fill(&mut self.payment, PAYMENT);
        self.provider = self.provider.take().or_else(|| text(PROVIDER).map(str::to_owned));
        // A term that was moved (an exchange, a renewal) ends when the latest one does.
        self.start = self.start.max(moment(text(START)).map(DateTime::date));
        self.end = self.end.max(moment(text(END)).and_then(after));
        self.cost += table.number(row, &COST.column_name()).unwrap_or_default();
        let first = of(&Measure::FirstDay).map(DateTime::date);
        let days = first.zip(of(&Measure::ChargedUntil));
        match (text(CATEGORY), text(FREQUENCY)) {
            (Some("Purchase"), Some("One-Time")) => {
                let billed = table.number(row, &Measure::BilledCost.column_name());
                self.bought = first.zip(billed).or(self.bought);
            }
            (Some("Purchase"), _) => {
                self.paid = joined(self.paid, days);
                let billed = table.number(row, &Measure::BilledCost.column_name());
                self.fees += billed.unwrap_or_default();
            }
            _ => self.used = joined(self.used, days),
        }
    }

    fn span(self, id: &str, description: &CostDescription) -> Option<Span> {
        let loaded = loaded_until(description, self.provider.as_deref());
        let paid = self.paid.map(|(first, until)| (first, loaded.unwrap_or(until).min(until)));
        let (first_day, charged_until) = self.used.or(paid)?;
        let midnight = first_day.to_datetime(jiff::civil::Time::midnight());
        let charged = Period::new(midnight, charged_until).ok()?;
        let cost = if self.cost.is_zero() { self.fees } else { self.cost };
        let per_day = cost.checked_div(Decimal::from(charged.touched_days()))?;
        let term = self.bought.and_then(|(bought, billed)| {
            bought.checked_add(i64::from(term_days(billed, per_day)?).days()).ok()
        });
        let gone = loaded.is_some_and(|loaded| charged_until < loaded);
        let (end, told) = match (self.end, gone, term) {
            (Some(end), ..) => (Some(end), Told::OnBill),
            (None, true, _) => (Some(charged_until.date()), Told::Ended),
            (None, false, Some(term)) => (Some(term), Told::ByTerm),
            (None, false, None) => (None, Told::Open),
        };
        Some(Span {
            id: id.to_owned(),
            kind: self.kind,
            first_day: self.start.unwrap_or(first_day),
            charged_until,
            end,
            told,
            term: self.term,
            payment: self.payment,
            per_day,
        })
    }
}

// The first and the last of both.
fn joined(
    one: Option<(Date, DateTime)>,
    two: Option<(Date, DateTime)>,
) -> Option<(Date, DateTime)> {
    match (one, two) {
        (Some(one), Some(two)) => Some((one.0.min(two.0), one.1.max(two.1))),
        (one, two) => one.or(two),
    }
}

// The first day after an end: bills state its last second.
fn after(end: DateTime) -> Option<Date> {
    Some(end.checked_add(1.second()).ok()?.date())
}

/// Up to when the charges of a provider are loaded.
fn loaded_until(description: &CostDescription, provider: Option<&str>) -> Option<DateTime> {
    let own = description.periods.iter().filter(|loaded| {
        provider.is_none_or(|provider| loaded.provider.eq_ignore_ascii_case(provider))
    });
    let ends = own.filter_map(|loaded| loaded.coverage).map(Period::end);
    ends.max().or_else(|| description.coverage.map(Period::end))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use wherefore_contract::{quality::LoadedPeriod, table::Column, unit::Unit};

    use super::*;

    /// Charges of one commitment from September 2025 on, up to `until`, at ten dollars a day.
    fn told(until: &str, days: i64, purchase: Option<i64>, end: Option<&str>) -> Span {
        let money = |name: &str| Column::measure(name, Unit::parse("USD"));
        let names = [ID, KIND, PROVIDER, END, CATEGORY, FREQUENCY];
        let mut columns: Vec<Column> =
            names.map(|column| Column::dimension(column.name())).to_vec();
        columns.extend([
            money(&COST.column_name()),
            money(&Measure::BilledCost.column_name()),
            Column::time(Measure::FirstDay.column_name()),
            Column::time(Measure::ChargedUntil.column_name()),
        ]);
        let row = |category: &str, frequency: &str, cost: i64, billed: i64, until: &str| {
            let [cost, billed] = [cost, billed].map(|amount| (amount * 10).to_string());
            let told = ["ri-1", "Reserved", "AWS"].map(str::to_owned).map(Some);
            let charge = [category, frequency].map(str::to_owned).map(Some);
            let rest = [cost, billed, "2025-09-01".to_owned(), until.to_owned()].map(Some);
            let told = told.into_iter().chain([end.map(str::to_owned)]);
            told.chain(charge).chain(rest).collect::<Vec<_>>()
        };
        let mut rows = vec![row("Usage", "Usage-Based", days, 0, until)];
        let bought = purchase.map(|days| row("Purchase", "One-Time", 0, days, "2026-09-01"));
        rows.extend(bought);
        let loaded = LoadedPeriod {
            provider: "AWS".to_owned(),
            billing_account: "1".to_owned(),
            billing_period: date(2026, 3, 1),
            rows: 1,
            coverage: Period::of_days(date(2026, 3, 1), date(2026, 4, 1)).ok(),
            missing_days: Vec::new(),
            complete: true,
        };
        let description = CostDescription { periods: vec![loaded], ..CostDescription::default() };
        let args = Args::default();
        spans(&Table { columns, rows }, &args, &description).pop().unwrap()
    }

    #[test]
    fn an_end_is_told_by_the_last_charge_by_the_term_or_not_at_all() {
        let ended = told("2026-03-01T00:00:00", 181, None, None);
        assert_eq!((ended.end, ended.told), (Some(date(2026, 3, 1)), Told::Ended));
        let bought = told("2026-04-01T00:00:00", 212, Some(365), None);
        assert_eq!((bought.end, bought.told), (Some(date(2026, 9, 1)), Told::ByTerm));
        let open = told("2026-04-01T00:00:00", 212, None, None);
        assert_eq!((open.end, open.told, open.per_day), (None, Told::Open, Decimal::TEN));
    }

    #[test]
    fn the_end_that_the_bill_names_comes_before_all_others() {
        // Nothing used it in March, yet it lasts.
        let idle = told("2026-03-01T00:00:00", 181, Some(365), Some("2026-08-31T23:59:59"));
        assert_eq!((idle.end, idle.told), (Some(date(2026, 9, 1)), Told::OnBill));
        let during = told("2026-04-01T00:00:00", 212, None, Some("2026-08-31T07:29:59"));
        assert_eq!(during.end, Some(date(2026, 8, 31)));
    }
}
