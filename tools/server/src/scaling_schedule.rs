//! `scaling_schedule`: when a workload can run on less, by the hour of the week of its transactions.

use jiff::{ToSpan as _, civil::Date};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rmcp::model::Tool;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::{Fleet, Scaling, ScalingRules, scaling_schedule};
use wherefore_contract::{
    cost::Measure,
    dimension::Dimension,
    filter::Filter,
    period::Period,
    quality::{CostDescription, TransactionCoverage},
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{found, nothing},
    refuse::Refusal,
    serve::Tools,
};

mod read;
mod tables;

// Any fixed number: the same hours always give the same interval.
const BOOTSTRAP_SEED: u64 = 0x73_65_61_73_6f_6e;
// Workloads that one call looks at where none is named.
const WORKLOADS_SEEN: usize = 24;

const EXAMPLE: &str = r#"{"workload": "checkout", "as_of": "2026-11-01"}"#;

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The workload as `list_workloads` spells it, e.g. `checkout`. Without one, every workload whose
    /// transactions are counted by the hour.
    #[serde(default)]
    workload: Option<String>,
    /// Only whole weeks in this period count; by default the last weeks that are loaded.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: it and later days are to come.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// Share of the demand that must stay free above it, in percent, e.g. `30`.
    #[serde(default)]
    headroom_percent: Option<u32>,
    /// Quantile of demand over the weeks that is planned for, in percent, e.g. `95`.
    #[serde(default)]
    quantile_percent: Option<u32>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "scaling_schedule",
        "Scaling schedule",
        "When a workload can run on fewer instances: demand by the hour of the week from transactions an \
hour, a schedule with headroom, the saving at the own rate, and a test on the last week. Use it for \"when \
can we scale in\". Do not use it for the course of costs (query_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let rules = rules(&args, &tools.rules.scaling)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let searched = searched(&args, &description);
    let workloads = workloads(&args, &description);
    let Some(window) = window(&args, &rules, &description, &workloads) else {
        return Ok(uncounted(tools, &args, &rules, &description, searched));
    };
    let measures = [Measure::EffectiveCost, Measure::Transactions];
    let dimensions = [Dimension::Workload];
    let touched =
        Touched { measures: &measures, dimensions: &dimensions, filters: &[], periods: &[window] };
    let names: Vec<&str> = workloads.iter().map(|held| held.workload.as_str()).collect();
    let read = read::read(tools, &names, window, &description).await?;
    let mut judged = Vec::new();
    for covered in &workloads {
        let Some(fleet) = read.fleets.get(&covered.workload) else { continue };
        let mut random = ChaCha8Rng::seed_from_u64(BOOTSTRAP_SEED);
        let scaling = scaling_schedule(&fleet.hours, &fleet.fleet(), &rules, &mut random);
        judged.push(tables::Judged { workload: &covered.workload, counted: true, fleet, scaling });
    }
    let own = args.workload.as_ref();
    let own = own.map(|name| Filter::any_of(Dimension::Workload, [name]));
    let filters = own.into_iter().collect();
    let window = Some(window);
    let story = tables::Story { rules: &rules, window, filters, read: &read, found: judged };
    answered(tools, &touched, &description, story.tables(), searched)
}

/// What the hours of one workload allow.
pub(crate) struct Scheduled {
    pub(crate) workload: String,
    pub(crate) fleet: Fleet,
    pub(crate) scaling: Scaling,
}

/// The schedule of every workload whose transactions are counted by the hour, from what is loaded before a day.
pub(crate) async fn schedules(
    tools: &Tools,
    until: Date,
    description: &CostDescription,
) -> Result<Vec<Scheduled>, Refusal> {
    let args = Args { as_of: Some(until), ..Args::default() };
    let workloads = workloads(&args, description);
    let Some(window) = window(&args, &tools.rules.scaling, description, &workloads) else {
        return Ok(Vec::new());
    };
    let names: Vec<&str> = workloads.iter().map(|held| held.workload.as_str()).collect();
    let read = read::read(tools, &names, window, description).await?;
    let one = |name: &&str| {
        let units = read.fleets.get(*name)?;
        let fleet = units.fleet();
        let mut random = ChaCha8Rng::seed_from_u64(BOOTSTRAP_SEED);
        let scaling = scaling_schedule(&units.hours, &fleet, &tools.rules.scaling, &mut random);
        Some(Scheduled { workload: (*name).to_owned(), fleet, scaling })
    };
    Ok(names.iter().filter_map(one).collect())
}

/// The verdict on a workload whose transactions are counted by the day only; nothing on any other.
fn uncounted(
    tools: &Tools,
    args: &Args,
    rules: &ScalingRules,
    description: &CostDescription,
    searched: String,
) -> Found {
    let named = args.workload.as_deref().unwrap_or_default();
    let daily = description
        .transactions
        .iter()
        .find(|covered| !is_hourly(covered) && covered.workload.eq_ignore_ascii_case(named.trim()));
    let Some(covered) = daily else { return nothing(searched) };
    let read = read::Read::default();
    let fleet = read::Units::default();
    let judged = tables::Judged {
        workload: &covered.workload,
        counted: false,
        fleet: &fleet,
        scaling: Scaling::unknown(),
    };
    let filters = vec![Filter::any_of(Dimension::Workload, [covered.workload.clone()])];
    let window = Some(covered.period);
    let story = tables::Story { rules, window, filters, read: &read, found: vec![judged] };
    found(story.tables(), tools.costs.snapshot(), searched)
}

fn rules(args: &Args, rules: &ScalingRules) -> Result<ScalingRules, Refusal> {
    let share = |percent: u32| Decimal::new(i64::from(percent), 2).to_f64().unwrap_or_default();
    if args.quantile_percent.is_some_and(|percent| !(50..=100).contains(&percent)) {
        return Err(Refusal::Failed("`quantile_percent` must lie between 50 and 100".to_owned()));
    }
    if args.headroom_percent.is_some_and(|percent| percent > 400) {
        return Err(Refusal::Failed("`headroom_percent` must lie between 0 and 400".to_owned()));
    }
    Ok(ScalingRules {
        headroom: args.headroom_percent.map_or(rules.headroom, share),
        quantile: args.quantile_percent.map_or(rules.quantile, share),
        ..rules.clone()
    })
}

fn is_hourly(covered: &TransactionCoverage) -> bool {
    covered.grain == "hour"
}

/// The workloads to look at: the named one, or all that are counted by the hour.
fn workloads<'a>(args: &Args, description: &'a CostDescription) -> Vec<&'a TransactionCoverage> {
    let named = args.workload.as_deref().map(|name| name.trim().to_lowercase());
    let wanted = |covered: &&TransactionCoverage| {
        is_hourly(covered)
            && named.as_ref().is_none_or(|name| covered.workload.to_lowercase() == *name)
    };
    description.transactions.iter().filter(wanted).take(WORKLOADS_SEEN).collect()
}

/// The last weeks of what is loaded of both charges and transactions.
fn window(
    args: &Args,
    rules: &ScalingRules,
    description: &CostDescription,
    workloads: &[&TransactionCoverage],
) -> Option<Period> {
    let charged = description.coverage?;
    let first = workloads.iter().map(|held| held.period.start()).min()?;
    let last = workloads.iter().map(|held| held.period.end()).max()?;
    let midnight = jiff::civil::Time::midnight();
    let today = args.as_of.map(|day| day.to_datetime(midnight));
    let asked = args.period.map(|period| (period.start(), period.end()));
    let end = [Some(charged.end()), Some(last), today, asked.map(|(_, end)| end)];
    let end = end.into_iter().flatten().min()?;
    // One week more than is used, as the last one may be cut.
    let weeks = i64::try_from(rules.max_weeks).unwrap_or(i64::MAX).saturating_add(1);
    let reach = end.checked_sub(weeks.weeks()).ok();
    let start = [Some(charged.start()), Some(first), reach, asked.map(|(start, _)| start)];
    Period::new(start.into_iter().flatten().max()?, end).ok()
}

fn searched(args: &Args, description: &CostDescription) -> String {
    let of = |wanted: bool| -> Vec<&str> {
        let held = description.transactions.iter().filter(|held| is_hourly(held) == wanted);
        held.map(|held| held.workload.as_str()).take(WORKLOADS_SEEN).collect()
    };
    let (hourly, daily) = (of(true), of(false));
    let named = args.workload.as_deref().unwrap_or_default();
    let whose = if named.is_empty() { String::new() } else { format!(" of `{named}`") };
    let known = if hourly.is_empty() {
        "no workload is counted by the hour".to_owned()
    } else {
        format!("counted by the hour are {}", hourly.join(", "))
    };
    let is_daily = daily.iter().any(|held| held.eq_ignore_ascii_case(named));
    let by_day =
        if is_daily { format!("; `{named}` is counted by the day") } else { String::new() };
    format!("transactions by hour and hours of instances{whose}; {known}{by_day}")
}
