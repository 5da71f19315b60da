//! `CostStore` over a warehouse folder.

use std::{path::PathBuf, sync::Arc};

use futures::future::BoxFuture;
use wherefore_contract::{
    calls::CallQuery,
    cost::{CompareQuery, CostQuery, PeriodBasis},
    error::StoreError,
    period::format_moment,
    ports::{CostStore, MetricStore, TelemetryStore},
    quality::CostDescription,
    scope::Scope,
    tool::FactTable,
};
use wherefore_load::manifest::Warehouse;

use super::{
    complete::{Asked, is_complete},
    describe::describe_for,
    engine,
    snapshot::{Snapshot, Snapshots},
};
use crate::{
    absent::{absent, present},
    compile::{Statement, compile_calls, compile_compare, compile_query},
    finish::finish,
    fold::fold,
};

/// Bills in a warehouse folder. Every question reads the newest snapshot as of its start.
#[derive(Clone)]
pub struct EmbeddedCost {
    snapshots: Arc<Snapshots>,
    pinned: Option<Arc<Snapshot>>,
}

impl EmbeddedCost {
    /// Opens a warehouse folder. Nothing has to be loaded yet: questions then say so.
    ///
    /// # Errors
    /// When the folder holds a snapshot that cannot be read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let snapshots = Arc::new(Snapshots::new(Warehouse::open(folder)));
        match snapshots.get(None) {
            Ok(_) | Err(StoreError::Empty { .. }) => Ok(Self { snapshots, pinned: None }),
            Err(error) => Err(error),
        }
    }

    /// The same warehouse as it was at a snapshot that is still kept; later loads do not change its answers.
    ///
    /// # Errors
    /// [`StoreError::UnknownSnapshot`] when the snapshot is not kept, and when it cannot be read.
    pub fn pinned_at(&self, snapshot: &str) -> Result<Self, StoreError> {
        let current = self.reading().ok().filter(|current| current.id == snapshot);
        let pinned = match current {
            Some(current) => current,
            None => self.snapshots.get(Some(snapshot))?,
        };
        Ok(Self { snapshots: Arc::clone(&self.snapshots), pinned: Some(pinned) })
    }

    pub(super) fn warehouse(&self) -> &Warehouse {
        &self.snapshots.warehouse
    }

    pub(super) fn reading(&self) -> Result<Arc<Snapshot>, StoreError> {
        match &self.pinned {
            Some(pinned) => Ok(Arc::clone(pinned)),
            None => self.snapshots.get(None),
        }
    }
}

impl CostStore for EmbeddedCost {
    fn describe<'a>(
        &'a self,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Arc<CostDescription>, StoreError>> {
        Box::pin(async move { describe_for(&*self.reading()?, scope).await })
    }

    fn query<'a>(
        &'a self,
        query: &'a CostQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let present = query.absent.then(|| present(query)).transpose()?;
            let statement =
                compile_query(present.as_ref().unwrap_or(query), scope, &snapshot.shape)?;
            let asked = Asked {
                periods: query.period.as_slice(),
                basis: query.period_basis,
                measures: &query.measures,
                filters: &query.filters,
            };
            let mut found = answer(&snapshot, scope, statement, &asked).await?;
            if query.absent {
                return absent(query, found);
            }
            if let (Some(kind), Some(first)) = (query.fold, query.measures.first()) {
                let per: Vec<String> = query
                    .fold_per
                    .iter()
                    .map(wherefore_contract::dimension::Dimension::name)
                    .collect();
                found.table = fold(&found.table, kind, &first.column_name(), &per);
            }
            Ok(found)
        })
    }

    fn compare<'a>(
        &'a self,
        query: &'a CompareQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_compare(query, scope, &snapshot.shape)?;
            let asked = Asked {
                periods: &[query.from, query.to],
                basis: PeriodBasis::Charge,
                measures: &query.measures,
                filters: &query.filters,
            };
            answer(&snapshot, scope, statement, &asked).await
        })
    }

    fn calls<'a>(
        &'a self,
        query: &'a CallQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<FactTable>, StoreError>> {
        Box::pin(async move {
            let snapshot = self.reading()?;
            let statement = compile_calls(query, scope, &snapshot.shape)?;
            let asked = Asked {
                periods: std::slice::from_ref(&query.period),
                basis: PeriodBasis::Charge,
                measures: &[],
                filters: &[],
            };
            let found = answer(&snapshot, scope, statement, &asked).await?;
            Ok(Some(FactTable { name: "calls".to_owned(), ..found }))
        })
    }

    fn metrics(&self) -> Option<&dyn MetricStore> {
        Some(self)
    }

    fn telemetry(&self) -> Option<&dyn TelemetryStore> {
        Some(self)
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>> {
        Box::pin(async move { Ok(Arc::new(self.pinned_at(snapshot)?) as Arc<dyn CostStore>) })
    }

    fn snapshot(&self) -> String {
        self.reading().map_or_else(|_| String::new(), |snapshot| snapshot.id.clone())
    }
}

async fn answer(
    snapshot: &Snapshot,
    scope: &Scope,
    statement: Statement,
    asked: &Asked<'_>,
) -> Result<FactTable, StoreError> {
    let rows = engine::run(&snapshot.session, &statement)
        .await
        .map_err(|source| StoreError::Statement { store: "billing", source: Box::new(source) })?;
    let description = &snapshot.description;
    let period = match asked.periods {
        [only] => Some(*only),
        // Columns of a comparison carry their own periods; without any period it is all that is loaded.
        [] => description.coverage,
        [_, _, ..] => None,
    };
    Ok(FactTable {
        name: "cost".to_owned(),
        table: finish(&statement.outputs, &rows),
        source: "embedded:billing".to_owned(),
        parameters: statement.parameters.iter().map(ToString::to_string).collect(),
        statement: Some(statement.sql),
        period,
        filters: asked.filters.to_vec(),
        data_as_of: description.coverage.map(|coverage| format_moment(coverage.end())),
        complete: is_complete(snapshot, scope, asked).await?,
    })
}
