//! Questions for the analyses that have a tool of their own.

mod allocation;
mod api_calls;
mod bases;
mod budgets;
mod commitments;
mod effects;
mod efficiency;
mod savings;
mod schedule;
mod tagging;
mod unusual;
