//! The embedded stores: a warehouse folder read by `DataFusion`, its names by tantivy.

pub mod cost;
mod describe;
mod engine;
mod snapshot;
mod truncate;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
