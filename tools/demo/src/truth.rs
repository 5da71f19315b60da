//! What a good answer must find: written beside the bills for checks, never read by the product.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wherefore_contract::period::Period;

use crate::{
    DemoError,
    calendar::Month,
    company::{Company, Story},
    ledger::Ledger,
    money::{Amount, Quantity},
    planted::{
        BudgetTruth, CallsTruth, HoursTruth, TagsTruth, anomalies::AnomaliesTruth,
        commitments::CommitmentsTruth, incidents::IncidentsTruth, metrics::MetricsTruth,
        savings::SavingsTruth,
    },
};

mod question;

/// All truths of one seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoTruth {
    pub company: String,
    pub seed: u64,
    pub period: Period,
    pub rows: u64,
    pub workloads: usize,
    pub bills: Vec<BillTruth>,
    pub stories: Vec<StoryTruth>,
    /// What can be saved, where it was planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub savings: Option<SavingsTruth>,
    /// Workloads that are counted by the hour, and what their hours allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<HoursTruth>,
    /// Clients that call more often than they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallsTruth>,
    /// Budgets, and how they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<BudgetTruth>,
    /// What is unusual, where it was planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anomalies: Option<AnomaliesTruth>,
    /// Tags that were written in more than one way, where they were planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<TagsTruth>,
    /// What commitments did and should be made, where they were planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitments: Option<CommitmentsTruth>,
    /// What only metrics show, where it was planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metrics: Option<MetricsTruth>,
    /// What broke and when, where it was planted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incidents: Option<IncidentsTruth>,
}

/// One bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillTruth {
    /// FOCUS `ProviderName`.
    pub provider: String,
    pub billing_period: Period,
    pub rows: u64,
    #[serde(with = "rust_decimal::serde::str")]
    pub billed_cost: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub effective_cost: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub list_cost: Decimal,
}

/// One planted change of a unit cost. Costs are effective costs in US dollars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryTruth {
    /// What happened, e.g. `commitment_expiry`.
    pub id: String,
    pub workload: String,
    pub from: Period,
    pub to: Period,
    /// The day on which it happened.
    pub event: Date,
    pub question_en: String,
    pub question_ko: String,
    pub regime: String,
    /// `None` where no single line moved the unit cost.
    pub main_cause: Option<MainTruth>,
    /// Operating cost.
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_from: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_to: Decimal,
    /// With credits and refunds.
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_total_from: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_total_to: Decimal,
    pub transactions_from: i64,
    pub transactions_to: i64,
    /// Operating cost over transactions, rounded to eighteen decimals.
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_cost_from: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub unit_cost_to: Decimal,
    /// Parts of the change in cost that do not depend on the method: `new`, `gone`,
    /// `non_operating`. Each is exact, and absent where there is none.
    pub exact_effects: BTreeMap<String, String>,
    /// What the bridge must be made from.
    pub lines: Vec<LineTruth>,
}

/// The line that explains most of the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MainTruth {
    pub effect: String,
    pub cloud_service: String,
    pub usage_type: String,
}

/// Cost and usage of one usage type in both months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTruth {
    pub cloud_service: String,
    pub usage_type: String,
    pub unit: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_from: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub cost_to: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity_from: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity_to: Decimal,
}

/// Reads the truths off the ledger.
pub(crate) fn read(company: &Company, ledger: &Ledger, seed: u64) -> Result<DemoTruth, DemoError> {
    let months = &company.calendar.months;
    let whole = months
        .first()
        .zip(months.last())
        .and_then(|(first, last)| Period::new(first.period().start(), last.period().end()).ok());
    let mut bills = Vec::new();
    for ((provider, month_start), sums) in &ledger.bills {
        let Some(month) = months.iter().find(|month| month.start == *month_start) else { continue };
        bills.push(BillTruth {
            provider: provider.name().to_owned(),
            billing_period: month.period(),
            rows: sums.rows,
            billed_cost: exact(sums.billed)?,
            effective_cost: exact(sums.effective)?,
            list_cost: exact(sums.list)?,
        });
    }
    let stories = company.stories.iter().map(|story| story_truth(company, ledger, story));
    Ok(DemoTruth {
        company: crate::COMPANY.to_owned(),
        seed,
        period: whole.ok_or(DemoError::TooLarge)?,
        rows: ledger.rows(),
        workloads: company.workloads.len(),
        bills,
        stories: stories.collect::<Result<_, _>>()?,
        savings: None,
        hours: company.planted.hours.iter().map(|held| held.truth.clone()).collect(),
        calls: company.planted.calls.iter().map(|held| held.truth.clone()).collect(),
        budgets: company.planted.budgets.clone(),
        anomalies: None,
        tags: None,
        commitments: None,
        metrics: None,
        incidents: None,
    })
}

fn story_truth(company: &Company, ledger: &Ledger, story: &Story) -> Result<StoryTruth, DemoError> {
    let workload = company.workloads.get(story.workload).ok_or(DemoError::TooLarge)?;
    let lines = lines(ledger, story)?;
    let cost_from: Decimal = lines.iter().map(|line| line.cost_from).sum();
    let cost_to: Decimal = lines.iter().map(|line| line.cost_to).sum();
    let beside = |month: Month| {
        exact(ledger.beside.get(&(story.workload, month.start)).copied().unwrap_or_default())
    };
    let (beside_from, beside_to) = (beside(story.from)?, beside(story.to)?);
    let counted = |month: Month| -> i64 {
        let days = workload.transactions.as_deref().unwrap_or_default();
        days.get(month.start..month.end).unwrap_or_default().iter().sum()
    };
    let (transactions_from, transactions_to) = (counted(story.from), counted(story.to));
    let unit = |cost: Decimal, count: i64| {
        cost.checked_div(Decimal::from(count)).map(|unit| unit.round_dp(18))
    };
    let unit_cost_from = unit(cost_from, transactions_from).ok_or(DemoError::TooLarge)?;
    let unit_cost_to = unit(cost_to, transactions_to).ok_or(DemoError::TooLarge)?;
    let direction = question::Direction::of(story.regime, unit_cost_from, unit_cost_to);
    Ok(StoryTruth {
        id: story.id.to_owned(),
        workload: workload.name.clone(),
        from: story.from.period(),
        to: story.to.period(),
        event: crate::calendar::date_of(story.event_day),
        question_en: question::english(&workload.name, direction, story.from, story.to),
        question_ko: question::korean(&workload.name, direction, story.from, story.to),
        regime: story.regime.to_owned(),
        main_cause: story.main.as_ref().map(|main| MainTruth {
            effect: main.effect.to_owned(),
            cloud_service: main.cloud_service.to_owned(),
            usage_type: main.usage_type.clone(),
        }),
        exact_effects: exact_effects(&lines, story, beside_to - beside_from),
        cost_from,
        cost_to,
        cost_total_from: cost_from + beside_from,
        cost_total_to: cost_to + beside_to,
        transactions_from,
        transactions_to,
        unit_cost_from,
        unit_cost_to,
        lines,
    })
}

fn lines(ledger: &Ledger, story: &Story) -> Result<Vec<LineTruth>, DemoError> {
    type Cell = (Amount, Quantity);
    let mut both: BTreeMap<(&str, &str, &str), (Cell, Cell)> = BTreeMap::new();
    for (key, cell) in ledger.of(story.workload, story.from.start) {
        both.entry((key.cloud_service, &key.usage_type, key.unit)).or_default().0 = *cell;
    }
    for (key, cell) in ledger.of(story.workload, story.to.start) {
        both.entry((key.cloud_service, &key.usage_type, key.unit)).or_default().1 = *cell;
    }
    let line = |((cloud_service, usage_type, unit), (from, to)): ((&str, &str, &str), _)| {
        let (from, to): (Cell, Cell) = (from, to);
        Ok(LineTruth {
            cloud_service: cloud_service.to_owned(),
            usage_type: usage_type.to_owned(),
            unit: unit.to_owned(),
            cost_from: exact(from.0)?,
            cost_to: exact(to.0)?,
            quantity_from: from.1.decimal(),
            quantity_to: to.1.decimal(),
        })
    };
    both.into_iter().map(line).collect()
}

// Lines that stand on one side only are new or gone, unless they took over from each other.
fn exact_effects(lines: &[LineTruth], story: &Story, beside: Decimal) -> BTreeMap<String, String> {
    let is_move = story.main.as_ref().is_some_and(|main| main.effect == "mix");
    let sum = |only: fn(&LineTruth) -> bool| -> Decimal {
        let lines = lines.iter().filter(|line| only(line) && !is_move);
        lines.map(|line| line.cost_to - line.cost_from).sum()
    };
    let effects = [
        ("new", sum(|line| line.quantity_from.is_zero())),
        ("gone", sum(|line| line.quantity_to.is_zero())),
        ("non_operating", beside),
    ];
    let present = effects.into_iter().filter(|(_, amount)| !amount.is_zero());
    present.map(|(name, amount)| (name.to_owned(), amount.normalize().to_string())).collect()
}

fn exact(amount: Amount) -> Result<Decimal, DemoError> {
    amount.decimal().ok_or(DemoError::TooLarge)
}
