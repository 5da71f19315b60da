//! The report as people and build servers read it: plain text, one page, `JUnit`.

pub(super) mod html;
pub(super) mod junit;
pub(super) mod tables;
