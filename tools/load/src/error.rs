//! Why a load, or one file of it, was refused.

use std::{io, path::PathBuf};

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

use crate::manifest::WarehouseError;

/// Nothing was loaded; the warehouse is as it was.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("`{}` does not exist", .0.display())]
    NoSuchPath(PathBuf),

    #[error(
        "nothing to load was found in {0}; files ending in .csv, .parquet, .json, .jsonl and .log are read, also with .gz"
    )]
    NothingFound(String),

    #[error("another load is writing to `{}`; wait for it to end", .0.display())]
    Locked(PathBuf),

    #[error("`{}` could not be read", .path.display())]
    Read {
        path: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("`{}` could not be written", .path.display())]
    Write {
        path: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("`{}` could not be encoded as Parquet", .path.display())]
    Encode {
        path: PathBuf,
        #[source]
        source: ParquetError,
    },

    #[error("rows could not be arranged in columns")]
    Arrange(#[from] ArrowError),

    #[error(transparent)]
    Warehouse(#[from] WarehouseError),

    #[error("the load was interrupted")]
    Interrupted,
}

/// One file was refused: nothing of it is loaded. The sentence follows the file's name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("could not be read: {0}")]
    Io(io::Error),

    #[error("is empty; export it again")]
    Empty,

    #[error("is cut off or damaged: its gzip stream ends early; copy it again from its source")]
    TruncatedGzip,

    #[error("is no valid Parquet file ({0}); copy it again from its source")]
    Parquet(ParquetError),

    #[error("is {0}; unpack it first")]
    Packed(&'static str),

    #[error("is not UTF-8 text (row {row}); save it as UTF-8")]
    Encoding { row: u64 },

    #[error("{0}")]
    KnownForeign(&'static str),

    #[error(
        "is no cost table that is known: its header starts with `{start}`; known are FOCUS 1.0 to 1.2, AWS CUR (legacy and 2.0), OCI cost reports, period,workload,transactions, period,workload,operation,client,calls and name,start,end,amount,currency,dimension,value (budgets), and metrics, logs and traces in OpenTelemetry columns"
    )]
    Unknown { start: String },

    #[error(
        "row {row} has {found} cells where the header has {expected}; it may be cut off or hold an unquoted comma"
    )]
    Ragged { row: u64, found: usize, expected: usize },

    #[error("ends inside a quoted cell that starts in row {row}; it may be cut off")]
    OpenQuote { row: u64 },

    #[error(
        "row {row}, {column}: `{value}` is no moment in time; correct the cell or export the file again"
    )]
    Moment { row: u64, column: String, value: String },

    #[error("row {row} has no {column}; every charge needs one")]
    NoMoment { row: u64, column: String },

    #[error(
        "row {row}, {column}: `{value}` is no count of transactions; write a number of 0 or more"
    )]
    Count { row: u64, column: String, value: String },

    #[error("row {row}, calls: `{value}` is no count of calls; write a number of 0 or more")]
    CallCount { row: u64, value: String },

    #[error("row {row} has no {column}; every count of calls needs one")]
    NoName { row: u64, column: &'static str },

    #[error(
        "row {row} counts the same period, operation and client of workload `{workload}` again; keep one of the rows"
    )]
    CalledTwice { row: u64, workload: String },

    #[error("line {row} is no request of OTLP metrics: {what}")]
    Json { row: u64, what: String },

    #[error("holds no record that can be read: {0}")]
    NoRecord(String),

    #[error("row {row} has no {column}; every point needs one")]
    NoPointTime { row: u64, column: &'static str },

    #[error(
        "row {row}, {column}: the cell is no map of attributes; write it as JSON or as ClickHouse does"
    )]
    Attributes { row: u64, column: &'static str },

    #[error("row {row} names no workload; every count needs one")]
    NoWorkload { row: u64 },

    #[error(
        "row {row} counts the same period of workload `{workload}` again; keep one of the rows"
    )]
    CountedTwice { row: u64, workload: String },

    #[error("row {row}, {column}: `{value}` is no part of a budget; {why}")]
    BudgetCell { row: u64, column: &'static str, value: String, why: &'static str },

    #[error(
        "row {row} gives budget `{name}` another amount for the same days; keep one of the rows"
    )]
    BudgetTwice { row: u64, name: String },

    #[error("holds the same billing period as `{other}` in another format; load one of the two")]
    SamePeriodTwice { other: String },

    #[error("could not be arranged in columns: {0}")]
    Arrange(#[from] ArrowError),

    #[error("has the columns `{first}` and `{second}`, which mean the same; keep one")]
    SameColumnTwice { first: String, second: String },
}
