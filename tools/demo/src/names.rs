//! Names of workloads, teams and cost centres.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

const DOMAINS: [&str; 36] = [
    "checkout",
    "cart",
    "catalog",
    "pricing",
    "payments",
    "ledger",
    "refunds",
    "invoice",
    "orders",
    "shipping",
    "returns",
    "inventory",
    "search",
    "ranking",
    "reviews",
    "loyalty",
    "coupons",
    "identity",
    "session",
    "profile",
    "consent",
    "notify",
    "mailer",
    "chat",
    "ads",
    "feed",
    "media",
    "thumbs",
    "geo",
    "fraud",
    "risk",
    "forecast",
    "supplier",
    "warehousing",
    "settlement",
    "partner",
];
const PARTS: [&str; 5] = ["api", "worker", "gateway", "stream", "index"];

/// Teams and their cost centres.
pub(crate) const TEAMS: [(&str, &str); 8] = [
    ("storefront", "cc-1100"),
    ("payments", "cc-1200"),
    ("fulfilment", "cc-1300"),
    ("discovery", "cc-1400"),
    ("growth", "cc-1500"),
    ("trust", "cc-1600"),
    ("data", "cc-2100"),
    ("platform", "cc-2200"),
];

/// Every workload name once, in the seed's order.
pub(crate) fn workloads(random: &mut ChaCha8Rng) -> Vec<String> {
    let mut names: Vec<String> = DOMAINS
        .iter()
        .flat_map(|domain| PARTS.iter().map(move |part| format!("{domain}-{part}")))
        .collect();
    names.shuffle(random);
    names
}
