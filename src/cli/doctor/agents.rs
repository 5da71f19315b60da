//! Whether roles can be read and other people's MCP servers reached.

use std::error::Error as _;

use wherefore_remote::ServerState;

use super::{Check, Health};
use crate::{clock::Clock, config::Config, wiring::agents};

/// One line for the roles, and one for each server.
pub(super) async fn checks(config: &Config, clock: &Clock) -> Vec<Check> {
    let servers = match agents::servers(config, clock) {
        Ok(servers) => servers,
        Err(problem) => return vec![Check::new("mcp servers", Health::Bad, problem.to_string())],
    };
    let mut checks = vec![match agents::agents(config, &servers).await {
        Ok(agents) => {
            let names: Vec<&str> = agents.roster.roles().map(|role| role.name.as_str()).collect();
            let folder = config.agents.roles.as_ref();
            let folder = folder.map(|folder| format!("; own ones from `{}`", folder.display()));
            Check::new(
                "roles",
                Health::Ok,
                format!("{}{}", names.join(", "), folder.unwrap_or_default()),
            )
        }
        Err(problem) => {
            let cause = problem.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            Check::new("roles", Health::Bad, format!("{problem}{cause}"))
        }
    }];
    checks.extend(servers.look().await.iter().map(|state| server(config, state)));
    checks
}

fn server(config: &Config, state: &ServerState) -> Check {
    let what = format!("mcp {}", state.name);
    let tools = match &state.tools {
        // Questions are answered without it, and say so.
        Err(problem) => {
            return Check::new(&what, Health::Warning, format!("not reached: {problem}"));
        }
        Ok(tools) => tools,
    };
    let mark =
        |only_reads: bool| if only_reads { "" } else { " (does not say that it only reads)" };
    let lines: Vec<String> = tools
        .iter()
        .map(|tool| match tool.refused {
            None => format!("{}{}", tool.name, mark(tool.only_reads)),
            Some(why) => format!("{} is not offered: {why}", tool.name),
        })
        .collect();
    let settings = config.agents.servers.iter().find(|each| each.settings.name == state.name);
    let roles = settings.map(|each| each.roles.join(", ")).unwrap_or_default();
    let roles = if roles.is_empty() { "roles that name its tools".to_owned() } else { roles };
    let is_pinned = settings.is_some_and(|each| each.settings.pin.is_some());
    let pin = if is_pinned { String::new() } else { format!("; pin = \"{}\"", state.hash) };
    let health =
        if tools.iter().any(|tool| tool.refused.is_some()) { Health::Warning } else { Health::Ok };
    Check::new(&what, health, format!("for {roles}: {}{pin}", lines.join(", ")))
}
