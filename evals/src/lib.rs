//! Suites that score the product against known truths. No IO: everything comes in as an argument.

pub mod anomalies;
pub mod budgets;
pub mod cases;
pub mod commitments;
pub mod companies;
pub mod estate;
pub mod forecast;
pub mod gate;
pub mod hostile;
pub mod questions;
pub mod report;
pub mod savings;
pub mod stories;
