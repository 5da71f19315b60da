//! Whether a submission in form says everything as the ledger spells it, so that nothing in it needs reading.

use wherefore_contract::{
    draft::{Draft, DraftResult, FactOrCalc, Sentence, Span},
    evidence::FactRef,
};
use wherefore_model::Findings;

use super::known::Known;

/// Whether every reference of the draft is exact and its headline says something.
pub(super) fn draft(draft: &Draft, known: &Known<'_>) -> bool {
    let mut sentences: Vec<&Sentence> = vec![&draft.headline];
    sentences.extend(&draft.body);
    sentences.extend(draft.findings.iter().map(|finding| &finding.sentence));
    sentences.extend(draft.assumptions.iter().map(|entry| &entry.sentence));
    sentences.extend(draft.gaps.iter().flat_map(|gap| [&gap.sentence, &gap.effect]));
    sentences.extend(draft.charts.iter().map(|chart| &chart.title));
    sentences.extend(&draft.next);
    let facts: Vec<&FactRef> = match &draft.result {
        DraftResult::None | DraftResult::Rows { .. } => Vec::new(),
        DraftResult::Scalar { value, .. } => value.facts().iter().collect(),
        DraftResult::Cells { rows, .. } => {
            rows.iter().flatten().flat_map(FactOrCalc::facts).collect()
        }
    };
    !draft.headline.0.is_empty()
        && sentences.into_iter().all(|sentence| exact(sentence, known))
        && facts.into_iter().chain(draft.verdict.values()).all(|fact| known.is_exact(fact))
}

/// Whether every reference of the findings is exact.
pub(super) fn findings(findings: &Findings, known: &Known<'_>) -> bool {
    let of_findings = findings.findings.iter().map(|finding| &finding.sentence);
    let of_gaps = findings.gaps.iter().flat_map(|gap| [&gap.sentence, &gap.effect]);
    of_findings.chain(of_gaps).all(|sentence| exact(sentence, known))
}

fn exact(sentence: &Sentence, known: &Known<'_>) -> bool {
    let is_name = |span: &Span| matches!(span, Span::Value { fact, .. } if known.holds_names(&fact.evidence, &fact.column) == Some(true));
    sentence.0.iter().all(|span| span.facts().all(|fact| known.is_exact(fact)) && !is_name(span))
}
