//! `commitment_state`: how the commitments that are held do, what they cover, and when they end.

use jiff::civil::Date;
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::{CommitmentFigure, Measure},
    filter::Filter,
    period::Period,
    tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    commitments::{
        load,
        usage::{self, Basis},
    },
    fact_table::nothing,
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

mod ends;
mod held;
mod tables;

const EXAMPLE: &str = r#"{"period": {"start": "2026-04-01", "end": "2026-05-01"}}"#;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The days that utilization and coverage are of; by default the latest 30 that are loaded.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: later days are left out, and days left count from it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// Conditions on the charges that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Gives when commitments end first.
    #[serde(default)]
    ends: bool,
    /// Adds the figures of each month.
    #[serde(default)]
    by_month: bool,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "commitment_state",
        "State of commitments",
        "Coverage, utilization, waste, net saving and effective savings rate of the held commitments (savings \
plans, reservations), each and in all, and when they end. Use it for \"how are our commitments doing\". Do \
not use it for what to buy (plan_commitment).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let offers = &tools.rules.offers;
    let description = tools.costs.describe(&tools.scope).await?;
    let days = offers.judgement.block_days;
    let searched = format!("charges of commitments{}", conditions(&args.filters));
    let Some(window) = load::window(args.period, args.as_of, days, &description) else {
        return Ok(nothing(format!("{searched}; no whole day of that time is loaded")));
    };
    let basis = Basis::of(&description);
    let held = held::read(tools, &basis, &args.filters, window, args.by_month).await?;
    let ends = ends::read(tools, &args, &description).await?;
    let usage = usage::read(tools, offers, &basis, &args.filters, window).await?;
    let measures = [
        Measure::Commitment(CommitmentFigure::Used),
        Measure::Commitment(CommitmentFigure::Unused),
        Measure::ContractedCost,
    ];
    let touched = Touched {
        measures: &measures,
        dimensions: &[],
        filters: &args.filters,
        periods: &[window],
    };
    let story = tables::Story { args: &args, held, ends, usage, window };
    let searched = format!("{searched} in {window}, and their ends in all that is loaded");
    answered(tools, &touched, &description, story.tables(), searched)
}
