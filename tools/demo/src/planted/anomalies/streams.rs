//! The streams of the research accounts: what each costs on ordinary days, and what was planted in it.

use std::ops::Range;

use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::share;
use crate::{
    calendar::{Calendar, date_of},
    catalog::{self, Named, Provider, Region, Sku},
    money::{Price, Quantity},
};

pub(super) const ACCOUNTS: [Named; 3] = [
    ("410000000911", "moonjar-research"),
    ("410000000912", "moonjar-research-batch"),
    ("410000000913", "moonjar-research-sandbox"),
];
const SKUS: &[Sku] = &[
    catalog::EC2_M5,
    catalog::EC2_C5,
    catalog::EC2_R5,
    catalog::RDS_R5,
    catalog::EBS_GP3,
    catalog::S3_STORAGE,
    catalog::S3_REQUESTS,
    catalog::DYNAMO_READ,
    catalog::NAT_BYTES,
    catalog::TRANSFER,
    catalog::LOGS,
    catalog::LAMBDA,
];
// What is planted, one a stream; the streams behind them stay healthy.
const KINDS: [&str; 9] =
    ["spike", "spike", "spike", "burst", "burst", "shift", "shift", "drop", "new"];
const HEALTHY: usize = 11;
// Nothing is planted while a past is still being gathered, or so late that it cannot be told what it is.
const FIRST: usize = 70;
const LAST_MARGIN: usize = 30;

/// What was planted in a stream.
pub(super) struct Planted {
    pub(super) kind: &'static str,
    pub(super) days: Range<usize>,
}

/// One thing that is used day after day.
pub(super) struct Stream {
    pub(super) sku: Sku,
    pub(super) region: Region,
    pub(super) account: Named,
    pub(super) price: Price,
    pub(super) resource_id: String,
    /// What would have been used on each day.
    pub(super) ordinary: Vec<Quantity>,
    /// What was used.
    pub(super) used: Vec<Quantity>,
    pub(super) planted: Option<Planted>,
}

impl Stream {
    pub(super) fn meter(&self) -> String {
        format!("{}{}", self.region.prefix, self.sku.meter)
    }
}

/// The streams of a seed.
pub(super) fn draw(calendar: &Calendar, random: &mut ChaCha8Rng) -> Vec<Stream> {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for sku in 0..SKUS.len() {
        for account in 0..ACCOUNTS.len() {
            places.push((sku, account, random.random_range(0..Provider::Aws.regions().len())));
        }
    }
    places.shuffle(random);
    let kinds = KINDS.iter().copied().map(Some).chain(std::iter::repeat_n(None, HEALTHY));
    let drawn = places.into_iter().zip(kinds).enumerate();
    drawn
        .filter_map(|(number, (place, kind))| stream(number, place, kind, calendar, random))
        .collect()
}

fn stream(
    number: usize,
    (sku, account, region): (usize, usize, usize),
    kind: Option<&'static str>,
    calendar: &Calendar,
    random: &mut ChaCha8Rng,
) -> Option<Stream> {
    let sku = *SKUS.get(sku)?;
    let price = sku.list_price()?;
    let base = f64::from(random.random_range(300..1_500));
    let ordinary = course(base, calendar.days, random);
    let planted = kind.map(|kind| Planted { kind, days: days_of(kind, calendar, random) });
    let used = match &planted {
        Some(planted) => changed(&ordinary, planted, random),
        None => ordinary.clone(),
    };
    // What is new did not cost anything before, so nothing ordinary stands below it.
    let ordinary = if kind == Some("new") { vec![0.0; calendar.days] } else { ordinary };
    let quantities = |dollars: &[f64]| -> Vec<Quantity> {
        dollars.iter().map(|dollars| Quantity::nearest(dollars / price.dollars())).collect()
    };
    Some(Stream {
        sku,
        region: *Provider::Aws.regions().get(region)?,
        account: *ACCOUNTS.get(account)?,
        price,
        resource_id: format!("{}/research-{number:03}", sku.resource),
        ordinary: quantities(&ordinary),
        used: quantities(&used),
        planted,
    })
}

// Growth, weekends and noise; every fourth stream has a fee on the first of the month, every fifth is loud.
fn course(base: f64, days: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
    let growth = share(random, 0..=4) - 0.01;
    let weekend = share(random, 45..=100);
    let noise = if random.random_range(0..5) == 0 { 0.15 } else { share(random, 1..=6) };
    let fee = if random.random_range(0..4) == 0 { base * share(random, 50..=200) } else { 0.0 };
    let mut level = base;
    (0..days)
        .map(|day| {
            level *= 1.0 + growth / 30.0;
            let date = date_of(day);
            let wave = if date.weekday().to_monday_zero_offset() >= 5 { weekend } else { 1.0 };
            // Sums of several draws: mostly near the middle, seldom far from it.
            let draws: f64 = (0..4).map(|_| 2.0 * random.random::<f64>() - 1.0).sum();
            let first = if date.day() == 1 { fee } else { 0.0 };
            level * wave * (1.0 + noise * draws / 2.0).max(0.0) + first
        })
        .collect()
}

fn days_of(kind: &str, calendar: &Calendar, random: &mut ChaCha8Rng) -> Range<usize> {
    let start = random.random_range(FIRST..calendar.days - LAST_MARGIN);
    let long = match kind {
        "spike" => 1,
        "burst" => random.random_range(2..=6),
        "drop" => random.random_range(3..=9),
        _ => calendar.days,
    };
    start..(start + long).min(calendar.days)
}

fn changed(ordinary: &[f64], planted: &Planted, random: &mut ChaCha8Rng) -> Vec<f64> {
    let times = match planted.kind {
        "spike" => share(random, 200..=500),
        "burst" => share(random, 160..=350),
        "shift" => share(random, 140..=250),
        "drop" => share(random, 0..=50),
        _ => 1.0,
    };
    let is_new = planted.kind == "new";
    let days = ordinary.iter().enumerate();
    days.map(|(day, cost)| match planted.days.contains(&day) {
        true => cost * times,
        false if is_new => 0.0,
        false => *cost,
    })
    .collect()
}
