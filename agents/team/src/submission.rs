//! Reads what a language model submits: lenient about its form, strict about its facts.
//!
//! Real models wrap arguments once more, write JSON into strings, give one object for a list, or a sentence with
//! placeholders for a list of spans. All of that has one meaning and is read as it was meant. What has none is named by its
//! path, with an example of how to write it; nothing is ever added that was not said.

mod answer;
mod envelope;
mod exact;
mod facts;
mod form;
mod known;
mod result;
mod sentence;
mod span;
#[cfg(test)]
mod tests;
mod text;

use serde_json::{Map, Value};
use wherefore_contract::draft::Draft;
use wherefore_model::Findings;

use form::Reader;
pub use known::Known;

/// At most this many problems are named at once.
const PROBLEM_LIMIT: usize = 20;

/// A part of a submission that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands, e.g. `body[2][1].fact`.
    pub path: String,
    /// What is wrong and how to write it.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "`{}`: {}", self.path, self.message)
    }
}

/// Reads the arguments of `submit_answer`.
///
/// # Errors
/// Every part that has no meaning, for the model.
pub fn read_answer(arguments: &Map<String, Value>) -> Result<Draft, String> {
    read_answer_knowing(arguments, &Known::default())
}

/// Reads the arguments of `submit_findings`.
///
/// # Errors
/// Every part that has no meaning, for the model.
pub fn read_findings(arguments: &Map<String, Value>) -> Result<Findings, String> {
    read_findings_knowing(arguments, &Known::default())
}

/// [`read_answer`] beside the question and the evidence that the model has read: columns in another case, names in a figure's
/// place and repeated words are then read as they were meant.
///
/// # Errors
/// Every part that has no meaning, for the model.
pub fn read_answer_knowing(
    arguments: &Map<String, Value>,
    known: &Known<'_>,
) -> Result<Draft, String> {
    // What is already in form, as rules write it, is taken as it stands.
    if let Ok(draft) = serde_json::from_value::<Draft>(Value::Object(arguments.clone()))
        && exact::draft(&draft, known)
    {
        return Ok(text::mend_draft(draft, known));
    }
    let mut reader = Reader::new(known);
    let draft = answer::draft(&mut reader, &envelope::open(arguments, envelope::ANSWER));
    finish(reader, draft.map(|draft| text::mend_draft(draft, known)))
}

/// [`read_findings`] beside the question and the evidence that the model has read.
///
/// # Errors
/// Every part that has no meaning, for the model.
pub fn read_findings_knowing(
    arguments: &Map<String, Value>,
    known: &Known<'_>,
) -> Result<Findings, String> {
    if let Ok(findings) = serde_json::from_value::<Findings>(Value::Object(arguments.clone()))
        && exact::findings(&findings, known)
    {
        return Ok(text::mend_findings(findings, known));
    }
    let mut reader = Reader::new(known);
    let findings = answer::findings(&mut reader, &envelope::open(arguments, envelope::FINDINGS));
    finish(reader, Some(text::mend_findings(findings, known)))
}

fn finish<T>(reader: Reader<'_>, read: Option<T>) -> Result<T, String> {
    let problems = reader.into_problems();
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        Some(_) | None => {
            let mut lines = vec![
                "The submission cannot be read. Mend these places and submit all of it again:"
                    .to_owned(),
            ];
            lines.extend(problems.iter().take(PROBLEM_LIMIT).map(|problem| format!("- {problem}")));
            let left = problems.len().saturating_sub(PROBLEM_LIMIT);
            if left > 0 {
                lines.push(format!("- and {left} more of the same kinds"));
            }
            Err(lines.join("\n"))
        }
    }
}
