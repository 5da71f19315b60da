//! `CompareQuery` to SQL: both periods in one pass over the rows, side by side.

mod result;

use wherefore_contract::{
    cost::{CompareQuery, Measure},
    error::StoreError,
    period::Period,
    scope::Scope,
};

use self::result::ResultColumns;
use super::{
    Statement,
    bind::Binder,
    condition::{check_no_amounts, check_shared, in_period},
    demand::Demand,
    expression::{Key, aggregate},
    invalid,
    layers::Layers,
    named::Named,
    order::{Ordering, TimeFirst, having},
    parts::{Base, Parts},
    query::{Empty, grouped, join},
    relation::{Relation, hints_for},
    shape::Shape,
    tables::Tables,
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
    let parts = Parts::of(&demand, shape);
    let mut binder = Binder::default();
    let tables =
        Tables { filters: &query.filters, amounts: &query.amounts, scope, shape, demand: &demand };
    let named = Named::of(&demand, shape);
    let body = Body { query, tables, bases: parts.list(), named: &named };
    let (keys, sql) = body.compile(&mut binder)?;
    let result =
        ResultColumns { query, demand: &demand, parts: &parts, keys: &keys, named: &named, shape };
    let values = parts.list().iter().flat_map(|base| SIDES.map(|side| side.name(&base.alias)));
    let aliases = keys.iter().map(|key| key.alias.clone()).chain(values);
    let aliases = aliases.chain(named.iter().map(|named| named.alias().to_owned()));
    let mut layers = Layers::new(sql, aliases.collect());
    let wholes = result.whole_change();
    if !wholes.is_empty() {
        layers.wrap(wholes, &[]);
    }
    let sortable = result.sortables()?;
    let change = sortable.iter().find(|value| value.name == "change");
    let order = Ordering {
        asked: &query.order,
        keys: &keys,
        values: &sortable,
        by_default: change.map_or("1", |change| change.expression.as_str()),
        time_first: TimeFirst::No,
    }
    .clause()?;
    let having = having(&query.having, &sortable, &mut binder)?;
    let sql = layers.close(&having, &order, query.limit);
    let outputs = result.outputs(&layers)?;
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

fn check(query: &CompareQuery, demand: &Demand) -> Result<(), StoreError> {
    if query.limit == Some(0) {
        return Err(invalid("a limit of 0 keeps no row; leave it out or ask for at least 1"));
    }
    if let Some(measure) = demand.measures.iter().find(|measure| measure.is_moment()) {
        return Err(invalid(format!("`{measure}` is a moment and has no change to compare")));
    }
    if demand.transactions && !demand.unit_cost {
        check_shared(&query.filters)?;
        check_no_amounts(&query.amounts)?;
    }
    let adds_up = demand.measures.first().is_some_and(Measure::is_additive);
    if (query.share || query.per_day) && !adds_up {
        return Err(invalid(
            "share and per_day need a first measure that adds up: a cost, a quantity, rows or transactions",
        ));
    }
    if query.per_day && demand.dimensions.iter().any(|dimension| dimension.grain().is_some()) {
        return Err(invalid(
            "per_day divides by the days of each period; leave out the grain of time, or use query_cost",
        ));
    }
    Ok(())
}

/// What stands between the final `select` and the scoped relations.
struct Body<'a> {
    query: &'a CompareQuery,
    tables: Tables<'a>,
    bases: &'a [Base],
    named: &'a [Named],
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
            let from = if base.part.is_transactions() { "b" } else { "a" };
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
                if base.part.is_transactions() || !base.part.is_zero_without_rows() {
                    return format!("g.{name}");
                }
                let rows = format!("g.rows_in_{}", side.suffix());
                format!("case when coalesce({rows}, 0) = 0 then 0 else g.{name} end as {name}")
            })
        });
        let named = self.named.iter().map(|named| format!("g.{}", named.alias()));
        let list: Vec<String> = keys.chain(values).chain(named).collect();
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
                let sql = aggregate(&base.part, Some(when), &mut charges, shape, hints)?;
                aggregates.extend(sql.map(|sql| format!("{sql} as {}", side.name(&base.alias))));
            }
        }
        aggregates.extend(self.named.iter().map(|named| named.aggregate(&mut charges)));
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
