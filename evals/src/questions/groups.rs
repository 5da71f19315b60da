//! Cases that ask the same in other words: do they get the same figures?

use std::collections::BTreeMap;

use wherefore_contract::{Decimal, answer::AnswerResult, table::ColumnKind};

use super::score::CaseResult;
use crate::report::Outcome;

// A question and its translation are no paraphrases; three wordings are.
const LEAST_WORDINGS: usize = 3;

/// How alike the answers of groups are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) utterances: usize,
    pub(super) same: usize,
    pub(super) groups: usize,
    pub(super) groups_same: usize,
}

/// The figures of a result, exact and sorted, so that neither order nor names matter.
pub(super) fn figures(result: &AnswerResult) -> Vec<Decimal> {
    let measures: Vec<bool> =
        result.columns.iter().map(|column| column.kind == ColumnKind::Measure).collect();
    let mut figures: Vec<Decimal> = result
        .rows
        .iter()
        .flat_map(|row| row.iter().zip(&measures))
        .filter(|(_, is_measure)| **is_measure)
        .filter_map(|(cell, _)| cell.as_deref()?.parse().ok())
        .collect();
    figures.sort_unstable();
    figures
}

/// Counts the utterances whose figures are those of most of their group, or are right.
pub(super) fn alike(results: &[CaseResult]) -> Alike {
    let mut groups: BTreeMap<&str, Vec<&CaseResult>> = BTreeMap::new();
    for result in results {
        if let Some(group) = &result.group {
            groups.entry(group).or_default().push(result);
        }
    }
    let mut alike = Alike::default();
    for members in groups.values().filter(|members| members.len() >= LEAST_WORDINGS) {
        let most = most_common(members);
        let is_same = |one: &&&CaseResult| {
            one.outcome == Outcome::Right || most.is_some_and(|most| one.figures == most)
        };
        let same = members.iter().filter(is_same).count();
        alike.utterances += members.len();
        alike.same += same;
        alike.groups += 1;
        alike.groups_same += usize::from(same == members.len());
    }
    alike
}

// The figures that most members share; those of right answers before others, as they are known.
fn most_common<'a>(members: &[&'a CaseResult]) -> Option<&'a [Decimal]> {
    let mut counts: BTreeMap<&[Decimal], usize> = BTreeMap::new();
    let is_any_right = members.iter().any(|one| one.outcome == Outcome::Right);
    let shown = members
        .iter()
        .filter(|one| !one.figures.is_empty() && (!is_any_right || one.outcome == Outcome::Right));
    for one in shown {
        *counts.entry(one.figures.as_slice()).or_default() += 1;
    }
    let most = counts.values().copied().max().filter(|most| *most >= 2)?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(figures, _)| figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(group: &str, outcome: Outcome, figures: &[i64]) -> CaseResult {
        CaseResult {
            group: Some(group.to_owned()),
            outcome,
            figures: figures.iter().map(|figure| Decimal::from(*figure)).collect(),
            ..CaseResult::example()
        }
    }

    #[test]
    fn an_utterance_counts_when_it_is_right_or_as_most_of_its_group() {
        let results = [
            one("a", Outcome::Right, &[1]),
            one("a", Outcome::Right, &[1, 2]),
            one("a", Outcome::Wrong, &[3]),
            one("a", Outcome::Declined, &[]),
            // Wrong, but alike: the same figures three times.
            one("b", Outcome::Wrong, &[7]),
            one("b", Outcome::Wrong, &[7]),
            one("b", Outcome::Wrong, &[7]),
            // A question and its translation are no group of wordings.
            one("c", Outcome::Right, &[1]),
            one("c", Outcome::Wrong, &[2]),
        ];
        let expected = Alike { utterances: 7, same: 5, groups: 2, groups_same: 1 };
        assert_eq!(alike(&results), expected);
    }

    #[test]
    fn nothing_is_not_the_same_figures() {
        let results = [0; 3].map(|_| one("a", Outcome::Declined, &[]));
        assert_eq!(alike(&results).same, 0);
    }
}
