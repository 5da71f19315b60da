//! Sentences of the analyses that have a tool of their own.

pub(super) mod allocation;
pub(super) mod bases;
pub(super) mod budget;
pub(super) mod calls;
pub(super) mod commitments;
pub(super) mod savings;
pub(super) mod schedule;
pub(super) mod tagging;
pub(super) mod unusual;
