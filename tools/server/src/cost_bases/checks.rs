//! The closing identities of the bills that were read, and where each keeps its discounts.

use wherefore_contract::{
    period::Period,
    quality::{CostDescription, IdentityState},
    table::Column,
    tool::FactTable,
    unit::Unit,
};

use crate::{
    answered::Touched,
    fact_table::{Row, cell, computed, text},
};

const SOURCE: &str = "data report";

/// One row an identity, billing period and outcome; one row a bill and layout of discounts.
pub(super) fn tables(
    description: &CostDescription,
    touched: &Touched<'_>,
    periods: &[Period],
) -> Vec<FactTable> {
    let covers = |provider: &str, account: &str, month: jiff::civil::Date| {
        touched.reaches(description, &format!("{provider} {account}"), month)
    };
    let checked: Vec<&IdentityState> = description
        .identities
        .iter()
        .filter(|state| covers(&state.provider, &state.billing_account, state.billing_period))
        .collect();
    let mut tables = Vec::new();
    if !checked.is_empty() {
        tables.push(identities(&checked, periods));
    }
    let layouts: Vec<Row> = description
        .discounts
        .iter()
        .filter(|state| covers(&state.provider, &state.billing_account, state.billing_period))
        .map(|state| {
            vec![
                cell(state.billing_period.strftime("%Y-%m")),
                text(&state.provider),
                text(&state.billing_account),
                cell(state.layout.name()),
            ]
        })
        .collect();
    if !layouts.is_empty() {
        let columns = vec![
            Column::time("month"),
            Column::dimension("provider"),
            Column::dimension("billing_account"),
            Column::dimension("discount_layout"),
        ];
        tables.push(computed("discounts", SOURCE, columns, layouts));
    }
    tables
}

fn identities(states: &[&IdentityState], periods: &[Period]) -> FactTable {
    let amount = |name: &str| Column::measure_by(name, "billing_currency");
    let columns = vec![
        Column::time("month"),
        Column::dimension("provider"),
        Column::dimension("billing_account"),
        Column::dimension("identity"),
        Column::dimension("outcome"),
        Column::measure("checks", Unit::Count("checks".to_owned())),
        Column::dimension("billing_currency"),
        amount("left_side"),
        amount("right_side"),
        amount("gap"),
        amount("tolerance"),
        Column::dimension("detail"),
    ];
    let row = |state: &&IdentityState| {
        vec![
            cell(state.billing_period.strftime("%Y-%m")),
            text(&state.provider),
            text(&state.billing_account),
            cell(state.identity.name()),
            cell(state.result.name()),
            cell(state.checks),
            text(&state.currency),
            state.left.clone(),
            state.right.clone(),
            state.difference.clone(),
            state.tolerance.clone(),
            text(&state.reason),
        ]
    };
    let mut table = computed("identities", SOURCE, columns, states.iter().map(row).collect());
    if let [period] = periods {
        table.period = Some(*period);
    }
    table
}
