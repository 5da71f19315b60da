//! What the laboratory runs: each waste, and a healthy twin beside it.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::things::{Day, Role, Thing, always};
use crate::{
    calendar::{Calendar, date_of},
    catalog::{Provider, Region},
    money::{Price, Quantity},
};

/// Payer of the laboratory's bills.
pub(super) const PAYER: (&str, &str) = ("410000000900", "Moonjar Labs");
const PROD: (&str, &str) = ("410000000901", "moonjar-labs-prod");
const DEV: (&str, &str) = ("410000000902", "moonjar-labs-dev");

/// Negotiated prices in percent of list prices, as for the rest of the company.
const CONTRACTED_PERCENT: i64 = 96;
/// What a reservation costs of the list price, in percent.
const RESERVED_PERCENT: i64 = 64;
// Most of it began so many days before the end of the calendar.
const DAYS: usize = 130;
// A snapshot that is not old yet began so many days before the end.
const YOUNG_DAYS: usize = 200;
const EC2: &str = "Amazon Elastic Compute Cloud";
const VPC: &str = "Amazon Virtual Private Cloud";
const DAY_HOURS: f64 = 24.0;

struct Room<'a> {
    calendar: &'a Calendar,
    random: &'a mut ChaCha8Rng,
    things: Vec<Thing>,
}

/// Where and what a thing is, without its quantities.
#[derive(Clone, Copy)]
struct Kind {
    account: (&'static str, &'static str),
    region: usize,
    cloud_service: &'static str,
    category: &'static str,
    usage_type: &'static str,
    unit: &'static str,
    /// List price in dollars.
    price: &'static str,
    role: Role,
}

/// Founds the laboratory: sizes and ids by chance, kinds always the same.
pub(super) fn found(calendar: &Calendar, random: &mut ChaCha8Rng) -> Vec<Thing> {
    let mut room = Room { calendar, random, things: Vec::new() };
    room.network();
    room.storage();
    room.machines();
    room.databases();
    room.things
}

fn region_of(kind: &Kind) -> Region {
    let regions = Provider::Aws.regions();
    regions.get(kind.region).or_else(|| regions.first()).copied().unwrap_or(Region {
        id: "",
        name: "",
        prefix: "",
    })
}

impl Room<'_> {
    fn id(&mut self) -> String {
        format!("0{:016x}", self.random.random::<u64>() >> 4)
    }

    fn arn(&mut self, kind: &Kind, service: &str, what: &str) -> String {
        let id = self.id();
        let region = region_of(kind).id;
        format!("arn:aws:{service}:{region}:{}:{what}{id}", kind.account.0)
    }

    fn add(&mut self, kind: Kind, resource_id: &str, daily: impl Fn(usize) -> f64) {
        self.add_since(kind, resource_id, self.calendar.days - DAYS, daily);
    }

    fn add_since(
        &mut self,
        kind: Kind,
        resource_id: &str,
        start: usize,
        daily: impl Fn(usize) -> f64,
    ) {
        let Some(list_price) = Price::parse(kind.price) else { return };
        let contracted_price = list_price.percent(CONTRACTED_PERCENT);
        let region = region_of(&kind);
        let quantity = |day: usize| Quantity::nearest(daily(day));
        let environment = if kind.account == DEV { "dev" } else { "prod" };
        self.things.push(Thing {
            resource_id: resource_id.to_owned(),
            workload: None,
            account: kind.account.0,
            account_name: kind.account.1,
            environment: Some(environment.to_owned()),
            region: region.id,
            region_name: region.name,
            prefix: region.prefix,
            cloud_service: kind.cloud_service,
            category: kind.category,
            usage_type: kind.usage_type.to_owned(),
            unit: kind.unit,
            list_price,
            contracted_price,
            held_price: list_price.percent(RESERVED_PERCENT),
            days: always(self.calendar, start, contracted_price, quantity),
            role: kind.role,
        });
    }

    // The last thing runs under a reservation.
    fn reserve_last(&mut self) {
        let Some(thing) = self.things.last_mut() else { return };
        let rate = thing.held_price;
        for day in &mut thing.days {
            *day = Day { held: day.open, held_cost: day.open.times(rate), ..Day::default() };
        }
    }

    fn dollars_a_month(&mut self, range: std::ops::RangeInclusive<u32>) -> f64 {
        f64::from(self.random.random_range(range))
    }

    fn network(&mut self) {
        let hours = |role| Kind {
            account: PROD,
            region: 0,
            cloud_service: VPC,
            category: "Networking",
            usage_type: "NatGateway-Hours",
            unit: "Hrs",
            price: "0.059",
            role,
        };
        let nat = "natgateway/nat-";
        let idle = self.arn(&hours(Role::Waste), "ec2", nat);
        self.add(hours(Role::Waste), &idle, |_| DAY_HOURS);
        let busy = self.arn(&hours(Role::Healthy), "ec2", nat);
        self.add(hours(Role::Healthy), &busy, |_| DAY_HOURS);
        let gigabytes = self.dollars_a_month(20..=90);
        let bytes = Kind { usage_type: "NatGateway-Bytes", unit: "GB", ..hours(Role::Healthy) };
        self.add(bytes, &busy, |_| gigabytes);
        let running = |role| Kind {
            cloud_service: "Elastic Load Balancing",
            usage_type: "LoadBalancerUsage",
            price: "0.0225",
            ..hours(role)
        };
        let balancer = "loadbalancer/app/";
        let idle = self.arn(&running(Role::Waste), "elasticloadbalancing", balancer);
        self.add(running(Role::Waste), &idle, |_| DAY_HOURS);
        let busy = self.arn(&running(Role::Healthy), "elasticloadbalancing", balancer);
        self.add(running(Role::Healthy), &busy, |_| DAY_HOURS);
        let used = Kind {
            usage_type: "LCUUsage",
            unit: "LCU-Hrs",
            price: "0.008",
            ..running(Role::Healthy)
        };
        self.add(used, &busy, |_| 31.0);
        let address = |usage_type, role| Kind { usage_type, price: "0.005", ..hours(role) };
        for _ in 0..self.random.random_range(2..=4) {
            let idle = address("PublicIPv4:IdleAddress", Role::Waste);
            let id = self.arn(&idle, "ec2", "elastic-ip/eipalloc-");
            self.add(idle, &id, |_| DAY_HOURS);
            let used = address("PublicIPv4:InUseAddress", Role::Healthy);
            let id = self.arn(&used, "ec2", "network-interface/eni-");
            self.add(used, &id, |_| DAY_HOURS);
        }
    }

    fn storage(&mut self) {
        let volume = |usage_type, price, role| Kind {
            account: PROD,
            region: 0,
            cloud_service: EC2,
            category: "Storage",
            usage_type,
            unit: "GB-Mo",
            price,
            role,
        };
        let (gp2, gp3) = ("EBS:VolumeUsage.gp2", "EBS:VolumeUsage.gp3");
        let month = 31.0;
        for large in [false, false, false, true] {
            let range = if large { 2000..=5000 } else { 100..=900 };
            let size = self.dollars_a_month(range);
            let id = format!("vol-{}", self.id());
            self.add(volume(gp2, "0.114", Role::Waste), &id, |_| size / month);
            let id = format!("vol-{}", self.id());
            self.add(volume(gp3, "0.0912", Role::Healthy), &id, |_| size / month);
        }
        // No machine runs in the other region.
        let left = Kind { region: 1, ..volume(gp3, "0.08", Role::Waste) };
        let size = self.dollars_a_month(200..=800);
        let id = format!("vol-{}", self.id());
        self.add(left, &id, |_| size / month);
        let snapshot = |role| volume("EBS:SnapshotUsage", "0.05", role);
        for (start, role) in [(0, Role::Waste), (self.calendar.days - YOUNG_DAYS, Role::Healthy)] {
            for _ in 0..2 {
                let size = self.dollars_a_month(300..=3000);
                let id = self.arn(&snapshot(role), "ec2", "snapshot/snap-");
                self.add_since(snapshot(role), &id, start, |_| size / month);
            }
        }
        self.buckets();
    }

    fn buckets(&mut self) {
        let bucket = |usage_type, unit, price, role| Kind {
            account: PROD,
            region: 0,
            cloud_service: "Amazon Simple Storage Service",
            category: "Storage",
            usage_type,
            unit,
            price,
            role,
        };
        let month = 31.0;
        let standard = |role| bucket("TimedStorage-ByteHrs", "GB-Mo", "0.025", role);
        let asked = || bucket("Requests-Tier2", "Requests", "0.00000035", Role::Healthy);
        let size = self.dollars_a_month(4000..=20_000);
        let id = format!("labs-archive-{}", self.id());
        self.add(standard(Role::Waste), &id, |_| size / month);
        let id = format!("labs-site-{}", self.id());
        self.add(standard(Role::Healthy), &id, |_| size / month);
        self.add(asked(), &id, |_| 900_000.0);
        let id = format!("labs-history-{}", self.id());
        let rare = bucket("TimedStorage-SIA-ByteHrs", "GB-Mo", "0.0138", Role::Healthy);
        self.add(rare, &id, |_| size / month);
        self.add(asked(), &id, |_| 30.0);
    }

    fn machines(&mut self) {
        let machine = |account, usage_type, price, role| Kind {
            account,
            region: 0,
            cloud_service: EC2,
            category: "Compute",
            usage_type,
            unit: "Hrs",
            price,
            role,
        };
        let office = |day: usize| {
            let weekday = date_of(day).weekday().to_monday_zero_offset();
            if weekday < 5 { 10.0 } else { 0.0 }
        };
        let add = |room: &mut Self, kind: Kind, is_always: bool| {
            let id = format!("i-{}", room.id());
            room.add(kind, &id, |day| if is_always { DAY_HOURS } else { office(day) });
        };
        // An old machine of developers: stopped at night, then moved.
        add(self, machine(DEV, "BoxUsage:m4.xlarge", "0.246", Role::Waste), true);
        add(self, machine(DEV, "BoxUsage:t3.large", "0.104", Role::Waste), true);
        add(self, machine(DEV, "BoxUsage:t4g.large", "0.0832", Role::Healthy), false);
        // Moved, and then committed to as it runs through.
        for _ in 0..self.random.random_range(2..=4) {
            add(self, machine(PROD, "BoxUsage:m5.2xlarge", "0.472", Role::Waste), true);
        }
        add(self, machine(PROD, "BoxUsage:m6g.2xlarge", "0.376", Role::Healthy), false);
        add(self, machine(PROD, "BoxUsage:m6g.2xlarge", "0.376", Role::Healthy), true);
        self.reserve_last();
        // Nothing is wrong with it but that it is bought by the hour.
        add(self, machine(PROD, "BoxUsage:m6g.xlarge", "0.188", Role::Waste), true);
    }

    fn databases(&mut self) {
        let database = |usage_type, price, role| Kind {
            account: PROD,
            region: 0,
            cloud_service: "Amazon Relational Database Service",
            category: "Databases",
            usage_type,
            unit: "Hrs",
            price,
            role,
        };
        let old = database("InstanceUsage:db.r5.large", "0.29", Role::Waste);
        let id = self.arn(&old, "rds", "db:");
        self.add(old, &id, |_| DAY_HOURS);
        let support = database("ExtendedSupport:Yr1-Yr2:MySQL5.7", "0.12", Role::Waste);
        self.add(Kind { unit: "vCPU-Hours", ..support }, &id, |_| 2.0 * DAY_HOURS);
        let new = database("InstanceUsage:db.r6g.large", "0.259", Role::Waste);
        let id = self.arn(&new, "rds", "db:");
        self.add(new, &id, |_| DAY_HOURS);
        let table = |usage_type, unit, price, role| Kind {
            cloud_service: "Amazon DynamoDB",
            ..Kind { unit, ..database(usage_type, price, role) }
        };
        let capacity =
            |role| table("ReadCapacityUnit-Hrs", "ReadCapacityUnit-Hrs", "0.00015", role);
        let units = self.dollars_a_month(200..=900);
        let empty = self.arn(&capacity(Role::Waste), "dynamodb", "table/empty-");
        self.add(capacity(Role::Waste), &empty, |_| units * DAY_HOURS);
        let full = self.arn(&capacity(Role::Healthy), "dynamodb", "table/orders-");
        self.add(capacity(Role::Healthy), &full, |_| units * DAY_HOURS);
        let stored = table("TimedStorage-ByteHrs", "GB-Mo", "0.27", Role::Healthy);
        self.add(stored, &full, |_| 3.0);
    }
}
