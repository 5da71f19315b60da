//! The evidence of one conversation: numbers it, knows what was asked before, stores nothing twice.
//!
//! The tables themselves stay inside the conversation's messages, where the model reads them; they
//! are moved out once, at the end, and never copied on the way.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use serde_json::{Map, Value};
use wherefore_contract::{
    evidence::Evidence,
    quality::Notice,
    tool::{FactTable, ToolCall, ToolData},
};
use wherefore_model::Message;

use crate::answer::remap::Renames;

/// Where a result stands: the message, and the place among its results.
pub(crate) type Place = (usize, usize);

/// Numbers evidence and remembers calls.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    given: usize,
    known: BTreeMap<Identity, String>,
    asked: BTreeMap<String, Asked>,
}

/// A call that was made before.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    /// How often, this time included.
    pub(crate) times: u32,
    /// Where its answer stands, when it had one that is not an error.
    pub(crate) at: Option<Place>,
}

// Two tables are the same when the same call on the same snapshot gave the same cells. The content is
// part of it: a reference that moved to a table with other rows would point at another figure.
type Identity = (String, String, u64);

impl Ledger {
    /// Counts a call and says what is known of it.
    pub(crate) fn ask(&mut self, call: &ToolCall) -> Asked {
        let asked = self.asked.entry(canonical_call(call)).or_default();
        asked.times += 1;
        *asked
    }

    /// Remembers where the answer of a call will stand.
    pub(crate) fn answered(&mut self, call: &ToolCall, at: Place) {
        if let Some(asked) = self.asked.get_mut(&canonical_call(call)) {
            asked.at = Some(at);
        }
    }

    /// Forgets the answer of a call that failed, so that it can be made again.
    pub(crate) fn forget(&mut self, call: &ToolCall) {
        if let Some(asked) = self.asked.get_mut(&canonical_call(call)) {
            asked.at = None;
        }
    }

    /// Numbers the tables of a tool's result.
    pub(crate) fn keep(
        &mut self,
        call: &ToolCall,
        data: ToolData,
        notices: &[Notice],
    ) -> Vec<Evidence> {
        let ToolData { tables, snapshot } = data;
        let mut evidence: Vec<Evidence> = tables
            .into_iter()
            .map(|facts| Evidence {
                id: String::new(),
                tool: call.name.clone(),
                arguments: call.arguments.clone(),
                snapshot: snapshot.clone(),
                facts,
                notices: notices.to_vec(),
            })
            .collect();
        for entry in &mut evidence {
            entry.id = self.id_of(entry);
        }
        evidence
    }

    /// Renumbers what a sub-agent gathered, in its order; what is here already keeps its id here.
    pub(crate) fn adopt(&mut self, mut evidence: Vec<Evidence>) -> (Vec<Evidence>, Renames) {
        let mut renames = Renames::new();
        for entry in &mut evidence {
            let id = self.id_of(entry);
            renames.insert(std::mem::replace(&mut entry.id, id.clone()), id);
        }
        (evidence, renames)
    }

    /// How many pieces of evidence there are.
    pub(crate) fn held(&self) -> usize {
        self.given
    }

    /// The id for evidence that code adds at the end.
    pub(crate) fn next_id(&mut self) -> String {
        self.given += 1;
        format!("e{}", self.given)
    }

    fn id_of(&mut self, evidence: &Evidence) -> String {
        let identity = (
            evidence.tool.clone(),
            canonical(&evidence.arguments),
            content(&evidence.snapshot, &evidence.facts),
        );
        if let Some(id) = self.known.get(&identity) {
            return id.clone();
        }
        let id = self.next_id();
        self.known.insert(identity, id.clone());
        id
    }
}

/// A conversation's evidence, moved out of its messages.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// In the order of the ids, each once.
    pub(crate) evidence: Vec<Evidence>,
    places: Vec<Place>,
}

impl Taken {
    /// Moves the evidence out of the messages.
    pub(crate) fn from(messages: &mut [Message]) -> Self {
        let mut taken = Self::default();
        let mut seen = BTreeSet::new();
        for (at, message) in messages.iter_mut().enumerate() {
            let Message::Tools { results } = message else { continue };
            for (index, result) in results.iter_mut().enumerate() {
                for evidence in result.evidence.drain(..) {
                    if seen.insert(evidence.id.clone()) {
                        taken.evidence.push(evidence);
                        taken.places.push((at, index));
                    }
                }
            }
        }
        taken
    }

    /// Moves it back, so that the conversation can go on. What stood twice stands once now.
    pub(crate) fn put_back(self, messages: &mut [Message]) {
        for (evidence, (at, index)) in self.evidence.into_iter().zip(self.places) {
            if let Some(Message::Tools { results }) = messages.get_mut(at)
                && let Some(result) = results.get_mut(index)
            {
                result.evidence.push(evidence);
            }
        }
    }
}

/// A call as one text that is the same however its arguments are ordered.
pub(crate) fn canonical_call(call: &ToolCall) -> String {
    format!("{} {}", call.name, canonical(&call.arguments))
}

// `serde_json` keeps keys sorted unless some dependency turns that off, so they are sorted here.
fn canonical(arguments: &Map<String, Value>) -> String {
    let mut out = String::new();
    write_object(arguments, &mut out);
    out
}

fn write_object(map: &Map<String, Value>, out: &mut String) {
    let sorted: BTreeMap<&String, &Value> = map.iter().collect();
    out.push('{');
    for (key, value) in sorted {
        out.push_str(&Value::String(key.clone()).to_string());
        out.push(':');
        write_value(value, out);
        out.push(',');
    }
    out.push('}');
}

fn write_value(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => write_object(map, out),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write_value(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
    }
}

fn content(snapshot: &str, facts: &FactTable) -> u64 {
    let mut hasher = DefaultHasher::new();
    snapshot.hash(&mut hasher);
    facts.name.hash(&mut hasher);
    facts.source.hash(&mut hasher);
    facts.statement.hash(&mut hasher);
    facts.parameters.hash(&mut hasher);
    facts.period.hash(&mut hasher);
    facts.complete.hash(&mut hasher);
    for column in &facts.table.columns {
        column.name.hash(&mut hasher);
        column.unit.hash(&mut hasher);
    }
    facts.table.rows.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
