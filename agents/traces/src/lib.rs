//! Traces and metrics of agents in OpenTelemetry, masked before they leave the process.
