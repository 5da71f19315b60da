//! Writes the charges of one source file into staged Parquet files, one or more a billing period.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, UInt64Array, new_null_array},
    compute::take,
    datatypes::{DataType, Field, Int32Type, Schema, TimestampMicrosecondType},
};
use parquet::arrow::ArrowWriter;

use crate::{
    error::{LoadError, Refusal},
    manifest::{ChargeFile, PeriodKey},
    map::Mapped,
    moment,
    notes::SourceNotes,
    parquet_file::writer_options,
    schema::{ChargeColumn, charge_schema, tag_column},
    stats::ChargeStats,
};

const ROW_GROUP_BYTES: usize = 96 << 20;

/// A Parquet file that waits in the staging folder.
#[derive(Debug, Clone)]
pub(crate) struct StagedFile {
    pub(crate) staged: PathBuf,
    pub(crate) file: ChargeFile,
    pub(crate) stats: ChargeStats,
}

struct OpenFile {
    path: PathBuf,
    name: String,
    writer: ArrowWriter<BufWriter<File>>,
    tag_columns: BTreeMap<String, String>,
    stats: ChargeStats,
}

/// The staged files of one source file.
pub(crate) struct Stage {
    folder: PathBuf,
    /// Starts the names of its files, e.g. `s000001-0003`.
    prefix: String,
    open: BTreeMap<PeriodKey, OpenFile>,
    closed: Vec<StagedFile>,
    parts: usize,
}

/// Why a batch could not be staged.
pub(crate) enum StageError {
    Refused(Refusal),
    Failed(LoadError),
}

impl Stage {
    pub(crate) fn new(folder: &Path, prefix: String) -> Self {
        Self {
            folder: folder.to_owned(),
            prefix,
            open: BTreeMap::new(),
            closed: Vec::new(),
            parts: 0,
        }
    }

    /// The billing periods that have had a row so far.
    pub(crate) fn keys(&self) -> Vec<PeriodKey> {
        let closed = self.closed.iter().map(|staged| staged.file.key.clone());
        let mut keys: Vec<_> = self.open.keys().cloned().chain(closed).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// Adds rows, in order.
    pub(crate) fn push(&mut self, mapped: Mapped) -> Result<(), StageError> {
        for (key, part) in split_by_period(mapped).map_err(StageError::Refused)? {
            self.push_period(&key, &part).map_err(StageError::Failed)?;
        }
        Ok(())
    }

    fn push_period(&mut self, key: &PeriodKey, mapped: &Mapped) -> Result<(), LoadError> {
        // A Parquet schema is fixed once rows are written: a tag key that comes later starts
        // another file.
        let narrow = self
            .open
            .get(key)
            .is_some_and(|file| mapped.tags.keys().any(|tag| !file.tag_columns.contains_key(tag)));
        let mut tags: BTreeMap<String, String> =
            mapped.tags.keys().map(|tag| (tag.clone(), tag_column(tag))).collect();
        if narrow && let Some(file) = self.open.remove(key) {
            tags.extend(file.tag_columns.clone());
            self.closed.push(close(key.clone(), file)?);
        }
        if !self.open.contains_key(key) {
            let file = self.create(tags)?;
            self.open.insert(key.clone(), file);
        }
        let Some(file) = self.open.get_mut(key) else { return Ok(()) };
        file.stats.observe(mapped);
        let encode = |source| LoadError::Encode { path: file.path.clone(), source };
        file.writer.write(&batch_of(mapped, &file.tag_columns)?).map_err(encode)?;
        if file.writer.in_progress_size() > ROW_GROUP_BYTES {
            file.writer.flush().map_err(encode)?;
        }
        Ok(())
    }

    fn create(&mut self, tag_columns: BTreeMap<String, String>) -> Result<OpenFile, LoadError> {
        self.parts += 1;
        let name = format!("{}-{:04}.parquet", self.prefix, self.parts);
        let path = self.folder.join(&name);
        let file = File::create(&path)
            .map_err(|source| LoadError::Write { path: path.clone(), source })?;
        let schema = charge_schema(&tag_columns);
        let writer =
            ArrowWriter::try_new_with_options(BufWriter::new(file), schema, writer_options())
                .map_err(|source| LoadError::Encode { path: path.clone(), source })?;
        Ok(OpenFile { path, name, writer, tag_columns, stats: ChargeStats::default() })
    }

    /// Ends all files. What was noticed about the source goes with the first.
    pub(crate) fn finish(mut self, notes: SourceNotes) -> Result<Vec<StagedFile>, LoadError> {
        for (key, file) in std::mem::take(&mut self.open) {
            self.closed.push(close(key, file)?);
        }
        self.closed.sort_by(|one, other| one.file.path.cmp(&other.file.path));
        for staged in &mut self.closed {
            staged.stats.absent = notes.absent.iter().cloned().collect();
            staged.stats.is_net = notes.net_rows > 0;
        }
        if let Some(first) = self.closed.first_mut() {
            first.stats.source = Some(notes);
        }
        Ok(self.closed)
    }

    /// Forgets the files. What is left of them goes with the next clean-up.
    pub(crate) fn discard(self) {
        let closed = self.closed.into_iter().map(|staged| staged.staged);
        for path in self.open.into_values().map(|file| file.path).chain(closed) {
            // Nothing refers to the file; the next load clears the folder in any case.
            let _ = fs::remove_file(path);
        }
    }
}

fn close(key: PeriodKey, file: OpenFile) -> Result<StagedFile, LoadError> {
    let OpenFile { path, name, writer, tag_columns, mut stats } = file;
    stats.forget_ids();
    let encode = |source| LoadError::Encode { path: path.clone(), source };
    let write = |source| LoadError::Write { path: path.clone(), source };
    let buffered = writer.into_inner().map_err(encode)?;
    let written = buffered.into_inner().map_err(|error| write(error.into_error()))?;
    written.sync_all().map_err(write)?;
    let bytes = written.metadata().map_err(write)?.len();
    let month = key.billing_period.strftime("%Y-%m");
    let file = ChargeFile {
        path: format!("charges/billing_period={month}/{name}"),
        key,
        rows: stats.rows,
        bytes,
        tag_columns,
        charge_start_micros: stats.starts,
    };
    Ok(StagedFile { staged: path, file, stats })
}

fn batch_of(
    mapped: &Mapped,
    tag_columns: &BTreeMap<String, String>,
) -> Result<RecordBatch, LoadError> {
    let mut fields = Vec::with_capacity(ChargeColumn::ALL.len() + tag_columns.len());
    let mut arrays = Vec::with_capacity(fields.capacity());
    let mut add = |name: &str, array: ArrayRef| {
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    };
    for column in ChargeColumn::ALL {
        add(column.name(), mapped.column(*column));
    }
    // In the order of the file's schema: by key.
    for (key, name) in tag_columns {
        let absent = || new_null_array(&DataType::Utf8, mapped.rows);
        add(name, mapped.tags.get(key).cloned().unwrap_or_else(absent));
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?)
}

// Codes of provider and billing account, and the start of the billing period.
type Group = (Option<i32>, Option<i32>, i64);

// The rows of each billing period, in the order of the source.
fn split_by_period(mapped: Mapped) -> Result<Vec<(PeriodKey, Mapped)>, Refusal> {
    let rows = mapped.rows;
    let providers = Codes::of(&mapped.column(ChargeColumn::ProviderName));
    let accounts = Codes::of(&mapped.column(ChargeColumn::BillingAccountId));
    let periods = mapped.column(ChargeColumn::BillingPeriodStart);
    let periods = periods.as_primitive::<TimestampMicrosecondType>();
    let mut groups: BTreeMap<Group, Vec<u64>> = BTreeMap::new();
    let mut run: Option<(Group, Vec<u64>)> = None;
    for row in 0..rows {
        let group = (providers.at(row), accounts.at(row), periods.value(row));
        match &mut run {
            Some((current, rows)) if *current == group => rows.push(row as u64),
            Some(_) | None => {
                if let Some((before, rows)) = run.replace((group, vec![row as u64])) {
                    groups.entry(before).or_default().extend(rows);
                }
            }
        }
    }
    if let Some((last, rows)) = run {
        groups.entry(last).or_default().extend(rows);
    }
    let mut parts = BTreeMap::<PeriodKey, Vec<u64>>::new();
    for ((provider, account, period), rows) in groups {
        let key = PeriodKey {
            billing_period: moment::date_of(period).unwrap_or_default().first_of_month(),
            provider: providers.text(provider),
            billing_account: accounts.text(account),
        };
        parts.entry(key).or_default().extend(rows);
    }
    if parts.len() == 1 {
        return Ok(parts.into_keys().zip(Some(mapped)).collect());
    }
    let mut split = Vec::with_capacity(parts.len());
    for (key, mut rows) in parts {
        rows.sort_unstable();
        let count = rows.len();
        let rows = UInt64Array::from(rows);
        split.push((key, mapped.select(|array| take(array, &rows, None), count)?));
    }
    Ok(split)
}

struct Codes {
    array: ArrayRef,
}

impl Codes {
    fn of(array: &ArrayRef) -> Self {
        Self { array: Arc::clone(array) }
    }

    fn at(&self, row: usize) -> Option<i32> {
        let keys = self.array.as_dictionary_opt::<Int32Type>()?.keys();
        (!keys.is_null(row)).then(|| keys.value(row))
    }

    fn text(&self, code: Option<i32>) -> String {
        let value = || {
            let dictionary = self.array.as_dictionary_opt::<Int32Type>()?;
            let code = usize::try_from(code?).ok()?;
            Some(dictionary.values().as_string_opt::<i32>()?.value(code).to_owned())
        };
        value().unwrap_or_default()
    }
}
