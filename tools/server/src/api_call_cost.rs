//! `api_call_cost`: what calls of interfaces cost, by operation and by client, and which could be spared.

use futures::try_join;
use jiff::{ToSpan as _, civil::Date};
use rmcp::model::Tool;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    calls::CallQuery, cost::Measure, dimension::Dimension, filter::Filter, period::Period,
    quality::CostDescription, tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::nothing,
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

mod bill;
mod clients;
mod tables;

const EXAMPLE: &str =
    r#"{"workload": "checkout", "period": {"start": "2026-04-01", "end": "2026-05-01"}}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The workload as `list_workloads` spells it, e.g. `checkout`; without one, all of them.
    #[serde(default)]
    workload: Option<String>,
    /// Conditions on the charges that must all hold, e.g. on `cloud_service`.
    #[serde(default)]
    filters: Vec<Filter>,
    /// By default the last month that is loaded in full.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: it and later days are to come.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "api_call_cost",
        "Cost of API calls",
        "What a million calls cost by operation, at the own rate, and by client where calls of clients are \
loaded: calls per transaction, how they moved, what could be spared. Use it for \"what does an API call cost\" \
and \"which client calls too much\". Do not use it for a cost per transaction (unit_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let named = args.workload.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mut filters = args.filters.clone();
    if let Some(name) = named {
        filters.retain(|filter| filter.dimension != Dimension::Workload);
        filters.insert(0, Filter::any_of(Dimension::Workload, [name]));
    }
    let Some(period) = args.period.or_else(|| last_month(&description, args.as_of)) else {
        return Ok(nothing("request meters of the bill; nothing is loaded".to_owned()));
    };
    let searched = format!(
        "usage of meters that count calls{} in {period}, and calls of clients",
        conditions(&filters)
    );
    let measures = [Measure::EffectiveCost];
    let touched =
        Touched { measures: &measures, dimensions: &[], filters: &filters, periods: &[period] };
    let lines = bill::Lines::of(&description);
    let before = before(period);
    let query = |period: Period| CallQuery { period, workload: named.map(str::to_owned) };
    let (now, earlier) = (query(period), before.map(query));
    let (bill, called, called_before) = try_join!(
        bill::read(tools, &lines, &filters, period, &description),
        async { Ok(tools.costs.calls(&now, &tools.scope).await?) },
        async {
            match &earlier {
                Some(query) => Ok(tools.costs.calls(query, &tools.scope).await?),
                None => Ok(None),
            }
        }
    )?;
    let spans = clients::Spans { now: period, before };
    let clients = match called {
        // Conditions on charges say nothing of calls by client.
        Some(called) if !called.table.rows.is_empty() && args.filters.is_empty() => {
            let tables = [Some(&called), called_before.as_ref()];
            let seen = clients::Seen::of(tables);
            Some(clients::judge(tools, &lines, seen, spans, &description).await?)
        }
        Some(_) | None => None,
    };
    let story = tables::Story { period, before, filters: &filters, bill: &bill, clients, tools };
    answered(tools, &touched, &description, story.tables(), searched)
}

/// What one client calls of one operation, and what of it could be spared in the period.
pub(crate) struct Excess {
    pub(crate) workload: String,
    pub(crate) operation: String,
    pub(crate) client: String,
    /// Id of the pattern that counts the operation on the bill.
    pub(crate) meter: String,
    /// Least, expected and most; `None` where nothing stands out.
    pub(crate) saving: Option<[Decimal; 3]>,
}

/// What clients call of the operations that meters of the bill count; `None` where no calls of clients are loaded.
pub(crate) async fn excesses(
    tools: &Tools,
    period: Period,
    description: &CostDescription,
) -> Result<Option<Vec<Excess>>, Refusal> {
    let before = before(period);
    let query = |period: Period| CallQuery { period, workload: None };
    let Some(now) = tools.costs.calls(&query(period), &tools.scope).await? else {
        return Ok(None);
    };
    if now.table.rows.is_empty() {
        return Ok(None);
    }
    let earlier = match before {
        Some(before) => tools.costs.calls(&query(before), &tools.scope).await?,
        None => None,
    };
    let lines = bill::Lines::of(description);
    let seen = clients::Seen::of([Some(&now), earlier.as_ref()]);
    let spans = clients::Spans { now: period, before };
    let judged = clients::judge(tools, &lines, seen, spans, description).await?;
    let metered = judged.into_iter().filter(|held| held.basis == clients::Basis::Metered);
    let one = |held: clients::Judged| {
        let meter = tools.rules.meters.of_operation(&held.operation)?.id.clone();
        let clients::Judged { workload, operation, client, saving, .. } = held;
        Some(Excess { workload, operation, client, meter, saving })
    };
    Ok(Some(metered.filter_map(one).collect()))
}

/// The last calendar month that is loaded to its end before a day; else what is loaded.
fn last_month(description: &CostDescription, as_of: Option<Date>) -> Option<Period> {
    let loaded = description.coverage?;
    let midnight = jiff::civil::Time::midnight();
    let today = as_of.map(|day| day.to_datetime(midnight));
    let end = today.map_or(loaded.end(), |today| today.min(loaded.end()));
    let running = Period::month_of(end.date());
    let last = running.start().date().yesterday().ok().map(Period::month_of)?;
    if last.start() >= loaded.start() { Some(last) } else { Some(loaded) }
}

/// The stretch of equal length before; the calendar month before a calendar month.
fn before(period: Period) -> Option<Period> {
    if let Some(first) = period.single_month() {
        return first.yesterday().ok().map(Period::month_of);
    }
    let start = period.start().checked_sub(period.hours().hours()).ok()?;
    Period::new(start, period.start()).ok()
}
