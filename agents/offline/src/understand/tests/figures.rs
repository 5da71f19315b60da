//! Questions for figures: counts, shares, quantities, rows.

mod absent;
mod beside;
mod breakdowns;
mod counting;
mod credits;
mod limits;
mod lines;
mod metered;
mod operations;
mod statistics;
