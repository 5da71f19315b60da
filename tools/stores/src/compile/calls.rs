//! Counts of calls by day, workload, operation and client as one statement.

use wherefore_contract::{
    calls::CallQuery,
    dimension::{Dimension, Grain},
    error::StoreError,
    filter::Filter,
    scope::Scope,
    table::Column,
    unit::Unit,
};

use super::{
    Number, Output, Source, Statement, Value,
    bind::Binder,
    condition::on_transactions,
    relation::{Relation, where_all},
    shape::Shape,
};

/// Compiles a query for calls.
pub(super) fn compile(
    query: &CallQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let mut binder = Binder::default();
    // The moments and workloads of calls stand in columns of the same names as those of transactions.
    let mut calls = Relation::transactions();
    let names = ["PeriodStart", "Workload", "Operation", "Client", "Calls"];
    let [start, workload, operation, client, number] = names.map(|name| calls.column(name));
    let mut conditions = vec![
        format!("{start} >= {}", binder.bind(Value::Moment(query.period.start()))),
        format!("{start} < {}", binder.bind(Value::Moment(query.period.end()))),
    ];
    if let Some(name) = &query.workload {
        let only = Filter::any_of(Dimension::Workload, [name.clone()]);
        conditions.push(on_transactions(&only, &mut calls, &mut binder)?);
    }
    let from = calls.over_calls_in(scope, shape, &mut binder)?;
    let day = format!("date_trunc('day', {start})");
    let sql = format!(
        "select {day} as day, {workload} as workload, {operation} as operation, {client} as client, sum({number}) as calls\nfrom {from}{}\ngroup by {day}, {workload}, {operation}, {client}\norder by 1, 2, 3, 4",
        where_all(&conditions)
    );
    let text = |at: usize, name: &str| Output {
        column: Column::dimension(name),
        source: Source::Text(at),
    };
    let outputs = vec![
        Output { column: Column::time("day"), source: Source::Grain(0, Grain::Day) },
        text(1, "workload"),
        text(2, "operation"),
        text(3, "client"),
        Output {
            column: Column::measure("calls", Unit::Count("calls".to_owned())),
            source: Source::Number(Number::Cell(4)),
        },
    ];
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}
