//! Two runs of the same cases: what got better, what got worse.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::score::{CaseResult, QuestionsReport};
use crate::report::{Outcome, SuiteReport};

/// What changed between two runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub better: Vec<Change>,
    pub worse: Vec<Change>,
    /// Cases of both runs that ended alike.
    pub alike: u32,
    /// Cases of the later run alone.
    pub added: u32,
    /// Cases of the earlier run alone.
    pub gone: u32,
    /// Right, wrong and declined: earlier and later.
    pub counts: BTreeMap<String, (u32, u32)>,
}

/// One case that ended differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub id: String,
    pub question: String,
    pub before: Outcome,
    pub after: Outcome,
    /// Why it is not right now.
    pub why: String,
}

// Something false is worse than nothing.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Wrong => 0,
        Outcome::Declined => 1,
        Outcome::Right => 2,
    }
}

/// Compares two runs by the ids of their cases.
#[must_use]
pub fn compare(before: &QuestionsReport, after: &QuestionsReport) -> Comparison {
    let mut earlier: BTreeMap<&str, &CaseResult> =
        before.results.iter().map(|result| (result.id.as_str(), result)).collect();
    let mut comparison =
        Comparison { counts: counts(&before.suite, &after.suite), ..Comparison::default() };
    for result in &after.results {
        let Some(old) = earlier.remove(result.id.as_str()) else {
            comparison.added += 1;
            continue;
        };
        let change = || Change {
            id: result.id.clone(),
            question: result.question.clone(),
            before: old.outcome,
            after: result.outcome,
            why: result.why.clone(),
        };
        match rank(result.outcome).cmp(&rank(old.outcome)) {
            std::cmp::Ordering::Greater => comparison.better.push(change()),
            std::cmp::Ordering::Less => comparison.worse.push(change()),
            std::cmp::Ordering::Equal => comparison.alike += 1,
        }
    }
    comparison.gone = u32::try_from(earlier.len()).unwrap_or(u32::MAX);
    comparison
}

fn counts(before: &SuiteReport, after: &SuiteReport) -> BTreeMap<String, (u32, u32)> {
    [
        ("cases", before.cases, after.cases),
        ("right", before.right, after.right),
        ("wrong", before.wrong, after.wrong),
        ("declined", before.declined, after.declined),
    ]
    .into_iter()
    .map(|(name, before, after)| (name.to_owned(), (before, after)))
    .collect()
}

impl Comparison {
    /// The counts alone, without any question.
    #[must_use]
    pub fn counts_only(self) -> Self {
        Self { better: Vec::new(), worse: Vec::new(), ..self }
    }

    /// The comparison as plain text.
    #[must_use]
    pub fn table(&self) -> String {
        let mut out =
            format!("{:<34}{:>8}{:>8}{:>8}\n", "against the earlier run", "before", "now", "");
        for (name, (before, after)) in &self.counts {
            let change = i64::from(*after) - i64::from(*before);
            let _ = writeln!(out, "{name:<34}{before:>8}{after:>8}{change:>+8}");
        }
        let _ = writeln!(
            out,
            "{} better, {} worse, {} alike, {} new, {} gone",
            self.better.len(),
            self.worse.len(),
            self.alike,
            self.added,
            self.gone
        );
        for (word, changes) in [("worse", &self.worse), ("better", &self.better)] {
            for Change { id, question, before, after, why } in changes {
                let _ = writeln!(out, "{word:<8}{id:<22}{before} -> {after}  {question}");
                if !why.is_empty() {
                    let _ = writeln!(out, "{:<30}{why}", "");
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(outcomes: &[(&str, Outcome)]) -> QuestionsReport {
        let result = |(id, outcome): &(&str, Outcome)| CaseResult {
            id: (*id).to_owned(),
            outcome: *outcome,
            ..CaseResult::example()
        };
        QuestionsReport::new(outcomes.iter().map(result).collect())
    }

    #[test]
    fn cases_are_better_worse_alike_new_or_gone() {
        let before = run(&[
            ("a", Outcome::Right),
            ("b", Outcome::Declined),
            ("c", Outcome::Wrong),
            ("d", Outcome::Right),
            ("e", Outcome::Right),
        ]);
        let after = run(&[
            ("a", Outcome::Wrong),
            ("b", Outcome::Right),
            ("c", Outcome::Declined),
            ("d", Outcome::Right),
            ("f", Outcome::Right),
        ]);
        let compared = compare(&before, &after);
        let ids = |changes: &[Change]| {
            changes.iter().map(|change| change.id.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((ids(&compared.better), ids(&compared.worse)), ("b c".into(), "a".into()));
        assert_eq!((compared.alike, compared.added, compared.gone), (1, 1, 1));
        assert_eq!(compared.counts["wrong"], (1, 1));
        assert!(compared.table().contains("right -> wrong"), "{}", compared.table());
    }
}
