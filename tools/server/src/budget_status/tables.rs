//! The tables of budgets: one row each, and the course of a single one by day.

use wherefore_contract::{
    Decimal,
    cost::Measure,
    money::Currency,
    period::{Period, format_moment},
    quality::CostDescription,
    table::Column,
    tool::FactTable,
    unit::Unit,
};

use super::stand::{Stand, day_of};
use crate::{
    fact_table::{Row, cell, computed, text},
    forecast_cost::period_name,
};

const CURRENCY: &str = "currency";
// Digits of shares.
const SHARE_DIGITS: u32 = 2;

pub(super) fn tables(
    stands: &[Stand],
    measure: &Measure,
    description: &CostDescription,
) -> Vec<FactTable> {
    let mut tables = vec![status(stands, measure, description)];
    if let [stand] = stands
        && stand.course.len() > 1
    {
        tables.push(course(stand, description));
    }
    tables
}

// One unit for the column where all budgets have one currency, else that of each row.
fn money(stands: &[Stand], name: &str) -> Column {
    let mut currencies: Vec<&str> =
        stands.iter().map(|stand| stand.budget.currency.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    match currencies.as_slice() {
        [only] => match Currency::parse(only) {
            Some(currency) => Column::measure(name, Unit::Currency(currency)),
            None => Column::measure_by(name, CURRENCY),
        },
        _ => Column::measure_by(name, CURRENCY),
    }
}

fn status(stands: &[Stand], measure: &Measure, description: &CostDescription) -> FactTable {
    let money = |name: &str| money(stands, name);
    let percent = |name: &str| Column::measure(name, Unit::Percent);
    let days = |name: &str| Column::measure(name, Unit::Count("days".to_owned()));
    let columns = vec![
        Column::dimension("budget"),
        Column::time("period"),
        Column::dimension("budget_for"),
        Column::dimension("state"),
        money("budget_amount"),
        money("spent"),
        money("budget_left"),
        percent("spent_percent"),
        percent("time_percent"),
        money("expected"),
        money("low"),
        money("high"),
        money("over_budget"),
        Column::time("runs_out"),
        days("days_loaded"),
        days("days_total"),
        days("days_not_loaded"),
        Column::dimension("method"),
        Column::dimension("measured_as"),
        Column::dimension(CURRENCY),
    ];
    let rows = stands.iter().map(|stand| row(stand, measure)).collect();
    let source = stands.iter().find_map(|stand| stand.read.as_ref());
    let mut table =
        computed("budgets", source.map_or("manifest", |read| read.source.as_str()), columns, rows);
    if let ([stand], Some(read)) = (stands, source) {
        table.statement.clone_from(&read.statement);
        table.parameters.clone_from(&read.parameters);
        table.filters = stand.budget.filter.iter().cloned().collect();
    }
    if let [stand] = stands {
        table.period = Some(stand.period);
    }
    table.data_as_of = description.coverage.map(|coverage| format_moment(coverage.end()));
    // Of several budgets each row says how many of its days are loaded.
    table.complete = match stands {
        [stand] => stand.known == Some(stand.period),
        _ => true,
    };
    table
}

fn row(stand: &Stand, measure: &Measure) -> Row {
    let exact = |value: Decimal| cell(value.normalize());
    let share = |value: Decimal| exact(value.round_dp(SHARE_DIGITS));
    let status = stand.status.as_ref();
    let outlook = stand.outlook;
    let interval = outlook.and_then(|(_, interval)| interval);
    let whole = stand.days_not_loaded == 0;
    let of = |value: Option<Decimal>| value.and_then(exact);
    let filter = stand.budget.filter.as_ref();
    vec![
        text(&stand.budget.name),
        cell(period_name(stand.period)),
        filter.and_then(|filter| text(&filter.values.join(", "))),
        cell(stand.state.name()),
        exact(stand.budget.amount),
        of(status.map(|status| status.spent)),
        of(status.map(|status| status.left)),
        status.and_then(|status| status.spent_percent).and_then(share),
        status.and_then(|status| status.time_percent).and_then(share),
        of(outlook.map(|(expected, _)| expected)),
        of(interval.map(|(low, _)| low)),
        of(interval.map(|(_, high)| high)),
        of(status.and_then(|status| status.over).filter(|_| whole)),
        status
            .and_then(|status| status.runs_out)
            .filter(|_| whole)
            .and_then(|day| cell(day_of(stand.period, day))),
        cell(stand.known.map_or(0, Period::days)),
        cell(stand.period.days()),
        cell(stand.days_not_loaded),
        stand.method.and_then(text),
        cell(measure.column_name()),
        text(&stand.budget.currency),
    ]
}

// What was spent until each day, beside an even line to the amount; from the last loaded day on what is expected.
fn course(stand: &Stand, description: &CostDescription) -> FactTable {
    let own = std::slice::from_ref(stand);
    let columns = vec![
        Column::time("day"),
        money(own, "spent_to_date"),
        money(own, "expected_to_date"),
        money(own, "planned_to_date"),
        Column::dimension(CURRENCY),
    ];
    let last = stand.course.iter().filter(|day| day.known).count();
    let row = |day: &wherefore_analysis::BurnDay| {
        let spend = || cell(day.spend.normalize());
        let joins = day.day + 1 >= last;
        vec![
            cell(day_of(stand.period, day.day)),
            day.known.then(spend).flatten(),
            joins.then(spend).flatten(),
            cell(day.planned.round_dp(SHARE_DIGITS).normalize()),
            text(&stand.budget.currency),
        ]
    };
    let rows = stand.course.iter().map(row).collect();
    let source = stand.read.as_ref();
    let mut table =
        computed("burn", source.map_or("manifest", |read| read.source.as_str()), columns, rows);
    if let Some(read) = source {
        table.statement.clone_from(&read.statement);
        table.parameters.clone_from(&read.parameters);
    }
    table.period = Some(stand.period);
    table.filters = stand.budget.filter.iter().cloned().collect();
    table.data_as_of = description.coverage.map(|coverage| format_moment(coverage.end()));
    table.complete = stand.course.iter().all(|day| day.known);
    table
}
