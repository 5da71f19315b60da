//! Reads a question in its conversation: a fragment refines the request before it, anything else
//! starts anew.

use wherefore_contract::question::Question;

use crate::request::{Known, Understanding};

/// Reads `question` with what was asked before it.
pub(super) fn understand(question: &Question, known: &Known) -> Understanding {
    super::alone(question.text(), question.as_of, known)
}
