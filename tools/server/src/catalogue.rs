//! The tools there are, in the fixed order in which they are listed.

mod compact;

use std::sync::Arc;

use futures::future::{BoxFuture, FutureExt as _};
use rmcp::model::{Tool, ToolAnnotations};
use schemars::JsonSchema;
use wherefore_contract::tool::Found;

use crate::{
    allocate_cost, api_call_cost, arguments::Arguments, budget_status, commitment_state,
    compare_cost, cost_bases, describe_cost_data, explain_unit_cost, find_anomalies, find_metadata,
    find_savings, forecast_cost, list_workloads, plan_commitment, query_cost, refuse::Refusal,
    scaling_schedule, serve::Tools, tag_hygiene, unit_cost,
};

/// One of our tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ToolName {
    DescribeCostData,
    QueryCost,
    CompareCost,
    UnitCost,
    ExplainUnitCost,
    ForecastCost,
    BudgetStatus,
    ScalingSchedule,
    ApiCallCost,
    FindAnomalies,
    CostBases,
    PlanCommitment,
    CommitmentState,
    AllocateCost,
    FindSavings,
    FindMetadata,
    ListWorkloads,
    TagHygiene,
}

impl ToolName {
    /// In the order of `tools/list`, which is the same for every caller so that prompts can be cached.
    pub(crate) const ALL: [Self; 18] = [
        Self::DescribeCostData,
        Self::QueryCost,
        Self::CompareCost,
        Self::UnitCost,
        Self::ExplainUnitCost,
        Self::ForecastCost,
        Self::BudgetStatus,
        Self::ScalingSchedule,
        Self::ApiCallCost,
        Self::FindAnomalies,
        Self::CostBases,
        Self::PlanCommitment,
        Self::CommitmentState,
        Self::AllocateCost,
        Self::FindSavings,
        Self::FindMetadata,
        Self::ListWorkloads,
        Self::TagHygiene,
    ];

    pub(crate) fn tool(self) -> Tool {
        match self {
            Self::DescribeCostData => describe_cost_data::tool(),
            Self::QueryCost => query_cost::tool(),
            Self::CompareCost => compare_cost::tool(),
            Self::UnitCost => unit_cost::tool(),
            Self::ExplainUnitCost => explain_unit_cost::tool(),
            Self::ForecastCost => forecast_cost::tool(),
            Self::BudgetStatus => budget_status::tool(),
            Self::ScalingSchedule => scaling_schedule::tool(),
            Self::ApiCallCost => api_call_cost::tool(),
            Self::FindAnomalies => find_anomalies::tool(),
            Self::CostBases => cost_bases::tool(),
            Self::PlanCommitment => plan_commitment::tool(),
            Self::CommitmentState => commitment_state::tool(),
            Self::AllocateCost => allocate_cost::tool(),
            Self::FindSavings => find_savings::tool(),
            Self::FindMetadata => find_metadata::tool(),
            Self::ListWorkloads => list_workloads::tool(),
            Self::TagHygiene => tag_hygiene::tool(),
        }
    }

    // On the heap: what one tool needs while it waits would else be the size of every call.
    pub(crate) fn run<'a>(
        self,
        tools: &'a Tools,
        arguments: Arguments<'a>,
    ) -> BoxFuture<'a, Result<Found, Refusal>> {
        match self {
            Self::DescribeCostData => describe_cost_data::run(tools, arguments).boxed(),
            Self::QueryCost => query_cost::run(tools, arguments).boxed(),
            Self::CompareCost => compare_cost::run(tools, arguments).boxed(),
            Self::UnitCost => unit_cost::run(tools, arguments).boxed(),
            Self::ExplainUnitCost => explain_unit_cost::run(tools, arguments).boxed(),
            Self::ForecastCost => forecast_cost::run(tools, arguments).boxed(),
            Self::BudgetStatus => budget_status::run(tools, arguments).boxed(),
            Self::ScalingSchedule => scaling_schedule::run(tools, arguments).boxed(),
            Self::ApiCallCost => api_call_cost::run(tools, arguments).boxed(),
            Self::FindAnomalies => find_anomalies::run(tools, arguments).boxed(),
            Self::CostBases => cost_bases::run(tools, arguments).boxed(),
            Self::PlanCommitment => plan_commitment::run(tools, arguments).boxed(),
            Self::CommitmentState => commitment_state::run(tools, arguments).boxed(),
            Self::AllocateCost => allocate_cost::run(tools, arguments).boxed(),
            Self::FindSavings => find_savings::run(tools, arguments).boxed(),
            Self::FindMetadata => find_metadata::run(tools, arguments).boxed(),
            Self::ListWorkloads => list_workloads::run(tools, arguments).boxed(),
            Self::TagHygiene => tag_hygiene::run(tools, arguments).boxed(),
        }
    }
}

/// Every tool with its schemas.
pub(crate) fn catalogue() -> Arc<[(ToolName, Tool)]> {
    ToolName::ALL.into_iter().map(|name| (name, name.tool())).collect()
}

/// A tool that only reads, from a closed world, and gives the same again when called again.
pub(crate) fn reading_tool<A: JsonSchema + 'static>(
    name: &'static str,
    title: &str,
    description: &'static str,
) -> Tool {
    let hints = ToolAnnotations::with_title(title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    let mut tool = Tool::new(name, description, Arc::default())
        .with_input_schema::<A>()
        .with_output_schema::<Found>()
        .with_title(title)
        .with_annotations(hints);
    tool.input_schema = Arc::new(compact::compact(&tool.input_schema));
    tool
}
