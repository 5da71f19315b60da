//! Metric series of telemetry: which are asked for, and what is told of each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::period::Period;

/// Points of one period, brought together by metric and by resource or workload.
///
/// Points of a gauge or of a count since the point before stand for themselves; counts since a common start are
/// taken as what they grew by from point to point, and a count that fell began anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricQuery {
    /// Points of this period.
    pub period: Period,
    /// Names as they are loaded; empty for every metric.
    pub metrics: Vec<String>,
    /// Ids as telemetry names resources; empty for every one.
    pub resources: Vec<String>,
    /// `service.name`; empty for every one.
    pub workloads: Vec<String>,
    /// What a row is of, beside its metric.
    pub by: MetricBy,
    /// One row for the whole period, or one for each of these.
    pub grain: MetricGrain,
    /// The first rows of the fixed order: metric, names, time.
    pub limit: Option<u32>,
}

/// What a row of metrics is of.
///
// Columns: `resource_id`, `sub_account`, `region`, `state` for resources; `workload` for workloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricBy {
    /// The resource that the attributes of a series name, each state apart: modes of a processor, directions.
    Resource,
    /// The workload: `service.name`.
    Workload,
}

/// How finely time is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricGrain {
    /// One row for the whole period.
    #[default]
    Whole,
    Day,
    Hour,
    /// The hours of a week as one: `0` is Monday from midnight to one, UTC.
    HourOfWeek,
}

impl MetricGrain {
    /// The column of the time.
    #[must_use]
    pub fn column(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Day => Some("day"),
            Self::Hour => Some("hour"),
            Self::HourOfWeek => Some("hour_of_week"),
        }
    }
}
