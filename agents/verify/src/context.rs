//! What a draft is verified against.

use wherefore_contract::{answer::Run, evidence::Evidence, period::Period, question::Question};

/// Everything beside the draft that an answer is made of.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    pub question: &'a Question,
    pub evidence: &'a [Evidence],
    /// Periods that the question was read as: sentences without figures may name them although no
    /// evidence does.
    pub periods: &'a [Period],
    /// How the answer was made so far.
    pub run: Run,
}
