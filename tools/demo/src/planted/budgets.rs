//! Budgets of a workload whose every charge is known: one that holds, one that is used up early, one that runs out
//! late, in each of the last months.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use jiff::civil::Date;
use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    DemoError,
    calendar::{Month, date_of},
    company::Company,
};

pub(super) const STREAM: u64 = 7;
pub(super) const FILE: &str = "budgets.csv";

const NAMES: [&str; 3] = ["Storefront operations", "Storefront growth", "Storefront reserve"];
// The last months that have budgets, and the days of them that are charged when a budget is asked about.
const MONTHS: usize = 2;
const DAYS_SEEN: usize = 15;
const CENTS: u32 = 2;

/// What becomes of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Holds,
    UsedUp,
    RunsOut,
}

/// A budget, and how it stands on a day in its middle. Amounts are in US dollars.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetTruth {
    pub name: String,
    pub workload: String,
    /// Its first day, and the first after it.
    pub start: Date,
    pub end: Date,
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// The day on which it is asked about: earlier days are charged.
    pub as_of: Date,
    /// What was billed before that day, and in all.
    #[serde(with = "rust_decimal::serde::str")]
    pub spent: Decimal,
    #[serde(with = "rust_decimal::serde::str")]
    pub total: Decimal,
    /// `within`, `exceeded` or `will_exceed`.
    pub state: String,
    /// The first evening on which more than the amount was billed.
    pub runs_out: Option<Date>,
}

/// Plants the budgets of a workload that no commitment covers.
pub(super) fn plant(
    company: &Company,
    workload: &str,
    random: &mut ChaCha8Rng,
) -> Result<Vec<BudgetTruth>, DemoError> {
    let Some(place) = company.workloads.iter().position(|held| held.name == workload) else {
        return Ok(Vec::new());
    };
    let months = &company.calendar.months;
    let from = months.len().saturating_sub(MONTHS);
    let mut budgets = Vec::new();
    for month in months.get(from..).unwrap_or_default() {
        let costs = costs(company, place, *month)?;
        let mut names = NAMES;
        names.shuffle(random);
        for (name, fate) in names.into_iter().zip([Fate::Holds, Fate::UsedUp, Fate::RunsOut]) {
            let last = match fate {
                Fate::Holds => None,
                Fate::UsedUp => Some(random.random_range(7..DAYS_SEEN - 2)),
                Fate::RunsOut => Some(random.random_range(DAYS_SEEN + 6..costs.len() - 3)),
            };
            let room = Decimal::new(random.random_range(112..130), 2);
            let amount = match last {
                None => costs.iter().sum::<Decimal>() * room,
                // Half of its day is covered: it runs out on that evening.
                Some(day) => {
                    let before: Decimal = costs.iter().take(day).sum();
                    before + costs.get(day).copied().unwrap_or_default() / Decimal::TWO
                }
            };
            budgets.push(BudgetTruth {
                name: name.to_owned(),
                workload: workload.to_owned(),
                start: month.first,
                end: date_of(month.end),
                amount: amount.round_dp(CENTS),
                as_of: date_of(month.start + DAYS_SEEN),
                spent: costs.iter().take(DAYS_SEEN).sum(),
                total: costs.iter().sum(),
                state: match fate {
                    Fate::Holds => "within",
                    Fate::UsedUp => "exceeded",
                    Fate::RunsOut => "will_exceed",
                }
                .to_owned(),
                runs_out: last.map(|day| date_of(month.start + day)),
            });
        }
    }
    budgets.sort_by(|one, other| (one.start, &one.name).cmp(&(other.start, &other.name)));
    Ok(budgets)
}

// What each day of a month is billed: quantities at contracted prices.
fn costs(company: &Company, workload: usize, month: Month) -> Result<Vec<Decimal>, DemoError> {
    let streams = company.streams.iter().filter(|stream| stream.workload == Some(workload));
    let streams: Vec<_> = streams.collect();
    (month.start..month.end)
        .map(|day| {
            let cost = |stream: &&crate::company::Stream| {
                let price = stream.price_on(day).percent(stream.contracted_percent);
                stream.quantities.get(day).copied().unwrap_or_default().times(price).exact()
            };
            streams.iter().map(cost).sum()
        })
        .collect()
}

/// Writes `name,start,end,amount,currency,dimension,value`; `end` is the last day.
pub(super) fn write(path: &Path, budgets: &[BudgetTruth]) -> Result<(), DemoError> {
    let failed = |source| DemoError::File { path: path.into(), source };
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    writeln!(file, "name,start,end,amount,currency,dimension,value").map_err(failed)?;
    for budget in budgets {
        let BudgetTruth { name, start, end, amount, workload, .. } = budget;
        let last = end.yesterday().map_err(|_| DemoError::TooLarge)?;
        writeln!(file, "{name},{start},{last},{amount},USD,workload,{workload}").map_err(failed)?;
    }
    file.flush().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_budget_becomes_of_what_its_truth_says() {
        for seed in 0..10 {
            let mut company = Company::found(seed, 0);
            let mut random = crate::company::random(seed, 999);
            let called = super::super::calls::plant(&mut company, &mut random).unwrap();
            let workload = called.truth.workload;
            let budgets = plant(&company, &workload, &mut random).unwrap();
            assert_eq!(budgets.len(), MONTHS * NAMES.len());
            for budget in budgets {
                assert_eq!(budget.total > budget.amount, budget.runs_out.is_some());
                assert_eq!(budget.spent > budget.amount, budget.state == "exceeded");
                let late = budget.runs_out.is_some_and(|day| day >= budget.as_of);
                assert_eq!(late, budget.state == "will_exceed");
            }
        }
    }
}
