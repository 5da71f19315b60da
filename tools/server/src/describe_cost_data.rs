//! `describe_cost_data`: what is loaded, and how far it can be trusted.

use jiff::ToSpan;
use rmcp::model::Tool;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wherefore_contract::{
    budget::Budget,
    period::{Period, format_moment},
    quality::{CostDescription, DiscountState, LoadedPeriod, Notice, TransactionCoverage},
    table::Column,
    tool::{FactTable, Found},
    unit::Unit,
};

use crate::{
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{Row, cell, computed, found, nothing, text},
    list_workloads::days,
    refuse::Refusal,
    searched::list,
    serve::Tools,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "describe_cost_data",
        "Describe the loaded data",
        "What is loaded: days, billing periods, providers, currencies, dimensions, workloads with \
transactions, budgets, and notices that qualify figures. Use it first, and to say why something cannot be \
answered. Do not use it for costs (query_cost) or to look a name up (find_metadata).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let Args {} = arguments.read("{}")?;
    let description = tools.costs.describe(&tools.scope).await?;
    let searched = format!("what snapshot {} of the bills holds", description.snapshot);
    if description.rows == 0 && description.transactions.is_empty() {
        return Ok(nothing(searched));
    }
    let tables = vec![
        coverage(&description),
        periods(&description),
        dimensions(&description),
        transactions(&description),
        notices(&description),
        loaded_tables(&description),
        budgets(&description),
    ];
    Ok(Found {
        notices: description.notices.clone(),
        ..found(tables, description.snapshot.clone(), searched)
    })
}

fn table(
    name: &str,
    description: &CostDescription,
    columns: Vec<Column>,
    rows: Vec<Row>,
) -> FactTable {
    FactTable {
        period: description.coverage,
        data_as_of: description.coverage.map(|period| format_moment(period.end())),
        ..computed(name, &format!("manifest:{}", description.snapshot), columns, rows)
    }
}

fn count(name: &str, noun: &str) -> Column {
    Column::measure(name, Unit::Count(noun.to_owned()))
}

fn coverage(description: &CostDescription) -> FactTable {
    let loaded = description.coverage.and_then(days);
    let last_hour = description.coverage.and_then(|period| period.end().checked_sub(1.hour()).ok());
    let columns = vec![
        Column::dimension("snapshot"),
        Column::time("first_day"),
        Column::time("last_day"),
        Column::time("last_hour"),
        count("rows", "rows"),
        count("days", "days"),
        Column::dimension("billing_currencies"),
        Column::dimension("providers"),
        Column::dimension("formats"),
        Column::dimension("default_cost"),
        Column::dimension("workload_tag"),
    ];
    let row = vec![
        cell(&description.snapshot),
        loaded.and_then(|(first, _)| cell(first)),
        loaded.and_then(|(_, last)| cell(last)),
        // Midnight is a real hour here, so it is written out.
        last_hour.and_then(|hour| cell(hour.strftime("%Y-%m-%dT%H:%M:%S"))),
        cell(description.rows),
        description.coverage.and_then(|period| cell(period.touched_days())),
        text(&list(&description.billing_currencies)),
        text(&list(&description.providers)),
        text(&list(&description.formats)),
        description.default_cost.as_ref().and_then(cell),
        text(&description.workload_tag),
    ];
    table("coverage", description, columns, vec![row])
}

fn periods(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("provider"),
        Column::dimension("billing_account"),
        Column::time("billing_period"),
        count("rows", "rows"),
        Column::time("first_day"),
        Column::time("last_day"),
        count("missing_days", "days"),
        Column::dimension("missing"),
        Column::dimension("complete"),
        Column::dimension("discount_layout"),
    ];
    let row = |loaded: &LoadedPeriod| {
        let covered = loaded.coverage.and_then(days);
        vec![
            text(&loaded.provider),
            text(&loaded.billing_account),
            cell(loaded.billing_period),
            cell(loaded.rows),
            covered.and_then(|(first, _)| cell(first)),
            covered.and_then(|(_, last)| cell(last)),
            cell(loaded.missing_days.len()),
            text(&list(&loaded.missing_days)),
            cell(loaded.complete),
            layout(description, loaded),
        ]
    };
    table("periods", description, columns, description.periods.iter().map(row).collect())
}

/// Where the bill keeps its discounts.
fn layout(description: &CostDescription, loaded: &LoadedPeriod) -> Option<String> {
    let own = |state: &&DiscountState| {
        state.provider == loaded.provider
            && state.billing_account == loaded.billing_account
            && state.billing_period == loaded.billing_period
    };
    description.discounts.iter().find(own).map(|state| state.layout.name().to_owned())
}

fn dimensions(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("dimension"),
        count("distinct", "distinct"),
        Column::measure("filled_percent", Unit::Percent),
    ];
    let rows = description
        .dimensions
        .iter()
        .map(|fill| vec![cell(&fill.dimension), cell(fill.distinct), cell(&fill.filled_percent)])
        .collect();
    table("dimensions", description, columns, rows)
}

fn transactions(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("workload"),
        Column::time("first_day"),
        Column::time("last_day"),
        Column::dimension("grain"),
        Column::dimension("has_charges"),
        count("missing_days", "days"),
    ];
    let row = |counted: &TransactionCoverage| {
        let covered = days(counted.period);
        vec![
            cell(&counted.workload),
            covered.and_then(|(first, _)| cell(first)),
            covered.and_then(|(_, last)| cell(last)),
            text(&counted.grain),
            cell(counted.has_charges),
            cell(counted.missing_days.len()),
        ]
    };
    table("transactions", description, columns, description.transactions.iter().map(row).collect())
}

// Which kinds of tables are loaded, each with its days.
fn loaded_tables(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("loaded_table"),
        Column::time("first_day"),
        Column::time("last_day"),
    ];
    let span = |periods: Vec<Period>| {
        let start = periods.iter().map(|period| period.start()).min()?;
        Period::new(start, periods.iter().map(|period| period.end()).max()?).ok()
    };
    let row = |(name, periods): (&str, Vec<Period>)| {
        let covered = span(periods).and_then(days);
        vec![
            cell(name),
            covered.and_then(|(first, _)| cell(first)),
            covered.and_then(|(_, last)| cell(last)),
        ]
    };
    let CostDescription { transactions, calls, budgets, .. } = description;
    let counted = transactions.iter().map(|counted| counted.period).collect();
    let called = calls.iter().map(|called| called.period).collect();
    let planned = budgets.iter().filter_map(Budget::period).collect();
    let rows = [
        ("charges", description.coverage.into_iter().collect()),
        ("transactions", counted),
        ("api_calls", called),
        ("budgets", planned),
    ];
    let loaded = rows.into_iter().filter(|(_, periods): &(&str, Vec<Period>)| !periods.is_empty());
    let rows = loaded.map(row).collect();
    table("loaded_tables", description, columns, rows)
}

fn budgets(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("budget"),
        Column::time("first_day"),
        Column::time("last_day"),
        Column::measure_by("budget_amount", "currency"),
        Column::dimension("currency"),
        Column::dimension("dimension"),
        Column::dimension("value"),
    ];
    let row = |budget: &Budget| {
        let covered = budget.period().and_then(days);
        let filter = budget.filter.as_ref();
        vec![
            text(&budget.name),
            covered.and_then(|(first, _)| cell(first)),
            covered.and_then(|(_, last)| cell(last)),
            cell(budget.amount.normalize()),
            text(&budget.currency),
            filter.and_then(|filter| cell(&filter.dimension)),
            filter.and_then(|filter| text(&filter.values.join(", "))),
        ]
    };
    table("budgets_loaded", description, columns, description.budgets.iter().map(row).collect())
}

fn notices(description: &CostDescription) -> FactTable {
    let columns = vec![
        Column::dimension("code"),
        Column::dimension("subject"),
        Column::dimension("source"),
        Column::time("billing_period"),
        Column::dimension("severity"),
        Column::dimension("text"),
        Column::dimension("figure"),
        Column::measure_by("value", "unit"),
        Column::dimension("unit"),
    ];
    let rows = description.notices.iter().flat_map(notice_rows).collect();
    table("notices", description, columns, rows)
}

/// One row a figure, or one row when the notice has none.
fn notice_rows(notice: &Notice) -> Vec<Row> {
    let start = vec![
        text(&word(&notice.code)),
        text(&notice.subject),
        text(&notice.source),
        notice.billing_period.and_then(cell),
        text(&word(&notice.severity)),
        text(&notice.text),
    ];
    if notice.figures.is_empty() {
        return vec![[start, vec![None, None, None]].concat()];
    }
    let figure = |(name, value): (&String, &String)| {
        let unit = value.parse::<Decimal>().ok().map(|_| figure_unit(name).to_string());
        [start.clone(), vec![cell(name), text(value), unit]].concat()
    };
    notice.figures.iter().map(figure).collect()
}

fn word<T: Serialize>(code: &T) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// What a notice's figure counts, by its name: `rows`, `missing_days`, `untagged_percent`.
fn figure_unit(name: &str) -> Unit {
    match name.rsplit('_').next().unwrap_or(name) {
        "percent" | "share" => Unit::Percent,
        "days" => Unit::Count("days".to_owned()),
        "hours" => Unit::Count("hours".to_owned()),
        "rows" => Unit::Count("rows".to_owned()),
        other => Unit::parse(other),
    }
}
