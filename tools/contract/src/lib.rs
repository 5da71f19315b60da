//! What crosses the seam between agents and tools: serde types, units and ports. No IO.

pub mod answer;
pub mod budget;
pub mod calls;
pub mod cost;
pub mod dimension;
pub mod draft;
pub mod error;
pub mod evidence;
pub mod filter;
pub mod incident;
pub mod memory;
pub mod metadata;
pub mod metrics;
pub mod money;
pub mod period;
pub mod ports;
pub mod quality;
pub mod question;
pub mod scope;
pub mod table;
pub mod telemetry;
pub mod tool;
pub mod unit;

pub use rust_decimal::Decimal;
