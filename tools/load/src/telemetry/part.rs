//! The files of a day: immutable, in the order of time, none overlapping another.

use std::{
    fs::{self, File},
    io::BufWriter,
    path::PathBuf,
};

use arrow::{
    array::{AsArray, RecordBatch, TimestampNanosecondArray},
    datatypes::TimestampNanosecondType,
};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;

use super::row::Kind;
use crate::{
    commit,
    error::LoadError,
    manifest::{TelemetryFile, Warehouse},
    moment, parquet_file,
    schema::RECORD_ID,
};

const PART_ROWS: u64 = 1_048_576;
const DAY_NANOS: i64 = 86_400_000_000_000;
// In most rows these differ, so a dictionary of them is as large as they are.
const UNIQUE: [&str; 3] = [RECORD_ID, "SpanId", "ParentSpanId"];

/// The day of a moment in nanoseconds.
pub(super) fn day_of(at: i64) -> Date {
    moment::date_of(at.div_euclid(1_000)).unwrap_or_default()
}

struct Open {
    staged: PathBuf,
    file: TelemetryFile,
    writer: ArrowWriter<BufWriter<File>>,
}

/// Writes sorted batches as files of a day.
pub(super) struct PartWriter {
    kind: Kind,
    folder: PathBuf,
    snapshot: String,
    open: Option<Open>,
    closed: Vec<(PathBuf, TelemetryFile)>,
}

impl PartWriter {
    pub(super) fn new(kind: Kind, warehouse: &Warehouse, snapshot: &str) -> Self {
        Self {
            kind,
            folder: commit::staging(warehouse.root()),
            snapshot: snapshot.to_owned(),
            open: None,
            closed: Vec::new(),
        }
    }

    /// Writes rows that follow all earlier ones in time.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<(), LoadError> {
        let times = batch.columns().first();
        let times = times.and_then(|times| times.as_primitive_opt::<TimestampNanosecondType>());
        let Some(times) = times else { return Err(LoadError::Interrupted) };
        let mut from = 0;
        while from < batch.num_rows() {
            let day = times.value(from).div_euclid(DAY_NANOS);
            let rest = times.values().get(from..).unwrap_or_default();
            let until = from + rest.partition_point(|at| at.div_euclid(DAY_NANOS) == day);
            self.of_day(&batch.slice(from, until - from), &times.slice(from, until - from))?;
            from = until;
        }
        Ok(())
    }

    fn of_day(
        &mut self,
        batch: &RecordBatch,
        times: &TimestampNanosecondArray,
    ) -> Result<(), LoadError> {
        let (first, last) = (times.value(0), times.value(times.len() - 1));
        let is_other = |open: &Open| open.file.day != day_of(first) || open.file.rows >= PART_ROWS;
        if self.open.as_ref().is_some_and(is_other) {
            self.close()?;
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin(first)?,
        };
        let path = open.staged.clone();
        open.writer.write(batch).map_err(|source| LoadError::Encode { path, source })?;
        open.file.rows += batch.num_rows() as u64;
        open.file.last = last;
        self.open = Some(open);
        Ok(())
    }

    fn begin(&self, first: i64) -> Result<Open, LoadError> {
        let (day, folder) = (day_of(first), self.kind.folder());
        let number = self.closed.len() + 1;
        let name = format!("{:014}-{}-{number:05}", first.rem_euclid(DAY_NANOS), self.snapshot);
        let staged = self.folder.join(format!("{folder}-{number:05}.parquet"));
        let file = File::create(&staged)
            .map_err(|source| LoadError::Write { path: staged.clone(), source })?;
        let options = parquet_file::record_options(&UNIQUE);
        let writer =
            ArrowWriter::try_new_with_options(BufWriter::new(file), self.kind.schema(), options)
                .map_err(|source| LoadError::Encode { path: staged.clone(), source })?;
        let path = format!("{folder}/day={day}/{name}.parquet");
        let file = TelemetryFile { path, day, rows: 0, bytes: 0, first, last: first };
        Ok(Open { staged, file, writer })
    }

    fn close(&mut self) -> Result<(), LoadError> {
        let Some(Open { staged, mut file, writer }) = self.open.take() else { return Ok(()) };
        let encode = |source| LoadError::Encode { path: staged.clone(), source };
        let failed = |source| LoadError::Write { path: staged.clone(), source };
        let written = writer.into_inner().map_err(encode)?;
        let written = written.into_inner().map_err(|error| failed(error.into_error()))?;
        written.sync_all().map_err(failed)?;
        file.bytes = fs::metadata(&staged).map_err(failed)?.len();
        self.closed.push((staged, file));
        Ok(())
    }

    /// The staged files and what the manifest lists of them.
    pub(super) fn finish(mut self) -> Result<Vec<(PathBuf, TelemetryFile)>, LoadError> {
        self.close()?;
        Ok(self.closed)
    }
}
