//! Workloads whose transactions are counted by the hour: two with a season of the week over a fleet that
//! runs day and night, one without a season, one that is counted too shortly to tell.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use jiff::civil::{Date, Weekday};
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

pub(super) const STREAM: u64 = 1;
pub(super) const FILE: &str = "transactions-hourly.csv";

// None of them begins like a workload of the company itself.
const NAMES: [&str; 8] = [
    "boutique-web",
    "helpdesk-web",
    "boxoffice-web",
    "tours-web",
    "gifting-web",
    "livestream-web",
    "bookings-web",
    "auctions-web",
];
/// Counts begin so many days before the end of the bills.
const COUNTED_DAYS: usize = 112;
const SHORT_DAYS: usize = 17;
/// Every hour lies within this share of its level.
const NOISE: f64 = 0.02;
/// What must stay free above the demand, as the truth is told: for another, capacities are others.
const HEADROOM_PERCENT: i64 = 30;
/// A level lies this far below what its instances can serve with the headroom, in instances.
const SLACK: f64 = 0.4;
const HOURS_OF_WEEK: usize = 168;
/// An average month: 8,760 hours of a year over twelve.
const HOURS_OF_MONTH: i64 = 730;
const CONTRACTED_PERCENT: i64 = 96;

/// A workload with counts of every hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    name: String,
    /// The first counted day, and the counts of each hour from there.
    first_day: usize,
    counts: Vec<i64>,
    pub(crate) truth: HoursTruth,
}

/// What the hours of one workload allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursTruth {
    pub workload: String,
    /// `season`, `no_season` or `too_few_weeks`.
    pub state: String,
    /// Instances that run in every hour.
    pub instances: i64,
    /// Share of the demand that stays free above it, in percent.
    pub headroom_percent: i64,
    /// Whole instances that each part of the week needs with the headroom; empty without a season.
    pub blocks: Vec<BlockTruth>,
    /// Own rate of one instance-hour, in US dollars.
    #[serde(with = "rust_decimal::serde::str")]
    pub hourly_rate: Decimal,
    /// What the instances that no block needs cost in a month of 730 hours, in US dollars.
    #[serde(with = "rust_decimal::serde::str")]
    pub monthly_saving: Decimal,
}

/// A part of the week with one level of demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockTruth {
    /// `weekdays`, `weekends` or `every day`.
    pub days: String,
    /// From this hour, until this one is not reached any more.
    pub from_hour: usize,
    pub to_hour: usize,
    pub capacity: i64,
}

/// One level between two hours of some days; the whole fleet where no capacity is said.
struct Level {
    days: Days,
    hours: std::ops::Range<usize>,
    capacity: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    Weekdays,
    Weekends,
    Every,
}

impl Days {
    fn name(self) -> &'static str {
        match self {
            Self::Weekdays => "weekdays",
            Self::Weekends => "weekends",
            Self::Every => "every day",
        }
    }

    fn holds(self, date: Date) -> bool {
        let free = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self {
            Self::Weekdays => !free,
            Self::Weekends => free,
            Self::Every => true,
        }
    }

    fn count(self) -> i64 {
        match self {
            Self::Weekdays => 5,
            Self::Weekends => 2,
            Self::Every => 7,
        }
    }
}

/// Plants the four workloads.
pub(super) fn plant(company: &mut Company, random: &mut ChaCha8Rng) -> Vec<Counted> {
    let mut names = NAMES;
    names.shuffle(random);
    let plans = [
        (catalog::EC2_M5, office(random), COUNTED_DAYS, NOISE, "season"),
        (catalog::AZURE_D4, evenings(random), COUNTED_DAYS, NOISE, "season"),
        // The noise of a level load is larger than that of a season, and has no pattern.
        (catalog::EC2_C5, Vec::new(), COUNTED_DAYS, 4.0 * NOISE, "no_season"),
        (catalog::EC2_M6G, office(random), SHORT_DAYS, NOISE, "too_few_weeks"),
    ];
    names
        .iter()
        .zip(plans)
        .filter_map(|(name, (sku, levels, days, noise, state))| {
            let plan = Plan { name, sku, levels, days, noise, state };
            plan.plant(company, random)
        })
        .collect()
}

// A site of working hours: full in the day, some in the evening, little at night and on weekends.
fn office(random: &mut ChaCha8Rng) -> Vec<Level> {
    let (open, close) = (random.random_range(8..10), random.random_range(18..20));
    let (night, evening, weekend) =
        (random.random_range(3..6), random.random_range(10..14), random.random_range(6..9));
    let level = |days, hours, capacity| Level { days, hours, capacity };
    vec![
        level(Days::Weekdays, 0..open, Some(night)),
        level(Days::Weekdays, open..close, None),
        level(Days::Weekdays, close..24, Some(evening)),
        level(Days::Weekends, 0..24, Some(weekend)),
    ]
}

// Entertainment: every evening alike.
fn evenings(random: &mut ChaCha8Rng) -> Vec<Level> {
    let (wake, full) = (random.random_range(7..9), random.random_range(17..19));
    let (night, day) = (random.random_range(3..5), random.random_range(9..12));
    let level = |hours, capacity| Level { days: Days::Every, hours, capacity };
    vec![level(0..wake, Some(night)), level(wake..full, Some(day)), level(full..24, None)]
}

struct Plan<'a> {
    name: &'a str,
    sku: Sku,
    levels: Vec<Level>,
    days: usize,
    noise: f64,
    state: &'static str,
}

impl Plan<'_> {
    fn plant(self, company: &mut Company, random: &mut ChaCha8Rng) -> Option<Counted> {
        let instances = random.random_range(20..=30);
        let busiest = f64::from(random.random_range(80_000..400_000));
        let list_price = self.sku.list_price()?;
        let price = list_price.percent(CONTRACTED_PERCENT);
        let region = *self.sku.provider.regions().first()?;
        let first_day = company.calendar.days.checked_sub(self.days)?;
        let counts = self.counts(first_day, instances, busiest, random);
        let workload = company.workloads.len();
        let sub_account = 1;
        company.workloads.push(Workload {
            name: self.name.to_owned(),
            provider: self.sku.provider,
            sub_account,
            tags: format!(
                r#"{{"environment":"prod","team":"storefront","workload":"{}"}}"#,
                self.name
            ),
            transactions: None,
            credit: None,
        });
        company.streams.push(Stream {
            sku: self.sku,
            region,
            sub_account,
            workload: Some(workload),
            is_tagged: true,
            quantities: vec![Quantity(instances * 24 * 1_000_000); company.calendar.days],
            list_price,
            repriced: None,
            contracted_percent: CONTRACTED_PERCENT,
            commitment: None,
        });
        let truth = self.truth(instances, price.decimal());
        Some(Counted { name: self.name.to_owned(), first_day, counts, truth })
    }

    fn counts(
        &self,
        first_day: usize,
        instances: i64,
        busiest: f64,
        random: &mut ChaCha8Rng,
    ) -> Vec<i64> {
        // One holiday in the middle, on which little happens.
        let holiday = first_day + self.days / 2 + random.random_range(0..7);
        let mut counts = Vec::new();
        for day in first_day..first_day + self.days {
            let date = date_of(day);
            let quiet = if day == holiday && self.state == "season" { 0.3 } else { 1.0 };
            for hour in 0..24 {
                let capacity = self.level(date, hour).and_then(|level| level.capacity);
                let share = capacity.map_or(1.0, |capacity| share_of(capacity, instances));
                let noise = 1.0 + self.noise * (2.0 * random.random::<f64>() - 1.0);
                counts.push(Quantity::nearest(busiest * share * quiet * noise).0 / 1_000_000);
            }
        }
        counts
    }

    fn level(&self, date: Date, hour: usize) -> Option<&Level> {
        self.levels.iter().find(|level| level.days.holds(date) && level.hours.contains(&hour))
    }

    fn truth(&self, instances: i64, hourly_rate: Decimal) -> HoursTruth {
        let told = self.state == "season";
        let blocks: Vec<BlockTruth> = self
            .levels
            .iter()
            .filter(|_| told)
            .map(|level| BlockTruth {
                days: level.days.name().to_owned(),
                from_hour: level.hours.start,
                to_hour: level.hours.end,
                capacity: level.capacity.unwrap_or(instances),
            })
            .collect();
        let spared: i64 = self
            .levels
            .iter()
            .filter(|_| told)
            .map(|level| {
                let hours = i64::try_from(level.hours.len()).unwrap_or(0) * level.days.count();
                hours * (instances - level.capacity.unwrap_or(instances))
            })
            .sum();
        let a_month = Decimal::from(spared * HOURS_OF_MONTH) * hourly_rate;
        HoursTruth {
            workload: self.name.to_owned(),
            state: self.state.to_owned(),
            instances,
            headroom_percent: HEADROOM_PERCENT,
            blocks,
            hourly_rate,
            monthly_saving: (a_month / Decimal::from(HOURS_OF_WEEK)).round_dp(6),
        }
    }
}

// The demand that so many instances serve with the headroom, as a share of what the whole fleet serves at
// its busiest: a little below, so that one instance less would not do.
#[expect(clippy::cast_precision_loss, reason = "counts of instances")]
fn share_of(capacity: i64, instances: i64) -> f64 {
    let headroom = 1.0 + HEADROOM_PERCENT as f64 / 100.0;
    (capacity as f64 - SLACK) / (instances as f64 * headroom)
}

/// Writes `period,workload,transactions`, a row an hour.
pub(super) fn write(path: &Path, workloads: &[Counted]) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: path.into(), source };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "period,workload,transactions").map_err(failed)?;
    for workload in workloads {
        for (place, count) in workload.counts.iter().enumerate() {
            let (day, hour) = (workload.first_day + place / 24, place % 24);
            writeln!(file, "{}T{hour:02}:00:00Z,{},{count}", date_of(day), workload.name)
                .map_err(failed)?;
        }
    }
    file.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sown(seed: u64) -> (Company, Vec<Counted>) {
        let mut company = Company::found(seed, 0);
        let planted = super::super::Planted::sow(&mut company, seed).unwrap();
        (company, planted.hours)
    }

    // The least whole number of instances that serves so much of the busiest hour with the headroom.
    fn least(count: i64, busiest: i64, instances: i64) -> i64 {
        (count * instances * (100 + HEADROOM_PERCENT)).div_euclid(busiest * 100) + 1
    }

    #[test]
    fn each_block_needs_just_its_instances() {
        for seed in 0..20 {
            let (_, workloads) = sown(seed);
            assert_eq!(workloads.len(), 4);
            for workload in workloads.iter().filter(|held| held.truth.state == "season") {
                let truth = &workload.truth;
                let busiest = *workload.counts.iter().max().unwrap();
                for block in truth.blocks.iter().filter(|block| block.capacity < truth.instances) {
                    let within = workload.counts.iter().enumerate().filter(|(place, _)| {
                        let date = date_of(workload.first_day + place / 24);
                        let free = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
                        let day = match block.days.as_str() {
                            "weekdays" => !free,
                            "weekends" => free,
                            _ => true,
                        };
                        day && (block.from_hour..block.to_hour).contains(&(place % 24))
                    });
                    let most = within.map(|(_, count)| *count).max().unwrap();
                    assert_eq!(least(most, busiest, truth.instances), block.capacity, "{truth:?}");
                }
                assert!(truth.monthly_saving > Decimal::ZERO);
            }
        }
    }

    #[test]
    fn nothing_that_stood_before_changes() {
        let before = Company::found(4, 3);
        let mut after = Company::found(4, 3);
        let planted = super::super::Planted::sow(&mut after, 4).unwrap();
        for (one, other) in before.workloads.iter().zip(&after.workloads) {
            assert_eq!((&one.name, &one.tags), (&other.name, &other.tags));
        }
        for (one, other) in before.streams.iter().zip(&after.streams) {
            assert_eq!((one.meter(), &one.quantities), (other.meter(), &other.quantities));
        }
        let names: Vec<&str> = before.workloads.iter().map(|held| held.name.as_str()).collect();
        assert!(planted.hours.iter().all(|held| !names.contains(&held.name.as_str())));
    }
}
