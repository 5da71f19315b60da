//! One snapshot of a warehouse, opened: its manifest, what the compiler must know, and a session over its files.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
};

use datafusion::execution::{context::SessionContext, runtime_env::RuntimeEnv};
use wherefore_contract::{
    dimension::Dimension,
    error::StoreError,
    quality::{CostDescription, TransactionCoverage},
};
use wherefore_load::manifest::{
    Catalog, Manifest, MetricFile, TelemetryFile, Warehouse, WarehouseError,
};

use super::engine::open_session;
use crate::compile::{Shape, Spellings};

// A dimension with more values than this compares each row without case instead of a list of spellings.
const SPELLINGS_KEPT: usize = 20_000;

/// A snapshot, ready for queries.
pub(super) struct Snapshot {
    pub(super) id: String,
    pub(super) description: Arc<CostDescription>,
    pub(super) shape: Shape,
    pub(super) session: SessionContext,
    pub(super) telemetry: TelemetryFiles,
}

/// The files of telemetry, each with the moments from its first to its last row.
#[derive(Debug, Default)]
pub(super) struct TelemetryFiles {
    pub(super) logs: Vec<TelemetryFile>,
    pub(super) spans: Vec<TelemetryFile>,
    pub(super) metrics: Vec<MetricFile>,
}

impl Snapshot {
    fn open(
        warehouse: &Warehouse,
        manifest: Manifest,
        runtime: &Arc<RuntimeEnv>,
    ) -> Result<Self, StoreError> {
        let session = open_session(warehouse, &manifest, runtime).map_err(unreadable)?;
        let catalog = warehouse.catalog(&manifest).map_err(refused)?;
        let telemetry = TelemetryFiles {
            logs: manifest.log_files,
            spans: manifest.span_files,
            metrics: manifest.metric_files,
        };
        let mut description = manifest.description;
        // Where transactions are loaded for a workload, a hint may name it.
        description.transactions.sort_by(by_workload);
        let mut shape = Shape::new(&description, manifest.tag_columns);
        shape.spellings = spellings(&catalog);
        let description = Arc::new(description);
        Ok(Self { id: manifest.snapshot, description, shape, session, telemetry })
    }
}

fn by_workload(left: &TransactionCoverage, right: &TransactionCoverage) -> std::cmp::Ordering {
    left.workload.cmp(&right.workload)
}

/// The snapshots of a warehouse that are open, and the runtime that they share.
pub(super) struct Snapshots {
    pub(super) warehouse: Warehouse,
    runtime: Arc<RuntimeEnv>,
    newest: RwLock<Option<Arc<Snapshot>>>,
}

impl Snapshots {
    pub(super) fn new(warehouse: Warehouse) -> Self {
        Self { warehouse, runtime: Arc::new(RuntimeEnv::default()), newest: RwLock::new(None) }
    }

    /// The snapshot of this id, or the newest.
    pub(super) fn get(&self, id: Option<&str>) -> Result<Arc<Snapshot>, StoreError> {
        let wanted = match id {
            Some(id) => id.to_owned(),
            None => self.warehouse.current_id().map_err(refused)?,
        };
        let kept = self.newest.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(open) = kept.filter(|open| open.id == wanted) {
            return Ok(open);
        }
        let manifest = self.warehouse.snapshot(&wanted).map_err(refused)?;
        let opened = Arc::new(Snapshot::open(&self.warehouse, manifest, &self.runtime)?);
        if id.is_none() {
            *self.newest.write().unwrap_or_else(PoisonError::into_inner) =
                Some(Arc::clone(&opened));
        }
        Ok(opened)
    }
}

fn spellings(catalog: &Catalog) -> BTreeMap<Dimension, Spellings> {
    let mut all = BTreeMap::new();
    for (name, values) in &catalog.dimensions {
        if catalog.cut.contains(name) || values.len() > SPELLINGS_KEPT {
            continue;
        }
        let Ok(dimension) = name.parse::<Dimension>() else { continue };
        let mut spellings = Spellings::new();
        for value in values {
            spellings.entry(value.value.to_lowercase()).or_default().push(value.value.clone());
        }
        all.insert(dimension, spellings);
    }
    all
}

/// A warehouse error as the contract words it.
pub(super) fn refused(error: WarehouseError) -> StoreError {
    match error {
        WarehouseError::Empty(path) => StoreError::Empty { warehouse: path.display().to_string() },
        WarehouseError::UnknownSnapshot { snapshot, kept } => {
            StoreError::UnknownSnapshot { snapshot, kept }
        }
        WarehouseError::Unreadable { .. } | WarehouseError::Damaged { .. } => unreadable(error),
    }
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unreadable { store: "billing", source: Box::new(error) }
}
