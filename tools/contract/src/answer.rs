//! The answer document: what callers of the API and of `ask --json` read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    draft::{DraftChart, Format, Scale},
    memory::Memory,
    question::Language,
    table::Column,
};

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Answered,
    /// A result, together with the gaps that qualify it.
    Partial,
    /// It cannot be answered from what is loaded; the gaps say why.
    Declined,
    /// Readings differ in kind; the answer asks back.
    NeedsClarification,
}

/// A verified answer, rendered. Plain data: only the verifier's own type may be shown to a reader.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Derived from the question, the snapshot and the content: the same question on the same data
    /// has the same id.
    pub id: String,
    pub question: String,
    pub language: Language,
    pub as_of: String,
    pub status: Status,
    /// The typed request that the question was read as: send it back, corrected, as `request`. Absent
    /// where the words alone were declined or asked back.
    #[serde(default)]
    pub reading: Option<Map<String, Value>>,
    /// One sentence: the direct answer.
    pub headline: String,
    /// The whole answer, Markdown.
    pub text: String,
    pub result: AnswerResult,
    pub verdict: Option<Map<String, Value>>,
    pub findings: Vec<Finding>,
    pub hypotheses: Vec<Hypothesis>,
    pub assumptions: Vec<Assumption>,
    pub gaps: Vec<Gap>,
    pub charts: Vec<Chart>,
    /// Questions that could be asked next.
    pub next: Vec<String>,
    pub evidence: Vec<ShownEvidence>,
    /// Where each figure of `text` comes from, in the order of the text.
    pub claims: Vec<Claim>,
    /// What the person said before that the question brings back: their own words, from memory. No figure of the answer
    /// rests on it, and the answer's id is not made of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remembered: Vec<Memory>,
    pub run: Run,
}

/// The direct answer for machines: exact, unrounded decimals as strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerResult {
    #[serde(rename = "type")]
    pub kind: ResultKind,
    #[serde(default)]
    pub columns: Vec<Column>,
    #[serde(default)]
    pub rows: Vec<Vec<Option<String>>>,
}

/// Kinds of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ResultKind {
    #[default]
    None,
    Scalar,
    Rows,
}

/// A claim with evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    pub text: String,
    pub evidence: Vec<String>,
    pub confidence: Option<String>,
}

/// A possible cause with its score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hypothesis {
    pub rank: u32,
    pub cause: String,
    pub score: String,
    pub path: Vec<String>,
    pub supports: Vec<String>,
    pub contradicts: Vec<String>,
    pub next_check: String,
}

/// How the question was read where it left room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assumption {
    pub code: String,
    pub text: String,
}

/// What is missing, and what that means for the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    pub code: String,
    pub source: String,
    pub text: String,
    pub effect: String,
}

/// A chart drawn by code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Chart {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub evidence: String,
    pub svg: String,
    /// What was drawn, so that the drawing can be made again and compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<DraftChart>,
}

/// Evidence as a reader may inspect it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShownEvidence {
    pub id: String,
    pub tool: String,
    pub arguments: Map<String, Value>,
    /// Which table of the tool's result this is, e.g. `cost`, `bridge`.
    pub table: String,
    pub source: String,
    pub snapshot: String,
    pub statement: Option<String>,
    pub parameters: Vec<String>,
    pub data_as_of: Option<String>,
    pub complete: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Option<String>>>,
}

/// Where a shown figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// The figure, name or word as it is shown.
    pub shown: String,
    /// Where it stands in `text`, as bytes `[start, end)`.
    pub at: (usize, usize),
    /// `fact`, `calc`, `name`, `measure`, `trend`, `extreme`, `period`, `count`, `asked`, `terms`,
    /// `since`, `result`.
    pub kind: String,
    /// The facts behind it, e.g. `e1/0/billed_cost`.
    pub facts: Vec<String>,
    /// The calculation over the facts, e.g. `percent_change`.
    pub op: Option<String>,
    /// The exact value behind it: a number, a period `[start, end)`, or bytes of the question.
    pub exact: Option<String>,
    /// How a figure is shown; absent for words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The round unit that a figure is shown in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// How the answer was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    pub model: String,
    pub agents: Vec<AgentRun>,
    pub turns: u32,
    pub tool_calls: u32,
    pub elapsed_ms: u64,
    pub input_tokens: u64,
    pub output_tokens: u64,
    pub model_cost: Option<String>,
    /// Sentences that could not be verified and were replaced by a gap.
    pub withheld: u32,
}

/// One role's part in an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgentRun {
    pub role: String,
    pub task: String,
    pub turns: u32,
    pub tool_calls: u32,
    /// Why it stopped, e.g. `done`, `turn_limit`.
    pub stop: String,
    /// Its tool calls in order, e.g. `query_cost`.
    pub tools: Vec<String>,
}
