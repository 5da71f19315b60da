//! `CostQuery` to SQL: one aggregate over charges, one over transactions, joined where both are asked.

mod result;

use wherefore_contract::{
    cost::{CostQuery, Fold, Measure, PeriodBasis, Scale},
    dimension::Dimension,
    error::StoreError,
    scope::Scope,
    table::Column,
    unit::Unit,
};

use self::result::ResultColumns;
pub(super) use self::result::{changes, per_day_name};
use super::{
    Number, Output, Source, Statement, Value,
    axis::{Axis, reach_back},
    bind::Binder,
    condition::{check_no_amounts, check_shared, in_period, period_column},
    demand::Demand,
    expression::{Key, aggregate},
    invalid,
    layers::{Added, Layers},
    named::Named,
    order::{Ordering, TimeFirst, having},
    parts::{Base, Parts},
    relation::{Relation, hints_for, where_all},
    shape::Shape,
    tables::Tables,
};

pub(super) fn compile(
    query: &CostQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let demand = Demand::of(&query.measures, &grouping(query), shape)?;
    check(query, &demand)?;
    let reach = reach_back(query, shape);
    let query = reach.as_ref().map_or(query, |(further, _)| further);
    let parts = Parts::of(&demand, shape);
    let mut binder = Binder::default();
    let tables =
        Tables { filters: &query.filters, amounts: &query.amounts, scope, shape, demand: &demand };
    let named = Named::of(&demand, shape);
    let body = Body { query, tables, bases: parts.list(), named: &named };
    let (keys, sql) = body.compile(&mut binder)?;
    let result =
        ResultColumns { query, demand: &demand, parts: &parts, keys: &keys, named: &named, shape };
    let aliases =
        keys.iter().map(|key| &key.alias).chain(parts.list().iter().map(|base| &base.alias));
    let aliases = aliases.cloned().chain(named.iter().map(|named| named.alias().to_owned()));
    let mut layers = Layers::new(sql, aliases.collect());
    let beside = result.beside(&mut binder)?;
    if !beside.is_empty() {
        layers.wrap(beside, &[]);
    }
    // The step before the period is only looked back on.
    if let Some((_, start)) = &reach {
        let asked = format!("{} >= {}", Axis::of(&keys)?.at(), binder.bind(Value::Moment(*start)));
        layers.wrap(Vec::new(), &[asked]);
    }
    let sortable = result.sortables();
    let order = Ordering {
        asked: &query.order,
        keys: &keys,
        values: &sortable,
        by_default: sortable.first().map_or("1", |first| first.expression.as_str()),
        time_first: if query.limit_per.is_empty() { TimeFirst::Yes } else { TimeFirst::No },
    };
    let clause = order.clause()?;
    // The order may ask for a share, and so stands above the whole.
    for window in [result.whole(), result.so_far(&clause)].into_iter().flatten() {
        layers.wrap(vec![window], &[]);
    }
    if query.rank {
        layers.wrap(vec![result.rank(&order.leading()?)], &[]);
    }
    let means = result.means(&sortable)?;
    if !means.is_empty() {
        layers.wrap(means, &[]);
    }
    let having = having(&query.having, &sortable, &mut binder)?;
    if query.count {
        let outputs = vec![counted(query, &keys)?];
        return Ok(Statement { sql: layers.count(&having), parameters: binder.finish(), outputs });
    }
    let sql = match query.limit.filter(|_| !query.limit_per.is_empty()) {
        None => layers.close(&having, &clause, query.limit),
        Some(limit) => {
            let per = order.per(&query.limit_per);
            let place = format!("row_number() over (partition by {per} order by {clause})");
            layers.wrap(vec![Added::new("place", place)], &having);
            layers.close(&[format!("f.place <= {limit}")], &order.by_place(&query.limit_per), None)
        }
    };
    let outputs = result.outputs(&layers);
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

// The number of rows as the number of values of their one dimension.
fn counted(query: &CostQuery, keys: &[Key]) -> Result<Output, StoreError> {
    // Units and currencies add keys of their own: their rows are no values of the one dimension.
    let [Key { dimension, .. }] = keys else {
        return Err(invalid("a count is of the values of one dimension; group by exactly one"));
    };
    if query.limit.is_some() {
        return Err(invalid("a count is of all rows that are kept; leave out the limit"));
    }
    let measure = Measure::Distinct(dimension.clone());
    let unit = measure.fixed_unit().unwrap_or(Unit::Ratio);
    Ok(Output {
        column: Column::measure(measure.column_name(), unit),
        source: Source::Number(Number::Cell(0)),
    })
}

// What rows are cut by, or shares taken within, is also grouped by.
fn grouping(query: &CostQuery) -> Vec<Dimension> {
    let within = query.limit_per.iter().chain(&query.share_per);
    let missing = within.filter(|within| !query.dimensions.contains(within));
    missing.chain(&query.dimensions).cloned().collect()
}

fn check(query: &CostQuery, demand: &Demand) -> Result<(), StoreError> {
    check_fold(query)?;
    if query.limit == Some(0) {
        return Err(invalid("a limit of 0 keeps no row; leave it out or ask for at least 1"));
    }
    if query.limit.is_none() && !query.limit_per.is_empty() {
        return Err(invalid("limit_per needs a limit: how many rows to keep of each value"));
    }
    if demand.transactions && query.period_basis == PeriodBasis::Billing {
        return Err(invalid("transactions have no billing period; ask by charge period"));
    }
    if demand.transactions && !demand.unit_cost {
        check_shared(&query.filters)?;
        check_no_amounts(&query.amounts)?;
    }
    if !query.share && !query.cumulative && !query.share_per.is_empty() {
        return Err(invalid(
            "share_per needs share or cumulative: it says what they are taken within",
        ));
    }
    if matches!(query.scale, Some(Scale::Days(0) | Scale::Times(0) | Scale::OverDays(0))) {
        return Err(invalid(
            "an amount is scaled to at least one day or time, or over at least one",
        ));
    }
    if query.per_day && matches!(query.scale, Some(Scale::OverDays(_))) {
        return Err(invalid(
            "an amount per day is over the loaded days or over a number of them; leave one out",
        ));
    }
    let Some(first) = demand.measures.first() else { return Ok(()) };
    if query.change && first.is_moment() {
        return Err(invalid(format!("`{first}` is a moment and has no change")));
    }
    // What one transaction costs makes what many of them cost.
    let of_many = *first == Measure::UnitCost && matches!(query.scale, Some(Scale::Times(_)));
    let adding = [
        (query.share || query.cumulative, "a share"),
        (query.per_day, "an amount per day"),
        (query.scale.is_some() && !of_many, "an amount at another length of time"),
        (query.running, "a running total"),
    ];
    match adding.iter().find(|(asked, _)| *asked && !first.is_additive()) {
        None => Ok(()),
        Some((_, what)) => Err(invalid(format!(
            "{what} needs a first measure that adds up: a cost, a quantity, rows or transactions"
        ))),
    }
}

// What rows are brought together as is made of the rows of the statement, in [`crate::fold`].
fn check_fold(query: &CostQuery) -> Result<(), StoreError> {
    let Some(fold) = query.fold else {
        let stray = !query.fold_per.is_empty();
        let missing = "fold_per needs fold: what rows are brought together as";
        return if stray { Err(invalid(missing)) } else { Ok(()) };
    };
    if query.dimensions.is_empty() || query.count {
        return Err(invalid(
            "rows are brought together over at least one dimension, and not counted",
        ));
    }
    if let Some(other) = query.fold_per.iter().find(|per| !query.dimensions.contains(per)) {
        return Err(invalid(format!(
            "fold_per names `{other}`, which is no dimension of the query"
        )));
    }
    let first = query.measures.first();
    if first.is_some_and(Measure::is_moment) {
        return Err(invalid("moments are not brought together; put a number first"));
    }
    if fold == Fold::Sum && first.is_some_and(|first| !first.is_additive()) {
        return Err(invalid("a sum of rows needs a first measure that adds up"));
    }
    if matches!(fold, Fold::Percentile(0 | 101..)) {
        return Err(invalid("a percentile lies between 1 and 100"));
    }
    Ok(())
}

/// What stands between the final `select` and the scoped relations.
struct Body<'a> {
    query: &'a CostQuery,
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
        if !demand.transactions {
            return Ok((keys, charges));
        }
        let (shared, counts) = self.over_transactions(binder, Empty::OneRow)?;
        let values: Vec<String> = self.bases.iter().map(value).collect();
        let sql = join(&keys, &shared, &values, &charges, &counts);
        Ok((keys, sql))
    }

    fn over_charges(&self, binder: &mut Binder) -> Result<(Vec<Key>, String), StoreError> {
        let Tables { scope, shape, demand, .. } = self.tables;
        let mut charges = Relation::charges();
        let keys = self.tables.charge_keys(&mut charges)?;
        let mut aggregates = Vec::new();
        for base in self.bases {
            let sql = aggregate(&base.part, None, &mut charges, shape, hints_for(scope))?;
            aggregates.extend(sql.map(|sql| format!("{sql} as {}", base.alias)));
        }
        aggregates.extend(self.named.iter().map(|named| named.aggregate(&mut charges)));
        let mut conditions = self.tables.charge_conditions(&mut charges, binder)?;
        if let Some(period) = self.query.period {
            let column = charges.column(period_column(self.query.period_basis));
            conditions.push(in_period(&column, period, binder));
        }
        if demand.unit_cost {
            let on_counts =
                |counts: &mut Relation, binder: &mut Binder| self.on_counts(counts, binder);
            conditions.push(self.tables.with_transactions(&mut charges, binder, on_counts)?);
        }
        let from = charges.over_charges_in(scope, shape, binder)?;
        Ok((keys.clone(), grouped(&keys, &aggregates, &from, &conditions, Empty::NoRow)))
    }

    fn on_counts(
        &self,
        counts: &mut Relation,
        binder: &mut Binder,
    ) -> Result<Vec<String>, StoreError> {
        let mut conditions = self.tables.count_conditions(counts, binder)?;
        if let Some(period) = self.query.period {
            let start = counts.column("PeriodStart");
            conditions.push(in_period(&start, period, binder));
        }
        Ok(conditions)
    }

    fn over_transactions(
        &self,
        binder: &mut Binder,
        empty: Empty,
    ) -> Result<(Vec<Key>, String), StoreError> {
        let Tables { scope, shape, .. } = self.tables;
        let mut counts = Relation::transactions();
        let keys = self.tables.count_keys(&mut counts);
        let total = format!("sum({}) as transactions", counts.column("Transactions"));
        let conditions = self.on_counts(&mut counts, binder)?;
        let from = counts.over_transactions_in(scope, shape, binder)?;
        Ok((keys.clone(), grouped(&keys, &[total], &from, &conditions, empty)))
    }
}

/// What an aggregate without keys gives when no row matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Empty {
    NoRow,
    /// One row of nulls, for the side of a join that must not remove the other.
    OneRow,
}

/// One aggregate over one scoped relation.
pub(super) fn grouped(
    keys: &[Key],
    aggregates: &[String],
    from: &str,
    conditions: &[String],
    empty: Empty,
) -> String {
    let mut list: Vec<String> =
        keys.iter().map(|key| format!("{} as {}", key.expression, key.alias)).collect();
    list.extend(aggregates.iter().cloned());
    let ordinals: Vec<String> = (1..=keys.len()).map(|ordinal| ordinal.to_string()).collect();
    let tail = match (keys.is_empty(), empty) {
        (false, _) => format!("\n  group by {}", ordinals.join(", ")),
        (true, Empty::NoRow) => "\n  having count(*) > 0".to_owned(),
        (true, Empty::OneRow) => String::new(),
    };
    format!("  select {}\n  from {from}{}{tail}", list.join(", "), where_all(conditions))
}

/// Charges beside transactions, on the keys that both have.
///
/// Where charges are divided further, transactions repeat beside each part. Where they are not, transactions without
/// any charge keep their row.
pub(super) fn join(
    keys: &[Key],
    shared: &[Key],
    values: &[String],
    charges: &str,
    counts: &str,
) -> String {
    let list = keys.iter().map(|key| {
        let alias = &key.alias;
        if shared.len() == keys.len() {
            format!("coalesce(a.{alias}, b.{alias}) as {alias}")
        } else {
            format!("a.{alias}")
        }
    });
    let list: Vec<String> = list.chain(values.iter().cloned()).collect();
    let on: Vec<String> = shared.iter().map(|key| format!("a.{0} = b.{0}", key.alias)).collect();
    let join = match (shared.is_empty(), shared.len() == keys.len()) {
        (true, _) => format!("cross join (\n{counts}\n) b"),
        (false, true) => format!("full outer join (\n{counts}\n) b on {}", on.join(" and ")),
        (false, false) => format!("left join (\n{counts}\n) b on {}", on.join(" and ")),
    };
    format!("  select {}\n  from (\n{charges}\n) a\n{join}", list.join(", "))
}

fn value(base: &Base) -> String {
    let side = if base.part.is_transactions() { 'b' } else { 'a' };
    format!("{side}.{}", base.alias)
}
