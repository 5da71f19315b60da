//! The columns of a query's result: its measures and what is computed beside the first of them.

use wherefore_contract::{
    cost::{CostQuery, Fold, Measure, Scale},
    error::StoreError,
    table::Column,
    unit::Unit,
};

use crate::compile::{
    Number, Output, Source,
    axis::{Axis, previous_name},
    bind::Binder,
    days::Days,
    demand::Demand,
    expression::Key,
    invalid,
    layers::{Added, Layers},
    named::{Named, key_outputs},
    order::{Compared, Sortable, in_final, mean_names, quotient},
    parts::Parts,
    shape::Shape,
    unit::{measure_column, per_day_column, unit_key, unit_outputs},
};

const DAYS: &str = "days";
const RUNNING: &str = "running_total";
const WHOLE: &str = "whole";
const SO_FAR: &str = "so_far";
const RANK: &str = "rank";

/// What the result of a query is made of.
pub(super) struct ResultColumns<'a> {
    pub(super) query: &'a CostQuery,
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

    fn expression(&self, measure: &Measure) -> String {
        self.parts.expression(measure, |alias| format!("f.{alias}"))
    }

    fn previous(&self, measure: &Measure) -> String {
        self.parts.expression(measure, |alias| format!("f.{}", previous_name(alias)))
    }

    /// What looks at other rows or at the calendar, for the layer above the groups.
    pub(super) fn beside(&self, binder: &mut Binder) -> Result<Vec<Added>, StoreError> {
        let mut added = Vec::new();
        let Some(first) = self.first() else { return Ok(added) };
        if self.query.change || self.query.running {
            let axis = Axis::of(self.keys)?;
            if self.query.change {
                let parts = self.parts.behind(first);
                added.extend(axis.previous(&parts, self.query, self.shape, binder));
            }
            if self.query.running {
                added.push(axis.running(RUNNING, &self.expression(first)));
            }
        }
        if self.query.per_day || matches!(self.query.scale, Some(Scale::Days(_))) {
            let filters = &self.query.filters;
            let days = Days::of(self.keys, self.query.period, filters, self.shape)?;
            added.push(Added::new(DAYS, days.expression(binder)));
        }
        Ok(added)
    }

    // Amounts of different units make no whole: shares are taken within the unit of the first measure.
    fn within(&self) -> Vec<String> {
        let unit = unit_key(self.first(), &self.demand.dimensions);
        let is_within = |key: &&Key| {
            unit == Some(key.alias.as_str()) || self.query.share_per.contains(&key.dimension)
        };
        self.keys.iter().filter(is_within).map(in_final).collect()
    }

    /// The whole that shares are of.
    pub(super) fn whole(&self) -> Option<Added> {
        let first = self.first().filter(|_| self.query.share || self.query.cumulative)?;
        let partition = partition_by(&self.within());
        Some(Added::new(WHOLE, format!("sum({}) over ({partition})", self.expression(first))))
    }

    /// The sum of the first measure down the order.
    pub(super) fn so_far(&self, order: &str) -> Option<Added> {
        let first = self.first().filter(|_| self.query.cumulative)?;
        let partition = partition_by(&self.within());
        let gap = if partition.is_empty() { "" } else { " " };
        let so_far = format!(
            "sum({}) over ({partition}{gap}order by {order} rows between unbounded preceding and current row)",
            self.expression(first)
        );
        Some(Added::new(SO_FAR, so_far))
    }

    /// What the mean of a column is made of, where rows are held against it.
    pub(super) fn means(&self, values: &[Sortable]) -> Result<Vec<Added>, StoreError> {
        let mut added: Vec<Added> = Vec::new();
        let partition = partition_by(&self.within());
        for column in self.mean_columns() {
            let exact = values
                .iter()
                .find(|value| value.name == column && value.compared == Compared::Exact)
                .ok_or_else(|| {
                    invalid(format!("rows are not held against the mean of `{column}`; name a measure that adds up"))
                })?;
            let [sum, count] = mean_names(column);
            let over = |of: &str| format!("{of}({}) over ({partition})", exact.expression);
            added.extend([Added::new(sum, over("sum")), Added::new(count, over("count"))]);
        }
        Ok(added)
    }

    fn mean_columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = Vec::new();
        for held in self.query.having.iter().filter(|held| !held.of.is_amount()) {
            if !columns.contains(&held.column.as_str()) {
                columns.push(&held.column);
            }
        }
        columns
    }

    fn mean_outputs(&self, layers: &Layers) -> Vec<Output> {
        let mut outputs = Vec::new();
        for name in self.mean_columns() {
            let Some(measure) =
                self.demand.measures.iter().find(|measure| measure.column_name() == name)
            else {
                continue;
            };
            let [sum, count] = mean_names(name).map(|name| Number::Cell(layers.index(&name)));
            let name = Fold::Mean.column_name(name);
            outputs.push(Output {
                column: measure_column(measure, name, &self.demand.dimensions, self.shape),
                source: Source::Number(Number::Over(Box::new(sum), Box::new(count))),
            });
        }
        outputs
    }

    /// The place of each row in an order, within the unit of the first measure.
    pub(super) fn rank(&self, leading: &str) -> Added {
        let partition = partition_by(&self.within());
        let gap = if partition.is_empty() { "" } else { " " };
        Added::new(RANK, format!("rank() over ({partition}{gap}order by {leading})"))
    }

    /// The columns that rows can be ordered and kept by, the first measure first.
    pub(super) fn sortables(&self) -> Vec<Sortable> {
        let mut sortables: Vec<Sortable> =
            self.demand.measures.iter().map(|measure| self.sortable(measure)).collect();
        let Some(first) = self.first() else { return sortables };
        let value = self.expression(first);
        if self.query.share {
            let share = Sortable::percent("share", quotient(&value, "f.whole"));
            // Of one whole, the order of shares is the order of amounts.
            sortables.push(if self.query.share_per.is_empty() {
                Sortable { expression: value.clone(), ..share }
            } else {
                share
            });
        }
        if self.query.cumulative {
            let name = "cumulative_share";
            sortables.push(Sortable::percent(name, quotient("f.so_far", "f.whole")));
        }
        if self.query.change {
            let previous = self.previous(first);
            let change = format!("({value} - {previous})");
            let relative = quotient(&change, &previous);
            sortables
                .push(Sortable::percent("absolute_change_percent", format!("abs({relative})")));
            sortables.push(Sortable::percent("change_percent", relative));
            sortables.extend(changes(change, self.parts.is_quotient(first)));
        }
        if self.query.per_day {
            sortables.push(Sortable::quotient(per_day_name(first), quotient(&value, "f.days")));
        }
        if let Some(scale) = self.query.scale {
            let scaled = match scale {
                Scale::Days(days) => quotient(&format!("({value} * {days})"), "f.days"),
                Scale::Times(times) => format!("({value} * {times})"),
                Scale::OverDays(days) => quotient(&value, &days.to_string()),
            };
            sortables.push(Sortable::quotient(scaled_name(first, scale), scaled));
        }
        if self.query.running {
            sortables.push(Sortable::exact(RUNNING, format!("f.{RUNNING}")));
        }
        sortables
    }

    fn sortable(&self, measure: &Measure) -> Sortable {
        let (name, expression) = (measure.column_name(), self.expression(measure));
        if measure.is_moment() {
            return Sortable { name, expression, compared: Compared::Never };
        }
        if self.parts.is_quotient(measure) {
            Sortable::quotient(name, expression)
        } else {
            Sortable::exact(name, expression)
        }
    }

    /// The columns of the answer, made from those of the statement.
    pub(super) fn outputs(&self, layers: &Layers) -> Vec<Output> {
        let mut outputs = key_outputs(self.keys, self.named, layers);
        for measure in &self.demand.measures {
            let name = measure.column_name();
            let column = measure_column(measure, name, &self.demand.dimensions, self.shape);
            let source = match (measure, self.number(measure)) {
                (
                    Measure::FirstCharge | Measure::LastCharge | Measure::ChargedUntil,
                    Number::Cell(index),
                ) => Source::Moment(index),
                (Measure::FirstDay | Measure::LastDay, Number::Cell(index)) => Source::Date(index),
                (_, number) => Source::Number(number),
            };
            outputs.push(Output { column, source });
        }
        let scaled = matches!(self.query.scale, Some(Scale::OverDays(_)));
        let per_day = self.query.per_day || scaled;
        outputs.extend(unit_outputs(&self.demand.measures, per_day, self.keys, self.shape));
        if let Some(first) = self.first() {
            outputs.extend(self.beside_outputs(first, layers));
        }
        outputs.extend(self.mean_outputs(layers));
        outputs
    }

    fn number(&self, measure: &Measure) -> Number {
        self.parts.number(measure, |part| self.keys.len() + part)
    }

    fn beside_outputs(&self, first: &Measure, layers: &Layers) -> Vec<Output> {
        let cell = |name: &str| Number::Cell(layers.index(name));
        let dimensions = &self.demand.dimensions;
        let like_first = |name: &str, number: Number| Output {
            column: measure_column(first, name.to_owned(), dimensions, self.shape),
            source: Source::Number(number),
        };
        let mut outputs = Vec::new();
        if self.query.share {
            outputs.push(percent("share", self.number(first), cell(WHOLE)));
        }
        if self.query.cumulative {
            outputs.push(percent("cumulative_share", cell(SO_FAR), cell(WHOLE)));
        }
        if self.query.rank {
            let column = Column::measure(RANK, Unit::Count("distinct".to_owned()));
            outputs.push(Output { column, source: Source::Number(cell(RANK)) });
        }
        if self.query.change {
            let names: Vec<usize> = self
                .parts
                .list()
                .iter()
                .map(|base| layers.index(&previous_name(&base.alias)))
                .collect();
            let at = |part: usize| names.get(part).copied().unwrap_or_default();
            let previous = self.parts.number(first, at);
            let change = Number::Less(Box::new(self.number(first)), Box::new(previous.clone()));
            outputs.push(like_first("change", change.clone()));
            outputs.push(percent("change_percent", change, previous));
        }
        if self.query.per_day {
            let column = per_day_column(first, per_day_name(first), dimensions, self.shape);
            let number = Number::Over(Box::new(self.number(first)), Box::new(cell(DAYS)));
            outputs.push(Output { column, source: Source::Number(number) });
        }
        if let Some(scale) = self.query.scale {
            let whole = Box::new(self.number(first));
            let scaled = match scale {
                Scale::Days(days) => {
                    Number::Over(Box::new(Number::Times(whole, days)), Box::new(cell(DAYS)))
                }
                Scale::Times(times) => Number::Times(whole, times),
                Scale::OverDays(days) => {
                    Number::Over(whole, Box::new(Number::Whole(i64::from(days))))
                }
            };
            let name = scaled_name(first, scale);
            outputs.push(if matches!(scale, Scale::OverDays(_)) {
                let column = per_day_column(first, name, dimensions, self.shape);
                Output { column, source: Source::Number(scaled) }
            } else {
                of_many(like_first(&name, scaled), first, scale)
            });
        }
        if self.query.running {
            outputs.push(like_first(RUNNING, cell(RUNNING)));
        }
        outputs
    }
}

/// A change and its size, by which rows can be kept and ordered whichever way they moved.
pub(in crate::compile) fn changes(change: String, is_quotient: bool) -> [Sortable; 2] {
    let size = format!("abs({change})");
    if is_quotient {
        [Sortable::quotient("change", change), Sortable::quotient("absolute_change", size)]
    } else {
        [Sortable::exact("change", change), Sortable::exact("absolute_change", size)]
    }
}

fn partition_by(keys: &[String]) -> String {
    if keys.is_empty() { String::new() } else { format!("partition by {}", keys.join(", ")) }
}

/// The name of an amount per day.
pub(in crate::compile) fn per_day_name(measure: &Measure) -> String {
    format!("{}_per_day", measure.column_name())
}

// The cost of so many transactions says so in its unit.
fn of_many(output: Output, first: &Measure, scale: Scale) -> Output {
    let Scale::Times(times) = scale else { return output };
    let unit = match output.column.unit {
        Some(Unit::CurrencyPer { currency, per }) if *first == Measure::UnitCost => {
            Some(Unit::CurrencyPer { currency, per: format!("{times} {per}s") })
        }
        other => other,
    };
    Output { column: Column { unit, ..output.column }, ..output }
}

/// The name of an amount at another length of time.
fn scaled_name(measure: &Measure, scale: Scale) -> String {
    match scale {
        Scale::Days(_) | Scale::Times(_) => format!("{}_scaled", measure.column_name()),
        Scale::OverDays(_) => per_day_name(measure),
    }
}

fn percent(name: &str, part: Number, whole: Number) -> Output {
    Output {
        column: Column::measure(name, Unit::Percent),
        source: Source::Number(Number::PercentOf(Box::new(part), Box::new(whole))),
    }
}
