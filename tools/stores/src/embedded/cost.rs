//! `CostStore` over a warehouse folder.

use std::{path::PathBuf, sync::Arc};

use futures::future::BoxFuture;
use wherefore_contract::{
    cost::{CompareQuery, CostQuery, Measure, PeriodBasis},
    dimension::Dimension,
    error::StoreError,
    filter::{Filter, FilterOp},
    period::{Period, format_moment},
    ports::CostStore,
    quality::{CostDescription, NoticeCode, TransactionCoverage},
    scope::Scope,
    tool::FactTable,
};
use wherefore_load::manifest::Warehouse;

use super::{
    describe::describe_for,
    engine,
    snapshot::{Snapshot, Snapshots},
};
use crate::{
    compile::{Statement, compile_compare, compile_query},
    finish::finish,
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
            let statement = compile_query(query, scope, &snapshot.shape)?;
            let asked = Asked {
                periods: query.period.as_slice(),
                basis: query.period_basis,
                measures: &query.measures,
                filters: &query.filters,
            };
            answer(&snapshot, statement, &asked).await
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
            answer(&snapshot, statement, &asked).await
        })
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<Arc<dyn CostStore>, StoreError>> {
        Box::pin(async move {
            let current = self.reading().ok().filter(|current| current.id == snapshot);
            let pinned = match current {
                Some(current) => current,
                None => self.snapshots.get(Some(snapshot))?,
            };
            let store = Self { snapshots: Arc::clone(&self.snapshots), pinned: Some(pinned) };
            Ok(Arc::new(store) as Arc<dyn CostStore>)
        })
    }

    fn snapshot(&self) -> String {
        self.reading().map_or_else(|_| String::new(), |snapshot| snapshot.id.clone())
    }
}

/// What a question asked, as far as its facts must say.
struct Asked<'a> {
    periods: &'a [Period],
    basis: PeriodBasis,
    measures: &'a [Measure],
    filters: &'a [Filter],
}

async fn answer(
    snapshot: &Snapshot,
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
        complete: is_complete(description, asked),
    })
}

fn is_complete(description: &CostDescription, asked: &Asked<'_>) -> bool {
    let wants = |measure: &Measure| matches!(measure, Measure::Transactions | Measure::UnitCost);
    let charges = asked.measures.iter().any(|measure| *measure != Measure::Transactions);
    let counts = asked.measures.iter().any(wants);
    (!charges || charges_complete(description, asked))
        && (!counts || counts_complete(description, asked))
}

fn charges_complete(description: &CostDescription, asked: &Asked<'_>) -> bool {
    if asked.periods.is_empty() {
        let gaps = [NoticeCode::MissingDays, NoticeCode::PartialPeriod];
        return !description.notices.iter().any(|notice| gaps.contains(&notice.code));
    }
    asked.periods.iter().all(|period| match asked.basis {
        PeriodBasis::Charge => {
            let covered = description.coverage.is_some_and(|loaded| loaded.contains(*period));
            let missing = description.periods.iter().flat_map(|loaded| &loaded.missing_days);
            covered && !missing.into_iter().any(|day| overlaps_day(*period, *day))
        }
        PeriodBasis::Billing => {
            let within = |day: jiff::civil::Date| overlaps_day(*period, day);
            let mut loaded = description
                .periods
                .iter()
                .filter(|loaded| within(loaded.billing_period))
                .peekable();
            loaded.peek().is_some() && loaded.all(|loaded| loaded.complete)
        }
    })
}

fn counts_complete(description: &CostDescription, asked: &Asked<'_>) -> bool {
    let named = |coverage: &&TransactionCoverage| {
        asked.filters.iter().filter(|filter| filter.dimension == Dimension::Workload).all(
            |filter| {
                filter.op != FilterOp::In
                    || filter
                        .values
                        .iter()
                        .any(|value| value.to_lowercase() == coverage.workload.to_lowercase())
            },
        )
    };
    let counted: Vec<&TransactionCoverage> =
        description.transactions.iter().filter(named).collect();
    !counted.is_empty()
        && counted.iter().all(|coverage| {
            asked.periods.iter().all(|period| coverage.period.contains(*period))
                && !coverage.missing_days.iter().any(|day| {
                    asked.periods.is_empty()
                        || asked.periods.iter().any(|period| overlaps_day(*period, *day))
                })
        })
}

fn overlaps_day(period: Period, day: jiff::civil::Date) -> bool {
    day.tomorrow()
        .ok()
        .and_then(|tomorrow| Period::of_days(day, tomorrow).ok())
        .is_some_and(|day| period.overlaps(day))
}
