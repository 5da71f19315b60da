//! Questions as people ask them, and what each is understood as.

#![expect(clippy::format_push_string, reason = "one line is put together from its parts")]

use jiff::civil::{Date, date};
use wherefore_contract::{
    cost::{Direction, Measure, PeriodBasis, Scale},
    dimension::Dimension,
    filter::{Comparison, FilterOp},
    metadata::{MatchKind, MetadataHit},
    period::{Period, format_moment},
    quality::{CostDescription, DimensionFill, TransactionCoverage},
    question::Question,
};

use super::understand;
use crate::request::{Known, Moment, Reading, Understanding};

mod ahead;
mod analyses;
mod conversation;
mod english;
mod figures;
mod hostile;
mod korean;
mod moments;
mod senses;
mod wordings;

// Names of a made-up estate, as a catalog would find them.
const NAMES: &[(&str, &str, &str)] = &[
    ("ec2", "cloud_service", "Amazon Elastic Compute Cloud"),
    ("rds", "cloud_service", "Amazon RDS"),
    ("s3", "cloud_service", "Amazon Simple Storage Service"),
    ("cloudwatch", "cloud_service", "AmazonCloudWatch"),
    ("virtual machines", "cloud_service", "Virtual Machines"),
    ("aws", "provider", "AWS"),
    ("azure", "provider", "Microsoft"),
    ("애저", "provider", "Microsoft"),
    ("microsoft", "provider", "Microsoft"),
    ("oracle", "provider", "Oracle"),
    ("오라클", "provider", "Oracle"),
    ("us-east-1", "region", "us-east-1"),
    ("seoul", "region", "ap-northeast-2"),
    ("서울", "region", "ap-northeast-2"),
    ("ap-northeast-2", "region", "ap-northeast-2"),
    ("checkout", "workload", "checkout"),
    ("checkout", "tag:workload", "checkout"),
    ("결제", "workload", "checkout"),
    ("search", "workload", "search"),
    ("storefront", "tag:app", "storefront"),
    ("ml-train", "tag:app", "ml-train"),
    ("payments", "tag:app", "payments"),
    ("payments", "sub_account_name", "payments"),
    ("dev", "tag:environment", "dev"),
    ("dev", "sub_account_name", "dev"),
    ("prod", "tag:environment", "prod"),
    ("production", "tag:environment", "prod"),
    ("200000000015", "sub_account", "200000000015"),
    ("200000000012", "sub_account", "200000000012"),
    ("t3.medium", "instance_type", "t3.medium"),
    ("gb-mo", "consumed_unit", "GB-Mo"),
    ("compute", "service_category", "Compute"),
    ("컴퓨트", "service_category", "Compute"),
];

pub(crate) fn hits(text: &str) -> Vec<MetadataHit> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for (name, dimension, value) in NAMES {
        for (start, _) in lower.match_indices(name) {
            let end = start + name.len();
            let letter = |at: Option<char>| at.is_some_and(|c| c.is_ascii_alphanumeric());
            let ascii = name.is_ascii();
            let before = lower[..start].chars().next_back();
            if ascii && (letter(before) || letter(lower[end..].chars().next())) {
                continue;
            }
            found.push(MetadataHit {
                dimension: dimension.parse().unwrap(),
                value: (*value).to_owned(),
                label: None,
                matched: (start, end),
                how: MatchKind::Exact,
                score: 1000,
            });
        }
    }
    found
}

pub(crate) fn description(from: Date, after: Date) -> CostDescription {
    let names = [
        "provider",
        "cloud_service",
        "service_category",
        "region",
        "sub_account",
        "sub_account_name",
        "billing_account",
        "charge_category",
        "charge_class",
        "pricing_category",
        "commitment_discount_status",
        "commitment_discount_type",
        "resource_id",
        "instance_type",
        "usage_type",
        "consumed_unit",
        "line_item_type",
        "billing_period",
        "tag:app",
        "tag:environment",
        "tag:team",
        "tag:workload",
    ];
    let fill = |name: &str| DimensionFill {
        dimension: name.to_owned(),
        distinct: 3,
        filled_percent: "100.00".to_owned(),
    };
    CostDescription {
        snapshot: "s000001".to_owned(),
        rows: 1000,
        coverage: Some(Period::of_days(from, after).unwrap()),
        dimensions: names.into_iter().map(fill).collect(),
        workload_tag: "workload".to_owned(),
        transactions: vec![TransactionCoverage {
            workload: "checkout".to_owned(),
            period: Period::of_days(from, after).unwrap(),
            grain: "day".to_owned(),
            has_charges: true,
            missing_days: Vec::new(),
        }],
        default_cost: Some(Measure::BilledCost),
        ..CostDescription::default()
    }
}

// Three loaded months, asked in the month after them.
pub(crate) fn known(text: &str) -> (Known, Date) {
    let description = description(date(2026, 8, 1), date(2026, 11, 1));
    (Known { description, hits: hits(text), ..Known::default() }, date(2026, 11, 5))
}

fn read(text: &str) -> String {
    let (known, as_of) = known(text);
    told(text, &known, as_of)
}

fn told(text: &str, known: &Known, as_of: Date) -> String {
    summary(&understand(&Question::parse(text, None, as_of).unwrap(), known))
}

fn days(moment: Moment) -> String {
    let period = moment.period;
    format!("{}..{}", format_moment(period.start()), format_moment(period.end()))
}

/// One line that holds everything a reading decides.
fn summary(understanding: &Understanding) -> String {
    let reading = match understanding {
        Understanding::Reading(reading) => reading,
        Understanding::AskedBack(lacking) => return format!("asked back: {lacking:?}"),
        Understanding::NeedsClarification(choices) => {
            let of = |dimension: &Dimension, value: &str| format!("{dimension}={value}");
            let choices: Vec<_> = choices.iter().map(|c| of(&c.dimension, &c.value)).collect();
            return format!("clarify {}", choices.join(" or "));
        }
        Understanding::Declined(decline) => return format!("declined {}", decline.reason.code()),
    };
    let ask = serde_json::to_value(reading.ask).unwrap();
    let ask = ask.as_str().map_or_else(|| ask.to_string(), str::to_owned);
    let measures: Vec<_> = reading.measures.iter().map(ToString::to_string).collect();
    let mut line = format!("{ask} {}", measures.join("+"));
    if !reading.dimensions.is_empty() {
        let names: Vec<_> = reading.dimensions.iter().map(ToString::to_string).collect();
        line.push_str(&format!(" by {}", names.join("+")));
    }
    for condition in &reading.conditions {
        let filter = &condition.filter;
        let op = match filter.op {
            FilterOp::In => "=",
            FilterOp::NotIn => "!=",
            FilterOp::Contains => "~",
            FilterOp::NotContains => "!~",
            FilterOp::IsNull => " is null",
            FilterOp::NotNull => " not null",
        };
        line.push_str(&format!(" [{}{op}{}]", filter.dimension, filter.values.join("|")));
    }
    if let Some(base) = reading.base {
        line.push_str(&format!(" {} ->", days(base)));
    }
    line.push_str(&reading.period.map_or_else(|| " all".to_owned(), |p| format!(" {}", days(p))));
    line.push_str(&details(reading));
    if reading.direction == Direction::Ascending {
        line.push_str(" ascending");
    }
    line
}

/// Thresholds, cuts and switches of a reading.
fn details(reading: &Reading) -> String {
    let mut out = String::new();
    let amount = |column: &str, op: Comparison, value| format!(" [{column} {} {value}]", op.sign());
    for having in &reading.having {
        out.push_str(&amount(&having.column, having.op, having.value));
    }
    for row in &reading.amounts {
        out.push_str(&amount(&format!("each {}", row.measure), row.op, row.value));
    }
    if let Some(limit) = reading.limit {
        out.push_str(&format!(" limit {limit}"));
    }
    for dimension in &reading.limit_per {
        out.push_str(&format!(" per {dimension}"));
    }
    if let Some(place) = reading.nth {
        out.push_str(&format!(" place {place}"));
    }
    if let Some(column) = &reading.rank_by {
        out.push_str(&format!(" ranked by {column}"));
    }
    match reading.scale {
        Some(Scale::Days(days)) => out.push_str(&format!(" at {days} days")),
        Some(Scale::Times(times)) => out.push_str(&format!(" times {times}")),
        Some(Scale::OverDays(days)) => out.push_str(&format!(" over {days} days")),
        None => {}
    }
    let flags = [
        (reading.per_day, " per day"),
        (reading.change, " with change"),
        (reading.running, " running"),
        (reading.only_count, " counted"),
        (reading.share_of_change, " share of change"),
        (reading.period_basis == PeriodBasis::Billing, " as billed"),
    ];
    out.extend(flags.into_iter().filter(|(set, _)| *set).map(|(_, word)| word));
    if let Some(within) = &reading.within {
        let names: Vec<String> = within.iter().map(|own| own.dimension.name()).collect();
        out.push_str(&format!(" within {}", names.join("+")));
    }
    for side in &reading.sides {
        let filters: Vec<String> = side
            .conditions
            .iter()
            .map(|held| format!("{}={}", held.filter.dimension, held.filter.values.join("|")))
            .collect();
        out.push_str(&format!(" <{} {}>", side.measure, filters.join(" ")));
    }
    if !reading.unread.is_empty() {
        out.push_str(&format!(" unread {}", reading.unread.len()));
    }
    out
}

/// Compares a whole table at once, so that one run shows everything that differs.
fn check(table: &[(&str, &str)]) {
    check_as(table, read);
}

fn check_as(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(question, expected)| {
            let got = read(question);
            (got != *expected).then(|| format!("{question}\n  want {expected}\n  got  {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.len(), wrong.join("\n"));
}
