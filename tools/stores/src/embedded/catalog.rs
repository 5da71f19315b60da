//! `MetadataStore` over the names of a warehouse: which entities a text means, in English or Korean.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

use futures::future::BoxFuture;
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::Dimension,
    error::StoreError,
    filter::{Filter, FilterOp},
    metadata::{MatchKind, MetadataHit, MetadataQuery},
    ports::MetadataStore,
    scope::Scope,
};

use super::{
    cost::EmbeddedCost,
    describe,
    names::Names,
    snapshot::{Snapshot, refused},
};

// A query may ask for at most this many hits; contract of `MetadataQuery`.
const MOST: usize = 100;
const USUAL: usize = 20;

// The names of a snapshot, by its id.
type OpenNames = (String, Arc<Names>);

/// Names of the estate, as the charges of a snapshot spell them.
#[derive(Clone)]
pub struct EmbeddedCatalog {
    cost: EmbeddedCost,
    open: Arc<RwLock<Option<OpenNames>>>,
}

impl EmbeddedCatalog {
    /// The catalog of the warehouse that `cost` reads: of its newest snapshot, or of the one that `cost` is pinned at.
    #[must_use]
    pub fn new(cost: &EmbeddedCost) -> Self {
        let catalog = Self { cost: cost.clone(), open: Arc::default() };
        // A hundred thousand names take seconds to index: that starts now, not with the first question.
        let ahead = catalog.clone();
        std::thread::spawn(move || {
            // What fails here fails again for the first question, which tells it.
            ahead.cost.reading().and_then(|snapshot| ahead.names(&snapshot)).is_ok()
        });
        catalog
    }

    fn names(&self, snapshot: &Snapshot) -> Result<Arc<Names>, StoreError> {
        let kept = self.open.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, names)) = kept.filter(|(id, _)| *id == snapshot.id) {
            return Ok(names);
        }
        // Held over the work, so that a question waits for names in the making instead of making them again.
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, names)) = open.as_ref().filter(|(id, _)| *id == snapshot.id) {
            return Ok(Arc::clone(names));
        }
        let warehouse = self.cost.warehouse();
        let manifest = warehouse.snapshot(&snapshot.id).map_err(refused)?;
        let catalog = warehouse.catalog(&manifest).map_err(refused)?;
        let names = Arc::new(Names::build(&catalog).map_err(|source| StoreError::Unreadable {
            store: "catalog",
            source: source.into(),
        })?);
        *open = Some((snapshot.id.clone(), Arc::clone(&names)));
        Ok(names)
    }

    async fn search(
        &self,
        query: &MetadataQuery,
        scope: &Scope,
    ) -> Result<Vec<MetadataHit>, StoreError> {
        let snapshot = self.cost.reading()?;
        let names = self.names(&snapshot)?;
        let mut hits = names
            .find(&query.text)
            .map_err(|source| StoreError::Unreadable { store: "catalog", source: source.into() })?;
        if !query.dimensions.is_empty() {
            hits.retain(|hit| query.dimensions.contains(&hit.dimension));
        }
        hits.truncate(MOST);
        if !scope.rows.is_empty() {
            keep_visible(&snapshot, scope, &mut hits).await?;
        }
        let limit = query.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(USUAL);
        hits.truncate(limit.min(MOST));
        Ok(hits)
    }
}

impl MetadataStore for EmbeddedCatalog {
    fn find<'a>(
        &'a self,
        query: &'a MetadataQuery,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<MetadataHit>, StoreError>> {
        Box::pin(self.search(query, scope))
    }
}

// Nobody learns a name from rows that they may not see: each hit must occur among the charges of the scope.
async fn keep_visible(
    snapshot: &Snapshot,
    scope: &Scope,
    hits: &mut Vec<MetadataHit>,
) -> Result<(), StoreError> {
    let mut values: BTreeMap<Dimension, BTreeSet<String>> = BTreeMap::new();
    for hit in hits.iter().filter(|hit| hit.how != MatchKind::Contains) {
        values.entry(hit.dimension.clone()).or_default().insert(hit.value.clone());
    }
    let mut visible: BTreeSet<(Dimension, String)> = BTreeSet::new();
    for (dimension, values) in values {
        let query = CostQuery {
            dimensions: vec![dimension.clone()],
            filters: vec![Filter::any_of(dimension.clone(), values)],
            ..CostQuery::total(Measure::Rows)
        };
        let seen = match describe::run(snapshot, scope, &query).await {
            Ok(seen) => seen,
            Err(StoreError::MissingDimension { .. }) => continue,
            Err(error) => return Err(error),
        };
        let name = dimension.name();
        let found = (0..seen.rows.len()).filter_map(|row| seen.text(row, &name));
        visible.extend(found.map(|value| (dimension.clone(), value.to_owned())));
    }
    for hit in hits.iter().filter(|hit| hit.how == MatchKind::Contains) {
        let contains = Filter {
            op: FilterOp::Contains,
            ..Filter::any_of(hit.dimension.clone(), [&hit.value])
        };
        let query = CostQuery {
            dimensions: vec![hit.dimension.clone()],
            filters: vec![contains],
            limit: Some(1),
            ..CostQuery::total(Measure::Rows)
        };
        if !describe::run(snapshot, scope, &query).await?.rows.is_empty() {
            visible.insert((hit.dimension.clone(), hit.value.clone()));
        }
    }
    hits.retain(|hit| visible.contains(&(hit.dimension.clone(), hit.value.clone())));
    Ok(())
}
