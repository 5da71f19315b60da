//! `budget_status`: how budgets stand, what they will come to, and the day on which one runs out.

mod choose;
mod stand;
mod tables;

use jiff::civil::Date;
use rmcp::model::Tool;
use schemars::JsonSchema;
use serde::Deserialize;
use wherefore_contract::{
    cost::Measure, dimension::Dimension, filter::Filter, period::Period, tool::Found,
};

use crate::{
    answered::{Touched, answered},
    arguments::Arguments,
    barred,
    catalogue::reading_tool,
    fact_table::nothing,
    refuse::Refusal,
    searched::{conditions, list},
    serve::Tools,
};

const EXAMPLE: &str = r#"{"as_of": "2026-10-16"}"#;
// A list that is longer is not read.
const SHOWN: usize = 40;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The name of a budget as `describe_cost_data` lists it.
    #[serde(default)]
    budget: Option<String>,
    /// What budgets are for, e.g. `sub_account` equals one value; without any, every budget.
    #[serde(default)]
    filters: Vec<Filter>,
    /// Budgets with days in it; by default those that run on `as_of`.
    #[serde(default)]
    period: Option<Period>,
    /// The day of asking: it and later days are to come. By default the day after the last loaded one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    as_of: Option<Date>,
    /// The cost that is held against budgets; by default the cost that answers use.
    #[serde(default)]
    measure: Option<Measure>,
}

pub(crate) fn tool() -> Tool {
    reading_tool::<Args>(
        "budget_status",
        "How budgets stand",
        "Loaded budgets against what was charged: spent, left, share of amount and of time, expected end with an 80 % \
interval, the day it runs out, and the course of one budget by day. Use it for \"are we within budget\". Do not use it \
for a forecast without a budget (forecast_cost).",
    )
}

pub(crate) async fn run(tools: &Tools, arguments: Arguments<'_>) -> Result<Found, Refusal> {
    let args: Args = arguments.read(EXAMPLE)?;
    let description = tools.costs.describe(&tools.scope).await?;
    let measure = args.measure.clone().or_else(|| description.default_cost.clone());
    let measure = measure.unwrap_or(Measure::BilledCost);
    if !measure.is_cost() {
        return Err(Refusal::Failed(format!("`{measure}` is no cost; budgets are of costs")));
    }
    let searched = format!(
        "budgets{}{}{}",
        args.budget.as_ref().map_or_else(String::new, |name| format!(" called `{name}`")),
        conditions(&args.filters),
        args.period.map_or_else(String::new, |period| format!(" in {period}")),
    );
    let budgets = &description.budgets;
    if budgets.is_empty() {
        return Ok(nothing(format!(
            "{searched}; none is loaded: load a table name,start,end,amount,currency,dimension,value"
        )));
    }
    let chosen = choose::choose(&args, &description);
    if chosen.is_empty() {
        let names: Vec<&String> = budgets.iter().map(|budget| &budget.name).collect();
        let names = list(names.get(..SHOWN.min(names.len())).unwrap_or_default());
        return Ok(nothing(format!("{searched}; loaded are {names}")));
    }
    let settings = tools.rules.outlook;
    let periods: Vec<Period> = chosen.iter().filter_map(|budget| budget.period()).collect();
    barred::check(std::slice::from_ref(&measure), &periods, &description)?;
    let ask = stand::Ask { tools, measure: &measure, description: &description, settings };
    let mut stands = Vec::new();
    for budget in chosen.into_iter().take(SHOWN) {
        stands.push(ask.stand(budget, args.as_of).await?);
    }
    stands.sort_by_key(stand::Stand::order);
    let dimensions: Vec<Dimension> = Vec::new();
    let filters: Vec<Filter> =
        stands.iter().filter_map(|stand| stand.budget.filter.clone()).collect();
    let touched = Touched {
        measures: std::slice::from_ref(&measure),
        dimensions: &dimensions,
        filters: if stands.len() == 1 { &filters } else { &[] },
        periods: &periods,
    };
    let tables = tables::tables(&stands, &measure, &description);
    answered(tools, &touched, &description, tables, searched)
}
