//! The embedded stores: a warehouse folder read by `DataFusion`, its names by tantivy.

pub mod catalog;
mod complete;
pub mod cost;
mod describe;
mod engine;
pub mod memories;
mod metrics;
mod names;
mod snapshot;
mod telemetry;
mod truncate;
mod word_index;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
