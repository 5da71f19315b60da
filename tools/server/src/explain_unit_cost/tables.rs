//! Writes the explanation as tables of facts: bridge, verdict, daily, effects, lines.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use wherefore_analysis::{Bridge, BridgeRow, Day, Effect, PriceRow, RegimeVerdict};
use wherefore_contract::{
    money::Currency,
    period::Period,
    table::{Column, Table},
    tool::FactTable,
    unit::Unit,
};

use super::{Request, days::Days, lines::Basis, lines::Lines};
use crate::fact_table::{Row, cell, computed, text};

// Digits of a daily unit cost, as the bridge rounds unit costs.
const UNIT_SCALE: u32 = wherefore_analysis::bridge::UNIT_SCALE;
const SOURCE: &str = "computed:bridge";

/// Everything that was read and computed.
pub(super) struct Story<'a> {
    pub(super) request: &'a Request,
    pub(super) basis: &'a Basis,
    pub(super) lines: Lines,
    pub(super) days: Days,
    pub(super) bridge: Bridge,
    /// The price effects in their parts; `None` where the bill does not tell them apart.
    pub(super) prices: Option<Vec<PriceRow>>,
    /// The bridge of each part that was asked for, by its name.
    pub(super) parts: Vec<(Option<String>, Bridge)>,
    pub(super) verdict: Option<RegimeVerdict>,
}

impl Story<'_> {
    /// `bridge` answers; `lines` is what the store gave and the rest was computed from.
    pub(super) fn tables(self) -> Vec<FactTable> {
        let lines = FactTable { name: "lines".to_owned(), ..self.lines.table.clone() };
        let mut tables = vec![
            self.bridge_table(),
            self.verdict_table(),
            self.daily_table(),
            self.effects_table(),
        ];
        tables.extend(self.price_split_table());
        tables.extend(self.parts_table());
        tables.push(lines);
        tables
    }

    pub(super) fn money(&self) -> Unit {
        Unit::Currency(self.lines.currency.clone())
    }

    pub(super) fn per_transaction(&self) -> Unit {
        let currency: Currency = self.lines.currency.clone();
        Unit::CurrencyPer { currency, per: "transaction".to_owned() }
    }

    pub(super) fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = &self.lines.table;
        FactTable {
            period: Some(self.request.to),
            filters: self.request.filters.clone(),
            data_as_of: read.data_as_of.clone(),
            complete: read.complete && self.days.read.iter().all(|table| table.complete),
            ..computed(name, SOURCE, columns, rows)
        }
    }

    fn bridge_table(&self) -> FactTable {
        let part = self.part_column();
        let mut columns = vec![
            Column::dimension("effect"),
            Column::dimension("cloud_service"),
            Column::dimension("usage_type"),
            Column::measure("amount", self.money()),
            Column::measure("unit_amount", self.per_transaction()),
        ];
        let whole = self.bridge.rows.iter().map(|row| (None, row));
        let rows: Vec<(Option<&str>, &BridgeRow)> = match &part {
            Some(name) => {
                columns.insert(1, Column::dimension(name));
                self.rows_of_parts()
            }
            None => whole.collect(),
        };
        let moved = |row: &BridgeRow| {
            !row.amount.is_zero() || row.unit_amount.is_some_and(|unit| !unit.is_zero())
        };
        let cells = |(name, row): (Option<&str>, &BridgeRow)| {
            let effect = cell(row.effect.name());
            let own = part.is_some().then(|| name.map(str::to_owned));
            let rest = [
                text(&row.cloud_service),
                text(&row.usage_type),
                cell(row.amount.normalize()),
                row.unit_amount.and_then(number),
            ];
            [effect].into_iter().chain(own).chain(rest).collect()
        };
        let rows = rows.into_iter().filter(|(_, row)| moved(row)).map(cells).collect();
        self.table("bridge", columns, rows)
    }

    /// Sums of the bridge by effect, in the order in which effects are explained.
    fn effects_table(&self) -> FactTable {
        let mut sums: BTreeMap<Effect, (Decimal, Option<Decimal>)> = BTreeMap::new();
        for row in &self.bridge.rows {
            let sum = sums.entry(row.effect).or_default();
            sum.0 = sum.0.saturating_add(row.amount);
            if let Some(unit_amount) = row.unit_amount {
                sum.1 = Some(sum.1.unwrap_or_default().saturating_add(unit_amount));
            }
        }
        let columns = vec![
            Column::dimension("effect"),
            Column::measure("amount", self.money()),
            Column::measure("unit_amount", self.per_transaction()),
        ];
        let rows = sums
            .into_iter()
            .map(|(effect, (amount, unit_amount))| {
                vec![cell(effect.name()), number(amount), unit_amount.and_then(number)]
            })
            .collect();
        self.table("effects", columns, rows)
    }

    fn daily_table(&self) -> FactTable {
        let columns = vec![
            Column::time("day"),
            Column::dimension("side"),
            Column::measure(self.basis.cost.column_name(), self.money()),
            Column::measure("transactions", Unit::Count("transactions".to_owned())),
            Column::measure("unit_cost", self.per_transaction()),
        ];
        let counted = self.days.transactions().is_some();
        let row = |side: &str, day: &Day| {
            let unit_cost = day.cost.checked_div(day.transactions).filter(|_| counted);
            vec![
                cell(day.date),
                cell(side),
                number(day.cost),
                counted.then_some(day.transactions).and_then(number),
                unit_cost.and_then(|cost| number(cost.round_dp(UNIT_SCALE))),
            ]
        };
        let earlier = self.days.from.iter().map(|day| row("from", day));
        let rows = earlier.chain(self.days.to.iter().map(|day| row("to", day))).collect();
        let read = &self.days.read;
        let statements: Vec<&str> =
            read.iter().filter_map(|table| table.statement.as_deref()).collect();
        FactTable {
            source: read.first().map_or_else(|| SOURCE.to_owned(), |table| table.source.clone()),
            statement: (!statements.is_empty()).then(|| statements.join(";\n")),
            parameters: read.iter().flat_map(|table| table.parameters.clone()).collect(),
            ..self.table("daily", columns, rows)
        }
    }

    fn verdict_table(&self) -> FactTable {
        let mut cells = Cells::default();
        self.about(&mut cells);
        self.unit_costs(&mut cells);
        self.totals(&mut cells);
        self.main_cause(&mut cells);
        let Table { columns, rows } = cells.table();
        self.table("verdict", columns, rows)
    }

    fn about(&self, cells: &mut Cells) {
        let verdict = self.verdict.as_ref();
        cells.name("workload", self.request.workload.clone());
        cells.name("regime", verdict.and_then(|verdict| cell(verdict.regime.name())));
        cells.name("method", cell("shapley"));
        cells.name("cost_metric", cell(&self.basis.cost));
        cells.figure("change_low", Unit::Ratio, verdict.and_then(|verdict| verdict.change_low));
        cells.figure("change_high", Unit::Ratio, verdict.and_then(|verdict| verdict.change_high));
        let percent = |share: Option<Decimal>| share.and_then(in_percent);
        let low = percent(verdict.and_then(|verdict| verdict.change_low));
        let high = percent(verdict.and_then(|verdict| verdict.change_high));
        cells.figure("change_low_percent", Unit::Percent, low);
        cells.figure("change_high_percent", Unit::Percent, high);
        let elasticity = verdict.and_then(|verdict| verdict.elasticity);
        cells.figure("elasticity", Unit::Ratio, elasticity);
    }

    fn unit_costs(&self, cells: &mut Cells) {
        let Request { from, to, .. } = self.request;
        let Bridge { unit_cost_from, unit_cost_to, .. } = self.bridge;
        let Bridge { unit_cost_total_from, unit_cost_total_to, .. } = self.bridge;
        let unit = || self.per_transaction();
        cells.dated("unit_cost_from", unit(), *from, unit_cost_from);
        cells.dated("unit_cost_to", unit(), *to, unit_cost_to);
        cells.dated("unit_cost_total_from", unit(), *from, unit_cost_total_from);
        cells.dated("unit_cost_total_to", unit(), *to, unit_cost_total_to);
    }

    fn totals(&self, cells: &mut Cells) {
        let Request { from, to, .. } = self.request;
        let counted = self.days.transactions();
        let count = || Unit::Count("transactions".to_owned());
        cells.dated("transactions_from", count(), *from, counted.map(|(from, _)| from));
        cells.dated("transactions_to", count(), *to, counted.map(|(_, to)| to));
        cells.dated("cost_from", self.money(), *from, Some(self.bridge.cost_from));
        cells.dated("cost_to", self.money(), *to, Some(self.bridge.cost_to));
        cells.dated("cost_total_from", self.money(), *from, Some(self.bridge.cost_total_from));
        cells.dated("cost_total_to", self.money(), *to, Some(self.bridge.cost_total_to));
        let days = |period: Period| Some(Decimal::from(period.days()));
        let unit = || Unit::Count("days".to_owned());
        cells.dated("days_from", unit(), *from, days(*from));
        cells.dated("days_to", unit(), *to, days(*to));
        cells.figure("residual", self.money(), Some(self.bridge.residual));
    }

    fn main_cause(&self, cells: &mut Cells) {
        let cause = self.bridge.main_cause.as_ref();
        cells.name("main_effect", cause.and_then(|cause| cell(cause.effect.name())));
        cells.name("main_cloud_service", cause.and_then(|cause| text(&cause.cloud_service)));
        cells.name("main_usage_type", cause.and_then(|cause| text(&cause.usage_type)));
        let share = cause.map(|cause| cause.share);
        cells.figure("main_share", Unit::Ratio, share);
        cells.figure("main_share_percent", Unit::Percent, share.and_then(in_percent));
        cells.name("main_price_part", self.main_price_part().and_then(cell));
        let row = cause.and_then(|cause| {
            self.bridge.rows.iter().find(|row| {
                row.effect == cause.effect
                    && row.cloud_service == cause.cloud_service
                    && row.usage_type == cause.usage_type
            })
        });
        cells.figure("main_amount", self.money(), row.map(|row| row.amount));
        let unit_amount = row.and_then(|row| row.unit_amount);
        cells.figure("main_unit_amount", self.per_transaction(), unit_amount);
    }
}

/// A table of one row, written column by column.
#[derive(Default)]
struct Cells {
    columns: Vec<Column>,
    row: Row,
}

impl Cells {
    fn name(&mut self, name: &str, value: Option<String>) {
        self.columns.push(Column::dimension(name));
        self.row.push(value);
    }

    fn figure(&mut self, name: &str, unit: Unit, value: Option<Decimal>) {
        self.columns.push(Column::measure(name, unit));
        self.row.push(value.and_then(number));
    }

    fn dated(&mut self, name: &str, unit: Unit, period: Period, value: Option<Decimal>) {
        self.columns.push(Column::measure(name, unit).in_period(period));
        self.row.push(value.and_then(number));
    }

    fn table(self) -> Table {
        Table { columns: self.columns, rows: vec![self.row] }
    }
}

pub(super) fn number(value: Decimal) -> Option<String> {
    cell(value.normalize())
}

fn in_percent(share: Decimal) -> Option<Decimal> {
    share.checked_mul(Decimal::ONE_HUNDRED)
}
