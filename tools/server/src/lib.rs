//! The tools that agents and other programs call over MCP: one tool a file, read-only, over ports.
//!
//! [`Tools`] is the server. It is reached in process ([`InProcess`]), over standard input and output
//! ([`serve_stdio`]) and, with the feature `http`, over streamable HTTP (the module `http`).

mod answered;
mod arguments;
mod catalogue;
mod compare_cost;
mod describe_cost_data;
mod explain_unit_cost;
mod fact_table;
mod find_metadata;
mod forecast_cost;
mod in_process;
mod list_workloads;
mod operating;
mod query_cost;
mod refuse;
mod searched;
mod serve;
mod stdio;
mod unit_cost;

#[cfg(feature = "http")]
pub mod http;

#[cfg(test)]
mod tests;

pub use in_process::{ConnectError, InProcess, outcome_of};
pub use serve::Tools;
pub use stdio::{StdioError, serve_stdio};
