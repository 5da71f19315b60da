//! The report of a suite: one document for machines, one table for people.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

/// How one suite went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuiteReport {
    pub suite: String,
    pub cases: u32,
    pub right: u32,
    pub wrong: u32,
    pub declined: u32,
    /// The same counts by kind.
    pub by: BTreeMap<String, Counts>,
    /// Named figures of the suite, as exact text, e.g. `false_refusal_percent`.
    pub figures: BTreeMap<String, String>,
    pub failures: Vec<Failure>,
}

/// Counts of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub cases: u32,
    pub right: u32,
    pub wrong: u32,
    pub declined: u32,
}

/// One case that did not go right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub id: String,
    pub expected: String,
    pub got: String,
    pub why: String,
}

/// How one case ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Right,
    /// The worst: something false was given.
    Wrong,
    /// Nothing was given although something could have been.
    #[default]
    Declined,
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.pad(match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Declined => "declined",
        })
    }
}

/// Failures that a report keeps; the counts hold all of them.
const FAILURES_KEPT: usize = 50;

impl SuiteReport {
    /// A report without cases.
    #[must_use]
    pub fn new(suite: &str) -> Self {
        Self { suite: suite.to_owned(), ..Self::default() }
    }

    /// Counts one case under each of its keys, and once for the whole.
    pub fn count(&mut self, keys: &[String], outcome: Outcome) {
        self.cases += 1;
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::Declined => self.declined += 1,
        }
        for key in keys {
            let counts = self.by.entry(key.clone()).or_default();
            counts.cases += 1;
            match outcome {
                Outcome::Right => counts.right += 1,
                Outcome::Wrong => counts.wrong += 1,
                Outcome::Declined => counts.declined += 1,
            }
        }
    }

    /// Counts one case under its kind; a failure is kept while there is room.
    pub fn add(&mut self, kind: &str, outcome: Outcome, failure: impl FnOnce() -> Failure) {
        self.add_under(&[kind.to_owned()], outcome, failure);
    }

    /// Counts one case under each of its keys; a failure is kept while there is room.
    pub fn add_under(
        &mut self,
        keys: &[String],
        outcome: Outcome,
        failure: impl FnOnce() -> Failure,
    ) {
        self.count(keys, outcome);
        if outcome != Outcome::Right && self.failures.len() < FAILURES_KEPT {
            self.failures.push(failure());
        }
    }

    /// The counts by kind as a table of plain text.
    #[must_use]
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:<34}{:>8}{:>8}{:>8}{:>10}\n",
            self.suite, "cases", "right", "wrong", "declined"
        );
        let whole = Counts {
            cases: self.cases,
            right: self.right,
            wrong: self.wrong,
            declined: self.declined,
        };
        let rows = self.by.iter().map(|(kind, counts)| (kind.as_str(), counts));
        for (kind, counts) in rows.chain([("all", &whole)]) {
            let _ = writeln!(
                out,
                "{kind:<34}{:>8}{:>8}{:>8}{:>10}",
                counts.cases, counts.right, counts.wrong, counts.declined
            );
        }
        for (name, value) in &self.figures {
            let _ = writeln!(out, "{name}: {value}");
        }
        out
    }
}
