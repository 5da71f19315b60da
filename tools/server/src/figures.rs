//! Figures as tools return them: tables with the notices that touch them.

pub(crate) mod answered;
pub(crate) mod barred;
pub(crate) mod fact_table;
pub(crate) mod operating;
