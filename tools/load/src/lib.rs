//! Bills of many formats into a warehouse of Parquet files, with a report on how far the data can be trusted.

mod cells;
mod columns;
mod commit;
mod counted;
mod describe;
mod error;
pub mod focus_file;
mod layout;
mod load;
pub mod manifest;
mod map;
mod metrics;
mod moment;
mod notes;
mod number;
mod parquet_file;
mod render;
pub mod report;
pub mod schema;
mod source;
mod stage;
mod stats;
mod telemetry;

pub use error::LoadError;
pub use layout::Layout;
pub use load::{DEFAULT_KEPT_SNAPSHOTS, DEFAULT_WORKLOAD_TAG, LoadOptions, Progress, Quiet, load};
pub use render::render_text;

#[cfg(test)]
mod tests;
