//! What models are told about the tools that the team itself makes: sub-agents, submissions, the reading of evidence.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wherefore_contract::{draft::Draft, tool::ToolSpec};
use wherefore_model::{Delegation, Findings, team, wire::READ_EVIDENCE};

use super::{Role, Roster};

/// The tools of the team.
#[derive(Debug)]
pub struct OwnTools {
    pub(super) sub_agents: Vec<ToolSpec>,
    pub(super) answer: ToolSpec,
    pub(super) findings: ToolSpec,
    pub(super) read_evidence: ToolSpec,
}

/// Arguments of `read_evidence`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Pages {
    /// Its id, e.g. `e2`.
    pub(crate) evidence: String,
    /// The first row to read, counted from zero.
    #[serde(default)]
    pub(crate) first_row: usize,
}

impl OwnTools {
    /// The tools of a team of these roles.
    #[must_use]
    pub fn of(roster: &Roster) -> Self {
        Self {
            sub_agents: roster.sub_agents().iter().map(delegation).collect(),
            answer: spec::<Draft>(
                team::SUBMIT_ANSWER,
                "Ends your work with the answer. Use it once you have the evidence, or when the question cannot be answered \
                 from what is loaded.",
            ),
            findings: spec::<Findings>(
                team::SUBMIT_FINDINGS,
                "Ends your work with what you found. Use it when the task is done or cannot be done.",
            ),
            read_evidence: spec::<Pages>(
                READ_EVIDENCE,
                "Gives more rows of evidence that you already have, where a result says that there are more. It asks for no \
                 new figures.",
            ),
        }
    }
}

fn delegation(role: &Role) -> ToolSpec {
    spec::<Delegation>(&role.name, &role.about)
}

fn spec<T: JsonSchema>(name: &str, description: &str) -> ToolSpec {
    ToolSpec {
        name: name.to_owned(),
        description: description.to_owned(),
        input_schema: schema_of::<T>(),
    }
}

/// The JSON Schema of a type, in the draft that MCP and model providers read, sorted by name.
fn schema_of<T: JsonSchema>() -> Map<String, Value> {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    match schema.to_value() {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}
