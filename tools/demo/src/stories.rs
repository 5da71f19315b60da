//! The planted stories: what happens to one workload each, and what a good answer names.

use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use crate::{
    catalog::{
        AURORA_IO, AZURE_BLOB, AZURE_D4, AZURE_D8, AZURE_DISK, AZURE_LOGS, AZURE_OUT, AZURE_SQL,
        BALANCER, CACHE, DYNAMO_READ, EBS_GP3, EC2_C5, EC2_M5, EC2_M6G, EC2_R5, GCP_CORE, GCP_LOGS,
        GCP_OUT, GCP_QUERY, GCP_RAM, GCP_RUN, GCP_STORAGE, LAMBDA, LOGS, NAT_BYTES, NAT_HOURS,
        Provider, QUEUE, RDS_R5, RDS_STORAGE, S3_REQUESTS, S3_STORAGE, SEARCH, Sku, TRANSFER,
    },
    company::{Event, Line, share},
};

/// One story before it has a workload and months.
pub(crate) struct Plan {
    pub(crate) id: &'static str,
    pub(crate) provider: Provider,
    pub(crate) lines: Vec<Line>,
    /// Transactions after the event relative to before.
    pub(crate) traffic: f64,
    pub(crate) regime: &'static str,
    pub(crate) main: Option<Main>,
    /// A credit in dollars a day that ends with the event.
    pub(crate) credit: Option<f64>,
}

/// The line that explains most of the change in unit cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Main {
    pub(crate) effect: &'static str,
    pub(crate) cloud_service: &'static str,
    pub(crate) usage_type: String,
}

impl Plan {
    fn new(id: &'static str, regime: &'static str, lines: Vec<Line>) -> Self {
        let provider = lines.first().map_or(Provider::Aws, |line| line.sku.provider);
        Self { id, provider, lines, traffic: 1.0, regime, main: None, credit: None }
    }

    fn because(self, effect: &'static str, line: usize) -> Self {
        let main = self.lines.get(line).and_then(|line| {
            let sku = match line.event {
                Event::MovesTo(sku, _) => sku,
                Event::None
                | Event::Times(_)
                | Event::Starts
                | Event::Ends
                | Event::Reprices(_)
                | Event::LosesCommitment(_) => line.sku,
            };
            let region = sku.provider.regions().get(line.region)?;
            let usage_type = format!("{}{}", region.prefix, sku.meter);
            Some(Main { effect, cloud_service: sku.cloud_service, usage_type })
        });
        Self { main, ..self }
    }

    fn with_traffic(self, traffic: f64) -> Self {
        Self { traffic, ..self }
    }
}

/// Every story, its sizes drawn.
pub(crate) fn plans(random: &mut ChaCha8Rng) -> Vec<Plan> {
    let mut plans = blends_and_prices(random);
    plans.extend(more_usage(random));
    plans.extend(traffic(random));
    plans.extend(controls(random));
    plans
}

fn blends_and_prices(random: &mut ChaCha8Rng) -> Vec<Plan> {
    let to_arm = Event::MovesTo(EC2_M6G, share(random, 85..=100));
    let upsize = Event::MovesTo(AZURE_D8, share(random, 50..=75));
    let expiry = Event::LosesCommitment(random.random_range(36..=45));
    let cut = Event::Reprices(random.random_range(60..=72));
    let price_cut = match random.random_range(0..2) {
        0 => vec![
            Line::follows(GCP_QUERY, 150.0).with(cut),
            Line::fixed(GCP_CORE, 50.0),
            Line::fixed(GCP_RAM, 20.0),
        ],
        _ => vec![
            Line::follows(AZURE_LOGS, 150.0).with(cut),
            Line::fixed(AZURE_SQL, 60.0),
            Line::fixed(AZURE_DISK, 12.0),
        ],
    };
    vec![
        Plan::new(
            "graviton_move",
            "pure_saving",
            vec![
                Line::follows(EC2_M5, 300.0).with(to_arm),
                Line::fixed(EBS_GP3, 20.0),
                Line::follows(BALANCER, 8.0),
            ],
        )
        .because("mix", 0),
        Plan::new(
            "upsizing",
            "inefficient",
            vec![
                Line::follows(AZURE_D4, 180.0).with(upsize),
                Line::fixed(AZURE_SQL, 60.0),
                Line::fixed(AZURE_DISK, 15.0),
            ],
        )
        .because("mix", 0),
        Plan::new(
            "commitment_expiry",
            "inefficient",
            vec![
                Line::fixed(RDS_R5, 250.0).with(expiry),
                Line::fixed(RDS_STORAGE, 20.0),
                Line::follows(TRANSFER, 15.0),
            ],
        )
        .because("price", 0),
        Plan::new("price_cut", "pure_saving", price_cut).because("price", 0),
    ]
}

// A sku of one provider with the company's usual compute and traffic beside it.
fn among(random: &mut ChaCha8Rng, skus: &[Sku], line: impl Fn(Sku) -> Line) -> Vec<Line> {
    let sku = skus.choose(random).copied().unwrap_or(LOGS);
    let (compute, out) = match sku.provider {
        Provider::Aws => (EC2_R5, TRANSFER),
        Provider::Microsoft => (AZURE_D4, AZURE_OUT),
        Provider::Google => (GCP_CORE, GCP_OUT),
    };
    vec![line(sku), Line::fixed(compute, 90.0), Line::follows(out, 15.0)]
}

fn more_usage(random: &mut ChaCha8Rng) -> Vec<Plan> {
    let chatty = Event::Times(share(random, 190..=260));
    let chatter = among(random, &[DYNAMO_READ, S3_REQUESTS, QUEUE], |sku| {
        Line::follows(sku, 80.0).with(chatty)
    });
    let noisy_logs = Event::Times(share(random, 400..=650));
    let logs = among(random, &[LOGS, AZURE_LOGS, GCP_LOGS], |sku| {
        Line::follows(sku, 25.0).with(noisy_logs)
    });
    let hoarded = Event::Times(share(random, 160..=210));
    let storage = among(random, &[S3_STORAGE, AZURE_BLOB, GCP_STORAGE], |sku| {
        Line::fixed(sku, 120.0).with(hoarded)
    });
    let reads = Event::Times(share(random, 300..=380));
    let surge = Event::Times(share(random, 350..=480));
    vec![
        Plan::new("chatty_client", "inefficient", chatter).because("intensity", 0),
        Plan::new("log_explosion", "inefficient", logs).because("intensity", 0),
        Plan::new("storage_growth", "inefficient", storage).because("intensity", 0),
        Plan::new(
            "cache_removed",
            "inefficient",
            vec![
                Line::follows(AURORA_IO, 40.0).with(reads),
                Line::fixed(CACHE, 45.0).with(Event::Ends),
                Line::fixed(RDS_R5, 110.0),
                Line::follows(EC2_M5, 60.0),
            ],
        )
        .because("intensity", 0),
        Plan::new(
            "nat_surge",
            "inefficient",
            vec![
                Line::follows(NAT_BYTES, 30.0).with(surge),
                Line::fixed(NAT_HOURS, 6.0),
                Line::follows(EC2_M5, 110.0),
            ],
        )
        .because("intensity", 0),
        Plan::new(
            "new_region",
            "inefficient",
            vec![
                Line::follows(EC2_M5, 80.0).with(Event::Starts).in_region(2),
                Line::fixed(NAT_HOURS, 9.0).with(Event::Starts).in_region(2),
                Line::follows(TRANSFER, 12.0).with(Event::Starts).in_region(2),
                Line::follows(EC2_C5, 150.0),
                Line::fixed(RDS_R5, 100.0),
            ],
        )
        .because("new", 0),
    ]
}

fn traffic(random: &mut ChaCha8Rng) -> Vec<Plan> {
    vec![
        Plan::new(
            "traffic_loss",
            "inefficient",
            vec![
                Line::fixed(EC2_C5, 260.0),
                Line::fixed(RDS_R5, 110.0),
                Line::follows(BALANCER, 5.0),
            ],
        )
        .with_traffic(share(random, 60..=72))
        .because("volume", 0),
        Plan::new(
            "efficient_growth",
            "efficient_growth",
            vec![
                Line::fixed(EC2_C5, 180.0),
                Line::fixed(RDS_R5, 70.0),
                Line::follows(LAMBDA, 60.0),
            ],
        )
        .with_traffic(share(random, 185..=215))
        .because("volume", 0),
        Plan::new(
            "shrinking_market",
            "shrinking",
            vec![
                Line::fixed(AZURE_SQL, 120.0),
                Line::follows(AZURE_D4, 100.0),
                Line::follows(AZURE_OUT, 20.0),
            ],
        )
        .with_traffic(share(random, 55..=65))
        .because("volume", 0),
    ]
}

fn controls(random: &mut ChaCha8Rng) -> Vec<Plan> {
    let batched = Event::Times(share(random, 40..=55));
    let credit_ended = Plan::new(
        "credit_ended",
        "flat",
        vec![Line::follows(EC2_M5, 150.0), Line::follows(TRANSFER, 40.0)],
    );
    vec![
        Plan::new(
            "deletion",
            "pure_saving",
            vec![
                Line::fixed(SEARCH, 140.0).with(Event::Ends),
                Line::follows(EC2_M5, 160.0),
                Line::fixed(EBS_GP3, 20.0),
            ],
        )
        .because("gone", 0),
        Plan::new(
            "batching",
            "pure_saving",
            vec![
                Line::follows(LAMBDA, 120.0).with(batched),
                Line::fixed(RDS_R5, 70.0),
                Line::follows(QUEUE, 15.0),
            ],
        )
        .because("intensity", 0),
        Plan::new(
            "flat_growth",
            "flat",
            vec![
                Line::follows(GCP_RUN, 120.0),
                Line::follows(GCP_OUT, 40.0),
                Line::follows(GCP_QUERY, 60.0),
            ],
        )
        .with_traffic(share(random, 118..=135)),
        Plan::new(
            "noisy_batch",
            "undetermined",
            vec![Line::lumpy(GCP_QUERY, 150.0), Line::lumpy(GCP_RUN, 40.0)],
        ),
        Plan { credit: Some(45.0), ..credit_ended },
    ]
}
