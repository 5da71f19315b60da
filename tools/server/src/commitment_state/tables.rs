//! The state of commitments as tables: all together, each, by group of usage and by month.

mod calendar;

use wherefore_analysis::commitment::{
    hours::Reserved,
    offers::OfferTable,
    state::{Held, coverage},
};
use wherefore_contract::{Decimal, period::Period, table::Column, tool::FactTable, unit::Unit};

use super::{
    Args,
    ends::Span,
    held::{AllHeld, Did},
};
use crate::{
    commitments::usage::Usage,
    fact_table::{Row, cell, computed, text},
};

const PLACES: u32 = 8;

fn exact(value: Decimal) -> Option<String> {
    cell(value.round_dp(PLACES).normalize())
}

fn percent(part: Decimal) -> Option<String> {
    cell((part * Decimal::ONE_HUNDRED).round_dp(4).normalize())
}

fn hours() -> Unit {
    Unit::Count("hours".to_owned())
}

/// What was read of the commitments.
pub(super) struct Story<'a> {
    pub(super) args: &'a Args,
    pub(super) offers: &'a OfferTable,
    pub(super) held: AllHeld,
    pub(super) ends: Vec<Span>,
    pub(super) usage: Usage,
    pub(super) window: Period,
}

impl Story<'_> {
    /// The answer first. No table where no commitment is held and none ends.
    pub(super) fn tables(&self) -> Vec<FactTable> {
        let state = self.held.total().map(|total| {
            [Some(self.state(&total)), Some(self.each()), self.months(), Some(self.covered())]
        });
        let state = state.into_iter().flatten().flatten();
        let ends = self.ends();
        let returns = self.returns();
        if self.args.returns {
            returns.into_iter().chain(state).chain(ends).collect()
        } else if self.args.ends {
            ends.into_iter().chain(state).chain(returns).collect()
        } else {
            state.chain(ends).chain(returns).collect()
        }
    }

    fn money(&self, name: &str) -> Column {
        Column::measure(name, Unit::Currency(self.usage.currency.clone()))
    }

    fn figures(&self) -> Vec<Column> {
        let percent = |name: &str| Column::measure(name, Unit::Percent);
        vec![
            self.money("commitment_cost"),
            self.money("used_commitment_cost"),
            self.money("unused_commitment_cost"),
            percent("utilization"),
            self.money("covered_cost"),
            self.money("net_saving"),
            percent("commitment_savings_rate"),
            Column::measure("used_hours", hours()),
            Column::measure("unused_hours", hours()),
            percent("hour_utilization"),
        ]
    }

    fn state(&self, did: &Did) -> FactTable {
        let total = &did.held;
        let (covered, on_demand) = self.sums();
        // Over all usage that commitments can cover: what is not covered saves nothing.
        let rate = total
            .net_saving()
            .and_then(|saved| saved.checked_div(total.on_demand.unwrap_or(covered) + on_demand));
        let part = coverage(covered, on_demand);
        let mut row = figures(did);
        row.extend([exact(on_demand), part.and_then(percent), rate.and_then(percent)]);
        let mut columns = self.figures();
        columns.extend([
            self.money("on_demand_cost"),
            Column::measure("coverage", Unit::Percent),
            Column::measure("effective_savings_rate", Unit::Percent),
        ]);
        self.told("state", columns, vec![row])
    }

    /// What commitments covered and what was paid on demand, at on-demand prices.
    fn sums(&self) -> (Decimal, Decimal) {
        let groups = self.usage.groups.values();
        let covered = groups
            .clone()
            .flat_map(|group| group.covered.values())
            .map(|held| held.on_demand.unwrap_or(held.used));
        let on_demand = groups.flat_map(|group| group.on_demand.values());
        (covered.sum(), on_demand.sum())
    }

    /// The most wasted first.
    fn each(&self) -> FactTable {
        let mut each: Vec<_> = self.held.each.iter().collect();
        each.sort_by(|left, right| {
            let unused = right.1.held.unused.cmp(&left.1.held.unused);
            unused.then_with(|| left.0.cmp(right.0))
        });
        let rows = each.into_iter().map(|(commitment, did)| {
            let names = [text(&commitment.id), text(&commitment.kind), covers(did)];
            names.into_iter().chain(figures(did)).collect()
        });
        let rows = rows.collect();
        let names =
            ["commitment_discount", "commitment_discount_type", "covers"].map(Column::dimension);
        let columns = names.into_iter().chain(self.figures()).collect();
        self.told("commitments", columns, rows)
    }

    fn months(&self) -> Option<FactTable> {
        let rows: Vec<Row> = self
            .held
            .months
            .iter()
            .map(|(month, did)| [text(month)].into_iter().chain(figures(did)).collect())
            .collect();
        let columns = [Column::time("month")].into_iter().chain(self.figures()).collect();
        (!rows.is_empty()).then(|| self.told("months", columns, rows))
    }

    fn covered(&self) -> FactTable {
        let rows = self.usage.groups.iter().map(|(group, usage)| {
            let on_demand: Decimal = usage.on_demand.values().sum();
            let covered: Decimal =
                usage.covered.values().map(|held| held.on_demand.unwrap_or(held.used)).sum();
            vec![
                text(group),
                exact(covered),
                exact(on_demand),
                coverage(covered, on_demand).and_then(percent),
                usage.hours.coverage().and_then(|_| exact(usage.hours.reserved)),
                usage.hours.coverage().and_then(|_| exact(usage.hours.running())),
                usage.hours.coverage().and_then(percent),
                usage.units.coverage().and_then(percent),
            ]
        });
        let rows = rows.collect();
        let columns = vec![
            Column::dimension("covers"),
            self.money("covered_cost"),
            self.money("on_demand_cost"),
            Column::measure("coverage", Unit::Percent),
            Column::measure("reserved_hours", hours()),
            Column::measure("running_hours", hours()),
            Column::measure("hour_coverage", Unit::Percent),
            Column::measure("unit_coverage", Unit::Percent),
        ];
        self.told("covered_usage", columns, rows)
    }

    fn told(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> FactTable {
        let read = &self.held.read;
        FactTable {
            statement: read.statement.clone(),
            parameters: read.parameters.clone(),
            period: Some(self.window),
            filters: self.args.filters.clone(),
            data_as_of: read.data_as_of.clone(),
            ..computed(name, &read.source, columns, rows)
        }
    }
}

fn figures(did: &Did) -> Row {
    let held: &Held = &did.held;
    let hours: Option<&Reserved> = did.hours.as_ref();
    vec![
        exact(held.cost()),
        exact(held.used),
        exact(held.unused),
        held.utilization().and_then(percent),
        held.on_demand.and_then(exact),
        held.net_saving().and_then(exact),
        held.effective_savings_rate().and_then(percent),
        hours.and_then(|hours| exact(hours.used)),
        hours.and_then(|hours| exact(hours.unused)),
        hours.and_then(Reserved::utilization).and_then(percent),
    ]
}

/// The cloud services that a commitment covered, in the order of their names.
fn covers(did: &Did) -> Option<String> {
    let names: Vec<&str> = did.covers.iter().map(String::as_str).collect();
    text(&names.join(", "))
}
