//! Names of a large made-up estate, so that finding names can be measured at a size few have.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::gate::Dice;

/// A value of a dimension, and the name that stands beside it when it is an id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EstateName {
    pub value: String,
    pub label: Option<String>,
}

const WORKLOADS: &[&str] = &[
    "checkout",
    "payments",
    "search",
    "catalog",
    "storefront",
    "billing",
    "login",
    "profile",
    "orders",
    "inventory",
    "shipping",
    "returns",
    "notify",
    "recommend",
    "pricing",
    "fraud",
    "ledger",
    "reports",
    "ingest",
    "stream",
    "batch",
    "ml-train",
    "ml-serve",
    "feature-store",
    "gateway",
    "edge",
    "media",
    "chat",
    "ads",
    "loyalty",
];
const PARTS: &[&str] =
    &["api", "worker", "web", "db", "cache", "queue", "cron", "proxy", "index", "etl"];
const ENVIRONMENTS: &[&str] = &["prod", "staging", "dev", "qa", "sandbox", "dr"];
const REGIONS: &[&str] = &[
    "us-east-1",
    "us-west-2",
    "eu-west-1",
    "eu-central-1",
    "ap-northeast-2",
    "ap-northeast-1",
    "sa-east-1",
    "koreacentral",
    "eastus2",
    "europe-west4",
    "asia-northeast3",
];
const TEAMS_KO: &[&str] = &[
    "결제",
    "검색",
    "정산",
    "물류",
    "회원",
    "추천",
    "광고",
    "데이터",
    "인프라",
    "보안",
    "상품",
    "전시",
];
const FAMILIES: &[&str] = &["m5", "c6g", "r6i", "t3", "m7g", "p4d", "g5", "x2gd", "i4i", "c7gn"];
const SIZES: &[&str] = &[
    "nano", "micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "12xlarge",
    "24xlarge",
];

/// `count` different names in the proportions of a real estate: mostly resources, then tags,
/// descriptions, usage types and accounts. The same seed gives the same names.
#[must_use]
pub fn names(seed: u64, count: usize) -> BTreeMap<String, Vec<EstateName>> {
    let mut dice = Dice::from(ChaCha8Rng::seed_from_u64(seed));
    let mut names: BTreeMap<String, BTreeSet<EstateName>> = BTreeMap::new();
    let mut made = 0_usize;
    while made < count {
        let (dimension, name) = one(&mut dice);
        if names.entry(dimension.to_owned()).or_default().insert(name) {
            made = made.saturating_add(1);
        }
    }
    names.into_iter().map(|(dimension, names)| (dimension, names.into_iter().collect())).collect()
}

fn one(dice: &mut Dice) -> (&'static str, EstateName) {
    let bare = |value: String| EstateName { value, label: None };
    let workload = word(dice, WORKLOADS);
    let part = word(dice, PARTS);
    let environment = word(dice, ENVIRONMENTS);
    let region = word(dice, REGIONS);
    let number = dice.below(10_000);
    let instance = format!("{}.{}", word(dice, FAMILIES), word(dice, SIZES));
    match dice.below(20) {
        0..=6 => (
            "resource_id",
            EstateName {
                value: format!("i-{:017x}", wide(dice)),
                label: Some(format!("{workload}-{part}-{environment}-{number:04}")),
            },
        ),
        7..=9 => ("resource_id", bare(format!("vol-{:017x}", wide(dice)))),
        10..=11 => ("resource_name", bare(format!("{workload}-{part}-{environment}-{number:04}"))),
        12 => ("tag:application", bare(format!("{workload}-{part}-{}", dice.below(400)))),
        13 => ("tag:owner", bare(format!("{}-{}팀", word(dice, TEAMS_KO), dice.below(2_000)))),
        14 => ("tag:project", bare(format!("{} {workload} {number}", word(dice, TEAMS_KO)))),
        15 => ("usage_type", bare(format!("{region}-BoxUsage:{instance}:{number}"))),
        16 => (
            "charge_description",
            bare(format!(
                "${}.{number:04} per On Demand Linux {instance} Instance Hour in {region}",
                dice.below(9)
            )),
        ),
        17 => ("sku", bare(format!("{:012X}", wide(dice) % 0xFFFF_FFFF_FFFF))),
        18 => (
            "sub_account",
            EstateName {
                value: format!("{:012}", wide(dice) % 1_000_000_000_000),
                label: Some(format!("{workload} {environment} {number}")),
            },
        ),
        _ => ("tag:cost-center", bare(format!("cc-{:06}", dice.below(1_000_000)))),
    }
}

fn word(dice: &mut Dice, words: &'static [&'static str]) -> &'static str {
    dice.pick(words).copied().unwrap_or_default()
}

fn wide(dice: &mut Dice) -> u64 {
    u64::try_from(dice.below(usize::MAX)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_number_of_different_names() {
        let estate = names(3, 5_000);
        assert_eq!(estate.values().map(Vec::len).sum::<usize>(), 5_000);
        assert_eq!(estate, names(3, 5_000));
        assert_ne!(estate, names(4, 5_000));
        assert!(estate.len() >= 9, "{:?}", estate.keys());
    }
}
