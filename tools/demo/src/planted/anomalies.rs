//! Research accounts with their own payer: ordinary streams, and days on which some of them were not.
//!
//! What a stream costs on an ordinary day is drawn first; what was planted is put on top of it or taken off, so the
//! truth is what was put there and owes nothing to any way of finding it.

mod streams;
mod write;

use std::path::Path;

use jiff::civil::Date;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use self::streams::{Planted, Stream};
use crate::{
    DemoError,
    calendar::{Calendar, date_of},
    catalog::Provider,
    company::{Company, random},
};

// The room's stream of random numbers.
const STREAM: u64 = 380;

/// What was planted, and what else changed its level for a known reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnomaliesTruth {
    pub planted: Vec<AnomalyTruth>,
    /// Days on which a charge of the company began, ended or changed its size or price: each is a real change of
    /// level, and a report of it is no false one.
    pub changes: Vec<ChangeTruth>,
    /// The accounts that both lists are complete for.
    pub sub_accounts: Vec<String>,
}

/// Days that were made unusual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnomalyTruth {
    /// `spike`, `burst`, `shift`, `drop` or `new`.
    pub kind: String,
    pub start: Date,
    /// The first day after it; a shift and what is new last to the end.
    pub end: Date,
    pub sub_account: String,
    pub cloud_service: String,
    pub region: String,
    pub usage_type: String,
    pub resource_id: String,
    /// What it cost more (or less) than on ordinary days, day by day from its start.
    pub by_day: Vec<String>,
}

/// A change of level with a known reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChangeTruth {
    pub day: Date,
    pub sub_account: String,
    pub cloud_service: String,
    pub region: String,
    pub usage_type: String,
}

/// Writes the research accounts' bills under `dir` and tells what was planted.
pub(crate) fn plant(dir: &Path, company: &Company, seed: u64) -> Result<AnomaliesTruth, DemoError> {
    let mut random = random(seed, STREAM);
    let streams = streams::draw(&company.calendar, &mut random);
    write::bills(dir, &company.calendar, &streams)?;
    let planted = streams.iter().filter_map(|stream| truth(stream, &company.calendar).transpose());
    let own = Provider::ALL.into_iter().flat_map(Provider::sub_accounts);
    let accounts = own.chain(&streams::ACCOUNTS).map(|(id, _)| (*id).to_owned());
    Ok(AnomaliesTruth {
        planted: planted.collect::<Result<_, _>>()?,
        changes: changes(company),
        sub_accounts: accounts.collect(),
    })
}

fn truth(stream: &Stream, calendar: &Calendar) -> Result<Option<AnomalyTruth>, DemoError> {
    let Some(Planted { kind, days }) = &stream.planted else { return Ok(None) };
    let by_day: Vec<String> = days
        .clone()
        .map(|day| {
            let cost = |of: &[crate::money::Quantity]| -> Result<Decimal, DemoError> {
                let used = of.get(day).copied().unwrap_or_default();
                used.times(stream.price).decimal().ok_or(DemoError::TooLarge)
            };
            Ok((cost(&stream.used)? - cost(&stream.ordinary)?).normalize().to_string())
        })
        .collect::<Result<_, DemoError>>()?;
    Ok(Some(AnomalyTruth {
        kind: (*kind).to_owned(),
        start: date_of(days.start),
        end: date_of(days.end.min(calendar.days)),
        sub_account: stream.account.0.to_owned(),
        cloud_service: stream.sku.cloud_service.to_owned(),
        region: stream.region.id.to_owned(),
        usage_type: stream.meter(),
        resource_id: stream.resource_id.clone(),
        by_day,
    }))
}

// Where a line of the company was made to change: its events, prices and commitments.
fn changes(company: &Company) -> Vec<ChangeTruth> {
    let mut all = Vec::new();
    for (place, stream) in company.streams.iter().enumerate() {
        let accounts = stream.sku.provider.sub_accounts();
        let mut days: Vec<usize> = company
            .events
            .iter()
            .filter(|(changed, _)| *changed == place)
            .map(|(_, day)| *day)
            .collect();
        // Traffic that steps on the day of a story carries everything that follows it.
        let story = company.stories.iter().find(|story| Some(story.workload) == stream.workload);
        days.extend(story.map(|story| story.event_day));
        days.extend(stream.repriced.map(|(day, _)| day));
        let held = stream.commitment.and_then(|place| company.commitments.get(place));
        days.extend(held.into_iter().flat_map(|held| [held.start, held.end]));
        let called = company.planted.calls.as_ref().filter(|called| called.is_of(company, stream));
        days.extend(called.map(|called| called.since));
        let inside = days.into_iter().filter(|day| (1..company.calendar.days).contains(day));
        all.extend(inside.map(|day| ChangeTruth {
            day: date_of(day),
            sub_account:
                accounts.get(stream.sub_account).map_or("", |account| account.0).to_owned(),
            cloud_service: stream.sku.cloud_service.to_owned(),
            region: stream.region.id.to_owned(),
            usage_type: stream.meter(),
        }));
    }
    all.sort();
    all.dedup();
    all
}

/// A whole number of a range, as a part of a hundred.
fn share(random: &mut ChaCha8Rng, percent: std::ops::RangeInclusive<u32>) -> f64 {
    f64::from(random.random_range(percent)) / 100.0
}
