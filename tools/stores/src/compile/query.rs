//! `CostQuery` to SQL: one aggregate over charges, one over transactions, joined where both are asked.

use wherefore_contract::{
    cost::{CostQuery, Measure, PeriodBasis},
    error::StoreError,
    scope::Scope,
    table::Column,
    unit::Unit,
};

use super::{
    Number, Output, Source, Statement,
    bind::Binder,
    condition::{check_shared, in_period, period_column},
    demand::{Base, Demand, bases},
    expression::{Key, aggregate},
    invalid,
    order::{Ordering, Sortable, TimeFirst, in_final, quotient},
    relation::{Relation, hints_for, where_all},
    shape::Shape,
    tables::Tables,
    unit::{measure_column, unit_cost_unit, unit_key},
};

pub(super) fn compile(
    query: &CostQuery,
    scope: &Scope,
    shape: &Shape,
) -> Result<Statement, StoreError> {
    let demand = Demand::of(&query.measures, &query.dimensions, shape)?;
    check(query, &demand)?;
    let bases = bases(&demand, shape);
    let mut binder = Binder::default();
    let tables = Tables { filters: &query.filters, scope, shape, demand: &demand };
    let body = Body { query, tables, bases: &bases };
    let (keys, sql) = body.compile(&mut binder)?;
    let mut sortable = sortables(&demand, &bases, shape);
    if query.share
        && let Some(first) = sortable.first().cloned()
    {
        sortable.push(Sortable { name: "share".to_owned(), ..first });
    }
    let first = sortable.first().map_or("1", |first| first.expression.as_str());
    let order = Ordering {
        asked: &query.order,
        keys: &keys,
        values: &sortable,
        by_default: first,
        time_first: TimeFirst::Yes,
    }
    .clause()?;
    let mut list: Vec<String> = keys.iter().map(in_final).collect();
    list.extend(bases.iter().map(|base| format!("f.{}", base.alias)));
    let raw = list.len();
    list.extend(shares(query, &demand, first, &order));
    let limit = query.limit.map_or_else(String::new, |limit| format!("\nlimit {limit}"));
    let sql = format!("select {}\nfrom (\n{sql}\n) f\norder by {order}{limit}", list.join(", "));
    let outputs = outputs(query, &demand, &keys, &bases, shape, raw);
    Ok(Statement { sql, parameters: binder.finish(), outputs })
}

fn check(query: &CostQuery, demand: &Demand) -> Result<(), StoreError> {
    if query.limit == Some(0) {
        return Err(invalid("a limit of 0 keeps no row; leave it out or ask for at least 1"));
    }
    if demand.transactions && query.period_basis == PeriodBasis::Billing {
        return Err(invalid("transactions have no billing period; ask by charge period"));
    }
    if demand.transactions && !demand.unit_cost {
        check_shared(&query.filters)?;
    }
    let additive = demand.measures.first().is_some_and(|measure| match measure {
        Measure::BilledCost
        | Measure::EffectiveCost
        | Measure::ListCost
        | Measure::ContractedCost
        | Measure::ConsumedQuantity
        | Measure::PricingQuantity
        | Measure::Rows
        | Measure::Transactions => true,
        Measure::Distinct(_) | Measure::FirstCharge | Measure::LastCharge | Measure::UnitCost => {
            false
        }
    });
    if (query.share || query.cumulative) && !additive {
        return Err(invalid(
            "a share needs a first measure that adds up: a cost, a quantity, rows or transactions",
        ));
    }
    Ok(())
}

// Amounts of different units make no whole: shares are taken within the unit of the first measure.
fn shares(query: &CostQuery, demand: &Demand, first: &str, order: &str) -> Vec<String> {
    let unit = unit_key(demand.measures.first(), &demand.dimensions);
    let partition = unit.map_or_else(String::new, |unit| format!("partition by f.{unit}"));
    let mut windows = Vec::new();
    if query.share || query.cumulative {
        windows.push(format!("sum({first}) over ({partition}) as whole"));
    }
    if query.cumulative {
        let gap = if partition.is_empty() { "" } else { " " };
        windows.push(format!(
            "sum({first}) over ({partition}{gap}order by {order} rows between unbounded preceding and current row) as running"
        ));
    }
    windows
}

fn sortables(demand: &Demand, bases: &[Base], shape: &Shape) -> Vec<Sortable> {
    let divided = shape.unit_cost_basis();
    let of = |measure: &Measure| {
        let alias = bases.iter().find(|base| base.measure == *measure).map(|base| &base.alias);
        alias.map_or_else(String::new, |alias| format!("f.{alias}"))
    };
    demand
        .measures
        .iter()
        .map(|measure| Sortable {
            name: measure.column_name(),
            expression: if *measure == Measure::UnitCost {
                quotient(&of(&divided), &of(&Measure::Transactions))
            } else {
                of(measure)
            },
        })
        .collect()
}

fn outputs(
    query: &CostQuery,
    demand: &Demand,
    keys: &[Key],
    bases: &[Base],
    shape: &Shape,
    raw: usize,
) -> Vec<Output> {
    let mut outputs: Vec<Output> = keys
        .iter()
        .enumerate()
        .map(|(index, key)| Output { column: key.column(), source: key.source(index) })
        .collect();
    let at = |measure: &Measure| {
        keys.len() + bases.iter().position(|base| base.measure == *measure).unwrap_or_default()
    };
    for measure in &demand.measures {
        let column = measure_column(measure, measure.column_name(), &demand.dimensions, shape);
        let source = match measure {
            Measure::FirstCharge | Measure::LastCharge => Source::Moment(at(measure)),
            Measure::UnitCost => Source::Number(Number::Over(
                Box::new(Number::Cell(at(&shape.unit_cost_basis()))),
                Box::new(Number::Cell(at(&Measure::Transactions))),
            )),
            Measure::BilledCost
            | Measure::EffectiveCost
            | Measure::ListCost
            | Measure::ContractedCost
            | Measure::ConsumedQuantity
            | Measure::PricingQuantity
            | Measure::Rows
            | Measure::Distinct(_)
            | Measure::Transactions => Source::Number(Number::Cell(at(measure))),
        };
        outputs.push(Output { column, source });
    }
    if demand.unit_cost
        && let Some(output) = unit_cost_unit(keys, shape)
    {
        outputs.push(output);
    }
    let percent = |name: &str, part: Number| Output {
        column: Column::measure(name, Unit::Percent),
        source: Source::Number(Number::PercentOf(Box::new(part), Box::new(Number::Cell(raw)))),
    };
    if query.share {
        let first = demand.measures.first().map_or(0, at);
        outputs.push(percent("share", Number::Cell(first)));
    }
    if query.cumulative {
        outputs.push(percent("cumulative_share", Number::Cell(raw + 1)));
    }
    outputs
}

/// What stands between the final `select` and the scoped relations.
struct Body<'a> {
    query: &'a CostQuery,
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
            let sql = aggregate(&base.measure, None, &mut charges, shape, hints_for(scope))?;
            aggregates.extend(sql.map(|sql| format!("{sql} as {}", base.alias)));
        }
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
    let side = if base.measure == Measure::Transactions { 'b' } else { 'a' };
    format!("{side}.{}", base.alias)
}
