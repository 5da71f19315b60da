//! Reads what the collector found back out of its evidence.

use jiff::civil::Date;
use wherefore_contract::{
    budget::Budget,
    evidence::Evidence,
    filter::Filter,
    metadata::{MatchKind, MetadataHit},
    period::{Period, parse_moment},
    quality::{CostDescription, DimensionFill, DiscountState, Notice, TransactionCoverage},
};

use crate::request::Known;

/// What is loaded and what names resolved to, from the tables of `describe_cost_data` and
/// `find_metadata`. Tables that are not there leave their part empty.
#[must_use]
pub fn known(evidence: &[Evidence]) -> Known {
    let table = |name: &str| evidence.iter().find(|held| held.facts.name == name);
    let mut description = CostDescription::default();
    if let Some(coverage) = table("coverage") {
        describe(&mut description, coverage);
    }
    description.dimensions = table("dimensions").map(dimensions).unwrap_or_default();
    description.notices = table("notices").map(notices).unwrap_or_default();
    description.discounts = table("periods").map(discounts).unwrap_or_default();
    description.transactions = table("transactions").map(transactions).unwrap_or_default();
    description.budgets = table("budgets_loaded").map(budgets).unwrap_or_default();
    let hits = evidence.iter().filter(|held| held.facts.name == "hits").flat_map(hits).collect();
    Known { description, hits, ..Known::default() }
}

fn rows(evidence: &Evidence) -> std::ops::Range<usize> {
    0..evidence.facts.table.rows.len()
}

fn describe(description: &mut CostDescription, coverage: &Evidence) {
    let text = |column: &str| coverage.name(0, column).unwrap_or_default();
    let count = text("rows").parse().unwrap_or(0);
    description.rows = count;
    description.snapshot.clone_from(&coverage.snapshot);
    description.coverage =
        coverage.facts.period.or_else(|| whole_days(text("first_day"), text("last_day")));
    description.default_cost = text("default_cost").parse().ok();
    text("workload_tag").clone_into(&mut description.workload_tag);
    let list = |column: &str| -> Vec<String> {
        text(column).split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    description.billing_currencies = list("billing_currencies");
    description.providers = list("providers");
    description.formats = list("formats");
}

fn whole_days(first: &str, last: &str) -> Option<Period> {
    let start = parse_moment(first).ok()?;
    let last: Date = parse_moment(last).ok()?.date();
    Period::of_days(start.date(), last.tomorrow().ok()?).ok()
}

fn dimensions(evidence: &Evidence) -> Vec<DimensionFill> {
    let fill = |row| {
        Some(DimensionFill {
            dimension: evidence.name(row, "dimension")?.to_owned(),
            distinct: evidence.name(row, "distinct")?.parse().ok()?,
            filled_percent: evidence.name(row, "filled_percent").unwrap_or_default().to_owned(),
        })
    };
    rows(evidence).filter_map(fill).collect()
}

// A row holds one figure of a notice: what it tells stands in as many notices as it has figures.
fn notices(evidence: &Evidence) -> Vec<Notice> {
    let notice = |row| {
        let text = |column: &str| evidence.name(row, column).unwrap_or_default().to_owned();
        let parsed = |column: &str| serde_json::Value::String(text(column));
        let figure = evidence.name(row, "figure").map(|name| (name.to_owned(), text("value")));
        Some(Notice {
            code: serde_json::from_value(parsed("code")).ok()?,
            subject: text("subject"),
            source: text("source"),
            billing_period: text("billing_period").parse().ok(),
            severity: serde_json::from_value(parsed("severity")).ok()?,
            figures: figure.into_iter().collect(),
            text: text("text"),
        })
    };
    rows(evidence).filter_map(notice).collect()
}

fn discounts(evidence: &Evidence) -> Vec<DiscountState> {
    let state = |row| {
        let text = |column: &str| evidence.name(row, column).unwrap_or_default().to_owned();
        Some(DiscountState {
            provider: text("provider"),
            billing_account: text("billing_account"),
            billing_period: text("billing_period").parse().ok()?,
            layout: serde_json::from_value(serde_json::Value::String(text("discount_layout")))
                .ok()?,
        })
    };
    rows(evidence).filter_map(state).collect()
}

fn transactions(evidence: &Evidence) -> Vec<TransactionCoverage> {
    let covered = |row| {
        let text = |column: &str| evidence.name(row, column).unwrap_or_default();
        Some(TransactionCoverage {
            workload: evidence.name(row, "workload")?.to_owned(),
            period: whole_days(text("first_day"), text("last_day"))?,
            grain: text("grain").to_owned(),
            has_charges: text("has_charges") == "true",
            missing_days: Vec::new(),
        })
    };
    rows(evidence).filter_map(covered).collect()
}

fn budgets(evidence: &Evidence) -> Vec<Budget> {
    let budget = |row| {
        let text = |column: &str| evidence.name(row, column).unwrap_or_default();
        let days = whole_days(text("first_day"), text("last_day"))?;
        let filter = evidence.name(row, "dimension").and_then(|name| name.parse().ok());
        Some(Budget {
            name: evidence.name(row, "budget")?.to_owned(),
            start: days.start().date(),
            end: days.end().date(),
            amount: evidence.facts.table.number(row, "budget_amount")?,
            currency: text("currency").to_owned(),
            filter: filter.map(|dimension| Filter::any_of(dimension, [text("value")])),
        })
    };
    rows(evidence).filter_map(budget).collect()
}

fn hits(evidence: &Evidence) -> Vec<MetadataHit> {
    let hit = |row| {
        let number = |column: &str| evidence.name(row, column)?.parse().ok();
        let how = match evidence.name(row, "how")? {
            "exact" => MatchKind::Exact,
            "alias" => MatchKind::Alias,
            "contains" => MatchKind::Contains,
            "words" => MatchKind::Words,
            "prefix" => MatchKind::Prefix,
            "typo" => MatchKind::Typo,
            _ => return None,
        };
        Some(MetadataHit {
            dimension: evidence.name(row, "dimension")?.parse().ok()?,
            value: evidence.name(row, "value")?.to_owned(),
            label: evidence.name(row, "label").map(str::to_owned),
            matched: (number("matched_start")?, number("matched_end")?),
            how,
            score: evidence.name(row, "score")?.parse().ok()?,
        })
    };
    rows(evidence).filter_map(hit).collect()
}
