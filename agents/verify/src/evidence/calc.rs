//! Exact arithmetic over facts, with units that must agree.

use wherefore_contract::{
    Decimal,
    draft::CalcOp,
    evidence::{Fact, FactRef},
    period::Period,
    unit::Unit,
};

use crate::ledger::{Ledger, Role, role, stands_alone};

/// The result of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) value: Decimal,
    pub(crate) unit: Unit,
    /// The periods of the facts, in their order, repeated ones once.
    pub(crate) periods: Vec<Period>,
    pub(crate) complete: bool,
}

/// Why a calculation is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("no number stands at {fact}; cite a measure cell of the evidence")]
    NoFact { fact: String },
    #[error("{op} takes {takes} facts, not {got}")]
    Arity { op: &'static str, takes: &'static str, got: usize },
    #[error("{op} over {units} mixes units; use facts of one unit")]
    Units { op: &'static str, units: String },
    #[error("{unit} does not add up, so {op} means nothing")]
    NotAdditive { op: &'static str, unit: String },
    #[error("{op} divides by zero or by a negative base at {fact}")]
    Base { op: &'static str, fact: String },
    #[error("{op} over {first} and {second} compares periods that are not alike or not in order")]
    Periods { op: &'static str, first: String, second: String },
    #[error("{op} over {first} and {second} mixes measures or repeats a fact")]
    Measures { op: &'static str, first: String, second: String },
    #[error("{fact} has no period of whole days to divide by")]
    Days { fact: String },
    #[error("{op} leaves the digits that are kept")]
    Overflow { op: &'static str },
}

struct Cited<'a> {
    at: &'a FactRef,
    fact: Fact,
    measure: String,
}

/// Computes `op` over `facts`.
pub(crate) fn calculate(ledger: &Ledger, op: CalcOp, facts: &[FactRef]) -> Result<Figure, Refused> {
    let cited = facts.iter().map(|at| cite(ledger, at)).collect::<Result<Vec<_>, _>>()?;
    let name = op_name(op);
    match op {
        CalcOp::Sum => sum(ledger, &cited, name),
        CalcOp::Mean => {
            let total = sum(ledger, &cited, name)?;
            let count = Decimal::from(cited.len());
            let value = total.value.checked_div(count).ok_or(Refused::Overflow { op: name })?;
            Ok(Figure { value, ..total })
        }
        CalcOp::PerDay => per_day(&cited, name),
        CalcOp::Difference
        | CalcOp::Ratio
        | CalcOp::Share
        | CalcOp::Percent
        | CalcOp::PercentApart
        | CalcOp::PercentChange => {
            let [first, second] = cited.as_slice() else {
                return Err(Refused::Arity { op: name, takes: "two", got: cited.len() });
            };
            pair(op, first, second)
        }
    }
}

/// The name of a calculation as claims carry it.
pub(crate) fn op_name(op: CalcOp) -> &'static str {
    match op {
        CalcOp::Sum => "sum",
        CalcOp::Difference => "difference",
        CalcOp::Ratio => "ratio",
        CalcOp::Share => "share",
        CalcOp::Percent => "percent",
        CalcOp::PercentApart => "percent_apart",
        CalcOp::PercentChange => "percent_change",
        CalcOp::PerDay => "per_day",
        CalcOp::Mean => "mean",
    }
}

/// Whether the figure of this calculation is a change.
pub(crate) fn is_change(op: CalcOp) -> bool {
    matches!(op, CalcOp::Difference | CalcOp::PercentChange)
}

/// Whether two periods may be compared: both whole months of one number, or equally many hours.
pub(crate) fn alike(first: Period, second: Period) -> bool {
    let months = |period: Period| {
        let (start, end) = (period.start(), period.end());
        period.is_whole_months().then(|| {
            i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month())
        })
    };
    match (months(first), months(second)) {
        (Some(first), Some(second)) => first == second,
        _ => first.hours() == second.hours(),
    }
}

fn cite<'a>(ledger: &Ledger, at: &'a FactRef) -> Result<Cited<'a>, Refused> {
    let fact = ledger.fact(at).ok_or_else(|| Refused::NoFact { fact: at.to_string() })?;
    Ok(Cited { at, fact, measure: ledger.measure(at) })
}

fn sum(ledger: &Ledger, cited: &[Cited], op: &'static str) -> Result<Figure, Refused> {
    let Some((first, rest)) = cited.split_first() else {
        return Err(Refused::Arity { op, takes: "one or more", got: 0 });
    };
    let distinct = first.fact.unit == Unit::Count("distinct".to_owned())
        || first.measure.starts_with("distinct_");
    if !first.fact.unit.is_additive() || distinct || stands_alone(&first.at.column) {
        return Err(Refused::NotAdditive { op, unit: first.fact.unit.to_string() });
    }
    let mut value = first.fact.value;
    for (index, next) in rest.iter().enumerate() {
        same_unit(op, first, next)?;
        let repeated = cited.iter().take(index + 1).any(|earlier| overlaps(ledger, earlier, next));
        if repeated
            || next.measure != first.measure
            || role(&next.at.column) != role(&first.at.column)
        {
            return Err(Refused::Measures {
                op,
                first: first.at.to_string(),
                second: next.at.to_string(),
            });
        }
        value = value.checked_add(next.fact.value).ok_or(Refused::Overflow { op })?;
    }
    Ok(figure(value, first.fact.unit.clone(), cited.iter()))
}

// The same cell, or cells of two tables under the same conditions whose times overlap: their sum
// would count the same charges again.
fn overlaps(ledger: &Ledger, one: &Cited, other: &Cited) -> bool {
    if one.at.evidence == other.at.evidence {
        return one.at == other.at;
    }
    let filters =
        |cited: &Cited| ledger.evidence(&cited.at.evidence).map(|evidence| &evidence.facts.filters);
    let apart = match (one.fact.period, other.fact.period) {
        (Some(a), Some(b)) => a.end() <= b.start() || b.end() <= a.start(),
        _ => false,
    };
    !apart && filters(one) == filters(other)
}

fn per_day(cited: &[Cited], op: &'static str) -> Result<Figure, Refused> {
    let [only] = cited else {
        return Err(Refused::Arity { op, takes: "one", got: cited.len() });
    };
    let days = only.fact.period.map_or(0, Period::days);
    let whole = only.fact.period.is_some_and(|period| period.hours() == days * 24);
    if days < 1 || !whole {
        return Err(Refused::Days { fact: only.at.to_string() });
    }
    let unit = match &only.fact.unit {
        Unit::Currency(currency) => {
            Unit::CurrencyPer { currency: currency.clone(), per: "day".to_owned() }
        }
        Unit::Count(noun) if noun != "distinct" => Unit::Quantity(format!("{noun}/day")),
        Unit::Quantity(noun) => Unit::Quantity(format!("{noun}/day")),
        other @ (Unit::CurrencyPer { .. } | Unit::Count(_) | Unit::Percent | Unit::Ratio) => {
            return Err(Refused::NotAdditive { op, unit: other.to_string() });
        }
    };
    if role(&only.at.column) != Role::Level || stands_alone(&only.at.column) {
        return Err(Refused::NotAdditive { op, unit: only.at.column.clone() });
    }
    let value = only.fact.value.checked_div(Decimal::from(days)).ok_or(Refused::Overflow { op })?;
    Ok(figure(value, unit, cited.iter()))
}

fn pair(op: CalcOp, first: &Cited, second: &Cited) -> Result<Figure, Refused> {
    let name = op_name(op);
    let both = || [first, second].into_iter();
    let (a, b) = (first.fact.value, second.fact.value);
    let overflow = || Refused::Overflow { op: name };
    if first.at == second.at {
        return Err(measures(name, first, second));
    }
    match op {
        CalcOp::Difference => {
            same_unit(name, first, second)?;
            compared(name, second, first)?;
            let value = a.checked_sub(b).ok_or_else(overflow)?;
            Ok(figure(value, first.fact.unit.clone(), both()))
        }
        CalcOp::PercentChange => {
            same_unit(name, first, second)?;
            if first.measure != second.measure {
                return Err(measures(name, first, second));
            }
            compared(name, first, second)?;
            let change = b.checked_sub(a).ok_or_else(overflow)?;
            Ok(figure(percent(name, change, a, first)?, Unit::Percent, both()))
        }
        CalcOp::Share => {
            same_unit(name, first, second)?;
            same_period(name, first, second)?;
            let alone = stands_alone(&first.at.column) || stands_alone(&second.at.column);
            if first.measure != second.measure || !first.fact.unit.is_additive() || alone {
                return Err(measures(name, first, second));
            }
            Ok(figure(percent(name, a, b, second)?, Unit::Percent, both()))
        }
        CalcOp::Percent | CalcOp::PercentApart => {
            same_unit(name, first, second)?;
            same_period(name, first, second)?;
            let part = if op == CalcOp::Percent {
                a
            } else {
                a.checked_sub(b).ok_or_else(overflow)?.abs()
            };
            Ok(figure(percent(name, part, b, second)?, Unit::Percent, both()))
        }
        CalcOp::Ratio | CalcOp::Sum | CalcOp::PerDay | CalcOp::Mean => {
            let unit = ratio_unit(name, first, second)?;
            if b.is_zero() {
                return Err(Refused::Base { op: name, fact: second.at.to_string() });
            }
            Ok(figure(a.checked_div(b).ok_or_else(overflow)?, unit, both()))
        }
    }
}

fn ratio_unit(op: &'static str, first: &Cited, second: &Cited) -> Result<Unit, Refused> {
    if first.fact.unit == second.fact.unit {
        let alike = match (first.fact.period, second.fact.period) {
            (Some(a), Some(b)) => alike(a, b),
            _ => true,
        };
        return if alike { Ok(Unit::Ratio) } else { Err(periods(op, first, second)) };
    }
    same_period(op, first, second)?;
    match (&first.fact.unit, &second.fact.unit) {
        (Unit::Currency(currency), Unit::Count(noun) | Unit::Quantity(noun)) => {
            // Of a count of different values, the measure says what is counted.
            let counted = second.measure.strip_prefix("distinct_").map(|of| of.replace('_', " "));
            let per = match (noun.as_str(), counted) {
                ("transactions", _) => "transaction".to_owned(),
                ("rows", _) => "row".to_owned(),
                ("days", _) => "day".to_owned(),
                (_, Some(of)) => of,
                (other, None) => other.to_owned(),
            };
            Ok(Unit::CurrencyPer { currency: currency.clone(), per })
        }
        // "transactions per dollar": what money buys.
        (Unit::Count(noun) | Unit::Quantity(noun), Unit::Currency(currency))
            if noun != "distinct" =>
        {
            Ok(Unit::Quantity(format!("{noun}/{}", currency.code())))
        }
        _ => Err(mixed(op, first, second)),
    }
}

fn percent(
    op: &'static str,
    part: Decimal,
    base: Decimal,
    cited: &Cited,
) -> Result<Decimal, Refused> {
    if base <= Decimal::ZERO {
        return Err(Refused::Base { op, fact: cited.at.to_string() });
    }
    part.checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|hundredths| hundredths.checked_div(base))
        .ok_or(Refused::Overflow { op })
}

// Two measures of one period, or one measure of two periods that are alike, the earlier first.
fn compared(op: &'static str, earlier: &Cited, later: &Cited) -> Result<(), Refused> {
    match (earlier.fact.period, later.fact.period) {
        (Some(from), Some(to)) if from == to => Ok(()),
        (Some(from), Some(to)) => {
            if earlier.measure == later.measure && from.start() < to.start() && alike(from, to) {
                Ok(())
            } else {
                Err(periods(op, earlier, later))
            }
        }
        (None, None)
            if !(earlier.at.column.ends_with("_to") && later.at.column.ends_with("_from")) =>
        {
            Ok(())
        }
        _ => Err(periods(op, earlier, later)),
    }
}

fn same_unit(op: &'static str, first: &Cited, second: &Cited) -> Result<(), Refused> {
    if first.fact.unit == second.fact.unit { Ok(()) } else { Err(mixed(op, first, second)) }
}

fn same_period(op: &'static str, first: &Cited, second: &Cited) -> Result<(), Refused> {
    if first.fact.period == second.fact.period { Ok(()) } else { Err(periods(op, first, second)) }
}

fn mixed(op: &'static str, first: &Cited, second: &Cited) -> Refused {
    Refused::Units { op, units: format!("{} and {}", first.fact.unit, second.fact.unit) }
}

fn measures(op: &'static str, first: &Cited, second: &Cited) -> Refused {
    Refused::Measures { op, first: first.at.to_string(), second: second.at.to_string() }
}

fn periods(op: &'static str, first: &Cited, second: &Cited) -> Refused {
    let words = |cited: &Cited| {
        cited.fact.period.map_or_else(|| "no period".to_owned(), |period| period.to_string())
    };
    Refused::Periods { op, first: words(first), second: words(second) }
}

fn figure<'a>(value: Decimal, unit: Unit, cited: impl Iterator<Item = &'a Cited<'a>>) -> Figure {
    let mut periods = Vec::new();
    let mut complete = true;
    for each in cited {
        complete &= each.fact.complete;
        periods.extend(each.fact.period.filter(|period| !periods.contains(period)));
    }
    Figure { value, unit, periods, complete }
}
