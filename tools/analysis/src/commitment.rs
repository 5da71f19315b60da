//! Commitments: what to commit to an hour, what it brings and risks, and how the held ones do.
//!
//! Money is exact: the worth of a commitment is a sum of least values and one product, so the best one is found on
//! the load itself and never between two rounded figures.

pub mod break_even;
pub mod curve;
pub mod hours;
pub mod offers;
pub mod plan;
pub mod returns;
pub mod risk;
pub mod state;

/// Hours of a month, as providers price them (AWS, Azure and Google calculators: 365 * 24 / 12).
pub const HOURS_OF_A_MONTH: u32 = 730;
