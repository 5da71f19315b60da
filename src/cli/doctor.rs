//! `wherefore doctor`: what is configured, reachable, fresh and permitted.

mod agents;
mod model;

use std::{cmp::Reverse, collections::BTreeMap, error::Error as _, net::TcpListener};

use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use serde::Serialize;
use wherefore_contract::{
    error::StoreError,
    quality::{CostDescription, Notice, NoticeCode, Severity},
    scope::Scope,
};

use super::{Context, Exit, arguments::Doctor, failure::Failure, markdown::visible};
use crate::{
    config::{AGENT_SETTINGS, Config, MODEL_SETTINGS, SETTINGS},
    rules::{self, RULE_SETTINGS},
    state::State,
    wiring,
};

// Columns in a file or pipe, where no terminal says how many there are.
const FILE_WIDTH: u16 = 140;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Check {
    what: String,
    /// `ok`, `note`, `warning` or `bad`.
    state: Health,
    detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    Ok,
    Note,
    Warning,
    Bad,
}

impl Check {
    fn new(what: &str, state: Health, detail: impl Into<String>) -> Self {
        Self { what: what.to_owned(), state, detail: visible(&detail.into()) }
    }
}

pub(super) async fn run(arguments: Doctor, context: Context) -> Result<Exit, Failure> {
    let config = context.config.with(arguments.warehouse.warehouse, None);
    let mut checks = vec![settings(&config), rule_tables(&config)];
    checks.extend(loaded(&config, context.clock.today()).await);
    checks.push(conversations(&config));
    checks.extend(model::checks(&config, context.clock.today()).await);
    checks.extend(agents::checks(&config, &context.clock).await);
    checks.push(listening(&config));
    checks.push(permitted(&config));
    let is_well = checks.iter().all(|check| check.state != Health::Bad);
    if arguments.json {
        context.output.json(&checks)?;
    } else {
        let mut table = Table::new();
        table
            .load_preset(UTF8_FULL_CONDENSED)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(context.output.width().unwrap_or(FILE_WIDTH))
            .set_header(["", "what", "detail"]);
        for check in &checks {
            let mark = match check.state {
                Health::Ok => "ok",
                Health::Note => "note",
                Health::Warning => "warning",
                Health::Bad => "BAD",
            };
            table.add_row([mark, &check.what, &check.detail]);
        }
        context.output.print(&table.to_string())?;
        let names = SETTINGS
            .iter()
            .chain(MODEL_SETTINGS)
            .chain(AGENT_SETTINGS)
            .copied()
            .chain(RULE_SETTINGS.map(|(_, name, about)| (name, about)))
            .map(|(name, about)| format!("  {name:<32} {about}"));
        context.output.print(&format!("\nSettings:\n{}", names.collect::<Vec<_>>().join("\n")))?;
    }
    Ok(if is_well { Exit::Done } else { Exit::Failed })
}

fn settings(config: &Config) -> Check {
    let file = config
        .file
        .as_ref()
        .map_or("no settings file".to_owned(), |path| path.display().to_string());
    Check::new(
        "settings",
        Health::Ok,
        format!("{file}; at most {} s a question", config.timeout.as_secs()),
    )
}

/// Which tables of rules files replace; a file that cannot be used stops every question.
fn rule_tables(config: &Config) -> Check {
    if let Err(problem) = rules::tables(&config.rules) {
        let cause = problem.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        return Check::new("rules", Health::Bad, format!("{problem}{cause}"));
    }
    let replaced = RULE_SETTINGS.iter().filter_map(|(table, setting, _)| {
        let path = config.rules.get(setting)?;
        Some(format!("{table} by `{}` ({setting})", path.display()))
    });
    let replaced: Vec<String> = replaced.collect();
    let all = RULE_SETTINGS.len();
    if replaced.is_empty() {
        return Check::new("rules", Health::Ok, format!("{all} tables, all built in"));
    }
    let detail = format!("{} of {all} tables replaced: {}", replaced.len(), replaced.join(", "));
    Check::new("rules", Health::Note, detail)
}

async fn loaded(config: &Config, today: jiff::civil::Date) -> Vec<Check> {
    let place = config.warehouse.display().to_string();
    match wiring::describe(config).await {
        Ok(description) => {
            let mut checks = vec![
                Check::new(
                    "warehouse",
                    Health::Ok,
                    format!(
                        "{place}: snapshot {}, {} charges, {}",
                        description.snapshot,
                        description.rows,
                        description.formats.join(", ")
                    ),
                ),
                freshness(&description, today),
                transactions(&description),
            ];
            checks.extend(data_checks(&description.notices));
            checks
        }
        Err(StoreError::Empty { .. }) => vec![Check::new(
            "warehouse",
            Health::Warning,
            format!(
                "{place}: nothing is loaded; `wherefore load PATH` loads a bill, `wherefore demo` makes one"
            ),
        )],
        Err(problem) => vec![Check::new("warehouse", Health::Bad, format!("{place}: {problem}"))],
    }
}

/// One line a kind of notice and severity: the whole data report stands at the end of `load`.
fn data_checks(notices: &[Notice]) -> Vec<Check> {
    let mut kinds: BTreeMap<(Reverse<Severity>, NoticeCode), (usize, &str)> = BTreeMap::new();
    for notice in notices {
        kinds
            .entry((Reverse(notice.severity), notice.code))
            .and_modify(|(count, _)| *count += 1)
            .or_insert((1, &notice.text));
    }
    kinds
        .into_iter()
        .map(|((Reverse(severity), _), (count, text))| {
            let state = match severity {
                Severity::Note => Health::Note,
                Severity::Warning | Severity::Bar => Health::Warning,
            };
            let more = if count > 1 {
                format!(" (and {} more of this kind)", count - 1)
            } else {
                String::new()
            };
            Check::new("data", state, format!("{text}{more}"))
        })
        .collect()
}

fn freshness(description: &CostDescription, today: jiff::civil::Date) -> Check {
    let Some(covered) = description.coverage else {
        return Check::new("freshness", Health::Warning, "no ordinary charge is loaded");
    };
    let days = covered.end().date().until(today).map_or(0, |span| span.get_days());
    let partial = description.periods.iter().filter(|period| !period.complete).count();
    let detail = format!(
        "charges from {} to before {} ({days} days ago); {partial} of {} billing periods are not complete",
        covered.start(),
        covered.end(),
        description.periods.len()
    );
    Check::new("freshness", Health::Ok, detail)
}

fn transactions(description: &CostDescription) -> Check {
    let with = description.transactions.iter().filter(|one| one.has_charges).count();
    if description.transactions.is_empty() {
        return Check::new(
            "transactions",
            Health::Note,
            "none are loaded: unit costs cannot be computed; load a table period,workload,transactions",
        );
    }
    Check::new(
        "transactions",
        Health::Ok,
        format!(
            "{} workloads, {with} of them with charges by the tag `{}`",
            description.transactions.len(),
            description.workload_tag
        ),
    )
}

fn conversations(config: &Config) -> Check {
    let path = config.state_path();
    if !path.exists() {
        return Check::new(
            "conversations",
            Health::Note,
            format!("{}: made when the first one is kept", path.display()),
        );
    }
    match State::open(&path).and_then(|state| state.conversations(&Scope::local().principal)) {
        Ok(lines) => Check::new(
            "conversations",
            Health::Ok,
            format!("{}: {} kept", path.display(), lines.len()),
        ),
        Err(problem) => Check::new("conversations", Health::Bad, problem.to_string()),
    }
}

fn listening(config: &Config) -> Check {
    match TcpListener::bind(config.listen) {
        Ok(_) => Check::new("listen", Health::Ok, format!("{} is free", config.listen)),
        Err(problem) => Check::new(
            "listen",
            Health::Note,
            format!("{}: {problem}; `serve` may be running", config.listen),
        ),
    }
}

fn permitted(config: &Config) -> Check {
    let hosts = if config.allowed_hosts.is_empty() {
        "loopback names only".to_owned()
    } else {
        format!("loopback names and {}", config.allowed_hosts.join(", "))
    };
    Check::new(
        "permitted",
        Health::Ok,
        format!(
            "requests that name {hosts}; tools only read; whoever reaches the port sees every row"
        ),
    )
}
