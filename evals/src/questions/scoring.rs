//! One answer document against one case: values, rows, figures in texts, and required statements.

pub(super) mod cell;
mod dates;
mod figures;
pub(super) mod judge;
mod matching;
mod says;
