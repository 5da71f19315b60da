//! `find_savings`: what can be saved in a month, in the order of doing, no dollar twice.
//!
//! Reads the lines that the rules are about in a few aggregates, and leaves checks and plan to
//! `wherefore_analysis`.

use futures::try_join;
use jiff::civil::Date;
use rmcp::model::Tool;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::savings::{
    Candidate, Check, Estate, Find, Judged, Looked, Rules, check, measure, plan,
};
use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::Filter,
    period::Period,
    quality::{CostDescription, Severity},
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::nothing,
    refuse::Refusal,
    searched::{conditions, list},
    serve::Tools,
};

mod beside;
mod days;
mod market;
mod read;
mod tables;
mod telemetry;

use beside::Beside;
use market::OnDemand;

const EXAMPLE: &str =
    r#"{"period": {"start": "2026-10-01", "end": "2026-11-01"}, "checks": ["gp2_to_gp3"]}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The time whose cost is looked at; by default the last complete month. Of more than a month the last
    /// complete one counts.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking; by default the day after the last loaded one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// Conditions that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Only these checks, e.g. `["idle_nat_gateway"]`; by default all of them.
    #[serde(default)]
    checks: Vec<String>,
    /// So many savings, the largest, are listed one by one, e.g. `5`; by default what the rules say. Totals are of all.
    #[serde(default)]
    top: Option<u32>,
    /// Leaves out what saves less in a month, e.g. `10`; by default what the rules say.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    min_monthly: Option<Decimal>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "find_savings",
        "Find savings",
        "What can be saved a month: idle and unused resources, gp3, Graviton, storage classes, schedules, \
commitments; at own rates, with ranges, in the order of doing and without overlap. Use it for \"what can we \
save\". Do not use it for what discounts saved already (query_cost).",
    )
}

/// What is looked at, once the arguments are understood.
struct Request {
    period: Period,
    filters: Vec<Filter>,
    rules: Rules,
    /// Ids of the checks that are run.
    checks: Vec<String>,
}

impl Request {
    fn checks(&self) -> Vec<&Check> {
        let is_asked = |check: &&Check| self.checks.contains(&check.id);
        self.rules.checks.iter().filter(is_asked).collect()
    }

    fn searched(&self) -> String {
        format!(
            "usage of the checks {}{} in {}",
            list(&self.checks),
            conditions(&self.filters),
            self.period
        )
    }
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let rules = rules(tools, &args);
    let asked = asked(&args.checks, &rules)?;
    let Some(period) = days::month(args.period, args.as_of, &description) else {
        let searched =
            format!("usage of the checks {}; no whole day of it is loaded", list(&asked));
        return Ok(nothing(searched));
    };
    let request = Request { period, filters: args.filters, rules, checks: asked };
    let cost = cost_measure(&description);
    let checks = request.checks();
    let commitment = checks.iter().copied().find(|check| check.find == Find::Commit);
    let ((beside, read), on_demand) = try_join!(
        async {
            let beside = Beside::read(tools, &request, &checks, &description).await?;
            let workloads = beside.workloads();
            let read = read::read(tools, &request, &description, &cost, &workloads).await?;
            Ok::<_, Refusal>((beside, read))
        },
        on_demand(tools, &request, &description, commitment.is_some()),
    )?;
    let found = check(&read.estate, &request.rules, &checks);
    let (telemetry, mut judged) = judged(tools, &request, &read.estate, found).await?;
    let (more, seen) = beside.propose(tools, &read.estate);
    judged.candidates.extend(more);
    for seen in seen {
        replace(&mut judged.looked, seen);
    }
    let planned = plan(&read.estate, &request.rules, &judged.candidates);
    let plan = match commitment.zip(on_demand.as_ref()) {
        Some((check, held)) => {
            let touched = planned.touched();
            let market = held.market(tools, &request, &description, &read.estate, &touched).await?;
            let plan = planned.commit(check, &market);
            replace(&mut judged.looked, held.looked(check, &plan));
            plan
        }
        None => planned.done(),
    };
    let story = tables::Story {
        request: &request,
        read: &read,
        on_demand: on_demand.as_ref(),
        plan: &plan,
        judged: &judged,
        telemetry: telemetry.as_ref(),
        signals: &tools.rules.signals,
    };
    let dimensions = [Dimension::Column(FocusDimension::ResourceId)];
    let touched = Touched {
        measures: std::slice::from_ref(&cost),
        dimensions: &dimensions,
        filters: &request.filters,
        periods: &[period],
    };
    answered(tools, &touched, &description, story.tables(), request.searched())
}

async fn on_demand(
    tools: &Tools,
    request: &Request,
    description: &CostDescription,
    is_asked: bool,
) -> Result<Option<OnDemand>, Refusal> {
    if is_asked { Ok(Some(OnDemand::read(tools, request, description).await?)) } else { Ok(None) }
}

// What the bill told, judged by what telemetry measured, where some of it is loaded.
async fn judged(
    tools: &Tools,
    request: &Request,
    estate: &Estate,
    found: (Vec<Candidate>, Vec<Looked>),
) -> Result<(Option<telemetry::Read>, Judged), Refusal> {
    let held = telemetry::read(tools, request, estate).await?;
    let judged = match &held {
        Some(held) => measure(estate, &request.rules, &request.checks(), &held.telemetry, found),
        None => Judged { candidates: found.0, looked: found.1, ..Judged::default() },
    };
    Ok((held, judged))
}

// What others looked at takes the place of what the lines of the bill tell.
fn replace(looked: &mut [Looked], seen: Looked) {
    if let Some(held) = looked.iter_mut().find(|held| held.check == seen.check) {
        *held = seen;
    }
}

fn rules(tools: &Tools, args: &Args) -> Rules {
    let mut rules = tools.rules.savings.clone();
    let settings = &mut rules.settings;
    settings.min_monthly = args.min_monthly.unwrap_or(settings.min_monthly);
    settings.shown = args.top.and_then(|top| usize::try_from(top).ok()).unwrap_or(settings.shown);
    rules
}

fn asked(wanted: &[String], rules: &Rules) -> Result<Vec<String>, Refusal> {
    let all = || rules.checks.iter().map(|check| check.id.clone());
    if let Some(unknown) = wanted.iter().find(|id| rules.check(id).is_none()) {
        let known: Vec<String> = all().collect();
        return Err(Refusal::Failed(format!(
            "no check is called `{unknown}`; there are {}",
            list(&known)
        )));
    }
    Ok(all().filter(|id| wanted.is_empty() || wanted.contains(id)).collect())
}

/// Effective cost, or what answers should use where the data bars it.
fn cost_measure(description: &CostDescription) -> Measure {
    let effective = Measure::EffectiveCost.to_string();
    let is_barred = description
        .notices
        .iter()
        .any(|notice| notice.severity == Severity::Bar && notice.subject == effective);
    match &description.default_cost {
        Some(other) if is_barred && other.is_cost() => other.clone(),
        Some(_) | None => Measure::EffectiveCost,
    }
}
