//! The only place that names implementations: which stores, which model, which tools.

pub mod agents;
mod fetch;
pub mod model;

use std::sync::Arc;

use wherefore_contract::{
    error::StoreError,
    ports::{CostStore, MetadataStore, ToolCaller},
    quality::CostDescription,
    scope::Scope,
};
use wherefore_model::ChatModel;
use wherefore_providers::ModelChoice;
use wherefore_remote::Servers;
use wherefore_stores::embedded::{catalog::EmbeddedCatalog, cost::EmbeddedCost};
use wherefore_team::{Settings, Team};
use wherefore_tools::{ConnectError, InProcess, Tools};
use wherefore_traces::MaskError;

use self::model::ModelSetupError;
use crate::{
    app::App,
    clock::Clock,
    config::Config,
    investigations::{Investigations, sns::Messages},
    recheck::RecheckError,
    rules::{self, RuleError},
    runs::Runs,
    state::{
        ConversationStore, SqliteConversations, State, StateError, memories::SqliteMemories,
        remember::Remembrance,
    },
    telemetry,
};

/// The program could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum WiringError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    RuleFile(#[from] RuleError),
    #[error(transparent)]
    Model(#[from] ModelSetupError),
    #[error(transparent)]
    Agents(#[from] agents::AgentsError),
    #[error(transparent)]
    Mask(#[from] MaskError),
    #[error("what the roles read cannot be rendered")]
    Prompts(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Where conversations are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// In the file that the settings name.
    InFile,
    /// Nowhere: one question on the command line.
    Nothing,
}

/// The whole program over the warehouse of the settings.
///
/// # Errors
/// When the warehouse or the file of conversations cannot be opened.
pub async fn app(config: &Config, clock: Clock, keep: Keep) -> Result<App, WiringError> {
    let (costs, metadata) = stores(config)?;
    let rules = rules::tables(&config.rules)?;
    let tools = Tools::new(Arc::clone(&costs), Arc::clone(&metadata), Scope::local(), rules);
    let caller = InProcess::connect(tools.clone()).await?;
    let state = Arc::new(match keep {
        Keep::InFile => State::open(&config.state_path())?,
        Keep::Nothing => State::in_memory()?,
    });
    let model = model::model(config).await?;
    let name: Arc<str> = Arc::from(model.name());
    let elapsed_ms = clock.elapsed_ms();
    let settings = Settings {
        deadline: config.timeout,
        limits: config.model.limits,
        ..Settings::new(move || elapsed_ms())
    };
    let (team, servers) = team(config, &clock, model, settings).await?;
    Ok(App {
        team: Arc::new(team),
        caller: Arc::new(caller),
        servers,
        tools,
        costs,
        conversations: Arc::new(SqliteConversations::new(Arc::clone(&state))),
        runs: Runs::new(Arc::clone(&state), config.traces.runs, telemetry::mask(&config.traces)?),
        alarms: Messages::new(config.alarms.sns_topics.clone(), fetch::text()),
        alarm_language: config.alarms.language,
        investigations: Investigations::new(
            Arc::clone(&state),
            clock.clone(),
            Arc::new(|| format!("i_{}", ulid::Ulid::generate())),
        ),
        memory: remembrance(config, state, Some(metadata)),
        clock,
        allowed_hosts: config.allowed_hosts.clone().into(),
        timeout: config.timeout,
        model: name,
        new_id: Arc::new(|| format!("c_{}", ulid::Ulid::generate())),
    })
}

/// What is remembered of people in the file of the settings, without agents and tools.
///
/// # Errors
/// When the file cannot be opened.
pub fn kept(config: &Config) -> Result<(Remembrance, Arc<dyn ConversationStore>), WiringError> {
    let state = Arc::new(State::open(&config.state_path())?);
    let conversations = SqliteConversations::new(Arc::clone(&state));
    // Without bills there are no names, and words alone are looked for.
    let catalog = stores(config).ok().map(|(_, metadata)| metadata);
    Ok((remembrance(config, state, catalog), Arc::new(conversations)))
}

fn remembrance(
    config: &Config,
    state: Arc<State>,
    catalog: Option<Arc<dyn MetadataStore>>,
) -> Remembrance {
    let settings = config.memory;
    Remembrance {
        store: Arc::new(SqliteMemories::new(state, catalog, settings.days)),
        settings,
        new_id: Arc::new(|| format!("m_{}", ulid::Ulid::generate())),
    }
}

/// The team of the settings, with the servers that it may call. Rules call no tool of others, so with them alone no server
/// is reached.
async fn team(
    config: &Config,
    clock: &Clock,
    model: Arc<dyn ChatModel>,
    settings: Settings,
) -> Result<(Team, Arc<Servers>), WiringError> {
    let is_offline = config.model.choice == ModelChoice::Offline;
    let servers = if is_offline { Servers::default() } else { agents::servers(config, clock)? };
    let agents = agents::agents(config, &servers).await?;
    let team = Team::of(agents.roster, model, settings);
    let mut team = team.map_err(|error| WiringError::Prompts(Box::new(error)))?;
    if is_offline {
        return Ok((team, Arc::new(servers)));
    }
    for (role, setting) in agents.models {
        team = team.with_model(&role, model::of_setting(config, &setting).await?);
    }
    let servers = Arc::new(servers);
    // Programs take seconds to start: the first question should find them warm.
    let warm = Arc::clone(&servers);
    tokio::spawn(async move { warm.look().await });
    Ok((team.with_rules(model::rules(config)), servers))
}

/// The runs in the file of the settings, and whose they are.
///
/// # Errors
/// When the file cannot be opened.
pub fn runs(config: &Config) -> Result<(Runs, Scope), WiringError> {
    let state = Arc::new(State::open(&config.state_path())?);
    let mask = telemetry::mask(&config.traces)?;
    Ok((Runs::new(state, config.traces.runs, mask), Scope::local()))
}

/// The tools alone, for MCP over standard input and output.
///
/// # Errors
/// When the warehouse cannot be opened.
pub fn tools(config: &Config) -> Result<Tools, WiringError> {
    let (costs, metadata) = stores(config)?;
    Ok(Tools::new(costs, metadata, Scope::local(), rules::tables(&config.rules)?))
}

/// The tools as agents call them, in process.
///
/// # Errors
/// When the warehouse cannot be opened.
pub async fn caller(config: &Config) -> Result<Arc<dyn ToolCaller>, WiringError> {
    Ok(Arc::new(InProcess::connect(tools(config)?).await?))
}

/// The tools as they were at an earlier snapshot.
///
/// # Errors
/// When the snapshot is not kept any more, or the warehouse cannot be opened.
pub async fn caller_at(
    config: &Config,
    snapshot: &str,
) -> Result<Box<dyn ToolCaller>, RecheckError> {
    let costs = EmbeddedCost::open(&config.warehouse)?.pinned_at(snapshot)?;
    let (costs, metadata) = over(costs);
    let rules = rules::tables(&config.rules).map_err(WiringError::from)?;
    let tools = Tools::new(costs, metadata, Scope::local(), rules);
    Ok(Box::new(InProcess::connect(tools).await?))
}

/// What is loaded.
///
/// # Errors
/// When nothing is, or the warehouse cannot be read.
pub async fn describe(config: &Config) -> Result<Arc<CostDescription>, StoreError> {
    let (costs, _) = stores(config)?;
    costs.describe(&Scope::local()).await
}

/// The stores behind the tools.
pub type Stores = (Arc<dyn CostStore>, Arc<dyn MetadataStore>);

/// The stores over the warehouse of the settings.
///
/// # Errors
/// When the warehouse cannot be opened.
pub fn stores(config: &Config) -> Result<Stores, StoreError> {
    EmbeddedCost::open(&config.warehouse).map(over)
}

// The catalog reads the same snapshot as the costs beside it.
fn over(costs: EmbeddedCost) -> Stores {
    let metadata = EmbeddedCatalog::new(&costs);
    (Arc::new(costs), Arc::new(metadata))
}
