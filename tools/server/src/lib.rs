//! The tools that agents and other programs call over MCP: one tool a file, read-only, over ports.
//!
//! [`Tools`] is the server. It is reached in process ([`InProcess`]), over standard input and output
//! ([`serve_stdio`]) and, with the feature `http`, over streamable HTTP (the module `http`).

mod allocate_cost;
mod api_call_cost;
mod budget_status;
mod call;
mod catalogue;
mod commitment_state;
mod commitments;
mod compare_cost;
mod cost_bases;
mod describe_cost_data;
mod explain_unit_cost;
mod figures;
mod find_anomalies;
mod find_metadata;
mod find_savings;
mod forecast_cost;
mod list_workloads;
mod plan_commitment;
mod query_cost;
mod rules;
mod scaling_schedule;
mod tag_hygiene;
mod transport;
mod unit_cost;

#[cfg(test)]
mod tests;

use call::{arguments, refuse, searched};
use figures::{answered, barred, fact_table, operating};
pub use rules::{InvalidTable, RuleTable, RuleTables};
#[cfg(feature = "http")]
pub use transport::http;
use transport::serve;
pub use transport::{
    in_process::{ConnectError, InProcess, outcome_of},
    serve::Tools,
    stdio::{StdioError, serve_stdio},
};
