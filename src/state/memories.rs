//! Long-term memory in the `SQLite` file: rows are the truth, and an index over them in memory finds them again.

mod rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{FutureExt as _, future::BoxFuture};
use jiff::Timestamp;
use wherefore_contract::{
    error::StoreError,
    memory::{
        Forget, Memory, MemoryChange, MemoryKind, MemoryQuery, NamedValue, months_of, names_of,
    },
    metadata::MetadataQuery,
    ports::{MemoryStore, MetadataStore},
    scope::Scope,
};
use wherefore_stores::embedded::memories::{MEMORY_POINTS, MemoryIndex, MemoryWords};

use self::rows::{Gone, Row};
use super::{State, StateError};

// A memory that holds less than this of what is asked is about something else.
const FLOOR: u32 = 400;
// What a person said on purpose counts for more than a question that was merely asked.
const SAID: u32 = 200;
// Names that the catalog is less sure of are not taken for what a text is about.
const SURE: u32 = 800;
// Indexes of so many people are held; then all are made anew when they are asked for.
const PEOPLE: usize = 64;

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// The memories of a file, and the catalog that says what their words are about.
#[derive(Clone)]
pub struct SqliteMemories {
    state: Arc<State>,
    catalog: Option<Arc<dyn MetadataStore>>,
    days: NonZeroU32,
    open: Arc<Mutex<BTreeMap<String, Opened>>>,
}

// One person's memories as they were when `version` was.
#[derive(Clone)]
struct Opened {
    version: i64,
    memories: Arc<Indexed>,
}

struct Indexed {
    rows: Vec<Row>,
    index: MemoryIndex,
}

impl SqliteMemories {
    /// The memories of `state`; what is older than `days` is forgotten. Without a catalog words alone are looked for.
    #[must_use]
    pub fn new(
        state: Arc<State>,
        catalog: Option<Arc<dyn MetadataStore>>,
        days: NonZeroU32,
    ) -> Self {
        Self { state, catalog, days, open: Arc::default() }
    }

    fn oldest(&self, now: Timestamp) -> i64 {
        now.as_second().saturating_sub(i64::from(self.days.get()) * SECONDS_A_DAY)
    }

    // What a text is about, as far as the catalog is sure. A catalog that cannot answer costs names, not memories.
    async fn named(&self, text: &str, scope: &Scope) -> BTreeSet<NamedValue> {
        let Some(catalog) = &self.catalog else { return BTreeSet::new() };
        let query = MetadataQuery { text: text.to_owned(), dimensions: Vec::new(), limit: None };
        match catalog.find(&query, scope).await {
            Ok(hits) => hits
                .into_iter()
                .filter(|hit| hit.score >= SURE)
                .map(|hit| NamedValue { dimension: hit.dimension.name(), value: hit.value })
                .collect(),
            Err(StoreError::Empty { .. }) => BTreeSet::new(),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the catalog gave no names for a memory"
                );
                BTreeSet::new()
            }
        }
    }

    // A cause is about the months that it explains; a question about a month would bring back every other one.
    async fn about(&self, memory: &Memory, scope: &Scope) -> BTreeSet<NamedValue> {
        let mut names = self.named(memory.text.as_str(), scope).await;
        names.extend(memory.names());
        match memory.kind {
            MemoryKind::Cause => {
                names.extend(memory.reading.as_ref().map(months_of).unwrap_or_default());
            }
            MemoryKind::Question | MemoryKind::Correction | MemoryKind::Note => {}
        }
        names
    }

    async fn keep_one(&self, memory: &Memory, scope: &Scope) -> Result<Memory, StoreError> {
        let names = self.about(memory, scope).await;
        let row = Row { memory: memory.clone(), names };
        let (principal, oldest) = (scope.principal.clone(), self.oldest(memory.asked_at));
        let is_question = memory.kind == MemoryKind::Question;
        let (state, store) = (Arc::clone(&self.state), self.clone());
        let kept = self.state.away(move |state| state.keep_memory(&row, &principal, oldest));
        let kept = kept.await.map_err(unreadable)?;
        if is_question {
            // Another question is likely to follow: it finds the index made.
            let principal = scope.principal.clone();
            drop(tokio::task::spawn_blocking(move || {
                // What fails here fails again for that question, which tells it.
                store.opened(&state, &principal, oldest).is_ok()
            }));
        }
        Ok(kept)
    }

    async fn search(
        &self,
        query: &MemoryQuery<'_>,
        scope: &Scope,
    ) -> Result<Vec<Memory>, StoreError> {
        let mut names = self.named(query.text, scope).await;
        if let Some(reading) = query.reading {
            names.extend(names_of(reading));
            names.extend(months_of(reading));
        }
        let (store, principal) = (self.clone(), scope.principal.clone());
        let oldest = self.oldest(query.now);
        let opened = self.state.away(move |state| Ok(store.opened(state, &principal, oldest)));
        let memories = opened.await.map_err(unreadable)??;
        let found = memories.index.search(MemoryWords { text: query.text, names: &names })?;
        let mut ranked: Vec<(u32, &Memory)> = found
            .into_iter()
            .filter(|found| found.points >= FLOOR)
            .filter_map(|found| {
                let memory = &memories.rows.get(found.at)?.memory;
                Some((found.points + said(memory.kind), memory))
            })
            .filter(|(_, memory)| {
                let from_here =
                    query.without.is_some() && memory.conversation.as_deref() == query.without;
                memory.asked_at.as_second() >= oldest && !from_here
            })
            .collect();
        ranked.sort_by(|(points, memory), (other_points, other)| {
            (other_points, other.asked_at, &memory.id).cmp(&(points, memory.asked_at, &other.id))
        });
        Ok(ranked.into_iter().take(query.limit).map(|(_, memory)| memory.clone()).collect())
    }

    // The index is made again after any change, also one that another program made.
    fn opened(
        &self,
        state: &State,
        principal: &str,
        oldest: i64,
    ) -> Result<Arc<Indexed>, StoreError> {
        state.forget_older(oldest).map_err(unreadable)?;
        let version = state.version().map_err(unreadable)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.get(principal).filter(|known| known.version == version) {
            return Ok(Arc::clone(&known.memories));
        }
        let rows = state.memories_of(principal).map_err(unreadable)?;
        let words = rows
            .iter()
            .map(|row| MemoryWords { text: row.memory.text.as_str(), names: &row.names });
        let memories = Arc::new(Indexed { index: MemoryIndex::build(words)?, rows });
        if open.len() >= PEOPLE {
            open.clear();
        }
        let opened = Opened { version, memories: Arc::clone(&memories) };
        open.insert(principal.to_owned(), opened);
        Ok(memories)
    }
}

fn said(kind: MemoryKind) -> u32 {
    match kind {
        MemoryKind::Question => 0,
        MemoryKind::Correction | MemoryKind::Cause | MemoryKind::Note => SAID,
    }
}

const _: () = assert!(FLOOR < MEMORY_POINTS, "something must be relevant");

fn unreadable(source: StateError) -> StoreError {
    StoreError::Unreadable { store: "memory", source: source.into() }
}

impl MemoryStore for SqliteMemories {
    fn keep<'a>(
        &'a self,
        memory: &'a Memory,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Memory, StoreError>> {
        Box::pin(self.keep_one(memory, scope))
    }

    fn recall<'a>(
        &'a self,
        query: &'a MemoryQuery<'a>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<Memory>, StoreError>> {
        Box::pin(self.search(query, scope))
    }

    fn correct<'a>(
        &'a self,
        id: &'a str,
        change: &'a MemoryChange,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Memory>, StoreError>> {
        Box::pin(async move {
            let Some(mut memory) = self.memory(id, scope).await? else { return Ok(None) };
            if let Some(text) = &change.text {
                memory.text = text.clone();
            }
            if let Some(means) = &change.means {
                memory.means = Some(means.clone());
            }
            let names = self.about(&memory, scope).await;
            let row = Row { memory, names };
            let principal = scope.principal.clone();
            let changed = self.state.away(move |state| state.change_memory(&row, &principal));
            changed.await.map_err(unreadable)
        })
    }

    fn forget<'a>(
        &'a self,
        what: Forget<'a>,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<usize, StoreError>> {
        let principal = scope.principal.clone();
        let what = match what {
            Forget::One(id) => Gone::One(id.to_owned()),
            Forget::From(conversation) => Gone::From(conversation.to_owned()),
            Forget::All => Gone::All,
        };
        let open = Arc::clone(&self.open);
        let gone = self.state.away(move |state| {
            let gone = state.forget_memories(&what, &principal)?;
            if gone > 0 {
                // Nothing of it stays in this program either.
                open.lock().unwrap_or_else(PoisonError::into_inner).remove(&principal);
            }
            Ok(gone)
        });
        gone.map(|gone| gone.map_err(unreadable)).boxed()
    }

    fn list<'a>(
        &'a self,
        limit: usize,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<Memory>, StoreError>> {
        let principal = scope.principal.clone();
        let rows = self.state.away(move |state| state.memories_of(&principal));
        rows.map(move |rows| {
            let rows = rows.map_err(unreadable)?;
            Ok(rows.into_iter().take(limit).map(|row| row.memory).collect())
        })
        .boxed()
    }

    fn memory<'a>(
        &'a self,
        id: &'a str,
        scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Option<Memory>, StoreError>> {
        let (id, principal) = (id.to_owned(), scope.principal.clone());
        let found = self.state.away(move |state| state.memory(&id, &principal));
        found.map(|found| found.map_err(unreadable)).boxed()
    }
}

#[cfg(test)]
mod tests;
