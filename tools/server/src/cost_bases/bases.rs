//! Each basis with its amount, or why it has none.

use wherefore_contract::{
    cost::{ChargeKind, CostMetric, CostQuery, Measure},
    period::Period,
    quality::{CostDescription, DiscountLayout, Identity, Notice, NoticeCode, Severity},
    table::{Column, ColumnKind},
    tool::FactTable,
};

use super::Args;
use crate::fact_table::{Row, cell, computed};

/// The bases in the order of showing: what cash left, what belongs to the time, what it would have cost.
const BASES: [(&str, CostMetric); 6] = [
    ("cash", CostMetric::Billed),
    ("net_cash", CostMetric::NetBilled),
    ("amortized", CostMetric::Effective),
    ("net_amortized", CostMetric::NetEffective),
    ("list", CostMetric::List),
    ("contracted", CostMetric::Contracted),
];

// The two parts of what was billed.
const PARTS: [(&str, ChargeKind); 2] =
    [("before_credits", ChargeKind::Gross), ("credits", ChargeKind::Credit)];

/// Whether a basis can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Usable,
    /// Usable, with something to know.
    Doubtful,
    /// Its amount would be wrong.
    Barred,
    /// The bills do not hold it.
    Absent,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::Doubtful => "doubtful",
            Self::Barred => "barred",
            Self::Absent => "absent",
        }
    }

    fn is_shown(self) -> bool {
        matches!(self, Self::Usable | Self::Doubtful)
    }
}

/// How a basis stands, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    metric: CostMetric,
    status: Status,
    reason: Option<&'static str>,
}

impl Standing {
    pub(super) fn is_shown_of(standings: &[Self], metric: CostMetric) -> bool {
        standings.iter().any(|standing| standing.metric == metric && standing.status.is_shown())
    }
}

/// One query for every basis and the rows that lack it.
pub(super) fn query(args: &Args) -> CostQuery {
    let amounts = BASES.map(|(_, metric)| metric.measure());
    let parts = PARTS.map(|(_, kind)| Measure::OfKind(kind, CostMetric::Billed));
    let own = BASES.into_iter().filter(|(_, metric)| gross_of(*metric).is_none());
    let lacking = own.map(|(_, metric)| Measure::Lacking(metric));
    let mut measures: Vec<Measure> = amounts.into_iter().chain(parts).collect();
    if args.dimensions.is_empty() {
        measures.extend(lacking);
    }
    CostQuery {
        measures,
        dimensions: args.dimensions.clone(),
        filters: args.filters.clone(),
        period: args.period,
        limit: args.limit,
        ..CostQuery::total(Measure::BilledCost)
    }
}

/// How each basis stands in these periods.
pub(super) fn standings(
    description: &CostDescription,
    notices: &[Notice],
    periods: &[Period],
) -> Vec<Standing> {
    BASES.map(|(_, metric)| standing(metric, description, notices, periods)).to_vec()
}

fn standing(
    metric: CostMetric,
    description: &CostDescription,
    notices: &[Notice],
    periods: &[Period],
) -> Standing {
    let of = |status, reason| Standing { metric, status, reason };
    let measure = metric.measure();
    if let Some(gross) = gross_of(metric) {
        if !description.knows_net(periods) {
            return of(Status::Absent, Some("no_net_columns"));
        }
        let own = barring(&measure, notices);
        let gross = own.is_none().then(|| standing(gross, description, notices, periods));
        let layouts = description.discount_layouts(periods);
        return match (own, gross) {
            (Some(reason), _) => of(Status::Barred, Some(reason)),
            // Where the bill is in FOCUS, or a row has no net amount, the gross cost stands in.
            (None, Some(gross)) if !gross.status.is_shown() => of(gross.status, gross.reason),
            (None, _) if layouts == [DiscountLayout::InTheCosts] => {
                of(Status::Usable, Some("in_the_costs"))
            }
            (None, _) if !layouts.iter().any(|layout| has_columns(*layout)) => {
                of(Status::Usable, Some("discount_rows"))
            }
            (None, _) => of(Status::Usable, None),
        };
    }
    if let Some(reason) = barring(&measure, notices) {
        let absent = reason == "missing_metric";
        return of(if absent { Status::Absent } else { Status::Barred }, Some(reason));
    }
    let doubt = [Identity::Negation, Identity::ListPrice]
        .into_iter()
        .find(|identity| identity.measure() == measure && description.failed(*identity, periods));
    if doubt.is_some() {
        return of(Status::Doubtful, Some("identity_failed"));
    }
    match touching(&measure, notices, Severity::Warning) {
        Some(reason) => of(Status::Doubtful, Some(reason)),
        None => of(Status::Usable, None),
    }
}

/// The cost that stands in for a net one on rows without it.
fn gross_of(metric: CostMetric) -> Option<CostMetric> {
    match metric {
        CostMetric::NetBilled => Some(CostMetric::Billed),
        CostMetric::NetEffective => Some(CostMetric::Effective),
        CostMetric::Billed | CostMetric::Effective | CostMetric::List | CostMetric::Contracted => {
            None
        }
    }
}

fn has_columns(layout: DiscountLayout) -> bool {
    match layout {
        DiscountLayout::NetColumns | DiscountLayout::ColumnsAndRows => true,
        DiscountLayout::InTheCosts | DiscountLayout::SeparateRows | DiscountLayout::NotShown => {
            false
        }
    }
}

fn barring(measure: &Measure, notices: &[Notice]) -> Option<&'static str> {
    touching(measure, notices, Severity::Bar)
}

// Of several reasons the gravest first: what contradicts itself before what is only absent.
fn touching(measure: &Measure, notices: &[Notice], severity: Severity) -> Option<&'static str> {
    let subject = measure.to_string();
    let codes = notices
        .iter()
        .filter(|notice| notice.severity == severity && notice.subject == subject)
        .filter_map(|notice| reason(notice.code));
    codes.min().map(|(_, name)| name)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest says nothing of a cost basis")]
fn reason(code: NoticeCode) -> Option<(u8, &'static str)> {
    match code {
        NoticeCode::IdentityFailed => Some((0, "identity_failed")),
        NoticeCode::ZeroMetric => Some((1, "zero_metric")),
        NoticeCode::RoundedMetric => Some((2, "rounded_metric")),
        NoticeCode::UnknownCommitmentCost => Some((3, "unknown_commitment_cost")),
        NoticeCode::CreditsHideUsage => Some((4, "credits_hide_usage")),
        NoticeCode::MissingMetric => Some((5, "missing_metric")),
        _ => None,
    }
}

/// One row a basis: its amount where it can be used, how it stands, why, and the rows that lack it.
pub(super) fn table(costs: &FactTable, standings: &[Standing]) -> FactTable {
    let wide = &costs.table;
    let currency = wide.column("billing_currency").is_some();
    let unit = wide.column(&Measure::BilledCost.column_name());
    let amount = Column { name: "cost".to_owned(), ..unit.cloned().unwrap_or_else(no_amount) };
    let rows_unit = wide.column("lacking_billed_cost").and_then(|column| column.unit.clone());
    let lacking = Column { name: "rows_without".to_owned(), unit: rows_unit, ..no_amount() };
    let columns = [Column::dimension("basis"), Column::dimension("measure")]
        .into_iter()
        .chain(currency.then(|| Column::dimension("billing_currency")))
        .chain([amount, Column::dimension("status"), Column::dimension("reason"), lacking]);
    let columns: Vec<Column> = columns.collect();
    let mut rows: Vec<Row> = Vec::new();
    for row in 0..wide.rows.len() {
        let text = |column: &str| wide.text(row, column).map(str::to_owned);
        let line = |basis: &str, measure: &Measure, status: Status, reason: Option<&str>| {
            let mut cells = vec![cell(basis), cell(measure)];
            cells.extend(currency.then(|| text("billing_currency")));
            cells.push(text(&measure.column_name()).filter(|_| status.is_shown()));
            cells.extend([cell(status.name()), reason.map(str::to_owned)]);
            cells
        };
        for (name, metric) in BASES {
            let Some(standing) = standings.iter().find(|held| held.metric == metric) else {
                continue;
            };
            let mut cells = line(name, &metric.measure(), standing.status, standing.reason);
            let held = gross_of(metric).unwrap_or(metric);
            cells.push(text(&Measure::Lacking(held).column_name()));
            rows.push(cells);
        }
        let billed = standings.iter().find(|held| held.metric == CostMetric::Billed);
        for (name, kind) in PARTS {
            let measure = Measure::OfKind(kind, CostMetric::Billed);
            let status = billed.map_or(Status::Absent, |held| held.status);
            let mut cells = line(name, &measure, status, None);
            cells.push(text("lacking_billed_cost"));
            rows.push(cells);
        }
    }
    let mut table = computed("bases", &costs.source, columns, rows);
    table.statement.clone_from(&costs.statement);
    table.parameters.clone_from(&costs.parameters);
    table.period = costs.period;
    table.filters.clone_from(&costs.filters);
    table.data_as_of.clone_from(&costs.data_as_of);
    table.complete = costs.complete;
    table
}

fn no_amount() -> Column {
    Column {
        name: String::new(),
        kind: ColumnKind::Measure,
        unit: None,
        unit_column: None,
        period: None,
    }
}

/// The figures side by side, without the columns of bases that are not shown.
pub(super) fn usable(costs: FactTable, standings: &[Standing]) -> FactTable {
    // A net cost that is its gross twin by the format is no column of its own beside it.
    let twin = |standing: &&Standing| standing.reason == Some("in_the_costs");
    let mut hidden: Vec<String> = standings
        .iter()
        .filter(|standing| !standing.status.is_shown() || twin(standing))
        .map(|standing| standing.metric.measure().column_name())
        .collect();
    let parts = PARTS.map(|(_, kind)| Measure::OfKind(kind, CostMetric::Billed).column_name());
    let credits = |row: usize| {
        let column = Measure::OfKind(ChargeKind::Credit, CostMetric::Billed).column_name();
        costs.table.number(row, &column).is_some_and(|amount| !amount.is_zero())
    };
    if !(0..costs.table.rows.len()).any(credits) {
        hidden.extend(parts);
    }
    let keep =
        |column: &Column| !hidden.contains(&column.name) && !column.name.starts_with("lacking_");
    let kept: Vec<usize> = (0..costs.table.columns.len())
        .filter(|at| costs.table.columns.get(*at).is_some_and(keep))
        .collect();
    let mut costs = costs;
    let columns = kept.iter().filter_map(|at| costs.table.columns.get(*at).cloned()).collect();
    costs.table.columns = columns;
    for row in &mut costs.table.rows {
        *row = kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
    }
    "costs".clone_into(&mut costs.name);
    costs
}
