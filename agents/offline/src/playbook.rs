//! Which tool calls answer a reading, by kind of question.

mod analyses;
mod single;

use serde_json::{Map, Value, json};
use wherefore_contract::{
    Decimal,
    cost::{ChargeKind, CompareQuery, CostMetric, CostQuery, Direction, Measure, Order},
    dimension::{Dimension, FocusDimension},
    evidence::Evidence,
    filter::FilterOp,
    period::Period,
    quality::NoticeCode,
};

use single::{explain, forecast, unit_cost};

use crate::{
    causes,
    request::{Ask, Condition, Reading, Side},
    understand::specificity,
};

// Causes are shown by their largest parts; the rest stays in the evidence's own query.
pub(crate) const DRIVERS_SHOWN: u32 = 10;

/// One tool call of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub tool: &'static str,
    pub arguments: Map<String, Value>,
}

impl Step {
    fn new(tool: &'static str, arguments: Value) -> Self {
        match arguments {
            Value::Object(arguments) => Self { tool, arguments },
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Self { tool, arguments: Map::new() },
        }
    }

    /// The evidence that this call gave: the table of this name, or the first one.
    pub(crate) fn found<'a>(&self, evidence: &'a [Evidence], table: &str) -> Option<&'a Evidence> {
        let mine = |held: &&Evidence| held.tool == self.tool && held.arguments == self.arguments;
        let mut all = evidence.iter().filter(mine);
        if table.is_empty() { all.next() } else { all.find(|held| held.facts.name == table) }
    }
}

pub(crate) fn query(query: &CostQuery) -> Step {
    Step::new("query_cost", json!(query))
}

pub(crate) fn compare(query: &CompareQuery) -> Step {
    Step::new("compare_cost", json!(query))
}

/// The analyzer's calls for a reading, in order. The first answers the question.
pub(crate) fn analysis(reading: &Reading) -> Vec<Step> {
    match reading.ask {
        Ask::Saving => vec![query(&saving(reading))],
        Ask::Analysis(analysis) => analyses::steps(analysis, reading),
        Ask::Total | Ask::PerDay | Ask::Trend | Ask::Jump | Ask::Average | Ask::Exists => {
            vec![query(&rows(reading))]
        }
        Ask::List if reading.absent => absent(reading),
        Ask::List => vec![query(&rows(reading))],
        Ask::Breakdown => folded(reading).chain([query(&breakdown(reading))]).collect(),
        Ask::Count => count(reading),
        Ask::Cumulative(_) => {
            let limit = reading.limit.filter(|_| reading.ask == Ask::Cumulative(0));
            vec![query(&CostQuery { share: true, cumulative: true, limit, ..rows(reading) })]
        }
        Ask::Place => vec![query(&place(reading))],
        Ask::FirstSeen => {
            let mut measures = moments(reading);
            let others = reading.measures.iter().filter(|measure| !measure.is_moment());
            measures.extend(others.cloned());
            vec![query(&CostQuery { measures, ..rows(reading) })]
        }
        Ask::Completeness | Ask::Coverage => {
            let days =
                Measure::Distinct(Dimension::Time(wherefore_contract::dimension::Grain::Day));
            let mut measures = moments(reading);
            measures.extend([days, Measure::Rows]);
            let counts = |measure: &&Measure| matches!(measure, Measure::Distinct(_));
            measures.extend(reading.measures.iter().filter(counts).cloned());
            vec![query(&CostQuery { measures, dimensions: Vec::new(), ..rows(reading) })]
        }
        Ask::Share => vec![query(&rows(reading)), query(&whole(reading))],
        Ask::Times => times(reading),
        Ask::Compare => sides(reading)
            .map(|(from, to)| compare(&comparison(reading, from, to)))
            .into_iter()
            .collect(),
        Ask::ComparePerDay => daily(reading).into_iter().collect(),
        Ask::Explain => explanation(reading),
        Ask::UnitCost => vec![unit_cost(reading)],
        Ask::Forecast => vec![forecast(reading)],
        Ask::Ratio | Ask::Percent | Ask::PercentApart | Ask::Difference | Ask::Beside => {
            ratio(reading)
        }
        Ask::ExplainUnitCost => {
            sides(reading).map(|(from, to)| explain(reading, from, to)).into_iter().collect()
        }
    }
}

/// Calls that need the figures of the ones before, by turn from 1.
pub(crate) fn further(reading: &Reading, evidence: &[Evidence], turn: usize) -> Vec<Step> {
    let looks = || causes::looks(reading, evidence);
    match (reading.ask, turn) {
        (Ask::Explain, _) if reading.bridge => Vec::new(),
        (Ask::Explain, 1) if reading.dimensions.is_empty() => {
            looks().into_iter().map(|(_, step)| step).collect()
        }
        (Ask::Explain, 1) if !reading.dimensions.is_empty() => spans(reading, evidence),
        (Ask::Explain, 2) if reading.dimensions.is_empty() => spans(reading, evidence),
        (Ask::Compare, 1) => spans(reading, evidence),
        (Ask::Total | Ask::Breakdown | Ask::Trend, 1) => {
            credits(reading, evidence).into_iter().collect()
        }
        (Ask::Cumulative(percent), 1) if percent > 0 => within(reading, evidence, percent),
        _ => Vec::new(),
    }
}

fn spans(reading: &Reading, evidence: &[Evidence]) -> Vec<Step> {
    causes::spans(reading, evidence).into_iter().collect()
}

/// Where credits hide what was used, the cost before them and what they took off.
pub(crate) fn credits(reading: &Reading, evidence: &[Evidence]) -> Option<Step> {
    let category = Dimension::Column(FocusDimension::ChargeCategory);
    let split = reading.conditions.iter().any(|held| held.filter.dimension == category)
        || reading.dimensions.contains(&category)
        || !reading.amounts.is_empty();
    if reading.measures != [Measure::BilledCost] || split {
        return None;
    }
    let first = analysis(reading);
    let held = first.first()?.found(evidence, "")?;
    let hides = held.notices.iter().any(|notice| notice.code == NoticeCode::CreditsHideUsage);
    let of = |kind| Measure::OfKind(kind, CostMetric::Billed);
    hides.then(|| {
        query(&CostQuery {
            measures: vec![of(ChargeKind::Gross), of(ChargeKind::Credit)],
            filters: reading.filters(),
            period: reading.period.map(|moment| moment.period),
            period_basis: reading.period_basis,
            ..CostQuery::total(Measure::BilledCost)
        })
    })
}

fn within(reading: &Reading, evidence: &[Evidence], percent: u32) -> Vec<Step> {
    let first = analysis(reading);
    let Some(table) = first.first().and_then(|step| step.found(evidence, "")) else {
        return Vec::new();
    };
    let reach = Decimal::from(percent);
    let running = |row: usize| table.facts.table.number(row, "cumulative_share");
    let count = (0..table.facts.table.rows.len())
        .find(|row| running(*row).is_some_and(|share| share >= reach));
    let limit = count.and_then(|row| u32::try_from(row + 1).ok());
    limit
        .map(|limit| {
            query(&CostQuery {
                share: true,
                cumulative: true,
                rank: reading.only_count,
                limit: Some(limit),
                ..rows(reading)
            })
        })
        .into_iter()
        .collect()
}

/// The research calls: what a change is made of, seen from sides that the question does not name.
/// Where it names none at all, the analyzer looks from every side.
pub(crate) fn research(reading: &Reading) -> Vec<Step> {
    let Some((from, to)) = sides(reading).filter(|_| !reading.dimensions.is_empty()) else {
        return Vec::new();
    };
    let fixed =
        |condition: &&Condition, dimension: &Dimension| condition.filter.dimension == *dimension;
    [FocusDimension::ServiceName, FocusDimension::SubAccountId, FocusDimension::Region]
        .into_iter()
        .map(Dimension::Column)
        .filter(|dimension| !reading.conditions.iter().any(|held| fixed(&held, dimension)))
        .map(|dimension| {
            let query = CompareQuery {
                measures: vec![cost_of(reading)],
                dimensions: vec![dimension],
                limit: None,
                ..comparison(reading, from, to)
            };
            compare(&query)
        })
        .collect()
}

fn cost_of(reading: &Reading) -> Measure {
    let stated = reading.measures.iter().find(|measure| measure.is_cost());
    stated.cloned().unwrap_or(Measure::EffectiveCost)
}

fn rows(reading: &Reading) -> CostQuery {
    CostQuery {
        measures: reading.measures.clone(),
        dimensions: reading.dimensions.clone(),
        filters: reading.filters(),
        period: reading.period.map(|moment| moment.period),
        period_basis: reading.period_basis,
        limit: reading.limit,
        limit_per: reading.limit_per.clone(),
        having: reading.having.clone(),
        amounts: reading.amounts.clone(),
        per_day: by_loaded_days(reading),
        change: reading.change,
        running: reading.running,
        scale: reading.scale,
        order: ranked(reading),
        ..CostQuery::total(Measure::Rows)
    }
}

// How many times hold no charge, and which ones.
fn absent(reading: &Reading) -> Vec<Step> {
    let listed = CostQuery { absent: true, limit: None, order: Vec::new(), ..rows(reading) };
    vec![query(&CostQuery { count: true, ..listed.clone() }), query(&listed)]
}

// A mean over days goes by the days that are loaded, which the store knows to the hour.
fn by_loaded_days(reading: &Reading) -> bool {
    let adds_up = reading.measures.first().is_some_and(Measure::is_additive);
    reading.per_day || (reading.ask == Ask::PerDay && adds_up)
}

// One figure over the rows, before the rows themselves.
fn folded(reading: &Reading) -> impl Iterator<Item = Step> {
    let folded = reading.fold.map(|fold| CostQuery {
        share: reading.fold_share,
        fold: Some(fold),
        fold_per: reading.fold_per.clone(),
        ..breakdown(reading)
    });
    folded.map(|held| query(&held)).into_iter()
}

// How many there are; of those that a bound keeps, also which ones they are.
fn count(reading: &Reading) -> Vec<Step> {
    let counted = reading.measures.iter().find_map(|measure| {
        if let Measure::Distinct(dimension) = measure { Some(dimension.clone()) } else { None }
    });
    let (Some(counted), false) = (counted, reading.having.is_empty()) else {
        return vec![query(&rows(reading))];
    };
    let mut measures: Vec<Measure> = Vec::new();
    for measure in reading.having.iter().filter_map(|bound| bound.column.parse().ok()) {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let kept = CostQuery {
        measures,
        dimensions: vec![counted],
        limit: None,
        order: Vec::new(),
        ..rows(reading)
    };
    vec![query(&CostQuery { count: true, ..kept.clone() }), query(&kept)]
}

// First and last, as days and as moments; the ones that are asked for lead.
fn moments(reading: &Reading) -> Vec<Measure> {
    let days = [Measure::FirstDay, Measure::LastDay];
    let moments = [Measure::FirstCharge, Measure::LastCharge];
    let led_by_days = reading.measures.contains(&Measure::FirstDay);
    let [first, second] = if led_by_days { [days, moments] } else { [moments, days] };
    first.into_iter().chain(second).collect()
}

// The order that the question names a column for.
fn ranked(reading: &Reading) -> Vec<Order> {
    let by = |column: &String| Order { by: column.clone(), direction: reading.direction };
    reading.rank_by.iter().map(by).collect()
}

fn by(reading: &Reading) -> Vec<Order> {
    let first = reading.measures.first().map(Measure::column_name).unwrap_or_default();
    vec![Order { by: first, direction: reading.direction }]
}

fn breakdown(reading: &Reading) -> CostQuery {
    let ordered = reading.direction == Direction::Ascending && reading.rank_by.is_none();
    let shares = reading.having.iter().any(|having| having.column == "share");
    let additive = reading.measures.first().is_some_and(|measure| {
        measure.is_cost()
            || matches!(measure, Measure::Rows | Measure::Transactions)
            || (matches!(measure, Measure::Commitment(_)) && measure.is_additive())
    });
    CostQuery {
        share: shares || (additive && reading.measures.len() == 1),
        order: if ordered { by(reading) } else { ranked(reading) },
        ..rows(reading)
    }
}

// All of what is ranked: the named thing is one of the rows.
fn place(reading: &Reading) -> CostQuery {
    let others = reading.conditions.iter().filter(|held| {
        held.filter.op != FilterOp::In || !reading.dimensions.contains(&held.filter.dimension)
    });
    let filters = others.map(|held| held.filter.clone()).collect();
    CostQuery { filters, rank: true, limit: None, ..breakdown(reading) }
}

// Both costs and what lies between them, by which rows that are no course over time are ranked.
fn saving(reading: &Reading) -> CostQuery {
    let costs: Vec<_> = reading.measures.iter().filter_map(Measure::cost).collect();
    let [dear, cheap] = costs.as_slice() else { return rows(reading) };
    let saved = Measure::Saved(*dear, *cheap);
    let timed = reading.dimensions.iter().any(|dimension| dimension.grain().is_some());
    let order = Order { by: saved.column_name(), direction: reading.direction };
    let ranked = reading.limit.is_some() || !timed;
    CostQuery {
        measures: reading.measures.iter().cloned().chain([saved]).collect(),
        order: if ranked && !reading.dimensions.is_empty() { vec![order] } else { Vec::new() },
        ..rows(reading)
    }
}

// The whole of which a share is asked: without the condition that says most.
fn whole(reading: &Reading) -> CostQuery {
    // Of several named things each has its part of all.
    let named = |held: &&Condition| {
        held.filter.op == FilterOp::In
            && held.filter.values.len() >= 2
            && reading.dimensions == [held.filter.dimension.clone()]
    };
    if let Some(rivals) = reading.conditions.iter().find(named) {
        let others = reading.conditions.iter().filter(|held| *held != rivals);
        let others = others.filter(|held| {
            reading.within.as_ref().is_none_or(|within| within.contains(&held.filter))
        });
        let filters = others.map(|held| held.filter.clone()).collect();
        return CostQuery {
            filters,
            dimensions: Vec::new(),
            amounts: Vec::new(),
            having: Vec::new(),
            ..rows(reading)
        };
    }
    if let Some(within) = &reading.within {
        let held = reading.conditions.iter().filter(|held| within.contains(&held.filter));
        let filters = held.map(|held| held.filter.clone()).collect();
        return CostQuery { filters, amounts: Vec::new(), having: Vec::new(), ..rows(reading) };
    }
    // What is asked only to hold a value, or left out, is no part where another condition stands beside it.
    let narrow = reading.conditions.iter().max_by_key(|held| {
        let present = held.filter.op == FilterOp::NotNull && held.asked.is_empty();
        let left_out = matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains);
        (!present, !left_out, specificity(&held.filter.dimension))
    });
    let filters = reading
        .conditions
        .iter()
        .filter(|held| Some(*held) != narrow)
        .filter(|held| narrow.is_none_or(|narrow| held.asked != narrow.asked))
        .map(|held| held.filter.clone())
        .collect();
    CostQuery { filters, amounts: Vec::new(), having: Vec::new(), ..rows(reading) }
}

fn sides(reading: &Reading) -> Option<(Period, Period)> {
    Some((reading.base?.period, reading.period?.period))
}

fn comparison(reading: &Reading, from: Period, to: Period) -> CompareQuery {
    let order = match (reading.direction, reading.dimensions.is_empty()) {
        (Direction::Ascending, false) => {
            vec![Order { by: "change".to_owned(), direction: Direction::Ascending }]
        }
        _ => Vec::new(),
    };
    let order = if reading.rank_by.is_some() { ranked(reading) } else { order };
    // The whole of a change is of all its rows: what is named is found among them.
    let among = |held: &&Condition| {
        !(reading.share_of_change
            && held.filter.op == FilterOp::In
            && reading.dimensions.contains(&held.filter.dimension))
    };
    let filters = reading.conditions.iter().filter(among).map(|held| held.filter.clone()).collect();
    CompareQuery {
        measures: reading.measures.clone(),
        dimensions: reading.dimensions.clone(),
        filters,
        share: reading.share_of_change && !reading.dimensions.is_empty(),
        order,
        limit: reading.limit,
        having: reading.having.clone(),
        amounts: reading.amounts.clone(),
        ..CompareQuery::total(Measure::BilledCost, from, to)
    }
}

// Both periods by their loaded days; rows go by what lies between their daily amounts.
fn daily(reading: &Reading) -> Option<Step> {
    let (from, to) = sides(reading)?;
    let query = comparison(reading, from, to);
    let relative = reading.rank_by.as_deref() == Some("change_percent");
    let by = if relative { "change_per_day_percent" } else { "change_per_day" };
    let change = Order { by: by.to_owned(), direction: reading.direction };
    let order = if reading.dimensions.is_empty() { Vec::new() } else { vec![change] };
    Some(compare(&CompareQuery { per_day: true, order, ..query }))
}

fn times(reading: &Reading) -> Vec<Step> {
    if let Some((from, to)) = sides(reading) {
        let query = CompareQuery { dimensions: Vec::new(), ..comparison(reading, from, to) };
        return vec![compare(&query)];
    }
    let sides = reading.conditions.iter().find(|held| held.filter.values.len() >= 2);
    let dimensions = sides.map(|held| held.filter.dimension.clone()).into_iter().collect();
    vec![query(&CostQuery { dimensions, ..rows(reading) })]
}

fn explanation(reading: &Reading) -> Vec<Step> {
    let Some((from, to)) = sides(reading) else { return Vec::new() };
    let first = if reading.bridge {
        Some(explain(reading, from, to))
    } else if !reading.dimensions.is_empty() {
        Some(compare(&comparison(reading, from, to)))
    } else if reading.workload.is_some() {
        Some(explain(reading, from, to))
    } else {
        None
    };
    first.into_iter().chain(overall(reading)).collect()
}

/// Both periods of a change as a whole.
pub(crate) fn overall_query(reading: &Reading) -> Option<CompareQuery> {
    let (from, to) = sides(reading)?;
    Some(CompareQuery {
        dimensions: Vec::new(),
        limit: None,
        order: Vec::new(),
        having: Vec::new(),
        ..comparison(reading, from, to)
    })
}

/// The call for it.
pub(crate) fn overall(reading: &Reading) -> Option<Step> {
    overall_query(reading).as_ref().map(compare)
}

// One query a side, each with its own measure, conditions and period.
fn ratio(reading: &Reading) -> Vec<Step> {
    // Two metrics of the same charges stand in one table, row by row.
    if !reading.dimensions.is_empty() {
        let all = rows(reading);
        // What the money buys is put in order, and cut, where the quotients are known.
        let ranked = reading.measures.first() == Some(&Measure::Transactions);
        return vec![query(&CostQuery { limit: all.limit.filter(|_| !ranked), ..all })];
    }
    let side = |side: &Side| {
        query(&CostQuery {
            filters: side.conditions.iter().map(|held| held.filter.clone()).collect(),
            period: side.period.map(|moment| moment.period),
            ..CostQuery::total(side.measure.clone())
        })
    };
    reading.sides.iter().map(side).collect()
}
