//! The columns of a comparison: its measures in both periods and what is computed of the first of them.

use wherefore_contract::{
    cost::{CompareQuery, Measure},
    error::StoreError,
    table::Column,
    unit::Unit,
};

use super::{SIDES, Side};
use crate::compile::{
    Number, Output, Source,
    days::days_in,
    demand::Demand,
    expression::Key,
    layers::{Added, Layers},
    named::{Named, key_outputs},
    order::{Sortable, quotient},
    parts::Parts,
    query::{changes, per_day_name},
    shape::Shape,
    unit::{measure_column, per_day_column, unit_key, unit_outputs},
};

const WHOLE_CHANGE: &str = "whole_change";

/// What the result of a comparison is made of.
pub(super) struct ResultColumns<'a> {
    pub(super) query: &'a CompareQuery,
    pub(super) demand: &'a Demand,
    pub(super) parts: &'a Parts<'a>,
    pub(super) keys: &'a [Key],
    pub(super) named: &'a [Named],
    pub(super) shape: &'a Shape,
}

impl ResultColumns<'_> {
    fn first(&self) -> Option<&Measure> {
        self.demand.measures.first()
    }

    fn expression(&self, measure: &Measure, side: Side) -> String {
        self.parts.expression(measure, |alias| format!("f.{}", side.name(alias)))
    }

    fn change(&self, measure: &Measure) -> String {
        let [from, to] = SIDES.map(|side| self.expression(measure, side));
        if self.parts.is_quotient(measure) {
            format!("({to}) - ({from})")
        } else {
            format!("{to} - {from}")
        }
    }

    fn days(&self, side: Side) -> Result<i64, StoreError> {
        days_in(side.period(self.query), &self.query.filters, self.shape)
    }

    /// The change that shares are of, within the unit of the first measure.
    pub(super) fn whole_change(&self) -> Vec<Added> {
        let Some(first) = self.first().filter(|_| self.query.share) else { return Vec::new() };
        let unit = unit_key(Some(first), &self.demand.dimensions);
        let partition = unit.map_or_else(String::new, |unit| format!("partition by f.{unit}"));
        let whole = format!("sum({}) over ({partition})", self.change(first));
        vec![Added::new(WHOLE_CHANGE, whole)]
    }

    /// The columns that rows can be ordered and kept by.
    pub(super) fn sortables(&self) -> Result<Vec<Sortable>, StoreError> {
        let mut sortables = Vec::new();
        for measure in &self.demand.measures {
            for side in SIDES {
                let name = side.name(&measure.column_name());
                let expression = self.expression(measure, side);
                sortables.push(if self.parts.is_quotient(measure) {
                    Sortable::quotient(name, expression)
                } else {
                    Sortable::exact(name, expression)
                });
            }
        }
        let Some(first) = self.first() else { return Ok(sortables) };
        let change = self.change(first);
        let from = self.expression(first, Side::From);
        let percent = quotient(&format!("({change})"), &format!("({from})"));
        sortables.push(Sortable::percent("absolute_change_percent", format!("abs({percent})")));
        sortables.push(Sortable::percent("change_percent", percent));
        if self.query.share {
            let share = quotient(&format!("({change})"), &format!("f.{WHOLE_CHANGE}"));
            sortables.push(Sortable::percent("share_of_change", share));
        }
        if self.query.per_day {
            let [from, to] = [self.per_day(first, Side::From)?, self.per_day(first, Side::To)?];
            let difference = format!("{to} - {from}");
            let percent = quotient(&format!("({difference})"), &format!("({from})"));
            sortables.push(Sortable::percent("change_per_day_percent", percent));
            sortables.push(Sortable::quotient(Side::From.name(&per_day_name(first)), from));
            sortables.push(Sortable::quotient(Side::To.name(&per_day_name(first)), to));
            sortables.push(Sortable::quotient("change_per_day", difference));
        }
        sortables.extend(changes(change, self.parts.is_quotient(first)));
        Ok(sortables)
    }

    fn per_day(&self, measure: &Measure, side: Side) -> Result<String, StoreError> {
        Ok(quotient(&self.expression(measure, side), &self.days(side)?.to_string()))
    }

    /// The columns of the answer, made from those of the statement.
    pub(super) fn outputs(&self, layers: &Layers) -> Result<Vec<Output>, StoreError> {
        let mut outputs = key_outputs(self.keys, self.named, layers);
        let dimensions = &self.demand.dimensions;
        for measure in &self.demand.measures {
            for side in SIDES {
                let name = side.name(&measure.column_name());
                let column = measure_column(measure, name, dimensions, self.shape);
                outputs.push(Output {
                    column: column.in_period(side.period(self.query)),
                    source: Source::Number(self.number(measure, side)),
                });
            }
        }
        let Some(first) = self.first() else { return Ok(outputs) };
        let [from, to] = SIDES.map(|side| self.number(first, side));
        let change = Number::Less(Box::new(to), Box::new(from.clone()));
        outputs.push(Output {
            column: measure_column(first, "change".to_owned(), dimensions, self.shape),
            source: Source::Number(change.clone()),
        });
        outputs.push(percent("change_percent", change.clone(), from));
        if self.query.share {
            let whole = Number::Cell(layers.index(WHOLE_CHANGE));
            outputs.push(percent("share_of_change", change, whole));
        }
        if self.query.per_day {
            outputs.extend(self.per_day_outputs(first)?);
        }
        let per_day = self.query.per_day;
        outputs.extend(unit_outputs(&self.demand.measures, per_day, self.keys, self.shape));
        Ok(outputs)
    }

    fn per_day_outputs(&self, first: &Measure) -> Result<Vec<Output>, StoreError> {
        let dimensions = &self.demand.dimensions;
        let column = |name: String| per_day_column(first, name, dimensions, self.shape);
        let over = |side: Side| {
            let days = Number::Whole(self.days(side)?);
            Ok(Number::Over(Box::new(self.number(first, side)), Box::new(days)))
        };
        let (from, to) = (over(Side::From)?, over(Side::To)?);
        let change = Number::Less(Box::new(to.clone()), Box::new(from.clone()));
        let name = per_day_name(first);
        let side = |side: Side, number: Number| Output {
            column: column(side.name(&name)).in_period(side.period(self.query)),
            source: Source::Number(number),
        };
        let relative = percent("change_per_day_percent", change.clone(), from.clone());
        Ok(vec![
            side(Side::From, from),
            side(Side::To, to),
            Output { column: column("change_per_day".to_owned()), source: Source::Number(change) },
            relative,
        ])
    }

    fn number(&self, measure: &Measure, side: Side) -> Number {
        let offset = match side {
            Side::From => 0,
            Side::To => 1,
        };
        self.parts.number(measure, |part| self.keys.len() + 2 * part + offset)
    }
}

fn percent(name: &str, part: Number, whole: Number) -> Output {
    Output {
        column: Column::measure(name, Unit::Percent),
        source: Source::Number(Number::PercentOf(Box::new(part), Box::new(whole))),
    }
}
