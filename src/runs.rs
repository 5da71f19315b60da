//! Runs that are kept: the record of how an answer was made, with the words it gave, bounded and masked as the settings ask.

pub mod replay;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wherefore_contract::scope::Scope;
use wherefore_team::RunRecord;
use wherefore_traces::Mask;
use wherefore_verify::VerifiedAnswer;

use crate::{
    config::KeepRuns,
    state::{State, StateError, runs},
};

/// The largest record that is kept whole, in bytes of JSON; rows are left out of larger ones.
const RECORD_BYTES: usize = 4 * 1024 * 1024;
/// Rows of a table that stay, tried in this order.
const ROWS: [usize; 4] = [500, 100, 20, 0];

/// A run with the answer it gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    /// The answer's id.
    pub id: String,
    /// The answer's text.
    pub text: String,
    pub kept: Kept,
    /// A [`RunRecord`]; in a masked one numbers may have become tokens.
    pub record: Value,
}

/// How much of a run is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// All of it: it can be run again.
    Full,
    /// All of it, with tokens for what points at people and accounts.
    Masked,
    /// Without some of the rows that tools gave.
    Cut,
}

impl KeptRun {
    /// The run behind `answer`.
    ///
    /// # Errors
    /// When the record cannot be written as JSON.
    pub fn of(answer: &VerifiedAnswer, record: &RunRecord) -> serde_json::Result<Self> {
        let answer = answer.answer();
        Ok(Self {
            id: answer.id.clone(),
            text: answer.text.clone(),
            kept: Kept::Full,
            record: serde_json::to_value(record)?,
        })
    }

    fn masked(mut self, mask: &Mask) -> Self {
        mask.json(&mut self.record);
        self.text = mask.text(&self.text).into_owned();
        self.kept = Kept::Masked;
        self
    }

    /// Leaves out rows until the record is small enough.
    fn bounded(mut self, limit: usize) -> Self {
        for rows in ROWS {
            if self.record.to_string().len() <= limit {
                break;
            }
            cut(&mut self.record, rows);
            self.kept = Kept::Cut;
        }
        self
    }
}

/// Leaves `limit` rows in every table, wherever it stands.
fn cut(value: &mut Value, limit: usize) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        Value::Array(items) => items.iter_mut().for_each(|item| cut(item, limit)),
        Value::Object(map) => {
            let is_table = map.contains_key("columns");
            for (key, value) in map.iter_mut() {
                if is_table
                    && key == "rows"
                    && let Value::Array(rows) = value
                {
                    rows.truncate(limit);
                } else {
                    cut(value, limit);
                }
            }
        }
    }
}

/// Keeps runs beside the answers of conversations.
#[derive(Clone)]
pub struct Runs {
    state: Arc<State>,
    how: KeepRuns,
    mask: Arc<Mask>,
}

impl Runs {
    /// Runs in a file, kept as the settings say.
    #[must_use]
    pub fn new(state: Arc<State>, how: KeepRuns, mask: Mask) -> Self {
        Self { state, how, mask: Arc::new(mask) }
    }

    /// Whether runs are kept at all: recording costs a copy of every table.
    #[must_use]
    pub fn are_kept(&self) -> bool {
        self.how != KeepRuns::Off
    }

    /// Keeps the run of an answer that was kept in `conversation`. An answer never fails for the sake of its run: what
    /// cannot be kept is logged.
    pub async fn keep(&self, conversation: &str, answer: &VerifiedAnswer, record: &RunRecord) {
        let run = match KeptRun::of(answer, record) {
            Ok(run) => run,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a run was not kept");
                return;
            }
        };
        let (how, mask, conversation) = (self.how, Arc::clone(&self.mask), conversation.to_owned());
        let kept = self.state.away(move |state| {
            let run = match how {
                KeepRuns::Off => return Ok(()),
                KeepRuns::Full => run,
                KeepRuns::Masked => run.masked(&mask),
            };
            runs::keep(state, &conversation, &run.bounded(RECORD_BYTES))
        });
        if let Err(error) = kept.await {
            tracing::warn!(error = &error as &dyn std::error::Error, "a run was not kept");
        }
    }

    /// The run of an answer; `None` when none is kept for whoever asks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn find(&self, answer: &str, scope: &Scope) -> Result<Option<KeptRun>, StateError> {
        let (answer, principal) = (answer.to_owned(), scope.principal.clone());
        self.state.away(move |state| runs::find(state, &answer, &principal)).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_large_run_loses_rows_and_says_so() {
        let table =
            json!({ "columns": [{ "name": "a" }], "rows": vec![vec!["x".repeat(100)]; 600] });
        let record = json!({ "tools": [{ "outcome": { "table": table } }], "list": [1, 2, 3] });
        let run = KeptRun { id: "a_1".into(), text: String::new(), kept: Kept::Full, record };
        assert_eq!(run.clone().bounded(1_000_000), run);
        let cut = run.bounded(20_000);
        assert_eq!(cut.kept, Kept::Cut);
        assert_eq!(
            cut.record["tools"][0]["outcome"]["table"]["rows"].as_array().unwrap().len(),
            100
        );
        assert_eq!(cut.record["list"], json!([1, 2, 3]));
    }
}
