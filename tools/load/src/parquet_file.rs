//! The Parquet files of a warehouse: the settings of each, and tables that are written and read back whole.

use std::{fs::File, path::Path};

use arrow::{array::RecordBatch, datatypes::SchemaRef};
use parquet::{
    arrow::{
        ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder,
        arrow_writer::ArrowWriterOptions,
    },
    basic::Compression,
    file::properties::{EnabledStatistics, WriterProperties},
    schema::types::ColumnPath,
};

use crate::error::LoadError;

const ROW_GROUP_ROWS: usize = 1_000_000;
const RECORD_GROUP_ROWS: usize = 65_536;

/// Nothing in them depends on when or where a file is written: the same rows give the same bytes.
pub(crate) fn writer_options() -> ArrowWriterOptions {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("wherefore".to_owned())
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true)
}

/// Settings of runs that are read back once and then dropped.
pub(crate) fn run_options() -> ArrowWriterOptions {
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_dictionary_enabled(false)
        .set_max_row_group_row_count(Some(RECORD_GROUP_ROWS))
        .build();
    ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true)
}

/// Settings of records: row groups that are small enough to be passed over by their time, and no dictionary for columns
/// in which every row differs.
pub(crate) fn record_options(unique: &[&str]) -> ArrowWriterOptions {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("wherefore".to_owned())
        .set_max_row_group_row_count(Some(RECORD_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::Chunk);
    let properties = unique.iter().fold(properties, |properties, column| {
        properties.set_column_dictionary_enabled(ColumnPath::from(*column), false)
    });
    ArrowWriterOptions::new().with_properties(properties.build()).with_skip_arrow_metadata(true)
}

/// Writes batches as one file, on the disk when this returns; returns its rows and bytes.
pub(crate) fn write(
    path: &Path,
    schema: SchemaRef,
    batches: impl IntoIterator<Item = Result<RecordBatch, LoadError>>,
) -> Result<(u64, u64), LoadError> {
    write_with(path, schema, writer_options(), batches)
}

/// As [`write()`], with settings of its own.
pub(crate) fn write_with(
    path: &Path,
    schema: SchemaRef,
    options: ArrowWriterOptions,
    batches: impl IntoIterator<Item = Result<RecordBatch, LoadError>>,
) -> Result<(u64, u64), LoadError> {
    let failed = |source| LoadError::Write { path: path.to_owned(), source };
    let encode = |source| LoadError::Encode { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    let mut writer = ArrowWriter::try_new_with_options(file, schema, options).map_err(encode)?;
    let mut rows = 0;
    for batch in batches {
        let batch = batch?;
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(encode)?;
    }
    let file = writer.into_inner().map_err(encode)?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    Ok((rows, bytes))
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
