//! Walks the references of sentences to evidence: to rename them, and to see which evidence is used.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    draft::{Draft, DraftResult, FactOrCalc, Sentence, Span},
    evidence::FactRef,
};
use wherefore_model::Findings;

/// Old evidence ids and the ids that replace them.
pub(crate) type Renames = BTreeMap<String, String>;

/// Rewrites every reference in what a sub-agent found. What points at unknown evidence is left out.
pub(crate) fn rename(findings: &mut Findings, renames: &Renames) {
    findings.findings.retain_mut(|finding| {
        rename_sentence(&mut finding.sentence, renames)
            & finding.evidence.iter_mut().all(|id| rename_id(id, renames))
    });
    findings.gaps.retain_mut(|gap| {
        rename_sentence(&mut gap.sentence, renames) & rename_sentence(&mut gap.effect, renames)
    });
}

fn rename_sentence(sentence: &mut Sentence, renames: &Renames) -> bool {
    sentence.0.iter_mut().flat_map(ids_mut).all(|id| rename_id(id, renames))
}

fn rename_id(id: &mut String, renames: &Renames) -> bool {
    match renames.get(id) {
        Some(new) => {
            id.clone_from(new);
            true
        }
        None => false,
    }
}

fn ids_mut(span: &mut Span) -> Vec<&mut String> {
    match span {
        Span::Value { fact, .. }
        | Span::Name { fact }
        | Span::Quote { fact, .. }
        | Span::Measure { fact }
        | Span::Extreme { fact, .. }
        | Span::Place { fact, .. } => vec![&mut fact.evidence],
        Span::Calc { facts, .. } => facts.iter_mut().map(|fact| &mut fact.evidence).collect(),
        Span::Trend { from, to, .. } => from
            .iter_mut()
            .map(|fact| &mut fact.evidence)
            .chain(std::iter::once(&mut to.evidence))
            .collect(),
        Span::Count { evidence } | Span::Terms { evidence } => vec![evidence],
        Span::Text { .. }
        | Span::Period { .. }
        | Span::Asked { .. }
        | Span::Since { .. }
        | Span::Dimension { .. }
        | Span::Particle { .. } => Vec::new(),
    }
}

/// The ids of all evidence that figures, names, tables or charts of a draft stand on.
pub(crate) fn used(draft: &Draft) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for sentence in sentences(draft) {
        used.extend(sentence.0.iter().flat_map(Span::evidence).map(str::to_owned));
    }
    used.extend(draft.findings.iter().flat_map(|finding| finding.evidence.iter().cloned()));
    for hypothesis in &draft.hypotheses {
        used.insert(hypothesis.score.evidence.clone());
        used.extend(hypothesis.path.iter().map(|fact| fact.evidence.clone()));
        used.extend(hypothesis.supports.iter().chain(&hypothesis.contradicts).cloned());
    }
    used.extend(draft.tables.iter().map(|table| table.evidence.clone()));
    used.extend(draft.charts.iter().map(|chart| chart.evidence.clone()));
    used.extend(draft.verdict.values().map(|fact| fact.evidence.clone()));
    let id = |fact: &FactRef| fact.evidence.clone();
    match &draft.result {
        DraftResult::None => {}
        DraftResult::Scalar { value, .. } => used.extend(value.facts().iter().map(id)),
        DraftResult::Rows { evidence, .. } => {
            used.insert(evidence.clone());
        }
        DraftResult::Cells { rows, .. } => {
            used.extend(rows.iter().flatten().flat_map(FactOrCalc::facts).map(id));
        }
    }
    used
}

/// Every sentence of a draft but those of its gaps and assumptions, which may speak of other data.
fn sentences(draft: &Draft) -> impl Iterator<Item = &Sentence> {
    std::iter::once(&draft.headline)
        .chain(&draft.body)
        .chain(draft.findings.iter().map(|finding| &finding.sentence))
        .chain(draft.hypotheses.iter().map(|hypothesis| &hypothesis.cause))
        .chain(draft.charts.iter().map(|chart| &chart.title))
}

#[cfg(test)]
mod tests {
    use wherefore_contract::draft::{DraftFinding, Format, TrendStyle};

    use super::*;

    fn value(evidence: &str) -> Span {
        Span::Value { fact: FactRef::new(evidence, 0, "billed_cost"), format: Format::Auto }
    }

    #[test]
    fn references_of_a_sub_agent_follow_its_evidence() {
        let finding = |id: &str| DraftFinding {
            sentence: Sentence(vec![
                value(id),
                Span::Count { evidence: id.to_owned() },
                Span::Trend {
                    from: Some(FactRef::new(id, 1, "x")),
                    to: FactRef::new(id, 2, "x"),
                    style: TrendStyle::Verb,
                },
            ]),
            evidence: vec![id.to_owned()],
        };
        let mut findings =
            Findings { findings: vec![finding("e1"), finding("e9"), finding("e2")], gaps: vec![] };
        let renames = BTreeMap::from([
            ("e1".to_owned(), "e4".to_owned()),
            ("e2".to_owned(), "e1".to_owned()),
        ]);
        rename(&mut findings, &renames);
        assert_eq!(findings.findings, [finding("e4"), finding("e1")]);
    }
}
