//! From drafts, findings and notices to the one draft that is verified.

pub(crate) mod merge;
mod notice;
mod notice_text;
pub(crate) mod outages;
pub(crate) mod remap;
pub(crate) mod words;
