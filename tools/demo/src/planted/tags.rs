//! Tags that people wrote in more than one way: values and keys of a payer of its own, with pairs that only look alike.

use std::path::Path;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use wherefore_load::focus_file::{FocusFileWriter, FocusRow};

use super::bill::{Payer, on_day};
use crate::{
    DemoError,
    calendar::{Calendar, Month},
};

pub(super) const STREAM: u64 = 9;

const PAYER: Payer =
    Payer { account: ("410000000960", "Moonjar Gifts"), folder: "aws-gifts", invoice: "gifts" };
const KEY: &str = "product";
// None of them is a word of the company itself.
const PRODUCTS: [&str; 4] =
    ["present-wrapping", "greeting-cards", "flower-baskets", "birthday-boxes"];
// Pairs that somebody means apart.
const APART: [[&str; 2]; 2] =
    [["kiosk-counter-1", "kiosk-counter-2"], ["parcels-eu", "parcels-us"]];
const METER: &str = "APN2-AWSSecretsManager-Secrets";

/// What was written in more than one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagsTruth {
    pub near: Vec<NearTruth>,
    /// Values of the key `product` that look alike and are different things.
    pub apart: Vec<[String; 2]>,
}

/// One spelling that means another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearTruth {
    /// The tag key; empty where keys themselves are meant.
    pub key: String,
    pub spelling: String,
    pub like: String,
    /// `case`, `separators` or `slip`.
    pub by: String,
    /// What charges with the spelling were billed in the last month, in US dollars.
    #[serde(with = "rust_decimal::serde::str")]
    pub billed_cost: Decimal,
}

// Charges of one resource with its tags, the same each day.
struct Line {
    resource: String,
    tags: String,
    cost: Decimal,
}

/// Writes `dir/bills/aws-gifts/<YYYY-MM>.parquet` and returns what is wrong in it.
pub(crate) fn plant(dir: &Path, calendar: &Calendar, seed: u64) -> Result<TagsTruth, DemoError> {
    let mut random = super::stream(seed, STREAM);
    let product = PRODUCTS.get(random.random_range(0..PRODUCTS.len())).copied().unwrap_or(KEY);
    let days = calendar.months.last().map_or(0, |month| month.days());
    let mut lines = Vec::new();
    let mut near = Vec::new();
    let mut add = |tags: serde_json::Value, cents: i64| {
        let cost = Decimal::new(cents, 2);
        let resource = format!("arn:aws:secretsmanager:ap-northeast-2:gift-{}", lines.len());
        lines.push(Line { resource, tags: tags.to_string(), cost });
        cost * Decimal::from(days)
    };
    add(json!({ KEY: product }), 4_000);
    let spellings = [
        (capitals(product), "case"),
        (product.replace('-', "_"), "separators"),
        (slip(product, &mut random), "slip"),
    ];
    for ((spelling, by), cents) in spellings.into_iter().zip([310, 220, 140]) {
        let billed_cost = add(json!({ KEY: spelling }), cents);
        let (key, like) = (KEY.to_owned(), product.to_owned());
        near.push(NearTruth { key, spelling, like, by: by.to_owned(), billed_cost });
    }
    for (key, value, like, by) in [
        ("enviroment", "prod", "environment", "slip"),
        ("cost_center", "cc-1200", "cost-center", "separators"),
    ] {
        let billed_cost = add(json!({ key: value, KEY: product }), 90);
        let (spelling, like) = (key.to_owned(), like.to_owned());
        near.push(NearTruth { key: String::new(), spelling, like, by: by.to_owned(), billed_cost });
    }
    for value in APART.into_iter().flatten() {
        add(json!({ KEY: value }), 180);
    }
    PAYER.bill(dir, calendar, &lines, write_month)?;
    Ok(TagsTruth { near, apart: APART.map(|pair| pair.map(str::to_owned)).to_vec() })
}

fn capitals(word: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect::<String>()
        })
    };
    word.split('-').map(part).collect::<Vec<_>>().join("-")
}

// A letter left out, written twice, or swapped with its neighbour, within the first word.
fn slip(word: &str, random: &mut ChaCha8Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let end = letters.iter().position(|letter| *letter == '-').unwrap_or(letters.len());
    let at = random.random_range(1..end.max(3) - 1);
    match random.random_range(0..3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters.get(at).copied().unwrap_or('x')),
        // Two of the same swapped would be no slip.
        _ if letters.get(at) == letters.get(at + 1) => {
            letters.remove(at);
        }
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn write_month(
    file: &mut FocusFileWriter,
    month: Month,
    row: &FocusRow<'_>,
    line: &Line,
) -> Result<(), DemoError> {
    for day in month.start..month.end {
        file.write(&FocusRow {
            charge_category: Some("Usage"),
            charge_description: Some("Secrets of the gift shop"),
            charge_frequency: Some("Usage-Based"),
            consumed_quantity: Some(line.cost),
            consumed_unit: Some("Secrets"),
            pricing_quantity: Some(line.cost),
            pricing_unit: Some("Secrets"),
            pricing_category: Some("Standard"),
            list_unit_price: Some(Decimal::ONE),
            contracted_unit_price: Some(Decimal::ONE),
            billed_cost: Some(line.cost),
            effective_cost: Some(line.cost),
            contracted_cost: Some(line.cost),
            list_cost: Some(line.cost),
            region_id: Some("ap-northeast-2"),
            region_name: Some("Asia Pacific (Seoul)"),
            resource_id: Some(&line.resource),
            resource_type: Some("Secret"),
            service_category: Some("Security"),
            service_name: Some("AWS Secrets Manager"),
            sku_id: Some(METER),
            sku_meter: Some(METER),
            sub_account_id: Some("410000000961"),
            sub_account_name: Some("moonjar-gifts"),
            tags: Some(&line.tags),
            ..on_day(row, day)
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    #[test]
    fn a_slip_is_another_word_of_about_the_same_letters() {
        for seed in 0..200 {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            for product in PRODUCTS {
                let slipped = slip(product, &mut random);
                assert_ne!(slipped, product);
                assert!(slipped.len().abs_diff(product.len()) <= 1, "{slipped}");
            }
        }
        assert_eq!(capitals("present-wrapping"), "Present-Wrapping");
    }
}
