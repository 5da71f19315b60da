//! Calls of interfaces by client: which are asked for.

use crate::period::Period;

/// Calls of one period, by day, workload, operation and client.
///
// Result columns: `day`, `workload`, `operation`, `client`, `calls`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallQuery {
    /// Calls that were counted in this period.
    pub period: Period,
    /// The workload whose interface is called; `None` for every one.
    pub workload: Option<String>,
}
