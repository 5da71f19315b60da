//! Writes calls as tables of facts: by operation, by client, what could be batched, and their sums.

use rust_decimal::Decimal;
use wherefore_contract::{
    filter::Filter, period::Period, table::Column, tool::FactTable, unit::Unit,
};

use super::{
    bill::{Bill, Metered},
    clients::{Basis, Judged},
};
use crate::{
    fact_table::{Row, cell, computed, text},
    serve::Tools,
};

const SOURCE: &str = "computed:calls";
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
/// An average month: 8,760 hours of a year over twelve.
const HOURS_OF_MONTH: i64 = 730;
// The dearest lines and clients; the sums beside them are of all.
const LINES_SHOWN: usize = 200;
const DIGITS: u32 = 12;

/// Everything that was read and found.
pub(super) struct Story<'a> {
    pub(super) period: Period,
    pub(super) before: Option<Period>,
    pub(super) filters: &'a [Filter],
    pub(super) bill: &'a Bill,
    pub(super) clients: Option<Vec<Judged>>,
    pub(super) tools: &'a Tools,
}

impl Story<'_> {
    /// `calls` answers what calls cost, `clients` who makes them.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let clients = self.clients.as_deref().unwrap_or_default();
        if self.bill.lines.is_empty() && clients.is_empty() {
            return Vec::new();
        }
        let tables = [self.calls(), self.verdict(clients), self.clients(clients), self.batching()];
        tables.into_iter().filter(|table| !table.table.rows.is_empty()).collect()
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = &self.bill.table;
        FactTable {
            statement: read.statement.clone(),
            parameters: read.parameters.clone(),
            period: Some(self.period),
            filters: self.filters.to_vec(),
            data_as_of: read.data_as_of.clone(),
            complete: read.complete,
            ..computed(name, SOURCE, columns, rows)
        }
    }

    fn money(&self, name: &str) -> Column {
        let unit = self.bill.currency.clone();
        Column::measure(name, unit.unwrap_or_else(|| Unit::Quantity("currency".to_owned())))
    }

    fn per_million(&self) -> Column {
        let unit = match self.bill.currency.as_ref().and_then(Unit::currency) {
            Some(currency) => {
                Unit::CurrencyPer { currency: currency.clone(), per: "1000000 calls".to_owned() }
            }
            None => Unit::Quantity("currency".to_owned()),
        };
        Column::measure("call_price", unit)
    }

    fn calls(&self) -> FactTable {
        let columns = vec![
            Column::dimension("cloud_service"),
            Column::dimension("usage_type"),
            Column::dimension("operation"),
            calls("calls"),
            self.money("call_cost"),
            self.per_million(),
        ];
        let row = |line: &Metered| {
            vec![
                text(&line.cloud_service),
                text(&line.usage_type),
                text(&line.operation),
                cell(line.calls.normalize()),
                cell(line.cost.normalize()),
                price(line.cost, line.calls),
            ]
        };
        let rows = self.bill.lines.iter().take(LINES_SHOWN).map(row).collect();
        self.table("calls", columns, rows)
    }

    fn verdict(&self, clients: &[Judged]) -> FactTable {
        let columns = vec![
            calls("calls"),
            self.money("call_cost"),
            self.per_million(),
            self.money("uncounted_cost"),
            self.money("monthly_saving"),
            self.money("low"),
            self.money("high"),
        ];
        let sum = |of: fn(&Metered) -> Decimal| self.bill.lines.iter().map(of).sum::<Decimal>();
        let (count, cost) = (sum(|line| line.calls), sum(|line| line.cost));
        let savings: Vec<[Decimal; 3]> = clients.iter().filter_map(|held| held.saving).collect();
        let of_month = |of: fn(&[Decimal; 3]) -> Decimal| {
            let all: Decimal = savings.iter().map(of).sum();
            (!savings.is_empty()).then(|| cell(self.month(all).normalize())).flatten()
        };
        let row = vec![
            cell(count.normalize()),
            cell(cost.normalize()),
            price(cost, count),
            cell(self.bill.uncounted.normalize()),
            of_month(|[_, expected, _]| *expected),
            of_month(|[low, ..]| *low),
            of_month(|[.., high]| *high),
        ];
        self.table("verdict", columns, vec![row])
    }

    fn clients(&self, clients: &[Judged]) -> FactTable {
        let rate =
            |name: &str| Column::measure(name, Unit::Quantity("calls/transaction".to_owned()));
        let earlier = rate("calls_per_transaction_from");
        let columns = vec![
            Column::dimension("workload"),
            Column::dimension("operation"),
            Column::dimension("client"),
            calls("calls"),
            self.money("call_cost"),
            match self.before {
                Some(before) => earlier.in_period(before),
                None => earlier,
            },
            rate("calls_per_transaction_to").in_period(self.period),
            Column::measure("times_peers", Unit::Ratio),
            Column::dimension("excess"),
            self.money("monthly_saving"),
            self.money("low"),
            self.money("high"),
            Column::dimension("rate_basis"),
        ];
        let rows = clients.iter().take(LINES_SHOWN).map(|held| self.client(held)).collect();
        self.table("clients", columns, rows)
    }

    fn client(&self, held: &Judged) -> Row {
        let found = &held.found;
        let number = |value: Option<Decimal>| value.and_then(|value| cell(value.normalize()));
        let saving = |of: fn(&[Decimal; 3]) -> Decimal| {
            number(held.saving.as_ref().map(of).map(|saving| self.month(saving)))
        };
        vec![
            text(&held.workload),
            text(&held.operation),
            text(&held.client),
            cell(found.calls.normalize()),
            cell(held.cost.normalize()),
            number(found.per_transaction_before),
            number(found.per_transaction),
            number(found.times_peers),
            found.excess.and_then(|excess| cell(excess.name())),
            saving(|[_, expected, _]| *expected),
            saving(|[low, ..]| *low),
            saving(|[.., high]| *high),
            cell(match held.basis {
                Basis::Metered => "metered",
                Basis::Workload => "share_of_workload",
            }),
        ]
    }

    // Operations of which one call can carry several: at most so much less.
    fn batching(&self) -> FactTable {
        let columns = vec![
            Column::dimension("cloud_service"),
            Column::dimension("usage_type"),
            Column::dimension("operation"),
            Column::dimension("batch_operation"),
            calls("calls"),
            calls("calls_together"),
            self.money("low"),
            self.money("high"),
        ];
        let row = |line: &Metered| {
            let by_name = || self.tools.rules.meters.of_operation(&line.operation);
            let meter = if line.operation.is_empty() {
                self.tools.rules.meters.by_id(&line.meter)
            } else {
                by_name()
            };
            let (meter, most) = meter.and_then(|meter| Some((meter, meter.together?)))?;
            let less = Decimal::ONE - Decimal::ONE.checked_div(Decimal::from(most))?;
            Some(vec![
                text(&line.cloud_service),
                text(&line.usage_type),
                text(&line.operation),
                meter.batch.as_deref().and_then(text),
                cell(line.calls.normalize()),
                cell(most),
                cell(Decimal::ZERO),
                cell(self.month(line.cost.saturating_mul(less)).normalize()),
            ])
        };
        let rows = self.bill.lines.iter().take(LINES_SHOWN).filter_map(row).collect();
        self.table("batching", columns, rows)
    }

    // Money of the period as money of a month; a calendar month is one.
    fn month(&self, amount: Decimal) -> Decimal {
        if self.period.single_month().is_some() {
            return amount.round_dp(DIGITS);
        }
        let month = amount.saturating_mul(Decimal::from(HOURS_OF_MONTH));
        let part = month.checked_div(Decimal::from(self.period.hours()));
        part.unwrap_or_default().round_dp(DIGITS)
    }
}

fn calls(name: &str) -> Column {
    Column::measure(name, Unit::Count("calls".to_owned()))
}

// Money for a million calls.
fn price(cost: Decimal, calls: Decimal) -> Option<String> {
    let price = cost.checked_mul(MILLION)?.checked_div(calls)?;
    cell(price.round_dp(DIGITS).normalize())
}
