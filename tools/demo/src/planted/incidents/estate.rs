//! The workloads of a company's shop, who calls whom, and what each has been given to work with.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use super::draw::{Row, among, between, happens, pick, real};

/// What a workload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Takes requests from outside.
    Gateway,
    Api,
    Core,
    Database,
    Cache,
    /// A program of somebody else: only its callers tell of it.
    Outside,
    /// Works through the night and is called by nobody.
    Batch,
}

/// What a workload is written in: how its log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Java,
    Go,
    Node,
    Python,
}

/// Where workloads run: an account and a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) account: &'static str,
    pub(super) region: &'static str,
}

pub(super) const PLACES: [Place; 3] = [
    Place { account: "410000000960", region: "ap-northeast-2" },
    Place { account: "410000000961", region: "ap-northeast-2" },
    Place { account: "410000000961", region: "ap-northeast-1" },
];

#[derive(Debug, Clone)]
pub(super) struct Workload {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) language: Language,
    pub(super) place: Place,
    /// The machine that its first replica shares with others.
    pub(super) host: String,
    pub(super) replicas: f64,
    /// Requests that one replica works on at once.
    pub(super) slots: f64,
    /// Time of a request in the workload itself.
    pub(super) own_ms: f64,
    /// Processor time of a request over all replicas' cores, as utilization per request a second.
    pub(super) cpu_per_rps: f64,
    /// Memory in use when idle, as part of its limit.
    pub(super) memory: f64,
    /// Part of requests that fail on an ordinary day.
    pub(super) base_errors: f64,
    /// Dollars an hour for its replicas.
    pub(super) hourly: f64,
    /// Dollars for a million requests: log lines, object requests, transfer.
    pub(super) per_million: f64,
    /// Whether it writes spans; its callers' client spans stand either way.
    pub(super) is_traced: bool,
}

/// A call of one workload to another.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Calls a request.
    pub(super) calls: f64,
    pub(super) timeout_ms: f64,
    /// Tries in all; one means no retry.
    pub(super) tries: i32,
    /// A failure of the call is swallowed.
    pub(super) is_optional: bool,
}

/// Everything that runs. Callers stand before those they call.
#[derive(Debug, Clone)]
pub(super) struct Estate {
    pub(super) workloads: Vec<Workload>,
    pub(super) links: Vec<Link>,
    /// Requests a second from outside at a weekday's noon, by workload.
    pub(super) demand: Row,
    /// Ordinary time of a request at each workload.
    pub(super) usual_ms: Row,
    /// Ordinary arrivals a second at a weekday's noon.
    pub(super) usual_rps: Row,
}

const GATEWAYS: [&str; 5] =
    ["web-gateway", "app-gateway", "open-gateway", "kiosk-gateway", "seller-gateway"];
const APIS: [&str; 10] = [
    "basket",
    "browse",
    "members",
    "promotions",
    "delivery",
    "gifts",
    "sellers",
    "support",
    "wishlist",
    "tickets",
];
const CORES: [&str; 13] = [
    "stock",
    "quotes",
    "points",
    "addresses",
    "eligibility",
    "picks",
    "bundles",
    "tax",
    "wallet",
    "receipts",
    "tracking",
    "images",
    "audit",
];
const OUTSIDES: [&str; 5] =
    ["haneul-pay", "baram-sms", "dalbit-maps", "saebyeok-courier", "narae-identity"];
const BATCHES: [&str; 4] = ["sales-export", "rank-trainer", "mart-builder", "mail-digest"];
// Slow tails: the deviation of the logarithm of a request's time.
pub(super) const TAIL: f64 = 0.4;
// Where sizing puts the busiest minutes of an ordinary day (a common target of autoscaling is 50 to 70 %).
const USED_SLOTS: f64 = 0.4;
const USED_CPU: f64 = 0.42;

impl Estate {
    pub(super) fn found(random: &mut ChaCha8Rng) -> Self {
        let mut estate = Self {
            workloads: Vec::new(),
            links: Vec::new(),
            demand: Row::default(),
            usual_ms: Row::default(),
            usual_rps: Row::default(),
        };
        estate.hire(random);
        estate.connect(random);
        let count = estate.workloads.len();
        estate.demand = Row::of(count, 0.0);
        for place in estate.of(&[Role::Gateway]) {
            estate.demand.put(place, between(random, 60.0, 220.0).round());
        }
        estate.size(random);
        // Programs of others are known by their callers alone: those have their logs collected.
        let known: Vec<usize> =
            estate.of(&[Role::Outside]).iter().flat_map(|at| estate.callers(*at)).collect();
        for caller in known {
            if let Some(workload) = estate.workloads.get_mut(caller)
                && Some(&workload.place) == PLACES.last()
            {
                workload.place = PLACES[0];
            }
        }
        let silent: Vec<usize> = estate.of(&[Role::Api, Role::Core]);
        for _ in 0..2 {
            if let Some(workload) =
                pick(random, &silent).and_then(|place| estate.workloads.get_mut(*place))
            {
                workload.is_traced = false;
            }
        }
        estate
    }

    pub(super) fn name(&self, place: usize) -> &str {
        self.workloads.get(place).map_or("", |workload| &workload.name)
    }

    pub(super) fn role(&self, place: usize) -> Role {
        self.workloads.get(place).map_or(Role::Outside, |workload| workload.role)
    }

    /// Places of workloads of these roles.
    pub(super) fn of(&self, roles: &[Role]) -> Vec<usize> {
        let all = self.workloads.iter().enumerate();
        all.filter(|(_, workload)| roles.contains(&workload.role)).map(|(place, _)| place).collect()
    }

    pub(super) fn calls_of(&self, from: usize) -> impl Iterator<Item = (usize, &Link)> {
        self.links.iter().enumerate().filter(move |(_, link)| link.from == from)
    }

    pub(super) fn callers_of(&self, to: usize) -> impl Iterator<Item = (usize, &Link)> {
        self.links.iter().enumerate().filter(move |(_, link)| link.to == to)
    }

    /// Places of the callers of a workload.
    pub(super) fn callers(&self, to: usize) -> Vec<usize> {
        self.callers_of(to).map(|(_, link)| link.from).collect()
    }

    fn hire(&mut self, random: &mut ChaCha8Rng) {
        let plan: [(Role, &[&str], &str, usize); 7] = [
            (Role::Gateway, &GATEWAYS, "", 2),
            (Role::Api, &APIS, "-front", among(random, 4, 6)),
            (Role::Core, &CORES, "-core", among(random, 5, 8)),
            (Role::Database, &CORES, "-db", among(random, 2, 4)),
            (Role::Cache, &APIS, "-cache", 1),
            (Role::Outside, &OUTSIDES, "", among(random, 2, 3)),
            (Role::Batch, &BATCHES, "", 1),
        ];
        for (role, names, ending, count) in plan {
            let mut names = names.to_vec();
            names.shuffle(random);
            for name in names.into_iter().take(count) {
                self.workloads.push(workload(role, format!("{name}{ending}"), random));
            }
        }
    }

    fn connect(&mut self, random: &mut ChaCha8Rng) {
        let [gateways, apis, cores, databases, caches, outsides] =
            [Role::Gateway, Role::Api, Role::Core, Role::Database, Role::Cache, Role::Outside]
                .map(|role| self.of(&[role]));
        for gateway in &gateways {
            for api in &apis {
                self.link(*gateway, *api, between(random, 0.15, 0.45), random);
            }
        }
        for (number, core) in cores.iter().enumerate() {
            // Every core workload has a caller; some are called by others of their kind.
            if let Some(api) = apis.get(number % apis.len().max(1)) {
                self.link(*api, *core, between(random, 0.5, 1.2), random);
            }
            if let Some(api) = pick(random, &apis).copied()
                && happens(random, 0.5)
            {
                self.link(api, *core, between(random, 0.3, 0.8), random);
            }
            if let Some(next) = cores.get(number + 1)
                && happens(random, 0.45)
            {
                self.link(*core, *next, between(random, 0.4, 1.0), random);
            }
            if let Some(database) = databases.get(number % databases.len().max(1)) {
                self.link(*core, *database, between(random, 1.0, 3.0), random);
            }
            for cache in &caches {
                if happens(random, 0.4) {
                    self.link(*core, *cache, between(random, 0.6, 1.5), random);
                }
            }
        }
        for (number, outside) in outsides.iter().enumerate() {
            if let Some(core) = cores.get((number * 2 + 1) % cores.len().max(1)) {
                self.link(*core, *outside, between(random, 0.3, 0.7), random);
            }
        }
    }

    fn link(&mut self, from: usize, to: usize, calls: f64, random: &mut ChaCha8Rng) {
        if self.links.iter().any(|link| link.from == from && link.to == to) {
            return;
        }
        let is_optional = self.role(to) == Role::Cache;
        // One more try at the edge of the estate; tries on every floor would multiply.
        let tries = match self.role(to) {
            Role::Outside if happens(random, 0.5) => 2,
            Role::Database if happens(random, 0.3) => 2,
            Role::Gateway
            | Role::Api
            | Role::Core
            | Role::Database
            | Role::Cache
            | Role::Outside
            | Role::Batch => 1,
        };
        self.links.push(Link { from, to, calls, timeout_ms: 0.0, tries, is_optional });
    }

    // Gives every workload the replicas, processor and timeouts that carry an ordinary noon.
    fn size(&mut self, random: &mut ChaCha8Rng) {
        let count = self.workloads.len();
        let mut arrivals = self.demand.clone();
        for place in 0..count {
            let rps = arrivals.at(place);
            for (_, link) in self.calls_of(place) {
                arrivals.add(link.to, rps * link.calls);
            }
        }
        let mut hold = Row::of(count, 0.0);
        for place in (0..count).rev() {
            let below: f64 =
                self.calls_of(place).map(|(_, link)| link.calls * hold.at(link.to)).sum();
            let own = self.workloads.get(place).map_or(0.0, |workload| workload.own_ms);
            hold.put(place, own + below);
        }
        for (place, workload) in self.workloads.iter_mut().enumerate() {
            let rps = arrivals.at(place).max(1.0);
            let busy = rps * hold.at(place) / 1000.0;
            workload.replicas = (busy / workload.slots / USED_SLOTS).ceil().max(2.0);
            // Room for as many as the estimate asks, so that small workloads are not oversized.
            workload.slots = (busy / workload.replicas / USED_SLOTS).ceil().max(4.0);
            workload.cpu_per_rps = USED_CPU * between(random, 0.8, 1.15) / rps;
            // Gateways do not hold a thread while they wait.
            workload.slots *= match workload.role {
                Role::Gateway => 40.0,
                Role::Api => 3.0,
                Role::Database | Role::Cache => 4.0,
                Role::Core | Role::Outside | Role::Batch => 1.0,
            };
            // Stores are given more room than what can be scaled in minutes.
            if matches!(workload.role, Role::Database | Role::Cache) {
                workload.cpu_per_rps *= 0.45;
            }
            workload.hourly = workload.replicas * between(random, 0.05, 0.20);
            if workload.role == Role::Outside {
                workload.slots = 100_000.0;
                workload.hourly = 0.0;
            }
            if workload.role == Role::Batch {
                workload.cpu_per_rps = 0.0;
            }
        }
        for link in &mut self.links {
            let usual = hold.at(link.to);
            link.timeout_ms = (usual * between(random, 4.5, 7.0)).max(200.0);
            link.timeout_ms = (link.timeout_ms / 50.0).ceil() * 50.0;
        }
        self.usual_ms = hold;
        self.usual_rps = arrivals;
    }
}

fn workload(role: Role, name: String, random: &mut ChaCha8Rng) -> Workload {
    let (own_ms, slots, memory) = match role {
        Role::Gateway => (between(random, 2.0, 5.0), 128.0, 0.35),
        Role::Api => (between(random, 6.0, 15.0), 32.0, 0.45),
        Role::Core => (between(random, 10.0, 40.0), 16.0, 0.50),
        Role::Database => (between(random, 2.0, 7.0), 40.0, 0.60),
        Role::Cache => (between(random, 0.4, 1.0), 64.0, 0.55),
        Role::Outside => (between(random, 60.0, 180.0), 100_000.0, 0.0),
        Role::Batch => (1000.0, 4.0, 0.40),
    };
    let languages = [Language::Java, Language::Go, Language::Node, Language::Python];
    let places = if role == Role::Gateway { 2 } else { PLACES.len() };
    let place = PLACES.get(among(random, 0, places - 1)).copied().unwrap_or(PLACES[0]);
    Workload {
        name,
        role,
        language: pick(random, &languages).copied().unwrap_or(Language::Java),
        place,
        host: format!("ip-10-{}-{}.internal", among(random, 20, 60), among(random, 1, 250)),
        replicas: 2.0,
        slots,
        own_ms,
        cpu_per_rps: 0.0,
        memory: memory + between(random, -0.05, 0.08),
        base_errors: between(random, 0.0003, 0.002),
        hourly: 0.0,
        per_million: real(among(random, 2, 9)) / 10.0,
        is_traced: !matches!(role, Role::Database | Role::Cache | Role::Outside | Role::Batch),
    }
}
