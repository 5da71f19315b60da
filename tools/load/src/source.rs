//! Files as they are found: which to read, how they are packed, and their rows in chunks.

pub(crate) mod delimited;
pub(crate) mod discover;
pub(crate) mod packed;
pub(crate) mod parquet_file;

use std::path::Path;

use crate::{cells::Chunk, error::Refusal};

use self::{delimited::DelimitedRows, packed::Packing, parquet_file::ParquetRows};

/// The rows of one file.
pub(crate) enum Rows {
    Delimited(DelimitedRows),
    Parquet(ParquetRows),
}

impl Rows {
    /// Opens a file by its first bytes, whatever its name says.
    pub(crate) fn open(path: &Path) -> Result<Self, Refusal> {
        match packed::packing_of(path)? {
            Packing::Parquet => ParquetRows::open(path).map(Self::Parquet),
            Packing::Gzip | Packing::Plain => {
                DelimitedRows::open(packed::reader(path)?).map(Self::Delimited)
            }
            Packing::Foreign(name) => Err(Refusal::Packed(name)),
            Packing::Empty => Err(Refusal::Empty),
        }
    }

    /// The names of the columns, trimmed.
    pub(crate) fn header(&self) -> &[String] {
        match self {
            Self::Delimited(rows) => rows.header(),
            Self::Parquet(rows) => rows.header(),
        }
    }

    /// Says which columns will be read; others come as [`crate::cells::Cells::Unread`].
    pub(crate) fn want(&mut self, places: &[usize]) -> Result<(), Refusal> {
        match self {
            Self::Delimited(rows) => {
                rows.want(places);
                Ok(())
            }
            Self::Parquet(rows) => rows.want(places),
        }
    }

    /// The next rows, in order; `None` after the last.
    pub(crate) fn next_chunk(&mut self) -> Result<Option<Chunk>, Refusal> {
        match self {
            Self::Delimited(rows) => rows.next_chunk(),
            Self::Parquet(rows) => rows.next_chunk(),
        }
    }
}
