//! Who is on the team and what it may call beyond the house: people's own roles, other people's servers.

use std::{collections::BTreeMap, fs, io, path::PathBuf, sync::Arc, time::SystemTime};

use wherefore_remote::{InvalidServer, Offered, Outside, ServerSettings, Servers, segments};
use wherefore_team::{
    Budget, Roster, RosterError,
    role::file::{self, RoleFileError},
};
use wherefore_tools::Tools;

use crate::{
    clock::Clock,
    config::{Config, RoleChange},
};

/// The team cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AgentsError {
    #[error("the folder of roles `{}` could not be read", .path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("the role `{}` could not be read", .path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error(transparent)]
    File(#[from] RoleFileError),
    #[error("{place}: {problem}")]
    Roster { place: String, problem: RosterError },
    #[error(transparent)]
    Server(#[from] InvalidServer),
}

/// The roles of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agents {
    pub roster: Roster,
    /// Models that roles have of their own, by role, written like `WHEREFORE_MODEL`.
    pub models: BTreeMap<String, String>,
}

/// The servers of the settings. Nothing is reached yet.
///
/// # Errors
/// When settings cannot be used.
pub fn servers(config: &Config, clock: &Clock) -> Result<Servers, AgentsError> {
    let settings: Vec<ServerSettings> =
        config.agents.servers.iter().map(|server| server.settings.clone()).collect();
    let clock = clock.clone();
    let outside = Outside {
        clock: Arc::new(move || SystemTime::from(clock.now())),
        credentials: None,
        trace: Arc::new(wherefore_traces::traceparent),
        environment: config.agents.passed_on.clone(),
    };
    Ok(Servers::new(settings, &outside)?)
}

/// The roles of the settings: the house's, people's own, changed as the settings say, with the tools of servers.
///
/// # Errors
/// When a role cannot be read, or a setting names a role that there is not.
pub async fn agents(config: &Config, servers: &Servers) -> Result<Agents, AgentsError> {
    let mut agents = Agents { roster: Roster::default(), models: BTreeMap::new() };
    let reached = reading_tools(config, servers).await;
    let known: Vec<String> = Tools::names().chain(config.agents.tool_names()).collect();
    let is_tool = |name: &str| known.iter().any(|tool| tool == name) || is_of_hints(config, name);
    for path in files(config)? {
        let text = fs::read_to_string(&path)
            .map_err(|source| AgentsError::Unreadable { path: path.clone(), source })?;
        let place = path.display().to_string();
        let read = file::read(&text, &place, is_tool)?;
        let name = read.role.name.clone();
        agents.roster = agents
            .roster
            .with_role(read.role)
            .map_err(|problem| AgentsError::Roster { place, problem })?;
        agents.models.extend(read.model.map(|model| (name, model)));
    }
    for server in &config.agents.servers {
        let mut tools = server.settings.tool_names();
        tools.extend(reached.get(&server.settings.name).into_iter().flatten().cloned());
        for role in &server.roles {
            let place = format!("MCP server `{}`", server.settings.name);
            agents.roster = agents
                .roster
                .with_tools(role, tools.clone())
                .map_err(|problem| AgentsError::Roster { place, problem })?;
        }
    }
    for (name, change) in &config.agents.changes {
        let place = format!("[roles.{name}]");
        let usual = agents.roster.roles().find(|role| role.name == *name).map(|role| role.budget);
        let budget = changed(usual.unwrap_or(Budget::new(0, 0, std::time::Duration::ZERO)), change);
        agents.roster = agents
            .roster
            .with_budget(name, budget)
            .map_err(|problem| AgentsError::Roster { place, problem })?;
        agents.models.extend(change.model.clone().map(|model| (name.clone(), model)));
    }
    Ok(agents)
}

/// The servers that offer whatever only reads.
fn by_hints(config: &Config) -> impl Iterator<Item = &str> {
    let settings = config.agents.servers.iter().map(|server| &server.settings);
    settings.filter(|each| each.offered == Offered::ReadOnly).map(|each| each.name.as_str())
}

// Which tools such a server has is not known while it cannot be reached: a name of one of its tools passes, and is not
// offered while it is not there.
fn is_of_hints(config: &Config, tool: &str) -> bool {
    segments(tool).is_some_and(|parts| by_hints(config).any(|server| server == parts.server))
}

async fn reading_tools(config: &Config, servers: &Servers) -> BTreeMap<String, Vec<String>> {
    if by_hints(config).next().is_none() {
        return BTreeMap::new();
    }
    let states = servers.look().await.into_iter();
    let states = states.filter(|state| by_hints(config).any(|server| server == state.name));
    states
        .map(|state| {
            let tools = state.tools.unwrap_or_default().into_iter();
            let offered = tools.filter(|tool| tool.refused.is_none()).map(|tool| tool.name);
            (state.name, offered.collect())
        })
        .collect()
}

/// The files of the folder, by name.
fn files(config: &Config) -> Result<Vec<PathBuf>, AgentsError> {
    let Some(folder) = &config.agents.roles else { return Ok(Vec::new()) };
    let failed = |source| AgentsError::Folder { path: folder.clone(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn changed(usual: Budget, change: &RoleChange) -> Budget {
    Budget {
        turns: change.turns.unwrap_or(usual.turns),
        tool_calls: change.tool_calls.unwrap_or(usual.tool_calls),
        wall: change.seconds.map_or(usual.wall, std::time::Duration::from_secs),
        tokens: change.tokens.or(usual.tokens),
        money_usd: change.money_usd.or(usual.money_usd),
    }
}
