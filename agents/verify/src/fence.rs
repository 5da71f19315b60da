//! The last fence: reads the finished document and asks of every number which claim it belongs to.

use wherefore_contract::{answer::Answer, evidence::Evidence};

use crate::{
    scan,
    violation::{Rule, Violation},
};

/// What a finished document says that no claim covers.
#[must_use]
pub fn check_document(answer: &Answer, _evidence: &[Evidence]) -> Vec<Violation> {
    scan::number_spans(&answer.text)
        .into_iter()
        .filter(|span| {
            !answer.claims.iter().any(|claim| claim.at.0 <= span.start && span.end <= claim.at.1)
        })
        .map(|span| Violation {
            sentence: "text".to_owned(),
            span: Some(span.start),
            rule: Rule::Fence,
            message: "a number stands in the text without a claim".to_owned(),
        })
        .collect()
}
