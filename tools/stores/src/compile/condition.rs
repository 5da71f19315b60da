//! Filters and periods as SQL conditions over one relation.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use wherefore_contract::{
    Decimal,
    cost::{Measure, PeriodBasis},
    dimension::{Dimension, FocusDimension, Grain},
    error::StoreError,
    filter::{Filter, FilterOp, RowCondition},
    period::{Period, parse_moment},
};

use super::{
    Value,
    bind::Binder,
    expression::{Key, is_shared, weekday},
    invalid,
    relation::Relation,
    shape::{Hints, Shape},
};
use crate::exact::{SCALE, to_scale_18};

// A `contains` that matches more known spellings than this compares each row instead of a list.
const SPELLINGS_LISTED: usize = 200;

/// A filter over charges.
pub(super) fn on_charges(
    filter: &Filter,
    charges: &mut Relation,
    shape: &Shape,
    hints: Hints,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    check_values(filter)?;
    match &filter.dimension {
        Dimension::Time(grain) => {
            let start = charges.column("ChargePeriodStart");
            on_grain(filter, *grain, &start, binder)
        }
        Dimension::Column(FocusDimension::BillingPeriod) => {
            let start = charges.column("BillingPeriodStart");
            on_grain(filter, Grain::Month, &start, binder)
        }
        Dimension::Column(FocusDimension::Region)
            if !matches!(filter.op, FilterOp::IsNull | FilterOp::NotNull) =>
        {
            // Some feeds name the region only by its label; rows of regions show such charges without one.
            shape.check_column(FocusDimension::Region)?;
            let (id, name) = (charges.column("RegionId"), charges.column("RegionName"));
            Ok(on_text(filter, &format!("coalesce({id}, {name})"), None, binder))
        }
        Dimension::Column(_) | Dimension::Tag(_) | Dimension::Workload => {
            let key = Key::over_charges(&filter.dimension, charges, shape, hints)?;
            Ok(on_text(filter, &key.expression, Some(shape), binder))
        }
    }
}

/// A filter over transactions: only time and workload have a meaning there.
pub(super) fn on_transactions(
    filter: &Filter,
    counts: &mut Relation,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    check_values(filter)?;
    match &filter.dimension {
        Dimension::Time(grain) => {
            let start = counts.column("PeriodStart");
            on_grain(filter, *grain, &start, binder)
        }
        Dimension::Workload => {
            let workload = counts.column("Workload");
            Ok(on_text(filter, &workload, None, binder))
        }
        Dimension::Column(_) | Dimension::Tag(_) => Err(invalid(format!(
            "transactions are known by time and workload only; leave out the filter on `{}`",
            filter.dimension
        ))),
    }
}

/// A condition on the amount of single charges.
pub(super) fn on_amount(
    condition: &RowCondition,
    charges: &mut Relation,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    let column = match &condition.measure {
        Measure::BilledCost => "BilledCost",
        Measure::EffectiveCost => "EffectiveCost",
        Measure::ListCost => "ListCost",
        Measure::ContractedCost => "ContractedCost",
        Measure::NetBilledCost => "x_NetBilledCost",
        Measure::NetEffectiveCost => "x_NetEffectiveCost",
        Measure::ConsumedQuantity => "ConsumedQuantity",
        Measure::PricingQuantity => "PricingQuantity",
        Measure::CommitmentQuantity => "CommitmentDiscountQuantity",
        other @ (Measure::Rows
        | Measure::Lacking(_)
        | Measure::Distinct(_)
        | Measure::FirstCharge
        | Measure::LastCharge
        | Measure::ChargedUntil
        | Measure::FirstDay
        | Measure::LastDay
        | Measure::Transactions
        | Measure::UnitCost
        | Measure::UnitPrice(_)
        | Measure::Saved(..)
        | Measure::OfKind(..)
        | Measure::Discount(..)
        | Measure::Commitment(_)
        | Measure::OfRow(..)) => {
            return Err(invalid(format!(
                "a single charge has no `{other}` to compare; use a cost or a quantity"
            )));
        }
    };
    let value = exact(condition.value)?;
    Ok(format!("{} {} {}", charges.column(column), condition.op.sign(), binder.bind(value)))
}

/// An amount to compare with, as it is bound.
pub(super) fn exact(amount: Decimal) -> Result<Value, StoreError> {
    let amount = amount.normalize();
    to_scale_18(amount.mantissa(), amount.scale())
        .filter(|_| amount.scale() <= SCALE)
        .map(|_| Value::Exact(amount))
        .ok_or_else(|| {
            invalid(format!("`{amount}` has more digits than amounts of a bill; write fewer"))
        })
}

/// Refuses filters that transactions cannot follow.
pub(super) fn check_shared(filters: &[Filter]) -> Result<(), StoreError> {
    match filters.iter().find(|filter| !is_shared(&filter.dimension)) {
        None => Ok(()),
        Some(filter) => Err(invalid(format!(
            "transactions are known by time and workload only; leave out the filter on `{}`, or ask for unit_cost",
            filter.dimension
        ))),
    }
}

/// Refuses conditions on charges that transactions cannot follow.
pub(super) fn check_no_amounts(amounts: &[RowCondition]) -> Result<(), StoreError> {
    match amounts.first() {
        None => Ok(()),
        Some(amount) => Err(invalid(format!(
            "transactions have no `{}` to compare; leave out the condition, or ask for unit_cost",
            amount.measure
        ))),
    }
}

/// A period over a column of moments: `start <= column < end`.
pub(super) fn in_period(column: &str, period: Period, binder: &mut Binder) -> String {
    let start = binder.bind(Value::Moment(period.start()));
    let end = binder.bind(Value::Moment(period.end()));
    format!("{column} >= {start} and {column} < {end}")
}

/// The column of charges that a period is compared with.
pub(super) fn period_column(basis: PeriodBasis) -> &'static str {
    match basis {
        PeriodBasis::Charge => "ChargePeriodStart",
        PeriodBasis::Billing => "BillingPeriodStart",
    }
}

pub(super) fn check_values(filter: &Filter) -> Result<(), StoreError> {
    let needs = !matches!(filter.op, FilterOp::IsNull | FilterOp::NotNull);
    if needs == filter.values.is_empty() {
        let must = if needs { "needs at least one value" } else { "takes no values" };
        return Err(invalid(format!("the filter on `{}` {must}", filter.dimension)));
    }
    Ok(())
}

pub(super) fn on_text(
    filter: &Filter,
    column: &str,
    shape: Option<&Shape>,
    binder: &mut Binder,
) -> String {
    let known = shape.and_then(|shape| spelled(filter, shape));
    let list = |binder: &mut Binder| {
        if let Some(exact) = &known {
            let list = binder.bind_all(exact.iter().cloned().map(Value::Text));
            return (column.to_owned(), list);
        }
        let lowered = filter.values.iter().map(|value| Value::Text(value.to_lowercase()));
        (format!("lower({column})"), binder.bind_all(lowered))
    };
    let contains = |binder: &mut Binder, like: &str, glue: &str| {
        let each = filter.values.iter().map(|value| {
            let pattern = binder.bind(Value::Text(pattern(value)));
            format!("lower({column}) {like} {pattern}")
        });
        each.collect::<Vec<_>>().join(glue)
    };
    match filter.op {
        FilterOp::In => {
            let (left, list) = list(binder);
            format!("{left} in ({list})")
        }
        FilterOp::NotIn => {
            let (left, list) = list(binder);
            format!("({column} is null or {left} not in ({list}))")
        }
        FilterOp::Contains => match &known {
            Some(_) => format!("{column} in ({})", list(binder).1),
            None => format!("({})", contains(binder, "like", " or ")),
        },
        FilterOp::NotContains => match &known {
            Some(_) => format!("({column} is null or {column} not in ({}))", list(binder).1),
            None => format!("({column} is null or ({}))", contains(binder, "not like", " and ")),
        },
        FilterOp::IsNull => format!("{column} is null"),
        FilterOp::NotNull => format!("{column} is not null"),
    }
}

// The spellings that a filter means, when all spellings of its dimension are known and some match.
fn spelled(filter: &Filter, shape: &Shape) -> Option<Vec<String>> {
    let known = shape.spellings.get(&filter.dimension)?;
    let wanted = filter.values.iter().map(|value| value.to_lowercase());
    let mut exact: Vec<String> = match filter.op {
        FilterOp::In | FilterOp::NotIn => {
            wanted.filter_map(|value| known.get(&value)).flatten().cloned().collect()
        }
        FilterOp::Contains | FilterOp::NotContains => {
            let wanted: Vec<String> = wanted.collect();
            let holds = |lower: &str| wanted.iter().any(|value| lower.contains(value.as_str()));
            let matching = known.iter().filter(|(lower, _)| holds(lower));
            matching.flat_map(|(_, spellings)| spellings).cloned().collect()
        }
        FilterOp::IsNull | FilterOp::NotNull => return None,
    };
    exact.sort();
    exact.dedup();
    (!exact.is_empty() && exact.len() <= SPELLINGS_LISTED).then_some(exact)
}

// `%` and `_` of a value stand for themselves. The backslash is the default escape of both engines.
pub(super) fn pattern(value: &str) -> String {
    let mut pattern = String::from("%");
    for letter in value.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

pub(super) fn on_grain(
    filter: &Filter,
    grain: Grain,
    start: &str,
    binder: &mut Binder,
) -> Result<String, StoreError> {
    let negated = match filter.op {
        FilterOp::In => false,
        FilterOp::NotIn => true,
        FilterOp::IsNull => return Ok(format!("{start} is null")),
        FilterOp::NotNull => return Ok(format!("{start} is not null")),
        FilterOp::Contains | FilterOp::NotContains => {
            return Err(invalid(format!(
                "`{}` is time and can be compared with `in` and `not_in` only",
                filter.dimension
            )));
        }
    };
    let mut arms = Vec::new();
    for value in &filter.values {
        arms.push(match grain {
            Grain::Weekday => {
                let number = weekday_number(value)?;
                format!("{} = {}", weekday(start), binder.bind(Value::Integer(number)))
            }
            Grain::WeekPart => {
                let within = if week_part_is_weekend(value)? { "in" } else { "not in" };
                format!("extract(dow from {start}) {within} (0, 6)")
            }
            Grain::HourOfDay => {
                let number = hour_number(value)?;
                format!("extract(hour from {start}) = {}", binder.bind(Value::Integer(number)))
            }
            Grain::Hour
            | Grain::Day
            | Grain::IsoWeek
            | Grain::Month
            | Grain::Quarter
            | Grain::Year => format!("({})", in_period(start, span_of(value, grain)?, binder)),
        });
    }
    let any = arms.join(" or ");
    Ok(if negated { format!("({start} is null or not ({any}))") } else { format!("({any})") })
}

/// Monday to Sunday as 1 to 7.
pub(super) fn weekday_number(value: &str) -> Result<i64, StoreError> {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = value.trim().to_lowercase();
    let named = NAMES.iter().zip(1..).find(|(name, _)| lower.starts_with(**name));
    let number = named.map(|(_, number)| number).or_else(|| lower.parse().ok());
    number
        .filter(|number| (1..=7).contains(number))
        .ok_or_else(|| invalid(format!("`{value}` is no weekday; write 1 (Monday) to 7 (Sunday)")))
}

fn hour_number(value: &str) -> Result<i64, StoreError> {
    let number = value.trim().parse().ok().filter(|hour| (0..24).contains(hour));
    number.ok_or_else(|| invalid(format!("`{value}` is no hour of the day; write 0 to 23")))
}

/// Whether a part of a week is its end.
pub(super) fn week_part_is_weekend(value: &str) -> Result<bool, StoreError> {
    match value.trim().to_lowercase().as_str() {
        "weekend" => Ok(true),
        "weekday" => Ok(false),
        _ => Err(invalid(format!("`{value}` is no part of a week; write weekday or weekend"))),
    }
}

/// The period that a value of a grain names, e.g. `2024-Q3`.
pub(super) fn span_of(value: &str, grain: Grain) -> Result<Period, StoreError> {
    let refused = || {
        invalid(format!(
            "`{value}` is no {}; write it as {}",
            grain.name(),
            match grain {
                Grain::Hour => "2024-09-01T05:00:00",
                Grain::Day | Grain::IsoWeek => "2024-09-01",
                Grain::Quarter => "2024-Q3",
                Grain::Year => "2024",
                Grain::Month | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => "2024-09",
            }
        ))
    };
    let text = value.trim();
    let start = match grain {
        Grain::Hour => parse_moment(text).ok(),
        Grain::Day | Grain::IsoWeek => parse_moment(text).ok().map(|moment| moment.date().into()),
        Grain::Month | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => month_start(text),
        Grain::Quarter => quarter_start(text),
        Grain::Year => text.parse().ok().and_then(|year| first_of(year, 1)),
    };
    let start: DateTime = start.ok_or_else(refused)?;
    let end = match grain {
        Grain::Hour => start.checked_add(1.hour()),
        Grain::Day => start.checked_add(1.day()),
        Grain::IsoWeek => start.checked_add(1.week()),
        Grain::Month | Grain::Weekday | Grain::WeekPart | Grain::HourOfDay => {
            start.checked_add(1.month())
        }
        Grain::Quarter => start.checked_add(3.months()),
        Grain::Year => start.checked_add(1.year()),
    };
    Period::new(start, end.map_err(|_| refused())?).map_err(|_| refused())
}

fn month_start(text: &str) -> Option<DateTime> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    match parts.next() {
        None | Some("01") => first_of(year, month),
        Some(_) => None,
    }
}

fn quarter_start(text: &str) -> Option<DateTime> {
    let (year, quarter) = text.split_once("-Q").or_else(|| text.split_once("-q"))?;
    let quarter: i8 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    first_of(year.parse().ok()?, quarter * 3 - 2)
}

fn first_of(year: i16, month: i8) -> Option<DateTime> {
    Date::new(year, month, 1).ok().map(|date| date.to_datetime(Time::midnight()))
}
