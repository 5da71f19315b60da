//! What runs in each hour, and what is held for it.

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;

use crate::{
    calendar::{AFTER_LAST_DAY, Calendar, Month, date_of},
    catalog::{Named, Provider, Region},
};

pub(super) const PAYER: Named = ("410000000920", "Moonjar Foundry");
const RENDER: Named = ("410000000921", "moonjar-render");
const BROCHURE: Named = ("410000000922", "moonjar-brochure");
const VAULT: Named = ("410000000923", "moonjar-vault");
const LOBBY: Named = ("410000000924", "moonjar-lobby");
// Ninety days tell a load; the months that hold them are written.
const MONTHS: usize = 3;
const HOURS: usize = 24;

/// The accounts.
pub(super) struct Estate {
    pub(super) months: Vec<Month>,
    pub(super) plan: Plan,
    pub(super) idle: Reservation,
    pub(super) ending: Reservation,
    pub(super) tables: Vec<Throughput>,
}

/// One thing that is charged by the hour.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    pub(super) account: Named,
    pub(super) region: Region,
    pub(super) code: &'static str,
    pub(super) cloud_service: &'static str,
    /// Without the region's prefix.
    pub(super) name: &'static str,
    pub(super) operation: &'static str,
    pub(super) resource: &'static str,
    pub(super) unit: &'static str,
    /// On demand, in US dollars.
    pub(super) price: Decimal,
}

impl Usage {
    pub(super) fn meter(&self) -> String {
        format!("{}{}", self.region.prefix, self.name)
    }
}

/// A savings plan, the machines that it covers in part, and others beside them.
pub(super) struct Plan {
    pub(super) id: String,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
    /// As a part of one.
    pub(super) discount: Decimal,
    /// Machines that it pays for.
    pub(super) machines: i64,
    pub(super) covered: Usage,
    /// Machines of each hour.
    pub(super) running: Vec<i64>,
    pub(super) beside: Usage,
    pub(super) running_beside: Vec<i64>,
}

impl Plan {
    /// What an hour of a machine costs under it.
    pub(super) fn rate(&self) -> Decimal {
        self.covered.price * (Decimal::ONE - self.discount)
    }

    /// What is committed an hour.
    pub(super) fn hourly(&self) -> Decimal {
        self.rate() * Decimal::from(self.machines)
    }
}

/// A reservation and the machines that use it.
pub(super) struct Reservation {
    pub(super) id: String,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
    pub(super) is_upfront: bool,
    pub(super) machines: i64,
    pub(super) usage: Usage,
    /// What an hour of a machine costs under it.
    pub(super) rate: Decimal,
    pub(super) running: Vec<i64>,
}

/// Provisioned units of each hour; none where nothing is provisioned.
pub(super) struct Throughput {
    pub(super) usage: Usage,
    pub(super) units: Vec<i64>,
}

pub(super) fn estate(calendar: &Calendar, random: &mut ChaCha8Rng) -> Estate {
    let months: Vec<Month> = calendar.months.iter().rev().take(MONTHS).rev().copied().collect();
    let first = months.first().map_or(0, |month| month.start);
    let last = months.last().map_or(0, |month| month.end);
    let hours: Vec<Hour> = (first * HOURS..last * HOURS).map(Hour::of).collect();
    Estate {
        months,
        plan: plan(&hours, random),
        idle: idle(&hours, random),
        ending: ending(&hours, random),
        tables: tables(&hours, random),
    }
}

/// An hour of the calendar.
struct Hour {
    of_day: usize,
    is_weekend: bool,
}

impl Hour {
    fn of(hour: usize) -> Self {
        let weekday = date_of(hour / HOURS).weekday().to_monday_zero_offset();
        Self { of_day: hour % HOURS, is_weekend: weekday >= 5 }
    }

    // Korean office hours in UTC, half as much on weekends.
    fn wave(&self) -> f64 {
        let busy = (0..11).contains(&self.of_day) || self.of_day == 23;
        match (busy, self.is_weekend) {
            (true, false) => 1.0,
            (true, true) => 0.5,
            (false, _) => 0.1,
        }
    }
}

// A level with a wave and noise, in whole machines.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "sizes a made-up fleet; casts saturate"
)]
fn machines(level: i64, wave: f64, noise: f64, random: &mut ChaCha8Rng) -> i64 {
    let jitter = 1.0 + noise * (2.0 * random.random::<f64>() - 1.0);
    (level as f64 * (1.0 + wave) * jitter).round().max(0.0) as i64
}

fn home() -> Region {
    let regions = Provider::Aws.regions();
    regions.first().copied().unwrap_or(Region { id: "", name: "", prefix: "" })
}

fn abroad() -> Region {
    Provider::Aws.regions().get(1).copied().unwrap_or_else(home)
}

fn ec2(account: Named, usage_type: &'static str, resource: &'static str, price: Decimal) -> Usage {
    Usage {
        account,
        region: home(),
        code: "AmazonEC2",
        cloud_service: "Amazon Elastic Compute Cloud",
        name: usage_type,
        operation: "RunInstances",
        resource,
        unit: "Hrs",
        price,
    }
}

// A purchase in the middle of a day, for whole years; bills state the last second of its term.
fn span(start: Date, years: i16) -> (DateTime, DateTime) {
    let start = start.at(9, 30, 0, 0);
    let end = start.saturating_add(years.years()).saturating_sub(1.second());
    (start, end)
}

fn plan(hours: &[Hour], random: &mut ChaCha8Rng) -> Plan {
    let level = random.random_range(24..=48);
    let rise = f64::from(random.random_range(20..=60)) / 100.0;
    let beside = random.random_range(10..=24);
    let swing = f64::from(random.random_range(30..=120)) / 100.0;
    let bought = AFTER_LAST_DAY.saturating_sub(random.random_range(170..300_i64).days());
    let (start, end) = span(bought, 1);
    let number = random.random_range(100_000..1_000_000_u32);
    Plan {
        id: format!("arn:aws:savingsplans::410000000921:savingsplan/{number}-render"),
        start,
        end,
        discount: Decimal::new(random.random_range(24..=34), 2),
        machines: level,
        covered: ec2(RENDER, "BoxUsage:m5.xlarge", "i-render-m5", Decimal::new(236, 3)),
        running: hours
            .iter()
            .map(|hour| machines(level, hour.wave() * rise, 0.03, random))
            .collect(),
        beside: ec2(RENDER, "BoxUsage:c5.2xlarge", "i-render-c5", Decimal::new(384, 3)),
        running_beside: hours
            .iter()
            .map(|hour| machines(beside, hour.wave() * swing, 0.1, random))
            .collect(),
    }
}

fn idle(hours: &[Hour], random: &mut ChaCha8Rng) -> Reservation {
    let level = random.random_range(12..=20);
    let bought = AFTER_LAST_DAY.saturating_sub(random.random_range(120..240_i64).days());
    let (start, end) = span(bought, 1);
    let used = random.random_range(40..=65);
    let price = Decimal::new(118, 3);
    let number = random.random_range(100_000..1_000_000_u32);
    Reservation {
        id: format!("arn:aws:ec2:ap-northeast-2:410000000922:reserved-instances/{number}-brochure"),
        start,
        end,
        is_upfront: false,
        machines: level,
        usage: ec2(BROCHURE, "BoxUsage:m5.large", "i-brochure-m5", price),
        rate: price * Decimal::new(62, 2),
        running: hours
            .iter()
            .map(|_| machines(level * used / 100, 0.0, 0.2, random).min(level))
            .collect(),
    }
}

fn ending(hours: &[Hour], random: &mut ChaCha8Rng) -> Reservation {
    let level = random.random_range(2..=6);
    let ends = AFTER_LAST_DAY.saturating_add(random.random_range(3..=27_i64).days());
    let (start, end) = span(ends.saturating_sub(1.year()), 1);
    let price = Decimal::new(58, 2);
    let number = random.random_range(100_000..1_000_000_u32);
    Reservation {
        id: format!("arn:aws:rds:ap-northeast-2:410000000923:ri:{number}-vault"),
        start,
        end,
        is_upfront: true,
        machines: level,
        usage: Usage {
            account: VAULT,
            region: home(),
            code: "AmazonRDS",
            cloud_service: "Amazon Relational Database Service",
            name: "InstanceUsage:db.r5.xlarge",
            operation: "CreateDBInstance:0021",
            resource: "db-vault",
            unit: "Hrs",
            price,
        },
        rate: price * Decimal::new(65, 2),
        running: hours.iter().map(|_| level).collect(),
    }
}

fn tables(hours: &[Hour], random: &mut ChaCha8Rng) -> Vec<Throughput> {
    let usage = |usage_type: &'static str, region: Region, price: Decimal| Usage {
        account: LOBBY,
        region,
        code: "AmazonDynamoDB",
        cloud_service: "Amazon DynamoDB",
        name: usage_type,
        operation: "CommittedThroughput",
        resource: "table/lobby",
        unit: if usage_type.starts_with("Read") {
            "ReadCapacityUnit-Hrs"
        } else {
            "WriteCapacityUnit-Hrs"
        },
        price,
    };
    let kinds = [
        ("WriteCapacityUnit-Hrs", Decimal::new(7_049, 7), 1_000..3_000),
        ("ReadCapacityUnit-Hrs", Decimal::new(14_098, 8), 4_000..9_000),
    ];
    let mut all = Vec::new();
    for (usage_type, price, levels) in kinds {
        // Scaled with the office hours, and needed day and night.
        let level = random.random_range(levels);
        let swing = f64::from(random.random_range(20..=90)) / 100.0;
        all.push(Throughput {
            usage: usage(usage_type, home(), price),
            units: hours
                .iter()
                .map(|hour| machines(level, hour.wave() * swing, 0.05, random))
                .collect(),
        });
        // Its twin abroad is switched off for some hours of each day: no reservation would pay for it.
        let off = random.random_range(3..=8);
        let awake = |hour: &Hour| hour.of_day >= off;
        all.push(Throughput {
            usage: usage(usage_type, abroad(), price),
            units: hours
                .iter()
                .map(|hour| if awake(hour) { machines(level / 2, 0.0, 0.05, random) } else { 0 })
                .collect(),
        });
    }
    all
}
