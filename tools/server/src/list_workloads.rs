//! `list_workloads`: the programs of ours that charges or transactions name.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::Dimension,
    filter::{Filter, FilterOp},
    period::{Period, parse_moment},
    quality::CostDescription,
    table::Column,
    tool::{FactTable, Found},
};

use crate::{
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{Row, cell, computed, found, nothing},
    operating::is_filled,
    refuse::Refusal,
    serve::Tools,
};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "list_workloads",
        "List workloads",
        "Lists our workloads, with the days for which each has charges and transactions. Use it before \
asking for unit costs, to learn which workloads have both. Do not use it to find a cloud service, \
account or tag (find_metadata).",
    )
}

/// What is known of one workload: first and last day of charges and of transactions.
#[derive(Debug, Default)]
struct Seen {
    charges: Option<(Date, Date)>,
    transactions: Option<(Date, Date)>,
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let Args {} = arguments.read("{}")?;
    let description = tools.costs.describe(&tools.scope).await?;
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for counted in &description.transactions {
        seen.entry(counted.workload.clone()).or_default().transactions = days(counted.period);
    }
    let mut charges = None;
    if has_workloads(&description) {
        let query = charges_by_workload();
        let table = tools.costs.query(&query, &tools.scope).await?;
        for (name, first, last) in charged(&table) {
            seen.entry(name).or_default().charges = Some((first, last));
        }
        charges = Some(table);
    }
    let searched = format!(
        "workloads that the tag `{}` of charges or the loaded transactions name",
        description.workload_tag
    );
    if seen.is_empty() {
        return Ok(nothing(searched));
    }
    let rows = seen.into_iter().map(|(name, seen)| row(name, &seen)).collect();
    let mut table = computed("workloads", "embedded:billing", columns(), rows);
    if let Some(charges) = charges {
        table.source = charges.source;
        table.statement = charges.statement;
        table.parameters = charges.parameters;
        table.data_as_of = charges.data_as_of;
    }
    Ok(found(vec![table], tools.costs.snapshot(), searched))
}

fn has_workloads(description: &CostDescription) -> bool {
    let tag = Dimension::Tag(description.workload_tag.to_lowercase());
    is_filled(description, &Dimension::Workload) || is_filled(description, &tag)
}

fn charges_by_workload() -> CostQuery {
    CostQuery {
        measures: vec![Measure::FirstCharge, Measure::LastCharge],
        dimensions: vec![Dimension::Workload],
        filters: vec![Filter {
            dimension: Dimension::Workload,
            op: FilterOp::NotNull,
            values: Vec::new(),
        }],
        ..CostQuery::total(Measure::FirstCharge)
    }
}

fn charged(table: &FactTable) -> Vec<(String, Date, Date)> {
    let table = &table.table;
    let day = |row, column| table.text(row, column).and_then(|text| parse_moment(text).ok());
    (0..table.rows.len())
        .filter_map(|row| {
            let name = table.text(row, "workload")?.to_owned();
            let first = day(row, "first_charge")?;
            let last = day(row, "last_charge")?;
            Some((name, DateTime::date(first), DateTime::date(last)))
        })
        .collect()
}

/// First and last day of a period.
pub(crate) fn days(period: Period) -> Option<(Date, Date)> {
    let last = period.end().checked_sub(1.second()).ok()?;
    Some((period.start().date(), last.date()))
}

fn columns() -> Vec<Column> {
    vec![
        Column::dimension("workload"),
        Column::dimension("has_charges"),
        Column::dimension("has_transactions"),
        Column::time("first_day"),
        Column::time("last_day"),
        Column::time("transactions_first_day"),
        Column::time("transactions_last_day"),
    ]
}

fn row(name: String, seen: &Seen) -> Row {
    // Days of charges; a workload without charges shows the days of its transactions.
    let shown = seen.charges.or(seen.transactions);
    vec![
        Some(name),
        cell(seen.charges.is_some()),
        cell(seen.transactions.is_some()),
        shown.and_then(|(first, _)| cell(first)),
        shown.and_then(|(_, last)| cell(last)),
        seen.transactions.and_then(|(first, _)| cell(first)),
        seen.transactions.and_then(|(_, last)| cell(last)),
    ]
}
