//! `wherefore roles`: who is on the team, what each may call, and what each may spend.

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use serde::Serialize;
use wherefore_contract::Decimal;
use wherefore_team::{Role, RolePrompt};

use super::{Context, Exit, arguments::Roles, failure::Failure, markdown::visible};
use crate::wiring::{WiringError, agents};

// Columns in a file or pipe, where no terminal says how many there are.
const FILE_WIDTH: u16 = 140;

/// A role as it is shown.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    name: &'a str,
    /// Whether it is one of the house's.
    built_in: bool,
    about: &'a str,
    /// Its model where it has one of its own.
    model: Option<&'a str>,
    tools: &'a [String],
    turns: u32,
    tool_calls: u32,
    seconds: u64,
    tokens: Option<u64>,
    money_usd: Option<Decimal>,
}

pub(super) async fn run(arguments: Roles, context: Context) -> Result<Exit, Failure> {
    let config = &context.config;
    let servers = agents::servers(config, &context.clock).map_err(WiringError::from)?;
    let agents = agents::agents(config, &servers).await.map_err(WiringError::from)?;
    let shown: Vec<Shown> = agents
        .roster
        .roles()
        .map(|role| shown(role, agents.models.get(&role.name).map(String::as_str)))
        .collect();
    if arguments.json {
        context.output.json(&shown)?;
        return Ok(Exit::Done);
    }
    let mut table = Table::new();
    table
        .load_preset(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(context.output.width().unwrap_or(FILE_WIDTH))
        .set_header(["role", "tools", "turns", "calls", "seconds", "tokens", "USD", "model"]);
    let or_question = |value: Option<String>| value.unwrap_or_else(|| "of the question".to_owned());
    for role in &shown {
        table.add_row([
            role.name.to_owned(),
            visible(&role.tools.join(", ")),
            role.turns.to_string(),
            role.tool_calls.to_string(),
            role.seconds.to_string(),
            or_question(role.tokens.map(|tokens| tokens.to_string())),
            or_question(role.money_usd.map(|money| money.to_string())),
            visible(role.model.unwrap_or("of the question")),
        ]);
    }
    context.output.print(&table.to_string())?;
    Ok(Exit::Done)
}

fn shown<'a>(role: &'a Role, model: Option<&'a str>) -> Shown<'a> {
    Shown {
        name: &role.name,
        built_in: matches!(role.prompt, RolePrompt::BuiltIn(_)),
        about: &role.about,
        model,
        tools: &role.tools,
        turns: role.budget.turns,
        tool_calls: role.budget.tool_calls,
        seconds: role.budget.wall.as_secs(),
        tokens: role.budget.tokens,
        money_usd: role.budget.money_usd,
    }
}
