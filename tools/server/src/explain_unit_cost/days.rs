//! Reads operating cost and transactions day by day, for the interval of the change.

use std::collections::BTreeMap;

use futures::try_join;
use jiff::civil::Date;
use rust_decimal::Decimal;
use wherefore_analysis::Day;
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, Grain},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    tool::FactTable,
};

use super::{Request, guard::Counted, lines::Basis};
use crate::{operating::operating_filters, refuse::Refusal, serve::Tools};

/// The days of both periods. Transactions are zero throughout when none are counted.
#[derive(Debug)]
pub(super) struct Days {
    pub(super) from: Vec<Day>,
    pub(super) to: Vec<Day>,
    counted: Counted,
    /// The tables that were read, for their statements.
    pub(super) read: Vec<FactTable>,
}

impl Days {
    /// Transactions of both periods, when they are counted.
    pub(super) fn transactions(&self) -> Option<(Decimal, Decimal)> {
        let sum = |days: &[Day]| days.iter().map(|day| day.transactions).sum();
        (self.counted == Counted::Both).then(|| (sum(&self.from), sum(&self.to)))
    }
}

pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    basis: &Basis,
    description: &CostDescription,
    counted: Counted,
) -> Result<Days, Refusal> {
    let mut filters = request.filters.clone();
    filters.extend(operating_filters(description));
    let cost = |period| by_day(&basis.cost, &filters, period);
    // Transactions know workloads only: conditions on charges do not apply to them.
    let workload: Vec<Filter> = match &request.workload {
        Some(name) => vec![Filter::any_of(Dimension::Workload, [name.clone()])],
        None => Vec::new(),
    };
    let count = |period| by_day(&Measure::Transactions, &workload, period);
    let (cost_from, cost_to) = (cost(request.from), cost(request.to));
    let (count_from, count_to) = (count(request.from), count(request.to));
    let query = |query| tools.costs.query(query, &tools.scope);
    let (cost_from, cost_to) = try_join!(query(&cost_from), query(&cost_to))?;
    let mut read = vec![cost_from, cost_to];
    if counted == Counted::Both {
        let (count_from, count_to) = try_join!(query(&count_from), query(&count_to))?;
        read.extend([count_from, count_to]);
    }
    let column = basis.cost.column_name();
    let of = |index: usize, column: &str| {
        read.get(index).map(|table| numbers(table, column)).unwrap_or_default()
    };
    let from = join(request.from, &of(0, &column), &of(2, "transactions"));
    let to = join(request.to, &of(1, &column), &of(3, "transactions"));
    Ok(Days { from, to, counted, read })
}

fn by_day(measure: &Measure, filters: &[Filter], period: Period) -> CostQuery {
    CostQuery {
        dimensions: vec![Dimension::Time(Grain::Day)],
        filters: filters.to_vec(),
        period: Some(period),
        ..CostQuery::total(measure.clone())
    }
}

fn numbers(table: &FactTable, column: &str) -> BTreeMap<Date, Decimal> {
    let table = &table.table;
    let mut sums: BTreeMap<Date, Decimal> = BTreeMap::new();
    for row in 0..table.rows.len() {
        let day = table.text(row, "day").and_then(|text| text.parse().ok());
        if let (Some(day), Some(number)) = (day, table.number(row, column)) {
            let sum = sums.entry(day).or_default();
            *sum = sum.saturating_add(number);
        }
    }
    sums
}

/// One entry for every day of the period, zero where nothing was charged or counted.
fn join(
    period: Period,
    cost: &BTreeMap<Date, Decimal>,
    transactions: &BTreeMap<Date, Decimal>,
) -> Vec<Day> {
    let midnight = jiff::civil::Time::midnight();
    let mut days = Vec::new();
    let mut date = period.start().date();
    while date.to_datetime(midnight) < period.end() {
        let of =
            |numbers: &BTreeMap<Date, Decimal>| numbers.get(&date).copied().unwrap_or_default();
        days.push(Day { date, cost: of(cost), transactions: of(transactions) });
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    days
}
