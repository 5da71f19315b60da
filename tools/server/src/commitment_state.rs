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

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The days that utilization and coverage are of; by default the latest whole month that is loaded, or the latest 30 days.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: later days are left out, and days left count from it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// Conditions on the charges that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Gives when commitments end first, and what each lapse costs.
    #[serde(default)]
    ends: bool,
    /// Of the ends, those in this time alone, which may lie ahead.
    #[serde(default)]
    ending: Option<Period>,
    /// Gives first which savings plans can still be given back.
    #[serde(default)]
    returns: bool,
    /// Adds the figures of each month.
    #[serde(default)]
    by_month: bool,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "commitment_state",
        "State of commitments",
        "Coverage, utilization, waste, net saving and effective savings rate of the held commitments (savings \
plans, reservations), each and in all, in cost and in hours; when they end and what their lapse costs; which can \
still be given back. Use it for \"how are our commitments doing\". Do \
not use it for what to buy (plan_commitment).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let offers = &tools.rules.offers;
    let description = tools.costs.describe(&tools.scope).await?;
    let days = offers.judgement.block_days;
    let searched = format!("charges of commitments{}", conditions(&args.filters));
    let month = load::whole_month(args.as_of, &description).filter(|_| args.period.is_none());
    let latest = || load::window(args.period, args.as_of, days, &description);
    let Some(window) = month.or_else(latest) else {
        return Ok(nothing(format!("{searched}; no whole day of that time is loaded")));
    };
    let basis = Basis::of(&description);
    let scope = (&*description, window, args.by_month);
    let (held, ends, usage) = futures::try_join!(
        held::read(tools, offers, &basis, &args.filters, scope),
        ends::read(tools, &args, &description),
        usage::read(tools, offers, &basis, &args.filters, window),
    )?;
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
    let story = tables::Story { args: &args, offers, held, ends, usage, window };
    let searched = format!("{searched} in {window}, and their ends in all that is loaded");
    answered(tools, &touched, &description, story.tables(), searched)
}
