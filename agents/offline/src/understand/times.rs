//! Which times a question is about.

pub(super) mod ahead;
pub(super) mod lengths;
pub(super) mod moments;
pub(super) mod time;
