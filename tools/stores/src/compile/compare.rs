//! `CompareQuery` to SQL: both periods in one pass over the rows, side by side.

use wherefore_contract::{
    cost::{CompareQuery, Measure},
    error::StoreError,
    period::Period,
    scope::Scope,
    table::Column,
    unit::Unit,
};

use super::{
    Number, Output, Source, Statement,
    bind::Binder,
    condition::{check_shared, in_period},
    demand::{Base, Demand, bases},
    expression::{Key, aggregate},
    invalid,
    order::{Ordering, Sortable, TimeFirst, in_final, quotient},
    query::{Empty, grouped, join},
    relation::{Relation, hints_for},
    shape::Shape,
    tables::Tables,
    unit::{measure_column, unit_cost_unit},
};

const SIDES: [Side; 2] = [Side::From, Side::To];

/// One of the two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

impl Side {
    fn suffix(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
        }
    }

    fn period(self, query: &CompareQuery) -> Period {
        match self {
            Self::From => query.from,
            Self::To => query.to,
        }
    }

    fn name(self, stem: &str) -> String {
        format!("{stem}_{}", self.suffix())
    }
}

pub(super) fn compile(
    query: &CompareQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let demand = Demand::of(&query.measures, &query.dimensions, shape)?;
    check(query, &demand)?;
    let bases = bases(&demand, shape);
    let mut binder = Binder::default();
    let tables = Tables { filters: &query.filters, scope, shape, demand: &demand };
    let body = Body { query, tables, bases: &bases };
    let (keys, inner) = body.compile(&mut binder)?;
    let sortable = sortables(&demand, &bases, shape);
    let order = Ordering {
        asked: &query.order,
        keys: &keys,
        values: &sortable,
        by_default: sortable
            .iter()
            .find(|value| value.name == "change")
            .map_or("1", |change| change.expression.as_str()),
        time_first: TimeFirst::No,
    }
    .clause()?;
    let values = bases.iter().flat_map(|base| SIDES.map(|side| side.name(&base.alias)));
    let list: Vec<String> =
        keys.iter().map(in_final).chain(values.map(|value| format!("f.{value}"))).collect();
    let limit = query.limit.map_or_else(String::new, |limit| format!("\nlimit {limit}"));
    let sql = format!("select {}\nfrom (\n{inner}\n) f\norder by {order}{limit}", list.join(", "));
    let outputs = outputs(query, &demand, &keys, &bases, shape);
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

fn check(query: &CompareQuery, demand: &Demand) -> Result<(), StoreError> {
    if query.limit == Some(0) {
        return Err(invalid("a limit of 0 keeps no row; leave it out or ask for at least 1"));
    }
    let moments = [Measure::FirstCharge, Measure::LastCharge];
    if let Some(measure) = demand.measures.iter().find(|measure| moments.contains(measure)) {
        return Err(invalid(format!("`{measure}` is a moment and has no change to compare")));
    }
    if demand.transactions && !demand.unit_cost {
        check_shared(&query.filters)?;
    }
    Ok(())
}

fn sortables(demand: &Demand, bases: &[Base], shape: &Shape) -> Vec<Sortable> {
    let alias = |measure: &Measure| {
        let base = bases.iter().find(|base| base.measure == *measure);
        base.map_or_else(String::new, |base| base.alias.clone())
    };
    let value = |measure: &Measure, side: Side| {
        let of = |measure: &Measure| format!("f.{}", side.name(&alias(measure)));
        if *measure == Measure::UnitCost {
            quotient(&of(&shape.unit_cost_basis()), &of(&Measure::Transactions))
        } else {
            of(measure)
        }
    };
    let mut sortables = Vec::new();
    for measure in &demand.measures {
        for side in SIDES {
            let name = side.name(&measure.column_name());
            sortables.push(Sortable { name, expression: value(measure, side) });
        }
    }
    if let Some(first) = demand.measures.first() {
        let (from, to) = (value(first, Side::From), value(first, Side::To));
        let change = format!("({to}) - ({from})");
        let change = if *first == Measure::UnitCost { change } else { format!("{to} - {from}") };
        let percent = quotient(&format!("({change})"), &format!("({from})"));
        sortables.push(Sortable { name: "change".to_owned(), expression: change });
        sortables.push(Sortable { name: "change_percent".to_owned(), expression: percent });
    }
    sortables
}

fn outputs(
    query: &CompareQuery,
    demand: &Demand,
    keys: &[Key],
    bases: &[Base],
    shape: &Shape,
) -> Vec<Output> {
    let mut outputs: Vec<Output> = keys
        .iter()
        .enumerate()
        .map(|(index, key)| Output { column: key.column(), source: key.source(index) })
        .collect();
    let cell = |measure: &Measure, side: Side| {
        let base = bases.iter().position(|base| base.measure == *measure).unwrap_or_default();
        let offset = match side {
            Side::From => 0,
            Side::To => 1,
        };
        Number::Cell(keys.len() + 2 * base + offset)
    };
    let number = |measure: &Measure, side: Side| {
        if *measure == Measure::UnitCost {
            Number::Over(
                Box::new(cell(&shape.unit_cost_basis(), side)),
                Box::new(cell(&Measure::Transactions, side)),
            )
        } else {
            cell(measure, side)
        }
    };
    for measure in &demand.measures {
        for side in SIDES {
            let name = side.name(&measure.column_name());
            let column = measure_column(measure, name, &demand.dimensions, shape);
            outputs.push(Output {
                column: column.in_period(side.period(query)),
                source: Source::Number(number(measure, side)),
            });
        }
    }
    if let Some(first) = demand.measures.first() {
        let change =
            Number::Less(Box::new(number(first, Side::To)), Box::new(number(first, Side::From)));
        let percent =
            Number::PercentOf(Box::new(change.clone()), Box::new(number(first, Side::From)));
        outputs.push(Output {
            column: measure_column(first, "change".to_owned(), &demand.dimensions, shape),
            source: Source::Number(change),
        });
        outputs.push(Output {
            column: Column::measure("change_percent", Unit::Percent),
            source: Source::Number(percent),
        });
    }
    if demand.unit_cost {
        outputs.extend(unit_cost_unit(keys, shape));
    }
    outputs
}

/// What stands between the final `select` and the scoped relations.
struct Body<'a> {
    query: &'a CompareQuery,
    tables: Tables<'a>,
    bases: &'a [Base],
}

impl Body<'_> {
    fn compile(&self, binder: &mut Binder) -> Result<(Vec<Key>, String), StoreError> {
        let demand = self.tables.demand;
        if !demand.charges {
            return self.over_transactions(binder, Empty::NoRow);
        }
        let (keys, charges) = self.over_charges(binder)?;
        let mut values = vec!["a.rows_in_from".to_owned(), "a.rows_in_to".to_owned()];
        for base in self.bases {
            let from = if base.measure == Measure::Transactions { "b" } else { "a" };
            values.extend(SIDES.map(|side| format!("{from}.{}", side.name(&base.alias))));
        }
        let joined = if demand.transactions {
            let (shared, counts) = self.over_transactions(binder, Empty::OneRow)?;
            join(&keys, &shared, &values, &charges, &counts)
        } else {
            charges
        };
        Ok((keys.clone(), self.with_zeros(&keys, &joined)))
    }

    // A group that has no charge in one period cost nothing there; a group whose charges hold no value is unknown.
    fn with_zeros(&self, keys: &[Key], joined: &str) -> String {
        let keys = keys.iter().map(|key| format!("g.{}", key.alias));
        let values = self.bases.iter().flat_map(|base| {
            SIDES.map(|side| {
                let name = side.name(&base.alias);
                if base.measure == Measure::Transactions {
                    return format!("g.{name}");
                }
                let rows = format!("g.rows_in_{}", side.suffix());
                format!("case when coalesce({rows}, 0) = 0 then 0 else g.{name} end as {name}")
            })
        });
        let list: Vec<String> = keys.chain(values).collect();
        format!("  select {}\n  from (\n{joined}\n) g", list.join(", "))
    }

    fn over_charges(&self, binder: &mut Binder) -> Result<(Vec<Key>, String), StoreError> {
        let Tables { scope, shape, demand, .. } = self.tables;
        let mut charges = Relation::charges();
        let start = charges.column("ChargePeriodStart");
        let within = SIDES.map(|side| in_period(&start, side.period(self.query), binder));
        let keys = self.tables.charge_keys(&mut charges)?;
        let mut aggregates: Vec<String> = SIDES
            .iter()
            .zip(&within)
            .map(|(side, when)| {
                format!("count(case when {when} then 1 end) as rows_in_{}", side.suffix())
            })
            .collect();
        for base in self.bases {
            for (side, when) in SIDES.iter().zip(&within) {
                let hints = hints_for(scope);
                let sql = aggregate(&base.measure, Some(when), &mut charges, shape, hints)?;
                aggregates.extend(sql.map(|sql| format!("{sql} as {}", side.name(&base.alias))));
            }
        }
        let mut conditions = vec![either(&within)];
        conditions.extend(self.tables.charge_conditions(&mut charges, binder)?);
        if demand.unit_cost {
            let on_counts = |counts: &mut Relation, binder: &mut Binder| {
                self.on_counts(counts, binder).map(|(_, conditions)| conditions)
            };
            conditions.push(self.tables.with_transactions(&mut charges, binder, on_counts)?);
        }
        let from = charges.over_charges_in(scope, shape, binder)?;
        Ok((keys.clone(), grouped(&keys, &aggregates, &from, &conditions, Empty::NoRow)))
    }

    fn on_counts(
        &self,
        counts: &mut Relation,
        binder: &mut Binder,
    ) -> Result<([String; 2], Vec<String>), StoreError> {
        let start = counts.column("PeriodStart");
        let within = SIDES.map(|side| in_period(&start, side.period(self.query), binder));
        let mut conditions = vec![either(&within)];
        conditions.extend(self.tables.count_conditions(counts, binder)?);
        Ok((within, conditions))
    }

    fn over_transactions(
        &self,
        binder: &mut Binder,
        empty: Empty,
    ) -> Result<(Vec<Key>, String), StoreError> {
        let Tables { scope, shape, .. } = self.tables;
        let mut counts = Relation::transactions();
        let keys = self.tables.count_keys(&mut counts);
        let (within, conditions) = self.on_counts(&mut counts, binder)?;
        let count = counts.column("Transactions");
        let totals: Vec<String> = SIDES
            .iter()
            .zip(&within)
            .map(|(side, when)| {
                format!("sum(case when {when} then {count} end) as {}", side.name("transactions"))
            })
            .collect();
        let from = counts.over_transactions_in(scope, shape, binder)?;
        Ok((keys.clone(), grouped(&keys, &totals, &from, &conditions, empty)))
    }
}

fn either(within: &[String; 2]) -> String {
    let [from, to] = within;
    format!("({from} or {to})")
}
