//! The four roles: what each reads, which tools it has, and how much it may spend.

use std::time::Duration;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};
use wherefore_contract::{draft::Draft, tool::ToolSpec};
use wherefore_model::team::{self, Delegation, Findings};
use wherefore_prompts::Prompt;

/// A role.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    pub name: &'static str,
    pub prompt: Prompt,
    /// Its MCP tools; for the orchestrator, its sub-agents.
    pub tools: &'static [&'static str],
    /// The tool that ends its work.
    pub submission: &'static str,
    pub budget: Budget,
}

/// What a role may spend. One that spends it gets a last turn to submit what it has, and stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Model replies.
    pub turns: u32,
    /// Calls that are run, sub-agents included, submissions not.
    pub tool_calls: u32,
    /// Time, when the caller does not leave less.
    pub wall: Duration,
}

/// Answers the person; has the other roles as tools.
pub const ORCHESTRATOR: Role = Role {
    name: team::ORCHESTRATOR,
    prompt: wherefore_prompts::ORCHESTRATOR,
    tools: &[team::COLLECTOR, team::ANALYZER, team::RESEARCH],
    submission: team::SUBMIT_ANSWER,
    budget: Budget { turns: 10, tool_calls: 10, wall: Duration::from_mins(5) },
};

/// Says what is loaded and what names resolve to.
pub const COLLECTOR: Role = Role {
    name: team::COLLECTOR,
    prompt: wherefore_prompts::COLLECTOR,
    tools: &["describe_cost_data", "find_metadata", "list_workloads"],
    submission: team::SUBMIT_FINDINGS,
    budget: Budget { turns: 5, tool_calls: 8, wall: Duration::from_secs(20) },
};

/// Gets figures: costs, comparisons, unit costs and their bridges.
pub const ANALYZER: Role = Role {
    name: team::ANALYZER,
    prompt: wherefore_prompts::ANALYZER,
    tools: &[
        "query_cost",
        "compare_cost",
        "unit_cost",
        "explain_unit_cost",
        "forecast_cost",
        "budget_status",
        "scaling_schedule",
        "api_call_cost",
        "find_anomalies",
        "cost_bases",
        "plan_commitment",
        "commitment_state",
        "allocate_cost",
        "find_savings",
        "tag_hygiene",
    ],
    submission: team::SUBMIT_FINDINGS,
    budget: Budget { turns: 8, tool_calls: 20, wall: Duration::from_secs(40) },
};

/// Looks for causes.
pub const RESEARCH: Role = Role {
    name: team::RESEARCH,
    prompt: wherefore_prompts::RESEARCH,
    tools: &["find_metadata", "list_workloads", "query_cost", "compare_cost"],
    submission: team::SUBMIT_FINDINGS,
    budget: Budget { turns: 8, tool_calls: 20, wall: Duration::from_secs(40) },
};

/// The sub-agents, in the order in which the orchestrator sees them.
pub const SUB_AGENTS: [Role; 3] = [COLLECTOR, ANALYZER, RESEARCH];

impl Role {
    /// The sub-agent of this name.
    #[must_use]
    pub fn sub_agent(name: &str) -> Option<&'static Self> {
        SUB_AGENTS.iter().find(|role| role.name == name)
    }

    /// Whether this role has `tool`, its submission left out.
    #[must_use]
    pub fn has(&self, tool: &str) -> bool {
        self.tools.contains(&tool)
    }

    /// What its model is told about its tools: those of `offered` that it may call, or its
    /// sub-agents, and last its submission. Tools that nobody offers are left out.
    #[must_use]
    pub fn specs(&self, own: &OwnTools, offered: &[ToolSpec]) -> Vec<ToolSpec> {
        let (theirs, submission) = if self.name == team::ORCHESTRATOR {
            (own.sub_agents.as_slice(), &own.answer)
        } else {
            (offered, &own.findings)
        };
        let spec = |name: &&str| theirs.iter().find(|spec| spec.name == *name);
        self.tools.iter().filter_map(spec).chain([submission]).cloned().collect()
    }
}

/// What models are told about the tools that the team itself makes.
#[derive(Debug)]
pub struct OwnTools {
    sub_agents: Vec<ToolSpec>,
    answer: ToolSpec,
    findings: ToolSpec,
}

impl Default for OwnTools {
    fn default() -> Self {
        Self {
            sub_agents: SUB_AGENTS.iter().map(delegation).collect(),
            answer: ToolSpec {
                name: team::SUBMIT_ANSWER.to_owned(),
                description:
                    "Ends your work with the answer. Use it once you have the evidence, or \
                              when the question cannot be answered from what is loaded."
                        .to_owned(),
                input_schema: schema_of::<Draft>(),
            },
            findings: ToolSpec {
                name: team::SUBMIT_FINDINGS.to_owned(),
                description: "Ends your work with what you found. Use it when the task is done or \
                              cannot be done."
                    .to_owned(),
                input_schema: schema_of::<Findings>(),
            },
        }
    }
}

fn delegation(role: &Role) -> ToolSpec {
    let description = match role.name {
        team::COLLECTOR => {
            "Says what is loaded, how complete it is, and what the names in the question mean there. \
             Use it first. It gives no costs."
        }
        team::ANALYZER => {
            "Gets figures: costs, comparisons, unit costs and what a change is made of. Use it once \
             the measure and the periods are clear."
        }
        _ => {
            "Looks for causes of a change: lines that are new, ended or moved. Use it when the \
             question asks why. It does not compute the change itself."
        }
    };
    ToolSpec {
        name: role.name.to_owned(),
        description: description.to_owned(),
        input_schema: schema_of::<Delegation>(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(names: &[&str]) -> Vec<ToolSpec> {
        names
            .iter()
            .map(|name| ToolSpec {
                name: (*name).to_owned(),
                description: String::new(),
                input_schema: Map::new(),
            })
            .collect()
    }

    fn names(specs: &[ToolSpec]) -> Vec<&str> {
        specs.iter().map(|spec| spec.name.as_str()).collect()
    }

    #[test]
    fn a_role_sees_its_own_tools_and_its_submission() {
        let server = offered(&["query_cost", "delete_account", "find_metadata", "collector"]);
        let own = OwnTools::default();
        assert_eq!(
            names(&ORCHESTRATOR.specs(&own, &server)),
            ["collector", "analyzer", "research", "submit_answer"]
        );
        assert_eq!(names(&COLLECTOR.specs(&own, &server)), ["find_metadata", "submit_findings"]);
        assert_eq!(names(&ANALYZER.specs(&own, &server)), ["query_cost", "submit_findings"]);
        assert_eq!(
            names(&RESEARCH.specs(&own, &server)),
            ["find_metadata", "query_cost", "submit_findings"]
        );
    }

    #[test]
    fn every_schema_is_an_object_and_every_description_is_short() {
        let own = OwnTools::default();
        for spec in ORCHESTRATOR.specs(&own, &[]).into_iter().chain(COLLECTOR.specs(&own, &[])) {
            assert_eq!(spec.input_schema["type"], "object", "{}", spec.name);
            assert!(spec.description.len() <= 400, "{}", spec.name);
        }
    }
}
