//! A workload whose interface is called by four clients, of which one calls more and more often from one month on.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    DemoError,
    calendar::date_of,
    catalog::{self, Sku},
    company::{Company, Stream, Workload},
    money::Quantity,
};

pub(super) const STREAM: u64 = 2;
pub(super) const FILE: &str = "api-calls.csv";

// None of them begins like a workload of the company itself.
const NAMES: [&str; 3] = ["sync-hub", "basket-hub", "wishlist-hub"];
const CLIENTS: [&str; 4] = ["ios-app", "android-app", "web-shop", "partner-feed"];
// What clients call, and the meter that counts it; calls of each for one transaction of the workload.
const OPERATIONS: [(&str, Sku, [f64; 4]); 3] = [
    ("GetItem", catalog::DYNAMO_READ, [2.4, 2.2, 1.8, 1.1]),
    ("SendMessage", catalog::QUEUE, [0.9, 1.0, 0.7, 0.5]),
    ("PutObject", catalog::S3_REQUESTS, [0.2, 0.2, 0.1, 0.1]),
];
const CONTRACTED_PERCENT: i64 = 96;
/// Every day lies within this share of its level.
const NOISE: f64 = 0.01;

/// Calls of one client and operation on each day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Series {
    operation: &'static str,
    client: &'static str,
    calls: Vec<i64>,
}

/// The workload, its calls, and what can be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Called {
    workload: String,
    series: Vec<Series>,
    /// The day from which on the chatty client calls so often.
    pub(crate) since: usize,
    pub(crate) truth: CallsTruth,
}

impl Called {
    /// Whether the meter of a stream counts what the chatty client calls.
    pub(crate) fn is_of(&self, company: &Company, stream: &Stream) -> bool {
        let workload = stream.workload.and_then(|place| company.workloads.get(place));
        let own = workload.is_some_and(|workload| workload.name == self.workload);
        let chatty = |(operation, sku, _): &(&str, Sku, [f64; 4])| {
            *operation == self.truth.operation && stream.sku.meter == sku.meter
        };
        own && OPERATIONS.iter().any(chatty)
    }
}

/// A client that calls more often than it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsTruth {
    pub workload: String,
    pub operation: String,
    pub client: String,
    /// The first day of the last month, from which on it calls so often.
    pub since: jiff::civil::Date,
    /// So many times as often for the same transactions.
    pub multiple: i64,
    /// Calls of the last month, and what they were billed, in US dollars.
    pub calls: i64,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost: Decimal,
    /// What the calls above the former ones were billed in the last month, in US dollars.
    #[serde(with = "rust_decimal::serde::str")]
    pub monthly_saving: Decimal,
}

/// Plants the workload; `None` only if the calendar has no month.
pub(super) fn plant(company: &mut Company, random: &mut ChaCha8Rng) -> Option<Called> {
    let mut names = NAMES;
    names.shuffle(random);
    let name = *names.first()?;
    let last = *company.calendar.months.last()?;
    let multiple = random.random_range(3..=5);
    let chatty = *CLIENTS.get(random.random_range(0..CLIENTS.len()))?;
    let transactions = transactions(company.calendar.days, random);
    let workload = company.workloads.len();
    let mut series = Vec::new();
    let mut truth = None;
    for (operation, sku, rates) in OPERATIONS {
        let list_price = sku.list_price()?;
        let mut totals = vec![0_i64; company.calendar.days];
        for (client, rate) in CLIENTS.into_iter().zip(rates) {
            let is_chatty = client == chatty && operation == "GetItem";
            let usual = usual(&transactions, rate, random);
            let times = |day: usize| if is_chatty && day >= last.start { multiple } else { 1 };
            let calls: Vec<i64> =
                usual.iter().enumerate().map(|(day, calls)| calls * times(day)).collect();
            for (total, calls) in totals.iter_mut().zip(&calls) {
                *total += calls;
            }
            if is_chatty {
                let of_month = |calls: &[i64]| -> i64 {
                    calls.get(last.start..last.end).unwrap_or_default().iter().sum()
                };
                let (now, former) = (of_month(&calls), of_month(&usual));
                let price = list_price.percent(CONTRACTED_PERCENT).decimal();
                truth = Some(CallsTruth {
                    workload: name.to_owned(),
                    operation: operation.to_owned(),
                    client: client.to_owned(),
                    since: last.first,
                    multiple,
                    calls: now,
                    cost: Decimal::from(now) * price,
                    monthly_saving: Decimal::from(now - former) * price,
                });
            }
            series.push(Series { operation, client, calls });
        }
        company.streams.push(Stream {
            sku,
            region: *sku.provider.regions().first()?,
            sub_account: 1,
            workload: Some(workload),
            is_tagged: true,
            quantities: totals.iter().map(|calls| Quantity(calls * 1_000_000)).collect(),
            list_price,
            repriced: None,
            contracted_percent: CONTRACTED_PERCENT,
            commitment: None,
        });
    }
    company.workloads.push(storefront(name, transactions));
    Some(Called { workload: name.to_owned(), series, since: last.start, truth: truth? })
}

fn storefront(name: &str, transactions: Vec<i64>) -> Workload {
    Workload {
        name: name.to_owned(),
        provider: catalog::Provider::Aws,
        sub_account: 1,
        tags: format!(r#"{{"environment":"prod","team":"storefront","workload":"{name}"}}"#),
        transactions: Some(transactions),
        credit: None,
    }
}

fn transactions(days: usize, random: &mut ChaCha8Rng) -> Vec<i64> {
    let base = f64::from(random.random_range(30_000_000..60_000_000));
    (0..days)
        .map(|day| {
            let weekday = date_of(day).weekday().to_monday_zero_offset();
            let wave = if weekday >= 5 { 0.8 } else { 1.0 };
            let noise = 1.0 + 0.03 * (2.0 * random.random::<f64>() - 1.0);
            Quantity::nearest(base * wave * noise).0 / 1_000_000
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "sizes made-up calls")]
fn usual(transactions: &[i64], rate: f64, random: &mut ChaCha8Rng) -> Vec<i64> {
    let noise = |random: &mut ChaCha8Rng| 1.0 + NOISE * (2.0 * random.random::<f64>() - 1.0);
    let calls =
        |count: &i64, noise: f64| Quantity::nearest(*count as f64 * rate * noise / 1e3).0 / 1_000;
    transactions.iter().map(|count| calls(count, noise(random))).collect()
}

/// Writes `period,workload,operation,client,calls`, a row a day.
pub(super) fn write(path: &Path, called: Option<&Called>) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: path.into(), source };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "period,workload,operation,client,calls").map_err(failed)?;
    if let Some(held) = called {
        for series in &held.series {
            let Series { operation, client, calls } = series;
            for (day, count) in calls.iter().enumerate() {
                writeln!(file, "{},{},{operation},{client},{count}", date_of(day), held.workload)
                    .map_err(failed)?;
            }
        }
    }
    file.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_counts_what_the_clients_call() {
        for seed in 0..10 {
            let mut company = Company::found(seed, 0);
            let mut random = crate::company::random(seed, 999);
            let called = plant(&mut company, &mut random).unwrap();
            let streams = company.streams.iter().rev().take(OPERATIONS.len()).rev();
            for (stream, (operation, ..)) in streams.zip(OPERATIONS) {
                for (day, billed) in stream.quantities.iter().enumerate() {
                    let of = called.series.iter().filter(|series| series.operation == operation);
                    let calls: i64 = of.map(|series| series.calls[day]).sum();
                    assert_eq!(billed.0, calls * 1_000_000);
                }
            }
            let truth = &called.truth;
            let spared = truth.monthly_saving / truth.cost;
            let whole = Decimal::ONE - Decimal::ONE / Decimal::from(truth.multiple);
            assert_eq!(spared.round_dp(9), whole.round_dp(9));
        }
    }
}
