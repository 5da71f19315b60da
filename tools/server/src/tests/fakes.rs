//! A small estate in memory that answers the ports.

use std::collections::BTreeMap;

use futures::{FutureExt, future::BoxFuture};
use jiff::civil::{Date, date};
use wherefore_contract::{
    Decimal,
    cost::{CompareQuery, CostQuery, Measure},
    dimension::Dimension,
    error::StoreError,
    filter::{Filter, FilterOp},
    metadata::{MatchKind, MetadataHit, MetadataQuery},
    money::Currency,
    period::Period,
    ports::{CostStore, MetadataStore},
    quality::{CostDescription, DimensionFill, TransactionCoverage},
    scope::Scope,
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::{shared, tables};
use crate::Tools;

/// One charge, keyed by our words for dimensions.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub(super) day: Date,
    pub(super) names: BTreeMap<String, String>,
    pub(super) cost: Decimal,
    pub(super) quantity: Decimal,
}

/// Everything the fake stores know.
#[derive(Debug, Clone, Default)]
pub(super) struct Estate {
    pub(super) charges: Vec<Charge>,
    pub(super) counts: Vec<(Date, String, Decimal)>,
    pub(super) description: CostDescription,
    pub(super) hits: Vec<MetadataHit>,
    pub(super) failure: Option<Failure>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Failure {
    Empty,
    Statement,
    Panic,
}

impl Failure {
    fn error(self) -> StoreError {
        match self {
            Self::Empty => StoreError::Empty { warehouse: "w".into() },
            Self::Statement => {
                StoreError::Statement { store: "fake", source: "secret statement".into() }
            }
            Self::Panic => panic!("a store panicked"),
        }
    }
}

// What a charge costs on any basis, and before credits.
const COSTS: [&str; 8] = [
    "effective_cost",
    "billed_cost",
    "list_cost",
    "contracted_cost",
    "net_billed_cost",
    "net_effective_cost",
    "gross:billed_cost",
    "credit:billed_cost",
];

fn day(offset: i32) -> Date {
    date(2026, 3, 1).saturating_add(jiff::Span::new().days(offset))
}

impl Estate {
    /// Eight weeks of `checkout`: traffic holds, and from the fifth week on each hour of compute
    /// costs twice as much. A credit of the later weeks stands beside.
    pub(super) fn dearer_compute() -> Self {
        let mut estate = Self::described();
        for offset in 0..56 {
            // A little noise, the same every week, so that intervals have a width.
            let hours = Decimal::from(100 + i64::from(offset % 7));
            let price = if offset < 28 { Decimal::ONE } else { Decimal::TWO };
            estate.charge(offset, "Usage", "Amazon EC2", "BoxUsage:m5.large", hours, price);
            estate.charge(offset, "Usage", "Amazon S3", "TimedStorage", Decimal::TEN, Decimal::ONE);
            let count = Decimal::from(1000 + 10 * i64::from(offset % 7));
            estate.counts.push((day(offset), "checkout".into(), count));
        }
        estate.charge(40, "Credit", "Amazon EC2", "Credit", Decimal::ONE, Decimal::from(-50));
        estate
    }

    /// Five charges and a tax: two carry a team, three an environment that is spelled in three ways.
    pub(super) fn tagged() -> Self {
        // Category, cloud service, environment, team, cost.
        type Tagged = (&'static str, &'static str, Option<&'static str>, Option<&'static str>, i64);
        let charges: [Tagged; 6] = [
            ("Usage", "Amazon EC2", Some("prod"), Some("core"), 40),
            ("Usage", "Amazon EC2", Some("Prod"), Some("core"), 20),
            ("Usage", "Amazon S3", Some("production"), None, 10),
            ("Usage", "Amazon S3", None, None, 20),
            ("Usage", "Amazon EC2", None, None, 10),
            ("Tax", "Tax", None, None, 7),
        ];
        let mut estate = Self::described();
        for (category, service, environment, team, cost) in charges {
            let fixed =
                [("charge_category", category), ("cloud_service", service), ("sub_account", "42")];
            let tags = [("tag:environment", environment), ("tag:team", team)];
            let tags = tags.into_iter().filter_map(|(key, value)| Some((key, value?)));
            let names = fixed.into_iter().chain(tags);
            estate.charges.push(Charge {
                day: day(0),
                names: names.map(|(key, value)| (key.into(), value.into())).collect(),
                cost: Decimal::from(cost),
                quantity: Decimal::ONE,
            });
        }
        let fill = |name: &str| DimensionFill {
            dimension: name.to_owned(),
            distinct: 1,
            filled_percent: "50.00".into(),
        };
        let more = ["sub_account", "tag:environment", "tag:team"].map(fill);
        estate.description.dimensions.extend(more);
        estate
    }

    fn described() -> Self {
        let names = ["charge_category", "cloud_service", "usage_type", "consumed_unit", "workload"];
        let fill = |name: &&str| DimensionFill {
            dimension: (*name).to_owned(),
            distinct: 2,
            filled_percent: "100.00".into(),
        };
        let period = Period::of_days(day(0), day(56)).unwrap();
        Self {
            description: CostDescription {
                snapshot: "s000001".into(),
                rows: 113,
                coverage: Some(period),
                billing_currencies: vec!["USD".into()],
                providers: vec!["AWS".into()],
                dimensions: names.iter().map(fill).collect(),
                workload_tag: "workload".into(),
                transactions: vec![TransactionCoverage {
                    workload: "checkout".into(),
                    period,
                    grain: "day".into(),
                    has_charges: true,
                    missing_days: Vec::new(),
                }],
                default_cost: Some(Measure::BilledCost),
                ..CostDescription::default()
            },
            hits: vec![MetadataHit {
                dimension: Dimension::Workload,
                value: "checkout".into(),
                label: None,
                matched: (0, 7),
                how: MatchKind::Typo,
                score: 700,
            }],
            ..Self::default()
        }
    }

    fn charge(
        &mut self,
        offset: i32,
        category: &str,
        service: &str,
        usage: &str,
        hours: Decimal,
        price: Decimal,
    ) {
        let names = [
            ("charge_category", category),
            ("cloud_service", service),
            ("usage_type", usage),
            ("consumed_unit", "Hrs"),
            ("workload", "checkout"),
        ];
        self.charges.push(Charge {
            day: day(offset),
            names: names.map(|(key, value)| (key.into(), value.into())).into(),
            cost: hours * price,
            quantity: hours,
        });
    }

    pub(super) fn failing(failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::dearer_compute() }
    }

    pub(super) fn tools(self) -> Tools {
        let estate = shared(self);
        Tools::new(estate.clone(), estate, Scope::local(), tables())
    }

    fn check(&self) -> Result<(), StoreError> {
        self.failure.map_or(Ok(()), |failure| Err(failure.error()))
    }

    /// Sums of every measure by the dimensions' values.
    fn sums(&self, query: &CostQuery) -> BTreeMap<Vec<Option<String>>, BTreeMap<String, Decimal>> {
        let inside = |day: Date| {
            query.period.is_none_or(|period| {
                Period::of_days(day, day.tomorrow().unwrap()).unwrap().overlaps(period)
            })
        };
        let mut sums: BTreeMap<_, BTreeMap<String, Decimal>> = BTreeMap::new();
        let mut seen: BTreeMap<_, std::collections::BTreeSet<String>> = BTreeMap::new();
        for charge in &self.charges {
            let holds = |filter: &Filter| holds(filter, charge.names.get(&filter.dimension.name()));
            if inside(charge.day) && query.filters.iter().all(holds) {
                let key = key(&query.dimensions, charge.day, &charge.names);
                let sum = sums.entry(key.clone()).or_default();
                for measure in COSTS {
                    *sum.entry(measure.into()).or_default() += charge.cost;
                }
                *sum.entry("consumed_quantity".into()).or_default() += charge.quantity;
                *sum.entry("rows".into()).or_default() += Decimal::ONE;
                for measure in &query.measures {
                    let Measure::Distinct(of) = measure else { continue };
                    let value = charge.names.get(&of.name()).cloned();
                    let values = seen.entry((key.clone(), of.name())).or_default();
                    if value.is_some_and(|value| values.insert(value)) {
                        *sum.entry(measure.to_string()).or_default() += Decimal::ONE;
                    }
                }
            }
        }
        for (day, workload, count) in &self.counts {
            let names = BTreeMap::from([("workload".to_owned(), workload.clone())]);
            let shared =
                query.filters.iter().filter(|filter| filter.dimension == Dimension::Workload);
            if inside(*day) && shared.clone().all(|filter| holds(filter, Some(workload))) {
                let key = key(&query.dimensions, *day, &names);
                *sums.entry(key).or_default().entry("transactions".into()).or_default() += *count;
            }
        }
        sums
    }
}

fn key(dims: &[Dimension], day: Date, names: &BTreeMap<String, String>) -> Vec<Option<String>> {
    let cell = |dimension: &Dimension| match dimension.name().as_str() {
        "day" => Some(day.to_string()),
        "month" => Some(day.strftime("%Y-%m").to_string()),
        name => names.get(name).cloned(),
    };
    dims.iter().map(cell).collect()
}

fn holds(filter: &Filter, value: Option<&String>) -> bool {
    let value = value.map(|value| value.to_lowercase());
    let same = |wanted: &String| value.as_deref() == Some(wanted.to_lowercase().as_str());
    let within = |wanted: &String| {
        value.as_ref().is_some_and(|value| value.contains(&wanted.to_lowercase()))
    };
    match filter.op {
        FilterOp::In => filter.values.iter().any(same),
        FilterOp::NotIn => !filter.values.iter().any(same),
        FilterOp::Contains => filter.values.iter().any(within),
        FilterOp::NotContains => !filter.values.iter().any(within),
        FilterOp::IsNull => value.is_none(),
        FilterOp::NotNull => value.is_some(),
    }
}

fn dollars() -> Unit {
    Unit::Currency(Currency::parse("USD").unwrap())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the fake knows a few measures")]
fn column(measure: &Measure, suffix: &str) -> Column {
    let name = format!("{}{suffix}", measure.column_name());
    match measure {
        Measure::ConsumedQuantity => Column::measure_by(name, "consumed_unit"),
        Measure::UnitCost => Column::measure(name, Unit::parse("USD/transaction")),
        Measure::FirstCharge | Measure::LastCharge | Measure::ChargedUntil => Column::time(name),
        other => Column::measure(name, other.fixed_unit().unwrap_or_else(dollars)),
    }
}

fn fact_table(name: &str, columns: Vec<Column>, rows: Vec<Vec<Option<String>>>) -> FactTable {
    FactTable {
        name: name.into(),
        table: Table { columns, rows },
        source: "fake:billing".into(),
        statement: Some("SELECT 1".into()),
        parameters: vec!["checkout".into()],
        period: None,
        filters: Vec::new(),
        data_as_of: Some("2026-04-26".into()),
        complete: true,
    }
}

impl CostStore for Estate {
    fn describe<'a>(
        &'a self,
        _scope: &'a Scope,
    ) -> BoxFuture<'a, Result<std::sync::Arc<CostDescription>, StoreError>> {
        async { self.check().map(|()| shared(self.description.clone())) }.boxed()
    }

    fn query<'a>(
        &'a self,
        query: &'a CostQuery,
        _scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        async move {
            self.check()?;
            let mut columns: Vec<Column> = query
                .dimensions
                .iter()
                .map(|dimension| Column::dimension(dimension.name()))
                .collect();
            columns.extend(query.measures.iter().map(|measure| column(measure, "")));
            let mut rows = Vec::new();
            for (mut row, sums) in self.sums(query) {
                let figures: Vec<_> =
                    query.measures.iter().map(|measure| self.measured(measure, &sums)).collect();
                if figures.iter().any(Option::is_some) {
                    row.extend(figures);
                    rows.push(row);
                }
            }
            Ok(fact_table("cost", columns, rows))
        }
        .boxed()
    }

    fn compare<'a>(
        &'a self,
        query: &'a CompareQuery,
        _scope: &'a Scope,
    ) -> BoxFuture<'a, Result<FactTable, StoreError>> {
        async move {
            self.check()?;
            let side = |period| {
                self.sums(&CostQuery {
                    dimensions: query.dimensions.clone(),
                    filters: query.filters.clone(),
                    period: Some(period),
                    ..CostQuery::total(Measure::EffectiveCost)
                })
            };
            let (from, to) = (side(query.from), side(query.to));
            let mut columns: Vec<Column> = query
                .dimensions
                .iter()
                .map(|dimension| Column::dimension(dimension.name()))
                .collect();
            for measure in &query.measures {
                columns.extend([column(measure, "_from"), column(measure, "_to")]);
            }
            let keys: std::collections::BTreeSet<_> = from.keys().chain(to.keys()).collect();
            let of = |sums: &BTreeMap<_, BTreeMap<String, Decimal>>, key, measure: &Measure| {
                sums.get(key)?.get(&measure.to_string()).map(ToString::to_string)
            };
            let charged = |key: &&&Vec<Option<String>>| {
                let has = |sums: &BTreeMap<_, BTreeMap<String, Decimal>>| {
                    sums.get(**key).is_some_and(|sums| sums.contains_key("rows"))
                };
                has(&from) || has(&to)
            };
            let rows = keys
                .iter()
                .filter(charged)
                .map(|key| {
                    let mut row = (*key).clone();
                    for measure in &query.measures {
                        row.extend([of(&from, *key, measure), of(&to, *key, measure)]);
                    }
                    row
                })
                .collect();
            Ok(fact_table("comparison", columns, rows))
        }
        .boxed()
    }

    fn at_snapshot<'a>(
        &'a self,
        snapshot: &'a str,
    ) -> BoxFuture<'a, Result<std::sync::Arc<dyn CostStore>, StoreError>> {
        async move {
            if snapshot == self.snapshot() {
                return Ok(shared(self.clone()) as std::sync::Arc<dyn CostStore>);
            }
            let (snapshot, kept) = (snapshot.to_owned(), self.snapshot());
            Err(StoreError::UnknownSnapshot { snapshot, kept })
        }
        .boxed()
    }

    fn snapshot(&self) -> String {
        "s000001".into()
    }
}

impl Estate {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the fake knows a few measures")]
    fn measured(&self, measure: &Measure, sums: &BTreeMap<String, Decimal>) -> Option<String> {
        let edge = |last: bool| {
            let days = self.charges.iter().map(|charge| charge.day);
            if last { days.max() } else { days.min() }.map(|day| day.to_string())
        };
        match measure {
            Measure::FirstCharge => edge(false),
            Measure::LastCharge | Measure::ChargedUntil => {
                edge(true).map(|day| format!("{day}T23:00:00"))
            }
            Measure::UnitCost => {
                let cost = sums.get("effective_cost")?;
                let unit_cost = cost.checked_div(*sums.get("transactions")?)?;
                Some(unit_cost.round_dp(6).to_string())
            }
            other => sums.get(&other.to_string()).map(ToString::to_string),
        }
    }
}

impl MetadataStore for Estate {
    fn find<'a>(
        &'a self,
        _query: &'a MetadataQuery,
        _scope: &'a Scope,
    ) -> BoxFuture<'a, Result<Vec<MetadataHit>, StoreError>> {
        async { self.check().map(|()| self.hits.clone()) }.boxed()
    }
}
