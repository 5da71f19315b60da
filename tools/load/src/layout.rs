//! Which kind of table a file holds, told by its header alone.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    counted::budgets,
    schema::{ChargeColumn, Origin},
};

/// A table that can be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Layout {
    Focus10,
    Focus11,
    Focus12,
    /// AWS Cost and Usage Report with `lineItem/UsageStartDate` names.
    LegacyCur,
    /// AWS CUR 2.0 and the Athena names of the legacy report.
    Cur2,
    /// Oracle Cloud cost report.
    OciCost,
    /// Counts of transactions by workload: `period,workload,transactions`.
    Transactions,
    /// Counts of calls by client: `period,workload,operation,client,calls`.
    ApiCalls,
    /// Budgets: `name,start,end,amount,currency,dimension,value`, or `month` for start and end.
    Budgets,
    /// Points of metrics in the columns of the ClickHouse exporter.
    Metrics,
    /// Points of metrics as OTLP JSON lines.
    OtlpMetrics,
    /// Log records in the columns of the ClickHouse exporter.
    Logs,
    /// Spans in the columns of the ClickHouse exporter.
    Spans,
    /// Log records or spans as OTLP JSON lines.
    OtlpRecords,
    /// Records of CloudTrail.
    CloudTrail,
    /// Items of AWS Config.
    ConfigItems,
    /// Changes as JSON lines: `id`, `time`, `workload`, `kind`, `actor`, `summary`, `account`, `region`.
    Changes,
    /// What `git log` prints.
    GitLog,
}

impl Layout {
    /// Layouts of one family tell the same charges in the same way: their files may share a period.
    pub(crate) fn family(self) -> &'static str {
        match self {
            Self::Focus10 | Self::Focus11 | Self::Focus12 => "FOCUS",
            Self::LegacyCur | Self::Cur2 => "CUR",
            Self::OciCost => "OCI",
            Self::Transactions => "transactions",
            Self::ApiCalls => "API calls",
            Self::Budgets => "budgets",
            Self::Metrics | Self::OtlpMetrics => "metrics",
            Self::Logs | Self::Spans | Self::OtlpRecords => "records",
            Self::CloudTrail | Self::ConfigItems | Self::Changes | Self::GitLog => "changes",
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Focus10 => "FOCUS 1.0",
            Self::Focus11 => "FOCUS 1.1",
            Self::Focus12 => "FOCUS 1.2",
            Self::LegacyCur => "AWS CUR (legacy)",
            Self::Cur2 => "AWS CUR 2.0",
            Self::OciCost => "OCI cost report",
            Self::Transactions => "transactions",
            Self::ApiCalls => "API calls",
            Self::Budgets => "budgets",
            Self::Metrics => "metrics (OpenTelemetry columns)",
            Self::OtlpMetrics => "metrics (OTLP JSON)",
            Self::Logs => "logs (OpenTelemetry columns)",
            Self::Spans => "traces (OpenTelemetry columns)",
            Self::OtlpRecords => "logs and traces (OTLP JSON)",
            Self::CloudTrail => "changes (CloudTrail)",
            Self::ConfigItems => "changes (AWS Config)",
            Self::Changes => "changes",
            Self::GitLog => "changes (git log)",
        })
    }
}

/// A header that no loadable table has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// A cost table that we know and do not read, with how to get one that we do.
    Known(&'static str),
    Unknown,
}

// FOCUS columns beyond the charge period that must stand in a header before it is called FOCUS:
// the smallest example of the specification holds 13.
const FOCUS_COLUMNS_NEEDED: usize = 8;

/// Tells the table by its column names.
pub(crate) fn detect(header: &[String]) -> Result<Layout, Foreign> {
    let has = |name: &str| header.iter().any(|column| column.eq_ignore_ascii_case(name));
    if has("lineItem/UsageStartDate") {
        return Ok(Layout::LegacyCur);
    }
    if has("line_item_usage_start_date") {
        return Ok(Layout::Cur2);
    }
    if has("lineItem/intervalUsageStart") {
        return Ok(Layout::OciCost);
    }
    let focus: Vec<ChargeColumn> = header
        .iter()
        .filter_map(|name| ChargeColumn::by_name(name))
        .filter(|column| column.spec().origin != Origin::Own)
        .collect();
    let priced =
        focus.contains(&ChargeColumn::BilledCost) || focus.contains(&ChargeColumn::EffectiveCost);
    if priced
        && focus.contains(&ChargeColumn::ChargePeriodStart)
        && focus.len() >= FOCUS_COLUMNS_NEEDED
    {
        let brought = |origin| focus.iter().any(|column| column.spec().origin == origin);
        return Ok(if brought(Origin::Focus12) {
            Layout::Focus12
        } else if brought(Origin::Focus11) {
            Layout::Focus11
        } else {
            Layout::Focus10
        });
    }
    if has("period") && has("workload") && has("transactions") {
        return Ok(Layout::Transactions);
    }
    if ["period", "workload", "operation", "client", "calls"].into_iter().all(has) {
        return Ok(Layout::ApiCalls);
    }
    if budgets::is_header(&has) {
        return Ok(Layout::Budgets);
    }
    if has("MetricName") && has("TimeUnix") && (has("Value") || (has("Count") && has("Sum"))) {
        return Ok(Layout::Metrics);
    }
    if ["Timestamp", "TraceId", "SpanId", "SpanName", "Duration"].into_iter().all(has) {
        return Ok(Layout::Spans);
    }
    if has("Timestamp") && has("Body") && (has("SeverityText") || has("SeverityNumber")) {
        return Ok(Layout::Logs);
    }
    Err(foreign(&has))
}

fn foreign(has: &dyn Fn(&str) -> bool) -> Foreign {
    if has("MeterCategory") || has("CostInBillingCurrency") || has("PreTaxCost") {
        return Foreign::Known(
            "is an Azure cost export (EA or MCA), which is not read; export the FOCUS dataset in Cost Management instead",
        );
    }
    if has("usage_start_time") && has("cost") {
        return Foreign::Known(
            "is a Google Cloud billing export, which is not read; export the FOCUS view of BigQuery billing data instead",
        );
    }
    if has("assembly_id") || has("manifestVersion") {
        return Foreign::Known("lists the files of an export and holds no charge");
    }
    Foreign::Unknown
}

/// The CUR 2.0 spelling of a legacy name: `lineItem/UsageStartDate` is `line_item_usage_start_date`.
///
/// Source: AWS "CUR 2.0 data dictionary": every capital starts a word, `/` and `:` part words.
pub(crate) fn snake_name(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 8);
    for letter in name.trim().chars() {
        if matches!(letter, '/' | ':' | ' ' | '-' | '.') {
            snake.push('_');
        } else if letter.is_ascii_uppercase() {
            if !snake.is_empty() && !snake.ends_with('_') {
                snake.push('_');
            }
            snake.push(letter.to_ascii_lowercase());
        } else {
            snake.push(letter);
        }
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn an_oracle_report_is_not_taken_for_one_of_aws() {
        assert_eq!(
            detect(&header("lineItem/referenceNo,lineItem/intervalUsageStart,cost/myCost")),
            Ok(Layout::OciCost)
        );
        assert_eq!(detect(&header("lineItem/UsageStartDate")), Ok(Layout::LegacyCur));
        assert_eq!(detect(&header("Period,Workload,Transactions")), Ok(Layout::Transactions));
        let calls = header("period,workload,operation,client,calls");
        assert_eq!(detect(&calls), Ok(Layout::ApiCalls));
        let budgets = header("name,month,amount,currency,dimension,value");
        assert_eq!(detect(&budgets), Ok(Layout::Budgets));
        assert_eq!(detect(&header("Name,Start,End,Amount,Currency")), Ok(Layout::Budgets));
        let metrics = header("ResourceAttributes,ServiceName,MetricName,Attributes,TimeUnix,Value");
        assert_eq!(detect(&metrics), Ok(Layout::Metrics));
        assert_eq!(detect(&header("timestamp,value")), Err(Foreign::Unknown));
    }

    #[test]
    fn legacy_names_become_those_of_cur_2() {
        for (legacy, snake) in [
            ("lineItem/UsageStartDate", "line_item_usage_start_date"),
            ("savingsPlan/SavingsPlanARN", "savings_plan_savings_plan_a_r_n"),
            ("pricing/publicOnDemandCost", "pricing_public_on_demand_cost"),
            ("product/ProductName", "product_product_name"),
            ("resourceTags/user:app", "resource_tags_user_app"),
            ("line_item_unblended_cost", "line_item_unblended_cost"),
        ] {
            assert_eq!(snake_name(legacy), snake);
        }
    }
}
