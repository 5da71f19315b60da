//! What is configured about a server, checked before anything is reached.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use aws_credential_types::provider::SharedCredentialsProvider;

use crate::{
    address::{self, AddressError},
    auth::{Auth, Clock},
    names,
};

/// One server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// Small letters, digits and hyphens; its tools are `name__tool` here.
    pub name: String,
    pub way: Way,
    pub offered: Offered,
    /// The longest time until it lists its tools. Servers in Python take 2 to 15 s to start.
    pub connect_timeout: Duration,
    /// The longest time of one call.
    pub call_timeout: Duration,
    /// Calls under way at a time.
    pub concurrent: usize,
    /// The hash of the definitions that were agreed to, as `wherefore doctor` shows it: others are refused.
    pub pin: Option<String>,
}

/// How a server is reached.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// A program that speaks MCP on its standard input and output. It gets `environment` and, of ours, what programs need
    /// to run at all; never our keys.
    Program { command: Vec<String>, environment: BTreeMap<String, String> },
    /// Streamable HTTP.
    Http { url: String, auth: Auth },
}

impl fmt::Debug for Way {
    // Values of the environment may be secrets.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program { command, environment } => out
                .debug_struct("Program")
                .field("command", command)
                .field("environment", &environment.keys().collect::<Vec<_>>())
                .finish(),
            Self::Http { url, auth } => {
                out.debug_struct("Http").field("url", url).field("auth", auth).finish()
            }
        }
    }
}

/// Which of a server's tools agents may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// These, as the server names them.
    Named(Vec<String>),
    /// Every tool of which the server says that it only reads.
    ReadOnly,
}

/// What comes from outside: the clock, AWS credentials, and the trace that a call belongs to.
#[derive(Clone)]
pub struct Outside {
    /// The time by which requests are signed.
    pub clock: Clock,
    /// `None` leaves it to the usual chain of the AWS SDK, asked when the first request is signed.
    pub credentials: Option<SharedCredentialsProvider>,
    /// The W3C `traceparent` of the call that is under way, where traces are on.
    pub trace: Arc<dyn Fn() -> Option<String> + Send + Sync>,
    /// Variables that every program gets beside its own, e.g. `PATH`.
    pub environment: BTreeMap<String, String>,
}

impl fmt::Debug for Outside {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Outside").finish_non_exhaustive()
    }
}

/// Variables of ours that programs may see: nothing else of our environment reaches them.
pub const PASSED_ON: &[&str] =
    &["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"];

/// A server's settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServer {
    #[error(
        "MCP server `{name}`: a name has small letters, digits and hyphens, a letter first, at most 32 of them"
    )]
    Name { name: String },
    #[error("two MCP servers are named `{name}`")]
    Twice { name: String },
    #[error("MCP server `{name}`: the command is empty")]
    NoCommand { name: String },
    #[error("MCP server `{name}`: no tool is named; list them in `tools`")]
    NoTools { name: String },
    #[error("MCP server `{name}`: `{tool}` is no name of a tool")]
    Tool { name: String, tool: String },
    #[error("MCP server `{name}`: {problem}")]
    Address { name: String, problem: AddressError },
}

impl ServerSettings {
    /// Checks what can be checked without reaching the server.
    ///
    /// # Errors
    /// When a name, address or list of tools cannot be used.
    pub fn check(&self) -> Result<(), InvalidServer> {
        let name = self.name.clone();
        if !names::is_server(&self.name) {
            return Err(InvalidServer::Name { name });
        }
        match &self.offered {
            Offered::Named(tools) if tools.is_empty() => {
                return Err(InvalidServer::NoTools { name });
            }
            Offered::Named(tools) => {
                if let Some(tool) = tools.iter().find(|tool| !names::is_tool(tool)) {
                    return Err(InvalidServer::Tool { name, tool: tool.clone() });
                }
            }
            Offered::ReadOnly => {}
        }
        match &self.way {
            Way::Program { command, .. } => {
                let is_empty = command.first().is_none_or(String::is_empty);
                if is_empty { Err(InvalidServer::NoCommand { name }) } else { Ok(()) }
            }
            Way::Http { url, auth } => {
                let addresses = std::iter::once(url.as_str()).chain(auth.addresses());
                for url in addresses {
                    address::check(url).map_err(|problem| InvalidServer::Address {
                        name: name.clone(),
                        problem,
                    })?;
                }
                Ok(())
            }
        }
    }

    /// The names here of the tools that are named; empty when the server says which only read.
    #[must_use]
    pub fn tool_names(&self) -> Vec<String> {
        match &self.offered {
            Offered::Named(tools) => {
                tools.iter().map(|tool| names::ours(&self.name, tool)).collect()
            }
            Offered::ReadOnly => Vec::new(),
        }
    }
}
