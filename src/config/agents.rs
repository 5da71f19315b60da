//! Settings of other people's MCP servers and of roles: tables of `wherefore.toml`, their secrets in the environment alone.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde::Deserialize;
use wherefore_contract::Decimal;
use wherefore_remote::{
    Auth, InvalidServer, OAuth, Offered, PASSED_ON, Secret, ServerSettings, SigV4, Way,
};

use super::ConfigError;

/// What the file says beyond single settings, for `wherefore doctor`.
pub const AGENT_SETTINGS: &[(&str, &str)] = &[
    ("WHEREFORE_ROLES", "folder of roles of your own, one Markdown file each (default none)"),
    (
        "[[mcp_servers]]",
        "in wherefore.toml: a server whose tools agents may call, e.g. name, command or url, tools, roles",
    ),
    (
        "[roles.<name>]",
        "in wherefore.toml: model, turns, tool_calls, seconds, tokens, money_usd of a role",
    ),
];

/// Servers and roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentSettings {
    /// In the order of the file.
    pub servers: Vec<ServerOfRoles>,
    /// The folder of roles that people wrote.
    pub roles: Option<PathBuf>,
    /// What is changed about a role, by its name.
    pub changes: BTreeMap<String, RoleChange>,
    /// The variables of ours that servers started here may see.
    pub passed_on: BTreeMap<String, String>,
}

/// A server and the roles that may call its tools. Roles that people wrote name tools themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOfRoles {
    pub settings: ServerSettings,
    pub roles: Vec<String>,
}

/// What is changed about a role; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// Written like `WHEREFORE_MODEL`.
    pub model: Option<String>,
    pub turns: Option<u32>,
    pub tool_calls: Option<u32>,
    pub seconds: Option<u64>,
    pub tokens: Option<u64>,
    pub money_usd: Option<Decimal>,
}

/// The keys of `wherefore.toml`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AgentFile {
    #[serde(default)]
    mcp_servers: Vec<ServerFile>,
    #[serde(default)]
    roles: RolesFile,
}

#[derive(Debug, Default, Deserialize)]
struct RolesFile {
    folder: Option<PathBuf>,
    #[serde(flatten)]
    changes: BTreeMap<String, RoleChange>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerFile {
    name: String,
    command: Option<Vec<String>>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    url: Option<String>,
    auth: Option<AuthKind>,
    region: Option<String>,
    /// The AWS service that signatures are for.
    service: Option<String>,
    token_env: Option<String>,
    token_url: Option<String>,
    client_id: Option<String>,
    client_secret_env: Option<String>,
    scope: Option<String>,
    resource: Option<String>,
    tools: Vec<String>,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    roles: Vec<String>,
    timeout_seconds: Option<u64>,
    connect_seconds: Option<u64>,
    concurrent: Option<usize>,
    pin: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum AuthKind {
    None,
    Bearer,
    OAuth,
    SigV4,
}

/// A table of servers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    #[error(transparent)]
    Server(#[from] InvalidServer),
    #[error("MCP server `{server}`: {problem}")]
    Setting { server: String, problem: String },
    #[error("two MCP servers are named `{0}`")]
    Twice(String),
}

// Python servers take 2 to 15 s to start on a busy machine, and one may be started a second time.
const CONNECT: Duration = Duration::from_secs(40);
const CALL: Duration = Duration::from_secs(30);
const CONCURRENT: usize = 4;
/// The service that `AgentCore` Gateways are signed for.
const GATEWAY: &str = "bedrock-agentcore";

impl AgentSettings {
    pub(super) fn read(
        lookup: &dyn Fn(&str) -> Option<String>,
        file: AgentFile,
    ) -> Result<Self, ConfigError> {
        let mut servers: Vec<ServerOfRoles> = Vec::with_capacity(file.mcp_servers.len());
        for each in file.mcp_servers {
            let server = each.read(lookup)?;
            if servers.iter().any(|other| other.settings.name == server.settings.name) {
                return Err(AgentError::Twice(server.settings.name).into());
            }
            servers.push(server);
        }
        let folder =
            lookup("WHEREFORE_ROLES").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let known = |name: &&str| Some(((*name).to_owned(), lookup(name)?));
        Ok(Self {
            servers,
            roles: folder.or(file.roles.folder),
            changes: file.roles.changes,
            passed_on: PASSED_ON.iter().filter_map(known).collect(),
        })
    }

    /// The names here of all tools of servers that are named; those of a server that offers what only reads are not known
    /// before it is reached.
    pub fn tool_names(&self) -> impl Iterator<Item = String> {
        self.servers.iter().flat_map(|server| server.settings.tool_names())
    }
}

impl ServerFile {
    fn read(self, lookup: &dyn Fn(&str) -> Option<String>) -> Result<ServerOfRoles, AgentError> {
        let name = self.name.clone();
        let problem = |problem: &str| AgentError::Setting {
            server: name.clone(),
            problem: problem.to_owned(),
        };
        let offered = match (self.tools.iter().any(|tool| tool == "*"), self.read_only) {
            (false, false) => Offered::Named(self.tools.clone()),
            (true, true) if self.tools.len() == 1 => Offered::ReadOnly,
            (true, _) => {
                return Err(problem(
                    "`tools = [\"*\"]` needs `read_only = true` beside it and no other tool",
                ));
            }
            (false, true) => {
                return Err(problem("`read_only = true` goes with `tools = [\"*\"]` alone"));
            }
        };
        let roles = self.roles.clone();
        let settings = ServerSettings {
            offered,
            connect_timeout: seconds(self.connect_seconds, CONNECT)
                .map_err(|text| problem(&text))?,
            call_timeout: seconds(self.timeout_seconds, CALL).map_err(|text| problem(&text))?,
            concurrent: self.concurrent.unwrap_or(CONCURRENT).clamp(1, 64),
            pin: self.pin.clone(),
            way: self.way(lookup, &problem)?,
            name: self.name,
        };
        settings.check()?;
        Ok(ServerOfRoles { settings, roles })
    }

    fn way(
        &self,
        lookup: &dyn Fn(&str) -> Option<String>,
        problem: &dyn Fn(&str) -> AgentError,
    ) -> Result<Way, AgentError> {
        match (&self.command, &self.url) {
            (Some(command), None) => {
                if self.auth.is_some() {
                    return Err(problem("`auth` goes with `url`; a program gets secrets by `env`"));
                }
                let environment = self.env.iter().map(|(key, value)| {
                    let value = match value.strip_prefix('$') {
                        None => value.clone(),
                        Some(variable) => lookup(variable).ok_or_else(|| {
                            problem(&format!("the variable `{variable}` is not set"))
                        })?,
                    };
                    Ok((key.clone(), value))
                });
                let environment = environment.collect::<Result<_, AgentError>>()?;
                Ok(Way::Program { command: command.clone(), environment })
            }
            (None, Some(url)) => {
                if !self.env.is_empty() {
                    return Err(problem("`env` goes with `command`"));
                }
                Ok(Way::Http { url: url.clone(), auth: self.auth(lookup, problem)? })
            }
            (Some(_), Some(_)) | (None, None) => {
                Err(problem("give either `command`, a program with its arguments, or `url`"))
            }
        }
    }

    fn auth(
        &self,
        lookup: &dyn Fn(&str) -> Option<String>,
        problem: &dyn Fn(&str) -> AgentError,
    ) -> Result<Auth, AgentError> {
        let named = |key: &str, value: &Option<String>, kind: &str| {
            value.clone().ok_or_else(|| problem(&format!("`auth = \"{kind}\"` needs `{key}`")))
        };
        let secret = |key: &str, variable: &Option<String>, kind: &str| {
            let variable = named(key, variable, kind)?;
            lookup(&variable)
                .filter(|value| !value.is_empty())
                .map(Secret::new)
                .ok_or_else(|| problem(&format!("the variable `{variable}` is not set")))
        };
        Ok(match self.auth.unwrap_or(AuthKind::None) {
            AuthKind::None => Auth::None,
            AuthKind::Bearer => Auth::Bearer(secret("token_env", &self.token_env, "bearer")?),
            AuthKind::SigV4 => Auth::SigV4(SigV4 {
                region: named("region", &self.region, "sigv4")?,
                service: self.service.clone().unwrap_or_else(|| GATEWAY.to_owned()),
            }),
            AuthKind::OAuth => Auth::OAuth(OAuth {
                token_url: named("token_url", &self.token_url, "oauth")?,
                client_id: named("client_id", &self.client_id, "oauth")?,
                client_secret: secret("client_secret_env", &self.client_secret_env, "oauth")?,
                scope: self.scope.clone(),
                resource: self.resource.clone(),
            }),
        })
    }
}

fn seconds(given: Option<u64>, usual: Duration) -> Result<Duration, String> {
    match given {
        None => Ok(usual),
        Some(seconds @ 1..=600) => Ok(Duration::from_secs(seconds)),
        Some(other) => Err(format!("a timeout of {other} s; expected 1 to 600")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Result<AgentSettings, ConfigError> {
        let lookup = |name: &str| match name {
            "CH_PASSWORD" => Some("hidden-password".to_owned()),
            "GATEWAY_SECRET" => Some("hidden-secret".to_owned()),
            _ => None,
        };
        AgentSettings::read(&lookup, toml::from_str(file).unwrap())
    }

    #[test]
    fn servers_are_read_in_their_order_and_secrets_stay_hidden() {
        let settings = read(
            r#"
            [[mcp_servers]]
            name = "clickhouse"
            command = ["mcp-clickhouse"]
            env = { CLICKHOUSE_HOST = "logs.example.com", CLICKHOUSE_PASSWORD = "$CH_PASSWORD" }
            roles = ["research"]
            tools = ["run_query"]
            timeout_seconds = 10

            [[mcp_servers]]
            name = "gateway"
            url = "https://abc.gateway.bedrock-agentcore.us-east-1.amazonaws.com/mcp"
            auth = "sigv4"
            region = "us-east-1"
            tools = ["*"]
            read_only = true

            [[mcp_servers]]
            name = "tickets"
            url = "https://tickets.example.com/mcp"
            auth = "oauth"
            token_url = "https://login.example.com/token"
            client_id = "wherefore"
            client_secret_env = "GATEWAY_SECRET"
            tools = ["find_ticket"]

            [roles]
            folder = "team"

            [roles.research]
            model = "openai:small"
            turns = 4
            money_usd = "0.10"
            "#,
        )
        .unwrap();
        assert_eq!(
            settings.tool_names().collect::<Vec<_>>(),
            ["clickhouse__run_query", "tickets__find_ticket"]
        );
        assert_eq!(settings.servers[0].settings.call_timeout, Duration::from_secs(10));
        assert_eq!(settings.servers[1].settings.offered, Offered::ReadOnly);
        let Way::Program { environment, .. } = &settings.servers[0].settings.way else { panic!() };
        assert_eq!(environment["CLICKHOUSE_PASSWORD"], "hidden-password");
        let shown = format!("{settings:?}");
        assert!(!shown.contains("hidden"), "{shown}");
        assert_eq!(settings.roles, Some(PathBuf::from("team")));
        assert_eq!(settings.changes["research"].turns, Some(4));
    }

    #[test]
    fn a_server_that_cannot_be_used_is_named_with_what_is_wrong() {
        let server = |lines: &str| {
            read(&format!("[[mcp_servers]]\nname = \"logs\"\n{lines}")).unwrap_err().to_string()
        };
        for (lines, expected) in [
            ("tools = [\"a\"]", "give either `command`"),
            ("command = [\"x\"]\ntools = [\"*\"]", "needs `read_only = true`"),
            ("command = [\"x\"]\ntools = []", "no tool is named"),
            ("command = [\"x\"]\ntools = [\"a b\"]", "`a b` is no name of a tool"),
            ("command = []\ntools = [\"a\"]", "the command is empty"),
            (
                "command = [\"x\"]\nenv = { A = \"$ABSENT\" }\ntools = [\"a\"]",
                "the variable `ABSENT` is not set",
            ),
            ("url = \"http://example.com/mcp\"\ntools = [\"a\"]", "must be https"),
            ("url = \"https://169.254.169.254/mcp\"\ntools = [\"a\"]", "no MCP server may be"),
            (
                "url = \"https://a.example/mcp\"\nauth = \"bearer\"\ntools = [\"a\"]",
                "needs `token_env`",
            ),
            (
                "url = \"https://a.example/mcp\"\nauth = \"sigv4\"\ntools = [\"a\"]",
                "needs `region`",
            ),
            ("command = [\"x\"]\ntools = [\"a\"]\ntimeout_seconds = 0", "expected 1 to 600"),
        ] {
            let said = server(lines);
            assert!(said.contains(expected) && said.contains("`logs`"), "{said}");
        }
        let twice = "[[mcp_servers]]\nname = \"a\"\ncommand = [\"x\"]\ntools = [\"t\"]\n".repeat(2);
        assert!(read(&twice).unwrap_err().to_string().contains("two MCP servers"));
        assert!(
            toml::from_str::<AgentFile>("[[mcp_servers]]\nname = \"a\"\ntools = []\nfoo = 1")
                .is_err()
        );
        assert!(toml::from_str::<AgentFile>("[roles.analyzer]\nfoo = 1").is_err());
    }
}
