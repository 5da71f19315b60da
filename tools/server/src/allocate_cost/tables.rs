//! Writes the allocation as tables of facts: allocation, trace, pools, totals, and what was read.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use wherefore_contract::{table::Column, tool::FactTable, unit::Unit};

use super::{Method, Request, read::Read, split::Allocated};
use crate::fact_table::{Row, cell, computed, text};

const SOURCE: &str = "computed:allocation";
// Digits of a unit cost, as the bridge rounds unit costs.
const UNIT_SCALE: u32 = wherefore_analysis::bridge::UNIT_SCALE;

pub(super) struct Story<'a> {
    pub(super) request: &'a Request,
    pub(super) read: &'a Read,
    pub(super) allocated: &'a Allocated,
}

impl Story<'_> {
    /// `allocation` answers; `read_N` is what the store gave and the rest was computed from.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let mut tables = vec![self.allocation(), self.totals(), self.pools(), self.trace()];
        let read = self
            .read
            .tables
            .iter()
            .zip(["direct", "shared"].into_iter().chain(std::iter::repeat("weights")));
        tables
            .extend(read.map(|(table, name)| FactTable { name: name.to_owned(), ..table.clone() }));
        tables
    }

    fn money(&self) -> Unit {
        Unit::Currency(self.read.currency.clone())
    }

    fn table(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = &self.read.tables;
        FactTable {
            period: Some(self.request.period),
            filters: self.request.filters.clone(),
            data_as_of: read.first().and_then(|table| table.data_as_of.clone()),
            complete: read.iter().all(|table| table.complete),
            ..computed(name, SOURCE, columns, rows)
        }
    }

    // What weights count, where all pools are split by one basis.
    fn weight(&self) -> Unit {
        let mut methods = self.allocated.pools.iter().map(|(.., method)| *method);
        let first = methods.next().filter(|first| methods.all(|other| other == *first));
        match first {
            Some(Method::Proportional) => self.money(),
            Some(Method::Transactions) => Unit::Count("transactions".to_owned()),
            Some(Method::Fixed) => Unit::Percent,
            Some(Method::Even | Method::Usage | Method::Telemetry) | None => {
                Unit::Quantity("units".to_owned())
            }
        }
    }

    fn is_shown(&self, owner: &str) -> bool {
        self.request.owner.as_ref().is_none_or(|wanted| wanted == owner)
    }

    fn allocation(&self) -> FactTable {
        let unit = || Unit::CurrencyPer {
            currency: self.read.currency.clone(),
            per: "transaction".to_owned(),
        };
        let mut columns = vec![
            Column::dimension(self.request.to.name()),
            Column::measure("total_cost", self.money()),
            Column::measure("direct_cost", self.money()),
            Column::measure("shared_cost", self.money()),
        ];
        let counted = !self.read.transactions.is_empty();
        if counted {
            columns.push(Column::measure("transactions", Unit::Count("transactions".to_owned())));
            columns.push(Column::measure("unit_cost", unit()));
            columns.push(Column::measure("direct_unit_cost", unit()));
        }
        let Allocated { direct, shared, .. } = self.allocated;
        let owners: BTreeSet<&String> = direct.keys().chain(shared.keys()).collect();
        let amount = |of: &std::collections::BTreeMap<String, Decimal>, owner: &String| {
            of.get(owner).copied().unwrap_or_default()
        };
        let mut rows: Vec<(Decimal, Row)> = Vec::new();
        for owner in owners.into_iter().filter(|owner| self.is_shown(owner)) {
            let (own, borne) = (amount(direct, owner), amount(shared, owner));
            let total = own.saturating_add(borne);
            let mut row = vec![text(owner), number(total), number(own), number(borne)];
            if counted {
                let count = self.read.transactions.get(owner).copied();
                let each = |cost: Decimal| {
                    let unit = cost.checked_div(count?)?;
                    number(unit.round_dp(UNIT_SCALE))
                };
                row.extend([count.and_then(number), each(total), each(own)]);
            }
            rows.push((total, row));
        }
        // Stable: equal totals stay in the order of their names.
        rows.sort_by_key(|(total, _)| std::cmp::Reverse(*total));
        self.table("allocation", columns, rows.into_iter().map(|(_, row)| row).collect())
    }

    /// Direct, shared and unallocated cost sum to the total of all charges.
    fn totals(&self) -> FactTable {
        let columns = ["total_cost", "direct_cost", "shared_cost", "unallocated_cost"]
            .map(|name| Column::measure(name, self.money()));
        let sum = |amounts: &mut dyn Iterator<Item = &Decimal>| {
            amounts.fold(Decimal::ZERO, |sum, amount| sum.saturating_add(*amount))
        };
        let direct = sum(&mut self.allocated.direct.values());
        let shared = sum(&mut self.allocated.shared.values());
        let unallocated = self.read.unallocated.saturating_add(self.allocated.left());
        let total = direct.saturating_add(shared).saturating_add(unallocated);
        let row = [total, direct, shared, unallocated].into_iter().map(number).collect();
        self.table("totals", columns.into(), vec![row])
    }

    fn pools(&self) -> FactTable {
        let columns = vec![
            Column::dimension("pool"),
            Column::dimension("provider"),
            Column::dimension("allocation_basis"),
            Column::measure("shared_cost", self.money()),
            Column::measure("unallocated_cost", self.money()),
        ];
        let mut pools: Vec<_> = self.allocated.pools.iter().enumerate().collect();
        pools.sort_by_key(|(_, (_, amount, _))| std::cmp::Reverse(amount.abs()));
        let row = |(number_of, ((provider, name), amount, method)): (usize, &(_, Decimal, _))| {
            let (provider, name): (&String, &String) = (provider, name);
            let method: super::Method = *method;
            let left = self.allocated.allocation.left.iter();
            let is_left = left.clone().any(|left| left.pool == number_of.to_string());
            let given = if is_left { Decimal::ZERO } else { *amount };
            vec![
                text(name),
                text(provider),
                cell(wherefore_analysis::Method::from(method).name()),
                number(given),
                number(amount.saturating_sub(given)),
            ]
        };
        self.table("pools", columns, pools.into_iter().map(row).collect())
    }

    /// One row a share: the pool, by what it was split, the weight, and the amount.
    fn trace(&self) -> FactTable {
        let columns = vec![
            Column::dimension(self.request.to.name()),
            Column::dimension("pool"),
            Column::dimension("provider"),
            Column::dimension("allocation_basis"),
            Column::measure("weight", self.weight()),
            Column::measure("share", Unit::Percent),
            Column::measure("shared_cost", self.money()),
        ];
        let shares = self.allocated.allocation.shares.iter();
        let row = |share: &wherefore_analysis::Share| {
            let pool = self.allocated.pool(&share.pool).map(|(key, ..)| key);
            vec![
                text(&share.workload),
                pool.and_then(|key| text(&key.1)),
                pool.and_then(|key| text(&key.0)),
                cell(share.method.name()),
                number(share.weight),
                number(share.percent),
                number(share.amount),
            ]
        };
        let shown = shares.filter(|share| self.is_shown(&share.workload));
        let mut rows: Vec<(Decimal, Row)> =
            shown.map(|share| (share.amount.abs(), row(share))).collect();
        rows.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
        self.table("trace", columns, rows.into_iter().map(|(_, row)| row).collect())
    }
}

fn number(value: Decimal) -> Option<String> {
    cell(value.normalize())
}
