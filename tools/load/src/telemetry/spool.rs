//! Records as sorted runs in the staging folder, so that memory does not grow with their number.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use arrow::{
    array::{AsArray, RecordBatch, UInt32Array},
    compute::take_record_batch,
    datatypes::TimestampNanosecondType,
};

use super::row::{Columns, Kind, Row};
use crate::{error::LoadError, parquet_file, schema::with_file};

// A run ends with so many rows or bytes: what a load holds in memory at most, twice while it sorts.
const RUN_ROWS: usize = 262_144;
const RUN_BYTES: usize = 128 << 20;
const DAY_NANOS: i64 = 86_400_000_000_000;

/// Records of one kind that are being read.
pub(super) struct Spool {
    kind: Kind,
    folder: PathBuf,
    prefix: String,
    held: Columns,
    runs: Vec<PathBuf>,
    file: i64,
    refused: BTreeSet<i64>,
    spans: BTreeMap<i64, (i64, i64)>,
}

impl Spool {
    pub(super) fn new(kind: Kind, staging: &Path, snapshot: &str) -> Self {
        Self {
            kind,
            folder: staging.to_owned(),
            prefix: format!("{snapshot}-{}", kind.folder()),
            held: Columns::new(kind),
            runs: Vec::new(),
            file: 0,
            refused: BTreeSet::new(),
            spans: BTreeMap::new(),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn next_file(&mut self) {
        self.file += 1;
    }

    pub(super) fn refuse_file(&mut self) {
        self.refused.insert(self.file);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Files whose rows are left out.
    pub(super) fn refused(&self) -> &BTreeSet<i64> {
        &self.refused
    }

    /// The first and last time of each day that has records, days counted from 1970.
    pub(super) fn spans(&self) -> &BTreeMap<i64, (i64, i64)> {
        &self.spans
    }

    pub(super) fn push(&mut self, row: &Row<'_>) -> Result<(), LoadError> {
        let span = self.spans.entry(row.at.div_euclid(DAY_NANOS)).or_insert((row.at, row.at));
        *span = (span.0.min(row.at), span.1.max(row.at));
        self.held.push(row, self.file);
        if self.held.rows() >= RUN_ROWS || self.held.bytes() >= RUN_BYTES {
            self.spill()?;
        }
        Ok(())
    }

    /// The runs, all on the disk.
    pub(super) fn finish(&mut self) -> Result<&[PathBuf], LoadError> {
        if self.held.rows() > 0 {
            self.spill()?;
        }
        Ok(&self.runs)
    }

    fn spill(&mut self) -> Result<(), LoadError> {
        let sorted = sorted(&self.held.finish()?)?;
        let path = self.folder.join(format!("{}-run{:05}.parquet", self.prefix, self.runs.len()));
        let schema = with_file(&self.kind.schema());
        let slices = (0..sorted.num_rows())
            .step_by(SLICE_ROWS)
            .map(|from| Ok(sorted.slice(from, SLICE_ROWS.min(sorted.num_rows() - from))));
        parquet_file::write_with(&path, schema, parquet_file::run_options(), slices)?;
        self.runs.push(path);
        Ok(())
    }
}

// Rows that are encoded at once.
const SLICE_ROWS: usize = 16_384;

fn sorted(batch: &RecordBatch) -> Result<RecordBatch, LoadError> {
    let columns = batch.columns();
    let at = columns.first().and_then(|at| at.as_primitive_opt::<TimestampNanosecondType>());
    let ids = columns.iter().rev().nth(1).and_then(|ids| ids.as_string_opt::<i32>());
    let (Some(at), Some(ids)) = (at, ids) else { return Err(LoadError::Interrupted) };
    let mut order: Vec<u32> = (0..u32::try_from(batch.num_rows()).unwrap_or(u32::MAX)).collect();
    let place = |row: u32| usize::try_from(row).unwrap_or_default();
    // Equal ones stay in the order in which they were read.
    order.sort_by(|one, other| {
        let (one, other) = (place(*one), place(*other));
        (at.value(one), ids.value(one)).cmp(&(at.value(other), ids.value(other)))
    });
    Ok(take_record_batch(batch, &UInt32Array::from(order))?)
}
