//! What is read to judge tags: all charges, those that carry each key, those that no owner bears.

use rust_decimal::Decimal;
use wherefore_analysis::tagging::{Spelling, TaggingRules};
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
    period::Period,
    quality::{CostDescription, Severity},
    tool::FactTable,
    unit::Unit,
};

use crate::{operating::is_filled, refuse::Refusal, serve::Tools};

/// What is asked.
pub(super) struct Request {
    pub(super) measure: Measure,
    pub(super) filters: Vec<Filter>,
    pub(super) period: Option<Period>,
    pub(super) keys: Vec<String>,
}

/// An amount of charges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) cost: Decimal,
    pub(super) rows: Decimal,
}

/// The charges that carry one key.
pub(super) struct OfKey {
    pub(super) key: String,
    pub(super) tagged: Amount,
    pub(super) distinct: Decimal,
    /// The values with what they cost; empty where there are too many to be read.
    pub(super) values: Vec<(Spelling, Decimal)>,
    pub(super) read: FactTable,
}

/// The charges that no owner bears, by what a reader can act on.
pub(super) struct Untagged {
    pub(super) of: Dimension,
    pub(super) read: FactTable,
}

/// Everything that was read.
pub(super) struct Story {
    pub(super) request: Request,
    pub(super) money: Unit,
    pub(super) all: Amount,
    pub(super) read: FactTable,
    pub(super) keys: Vec<OfKey>,
    /// The keys that say who bears a charge; without any, all keys that are loaded.
    pub(super) owners: Vec<String>,
    pub(super) unallocated: Amount,
    pub(super) unallocated_read: FactTable,
    pub(super) untagged: Vec<Untagged>,
}

/// Effective cost, as targets of allocation are meant (a commitment is spread over the usage that carries
/// tags), or what answers use where the data bars it.
pub(super) fn cost(description: &CostDescription) -> Measure {
    let effective = Measure::EffectiveCost.to_string();
    let barred = description
        .notices
        .iter()
        .any(|notice| notice.severity == Severity::Bar && notice.subject == effective);
    match &description.default_cost {
        Some(other) if barred && other.is_cost() => other.clone(),
        Some(_) | None => Measure::EffectiveCost,
    }
}

/// The condition that keeps charges on which a tag can be set, unless the caller chose other ones.
pub(super) fn taggable(
    description: &CostDescription,
    filters: &[Filter],
    rules: &TaggingRules,
) -> Option<Filter> {
    let category = Dimension::Column(FocusDimension::ChargeCategory);
    let chosen = filters.iter().any(|filter| filter.dimension == category);
    (!chosen && is_filled(description, &category)).then(|| Filter {
        dimension: category,
        op: FilterOp::NotIn,
        values: rules.left_out.charge_categories.clone(),
    })
}

/// The loaded keys, the fullest first.
pub(super) fn keys(description: &CostDescription, rules: &TaggingRules) -> Vec<String> {
    let mut filled: Vec<(Decimal, &str)> = description
        .dimensions
        .iter()
        .filter(|fill| fill.distinct > 0)
        .filter_map(|fill| {
            let share = fill.filled_percent.parse().unwrap_or_default();
            Some((share, fill.dimension.strip_prefix("tag:")?))
        })
        .collect();
    filled.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    filled.into_iter().take(rules.limits.keys).map(|(_, key)| key.to_owned()).collect()
}

/// Reads all that is needed; `None` when no charge matched.
pub(super) async fn story(tools: &Tools, request: Request) -> Result<Option<Story>, Refusal> {
    let read = tools.costs.query(&all(&request), &tools.scope).await?;
    let column = request.measure.column_name();
    if read.table.rows.len() > 1 {
        return Err(Refusal::Failed(
            "the charges are in several currencies; filter by one billing_currency".to_owned(),
        ));
    }
    let whole = amount(&read, 0, &column);
    let Some(money) = read.table.unit(0, &column).filter(|_| !whole.rows.is_zero()) else {
        return Ok(None);
    };
    let mut keys = Vec::new();
    for key in &request.keys {
        keys.push(of_key(tools, &request, key).await?);
    }
    let owners = owners(&request.keys, &tools.rules.tagging);
    let mut missing = all(&request);
    missing.filters.extend(owners.iter().map(|key| of_tag(key, FilterOp::IsNull)));
    let unallocated_read = tools.costs.query(&missing, &tools.scope).await?;
    let unallocated = amount(&unallocated_read, 0, &column);
    let description = tools.costs.describe(&tools.scope).await?;
    let mut untagged = Vec::new();
    for of in [FocusDimension::ServiceName, FocusDimension::SubAccountId] {
        let of = Dimension::Column(of);
        if owners.is_empty() || !is_filled(&description, &of) {
            continue;
        }
        let query = CostQuery {
            dimensions: vec![of.clone()],
            limit: Some(tools.rules.tagging.limits.rows),
            ..missing.clone()
        };
        untagged.push(Untagged { of, read: tools.costs.query(&query, &tools.scope).await? });
    }
    Ok(Some(Story {
        request,
        money,
        all: whole,
        read,
        keys,
        owners,
        unallocated,
        unallocated_read,
        untagged,
    }))
}

// One key that is asked for stands for itself; of all keys, those that name owners.
fn owners(keys: &[String], rules: &TaggingRules) -> Vec<String> {
    let named: Vec<String> = keys.iter().filter(|key| rules.allocates(key)).cloned().collect();
    if keys.len() == 1 || named.is_empty() { keys.to_vec() } else { named }
}

fn all(request: &Request) -> CostQuery {
    CostQuery {
        measures: vec![request.measure.clone(), Measure::Rows],
        filters: request.filters.clone(),
        period: request.period,
        ..CostQuery::total(Measure::Rows)
    }
}

fn of_tag(key: &str, op: FilterOp) -> Filter {
    Filter { dimension: Dimension::Tag(key.to_owned()), op, values: Vec::new() }
}

// The values tell what carries the key, where they can be read; else the charges are counted.
async fn of_key(tools: &Tools, request: &Request, key: &str) -> Result<OfKey, Refusal> {
    let dimension = Dimension::Tag(key.to_owned());
    let distinct = Measure::Distinct(dimension.clone());
    let mut query = all(request);
    query.filters.push(of_tag(key, FilterOp::NotNull));
    query.measures.push(distinct.clone());
    let counted = tools.costs.query(&query, &tools.scope).await?;
    let column = request.measure.column_name();
    let distinct = counted.table.number(0, &distinct.column_name()).unwrap_or_default();
    let most = Decimal::from(tools.rules.tagging.slips.values);
    let mut values = Vec::new();
    let mut read = counted.clone();
    if distinct > Decimal::ONE && distinct <= most {
        query.measures.truncate(2);
        query.dimensions.push(dimension.clone());
        read = tools.costs.query(&query, &tools.scope).await?;
        let name = dimension.name();
        values = (0..read.table.rows.len())
            .filter_map(|row| {
                let word = read.table.text(row, &name)?.to_owned();
                let own = amount(&read, row, &column);
                Some((Spelling { word, cost: own.cost }, own.rows))
            })
            .collect();
    }
    let tagged = amount(&counted, 0, &column);
    Ok(OfKey { key: key.to_owned(), tagged, distinct, values, read })
}

fn amount(read: &FactTable, row: usize, column: &str) -> Amount {
    let number = |name: &str| read.table.number(row, name).unwrap_or_default();
    Amount { cost: number(column), rows: number("rows") }
}
