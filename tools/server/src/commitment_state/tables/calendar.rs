//! When commitments end, what their lapse costs, and which can still be given back.

use jiff::civil::Date;
use wherefore_analysis::commitment::HOURS_OF_A_MONTH;
use wherefore_contract::{Decimal, period::Period, table::Column, tool::FactTable, unit::Unit};

use super::{Story, covers, exact, text};
use crate::{
    commitment_state::{
        ends::{Span, Told},
        held::Commitment,
    },
    fact_table::{Row, cell},
};

const HOURS_OF_A_DAY: u32 = 24;

impl Story<'_> {
    fn today(&self) -> Date {
        self.args.as_of.unwrap_or_else(|| self.window.end().date())
    }

    /// All ends, or those in the time that was asked for; `None` where no commitment has a name.
    pub(super) fn ends(&self) -> Option<FactTable> {
        if self.ends.is_empty() {
            return None;
        }
        let rows: Vec<Row> = self
            .ends
            .iter()
            .filter(|span| self.is_asked(span))
            .map(|span| self.end_row(span))
            .collect();
        if rows.is_empty() {
            // Nothing ends then: the next ends stand in their place.
            let rows = self.ends.iter().map(|span| self.end_row(span)).collect();
            return Some(self.calendar("other_ends", rows));
        }
        Some(self.calendar("ends", rows))
    }

    fn is_asked(&self, span: &Span) -> bool {
        self.args.ending.is_none_or(|asked| {
            span.end.is_some_and(|end| asked.start().date() <= end && end < asked.end().date())
        })
    }

    fn calendar(&self, name: &str, rows: Vec<Row>) -> FactTable {
        let money = |name: &str| self.money(name);
        let columns = vec![
            Column::dimension("commitment_discount"),
            Column::dimension("commitment_discount_type"),
            Column::dimension("covers"),
            Column::time("first_day"),
            Column::time("charged_until"),
            Column::time("ends_on"),
            Column::measure("days_left", Unit::Count("days".to_owned())),
            Column::dimension("end_source"),
            Column::dimension("commitment_term"),
            Column::dimension("commitment_payment"),
            Column::measure("cost_of_a_day", self.per("day")),
            money("monthly_commitment_cost"),
            money("monthly_on_demand_cost"),
            money("monthly_lapse_cost"),
        ];
        FactTable { period: None, ..self.told(name, columns, rows) }
    }

    fn per(&self, time: &str) -> Unit {
        Unit::CurrencyPer { currency: self.usage.currency.clone(), per: time.to_owned() }
    }

    fn end_row(&self, span: &Span) -> Row {
        let commitment = Commitment { id: span.id.clone(), kind: span.kind.clone() };
        let did = self.held.each.get(&commitment);
        let cost = did.and_then(|did| self.monthly(did.held.cost()));
        // Once it ends, what it covered is paid on demand.
        let on_demand = did.and_then(|did| self.monthly(did.held.on_demand?));
        let lapse = on_demand.zip(cost).map(|(on_demand, cost)| on_demand - cost);
        let lasts = span.told != Told::Ended;
        let told = |value: Option<Decimal>| value.filter(|_| lasts).and_then(exact);
        vec![
            text(&span.id),
            text(&span.kind),
            did.and_then(covers),
            cell(span.first_day),
            cell(span.charged_until.date()),
            span.end.and_then(cell),
            span.end.and_then(|end| cell(days_left(self.today(), end))),
            cell(span.told.name()),
            text(&span.term),
            text(&span.payment),
            exact(span.per_day),
            told(cost),
            told(on_demand),
            told(lapse),
        ]
    }

    // What the days of the window come to in a month of 730 hours.
    fn monthly(&self, amount: Decimal) -> Option<Decimal> {
        let hours = self.window.days().checked_mul(i64::from(HOURS_OF_A_DAY))?;
        amount.checked_mul(Decimal::from(HOURS_OF_A_MONTH))?.checked_div(Decimal::from(hours))
    }

    /// Savings plans whose purchase is on the bill, with the last day on which they may be given back.
    pub(super) fn returns(&self) -> Option<FactTable> {
        let rule = &self.offers.give_back;
        let today = self.today();
        let plan = |span: &&Span| span.kind.to_lowercase().contains("savings plan");
        let rows: Vec<Row> = self
            .ends
            .iter()
            .filter(plan)
            .filter(|span| span.told != Told::Ended)
            .filter_map(|span| {
                let hourly = span.per_day.checked_div(Decimal::from(HOURS_OF_A_DAY))?;
                let last = rule.last_day(span.first_day)?;
                let may = rule.may(span.first_day, hourly, today);
                Some(vec![
                    text(&span.id),
                    cell(span.first_day),
                    cell(last),
                    exact(hourly),
                    cell(if may { "open" } else { "over" }),
                    cell(rule.days),
                    exact(rule.most_hourly),
                ])
            })
            .collect();
        let columns = vec![
            Column::dimension("commitment_discount"),
            Column::time("first_day"),
            Column::time("return_until"),
            Column::measure("hourly_commitment", self.per("hour")),
            Column::dimension("return_state"),
            Column::measure("return_days", Unit::Count("days".to_owned())),
            Column::measure("most_hourly", self.per("hour")),
        ];
        let told = FactTable { period: None, ..self.told("returns", columns, rows) };
        (!told.table.rows.is_empty()).then_some(told)
    }
}

/// Days from a day to another, negative once it has passed.
fn days_left(today: Date, end: Date) -> i64 {
    match Period::of_days(today, end) {
        Ok(period) => period.days(),
        Err(_) => Period::of_days(end, today).map_or(0, |period| -period.days()),
    }
}
