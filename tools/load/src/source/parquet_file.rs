//! Rows of a Parquet file, of whatever physical types.

use std::{fs::File, path::Path};

use parquet::arrow::{
    ProjectionMask,
    arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder},
};

use crate::{
    cells::{Cells, Chunk},
    error::Refusal,
};

const CHUNK_ROWS: usize = 32_768;

/// A Parquet file, opened.
pub(crate) struct ParquetRows {
    header: Vec<String>,
    waiting: Option<ParquetRecordBatchReaderBuilder<File>>,
    reader: Option<ParquetRecordBatchReader>,
    places: Vec<usize>,
    next_row: u64,
}

impl ParquetRows {
    pub(crate) fn open(path: &Path) -> Result<Self, Refusal> {
        let file = File::open(path).map_err(Refusal::Io)?;
        let waiting = ParquetRecordBatchReaderBuilder::try_new(file).map_err(Refusal::Parquet)?;
        let header = waiting.schema().fields().iter().map(|field| field.name().trim().to_owned());
        let header: Vec<String> = header.collect();
        let places = (0..header.len()).collect();
        Ok(Self { header, waiting: Some(waiting), reader: None, places, next_row: 1 })
    }

    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    pub(crate) fn want(&mut self, places: &[usize]) -> Result<(), Refusal> {
        self.places = places.to_vec();
        self.places.sort_unstable();
        self.places.dedup();
        let Some(builder) = self.waiting.take() else { return Ok(()) };
        let mask = ProjectionMask::roots(builder.parquet_schema(), self.places.iter().copied());
        let builder = builder.with_projection(mask).with_batch_size(CHUNK_ROWS);
        self.reader = Some(builder.build().map_err(Refusal::Parquet)?);
        Ok(())
    }

    pub(crate) fn next_chunk(&mut self) -> Result<Option<Chunk>, Refusal> {
        if self.reader.is_none() {
            let all = self.places.clone();
            self.want(&all)?;
        }
        let Some(batch) = self.reader.as_mut().and_then(Iterator::next) else { return Ok(None) };
        let batch = batch.map_err(|error| Refusal::Parquet(error.into()))?;
        let mut columns = vec![Cells::Unread; self.header.len()];
        for (place, array) in self.places.iter().zip(batch.columns()) {
            if let Some(column) = columns.get_mut(*place) {
                *column = Cells::of(array)?;
            }
        }
        let first_row = self.next_row;
        self.next_row += batch.num_rows() as u64;
        Ok(Some(Chunk { first_row, rows: batch.num_rows(), columns }))
    }
}
