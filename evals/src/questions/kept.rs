//! Answers that were asked elsewhere, e.g. over `POST /v1/ask`, one a line with the id of its case.

use std::{collections::BTreeMap, time::Duration};

use futures::future::{BoxFuture, FutureExt as _};
use serde::Deserialize;
use wherefore_contract::answer::Answer;

use super::{
    case::Case,
    run::{Asked, Asks},
};

/// Answer documents by case.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    answers: BTreeMap<String, Answer>,
}

/// A line is no kept answer.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line} is no kept answer; each line is {{\"id\": …, \"answer\": …}} with an answer document"
)]
pub struct KeptError {
    line: usize,
    #[source]
    source: serde_json::Error,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    answer: Answer,
}

impl Kept {
    /// Reads answers, one a line; of two with one id the later counts.
    ///
    /// # Errors
    /// When a line is no kept answer.
    pub fn read(text: &str) -> Result<Self, KeptError> {
        let mut answers = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let Line { id, answer } = serde_json::from_str(line)
                .map_err(|source| KeptError { line: index.saturating_add(1), source })?;
            answers.insert(id, answer);
        }
        Ok(Self { answers })
    }
}

impl Asks for Kept {
    fn ask<'a>(&'a self, case: &'a Case) -> BoxFuture<'a, Result<Asked, String>> {
        let answer = self.answers.get(&case.id).cloned();
        async move {
            let answer = answer.ok_or_else(|| "no answer was kept".to_owned())?;
            let elapsed = Duration::from_millis(answer.run.elapsed_ms);
            Ok(Asked { answer, elapsed, understanding: None })
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_answer_is_named() {
        assert!(Kept::read("\n").unwrap().answers.is_empty());
        assert_eq!(
            Kept::read("\n{\"id\":\"a\",\"answer\":{}}").unwrap_err().to_string(),
            "line 2 is no kept answer; each line is {\"id\": …, \"answer\": …} with an answer document"
        );
    }
}
