//! Traces and metrics of agents in OpenTelemetry, masked before they leave the process.

mod cut;
mod export;
mod mask;
mod meter;
mod parent;
mod sessions;
mod shape;
mod sink;
mod start;

pub use mask::{Mask, MaskError};
pub use parent::traceparent;
pub use sink::{Destination, DestinationError};
pub use start::{Settings, StartError, Traces, without_content};
