//! Machines, databases and volumes whose bills look alike, and metrics that tell which of them are used.
//!
//! Each waste has a busy twin of the same kind. Their charges are the same on every day, so that nothing else is
//! unusual about them.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wherefore_contract::period::Period;
use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use super::bill::{Payer, on_day};
use crate::{
    DemoError,
    calendar::{Calendar, Month, date_of},
    catalog::{Named, Provider, Region},
    company::{Company, random},
    money::{Price, Quantity},
};

/// What is written beside the bills.
pub(super) const FILE: &str = "metrics.csv";
// The room's stream of random numbers.
const STREAM: u64 = 360;
// Days before the end with points: what the checks look back.
const DAYS: usize = 32;
const PAYER: Payer =
    Payer { account: ("410000000950", "Moonjar Plant"), folder: "aws-plant", invoice: "plant" };
const PROD: Named = ("410000000951", "moonjar-plant-prod");
const DEV: Named = ("410000000952", "moonjar-plant-dev");
// Negotiated prices in percent of list prices, as for the rest of the company.
const CONTRACTED_PERCENT: i64 = 96;
const EC2: &str = "Amazon Elastic Compute Cloud";

/// What metrics tell of the planted resources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricsTruth {
    /// The days with points.
    pub period: Period,
    /// Series that were written.
    pub series: usize,
    pub findings: Vec<MeasuredTruth>,
    /// Twins of the wastes: in use.
    pub busy: Vec<String>,
}

/// A waste that only metrics show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredTruth {
    /// Which kind of waste, e.g. `quiet_machine`.
    pub check: String,
    pub resource_id: String,
    /// Which part of what it costs goes.
    #[serde(with = "rust_decimal::serde::str")]
    pub part: Decimal,
}

// A kind of resource: what the bill charges for it a day.
#[derive(Clone, Copy)]
struct Kind {
    cloud_service: &'static str,
    category: &'static str,
    usage_type: &'static str,
    unit: &'static str,
    price: &'static str,
    a_day: f64,
}

const MACHINE: Kind = Kind {
    cloud_service: EC2,
    category: "Compute",
    usage_type: "BoxUsage:m7g.2xlarge",
    unit: "Hrs",
    price: "0.40",
    a_day: 24.0,
};
const DATABASE: Kind = Kind {
    cloud_service: "Amazon Relational Database Service",
    category: "Databases",
    usage_type: "InstanceUsage:db.r7g.large",
    price: "0.27",
    ..MACHINE
};
const VOLUME: Kind = Kind {
    category: "Storage",
    usage_type: "EBS:VolumeUsage.gp3",
    unit: "GB-Mo",
    price: "0.0912",
    a_day: 20.0,
    ..MACHINE
};

/// What a metric of a resource comes to in an hour: hours since the first, the hour of the day, the day of the week
/// from Monday, and a number from 0 to 1.
type Course = fn(Hour) -> f64;

#[derive(Clone, Copy)]
struct Hour {
    of_day: usize,
    of_week: usize,
    chance: f64,
}

impl Hour {
    // Working days from eight to eight.
    fn is_worked(self) -> bool {
        self.of_week < 5 && (8..20).contains(&self.of_day)
    }
}

struct Metric {
    name: &'static str,
    unit: &'static str,
    course: Course,
}

const fn metric(name: &'static str, unit: &'static str, course: Course) -> Metric {
    Metric { name, unit, course }
}

/// A planted resource: where, what, its metrics, and what they show.
struct Plan {
    account: Named,
    kind: Kind,
    metrics: &'static [Metric],
    /// The check that finds it, and the part of its cost that goes, in thousandths of a thousandth.
    waste: Option<(&'static str, i64)>,
}

const CPU: &str = "CPUUtilization";
const NETWORK: [&str; 2] = ["NetworkIn", "NetworkOut"];
const MEMORY: &str = "mem_used_percent";
const PARTS: u32 = 6;

const PLANS: &[Plan] = &[
    Plan {
        account: PROD,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| 1.0 + 2.0 * hour.chance),
            metric(NETWORK[0], "Bytes", |hour| 40_000.0 + 20_000.0 * hour.chance),
            metric(NETWORK[1], "Bytes", |hour| 20_000.0 + 20_000.0 * hour.chance),
        ],
        waste: Some(("quiet_machine", 1_000_000)),
    },
    // As little processor, and traffic all day: it passes on what others ask.
    Plan {
        account: PROD,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| 1.0 + 3.0 * hour.chance),
            metric(NETWORK[0], "Bytes", |hour| 3e9 + 1e9 * hour.chance),
            metric(NETWORK[1], "Bytes", |hour| 3e9 + 1e9 * hour.chance),
        ],
        waste: None,
    },
    Plan {
        account: PROD,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| 12.0 + 20.0 * hour.chance),
            metric(NETWORK[0], "Bytes", |hour| 5e9 + 1e9 * hour.chance),
            metric(NETWORK[1], "Bytes", |hour| 5e9 + 1e9 * hour.chance),
            metric(MEMORY, "Percent", |hour| 28.0 + 4.0 * hour.chance),
        ],
        waste: Some(("rightsize_machine", 500_000)),
    },
    // Its processor would fit into half the size, its memory would not.
    Plan {
        account: PROD,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| 12.0 + 20.0 * hour.chance),
            metric(NETWORK[0], "Bytes", |hour| 5e9 + 1e9 * hour.chance),
            metric(NETWORK[1], "Bytes", |hour| 5e9 + 1e9 * hour.chance),
            metric(MEMORY, "Percent", |hour| 62.0 + 6.0 * hour.chance),
        ],
        waste: None,
    },
    // Developers work twelve hours on five days: the other 108 of 168 are quiet.
    Plan {
        account: DEV,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| {
                if hour.is_worked() { 30.0 + 40.0 * hour.chance } else { 1.0 + hour.chance }
            }),
            metric(NETWORK[0], "Bytes", |hour| if hour.is_worked() { 2e9 } else { 90_000.0 }),
        ],
        waste: Some(("quiet_hours_schedule", 642_857)),
    },
    // Tests run through the nights.
    Plan {
        account: DEV,
        kind: MACHINE,
        metrics: &[
            metric(CPU, "Percent", |hour| 35.0 + 30.0 * hour.chance),
            metric(NETWORK[0], "Bytes", |_| 2e9),
        ],
        waste: None,
    },
    Plan {
        account: PROD,
        kind: DATABASE,
        metrics: &[metric("DatabaseConnections", "Count", |_| 0.0)],
        waste: Some(("quiet_database", 1_000_000)),
    },
    Plan {
        account: PROD,
        kind: DATABASE,
        metrics: &[metric("DatabaseConnections", "Count", |hour| {
            (1.0 + 30.0 * hour.chance).round()
        })],
        waste: None,
    },
    Plan {
        account: PROD,
        kind: VOLUME,
        metrics: &[
            metric("VolumeReadOps", "Count", |_| 0.0),
            metric("VolumeWriteOps", "Count", |_| 0.0),
        ],
        waste: Some(("quiet_volume", 1_000_000)),
    },
    Plan {
        account: PROD,
        kind: VOLUME,
        metrics: &[
            metric("VolumeReadOps", "Count", |hour| (900.0 * hour.chance).round()),
            metric("VolumeWriteOps", "Count", |hour| (400.0 * hour.chance).round()),
        ],
        waste: None,
    },
];

struct Thing {
    plan: &'static Plan,
    id: String,
    name: String,
}

/// Writes the plant's bills and metrics under `dir` and tells what the metrics show.
pub(crate) fn plant(dir: &Path, company: &Company, seed: u64) -> Result<MetricsTruth, DemoError> {
    let mut random = random(seed, STREAM);
    let region = *Provider::Aws.regions().first().ok_or(DemoError::TooLarge)?;
    let things: Vec<Thing> = PLANS.iter().map(|plan| thing(plan, region, &mut random)).collect();
    let calendar = &company.calendar;
    PAYER.bill(dir, calendar, &things, |file, month, row, thing| {
        write_month(file, month, row, (thing, region))
    })?;
    write_points(&dir.join(FILE), calendar, &things, region, &mut random)?;
    let first = date_of(calendar.days - DAYS);
    let period = Period::of_days(first, date_of(calendar.days)).map_err(|_| DemoError::TooLarge)?;
    let finding = |thing: &Thing| {
        let (check, part) = thing.plan.waste?;
        Some(MeasuredTruth {
            check: check.to_owned(),
            resource_id: thing.id.clone(),
            part: Decimal::new(part, PARTS).normalize(),
        })
    };
    let busy = things.iter().filter(|thing| thing.plan.waste.is_none());
    Ok(MetricsTruth {
        period,
        series: things.iter().map(|thing| thing.plan.metrics.len()).sum(),
        findings: things.iter().filter_map(finding).collect(),
        busy: busy.map(|thing| thing.id.clone()).collect(),
    })
}

// Bills name databases by ARN, metrics by the end of it.
fn thing(plan: &'static Plan, region: Region, random: &mut ChaCha8Rng) -> Thing {
    let digits = format!("0{:016x}", random.random::<u64>() >> 4);
    let (id, name) = match dimension(plan) {
        "DBInstanceIdentifier" => {
            let name = format!("plant-{}", digits.get(..8).unwrap_or_default());
            (format!("arn:aws:rds:{}:{}:db:{name}", region.id, plan.account.0), name)
        }
        "VolumeId" => (format!("vol-{digits}"), format!("vol-{digits}")),
        _ => (format!("i-{digits}"), format!("i-{digits}")),
    };
    Thing { plan, id, name }
}

fn dimension(plan: &Plan) -> &'static str {
    match plan.kind.usage_type {
        usage if usage.starts_with("InstanceUsage") => "DBInstanceIdentifier",
        usage if usage.starts_with("EBS") => "VolumeId",
        _ => "InstanceId",
    }
}

fn write_month(
    file: &mut FocusFileWriter,
    month: Month,
    row: &FocusRow<'_>,
    (thing, region): (&Thing, Region),
) -> Result<(), DemoError> {
    let Kind { cloud_service, category, usage_type, unit, price, a_day } = thing.plan.kind;
    let list = Price::parse(price).ok_or(DemoError::TooLarge)?;
    let contracted = list.percent(CONTRACTED_PERCENT);
    let used = Quantity::nearest(a_day);
    let meter = format!("{}{usage_type}", region.prefix);
    let environment = if thing.plan.account == DEV { "dev" } else { "prod" };
    let tags = format!(r#"{{"environment":"{environment}","team":"plant"}}"#);
    let cost = used.times(contracted).exact()?;
    let row = FocusRow {
        charge_category: Some("Usage"),
        charge_frequency: Some("Usage-Based"),
        charge_description: Some(&meter),
        consumed_unit: Some(unit),
        consumed_quantity: Some(used.decimal()),
        pricing_unit: Some(unit),
        pricing_quantity: Some(used.decimal()),
        pricing_category: Some("Standard"),
        list_unit_price: Some(list.decimal()),
        contracted_unit_price: Some(contracted.decimal()),
        billed_cost: Some(cost),
        effective_cost: Some(cost),
        contracted_cost: Some(cost),
        list_cost: Some(used.times(list).exact()?),
        region_id: Some(region.id),
        region_name: Some(region.name),
        resource_id: Some(&thing.id),
        service_category: Some(category),
        service_name: Some(cloud_service),
        sku_id: Some(&meter),
        sku_meter: Some(&meter),
        sub_account_id: Some(thing.plan.account.0),
        sub_account_name: Some(thing.plan.account.1),
        tags: Some(&tags),
        ..*row
    };
    for day in month.start..month.end {
        file.write(&on_day(&row, day))?;
    }
    Ok(())
}

// A point an hour, in the columns of the ClickHouse exporter.
fn write_points(
    path: &Path,
    calendar: &Calendar,
    things: &[Thing],
    region: Region,
    random: &mut ChaCha8Rng,
) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: path.into(), source };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "ResourceAttributes,MetricName,MetricUnit,Attributes,TimeUnix,Value")
        .map_err(failed)?;
    for thing in things {
        let resource = format!(
            "\"{{'cloud.account.id':'{}','cloud.region':'{}'}}\"",
            thing.plan.account.0, region.id
        );
        let attributes = format!("\"{{'{}':'{}'}}\"", dimension(thing.plan), thing.name);
        for Metric { name, unit, course } in thing.plan.metrics {
            for day in calendar.days - DAYS..calendar.days {
                let date = date_of(day);
                let weekday = date.weekday().to_monday_zero_offset();
                for of_day in 0..24 {
                    let hour = Hour {
                        of_day,
                        of_week: usize::try_from(weekday).unwrap_or_default(),
                        chance: random.random(),
                    };
                    let value = course(hour);
                    writeln!(
                        file,
                        "{resource},{name},{unit},{attributes},{date} {of_day:02}:00:00,{value:.3}"
                    )
                    .map_err(failed)?;
                }
            }
        }
    }
    file.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_waste_has_a_busy_twin_of_its_kind_and_its_part_is_of_its_hours() {
        let wastes = PLANS.iter().filter(|plan| plan.waste.is_some());
        for waste in wastes {
            let is_twin = |plan: &&Plan| {
                plan.waste.is_none()
                    && plan.kind.usage_type == waste.kind.usage_type
                    && plan.account == waste.account
            };
            assert!(PLANS.iter().any(|plan| is_twin(&plan)), "{:?}", waste.waste);
        }
        let quiet = (0..7)
            .flat_map(|of_week| (0..24).map(move |of_day| Hour { of_day, of_week, chance: 0.0 }))
            .filter(|hour| !hour.is_worked())
            .count();
        assert_eq!(quiet, 108);
        let part = Decimal::from(108) / Decimal::from(168);
        assert_eq!(part.round_dp(PARTS), Decimal::new(642_857, PARTS));
    }
}
