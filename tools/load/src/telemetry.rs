//! Log records, spans and changes as OpenTelemetry and the clouds tell them: read from OTLP JSON, from tables and from
//! event files, kept by day in the order of their time.
//!
//! Records are never held all at once: they are spooled to sorted runs in the staging folder (`spool`), and the runs are
//! brought together with what the warehouse holds (`join`). Files of a day never overlap in time, so that whoever reads
//! them in the order of their names reads by time.

mod changes;
mod join;
mod left_out;
mod otlp;
mod part;
mod row;
mod spool;
mod table;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use wherefore_contract::incident::Change;

use crate::{
    commit,
    error::LoadError,
    manifest::{Manifest, TelemetryFile, TransactionFile, Warehouse},
    report::FileNote,
};

pub(crate) use changes::{layout_of, look as look_for_changes, read as read_changes};
pub(crate) use left_out::LeftOut;
pub(crate) use otlp::read as read_otlp;
pub(crate) use row::Kind;
pub(crate) use table::read as read_table;

use spool::Spool;

/// Records that a load has read so far.
pub(crate) struct Telemetry {
    logs: Spool,
    spans: Spool,
    changes: Vec<Change>,
}

/// What one file of records came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadRecords {
    pub(crate) rows: u64,
    /// Sentences without their subject: what was left out, and why.
    pub(crate) notes: Vec<String>,
}

/// What the new manifest lists.
pub(crate) struct Merged {
    pub(crate) logs: Vec<TelemetryFile>,
    pub(crate) spans: Vec<TelemetryFile>,
    pub(crate) changes: Vec<TransactionFile>,
}

impl Telemetry {
    pub(crate) fn new(staging: &Path, snapshot: &str) -> Self {
        Self {
            logs: Spool::new(Kind::Logs, staging, snapshot),
            spans: Spool::new(Kind::Spans, staging, snapshot),
            changes: Vec::new(),
        }
    }

    /// The next records are of another file.
    pub(crate) fn next_file(&mut self) {
        self.logs.next_file();
        self.spans.next_file();
    }

    /// Leaves out what was read of the file at hand.
    pub(crate) fn refuse_file(&mut self) {
        self.logs.refuse_file();
        self.spans.refuse_file();
    }

    pub(crate) fn add_changes(&mut self, changes: Vec<Change>) {
        self.changes.extend(changes);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.logs.is_empty() && self.spans.is_empty() && self.changes.is_empty()
    }

    /// Writes what was read, with what it overlaps in the warehouse, into the staging folder.
    pub(crate) fn merge(
        self,
        warehouse: &Warehouse,
        before: Option<&Manifest>,
        snapshot: &str,
        moves: &mut Vec<(PathBuf, String)>,
        notes: &mut Vec<FileNote>,
    ) -> Result<Merged, LoadError> {
        let files = |of: fn(&Manifest) -> &Vec<TelemetryFile>| {
            before.map(|manifest| of(manifest).clone()).unwrap_or_default()
        };
        let mut join = |spool: Spool, held| {
            let kind = spool.kind();
            let joined = join::join(spool, held, warehouse, snapshot, moves)?;
            notes.extend(joined.note.map(|text| FileNote { file: kind.folder().to_owned(), text }));
            Ok::<_, LoadError>(joined.files)
        };
        let log_files = join(self.logs, files(|manifest| &manifest.log_files))?;
        let span_files = join(self.spans, files(|manifest| &manifest.span_files))?;
        let mut change_files =
            before.map(|manifest| manifest.change_files.clone()).unwrap_or_default();
        if !self.changes.is_empty() {
            let mut all = Vec::new();
            for file in &change_files {
                all.extend(changes::read_back(&warehouse.path_of(&file.path))?);
            }
            let told = changes::unite(&mut all, self.changes);
            notes.extend(told.map(|text| FileNote { file: "changes".to_owned(), text }));
            let path = format!("changes/{snapshot}.parquet");
            let staged =
                commit::staging(warehouse.root()).join(format!("{snapshot}-changes.parquet"));
            let (rows, bytes) = changes::write(&staged, &all)?;
            moves.push((staged, path.clone()));
            change_files = vec![TransactionFile { path, rows, bytes }];
        }
        Ok(Merged { logs: log_files, spans: span_files, changes: change_files })
    }
}
