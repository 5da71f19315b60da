//! One question case a line of JSON: the question, the day it is asked, and what is right.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A question with its expected answer. Fields that scoring does not need are passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Case {
    pub id: String,
    /// The language it is asked in: `en` or `ko`.
    pub lang: String,
    pub question: String,
    /// The loaded data it is asked on; a file name counts without its extension.
    pub dataset: String,
    /// "Today" for the question.
    pub as_of: Date,
    /// How the expected rows were computed, in another engine. The product never sees it.
    #[serde(default)]
    pub sql: String,
    #[serde(default)]
    pub difficulty: String,
    #[serde(default)]
    pub kind: String,
    /// Cases of one group ask the same in other words.
    #[serde(default)]
    pub group: Option<String>,
    /// Whether the question asks for an order.
    #[serde(default)]
    pub ordered: bool,
    /// The part of the suite: the stem of the file it was read from.
    #[serde(default)]
    pub part: String,
    pub expected: Expected,
}

/// What is right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Expected {
    #[serde(rename = "type")]
    pub kind: ExpectedKind,
    #[serde(default)]
    pub value: Value,
    #[serde(default)]
    pub unit: Option<String>,
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub rows: Vec<Vec<Value>>,
    /// Relative tolerance of numbers; `DEFAULT_TOLERANCE` unless said.
    #[serde(default)]
    pub rel_tol: Option<Value>,
    #[serde(default)]
    pub ordered: bool,
    #[serde(default)]
    pub accept_also: Vec<Reading>,
    /// Statements that the text must carry; counted apart.
    #[serde(default, alias = "must_say")]
    pub answer_must_say: Vec<String>,
    /// Why it cannot be answered.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Kinds of expected answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpectedKind {
    Scalar,
    Rows,
    Unanswerable,
}

/// Another reading of the question that is right too.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Reading {
    pub interpretation: String,
    /// `rows` when rows are there and `scalar` otherwise, unless said.
    #[serde(default, rename = "type")]
    pub kind: Option<ExpectedKind>,
    #[serde(default)]
    pub value: Value,
    #[serde(default)]
    pub rows: Vec<Vec<Value>>,
}

impl Reading {
    /// Its kind, said or seen.
    #[must_use]
    pub fn kind(&self) -> ExpectedKind {
        self.kind.unwrap_or(if self.value.is_null() {
            ExpectedKind::Rows
        } else {
            ExpectedKind::Scalar
        })
    }
}

/// A line is no case.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    #[error("line {line} is no question case; each line is one JSON object")]
    Malformed {
        line: usize,
        #[source]
        source: serde_json::Error,
    },
    #[error("line {line} repeats the id `{id}`; every case needs its own")]
    Repeated { line: usize, id: String },
}

/// Reads cases, one a line; blank lines are passed over. `part` names the file in tables.
///
/// # Errors
/// When a line is no case or an id comes twice.
pub fn read_cases(text: &str, part: &str) -> Result<Vec<Case>, CaseError> {
    let mut seen = BTreeSet::new();
    let mut cases = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = index.saturating_add(1);
        let case: Case = serde_json::from_str(line)
            .map_err(|source| CaseError::Malformed { line: line_number, source })?;
        if !seen.insert(case.id.clone()) {
            return Err(CaseError::Repeated { line: line_number, id: case.id });
        }
        cases.push(Case { part: part.to_owned(), ..case });
    }
    Ok(cases)
}

impl Case {
    /// The dataset as its warehouse is named: without folder and extension.
    #[must_use]
    pub fn dataset_stem(&self) -> &str {
        let name = self.dataset.rsplit('/').next().unwrap_or(&self.dataset);
        let known = [".parquet", ".csv.gz", ".csv", ".jsonl"];
        known.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
    }

    /// Whether it must be declined.
    #[must_use]
    pub fn is_unanswerable(&self) -> bool {
        self.expected.kind == ExpectedKind::Unanswerable
    }

    /// Whether a person who types `word` to pick cases means this one: an id or the start of one
    /// up to a dash, or a kind, difficulty, language, dataset, part or group as a whole.
    #[must_use]
    pub fn is_meant_by(&self, word: &str) -> bool {
        let starts = self
            .id
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || word.ends_with('-'));
        starts
            || [self.kind.as_str(), &self.difficulty, &self.lang, self.dataset_stem(), &self.part]
                .contains(&word)
            || self.group.as_deref() == Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"mom-en-01","lang":"en","dataset":"bills/nise.parquet","question":"q","as_of":"2026-10-12","expected":{"type":"scalar","value":1.5},"kind":"mom"}"#;

    #[test]
    fn a_case_is_read_with_its_part_and_blank_lines_are_passed_over() {
        let cases = read_cases(&format!("\n{LINE}\n\n"), "dev").unwrap();
        let case = &cases[0];
        assert_eq!((cases.len(), case.part.as_str(), case.dataset_stem()), (1, "dev", "nise"));
        assert_eq!(case.expected.kind, ExpectedKind::Scalar);
        for word in ["mom", "mom-en", "mom-en-01", "nise", "dev", "en"] {
            assert!(case.is_meant_by(word), "{word}");
        }
        assert!(!case.is_meant_by("mom-en-0"));
    }

    #[test]
    fn a_line_that_is_no_case_and_a_repeated_id_are_named() {
        assert_eq!(
            read_cases("{\"id\":1}", "x").unwrap_err().to_string(),
            "line 1 is no question case; each line is one JSON object"
        );
        assert_eq!(
            read_cases(&format!("{LINE}\n{LINE}"), "x").unwrap_err().to_string(),
            "line 2 repeats the id `mom-en-01`; every case needs its own"
        );
    }
}
