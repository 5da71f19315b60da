//! Settings: read once through a lookup, with `wherefore.toml` below the environment and flags above it.

mod agents;
mod alarms;
mod memory;
mod model;
mod traces;

use std::{collections::BTreeMap, fs, io, net::SocketAddr, path::PathBuf, time::Duration};

use serde::Deserialize;
use wherefore_offline::request::FiscalStart;

pub use self::agents::{AGENT_SETTINGS, AgentSettings, RoleChange, ServerOfRoles};
use self::agents::{AgentError, AgentFile};
pub use self::alarms::AlarmSettings;
pub use self::memory::MemorySettings;
use self::model::ModelFile;
pub use self::{
    model::{MODEL_SETTINGS, ModelSettings},
    traces::{KeepRuns, TraceSettings},
};
use crate::rules::{self, RuleFiles};

/// Every setting, with the name it has in the environment and what it is for.
pub const SETTINGS: &[(&str, &str)] = &[
    ("WHEREFORE_CONFIG", "settings file (default ./wherefore.toml, when it exists)"),
    ("WHEREFORE_WAREHOUSE", "folder of loaded bills (default ./warehouse)"),
    ("WHEREFORE_STATE", "file of kept conversations and memories (default <warehouse>/state.db)"),
    (
        "WHEREFORE_MEMORY",
        "on or off: whether conversations are remembered beyond themselves (default on)",
    ),
    ("WHEREFORE_MEMORY_DAYS", "days after which what is remembered is forgotten (default 365)"),
    ("WHEREFORE_LISTEN", "address to serve on (default 127.0.0.1:8080)"),
    ("WHEREFORE_ALLOWED_HOSTS", "host names beside loopback that requests may name, by comma"),
    ("WHEREFORE_WORKLOAD_TAG", "tag key that names the workload of a charge (default workload)"),
    (
        "WHEREFORE_FISCAL_YEAR_START",
        "month in which fiscal years begin, 1 to 12 (default 1); a fiscal year is named by the year in which it ends",
    ),
    ("WHEREFORE_TIMEOUT_SECONDS", "longest time one question may take (default 60)"),
    (
        "WHEREFORE_SNS_TOPICS",
        "ARNs of the SNS topics whose CloudWatch alarms begin investigations at POST /v1/alarms/sns, by comma (default none)",
    ),
    ("WHEREFORE_ALARM_LANGUAGE", "en (default) or ko: the language in which alarms are answered"),
    ("WHEREFORE_LOG", "log filter, e.g. info or wherefore=debug (default warn)"),
    (
        "WHEREFORE_TRACES",
        "where traces and metrics go: file:/path.jsonl (OTLP JSON lines) or http://host:4318 (OTLP/HTTP); off by default, else OTEL_EXPORTER_OTLP_ENDPOINT",
    ),
    (
        "WHEREFORE_TRACE_CONTENT",
        "on: traces carry prompts, replies, arguments and results, masked (default off, else OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT)",
    ),
    (
        "WHEREFORE_RUNS",
        "how the run behind a kept answer is kept: full, masked or off (default full)",
    ),
    (
        "WHEREFORE_MASK_KEY",
        "key of the tokens that stand for masked values, in the environment alone (default: a new one at each start)",
    ),
];

/// Settings of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub warehouse: PathBuf,
    /// Where conversations are kept; `None` means beside the warehouse.
    state: Option<PathBuf>,
    pub listen: SocketAddr,
    pub allowed_hosts: Vec<String>,
    /// `None` leaves it to the loader, whose default is `workload`.
    pub workload_tag: Option<String>,
    /// When fiscal years begin.
    pub fiscal_start: FiscalStart,
    pub timeout: Duration,
    /// What is remembered from one conversation to the next.
    pub memory: MemorySettings,
    /// What may begin an investigation from outside.
    pub alarms: AlarmSettings,
    /// `None` where nobody set it.
    pub log: Option<String>,
    pub traces: TraceSettings,
    /// Files of rules that stand for the built-in ones.
    pub rules: RuleFiles,
    /// The language model, if there is one.
    pub model: ModelSettings,
    /// Other people's MCP servers, and roles.
    pub agents: AgentSettings,
    /// The settings file that was read.
    pub file: Option<PathBuf>,
}

/// A setting cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Agents(#[from] AgentError),

    #[error("`{name}` is `{value}`; expected {expected}")]
    Invalid { name: &'static str, value: String, expected: &'static str },

    #[error("settings file `{}` could not be read", .path.display())]
    Unreadable {
        path: PathBuf,
        #[source]
        source: io::Error,
    },

    #[error("settings file `{}` names `{key}`, which is no setting; `wherefore doctor` lists them", .path.display())]
    UnknownKey { path: PathBuf, key: String },

    #[error("settings file `{}` must give `{key}` as the path of a file", .path.display())]
    NoPath { path: PathBuf, key: String },

    #[error("settings file `{}` is not valid", .path.display())]
    Malformed {
        path: PathBuf,
        #[source]
        source: Box<toml::de::Error>,
    },
}

/// `wherefore.toml`: the same settings without their prefix. Keys that are no settings are refused when it is read.
#[derive(Debug, Default, Deserialize)]
struct File {
    warehouse: Option<String>,
    state: Option<String>,
    listen: Option<String>,
    allowed_hosts: Option<Vec<String>>,
    workload_tag: Option<String>,
    fiscal_year_start: Option<i8>,
    timeout_seconds: Option<u64>,
    memory: Option<String>,
    memory_days: Option<u32>,
    log: Option<String>,
    #[serde(flatten)]
    model: ModelFile,
    #[serde(flatten)]
    traces: traces::InFile,
    #[serde(flatten)]
    alarms: alarms::AlarmFile,
    #[serde(flatten)]
    agents: AgentFile,
    /// Files of rules, by key.
    #[serde(flatten)]
    rules: BTreeMap<String, toml::Value>,
}

impl Config {
    /// Reads settings through `lookup`, so tests pass a map and never touch the process.
    ///
    /// # Errors
    /// When a value cannot be used; the message names the setting and what is expected.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let (file, path) = read_file(lookup("WHEREFORE_CONFIG").as_deref())?;
        let text = |name: &str, from_file: Option<String>| lookup(name).or(from_file);
        let listen = text("WHEREFORE_LISTEN", file.listen)
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned())
            .parse_setting("WHEREFORE_LISTEN", "an address such as 127.0.0.1:8080")?;
        let seconds: u64 = text(
            "WHEREFORE_TIMEOUT_SECONDS",
            file.timeout_seconds.map(|seconds| seconds.to_string()),
        )
        .unwrap_or_else(|| "60".to_owned())
        .parse_setting("WHEREFORE_TIMEOUT_SECONDS", "whole seconds such as 60")?;
        let fiscal_start = text(
            "WHEREFORE_FISCAL_YEAR_START",
            file.fiscal_year_start.map(|month| month.to_string()),
        )
        .unwrap_or_else(|| "1".to_owned())
        .parse_setting("WHEREFORE_FISCAL_YEAR_START", "a month from 1 to 12 such as 4")?;
        let memory = MemorySettings::read(
            text("WHEREFORE_MEMORY", file.memory),
            text("WHEREFORE_MEMORY_DAYS", file.memory_days.map(|days| days.to_string())),
        )?;
        let allowed_hosts = match lookup("WHEREFORE_ALLOWED_HOSTS") {
            Some(list) => list.split(',').map(|host| host.trim().to_ascii_lowercase()).collect(),
            None => file.allowed_hosts.unwrap_or_default(),
        };
        Ok(Self {
            warehouse: text("WHEREFORE_WAREHOUSE", file.warehouse)
                .map_or_else(|| PathBuf::from("warehouse"), PathBuf::from),
            state: text("WHEREFORE_STATE", file.state).map(PathBuf::from),
            listen,
            allowed_hosts: allowed_hosts
                .into_iter()
                .filter(|host: &String| !host.is_empty())
                .collect(),
            workload_tag: text("WHEREFORE_WORKLOAD_TAG", file.workload_tag),
            fiscal_start,
            timeout: Duration::from_secs(seconds),
            traces: TraceSettings::read(&lookup, file.traces)?,
            memory,
            alarms: AlarmSettings::read(&lookup, file.alarms)?,
            log: text("WHEREFORE_LOG", file.log),
            rules: rules::named(&lookup, &file.rules),
            model: ModelSettings::read(&lookup, file.model)?,
            agents: AgentSettings::read(&lookup, file.agents)?,
            file: path,
        })
    }

    /// The same settings with the flags of one command above them.
    #[must_use]
    pub fn with(self, warehouse: Option<PathBuf>, listen: Option<SocketAddr>) -> Self {
        Self {
            warehouse: warehouse.unwrap_or(self.warehouse),
            listen: listen.unwrap_or(self.listen),
            ..self
        }
    }

    /// Where conversations are kept.
    #[must_use]
    pub fn state_path(&self) -> PathBuf {
        self.state.clone().unwrap_or_else(|| self.warehouse.join("state.db"))
    }
}

fn read_file(named: Option<&str>) -> Result<(File, Option<PathBuf>), ConfigError> {
    let path = PathBuf::from(named.unwrap_or("wherefore.toml"));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        // Only a file that was asked for by name must exist.
        Err(source) if source.kind() == io::ErrorKind::NotFound && named.is_none() => {
            return Ok((File::default(), None));
        }
        Err(source) => return Err(ConfigError::Unreadable { path, source }),
    };
    let file: File = toml::from_str(&text).map_err(|source| ConfigError::Malformed {
        path: path.clone(),
        source: Box::new(source),
    })?;
    for (key, value) in &file.rules {
        if !rules::is_key(key) {
            return Err(ConfigError::UnknownKey { path, key: key.clone() });
        }
        if !value.is_str() {
            return Err(ConfigError::NoPath { path, key: key.clone() });
        }
    }
    Ok((file, Some(path)))
}

trait ParseSetting {
    fn parse_setting<T: std::str::FromStr>(
        self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<T, ConfigError>;
}

impl ParseSetting for String {
    fn parse_setting<T: std::str::FromStr>(
        self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<T, ConfigError> {
        self.parse().map_err(|_| ConfigError::Invalid { name, value: self, expected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn with_nothing_set_the_defaults_hold() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.state_path(), PathBuf::from("warehouse/state.db"));
        assert_eq!(config.timeout, Duration::from_mins(1));
        assert_eq!(config.allowed_hosts, Vec::<String>::new());
    }

    #[test]
    fn the_environment_stands_above_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        fs::write(&path, "warehouse = \"/from/file\"\nlisten = \"127.0.0.1:1\"\n").unwrap();
        let config = read(&[
            ("WHEREFORE_CONFIG", path.to_str().unwrap()),
            ("WHEREFORE_LISTEN", "127.0.0.1:9000"),
            ("WHEREFORE_ALLOWED_HOSTS", "Costs.Example.com, ,b"),
            ("WHEREFORE_FISCAL_YEAR_START", "4"),
        ])
        .unwrap();
        assert_eq!(config.fiscal_start.month(), 4);
        assert_eq!(config.warehouse, PathBuf::from("/from/file"));
        assert_eq!(config.listen.port(), 9000);
        assert_eq!(config.allowed_hosts, ["costs.example.com", "b"]);
        assert_eq!(config.file, Some(path));
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named_with_what_is_expected() {
        let refused = read(&[("WHEREFORE_LISTEN", "here")]).unwrap_err().to_string();
        assert_eq!(
            refused,
            "`WHEREFORE_LISTEN` is `here`; expected an address such as 127.0.0.1:8080"
        );
        let refused = read(&[("WHEREFORE_FISCAL_YEAR_START", "13")]).unwrap_err().to_string();
        assert_eq!(
            refused,
            "`WHEREFORE_FISCAL_YEAR_START` is `13`; expected a month from 1 to 12 such as 4"
        );
        assert!(matches!(
            read(&[("WHEREFORE_CONFIG", "/nowhere/at/all.toml")]),
            Err(ConfigError::Unreadable { .. })
        ));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        let named = |text: &str| {
            fs::write(&path, text).unwrap();
            read(&[("WHEREFORE_CONFIG", path.to_str().unwrap())])
        };
        let refused = named("warehous = \"x\"\n").unwrap_err().to_string();
        assert!(refused.contains("`warehous`"), "{refused}");
        let config = named("tagging_rules = \"tags.toml\"\n").unwrap();
        let files = RuleFiles::from([("WHEREFORE_TAGGING_RULES", PathBuf::from("tags.toml"))]);
        assert_eq!(config.rules, files);
    }
}
