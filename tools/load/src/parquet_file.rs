//! The settings of every Parquet file that we write.

use parquet::{
    arrow::arrow_writer::ArrowWriterOptions,
    basic::Compression,
    file::properties::{EnabledStatistics, WriterProperties},
};

const ROW_GROUP_ROWS: usize = 1_000_000;

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
