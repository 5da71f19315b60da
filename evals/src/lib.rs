//! Suites that score the product against known truths. No IO but the files of public benchmarks: everything comes in as an argument.

pub mod anomalies;
pub mod benchmark;
pub mod budgets;
pub mod cases;
pub mod commitments;
pub mod companies;
pub mod drift;
pub mod estate;
pub mod forecast;
pub mod gate;
pub mod hostile;
pub mod incidents;
pub mod logs;
pub mod nab;
pub mod nezha;
pub mod petshop;
pub mod questions;
pub mod report;
pub mod savings;
pub mod stories;
pub mod tcpd;
