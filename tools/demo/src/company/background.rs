//! Founding: workloads with a story, workloads without, and what belongs to nobody.

use std::collections::BTreeMap;

use rand::{
    RngExt,
    seq::{IndexedRandom, SliceRandom},
};
use rand_chacha::ChaCha8Rng;

use super::{
    Commitment, Company, Payment, Story, Workload, share,
    usage::{Event, Line, Setting, Traffic},
};
use crate::{
    catalog::{self, Provider, Sku},
    names::TEAMS,
    stories::Plan,
};

const AWS: &[Sku] = &[
    catalog::EC2_M5,
    catalog::EC2_C5,
    catalog::EC2_R5,
    catalog::EC2_M6G,
    catalog::RDS_R5,
    catalog::CACHE,
    catalog::EBS_GP3,
    catalog::EBS_GP2,
    catalog::RDS_STORAGE,
    catalog::S3_STORAGE,
    catalog::S3_REQUESTS,
    catalog::DYNAMO_READ,
    catalog::DYNAMO_WRITE,
    catalog::NAT_BYTES,
    catalog::TRANSFER,
    catalog::LOGS,
    catalog::LAMBDA,
    catalog::QUEUE,
    catalog::BALANCER,
];
const MICROSOFT: &[Sku] = &[
    catalog::AZURE_D4,
    catalog::AZURE_D8,
    catalog::AZURE_SQL,
    catalog::AZURE_REDIS,
    catalog::AZURE_DISK,
    catalog::AZURE_BLOB,
    catalog::AZURE_LOGS,
    catalog::AZURE_OUT,
];
const GOOGLE: &[Sku] = &[
    catalog::GCP_CORE,
    catalog::GCP_RAM,
    catalog::GCP_DISK,
    catalog::GCP_STORAGE,
    catalog::GCP_QUERY,
    catalog::GCP_RUN,
    catalog::GCP_OUT,
    catalog::GCP_LOGS,
];
// What runs by the hour, and so is there whether or not it is used.
const HOURLY: [&str; 3] = ["Hrs", "Hours", "hour"];
// A one-year term that begins and ends within the calendar: its first day and the day after.
const YEAR: (usize, usize) = (30, 395);
const MOST_COMMITMENTS: usize = 16;
const MOST_UPFRONT: usize = 3;

impl Company {
    pub(super) fn plant(&mut self, plan: Plan, name: String, random: &mut ChaCha8Rng) {
        let pairs = self.calendar.pairs();
        let Some((from, to)) = pairs.choose(random).copied() else { return };
        let event_day = random.random_range(from.end..=to.start);
        let provider = plan.provider;
        let workload = self.workloads.len();
        let traffic = Traffic {
            base: f64::from(random.random_range(40_000..900_000)),
            growth_a_month: share(random, 1..=2) / 2.0,
            weekend: 0.8,
            noise: 0.02,
            step: (event_day, plan.traffic),
        };
        let transactions = traffic.draw(self.calendar.days, random);
        let scale = share(random, 70..=160);
        let setting = (workload, event_day, provider);
        self.add_lines(&plan.lines, scale, setting, &relative(&transactions, traffic.base), random);
        self.workloads.push(Workload {
            tags: tags(&name, random, true),
            name,
            provider,
            sub_account: 1,
            transactions: Some(transactions),
            credit: plan.credit.map(|dollars| (dollars * scale, event_day)),
        });
        self.stories.push(Story {
            id: plan.id,
            workload,
            from,
            to,
            event_day,
            regime: plan.regime,
            main: plan.main,
        });
    }

    fn add_lines(
        &mut self,
        lines: &[Line],
        scale: f64,
        (workload, event_day, provider): (usize, usize, Provider),
        traffic: &[f64],
        random: &mut ChaCha8Rng,
    ) {
        let contracted_percent = contracted(provider);
        for line in lines {
            let line = Line { dollars: line.dollars * scale, ..*line };
            let setting = Setting {
                traffic,
                event_day,
                workload: Some(workload),
                sub_account: 1,
                contracted_percent,
            };
            self.add_line(&line, setting, random);
        }
    }

    pub(super) fn add_background(&mut self, name: String, random: &mut ChaCha8Rng) {
        let (provider, skus) = match random.random_range(0..10) {
            0..6 => (Provider::Aws, AWS),
            6..8 => (Provider::Microsoft, MICROSOFT),
            _ => (Provider::Google, GOOGLE),
        };
        let workload = self.workloads.len();
        let sub_account = random.random_range(1..provider.sub_accounts().len());
        let event_day = random.random_range(60..self.calendar.days);
        let traffic = Traffic {
            base: f64::from(random.random_range(5_000..2_000_000)),
            growth_a_month: share(random, 0..=5) - 0.01,
            weekend: share(random, 55..=100),
            noise: 0.05,
            step: (0, 1.0),
        };
        let transactions = traffic.draw(self.calendar.days, random);
        let relative = relative(&transactions, traffic.base);
        let count = random.random_range(4..=7);
        let mut skus = skus.to_vec();
        skus.shuffle(random);
        for sku in skus.into_iter().take(count) {
            let line = background_line(sku, random);
            let setting = Setting {
                traffic: &relative,
                event_day,
                workload: Some(workload),
                sub_account,
                contracted_percent: contracted(provider),
            };
            let Some(place) = self.add_line(&line, setting, random) else { continue };
            self.maybe_commit(place, &line, random);
            if random.random_range(0..12) == 0
                && let Some(stream) = self.streams.get_mut(place)
            {
                stream.is_tagged = false;
            }
        }
        self.workloads.push(Workload {
            tags: tags(&name, random, false),
            name,
            provider,
            sub_account,
            transactions: (random.random_range(0..10) < 6).then_some(transactions),
            credit: None,
        });
    }

    fn maybe_commit(&mut self, place: usize, line: &Line, random: &mut ChaCha8Rng) {
        let draws = random.random_range(0..6);
        let is_enough = self.commitments.len() >= MOST_COMMITMENTS;
        if is_enough || !HOURLY.contains(&line.sku.unit) || !matches!(line.event, Event::None) {
            return;
        }
        let is_upfront = |held: &&Commitment| held.payment == Payment::Upfront;
        let upfront = self.commitments.iter().filter(is_upfront).count();
        let capacity = random.random_range(60..=115);
        let discount = random.random_range(28..=42);
        match draws {
            0 if upfront < MOST_UPFRONT => {
                self.commit(place, YEAR, capacity, discount, Payment::Upfront);
            }
            0 | 1 => {
                let term = (0, self.calendar.days);
                self.commit(place, term, capacity, discount, Payment::Recurring);
            }
            _ => {}
        }
    }

    /// Adds what belongs to nobody: the network between workloads, the platform's own storage.
    pub(super) fn add_shared(&mut self, random: &mut ChaCha8Rng) {
        let traffic = vec![1.0; self.calendar.days];
        let shared = [
            Line::fixed(catalog::NAT_HOURS, 60.0),
            Line::fixed(catalog::NAT_HOURS, 15.0).in_region(1),
            Line::follows(catalog::TRANSFER, 90.0),
            Line::fixed(catalog::S3_STORAGE, 70.0),
            Line::follows(catalog::LOGS, 40.0),
            Line::follows(catalog::AZURE_OUT, 35.0),
            Line::fixed(catalog::AZURE_DISK, 20.0),
            Line::follows(catalog::GCP_OUT, 30.0),
        ];
        for line in shared {
            let setting = Setting {
                traffic: &traffic,
                event_day: 0,
                workload: None,
                sub_account: 0,
                contracted_percent: contracted(line.sku.provider),
            };
            self.add_line(&line, setting, random);
        }
    }
}

fn relative(transactions: &[i64], base: f64) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of a day stay far below 2^52")]
    transactions.iter().map(|count| *count as f64 / base).collect()
}

// Negotiated prices in percent of list prices.
fn contracted(provider: Provider) -> i64 {
    match provider {
        Provider::Aws => 96,
        Provider::Microsoft => 100,
        Provider::Google => 98,
    }
}

fn background_line(sku: Sku, random: &mut ChaCha8Rng) -> Line {
    let dollars = f64::from(random.random_range(300..6_000)) / 100.0;
    let is_hourly = HOURLY.contains(&sku.unit);
    let region = random.random_range(0..8_usize) / 7;
    let event = match random.random_range(0..14) {
        0 => Event::Times(share(random, 60..=170)),
        1 => Event::Starts,
        2 => Event::Ends,
        _ => Event::None,
    };
    let line = if is_hourly { Line::fixed(sku, dollars) } else { Line::follows(sku, dollars) };
    line.with(event).in_region(region)
}

// Real tags have holes: cost centres and teams are missing, one team writes its keys in capitals.
fn tags(name: &str, random: &mut ChaCha8Rng, is_complete: bool) -> String {
    let (team, cost_center) = TEAMS.choose(random).copied().unwrap_or(("platform", "cc-2200"));
    let environment = match random.random_range(0..10) {
        0..7 => "prod",
        7..9 => "staging",
        _ => "dev",
    };
    let environment = if is_complete { "prod" } else { environment };
    let missing = random.random_range(0..10);
    let capitals = !is_complete && random.random_range(0..15) == 0;
    let mut tags = BTreeMap::from([("workload", name)]);
    if is_complete || missing > 0 {
        tags.insert(if capitals { "Team" } else { "team" }, team);
    }
    if is_complete || missing > 2 {
        tags.insert("cost-center", cost_center);
    }
    if is_complete || missing != 5 {
        tags.insert(if capitals { "Environment " } else { "environment" }, environment);
    }
    serde_json::to_string(&tags).unwrap_or_default()
}
