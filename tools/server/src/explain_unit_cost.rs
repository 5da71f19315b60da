//! `explain_unit_cost`: why a unit cost, or a cost, moved between two periods.
//!
//! Joins what the stores know (lines of both periods, days, transactions) and leaves the arithmetic
//! to `wherefore_analysis`.

use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::{Transactions, build_bridge, judge_regime, split_prices};
use wherefore_contract::{
    cost::Measure,
    dimension::Dimension,
    filter::{Filter, FilterOp},
    metadata::MetadataQuery,
    period::Period,
    tool::Found,
};

use crate::{
    answered::Touched,
    arguments::Arguments,
    catalogue::reading_tool,
    fact_table::{found, nothing},
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

mod days;
mod guard;
mod lines;
mod parts;
mod prices;
mod tables;

// Any fixed number: the same days always give the same interval.
const BOOTSTRAP_SEED: u64 = 0x77_68_65_72_65;

const EXAMPLE: &str = r#"{"workload": "checkout", "from": {"start": "2026-03-01", "end": "2026-04-01"}, "to": {"start": "2026-04-01", "end": "2026-05-01"}}"#;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The workload as `list_workloads` spells it, e.g. `checkout`. Without one, or for a workload
    /// without transactions, the cost is explained instead of the unit cost.
    #[serde(default)]
    workload: Option<String>,
    /// Conditions on the charges that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// The earlier period.
    from: Period,
    /// The later period, as long as the earlier; whole months stand for each other.
    to: Period,
    /// Also the bridge of each part, e.g. `region`, `sub_account`, `tag:team`: `bridge` then has a
    /// column for it, and `parts` one row a part.
    #[serde(default)]
    by: Option<Dimension>,
}

/// What is explained, once the arguments are understood.
#[derive(Debug)]
struct Request {
    workload: Option<String>,
    /// All conditions on the charges, the workload's among them.
    filters: Vec<Filter>,
    from: Period,
    to: Period,
    by: Option<Dimension>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "explain_unit_cost",
        "Explain a change",
        "Splits the change of a workload's unit cost between two complete periods into volume, intensity, \
mix, price, new, gone and non-operating lines, and judges the regime; without transactions it splits a \
cost. Use it for \"why did it rise\". Do not use it for plain figures (unit_cost, compare_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let request = understand(arguments.read(EXAMPLE)?);
    guard::comparable(request.from, request.to)?;
    guard::divisible(request.by.as_ref())?;
    let description = tools.costs.describe(&tools.scope).await?;
    let searched = request.searched();
    let touched_measures =
        [Measure::EffectiveCost, Measure::Transactions, Measure::ListCost, Measure::ContractedCost];
    let touched = Touched {
        measures: &touched_measures,
        dimensions: request.by.as_slice(),
        filters: &request.filters,
        periods: &[request.from, request.to],
    };
    let notices = touched.notices(&description);
    let counted = match guard::counted(&request, &description) {
        Ok(counted) => counted,
        Err(reason) => return Ok(Found { notices, ..nothing(format!("{searched}; {reason}")) }),
    };
    if let Some(reason) = guard::not_loaded(&request, &description) {
        return Ok(Found { notices, ..nothing(format!("{searched}; {reason}")) });
    }

    let basis = lines::Basis::of(&description);
    let (lines, days) = futures::try_join!(
        lines::read(tools, &request, &basis),
        days::read(tools, &request, &basis, &description, counted)
    )?;
    if lines.charges.is_empty() {
        return match unknown_workload(tools, &request).await? {
            Some(refusal) => Err(refusal),
            None => Ok(Found { notices, ..nothing(searched) }),
        };
    }
    let transactions = days.transactions().map(|(from, to)| Transactions { from, to });
    let bridge = build_bridge(&lines.charges, transactions);
    let prices = lines.prices.as_ref();
    let prices = prices.and_then(|prices| split_prices(prices, &bridge, transactions));
    let parts = request.by.is_some().then(|| parts::bridges(&lines, transactions));
    let verdict = transactions.map(|_| {
        let mut random = ChaCha8Rng::seed_from_u64(BOOTSTRAP_SEED);
        judge_regime(&days.from, &days.to, &tools.rules.regime, &mut random)
    });
    let story = tables::Story {
        request: &request,
        basis: &basis,
        lines,
        days,
        bridge,
        prices,
        parts: parts.unwrap_or_default(),
        verdict,
    };
    Ok(Found { notices, ..found(story.tables(), tools.costs.snapshot(), searched) })
}

fn understand(args: Args) -> Request {
    let Args { workload, mut filters, from, to, by } = args;
    let named = |filter: &Filter| match filter.values.as_slice() {
        [only] if filter.dimension == Dimension::Workload && filter.op == FilterOp::In => {
            Some(only.clone())
        }
        _ => None,
    };
    let workload = workload
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .or_else(|| filters.iter().find_map(named));
    if let Some(name) = &workload
        && !filters.iter().any(|filter| named(filter).as_ref() == Some(name))
    {
        filters.insert(0, Filter::any_of(Dimension::Workload, [name.clone()]));
    }
    Request { workload, filters, from, to, by }
}

impl Request {
    fn searched(&self) -> String {
        format!(
            "effective cost by cloud service and usage type, and transactions{} in {} and in {}",
            conditions(&self.filters),
            self.from,
            self.to
        )
    }
}

/// When the catalog knows no such workload, says which one is nearest.
async fn unknown_workload(tools: &Tools, request: &Request) -> Result<Option<Refusal>, Refusal> {
    let Some(name) = &request.workload else { return Ok(None) };
    let query =
        MetadataQuery { text: name.clone(), dimensions: vec![Dimension::Workload], limit: Some(1) };
    let hits = tools.metadata.find(&query, &tools.scope).await?;
    Ok(hits.first().filter(|hit| !hit.value.eq_ignore_ascii_case(name)).map(|hit| {
        Refusal::Failed(format!("no workload is called `{name}`; the nearest is `{}`", hit.value))
    }))
}
