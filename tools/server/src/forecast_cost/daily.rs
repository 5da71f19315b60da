//! Daily amounts that forecasts learn from: what runs, and what comes beside it on days of its own.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use wherefore_contract::{
    Decimal,
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    table::ColumnKind,
    tool::FactTable,
};

use crate::{
    fact_table::Row,
    operating::{is_filled, is_operating},
};

const CATEGORY: &str = "charge_category";
// So many times a day of the month is looked back at, and seen at least, to tell what comes every month.
const MONTHS: usize = 3;
const LEAST_MONTHS: usize = 2;
// The last day of a month is one day, whatever its number.
const LAST_DAY: i8 = 32;

/// The daily amounts of one row.
#[derive(Debug, Default, Clone)]
pub(crate) struct Series {
    /// Usage, which goes on from day to day.
    pub(crate) running: Vec<Decimal>,
    /// Credits, taxes, purchases, support.
    pub(crate) beside: Vec<Decimal>,
}

/// The query that reads them, over the loaded days of `history`.
pub(crate) fn query(
    measure: &Measure,
    filters: &[Filter],
    dimensions: &[Dimension],
    history: Period,
    description: &CostDescription,
) -> CostQuery {
    let category = Dimension::Column(FocusDimension::ChargeCategory);
    let beside = is_filled(description, &category).then_some(category);
    let beside = beside.filter(|category| !dimensions.contains(category));
    CostQuery {
        dimensions: std::iter::once(Dimension::Time(Grain::Day))
            .chain(beside)
            .chain(dimensions.iter().cloned())
            .collect(),
        filters: filters.to_vec(),
        period: Some(history),
        ..CostQuery::total(measure.clone())
    }
}

/// The day after so many others.
pub(crate) fn date_of(first: Date, day: usize) -> Date {
    let span = jiff::Span::new().try_days(i64::try_from(day).unwrap_or(i64::MAX));
    span.map_or(Date::MAX, |span| first.saturating_add(span))
}

/// What was read, by the columns that a query was grouped by.
pub(crate) struct Daily<'a> {
    pub(crate) read: &'a FactTable,
    pub(crate) measure: &'a Measure,
    pub(crate) dimensions: &'a [Dimension],
    pub(crate) history: Period,
}

impl Daily<'_> {
    /// The names of rows, without the day and the kind of charge.
    pub(crate) fn names(&self) -> Vec<String> {
        let columns = self.read.table.columns.iter();
        let naming = columns.filter(|column| {
            column.kind != ColumnKind::Measure
                && column.name != "day"
                && !self.is_kind(&column.name)
        });
        naming.map(|column| column.name.clone()).collect()
    }

    // The kind of charge is a name of its own where it is asked for.
    fn is_kind(&self, column: &str) -> bool {
        let asked = self.dimensions.iter().any(|dimension| dimension.name() == CATEGORY);
        column == CATEGORY && !asked
    }

    pub(crate) fn series(&self) -> BTreeMap<Row, Series> {
        let table = &self.read.table;
        let first = self.history.start().date();
        let count = usize::try_from(self.history.days()).unwrap_or_default();
        let places: BTreeMap<String, usize> =
            (0..count).map(|day| (date_of(first, day).to_string(), day)).collect();
        let (names, cost) = (self.names(), self.measure.column_name());
        let mut all: BTreeMap<Row, Series> = BTreeMap::new();
        for row in 0..table.rows.len() {
            let Some(day) = table.text(row, "day").and_then(|day| places.get(day)) else {
                continue;
            };
            let key = names.iter().map(|name| table.text(row, name).map(str::to_owned)).collect();
            let series = all.entry(key).or_insert_with(|| Series {
                running: vec![Decimal::ZERO; count],
                beside: vec![Decimal::ZERO; count],
            });
            let operating = is_operating(table.text(row, CATEGORY), None);
            let days = if operating { &mut series.running } else { &mut series.beside };
            if let Some(sum) = days.get_mut(*day) {
                *sum += table.number(row, &cost).unwrap_or_default();
            }
        }
        all
    }
}

impl Series {
    /// What the loaded days of a range cost.
    pub(crate) fn known(&self, days: &Range<usize>) -> Vec<Decimal> {
        let own = |amounts: &[Decimal], day: usize| amounts.get(day).copied();
        let both = |day: usize| Some(own(&self.running, day)? + own(&self.beside, day)?);
        days.clone().filter_map(both).collect()
    }

    /// What comes beside usage on days to come, counted from the first day of what is learned from: what came on the
    /// same day of the last months comes again, what came but one time does not.
    pub(crate) fn monthly(&self, first: Date, days: &Range<usize>) -> Vec<Decimal> {
        let key = |date: Date| if date == date.last_of_month() { LAST_DAY } else { date.day() };
        let mut by_day: BTreeMap<i8, Vec<Decimal>> = BTreeMap::new();
        for (day, amount) in self.beside.iter().enumerate().rev() {
            let seen = by_day.entry(key(date_of(first, day))).or_default();
            if seen.len() < MONTHS {
                seen.push(*amount);
            }
        }
        let again = |seen: &Vec<Decimal>| -> Decimal {
            let mut sorted = seen.clone();
            sorted.sort_unstable_by_key(Decimal::abs);
            let middle = sorted.get((sorted.len().saturating_sub(1)) / 2).copied();
            middle.filter(|_| seen.len() >= LEAST_MONTHS).unwrap_or_default()
        };
        let of = |day: usize| by_day.get(&key(date_of(first, day))).map(again);
        days.clone().map(|day| of(day).unwrap_or_default()).collect()
    }
}
