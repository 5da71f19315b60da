//! Who is on a team: the four roles of the house, the roles that people wrote, and what each may call.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use wherefore_model::{
    team::{self, ANALYZER, COLLECTOR, RESEARCH},
    wire::READ_EVIDENCE,
};

use super::{Budget, Role, RolePrompt};

/// The longest name of a role, in bytes: with the names of tools it must fit what providers accept (64).
const NAME_BYTES: usize = 48;

/// The roles of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    orchestrator: Role,
    sub_agents: Vec<Role>,
}

/// A role cannot join a team.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    #[error("a role is called `{name}` already; give yours another name")]
    Taken { name: String },
    #[error(
        "`{name}` cannot be the name of a role; use lower-case letters, digits and `_`, beginning with a letter, at most {NAME_BYTES} of them"
    )]
    Name { name: String },
    #[error("no role is called `{name}`; there are {known}")]
    Unknown { name: String, known: String },
}

impl Default for Roster {
    fn default() -> Self {
        Self {
            orchestrator: built_in(
                team::ORCHESTRATOR,
                "Answers the person.",
                &[COLLECTOR, ANALYZER, RESEARCH],
                Budget::new(10, 10, Duration::from_mins(5)),
            ),
            sub_agents: vec![collector(), analyzer(), research()],
        }
    }
}

impl Roster {
    /// The role that talks to the person.
    #[must_use]
    pub fn orchestrator(&self) -> &Role {
        &self.orchestrator
    }

    /// The others, in the order in which the orchestrator sees them.
    #[must_use]
    pub fn sub_agents(&self) -> &[Role] {
        &self.sub_agents
    }

    /// Every role, the orchestrator first.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        std::iter::once(&self.orchestrator).chain(&self.sub_agents)
    }

    /// The sub-agent of this name.
    #[must_use]
    pub fn sub_agent(&self, name: &str) -> Option<&Role> {
        self.sub_agents.iter().find(|role| role.name == name)
    }

    /// The same team with one more sub-agent.
    ///
    /// # Errors
    /// When its name is taken, by a role or by a tool of the team, or is no name.
    pub fn with_role(mut self, role: Role) -> Result<Self, RosterError> {
        let name = &role.name;
        let mut letters = name.chars();
        let is_name = name.len() <= NAME_BYTES
            && letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
        if !is_name {
            return Err(RosterError::Name { name: name.clone() });
        }
        let own = [READ_EVIDENCE, team::SUBMIT_ANSWER, team::SUBMIT_FINDINGS];
        let is_taken = self.roles().any(|role| role.name == *name || role.has(name));
        if is_taken || own.contains(&name.as_str()) {
            return Err(RosterError::Taken { name: name.clone() });
        }
        self.orchestrator.tools.push(role.name.clone());
        self.sub_agents.push(role);
        Ok(self)
    }

    /// The same team, with more tools for one of the sub-agents. A tool that it has already stays once.
    ///
    /// # Errors
    /// When there is no such sub-agent.
    pub fn with_tools(
        mut self,
        role: &str,
        tools: impl IntoIterator<Item = String>,
    ) -> Result<Self, RosterError> {
        let known = self.known();
        let Some(role) = self.sub_agents.iter_mut().find(|one| one.name == role) else {
            return Err(RosterError::Unknown { name: role.to_owned(), known });
        };
        for tool in tools {
            if !role.has(&tool) {
                role.tools.push(tool);
            }
        }
        Ok(self)
    }

    /// The same team, with another budget for one of its roles.
    ///
    /// # Errors
    /// When there is no such role.
    pub fn with_budget(mut self, role: &str, budget: Budget) -> Result<Self, RosterError> {
        let known = self.known();
        let own = std::iter::once(&mut self.orchestrator).chain(&mut self.sub_agents);
        let Some(role) = own.into_iter().find(|one| one.name == role) else {
            return Err(RosterError::Unknown { name: role.to_owned(), known });
        };
        role.budget = budget;
        Ok(self)
    }

    fn known(&self) -> String {
        let names: Vec<_> = self.roles().map(|role| format!("`{}`", role.name)).collect();
        names.join(", ")
    }
}

fn built_in(name: &str, about: &str, tools: &[&str], budget: Budget) -> Role {
    let submission =
        if name == team::ORCHESTRATOR { team::SUBMIT_ANSWER } else { team::SUBMIT_FINDINGS };
    Role {
        name: name.to_owned(),
        about: about.to_owned(),
        prompt: RolePrompt::BuiltIn(name.to_owned()),
        tools: tools.iter().map(|tool| (*tool).to_owned()).collect(),
        submission: submission.to_owned(),
        budget,
    }
}

/// Says what is loaded and what names resolve to.
fn collector() -> Role {
    built_in(
        COLLECTOR,
        "Says what is loaded, how complete it is, and what the names in the question mean there. Use it first. It gives no \
         costs.",
        &["describe_cost_data", "find_metadata", "list_workloads"],
        Budget::new(5, 8, Duration::from_secs(20)),
    )
}

/// Gets figures: costs, comparisons, unit costs and their bridges.
fn analyzer() -> Role {
    built_in(
        ANALYZER,
        "Gets figures: costs, comparisons, unit costs and what a change is made of. Use it once the measure and the periods \
         are clear.",
        ANALYSES,
        Budget::new(8, 20, Duration::from_secs(40)),
    )
}

/// Looks for causes.
fn research() -> Role {
    built_in(
        RESEARCH,
        "Looks for causes of a change: lines that are new, ended or moved. Use it when the question asks why. It does not \
         compute the change itself.",
        &["find_metadata", "list_workloads", "query_cost", "compare_cost"],
        Budget::new(8, 20, Duration::from_secs(40)),
    )
}

/// The tools that give figures.
pub(crate) const ANALYSES: &[&str] = &[
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
];
