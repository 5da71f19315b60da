//! Bills of many formats into a warehouse of Parquet files, with a report on how far the data can be trusted.

mod columns;
pub mod focus_file;
pub mod manifest;
pub mod schema;
