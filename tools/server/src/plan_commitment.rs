//! `plan_commitment`: what to commit to, what it would save and risk, and what a commitment of one's own would do.

use jiff::civil::Date;
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_analysis::commitment::{
    offers::{self, OfferTable},
    plan::Cut,
};
use wherefore_contract::{
    Decimal,
    cost::Measure,
    filter::Filter,
    period::Period,
    quality::CostDescription,
    tool::{FactTable, Found},
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    catalogue::reading_tool,
    commitments::{
        load::{self, Fineness, Loads},
        usage::{self, Basis, Usage},
    },
    fact_table::nothing,
    refuse::Refusal,
    searched::conditions,
    serve::Tools,
};

mod candidates;
mod even;
mod tables;

const EXAMPLE: &str = r#"{"term_months": 12, "payment": "no_upfront"}"#;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The days that tell the load; by default the latest three months that are loaded.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: later days are left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// Conditions on the charges that must all hold.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Part of an offer's name, e.g. `savings plan`, `reserved`.
    #[serde(default)]
    offer: Option<String>,
    /// 12 or 36.
    #[serde(default)]
    term_months: Option<u32>,
    #[serde(default)]
    payment: Option<Payment>,
    /// What if this much is committed an hour, in the currency of the bill, e.g. `2.50`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    hourly_commitment: Option<Decimal>,
    /// Tells when offers break even at this utilization in percent, e.g. `70`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    utilization: Option<Decimal>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "as providers call them")]
enum Payment {
    NoUpfront,
    PartialUpfront,
    AllUpfront,
}

impl From<Payment> for offers::Payment {
    fn from(payment: Payment) -> Self {
        match payment {
            Payment::NoUpfront => Self::NoUpfront,
            Payment::PartialUpfront => Self::PartialUpfront,
            Payment::AllUpfront => Self::AllUpfront,
        }
    }
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "plan_commitment",
        "Plan a commitment",
        "What hourly commitment (savings plan, reserved instance, committed use) saves most on the usage that \
is still paid on demand, by offer, term and payment, with range, risk and break-even; or what a given \
commitment would bring. Use it for \"how much should we commit\". Do not use it for commitments that are \
held (commitment_state).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    check(&args)?;
    let offers = &tools.rules.offers;
    let description = tools.costs.describe(&tools.scope).await?;
    if let Some(utilization) = args.utilization {
        return Ok(even::answer(tools, &args, offers, utilization));
    }
    let judged = &offers.judgement;
    let searched = |window: &str| {
        format!(
            "usage that commitments can cover, at on-demand prices{}{window}",
            conditions(&args.filters)
        )
    };
    let Some(window) = load::window(args.period, args.as_of, judged.window_days, &description)
        .filter(|window| window.days() >= i64::from(judged.least_days))
    else {
        let least = judged.least_days;
        return Ok(nothing(searched(&format!(
            "; fewer than {least} whole days are loaded, too few to tell a load"
        ))));
    };
    let basis = Basis::of(&description);
    let usage = usage::read(tools, offers, &basis, &args.filters, window).await?;
    if usage.groups.values().all(|group| group.on_demand.is_empty()) {
        return Ok(nothing(searched(&format!(" in {window}; none of it is paid on demand"))));
    }
    let loads = load::read(tools, offers, &basis, &args.filters, &usage, window).await?;
    let story = Story { args: &args, offers, basis, usage, loads, window };
    let tables = story.tables();
    story.answered(tools, &description, tables, &searched(&format!(" in {window}")))
}

fn check(args: &Args) -> Result<(), Refusal> {
    let wrong = |text: &str| Err(Refusal::Failed(text.to_owned()));
    if args.hourly_commitment.is_some_and(|hourly| hourly <= Decimal::ZERO) {
        return wrong("`hourly_commitment` is an amount above zero");
    }
    let percent = |part: Decimal| part > Decimal::ZERO && part <= Decimal::ONE_HUNDRED;
    if args.utilization.is_some_and(|part| !percent(part)) {
        return wrong("`utilization` is a percentage above 0 and at most 100");
    }
    Ok(())
}

/// What was read for a plan.
struct Story<'a> {
    args: &'a Args,
    offers: &'a OfferTable,
    basis: Basis,
    usage: Usage,
    loads: Loads,
    window: Period,
}

impl Story<'_> {
    fn cut(&self) -> Cut {
        let judged = &self.offers.judgement;
        let long = self.loads.fineness.points(i64::from(judged.block_days));
        let points = self.loads.fineness.points(self.window.days());
        let block = if points < long.saturating_mul(2) {
            self.loads.fineness.points(i64::from(judged.short_block_days))
        } else {
            long
        };
        Cut { block, training_part: judged.training_part }
    }

    fn answered(
        &self,
        tools: &Tools,
        description: &CostDescription,
        tables: Vec<FactTable>,
        searched: &str,
    ) -> Result<Found, Refusal> {
        let measures = [self.basis.cost.clone(), Measure::ContractedCost];
        let touched = Touched {
            measures: &measures,
            dimensions: &[],
            filters: &self.args.filters,
            periods: &[self.window],
        };
        let grain = match self.loads.fineness {
            Fineness::Hours => "by the hour",
            Fineness::Days => "by the day, hours taken as even",
        };
        answered(tools, &touched, description, tables, format!("{searched}, {grain}"))
    }
}
