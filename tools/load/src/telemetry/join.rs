//! Sorted runs and the files that they overlap, brought together in one pass: each record once, in the order of time.
//!
//! A log line that stands twice in one file is two lines; one that stands in two files, or was loaded before, is one:
//! the file that has it most often counts. A span that is told again takes the place of the earlier one.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, Int64Array, RecordBatch, StringArray, StringBuilder},
    compute::interleave_record_batch,
    datatypes::Int64Type,
};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::{
    part::PartWriter,
    row::{ID_LETTERS, Kind},
    spool::Spool,
};
use crate::{
    describe::counted,
    error::LoadError,
    manifest::{TelemetryFile, Warehouse},
};

// What is read of a run at once. With the runs of a load this bounds memory: 2 MB for each 128 MB of records.
const READ_BYTES: i64 = 2 << 20;
const READ_ROWS: i64 = 8_192;
// Rows that are brought together before they are written.
const OUT_ROWS: usize = 8_192;
// Batches beyond one a source that wait for that.
const WAITING: usize = 32;
// A file of fewer rows is taken up by records that follow it, so that many small loads leave few files.
const SMALL_ROWS: u64 = 65_536;

type Key = [u8; ID_LETTERS];

/// Files after the join.
pub(super) struct Joined {
    pub(super) files: Vec<TelemetryFile>,
    pub(super) note: Option<String>,
}

/// Joins what was spooled with what is held.
pub(super) fn join(
    mut spool: Spool,
    held: Vec<TelemetryFile>,
    warehouse: &Warehouse,
    snapshot: &str,
    moves: &mut Vec<(PathBuf, String)>,
) -> Result<Joined, LoadError> {
    if spool.is_empty() {
        return Ok(Joined { files: held, note: None });
    }
    let runs = spool.finish()?.to_vec();
    let (taken, mut files) = overlapped(held, spool.spans());
    let earlier = taken.iter().map(|file| warehouse.path_of(&file.path)).collect();
    let mut sources = vec![Source::new(earlier)];
    sources.extend(runs.iter().map(|run| Source::new(vec![run.clone()])));
    let mut writer = PartWriter::new(spool.kind(), warehouse, snapshot);
    let mut joining = Joining::begin(spool.kind(), sources, spool.refused().clone())?;
    joining.run(&mut writer)?;
    for run in &runs {
        std::fs::remove_file(run)
            .map_err(|source| LoadError::Write { path: run.clone(), source })?;
    }
    let note = (joining.again > 0).then(|| {
        let noun = spool.kind().noun();
        let again = counted(joining.again, noun);
        format!("{again} that were told again, in this load or an earlier one, are kept once")
    });
    for (staged, file) in writer.finish()? {
        moves.push((staged, file.path.clone()));
        files.push(file);
    }
    files.sort();
    Ok(Joined { files, note })
}

// The files that must be written anew, in order, and the others.
fn overlapped(
    held: Vec<TelemetryFile>,
    days: &BTreeMap<i64, (i64, i64)>,
) -> (Vec<TelemetryFile>, Vec<TelemetryFile>) {
    let mut reach: BTreeMap<jiff::civil::Date, (i64, i64)> = BTreeMap::new();
    for (first, last) in days.values() {
        let day = super::part::day_of(*first);
        let before = held.iter().filter(|file| file.day == day && file.last < *first);
        let before = before.max_by_key(|file| file.last).filter(|file| file.rows < SMALL_ROWS);
        reach.insert(day, (before.map_or(*first, |file| file.first), *last));
    }
    held.into_iter().partition(|file| {
        reach.get(&file.day).is_some_and(|(first, last)| file.first <= *last && *first <= file.last)
    })
}

/// Files that are read one after the other.
struct Source {
    paths: std::vec::IntoIter<PathBuf>,
    reader: Option<ParquetRecordBatchReader>,
}

impl Source {
    fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths: paths.into_iter(), reader: None }
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, LoadError> {
        loop {
            if let Some(batch) = self.reader.as_mut().and_then(Iterator::next) {
                let batch = batch?;
                if batch.num_rows() > 0 {
                    return Ok(Some(batch));
                }
                continue;
            }
            let Some(path) = self.paths.next() else { return Ok(None) };
            self.reader = Some(open(&path)?);
        }
    }
}

fn open(path: &Path) -> Result<ParquetRecordBatchReader, LoadError> {
    let file =
        File::open(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    let damaged = |source| LoadError::Encode { path: path.to_owned(), source };
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
    let groups = builder.metadata().row_groups();
    let bytes: i64 =
        groups.iter().map(parquet::file::metadata::RowGroupMetaData::total_byte_size).sum();
    let rows: i64 = groups.iter().map(parquet::file::metadata::RowGroupMetaData::num_rows).sum();
    let a_row = bytes / rows.max(1) + 1;
    let at_once = (READ_BYTES / a_row).clamp(1, READ_ROWS);
    builder.with_batch_size(usize::try_from(at_once).unwrap_or(1)).build().map_err(damaged)
}

struct Held {
    batch: RecordBatch,
    ids: StringArray,
    /// `None` for what the warehouse held before.
    files: Option<Int64Array>,
}

impl Held {
    fn key(&self, row: usize) -> Key {
        let mut key = [0; ID_LETTERS];
        for (to, from) in key.iter_mut().zip(self.ids.value(row).bytes()) {
            *to = from;
        }
        key
    }

    fn file(&self, row: usize) -> i64 {
        self.files.as_ref().map_or(-1, |files| files.value(row))
    }
}

#[derive(Clone, Copy)]
struct Place {
    held: usize,
    row: usize,
}

struct Joining {
    kind: Kind,
    refused: BTreeSet<i64>,
    sources: Vec<Source>,
    /// Where each source stands; `None` at its end.
    current: Vec<Option<Place>>,
    held: Vec<Held>,
    heap: BinaryHeap<Reverse<(Key, usize)>>,
    /// Records of one id, with their files.
    group: Vec<(i64, Place)>,
    out: Vec<(Place, u64)>,
    again: u64,
}

impl Joining {
    fn begin(kind: Kind, sources: Vec<Source>, refused: BTreeSet<i64>) -> Result<Self, LoadError> {
        let count = sources.len();
        let mut joining = Self {
            kind,
            refused,
            sources,
            current: vec![None; count],
            held: Vec::new(),
            heap: BinaryHeap::new(),
            group: Vec::new(),
            out: Vec::new(),
            again: 0,
        };
        for source in 0..count {
            joining.refill(source)?;
        }
        Ok(joining)
    }

    fn run(&mut self, writer: &mut PartWriter) -> Result<(), LoadError> {
        let mut open: Option<Key> = None;
        while let Some(Reverse((key, source))) = self.heap.pop() {
            if open != Some(key) {
                self.close_group();
                if self.out.len() >= OUT_ROWS || self.held.len() > self.sources.len() + WAITING {
                    self.flush(writer)?;
                }
                open = Some(key);
            }
            let Some(place) = self.current.get(source).copied().flatten() else { continue };
            let file = self.held.get(place.held).map_or(-1, |held| held.file(place.row));
            if !self.refused.contains(&file) {
                self.group.push((file, place));
            }
            self.advance(source, place)?;
        }
        self.close_group();
        self.flush(writer)
    }

    fn advance(&mut self, source: usize, place: Place) -> Result<(), LoadError> {
        let next = Place { row: place.row + 1, ..place };
        let held = self.held.get(place.held).filter(|held| next.row < held.ids.len());
        let Some(held) = held else { return self.refill(source) };
        self.heap.push(Reverse((held.key(next.row), source)));
        if let Some(current) = self.current.get_mut(source) {
            *current = Some(next);
        }
        Ok(())
    }

    fn refill(&mut self, source: usize) -> Result<(), LoadError> {
        let batch = self.sources.get_mut(source).map(Source::next).transpose()?.flatten();
        let place = match batch {
            None => None,
            Some(batch) => {
                let held = hold(self.kind, &batch)?;
                self.heap.push(Reverse((held.key(0), source)));
                self.held.push(held);
                Some(Place { held: self.held.len() - 1, row: 0 })
            }
        };
        if let Some(current) = self.current.get_mut(source) {
            *current = place;
        }
        Ok(())
    }

    fn close_group(&mut self) {
        match (self.group.as_slice(), self.kind) {
            ([], _) => {}
            ([(_, only)], _) => self.out.push((*only, 0)),
            ([.., (_, last)], Kind::Spans) => {
                // The newest file stands last: sources are read in the order of files, the held ones first.
                let newest = self.group.iter().max_by_key(|(file, _)| *file);
                self.out.push((newest.map_or(*last, |(_, place)| *place), 0));
                self.again += self.group.len() as u64 - 1;
            }
            (all, Kind::Logs) => {
                let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
                for (file, _) in all {
                    *counts.entry(*file).or_default() += 1;
                }
                let most = counts.iter().max_by_key(|(file, count)| (**count, Reverse(**file)));
                let most = most.map(|(file, _)| *file);
                let kept = all.iter().filter(|(file, _)| Some(*file) == most);
                let before = self.out.len();
                self.out.extend((0_u64..).zip(kept).map(|(number, (_, place))| (*place, number)));
                self.again += (all.len() - (self.out.len() - before)) as u64;
            }
        }
        self.group.clear();
    }

    // Writes what was brought together, and lets go of all batches but those that sources stand in.
    fn flush(&mut self, writer: &mut PartWriter) -> Result<(), LoadError> {
        if !self.out.is_empty() {
            let width = self.kind.schema().fields().len();
            let columns: Vec<usize> = (0..width).collect();
            let batches: Vec<RecordBatch> = self
                .held
                .iter()
                .map(|held| held.batch.project(&columns))
                .collect::<Result<_, _>>()?;
            let batches: Vec<&RecordBatch> = batches.iter().collect();
            let order: Vec<(usize, usize)> =
                self.out.iter().map(|(place, _)| (place.held, place.row)).collect();
            let batch = interleave_record_batch(&batches, &order)?;
            let numbers = self.out.iter().map(|(_, number)| *number);
            writer.write(&numbered(&batch, numbers)?)?;
            self.out.clear();
        }
        let mut kept = Vec::new();
        let mut old: Vec<Option<Held>> =
            std::mem::take(&mut self.held).into_iter().map(Some).collect();
        for place in self.current.iter_mut().flatten() {
            let Some(held) = old.get_mut(place.held).and_then(Option::take) else { continue };
            place.held = kept.len();
            kept.push(held);
        }
        self.held = kept;
        Ok(())
    }
}

// Batches of one shape, whichever file they come from.
fn hold(kind: Kind, batch: &RecordBatch) -> Result<Held, LoadError> {
    let schema = kind.schema();
    let width = schema.fields().len();
    let ids = batch.columns().get(width - 1).and_then(|ids| ids.as_string_opt::<i32>()).cloned();
    let files = batch.columns().get(width).and_then(|files| files.as_primitive_opt::<Int64Type>());
    let Some(ids) = ids else { return Err(LoadError::Interrupted) };
    let files = files.cloned();
    let columns: Vec<ArrayRef> = batch.columns().iter().take(width).cloned().collect();
    Ok(Held { batch: RecordBatch::try_new(schema, columns)?, ids, files })
}

// Equal lines of one file are told apart by a number behind their common id.
fn numbered(
    batch: &RecordBatch,
    numbers: impl Iterator<Item = u64>,
) -> Result<RecordBatch, LoadError> {
    let mut columns = batch.columns().to_vec();
    let Some(last) = columns.pop() else { return Err(LoadError::Interrupted) };
    let Some(ids) = last.as_string_opt::<i32>() else { return Err(LoadError::Interrupted) };
    let mut written = StringBuilder::with_capacity(ids.len(), ids.len() * ID_LETTERS);
    for (row, number) in numbers.enumerate() {
        let id = ids.value(row);
        let id = id.get(..ID_LETTERS).unwrap_or(id);
        if number == 0 {
            written.append_value(id);
        } else {
            written.append_value(format!("{id}-{number}"));
        }
    }
    columns.push(Arc::new(written.finish()));
    Ok(RecordBatch::try_new(batch.schema(), columns)?)
}
