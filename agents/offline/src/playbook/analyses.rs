//! The calls of each analysis: one tool, one subject.

mod allocation;
mod api_calls;
mod bases;
mod budget;
mod commitments;
mod purchase;
mod savings;
mod schedule;
mod tagging;
mod unusual;

use super::Step;
use crate::request::{Analysis, Reading};

/// The calls that answer an analysis; the first answers the question.
pub(super) fn steps(analysis: Analysis, reading: &Reading) -> Vec<Step> {
    match analysis {
        Analysis::Savings => savings::steps(reading),
        Analysis::Schedule => schedule::steps(reading),
        Analysis::ApiCalls => api_calls::steps(reading),
        Analysis::Commitments => commitments::steps(reading),
        Analysis::Purchase => purchase::steps(reading),
        Analysis::Unusual => unusual::steps(reading),
        Analysis::Allocation => allocation::steps(reading),
        Analysis::Bases | Analysis::Closing => bases::steps(reading),
        Analysis::Budgets => budget::steps(reading),
        Analysis::Tagging => tagging::steps(reading),
    }
}
