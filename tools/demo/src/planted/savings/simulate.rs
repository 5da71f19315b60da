//! Makes the last month's bill again, action by action, from how its usage was made.

mod commit;
mod fleets;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{
    SavingTruth, SavingsTruth,
    things::{Role, Thing},
};
use crate::{
    DemoError,
    calendar::{Calendar, Month},
    money::{Amount, Quantity},
    planted::{CallsTruth, HoursTruth},
};

const HOURS_OF_DAY: usize = 24;

// Nothing may have been used for so many days, and a thing must have been there for so many of them.
const LOOKBACK_DAYS: usize = 90;
const LEAST_DAYS: usize = 14;
// A snapshot is old after so many months.
const OLD_MONTHS: usize = 12;
// A machine that runs so much of the time runs through (hundredths).
const AROUND_THE_CLOCK: i64 = 95;
// Savings below a dollar are not worth a line.
const LEAST_SAVING: Decimal = Decimal::ONE;

struct World<'a> {
    things: &'a [Thing],
    month: Month,
    old_before: usize,
    /// What is left of each thing's cost of the month.
    left: Vec<Decimal>,
    /// Of these, what is left of an hour in which they run whole, the hours of the month that they still run, and what
    /// they run as.
    parts: Vec<Decimal>,
    hours: BTreeMap<usize, Vec<Decimal>>,
    meters: BTreeMap<usize, String>,
    saved_ahead: Decimal,
    findings: Vec<SavingTruth>,
}

/// What each action saves, and the bill before and after all of them.
pub(super) fn truth(
    things: &[Thing],
    calendar: &Calendar,
    fleets: &[HoursTruth],
    calls: Option<&CallsTruth>,
) -> Result<SavingsTruth, DemoError> {
    let month = *calendar.months.last().ok_or(DemoError::TooLarge)?;
    let old = calendar.months.len().checked_sub(OLD_MONTHS);
    let old_before =
        old.and_then(|place| calendar.months.get(place)).map_or(0, |month| month.start);
    let left = things
        .iter()
        .map(|thing| cost(thing, month.start..month.end))
        .collect::<Result<Vec<_>, _>>()?;
    let before: Decimal = left.iter().sum();
    let mut world = World {
        things,
        month,
        old_before,
        left,
        parts: vec![Decimal::ONE; things.len()],
        hours: BTreeMap::new(),
        meters: BTreeMap::new(),
        saved_ahead: Decimal::ZERO,
        findings: Vec::new(),
    };
    world.delete();
    world.call_less(calls);
    world.follow_transactions(fleets);
    world.stop_at_night();
    world.move_to_other_kinds();
    world.commit();
    let healthy: BTreeSet<String> = things
        .iter()
        .filter(|thing| thing.role == Role::Healthy)
        .map(|thing| thing.resource_id.clone())
        .collect();
    Ok(SavingsTruth {
        period: month.period(),
        healthy: healthy.into_iter().collect(),
        monthly_cost: before,
        simulated_monthly_cost_after_all_actions: world.left.iter().sum::<Decimal>()
            - world.saved_ahead,
        findings: world.findings,
    })
}

fn cost(thing: &Thing, days: std::ops::Range<usize>) -> Result<Decimal, DemoError> {
    let mut sum = Amount(0);
    for day in thing.days.get(days).unwrap_or_default() {
        sum += day.open_cost;
    }
    sum.decimal().ok_or(DemoError::TooLarge)
}

// Families with the price of the other one in hundredths, as the providers' lists have it.
const FAMILIES: [(&str, &str, &str, &str, i64); 6] = [
    ("graviton_ec2", "BoxUsage:", "m4", "m6g", 77),
    ("graviton_ec2", "BoxUsage:", "m5", "m6g", 80),
    ("graviton_ec2", "BoxUsage:", "c5", "c6g", 80),
    ("graviton_ec2", "BoxUsage:", "r5", "r6g", 80),
    ("graviton_ec2", "BoxUsage:", "t3", "t4g", 81),
    ("graviton_rds", "InstanceUsage:db.", "r5", "r6g", 90),
];

fn in_other_family(usage_type: &str) -> Option<String> {
    FAMILIES.iter().find_map(|(_, head, from, to, _)| {
        let size = usage_type.strip_prefix(&format!("{head}{from}."))?;
        Some(format!("{head}{to}.{size}"))
    })
}

impl World<'_> {
    fn days(&self) -> Decimal {
        Decimal::from(self.month.days() as u64)
    }

    fn lookback(&self) -> std::ops::Range<usize> {
        self.month.end.saturating_sub(LOOKBACK_DAYS)..self.month.end
    }

    fn is_used_in(thing: &Thing, days: std::ops::Range<usize>) -> bool {
        thing.days.get(days).unwrap_or_default().iter().any(super::things::Day::is_used)
    }

    // Charged by the hour in the month, and still there at its end.
    fn open(&self) -> impl Iterator<Item = (usize, &Thing)> {
        let last = self.month.end - 2..self.month.end;
        self.things.iter().enumerate().filter(move |(place, thing)| {
            let recent = thing.days.get(last.clone()).unwrap_or_default();
            self.left.get(*place).is_some_and(|left| *left > Decimal::ZERO)
                && recent.iter().any(|day| day.open.0 > 0)
        })
    }

    fn left_of(&self, place: usize) -> Decimal {
        self.left.get(place).copied().unwrap_or_default()
    }

    fn used(&self, thing: &Thing) -> Decimal {
        let days = thing.days.get(self.month.start..self.month.end).unwrap_or_default();
        Quantity(days.iter().map(|day| day.open.0).sum()).decimal()
    }

    /// Leaves this part of the cost of some things.
    fn record(
        &mut self,
        check: &str,
        resource_id: &str,
        kept: &[(usize, Decimal)],
        is_planted: bool,
    ) {
        let before: Decimal = kept.iter().map(|(place, _)| self.left_of(*place)).sum();
        let after: Decimal = kept.iter().map(|(place, part)| self.left_of(*place) * *part).sum();
        if before - after < LEAST_SAVING {
            return;
        }
        for (place, part) in kept {
            if let Some(left) = self.left.get_mut(*place) {
                *left *= *part;
            }
            if let Some(whole) = self.parts.get_mut(*place) {
                *whole *= *part;
            }
        }
        self.findings.push(SavingTruth {
            check: check.to_owned(),
            resource_id: resource_id.to_owned(),
            monthly_saving: before - after,
            cost_before: before,
            cost_after: after,
            is_planted,
        });
    }

    /// Leaves these parts of the hours of the month.
    fn record_hours(
        &mut self,
        check: &str,
        resource_id: &str,
        place: usize,
        hours: Vec<Decimal>,
        is_planted: bool,
    ) {
        let Some(thing) = self.things.get(place) else { return };
        let (mut whole, mut kept) = (Decimal::ZERO, Decimal::ZERO);
        for (hour, part) in hours.iter().enumerate() {
            let day = thing.days.get(self.month.start + hour / HOURS_OF_DAY);
            let cost = day.and_then(|day| day.open_cost.decimal()).unwrap_or_default();
            whole += cost;
            kept += cost * *part;
        }
        let Some(part) = kept.checked_div(whole) else { return };
        let former = self.part_of(place);
        let told = self.findings.len();
        self.record(check, resource_id, &[(place, part)], is_planted);
        if self.findings.len() > told {
            // Hours tell what is left of it, and not a part of each.
            if let Some(whole) = self.parts.get_mut(place) {
                *whole = former;
            }
            self.hours.insert(place, hours);
        }
    }

    /// What is saved by buying ahead.
    fn saved_ahead(&mut self, name: &str, before: Decimal, saved: Decimal, is_planted: bool) {
        if saved < LEAST_SAVING {
            return;
        }
        self.saved_ahead += saved;
        self.findings.push(SavingTruth {
            check: "commitment".to_owned(),
            resource_id: name.to_owned(),
            monthly_saving: saved,
            cost_before: before,
            cost_after: before - saved,
            is_planted,
        });
    }

    fn part_of(&self, place: usize) -> Decimal {
        self.parts.get(place).copied().unwrap_or_default()
    }

    fn kept_in(&self, place: usize, hour: usize) -> Decimal {
        let hours = self.hours.get(&place);
        hours.map_or(Decimal::ONE, |hours| hours.get(hour).copied().unwrap_or_default())
    }

    fn meter_of(&self, place: usize) -> &str {
        let own = self.things.get(place).map(|thing| thing.usage_type.as_str());
        self.meters.get(&place).map(String::as_str).or(own).unwrap_or_default()
    }

    fn delete(&mut self) {
        let mut gone: BTreeMap<(&'static str, String), Vec<(usize, bool)>> = BTreeMap::new();
        for (place, thing) in self.open() {
            let check = match thing.usage_type.as_str() {
                "NatGateway-Hours" if self.is_idle(thing, &["NatGateway-Bytes"]) => {
                    "idle_nat_gateway"
                }
                "LoadBalancerUsage" if self.is_idle(thing, &["LCUUsage"]) => "idle_load_balancer",
                "PublicIPv4:IdleAddress" => "idle_public_ip",
                "ReadCapacityUnit-Hrs" if self.is_idle(thing, &["TimedStorage-ByteHrs"]) => {
                    "idle_capacity_table"
                }
                "EBS:SnapshotUsage" if Self::is_used_in(thing, 0..self.old_before) => {
                    "old_snapshot"
                }
                _ if self.is_alone(thing) => "volume_without_machine",
                _ => continue,
            };
            let key = (check, thing.resource_id.clone());
            gone.entry(key).or_default().push((place, thing.role == Role::Waste));
        }
        for ((check, id), places) in gone {
            let kept: Vec<_> = places.iter().map(|(place, _)| (*place, Decimal::ZERO)).collect();
            self.record(check, &id, &kept, places.iter().any(|(_, planted)| *planted));
        }
    }

    // There for long enough, and no use of it. Where use is made of other things alone, nobody can tell.
    fn is_idle(&self, thing: &Thing, meters: &[&str]) -> bool {
        let days = thing.days.get(self.lookback()).unwrap_or_default();
        let age = days.iter().filter(|day| day.is_used()).count();
        let uses: Vec<&Thing> = self
            .things
            .iter()
            .filter(|other| {
                other.cloud_service == thing.cloud_service
                    && meters.contains(&other.usage_type.as_str())
                    && Self::is_used_in(other, self.lookback())
            })
            .collect();
        let own = uses.iter().any(|other| other.resource_id == thing.resource_id);
        let runs = |id: &str| {
            self.things
                .iter()
                .any(|other| other.resource_id == id && other.usage_type == thing.usage_type)
        };
        let mut here = uses.iter().filter(|other| other.place() == thing.place()).peekable();
        let is_told = here.peek().is_none() || here.any(|other| runs(&other.resource_id));
        age >= LEAST_DAYS && !own && is_told
    }

    // A disk in an account and region where no machine runs.
    fn is_alone(&self, thing: &Thing) -> bool {
        let is_disk = ["EBS:VolumeUsage", "LRS Disk", "PD Capacity"]
            .iter()
            .any(|part| thing.usage_type.contains(part));
        let is_machine = |other: &Thing| {
            other.usage_type.starts_with("BoxUsage")
                || other.usage_type.contains("Instance Core")
                || other.usage_type.contains("Instance Ram")
                || other.cloud_service == "Virtual Machines"
        };
        is_disk
            && !self.things.iter().any(|other| {
                is_machine(other)
                    && other.place() == thing.place()
                    && Self::is_used_in(other, self.lookback())
            })
    }

    fn is_machine(thing: &Thing) -> bool {
        ["BoxUsage:", "InstanceUsage:db.", "NodeUsage:cache.", "ESInstance:"]
            .iter()
            .any(|kind| thing.usage_type.starts_with(kind))
    }

    // Runs through by itself, or is several machines.
    fn runs_through(&self, thing: &Thing) -> bool {
        self.used(thing) * Decimal::ONE_HUNDRED
            >= self.days() * Decimal::from(24 * AROUND_THE_CLOCK)
    }

    fn stop_at_night(&mut self) {
        let stopped: Vec<(usize, String, bool)> = self
            .open()
            .filter(|(place, thing)| {
                let stops = ["BoxUsage:", "InstanceUsage:db."];
                let single = self.used(thing) <= self.days() * Decimal::from(24);
                stops.iter().any(|kind| thing.usage_type.starts_with(kind))
                    && thing.is_non_production()
                    && single
                    && self.runs_through(thing)
                    && !self.hours.contains_key(place)
            })
            .map(|(place, thing)| (place, thing.resource_id.clone(), thing.role == Role::Waste))
            .collect();
        for (place, id, planted) in stopped {
            self.record_hours("non_production_schedule", &id, place, self.office(), planted);
        }
    }

    // What the same region pays for a unit of another kind.
    fn own_price(&self, thing: &Thing, usage_type: &str) -> Option<Decimal> {
        let mut cost = Decimal::ZERO;
        let mut used = Decimal::ZERO;
        let same = |other: &&Thing| other.usage_type == usage_type && other.region == thing.region;
        for other in self.things.iter().filter(same) {
            for day in other.days.get(self.month.start..self.month.end).unwrap_or_default() {
                cost += day.open_cost.decimal()?;
                used += day.open.decimal();
            }
        }
        (used > Decimal::ZERO && cost > Decimal::ZERO).then(|| cost / used)
    }

    fn move_to_other_kinds(&mut self) {
        let moved: Vec<(usize, &'static str, Decimal, Option<String>)> = self
            .open()
            .filter_map(|(place, thing)| {
                let (check, part) = self.moved(thing)?;
                Some((place, check, part, in_other_family(&thing.usage_type)))
            })
            .collect();
        for (place, check, part, meter) in moved {
            let Some(thing) = self.things.get(place) else { continue };
            self.meters.extend(meter.map(|meter| (place, meter)));
            let (id, planted) = (thing.resource_id.clone(), thing.role == Role::Waste);
            self.record(check, &id, &[(place, part)], planted);
        }
    }

    // The check, and the part of the cost that stays.
    fn moved(&self, thing: &Thing) -> Option<(&'static str, Decimal)> {
        if thing.usage_type.starts_with("ExtendedSupport") {
            return Some(("extended_support", Decimal::ZERO));
        }
        if thing.usage_type == "TimedStorage-ByteHrs"
            && thing.cloud_service.contains("Storage Service")
        {
            let asked = ["Requests-Tier1", "Requests-Tier2"];
            return self
                .is_idle(thing, &asked)
                .then(|| self.ratio(thing, "TimedStorage-SIA-ByteHrs", 70))
                .flatten()
                .map(|part| ("s3_storage_class", part));
        }
        if thing.usage_type == "EBS:VolumeUsage.gp2" {
            return Some(("gp2_to_gp3", self.as_gp3(thing)?));
        }
        if thing.usage_type == "Lambda-GB-Second" {
            return Some(("graviton_lambda", self.ratio(thing, "Lambda-GB-Second-ARM", 80)?));
        }
        FAMILIES.iter().find_map(|(check, head, from, to, percent)| {
            let size = thing.usage_type.strip_prefix(&format!("{head}{from}."))?;
            let part = self.ratio(thing, &format!("{head}{to}.{size}"), *percent)?;
            Some((*check, part))
        })
    }

    fn ratio(&self, thing: &Thing, usage_type: &str, percent: i64) -> Option<Decimal> {
        let price =
            cost(thing, self.month.start..self.month.end).ok()?.checked_div(self.used(thing))?;
        let ratio = match self.own_price(thing, usage_type) {
            Some(other) => other / price,
            None => Decimal::new(percent, 2),
        };
        (ratio < Decimal::ONE).then_some(ratio)
    }

    // gp3 comes with 3,000 IOPS; a gp2 volume of a terabyte or more has three a gigabyte, up to 16,000, which
    // are bought beside at a sixteenth of the price of a gigabyte.
    fn as_gp3(&self, thing: &Thing) -> Option<Decimal> {
        let ratio = self.ratio(thing, "EBS:VolumeUsage.gp3", 80)?;
        let days = thing.days.get(self.month.start..self.month.end).unwrap_or_default();
        let charged = days.iter().filter(|day| day.open.0 > 0).count();
        let used = self.used(thing);
        let size = used * self.days() / Decimal::from(charged.max(1) as u64);
        let iops = (size * Decimal::from(3)).min(Decimal::from(16_000)) - Decimal::from(3000);
        let extra = iops.max(Decimal::ZERO) / Decimal::from(16) / size;
        Some((ratio + ratio * extra).min(Decimal::ONE))
    }

    // By how much the company's own reservations of the same kind lie below its prices by the hour.
    fn discount(&self, like: &Thing) -> Decimal {
        let mut held_cost = Decimal::ZERO;
        let mut by_the_hour = Decimal::ZERO;
        let alike =
            |thing: &&Thing| Self::is_machine(thing) && thing.cloud_service == like.cloud_service;
        for thing in self.things.iter().filter(alike) {
            let Some(price) = self.own_price(thing, &thing.usage_type) else { continue };
            for day in thing.days.get(self.month.start..self.month.end).unwrap_or_default() {
                held_cost += day.held_cost.decimal().unwrap_or_default();
                by_the_hour += day.held.decimal() * price;
            }
        }
        if by_the_hour.is_zero() {
            // A fifth, as published for a year.
            return Decimal::new(2, 1);
        }
        Decimal::ONE - held_cost / by_the_hour
    }
}
