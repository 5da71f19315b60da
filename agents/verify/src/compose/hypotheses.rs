//! Possible causes, ranked: each with its score from the evidence, its path and what speaks for and against it.

use wherefore_contract::{
    Decimal,
    answer::{Answer, Hypothesis},
    draft::{DraftHypothesis, Format, Sentence, Span},
    evidence::FactRef,
    table::ColumnKind,
};

use super::{Place, judge};
use crate::{
    context::Context,
    document::{Written, written},
    ledger::Ledger,
    overview::Overview,
    resolve,
};

/// A possible cause that holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    cause: Written,
    score: Written,
    exact: String,
    path: Vec<String>,
    supports: Vec<String>,
    contradicts: Vec<String>,
    next_check: Written,
}

/// The causes of a draft that hold, in its order, with how many do not. One whose score is higher than that of the cause
/// before it does not: the order is the ranking.
pub(super) fn keep(
    drafted: &[DraftHypothesis],
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
) -> (Vec<Kept>, u32) {
    let mut all: Vec<Kept> = Vec::new();
    let (mut last, mut withheld) = (Decimal::ONE, 0);
    for (index, draft) in drafted.iter().enumerate() {
        let kept = faults(draft, last, ledger)
            .is_empty()
            .then(|| one(index, draft, context, ledger, overview))
            .flatten();
        match kept {
            Some(kept) => {
                last = kept.exact.parse().unwrap_or(last);
                all.push(kept);
            }
            None => withheld += 1,
        }
    }
    (all, withheld)
}

/// What is wrong with a cause beside its sentences; `last` is the score of the one before.
pub(super) fn faults(draft: &DraftHypothesis, last: Decimal, ledger: &Ledger) -> Vec<String> {
    let mut faults = Vec::new();
    match ledger.fact(&draft.score).map(|fact| fact.value) {
        None => faults.push(format!("no score stands at {}", draft.score)),
        Some(score) if score < Decimal::ZERO || score > last => faults.push(format!(
            "the score at {} is not in the order of the ranking, between zero and that of the cause before",
            draft.score
        )),
        Some(_) => {}
    }
    let unnamed = draft.path.iter().filter(|at| name(at, ledger).is_none());
    faults.extend(unnamed.map(|at| format!("no name stands at {at}")));
    let cited = draft.supports.iter().chain(&draft.contradicts);
    let unknown = cited.filter(|id| ledger.evidence(id).is_none());
    faults.extend(unknown.map(|id| format!("there is no evidence `{id}`")));
    faults
}

fn name(at: &FactRef, ledger: &Ledger) -> Option<String> {
    let evidence = ledger.evidence(&at.evidence)?;
    let is_name = evidence.facts.table.column(&at.column)?.kind == ColumnKind::Dimension;
    let name = evidence.name(at.row, &at.column)?;
    (is_name && !name.is_empty()).then(|| name.to_owned())
}

fn one(
    index: usize,
    draft: &DraftHypothesis,
    context: &Context,
    ledger: &Ledger,
    overview: &Overview,
) -> Option<Kept> {
    let sentence = |place, sentence: &Sentence| {
        let (pieces, broken) = judge(place, sentence, context, ledger, overview);
        broken.is_empty().then(|| written(&pieces))
    };
    let cause = sentence(Place::Hypothesis(index), &draft.cause)?;
    // It stands behind its own cause, whose row it is of: the rules for sentences on their own do not hold for it.
    let (pieces, broken) =
        resolve::sentence(&score_sentence(&draft.score), context, ledger, overview.scale);
    let score = broken.is_empty().then(|| written(&pieces))?;
    let next_check = sentence(Place::NextCheck(index), &draft.next_check)?;
    let exact = ledger.fact(&draft.score)?.value.normalize().to_string();
    (!cause.text.is_empty()).then(|| Kept {
        cause,
        score,
        exact,
        path: draft.path.iter().filter_map(|at| name(at, ledger)).collect(),
        supports: draft.supports.clone(),
        contradicts: draft.contradicts.clone(),
        next_check,
    })
}

/// "Score: 0.82.", in the words of the column.
fn score_sentence(at: &FactRef) -> Sentence {
    let text = |text: &str| Span::Text { text: text.to_owned() };
    Sentence(vec![
        Span::Measure { fact: at.clone() },
        text(": "),
        Span::Value { fact: at.clone(), format: Format::Auto },
        text("."),
    ])
}

impl Kept {
    /// Its line on the page.
    pub(super) fn line(&self) -> Written {
        let mut line = self.cause.clone();
        for more in [&self.score, &self.next_check] {
            if !more.text.is_empty() {
                line.push(" ");
                line.append(more);
            }
        }
        line
    }

    pub(super) fn shown(&self, rank: usize) -> Hypothesis {
        Hypothesis {
            rank: u32::try_from(rank).unwrap_or(u32::MAX),
            cause: self.cause.text.clone(),
            score: self.exact.clone(),
            path: self.path.clone(),
            supports: self.supports.clone(),
            contradicts: self.contradicts.clone(),
            next_check: self.next_check.text.clone(),
        }
    }
}

/// What is wrong with the causes of a finished document.
pub(crate) fn document_faults(answer: &Answer, ledger: &Ledger) -> Vec<String> {
    let mut faults = Vec::new();
    let mut last = Decimal::ONE;
    let cells = || answer.evidence.iter().flat_map(|one| one.rows.iter().flatten().flatten());
    for (index, hypothesis) in answer.hypotheses.iter().enumerate() {
        let cause = &hypothesis.cause;
        let line = answer.text.lines().filter_map(|line| line.strip_prefix("- "));
        if !line.into_iter().any(|line| line.starts_with(cause.as_str())) {
            faults.push(format!("the cause `{cause}` does not stand in the text"));
        }
        let score: Option<Decimal> = hypothesis.score.parse().ok();
        let known = cells().any(|cell| cell.parse::<Decimal>().ok() == score);
        match score.filter(|score| known && *score >= Decimal::ZERO && *score <= last) {
            Some(score) => last = score,
            None => {
                faults.push(format!("the score of `{cause}` stands in no evidence in its order"));
            }
        }
        if usize::try_from(hypothesis.rank).ok() != Some(index + 1) {
            faults.push(format!("the rank of `{cause}` is not its place"));
        }
        for name in &hypothesis.path {
            if !cells().any(|cell| cell == name) {
                faults.push(format!("`{name}` of the path of `{cause}` stands in no evidence"));
            }
        }
        for id in hypothesis.supports.iter().chain(&hypothesis.contradicts) {
            if ledger.evidence(id).is_none() {
                faults.push(format!("`{cause}` cites `{id}`, which is no evidence"));
            }
        }
    }
    faults
}
