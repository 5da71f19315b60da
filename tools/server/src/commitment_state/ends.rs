//! When commitments end, as far as the bill tells it.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use wherefore_analysis::commitment::state::term_days;
use wherefore_contract::{
    Decimal,
    cost::{CommitmentFigure, CostQuery, Measure},
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
    /// It is charged no more while later days are loaded.
    Ended,
    /// Its upfront purchase is for a whole term, which its daily cost divides.
    ByTerm,
    /// It is charged to the last loaded day, and no charge says how long it goes on.
    Open,
}

impl Told {
    pub(super) fn name(self) -> &'static str {
        match self {
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
    pub(super) first_day: Date,
    pub(super) charged_until: DateTime,
    /// The first day on which it is no more.
    pub(super) end: Option<Date>,
    pub(super) told: Told,
    /// What it costs on a day.
    pub(super) per_day: Decimal,
}

const ID: FocusDimension = FocusDimension::CommitmentDiscountId;
const KIND: FocusDimension = FocusDimension::CommitmentDiscountType;
const PROVIDER: FocusDimension = FocusDimension::Provider;
const COST: Measure = Measure::Commitment(CommitmentFigure::Committed);

/// The spans of all commitments with an id, those that end first before the others.
pub(super) async fn read(
    tools: &Tools,
    args: &Args,
    description: &CostDescription,
) -> Result<Vec<Span>, Refusal> {
    let id = Dimension::Column(ID);
    if !is_filled(description, &id) {
        return Ok(Vec::new());
    }
    let by: Vec<Dimension> = [ID, KIND, PROVIDER]
        .map(Dimension::Column)
        .into_iter()
        .filter(|dimension| is_filled(description, dimension))
        .collect();
    let named = Filter { dimension: id, op: FilterOp::NotNull, values: Vec::new() };
    let filters: Vec<Filter> = args.filters.iter().cloned().chain([named]).collect();
    let with = |column: FocusDimension, value: &str| {
        Filter::any_of(Dimension::Column(column), [value.to_owned()])
    };
    let usage = with(FocusDimension::ChargeCategory, "Usage");
    let spans = CostQuery {
        measures: vec![COST, Measure::FirstDay, Measure::ChargedUntil],
        dimensions: by.clone(),
        filters: filters.iter().cloned().chain([usage]).collect(),
        ..CostQuery::total(COST)
    };
    let once = [
        with(FocusDimension::ChargeCategory, "Purchase"),
        with(FocusDimension::ChargeFrequency, "One-Time"),
    ];
    let bought = CostQuery {
        measures: vec![Measure::BilledCost, Measure::FirstDay],
        dimensions: vec![Dimension::Column(ID)],
        filters: filters.into_iter().chain(once).collect(),
        ..CostQuery::total(Measure::BilledCost)
    };
    let query = |query| tools.costs.query(query, &tools.scope);
    let (spans, bought) = futures::try_join!(query(&spans), query(&bought))?;
    let purchases = purchases(&bought.table);
    let rows = 0..spans.table.rows.len();
    let spans = rows.filter_map(|row| span(&spans.table, row, &purchases, description));
    let mut spans: Vec<Span> =
        spans.filter(|span| args.as_of.is_none_or(|day| span.first_day < day)).collect();
    spans.sort_by(|left, right| {
        let key = |span: &Span| (span.end.is_none(), span.end, span.id.clone());
        key(left).cmp(&key(right))
    });
    Ok(spans)
}

fn purchases(table: &Table) -> BTreeMap<String, (Date, Decimal)> {
    let row = |row: usize| {
        let day = table.text(row, &Measure::FirstDay.column_name())?;
        let billed = table.number(row, &Measure::BilledCost.column_name())?;
        Some((table.text(row, ID.name())?.to_owned(), (parse_moment(day).ok()?.date(), billed)))
    };
    (0..table.rows.len()).filter_map(row).collect()
}

fn span(
    table: &Table,
    row: usize,
    purchases: &BTreeMap<String, (Date, Decimal)>,
    description: &CostDescription,
) -> Option<Span> {
    let text = |column: FocusDimension| table.text(row, column.name());
    let moment = |measure: &Measure| {
        table.text(row, &measure.column_name()).and_then(|text| parse_moment(text).ok())
    };
    let id = text(ID)?.to_owned();
    let first_day = moment(&Measure::FirstDay)?.date();
    let charged_until = moment(&Measure::ChargedUntil)?;
    let charged =
        Period::new(first_day.to_datetime(jiff::civil::Time::midnight()), charged_until).ok()?;
    let cost = table.number(row, &COST.column_name()).unwrap_or_default();
    let per_day = cost.checked_div(Decimal::from(charged.touched_days()))?;
    let loaded = loaded_until(description, text(PROVIDER));
    let term = purchases.get(&id).and_then(|(bought, billed)| {
        bought.checked_add(i64::from(term_days(*billed, per_day)?).days()).ok()
    });
    let gone = loaded.is_some_and(|loaded| charged_until < loaded);
    let (end, told) = match (gone, term) {
        (true, _) => (Some(charged_until.date()), Told::Ended),
        (false, Some(term)) => (Some(term), Told::ByTerm),
        (false, None) => (None, Told::Open),
    };
    let kind = text(KIND).unwrap_or_default().to_owned();
    Some(Span { id, kind, first_day, charged_until, end, told, per_day })
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
    fn told(until: &str, days: i64, purchase: Option<i64>) -> Span {
        let money = |name: &str| Column::measure(name, Unit::parse("USD"));
        let columns = vec![
            Column::dimension(ID.name()),
            Column::dimension(KIND.name()),
            Column::dimension(PROVIDER.name()),
            money(&COST.column_name()),
            Column::time(Measure::FirstDay.column_name()),
            Column::time(Measure::ChargedUntil.column_name()),
        ];
        let cost = (days * 10).to_string();
        let row = ["ri-1", "Reserved", "AWS", &cost, "2025-09-01", until];
        let rows = vec![row.map(|cell| Some(cell.to_owned())).to_vec()];
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
        let bought = purchase.map(|days| (date(2025, 9, 1), Decimal::from(days * 10)));
        let purchases = bought.map(|bought| ("ri-1".to_owned(), bought)).into_iter().collect();
        span(&Table { columns, rows }, 0, &purchases, &description).unwrap()
    }

    #[test]
    fn an_end_is_told_by_the_last_charge_by_the_term_or_not_at_all() {
        let ended = told("2026-03-01T00:00:00", 181, None);
        assert_eq!((ended.end, ended.told), (Some(date(2026, 3, 1)), Told::Ended));
        let bought = told("2026-04-01T00:00:00", 212, Some(365));
        assert_eq!((bought.end, bought.told), (Some(date(2026, 9, 1)), Told::ByTerm));
        let open = told("2026-04-01T00:00:00", 212, None);
        assert_eq!((open.end, open.told, open.per_day), (None, Told::Open, Decimal::TEN));
    }
}
