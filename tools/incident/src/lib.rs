//! From telemetry to causes: arithmetic over log lines, spans, series and changes. No IO, no clock, no randomness of its own.

pub mod causes;
pub mod changes;
pub mod drift;
pub mod logs;
pub mod numbers;
pub mod runbooks;
pub mod series;
pub mod traces;
