//! Cases of behaviour: a question, what the tools give, the replies of a script, and what the trace and the answer must show.
//! The same checks hold for any model that is asked: the script, the rules, or a language model.

mod check;
mod run;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use run::Outcome;

/// The tools of every case; those of a case stand before them.
const WORLD: &str = include_str!("../cases/world.toml");

/// One case, as `evals/cases/…/….toml` holds it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its path without the ending, e.g. `orchestrator/collector_first`.
    pub id: String,
    /// `en` (default) or `ko`.
    #[serde(default)]
    language: Option<String>,
    question: String,
    /// A role of people's own that is on the team beside the house's.
    #[serde(default)]
    role: Option<OwnRole>,
    /// Tools of other servers that the analyzer has beside its own.
    #[serde(default)]
    remote: Vec<String>,
    /// What the person said before that is brought back, each as the JSON of a memory.
    #[serde(default)]
    remembered: Vec<String>,
    #[serde(default)]
    tool: Vec<ToolAnswer>,
    /// What a competent model replies: the role, then tools with their arguments as JSON; `says` with words is no call.
    script: Vec<Vec<String>>,
    /// What a model replies that breaks the rule: it stands for the whole script of its roles, and the checks must notice.
    #[serde(default)]
    wrong: Vec<Vec<String>>,
    #[serde(default)]
    expect: Expect,
    #[serde(default)]
    trace: Trace,
}

/// A role that a person wrote.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnRole {
    name: String,
    prompt: String,
    tools: Vec<String>,
}

/// What a tool gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolAnswer {
    name: String,
    /// JSON that the arguments must contain; any arguments when it is absent.
    #[serde(default)]
    when: Option<String>,
    /// The call fails with this message.
    #[serde(default)]
    error: Option<String>,
    /// Nothing was found here.
    #[serde(default)]
    searched: Option<String>,
    #[serde(default)]
    table: Vec<TableAnswer>,
    /// The bill of the period is not closed.
    #[serde(default)]
    is_partial: bool,
}

/// A table that a tool gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableAnswer {
    name: String,
    /// A month, e.g. `2024-09`.
    #[serde(default)]
    period: Option<String>,
    columns: Vec<ColumnAnswer>,
    rows: Vec<Vec<String>>,
}

/// A column: a measure when it has a unit, time when it says so, else names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnAnswer {
    name: String,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    is_time: bool,
    #[serde(default)]
    period: Option<String>,
}

/// What the answer must show.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    headline: Option<String>,
    /// Words that the text holds.
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    says_not: Vec<String>,
    /// Codes of gaps that there are.
    #[serde(default)]
    gaps: Vec<String>,
    #[serde(default)]
    assumptions: Vec<String>,
    /// `none`, `scalar` or `rows`.
    #[serde(default)]
    result: Option<String>,
    /// Names that the verdict holds.
    #[serde(default)]
    verdict: Vec<String>,
}

/// What the run must show.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trace {
    /// The first tool that a role calls.
    #[serde(default)]
    first: BTreeMap<String, String>,
    /// Tools that a role calls in one turn.
    #[serde(default)]
    together: BTreeMap<String, Vec<String>>,
    /// The last tool that a role calls.
    #[serde(default)]
    last: BTreeMap<String, String>,
    #[serde(default)]
    must_call: Vec<String>,
    #[serde(default)]
    must_not_call: Vec<String>,
    /// Tools that are called exactly once.
    #[serde(default)]
    once: Vec<String>,
    /// No role makes an equal call twice.
    #[serde(default)]
    no_repeat: bool,
    /// A role that nothing was found for submits next.
    #[serde(default)]
    stops_at_no_data: bool,
    /// Pairs of a tool and JSON that the arguments of one of its calls contain.
    #[serde(default)]
    asks: Vec<(String, String)>,
    /// Pairs of a tool and JSON that the arguments of none of its calls contain. `"*"` is any value.
    #[serde(default)]
    never_asks: Vec<(String, String)>,
    /// Words of the tasks that a role is given.
    #[serde(default)]
    tasks: BTreeMap<String, Vec<String>>,
    /// Words of what a role submits.
    #[serde(default)]
    submits: BTreeMap<String, Vec<String>>,
    /// Words that a role does not submit.
    #[serde(default)]
    submits_not: BTreeMap<String, Vec<String>>,
    /// Words that a role reads in results and messages.
    #[serde(default)]
    hears: BTreeMap<String, Vec<String>>,
    /// The most turns that a role takes.
    #[serde(default)]
    turns: BTreeMap<String, u32>,
}

/// A case cannot be read or run.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    #[error("the case cannot be read")]
    Unread {
        #[source]
        source: Box<toml::de::Error>,
    },
    #[error("`{json}` of case `{id}` is no JSON object")]
    Json { id: String, json: String },
    #[error("case `{id}`: {reason}")]
    Broken { id: String, reason: String },
}

impl Case {
    /// Reads a case from its TOML.
    ///
    /// # Errors
    /// When it is no TOML, or has a field that cases do not have.
    pub fn parse(text: &str) -> Result<Self, CaseError> {
        toml::from_str(text).map_err(|source| CaseError::Unread { source: Box::new(source) })
    }

    /// Whether it has a script that breaks the rule.
    #[must_use]
    pub fn has_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }
}
