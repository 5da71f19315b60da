//! Clients: what each calls, at what rate, and whether it calls more than it did or than its peers do.

use std::collections::BTreeMap;

use futures::try_join;
use rust_decimal::Decimal;
use wherefore_analysis::calls::{
    CallMeters, Client, DayOfCalls, Found, judge_client, per_transaction,
};
use wherefore_contract::{
    cost::{CostQuery, Measure},
    dimension::{Dimension, Grain},
    filter::Filter,
    period::Period,
    quality::CostDescription,
    table::Table,
    tool::FactTable,
};

use super::bill::Lines;
use crate::{operating::operating_filters, refuse::Refusal, serve::Tools};

/// The two periods that are told apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spans {
    pub(super) now: Period,
    pub(super) before: Option<Period>,
}

/// Workload, operation and client.
type Key = (String, String, String);
/// Calls of each day, in the period and in the one before.
type Days = [BTreeMap<String, Decimal>; 2];

/// Calls as they were counted.
#[derive(Debug, Default)]
pub(super) struct Seen {
    calls: BTreeMap<Key, Days>,
}

impl Seen {
    pub(super) fn of(tables: [Option<&FactTable>; 2]) -> Self {
        let mut seen = Self::default();
        for (side, held) in tables.into_iter().enumerate() {
            let Some(table) = held.map(|held| &held.table) else { continue };
            for row in 0..table.rows.len() {
                let text = |name: &str| table.text(row, name).unwrap_or_default().to_owned();
                let key = (text("workload"), text("operation"), text("client"));
                let days = seen.calls.entry(key).or_default();
                if let Some(days) = days.get_mut(side) {
                    *days.entry(text("day")).or_default() +=
                        table.number(row, "calls").unwrap_or_default();
                }
            }
        }
        seen
    }

    fn workloads(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.calls.keys().map(|(workload, ..)| workload.clone()).collect();
        names.dedup();
        names
    }
}

/// How a client's calls are priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// By the meter of the bill that counts the operation.
    Metered,
    /// By what the workload costs for each call that it takes: the meters that count calls are the least of it.
    Workload,
}

/// Money for one call: what the call itself is billed, and all that it is given.
#[derive(Debug, Clone, Copy)]
struct Rate {
    basis: Basis,
    least: Decimal,
    whole: Decimal,
}

/// What is found of one client.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) workload: String,
    pub(super) operation: String,
    pub(super) client: String,
    pub(super) found: Found,
    pub(super) basis: Basis,
    pub(super) cost: Decimal,
    /// What would not be spent in the period: low, expected, high.
    pub(super) saving: Option<[Decimal; 3]>,
}

/// Judges every client, the largest saving first, then the dearest.
pub(super) async fn judge(
    tools: &Tools,
    lines: &Lines,
    seen: Seen,
    spans: Spans,
    description: &CostDescription,
) -> Result<Vec<Judged>, Refusal> {
    let workloads = seen.workloads();
    let named = Filter::any_of(Dimension::Workload, workloads.iter().cloned());
    let metered = lines.query(
        Some(Dimension::Workload),
        std::slice::from_ref(&named),
        spans.now,
        description,
    );
    let operating = operating_filters(description);
    let whole = CostQuery {
        dimensions: vec![Dimension::Workload],
        filters: std::iter::once(named.clone()).chain(operating).collect(),
        period: Some(spans.now),
        ..CostQuery::total(Measure::EffectiveCost)
    };
    let reach = match spans.before {
        Some(before) => Period::new(before.start(), spans.now.end()).unwrap_or(spans.now),
        None => spans.now,
    };
    let counts = CostQuery {
        dimensions: vec![Dimension::Time(Grain::Day), Dimension::Workload],
        filters: vec![named],
        period: Some(reach),
        ..CostQuery::total(Measure::Transactions)
    };
    let query = |query| tools.costs.query(query, &tools.scope);
    let (metered, whole, counts) = try_join!(query(&metered), query(&whole), query(&counts))?;
    let rates = Rates::of(tools, lines, &metered.table, &whole.table, &seen);
    let served = served(&counts.table);
    let mut judged: Vec<Judged> = seen
        .calls
        .iter()
        .filter(|(_, [now, _])| !now.is_empty())
        .map(|(key, days)| judge_one(tools, &seen, key, days, &served, &rates))
        .collect();
    let saving = |held: &Judged| held.saving.map(|[_, expected, _]| expected).unwrap_or_default();
    judged.sort_by(|left, right| saving(right).cmp(&saving(left)).then(right.cost.cmp(&left.cost)));
    Ok(judged)
}

fn judge_one(
    tools: &Tools,
    seen: &Seen,
    key: &Key,
    days: &Days,
    served: &BTreeMap<(String, String), Decimal>,
    rates: &Rates<'_>,
) -> Judged {
    let (workload, operation, client) = key;
    let with_traffic = |days: &BTreeMap<String, Decimal>| -> Vec<DayOfCalls> {
        let of = |(day, calls): (&String, &Decimal)| DayOfCalls {
            calls: *calls,
            transactions: served.get(&(workload.to_lowercase(), day.clone())).copied(),
        };
        days.iter().map(of).collect()
    };
    let is_peer = |other: &Key| other.0 == *workload && other.1 == *operation && other.2 != *client;
    let peers = seen.calls.iter().filter(|(other, _)| is_peer(other));
    let peers = peers.filter_map(|(_, [now, _])| per_transaction(&with_traffic(now))).collect();
    let [now, before] = days;
    let counted = Client { now: with_traffic(now), before: with_traffic(before), peers };
    let found = judge_client(&counted, &tools.rules.calls);
    let rate = rates.of_call(workload, operation);
    let priced = |rate: Decimal, part: Decimal| {
        rate.saturating_mul(found.calls).saturating_mul(part).round_dp(18)
    };
    let saving = found.avoidable.map(|part| {
        [
            priced(rate.least, part.low),
            priced(rate.least, part.expected),
            priced(rate.whole, part.high),
        ]
    });
    Judged {
        workload: workload.clone(),
        operation: operation.clone(),
        client: client.clone(),
        cost: priced(rate.whole, Decimal::ONE),
        basis: rate.basis,
        saving,
        found,
    }
}

/// Transactions by workload in lower case and day.
fn served(table: &Table) -> BTreeMap<(String, String), Decimal> {
    (0..table.rows.len())
        .filter_map(|row| {
            let workload = table.text(row, "workload")?.to_lowercase();
            let day = table.text(row, "day")?.to_owned();
            Some(((workload, day), table.number(row, "transactions")?))
        })
        .collect()
}

/// Cost and calls, by workload in lower case and by meter.
#[derive(Debug)]
struct Rates<'a> {
    /// Of meters whose operations clients call by name.
    metered: BTreeMap<(String, String), (Decimal, Decimal)>,
    /// Of all lines that count calls, and of the workload as a whole.
    workloads: BTreeMap<String, (Decimal, Decimal)>,
    /// Calls of operations that no meter counts.
    unmetered: BTreeMap<String, Decimal>,
    meters: &'a CallMeters,
}

impl<'a> Rates<'a> {
    fn of(tools: &'a Tools, lines: &Lines, metered: &Table, whole: &Table, seen: &Seen) -> Self {
        let mut rates = Self {
            metered: BTreeMap::new(),
            workloads: BTreeMap::new(),
            unmetered: BTreeMap::new(),
            meters: &tools.rules.meters,
        };
        for row in 0..metered.rows.len() {
            let Some(Ok(line)) = lines.metered(metered, row, &tools.rules.meters) else { continue };
            let workload = metered.text(row, "workload").unwrap_or_default().to_lowercase();
            let sums = rates.metered.entry((workload.clone(), line.meter)).or_default();
            sums.0 += line.cost;
            sums.1 += line.calls;
            rates.workloads.entry(workload).or_default().0 += line.cost;
        }
        for row in 0..whole.rows.len() {
            let workload = whole.text(row, "workload").unwrap_or_default().to_lowercase();
            let cost = whole.number(row, &Measure::EffectiveCost.column_name());
            rates.workloads.entry(workload).or_default().1 += cost.unwrap_or_default();
        }
        for ((workload, operation, _), [now, _]) in &seen.calls {
            if rates.meters.of_operation(operation).is_none() {
                let calls: Decimal = now.values().sum();
                *rates.unmetered.entry(workload.to_lowercase()).or_default() += calls;
            }
        }
        rates
    }

    fn of_call(&self, workload: &str, operation: &str) -> Rate {
        let workload = workload.to_lowercase();
        let own = self.meters.of_operation(operation).and_then(|meter| {
            let (cost, calls) = self.metered.get(&(workload.clone(), meter.id.clone()))?;
            cost.checked_div(*calls)
        });
        if let Some(rate) = own {
            return Rate { basis: Basis::Metered, least: rate, whole: rate };
        }
        let (least, whole) = self.workloads.get(&workload).copied().unwrap_or_default();
        let calls = self.unmetered.get(&workload).copied().unwrap_or_default();
        let over = |cost: Decimal| cost.checked_div(calls).unwrap_or_default();
        Rate { basis: Basis::Workload, least: over(least), whole: over(whole) }
    }
}
