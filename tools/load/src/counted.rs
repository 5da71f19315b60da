//! What the tables beside the bills share: places of columns, cells that must hold something, Parquet files of counts.

pub(crate) mod budgets;
pub(crate) mod calls;
pub(crate) mod transactions;

use std::{collections::BTreeMap, fs::File, path::Path};

use arrow::array::RecordBatch;
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::{
    cells::Chunk,
    error::{LoadError, Refusal},
    number::Number,
    parquet_file::writer_options,
};

/// The columns of a header by their names, whatever their case; of two alike the first.
pub(crate) struct Places(BTreeMap<String, usize>);

impl Places {
    pub(crate) fn of(header: &[String]) -> Self {
        let named = header.iter().enumerate().rev();
        Self(named.map(|(place, name)| (name.trim().to_ascii_lowercase(), place)).collect())
    }

    pub(crate) fn at(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// The moment of a cell that must hold one, in microseconds.
pub(crate) fn moment_of(
    chunk: &Chunk,
    row: usize,
    place: Option<usize>,
    column: &str,
) -> Result<i64, Refusal> {
    let number = chunk.row_of(row);
    let held = chunk.at(place).moment(row).map_err(|no_moment| Refusal::Moment {
        row: number,
        column: column.to_owned(),
        value: no_moment.text,
    })?;
    let none = || Refusal::NoMoment { row: number, column: column.to_owned() };
    held.map(|(micros, _)| micros).ok_or_else(none)
}

/// The count of a cell times 10^18, zero or more; else what stands there instead.
pub(crate) fn count_of(chunk: &Chunk, row: usize, place: Option<usize>) -> Result<i128, String> {
    let cell = chunk.at(place);
    match cell.number(row) {
        Number::Exact(count) | Number::Cut(count) if count >= 0 => Ok(count),
        Number::Exact(_) | Number::Cut(_) | Number::Absent | Number::Word => {
            Err(cell.text(row).unwrap_or_default().into_owned())
        }
    }
}

/// The trimmed text of a cell; `None` where it holds none.
pub(crate) fn text_of(chunk: &Chunk, row: usize, place: Option<usize>) -> Option<String> {
    let text = chunk.at(place).text(row)?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Writes one batch as a file; returns its rows and bytes.
pub(crate) fn write(path: &Path, batch: &RecordBatch) -> Result<(u64, u64), LoadError> {
    let failed = |source| LoadError::Write { path: path.to_owned(), source };
    let encode = |source| LoadError::Encode { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    let mut writer = ArrowWriter::try_new_with_options(file, batch.schema(), writer_options())
        .map_err(encode)?;
    writer.write(batch).map_err(encode)?;
    let file = writer.into_inner().map_err(encode)?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    Ok((batch.num_rows() as u64, bytes))
}

/// Reads a file of the warehouse back, batch by batch.
pub(crate) fn read_back(path: &Path, each: &mut dyn FnMut(&RecordBatch)) -> Result<(), LoadError> {
    let file =
        File::open(path).map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    let encode = |source| LoadError::Encode { path: path.to_owned(), source };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build);
    for batch in reader.map_err(encode)? {
        each(&batch?);
    }
    Ok(())
}
