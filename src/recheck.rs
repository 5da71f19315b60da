//! Runs the evidence of a finished answer again and says, figure by figure, whether it still comes out the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use wherefore_contract::{
    answer::{Answer, Claim, ShownEvidence},
    evidence::{Evidence, FactRef},
    ports::ToolCaller,
    table::Table,
    tool::{FactTable, ToolCall, ToolOutcome},
};
use wherefore_verify::fence;

/// An answer could not be run again at all.
#[derive(Debug, thiserror::Error)]
pub enum RecheckError {
    #[error(transparent)]
    Store(#[from] wherefore_contract::error::StoreError),
    #[error(transparent)]
    Connect(#[from] wherefore_tools::ConnectError),
    #[error(transparent)]
    Wiring(#[from] crate::wiring::WiringError),
}

/// What came out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recheck {
    /// The answer's id.
    pub answer: String,
    /// Whether everything that could be asked again came out the same.
    pub same: bool,
    /// Pieces of evidence that were reported by other programs, which are not asked again.
    pub not_asked: usize,
    /// One entry a figure, name or word of the text that rests on evidence.
    pub figures: Vec<FigureCheck>,
    /// One entry a piece of evidence.
    pub evidence: Vec<EvidenceCheck>,
    /// What the fence found in the document, e.g. a figure without a source.
    pub violations: Vec<String>,
}

/// One figure of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureCheck {
    pub shown: String,
    pub facts: Vec<String>,
    pub outcome: Again,
    /// What is different or why nobody was asked; empty when it is the same.
    pub why: String,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceCheck {
    pub id: String,
    pub tool: String,
    pub table: String,
    pub snapshot: String,
    pub outcome: Again,
    /// What is different or why nobody was asked; empty when it is the same.
    pub why: String,
}

/// How something came out when it was asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    Same,
    Different,
    /// Another program reported it, and is not asked again: its data may have moved on, and asking may cost.
    NotAsked,
}

impl Again {
    fn of(why: &str) -> Self {
        if why.is_empty() { Self::Same } else { Self::Different }
    }
}

/// Calls every tool of the answer again. `callers` holds the tools for each snapshot the answer names.
pub async fn recheck(answer: &Answer, callers: &BTreeMap<String, Box<dyn ToolCaller>>) -> Recheck {
    let mut outcomes: BTreeMap<String, ToolOutcome> = BTreeMap::new();
    let mut again: BTreeMap<String, Evidence> = BTreeMap::new();
    let mut evidence = Vec::new();
    for shown in &answer.evidence {
        if is_reported(shown) {
            evidence.push(not_asked(shown));
            // The text is still held against what was reported then.
            again.insert(shown.id.clone(), recorded(shown));
            continue;
        }
        let why = match callers.get(&shown.snapshot) {
            None => format!("snapshot `{}` is not kept any more", shown.snapshot),
            Some(caller) => {
                let key = key_of(shown);
                if !outcomes.contains_key(&key) {
                    outcomes.insert(key.clone(), caller.call(&call_of(shown)).await);
                }
                match outcomes.get(&key).map(|outcome| evidence_of(shown, outcome)) {
                    Some(Ok(piece)) => {
                        let why = difference(shown, &piece);
                        again.insert(shown.id.clone(), piece);
                        why
                    }
                    Some(Err(why)) => why,
                    None => "it was not run".to_owned(),
                }
            }
        };
        evidence.push(EvidenceCheck::of(shown, Again::of(&why), why));
    }
    let figures: Vec<FigureCheck> = answer
        .claims
        .iter()
        .filter(|claim| !claim.facts.is_empty())
        .map(|claim| figure(answer, claim, &again))
        .collect();
    let pieces: Vec<Evidence> = again.into_values().collect();
    let violations: Vec<String> =
        fence::check_document(answer, &pieces).iter().map(ToString::to_string).collect();
    let same = violations.is_empty()
        && figures.iter().all(|figure| figure.outcome != Again::Different)
        && evidence.iter().all(|piece| piece.outcome != Again::Different);
    let not_asked = evidence.iter().filter(|piece| piece.outcome == Again::NotAsked).count();
    Recheck { answer: answer.id.clone(), same, not_asked, figures, evidence, violations }
}

/// The snapshots that the answer's evidence was read from.
#[must_use]
pub fn snapshots_of(answer: &Answer) -> BTreeSet<String> {
    let ours = answer.evidence.iter().filter(|piece| !is_reported(piece));
    ours.map(|piece| piece.snapshot.clone()).collect()
}

// What a remote server said is of no snapshot of ours. Tools of remote servers alone have `server__tool` names: an answer
// cannot pass evidence of our own tools off as another program's.
fn is_reported(shown: &ShownEvidence) -> bool {
    shown.source.starts_with("mcp:") && shown.tool.contains("__")
}

// The evidence as it stands in the answer.
fn recorded(shown: &ShownEvidence) -> Evidence {
    Evidence {
        id: shown.id.clone(),
        tool: shown.tool.clone(),
        arguments: shown.arguments.clone(),
        snapshot: shown.snapshot.clone(),
        facts: FactTable {
            name: shown.table.clone(),
            table: Table { columns: shown.columns.clone(), rows: shown.rows.clone() },
            source: shown.source.clone(),
            statement: shown.statement.clone(),
            parameters: shown.parameters.clone(),
            period: None,
            filters: Vec::new(),
            data_as_of: shown.data_as_of.clone(),
            complete: shown.complete,
        },
        notices: Vec::new(),
    }
}

fn not_asked(shown: &ShownEvidence) -> EvidenceCheck {
    let why =
        format!("as `{}` reported it then; other programs are not asked again", shown.snapshot);
    EvidenceCheck::of(shown, Again::NotAsked, why)
}

impl EvidenceCheck {
    fn of(shown: &ShownEvidence, outcome: Again, why: String) -> Self {
        Self {
            id: shown.id.clone(),
            tool: shown.tool.clone(),
            table: shown.table.clone(),
            snapshot: shown.snapshot.clone(),
            outcome,
            why,
        }
    }
}

fn key_of(shown: &ShownEvidence) -> String {
    format!("{}\n{}\n{}", shown.snapshot, shown.tool, Value::Object(shown.arguments.clone()))
}

fn call_of(shown: &ShownEvidence) -> ToolCall {
    ToolCall { id: shown.id.clone(), name: shown.tool.clone(), arguments: shown.arguments.clone() }
}

fn evidence_of(shown: &ShownEvidence, outcome: &ToolOutcome) -> Result<Evidence, String> {
    let data = match outcome {
        ToolOutcome::Data { data, .. } => data,
        ToolOutcome::NoData { searched, .. } => {
            return Err(format!("nothing is found any more: {searched}"));
        }
        ToolOutcome::Error { message } => return Err(format!("the call fails: {message}")),
    };
    let facts = data
        .tables
        .iter()
        .find(|table| table.name == shown.table)
        .ok_or_else(|| format!("the tool gives no table `{}` any more", shown.table))?;
    Ok(Evidence {
        id: shown.id.clone(),
        tool: shown.tool.clone(),
        arguments: shown.arguments.clone(),
        snapshot: data.snapshot.clone(),
        facts: facts.clone(),
        notices: Vec::new(),
    })
}

// The first thing that differs, in words; empty when nothing does.
fn difference(shown: &ShownEvidence, again: &Evidence) -> String {
    let table = &again.facts.table;
    if shown.columns != table.columns {
        return "its columns are different".to_owned();
    }
    if shown.rows.len() != table.rows.len() {
        return format!("it has {} rows now and had {}", table.rows.len(), shown.rows.len());
    }
    for (at, (was, is)) in shown.rows.iter().zip(&table.rows).enumerate() {
        for ((column, was), is) in table.columns.iter().zip(was).zip(is) {
            if was != is {
                let text =
                    |cell: &Option<String>| cell.clone().unwrap_or_else(|| "empty".to_owned());
                return format!(
                    "row {at}, {}: {} now and {} in the answer",
                    column.name,
                    text(is),
                    text(was)
                );
            }
        }
        if was.len() != is.len() {
            return format!("row {at} has another number of cells");
        }
    }
    if shown.statement != again.facts.statement || shown.parameters != again.facts.parameters {
        return "its statement is different".to_owned();
    }
    if shown.complete != again.facts.complete || shown.data_as_of != again.facts.data_as_of {
        return "its completeness or data-as-of is different".to_owned();
    }
    String::new()
}

fn figure(answer: &Answer, claim: &Claim, again: &BTreeMap<String, Evidence>) -> FigureCheck {
    let why = claim
        .facts
        .iter()
        .find_map(|fact| fact_difference(answer, fact, again))
        .unwrap_or_default();
    let (outcome, why) = match claim.facts.iter().find_map(|fact| reporter(answer, fact)) {
        Some(program) if why.is_empty() => {
            (Again::NotAsked, format!("as `{program}` reported it then"))
        }
        Some(_) | None => (Again::of(&why), why),
    };
    FigureCheck { shown: claim.shown.clone(), facts: claim.facts.clone(), outcome, why }
}

// The other program that a fact comes from, if it does.
fn reporter<'a>(answer: &'a Answer, fact: &str) -> Option<&'a str> {
    let at = fact.parse::<FactRef>().ok()?;
    let shown = answer.evidence.iter().find(|piece| piece.id == at.evidence)?;
    is_reported(shown).then_some(shown.snapshot.as_str())
}

fn fact_difference(
    answer: &Answer,
    fact: &str,
    again: &BTreeMap<String, Evidence>,
) -> Option<String> {
    let Ok(at) = fact.parse::<FactRef>() else { return Some(format!("`{fact}` is no fact")) };
    let shown = answer.evidence.iter().find(|piece| piece.id == at.evidence);
    let column =
        shown.and_then(|piece| piece.columns.iter().position(|column| column.name == at.column));
    // A cell may be empty on both sides: a measure that is only named rests on its column.
    let was = shown.zip(column).and_then(|(piece, column)| piece.rows.get(at.row)?.get(column));
    let is = again.get(&at.evidence).and_then(|piece| {
        let table = &piece.facts.table;
        table.rows.get(at.row)?.get(table.column_index(&at.column)?)
    });
    let text = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "empty".to_owned());
    match (was, is) {
        (Some(was), Some(is)) if was == is => None,
        (Some(was), Some(is)) => {
            Some(format!("{fact} is {} now and {} in the answer", text(is), text(was)))
        }
        (None, _) => Some(format!("{fact} stands nowhere in the answer's evidence")),
        (_, None) => Some(format!("{fact} does not come out any more")),
    }
}
