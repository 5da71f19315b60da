//! `MetricStore` over a warehouse folder.

use futures::future::BoxFuture;
use wherefore_contract::{
    error::StoreError,
    metrics::MetricQuery,
    period::{Period, format_moment},
    ports::MetricStore,
    scope::Scope,
    table::Table,
    tool::FactTable,
};

use super::{cost::EmbeddedCost, engine, snapshot::Snapshot};
use crate::{
    compile::{Statement, compile_metric_names, compile_metrics},
    finish::finish,
};

impl MetricStore for EmbeddedCost {
    fn names<'a>(&'a self, scope: &'a Scope) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_metric_names(scope, &snapshot.shape)?;
            answer(&snapshot, statement, "metrics", None).await
        })
    }

    fn summaries<'a>(
        &'a self,
        query: &'a MetricQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_metrics(query, scope, &snapshot.shape)?;
            answer(&snapshot, statement, "metrics", Some(query.period)).await
        })
    }
}

async fn answer(
    snapshot: &Snapshot,
    statement: Statement,
    name: &str,
    period: Option<Period>,
) -> Result<FactTable, StoreError> {
    let rows = engine::run(&snapshot.session, &statement)
        .await
        .map_err(|source| StoreError::Statement { store: "metrics", source: Box::new(source) })?;
    let table = finish(&statement.outputs, &rows);
    Ok(FactTable {
        name: name.to_owned(),
        source: "embedded:metrics".to_owned(),
        parameters: statement.parameters.iter().map(ToString::to_string).collect(),
        statement: Some(statement.sql),
        period,
        filters: Vec::new(),
        data_as_of: last_point(&table),
        // How many points there should be, nobody tells: rows say on how many days there are some.
        complete: period.is_none_or(|period| covers(&table, period)),
        table,
    })
}

fn last_point(table: &Table) -> Option<String> {
    (0..table.rows.len()).filter_map(|row| table.text(row, "last_point")).max().map(str::to_owned)
}

// Whether some series has points on every day of the period.
fn covers(table: &Table, period: Period) -> bool {
    let days = |row: usize| table.number(row, "days_with_data");
    let last = last_point(table);
    let most = (0..table.rows.len()).filter_map(days).max();
    most.is_none_or(|most| most >= period.days().into())
        && last.is_none_or(|last| last.as_str() < format_moment(period.end()).as_str())
}
