//! Answers to the analyses: one subject, one room.

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

use wherefore_contract::draft::Draft;

use crate::{request::Analysis, say::scene::Scene};

/// The answer to an analysis; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>, analysis: Analysis) -> Option<Draft> {
    match analysis {
        Analysis::Savings => savings::shape(scene),
        Analysis::Schedule => schedule::shape(scene),
        Analysis::ApiCalls => api_calls::shape(scene),
        Analysis::Commitments => commitments::shape(scene),
        Analysis::Purchase => purchase::shape(scene),
        Analysis::Unusual => unusual::shape(scene),
        Analysis::Allocation => allocation::shape(scene),
        Analysis::Bases => bases::shape(scene),
        Analysis::Closing => bases::closing(scene),
        Analysis::Budgets => budget::shape(scene),
        Analysis::Tagging => tagging::shape(scene),
    }
}
