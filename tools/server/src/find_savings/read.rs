//! Reads what the checks look at: a few aggregates, each over the usage types of the rules alone.

use std::collections::{BTreeMap, BTreeSet};

use futures::try_join;
use jiff::{ToSpan, civil::Date};
use wherefore_analysis::savings::{Check, Estate, Find, UsageLine, merged};
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
    money::Currency,
    period::Period,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
    unit::Unit,
};

use super::Request;
use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

/// The dearest lines that are read; what lies below is left out and said to be.
const LINE_LIMIT: u32 = 50_000;
const USAGE: &str = "Usage";

/// What was read.
pub(super) struct Read {
    pub(super) estate: Estate,
    /// That of the lines, or what is billed in where there are none.
    pub(super) currency: Option<Currency>,
    /// The lines of the period, as the store gave them; `None` where no check reads any.
    pub(super) lines: Option<FactTable>,
    /// Whether there are lines below those that were read.
    pub(super) is_cut: bool,
}

/// The columns that tell lines apart, as far as they are filled.
struct Columns {
    usage_type: Dimension,
    environment: Option<Dimension>,
    workload: Option<Dimension>,
    description: Vec<Dimension>,
}

impl Columns {
    fn of(request: &Request, workloads: &[String], description: &CostDescription) -> Option<Self> {
        let filled = |column: FocusDimension| {
            let dimension = Dimension::Column(column);
            is_filled(description, &dimension).then_some(dimension)
        };
        let usage_type = filled(FocusDimension::UsageType)
            .or_else(|| filled(FocusDimension::SkuMeter))
            .or_else(|| filled(FocusDimension::ChargeDescription))?;
        let environment = request
            .rules
            .environments
            .tags
            .iter()
            .map(|key| Dimension::Tag(key.clone()))
            .find(|tag| is_filled(description, tag));
        let others = [
            FocusDimension::Provider,
            FocusDimension::SubAccountId,
            FocusDimension::SubAccountName,
            FocusDimension::Region,
            FocusDimension::ServiceName,
            FocusDimension::Operation,
            FocusDimension::ResourceId,
            FocusDimension::PricingUnit,
            FocusDimension::CommitmentDiscountStatus,
        ];
        let description = others.into_iter().filter_map(filled).collect();
        let workload = (!workloads.is_empty()).then_some(Dimension::Workload);
        Some(Self { usage_type, environment, workload, description })
    }

    fn all(&self) -> Vec<Dimension> {
        let tags = [self.environment.clone(), self.workload.clone()];
        let own = std::iter::once(Some(self.usage_type.clone())).chain(tags);
        own.flatten().chain(self.description.iter().cloned()).collect()
    }

    // The columns of these names alone, with the usage type.
    fn only(&self, wanted: &[FocusDimension]) -> Vec<Dimension> {
        let kept = self.description.iter().filter(|dimension| {
            wanted.iter().any(|column| **dimension == Dimension::Column(*column))
        });
        std::iter::once(self.usage_type.clone()).chain(kept.cloned()).collect()
    }
}

pub(super) async fn read(
    tools: &Tools,
    request: &Request,
    description: &CostDescription,
    cost: &Measure,
    workloads: &[String],
) -> Result<Read, Refusal> {
    let Some(columns) = Columns::of(request, workloads, description) else {
        return Err(Refusal::Failed(
            "the loaded bills hold no usage types, meters or descriptions to find savings by"
                .to_owned(),
        ));
    };
    let queries = Queries { request, columns: &columns, description, cost };
    let (lines, of_workloads, lookback, first_days, served) = try_join!(
        queries.run(tools, queries.lines()),
        queries.run(tools, queries.of_workloads(workloads)),
        queries.run(tools, queries.lookback()),
        queries.run(tools, queries.first_days()),
        queries.run(tools, queries.served()),
    )?;
    let name = columns.usage_type.name();
    let environment = columns.environment.as_ref().map(Dimension::name);
    let read = |table: &Table| lines_of(table, &name, environment.as_deref(), &cost.column_name());
    let of = |table: &Option<FactTable>| {
        table.as_ref().map(|table| read(&table.table)).unwrap_or_default()
    };
    let mut all = of(&lines);
    // What some check reads by its usage type is there already.
    let beside = of(&of_workloads);
    all.extend(beside.into_iter().filter(|line| !queries.is_read(&line.usage_type)));
    let window = queries.window();
    let (from, until) = (request.period.start().date(), request.period.end().date());
    let estate = Estate {
        lines: merged(all),
        lookback: merged(of(&lookback)),
        served: served.as_ref().map(|table| places(&table.table)).unwrap_or_default(),
        lookback_days: u32::try_from(window.days()).unwrap_or_default(),
        first_days: first_days.as_ref().map(|table| firsts(&table.table)).unwrap_or_default(),
        loaded_from: description.coverage.map(|coverage| coverage.start().date()),
        from: Some(from),
        until: Some(until),
        days: u32::try_from(request.period.days()).unwrap_or_default(),
    };
    let lines = lines.or(of_workloads);
    let is_cut = lines.as_ref().is_some_and(|lines| lines.table.rows.len() >= LINE_LIMIT as usize);
    let own = match &lines {
        Some(lines) => currency(&lines.table, &cost.column_name())?,
        None => None,
    };
    let billed = || description.billing_currencies.first().and_then(|text| Currency::parse(text));
    let currency = own.or_else(billed);
    Ok(Read { estate, currency, lines, is_cut })
}

struct Queries<'a> {
    request: &'a Request,
    columns: &'a Columns,
    description: &'a CostDescription,
    cost: &'a Measure,
}

impl Queries<'_> {
    async fn run(
        &self,
        tools: &Tools,
        query: Option<CostQuery>,
    ) -> Result<Option<FactTable>, Refusal> {
        match query {
            Some(query) => Ok(Some(tools.costs.query(&query, &tools.scope).await?)),
            None => Ok(None),
        }
    }

    // Usage of the usage types that some of these checks read; `None` when there is no such check.
    fn of(&self, wanted: impl Fn(&Find) -> bool) -> Option<CostQuery> {
        let checks: Vec<&Check> =
            self.request.checks().into_iter().filter(|check| wanted(&check.find)).collect();
        if checks.is_empty() {
            return None;
        }
        let patterns = self.request.rules.patterns(&checks);
        if patterns.is_empty() {
            return None;
        }
        let named = Filter {
            dimension: self.columns.usage_type.clone(),
            op: FilterOp::Contains,
            values: patterns.into_iter().map(str::to_owned).collect(),
        };
        Some(self.usage(named))
    }

    fn usage(&self, named: Filter) -> CostQuery {
        let category = Dimension::Column(FocusDimension::ChargeCategory);
        let usage =
            is_filled(self.description, &category).then(|| Filter::any_of(category, [USAGE]));
        let own = self.request.filters.iter().cloned();
        CostQuery {
            filters: own.chain(usage).chain([named]).collect(),
            period: Some(self.request.period),
            ..CostQuery::total(self.cost.clone())
        }
    }

    fn lines(&self) -> Option<CostQuery> {
        Some(self.whole(self.of(|_| true)?))
    }

    // Everything that workloads use of which more than the bill is known.
    fn of_workloads(&self, workloads: &[String]) -> Option<CostQuery> {
        let own = || Filter::any_of(Dimension::Workload, workloads.iter().cloned());
        (!workloads.is_empty()).then(|| self.whole(self.usage(own())))
    }

    fn whole(&self, query: CostQuery) -> CostQuery {
        let days = Measure::Distinct(Dimension::Time(Grain::Day));
        CostQuery {
            measures: vec![self.cost.clone(), Measure::PricingQuantity, days, Measure::LastDay],
            dimensions: self.columns.all(),
            limit: Some(LINE_LIMIT),
            ..query
        }
    }

    /// Whether the lines of all checks hold this usage type.
    fn is_read(&self, usage_type: &str) -> bool {
        let lower = usage_type.to_lowercase();
        let patterns = self.request.rules.patterns(&self.request.checks());
        patterns.iter().any(|pattern| lower.contains(&pattern.to_lowercase()))
    }

    // The days before the end of the period in which nothing may have been used.
    fn window(&self) -> Period {
        let days = self.request.rules.settings.lookback_days;
        let until = self.request.period.end().date();
        let first = until.checked_sub(i64::from(days).days()).unwrap_or(until);
        let loaded = self.description.coverage.map(|coverage| coverage.start().date());
        let first = loaded.map_or(first, |loaded| first.max(loaded));
        Period::of_days(first, until).unwrap_or(self.request.period)
    }

    fn lookback(&self) -> Option<CostQuery> {
        let query = self.of(|find| {
            matches!(find, Find::Idle { .. } | Find::Unread { .. } | Find::Alone { .. })
        })?;
        let days = Measure::Distinct(Dimension::Time(Grain::Day));
        Some(CostQuery {
            measures: vec![self.cost.clone(), Measure::PricingQuantity, days],
            dimensions: self.columns.only(&[
                FocusDimension::SubAccountId,
                FocusDimension::Region,
                FocusDimension::ServiceName,
                FocusDimension::ResourceId,
                FocusDimension::PricingUnit,
            ]),
            period: Some(self.window()),
            limit: Some(LINE_LIMIT),
            ..query
        })
    }

    // Where cloud services ran beside which other things are looked for.
    fn served(&self) -> Option<CostQuery> {
        let services: BTreeSet<String> = self
            .request
            .checks()
            .iter()
            .filter_map(|check| match &check.find {
                Find::Alone { beside_services, .. } => Some(beside_services),
                Find::Idle { .. }
                | Find::Charged { .. }
                | Find::Aged { .. }
                | Find::Schedule { .. }
                | Find::Rename { .. }
                | Find::Quiet { .. }
                | Find::Shrink { .. }
                | Find::Rightsize(_)
                | Find::QuietHours { .. }
                | Find::Retention { .. }
                | Find::Swap { .. }
                | Find::Unread { .. }
                | Find::Commit
                | Find::Scaling
                | Find::Calls
                | Find::Share { .. } => None,
            })
            .flatten()
            .cloned()
            .collect();
        let service = Dimension::Column(FocusDimension::ServiceName);
        if services.is_empty() || !is_filled(self.description, &service) {
            return None;
        }
        let query = self.usage(Filter::any_of(service, services));
        let wanted =
            [FocusDimension::ServiceName, FocusDimension::SubAccountId, FocusDimension::Region];
        let dimensions = self.columns.only(&wanted).into_iter().skip(1).collect();
        Some(CostQuery { dimensions, period: Some(self.window()), ..query })
    }

    fn first_days(&self) -> Option<CostQuery> {
        let query = self.of(|find| matches!(find, Find::Aged { .. }))?;
        let first = self.description.coverage?.start().date();
        let until = self.request.period.end().date();
        Some(CostQuery {
            measures: vec![self.cost.clone(), Measure::FirstDay],
            dimensions: vec![Dimension::Column(FocusDimension::ResourceId)],
            period: Period::of_days(first, until).ok(),
            limit: Some(LINE_LIMIT),
            ..query
        })
    }
}

fn places(table: &Table) -> BTreeSet<(String, String, String)> {
    let of = |row: usize| {
        let [service, account, region] =
            [FocusDimension::ServiceName, FocusDimension::SubAccountId, FocusDimension::Region]
                .map(|column| text(table, row, column));
        (service, account, region)
    };
    (0..table.rows.len()).map(of).collect()
}

fn text(table: &Table, row: usize, column: FocusDimension) -> String {
    table.text(row, column.name()).unwrap_or_default().to_owned()
}

fn is_covered(table: &Table, row: usize) -> bool {
    table.text(row, FocusDimension::CommitmentDiscountStatus.name()).is_some()
}

fn lines_of(
    table: &Table,
    usage_type: &str,
    environment: Option<&str>,
    cost: &str,
) -> Vec<UsageLine> {
    let number = |row: usize, column: &str| table.number(row, column).unwrap_or_default();
    let line = |row: usize| UsageLine {
        provider: text(table, row, FocusDimension::Provider),
        sub_account: text(table, row, FocusDimension::SubAccountId),
        sub_account_name: text(table, row, FocusDimension::SubAccountName),
        region: text(table, row, FocusDimension::Region),
        cloud_service: text(table, row, FocusDimension::ServiceName),
        usage_type: table.text(row, usage_type).unwrap_or_default().to_owned(),
        operation: text(table, row, FocusDimension::Operation),
        resource_id: text(table, row, FocusDimension::ResourceId),
        unit: text(table, row, FocusDimension::PricingUnit),
        environment: environment
            .and_then(|column| table.text(row, column))
            .unwrap_or_default()
            .to_owned(),
        workload: table.text(row, "workload").unwrap_or_default().to_owned(),
        is_covered: is_covered(table, row),
        cost: number(row, cost),
        quantity: number(row, &Measure::PricingQuantity.column_name()),
        days: u32::try_from(number(row, "distinct_day")).unwrap_or_default(),
        last_day: day(table, row, "last_day"),
    };
    (0..table.rows.len()).map(line).collect()
}

fn day(table: &Table, row: usize, column: &str) -> Option<Date> {
    table.text(row, column)?.get(..10)?.parse().ok()
}

fn firsts(table: &Table) -> BTreeMap<String, Date> {
    let first = |row: usize| {
        let id = table.text(row, FocusDimension::ResourceId.name())?;
        Some((id.to_owned(), day(table, row, "first_day")?))
    };
    (0..table.rows.len()).filter_map(first).collect()
}

/// The one currency of the costs, `None` without any: amounts of several cannot be added.
fn currency(table: &Table, column: &str) -> Result<Option<Currency>, Refusal> {
    let mut units: Vec<Unit> =
        (0..table.rows.len()).filter_map(|row| table.unit(row, column)).collect();
    units.sort();
    units.dedup();
    let failed = |text: String| Err(Refusal::Failed(text));
    match units.as_slice() {
        [] => Ok(None),
        [Unit::Currency(currency)] => Ok(Some(currency.clone())),
        [other] => failed(format!("the costs are in `{other}`, which is no ISO 4217 currency")),
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            failed(format!(
                "the charges are in several currencies ({}); add a filter on billing_currency",
                names.join(", ")
            ))
        }
    }
}
