//! Which side of the estate explains a change best, and since when or until when its parts are charged.
//!
//! A change of a total closes over the values of any dimension, so each dimension explains it. The most
//! telling one needs few values (Adtributor, NSDI 2014: explanatory power and succinctness), and their part
//! of the whole changed most (there the Jensen-Shannon divergence; here its rational bound, the triangular
//! discrimination `(q - p)² / (p + q)`, which exact decimals can compute).

use wherefore_contract::{
    Decimal,
    cost::{CompareQuery, CostQuery, Direction, Measure, Order},
    dimension::{Dimension, FocusDimension},
    evidence::Evidence,
    filter::{Filter, FilterOp},
    period::Period,
};

use crate::{
    playbook::{DRIVERS_SHOWN, Step, compare, overall, query},
    request::{Ask, Condition, Known, Reading},
};

// So many values still explain; a longer list only describes.
const VALUES_MOST: usize = 3;
// Shares of the change in percent: what the values must reach together, and what each must add.
const REACHED: i64 = 67;
const ADDED_LEAST: i64 = 10;
// A dimension that comes earlier is preferred until another tells so many times as much.
const PREFERENCE: i64 = 2;
// Parts whose share of the whole hardly moved explain nothing: "usage rose". In hundred-thousandths.
const TELLING_LEAST: i64 = 50;
// Tags with more values name single things.
const TAG_VALUES_MOST: u64 = 100;
// Tags on fewer charges than that, in percent, describe a corner of the bill.
const FILLED_LEAST: f32 = 50.0;
// Values of dimensions with more of them are single things rather than parts of an estate.
const DISTINCT_MOST: u64 = 2000;
const TAGS_MOST: usize = 5;

/// The dimensions by which causes are looked for, those first that people name causes by.
pub(crate) fn sides(known: &Known, conditions: &[Condition]) -> Vec<Dimension> {
    use FocusDimension as F;
    let loaded = &known.description.dimensions;
    let fill = |name: &str| loaded.iter().find(|fill| fill.dimension == name);
    let parts =
        |name: &str| fill(name).is_some_and(|fill| (2..=DISTINCT_MOST).contains(&fill.distinct));
    let workload_tag = format!("tag:{}", known.description.workload_tag);
    let tags = loaded
        .iter()
        .filter(|fill| fill.dimension.starts_with("tag:") && fill.dimension != workload_tag)
        .filter(|fill| fill.distinct <= TAG_VALUES_MOST)
        .filter(|fill| fill.filled_percent.parse::<f32>().is_ok_and(|part| part >= FILLED_LEAST))
        .filter_map(|fill| fill.dimension.parse().ok())
        .take(TAGS_MOST);
    let columns = [
        F::ServiceName,
        F::InstanceType,
        F::UsageType,
        F::SubAccountId,
        F::Provider,
        F::Region,
        F::ChargeCategory,
        F::ChargeDescription,
    ];
    let all = [Dimension::Workload]
        .into_iter()
        .chain(tags)
        .chain(columns.into_iter().map(Dimension::Column))
        .filter(|dimension| parts(&dimension.name()))
        .filter(|dimension| !conditions.iter().any(|held| fixes(held, dimension)));
    let described = fill("usage_type").is_some();
    let told = Dimension::Column(F::ChargeDescription);
    all.filter(|dimension| !described || *dimension != told).collect()
}

// Whether a condition keeps one value of a dimension.
fn fixes(held: &Condition, dimension: &Dimension) -> bool {
    let one = match held.filter.op {
        FilterOp::In | FilterOp::Contains => held.filter.values.len() < 2,
        FilterOp::IsNull => true,
        FilterOp::NotNull | FilterOp::NotIn | FilterOp::NotContains => false,
    };
    held.filter.dimension == *dimension && one
}

/// The total of both periods with its change, where it is one figure.
pub(crate) fn whole<'a>(reading: &Reading, evidence: &'a [Evidence]) -> Option<&'a Evidence> {
    let held = overall(reading)?.found(evidence, "")?;
    (held.facts.table.rows.len() == 1).then_some(held)
}

/// The calls that look at the change from every side.
pub(crate) fn looks(reading: &Reading, evidence: &[Evidence]) -> Vec<(Dimension, Step)> {
    let Some(change) = whole(reading, evidence).and_then(|held| changed(held, 0)) else {
        return Vec::new();
    };
    let Some(total) = crate::playbook::overall_query(reading) else { return Vec::new() };
    let order = if change.is_sign_negative() {
        vec![Order { by: "change".to_owned(), direction: Direction::Ascending }]
    } else {
        Vec::new()
    };
    let look = |dimension: &Dimension| {
        let asked = CompareQuery {
            dimensions: vec![dimension.clone()],
            order: order.clone(),
            limit: reading.limit.or(Some(DRIVERS_SHOWN)),
            ..total.clone()
        };
        (dimension.clone(), compare(&asked))
    };
    reading.parts.iter().map(look).collect()
}

fn changed(held: &Evidence, row: usize) -> Option<Decimal> {
    held.facts.table.number(row, "change")
}

/// The rows of one dimension that explain the change, and how well they do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Account {
    rows: Vec<usize>,
    reached: Decimal,
    telling: Decimal,
}

impl Account {
    fn is_concise(&self) -> bool {
        self.reached >= Decimal::new(REACHED, 2)
    }
}

/// The named rows that moved as the whole did, largest first, as far as they add something.
pub(crate) fn movers(held: &Evidence, name: &str, change: Decimal) -> Vec<usize> {
    let mut rows: Vec<(usize, Decimal)> = (0..held.facts.table.rows.len())
        .filter(|row| held.name(*row, name).is_some())
        .filter_map(|row| Some((row, changed(held, row)?)))
        .filter(|(_, part)| !part.is_zero() && part.is_sign_negative() == change.is_sign_negative())
        .collect();
    rows.sort_by(|(left, one), (right, other)| other.abs().cmp(&one.abs()).then(left.cmp(right)));
    let least = change.abs() * Decimal::new(ADDED_LEAST, 2);
    rows.retain(|(_, part)| part.abs() >= least);
    rows.into_iter().map(|(row, _)| row).take(VALUES_MOST).collect()
}

fn account(held: &Evidence, dimension: &Dimension, whole: &Evidence) -> Option<Account> {
    let change = changed(whole, 0).filter(|change| !change.is_zero())?;
    let mut account = Account { rows: Vec::new(), reached: Decimal::ZERO, telling: Decimal::ZERO };
    for row in movers(held, &dimension.name(), change) {
        if account.is_concise() {
            break;
        }
        account.reached += changed(held, row)?.checked_div(change)?;
        account.telling += moved_share(held, row, whole)?;
        account.rows.push(row);
    }
    let count = Decimal::from(account.rows.len());
    account.telling = account.telling.checked_div(count)? * account.reached.min(Decimal::ONE);
    Some(account)
}

// How far the part of the whole moved: 0 where it stayed, the part itself where it is new or gone.
fn moved_share(held: &Evidence, row: usize, whole: &Evidence) -> Option<Decimal> {
    let share = |end: &str| {
        let ends = |held: &Evidence, row: usize| {
            let column =
                held.facts.table.columns.iter().find(|column| column.name.ends_with(end))?;
            held.facts.table.number(row, &column.name).map(|amount| amount.abs())
        };
        let of = ends(whole, 0).unwrap_or_default();
        Some(ends(held, row).unwrap_or_default().checked_div(of).unwrap_or_default())
    };
    let (early, late) = (share("_from")?, share("_to")?);
    let (gap, both) = (late - early, late + early);
    Some((gap * gap).checked_div(both).unwrap_or_default())
}

/// The most telling side of a change: its dimension, its table and the rows that explain the change.
pub(crate) fn telling<'a>(
    reading: &Reading,
    evidence: &'a [Evidence],
) -> Option<(Dimension, &'a Evidence, Vec<usize>)> {
    let whole = whole(reading, evidence)?;
    let seen: Vec<(Dimension, &Evidence, Account)> = looks(reading, evidence)
        .into_iter()
        .filter_map(|(dimension, step)| {
            let held = step.found(evidence, "")?;
            let account = account(held, &dimension, whole)?;
            Some((dimension, held, account))
        })
        .collect();
    let usual = Dimension::Column(FocusDimension::ServiceName);
    let concise = || seen.iter().filter(|(_, _, account)| account.is_concise());
    let best = concise().map(|(_, _, account)| account.telling).max();
    let chosen = match best.filter(|best| *best >= Decimal::new(TELLING_LEAST, 5)) {
        Some(best) => {
            concise().find(|(_, _, account)| account.telling * Decimal::from(PREFERENCE) >= best)
        }
        None => seen.iter().find(|(dimension, ..)| *dimension == usual).or_else(|| seen.first()),
    };
    chosen.map(|(dimension, held, account)| (dimension.clone(), *held, account.rows.clone()))
}

/// Whether only things are asked for that one of the periods holds: what is new, and what is gone.
pub(crate) fn is_one_sided(reading: &Reading) -> bool {
    let absent = |column: &str| matches!(column, "rows_from" | "rows_to");
    reading.having.iter().any(|bound| absent(&bound.column) && bound.value.is_zero())
}

/// The table of a change by one dimension, its rows that moved as the whole did, and the dimension.
pub(crate) fn moved<'a>(
    reading: &Reading,
    evidence: &'a [Evidence],
) -> Option<(Dimension, &'a Evidence, Vec<usize>)> {
    let [dimension] = reading.dimensions.as_slice() else {
        return if reading.dimensions.is_empty() { telling(reading, evidence) } else { None };
    };
    if dimension.grain().is_some() {
        return None;
    }
    let held = crate::playbook::analysis(reading).first()?.found(evidence, "")?;
    let name = dimension.name();
    let whole = whole(reading, evidence).and_then(|held| changed(held, 0));
    let first = || changed(held, 0);
    let rows = if is_one_sided(reading) {
        (0..held.facts.table.rows.len()).collect()
    } else {
        movers(held, &name, whole.or_else(first)?)
    };
    Some((dimension.clone(), held, rows))
}

/// The call for when the parts that explain a change were charged first and last.
pub(crate) fn spans(reading: &Reading, evidence: &[Evidence]) -> Option<Step> {
    if !matches!(reading.ask, Ask::Explain | Ask::Compare)
        || !reading.measures.first().is_some_and(Measure::is_cost)
    {
        return None;
    }
    let (dimension, held, rows) = moved(reading, evidence)?;
    let name = dimension.name();
    let values: Vec<&str> = rows.iter().filter_map(|row| held.name(*row, &name)).collect();
    if values.is_empty() {
        return None;
    }
    // What is loaded after the later period is no part of the answer; what is new was never charged before.
    let loaded = reading.loaded?;
    let period =
        Period::new(loaded.start(), reading.period?.period.end().min(loaded.end())).ok()?;
    let kept = Filter::any_of(dimension.clone(), values);
    let others = reading.conditions.iter().map(|held| held.filter.clone());
    let filters = others.filter(|filter| filter.dimension != dimension).chain([kept]).collect();
    Some(query(&CostQuery {
        measures: vec![Measure::FirstCharge, Measure::ChargedUntil, Measure::FirstDay],
        dimensions: vec![dimension],
        filters,
        amounts: reading.amounts.clone(),
        period: Some(period),
        ..CostQuery::total(Measure::Rows)
    }))
}

#[cfg(test)]
mod tests;
