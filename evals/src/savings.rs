//! Savings planted by the demo: the plan that a company is given is held against how its usage was made.
//!
//! A planted waste is right when it is found with its amount, wrong when the amount is another, declined when it is
//! not found. What is found and is none is wrong. The total is held against a bill of the month that was made again
//! with every action done.

use std::collections::BTreeMap;

use wherefore_contract::{
    Decimal,
    answer::{Answer, ResultKind},
};
use wherefore_demo::{SavingTruth, SavingsTruth};

use crate::{
    companies::{Founds, each_company},
    report::{Failure, Outcome, SuiteReport},
};

/// The question in both languages.
const QUESTIONS: [&str; 2] = ["What can we save?", "줄일 수 있는 비용은?"];
/// An amount may be apart from its truth by so much of it.
const AMOUNT_APART: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// A total may be apart from the bill that was made again by so much.
const TOTAL_APART: Decimal = Decimal::from_parts(3, 0, 0, false, 2);
// A difference below a cent is none.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Asks the companies of the seeds, `at_once` side by side; `done` hears how many are done.
///
/// The report does not depend on `at_once`.
pub async fn run_savings(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut tally = Tally { report: SuiteReport::new("savings"), ..Tally::default() };
    let ask = |seed| one_company(seed, founds);
    let count = each_company(seeds, at_once, done, ask, |cases| {
        for case in cases {
            tally.add(case);
        }
    })
    .await;
    tally.finish(count)
}

/// One thing that an answer is held against.
#[derive(Debug)]
struct Case {
    id: String,
    kind: &'static str,
    check: String,
    outcome: Outcome,
    expected: String,
    got: String,
    why: &'static str,
    /// How far an amount is from its truth, as a part of it.
    apart: Option<Decimal>,
    /// Sum of the proposals by themselves over the plan, for totals.
    overlap: Option<Decimal>,
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Vec<Case> {
    let failed = |why: String| {
        vec![Case {
            got: why,
            ..case(seed, "company", "", Outcome::Declined, "a company that answers", "it does not")
        }]
    };
    let founded = match founds.found(seed).await {
        Ok(founded) => founded,
        Err(why) => return failed(why),
    };
    let Some(truth) = &founded.truth().savings else {
        return failed("no savings are planted".to_owned());
    };
    let as_of = truth.period.end().date();
    let [english, korean] = QUESTIONS;
    let english = founded.ask(english, as_of).await;
    let korean = founded.ask(korean, as_of).await;
    match (english, korean) {
        (Ok(english), Ok(korean)) => held(seed, truth, &english, &korean),
        (Err(why), _) | (_, Err(why)) => failed(why),
    }
}

fn case(
    seed: u64,
    kind: &'static str,
    name: &str,
    outcome: Outcome,
    expected: &str,
    why: &'static str,
) -> Case {
    Case {
        id: format!("{seed}/{kind}/{name}"),
        kind,
        check: name.split('/').next().unwrap_or_default().to_owned(),
        outcome,
        expected: expected.to_owned(),
        got: String::new(),
        why,
        apart: None,
        overlap: None,
    }
}

type Found = BTreeMap<(String, String), Decimal>;

fn held(seed: u64, truth: &SavingsTruth, english: &Answer, korean: &Answer) -> Vec<Case> {
    let found = findings(english);
    let wanted = summed(&truth.findings);
    let mut cases: Vec<Case> =
        wanted.iter().map(|saving| one_finding(seed, saving, &found)).collect();
    for ((check, resource), amount) in &found {
        let is_true =
            |saving: &SavingTruth| saving.check == *check && saving.resource_id == *resource;
        if !truth.findings.iter().any(is_true) {
            let name = format!("{check}/{resource}");
            let why = "nothing can be saved there";
            let wrong = case(seed, "false_find", &name, Outcome::Wrong, "no finding", why);
            cases.push(Case { got: amount.normalize().to_string(), ..wrong });
        }
    }
    cases.push(total(seed, truth, english));
    let same = english.result == korean.result
        && english.verdict == korean.verdict
        && [english, korean].iter().all(|answer| answer.run.withheld == 0);
    let outcome = if same { Outcome::Right } else { Outcome::Wrong };
    let why = "the answers differ, or a sentence was withheld";
    cases.push(case(
        seed,
        "both_languages",
        "",
        outcome,
        "the same figures, nothing withheld",
        why,
    ));
    cases
}

// A family of machines that is bought in several regions is one finding, planted where one of them is.
fn summed(findings: &[SavingTruth]) -> Vec<SavingTruth> {
    let mut all: Vec<SavingTruth> = Vec::new();
    for saving in findings {
        let same = |held: &&mut SavingTruth| {
            held.check == saving.check && held.resource_id == saving.resource_id
        };
        match all.iter_mut().find(same) {
            Some(held) => {
                held.monthly_saving += saving.monthly_saving;
                held.cost_before += saving.cost_before;
                held.cost_after += saving.cost_after;
                held.is_planted |= saving.is_planted;
            }
            None => all.push(saving.clone()),
        }
    }
    all
}

fn one_finding(seed: u64, saving: &SavingTruth, found: &Found) -> Case {
    let kind = if saving.is_planted { "planted" } else { "by_chance" };
    let name = format!("{}/{}", saving.check, saving.resource_id);
    let key = (saving.check.clone(), saving.resource_id.clone());
    let wanted = saving.monthly_saving;
    let expected = wanted.round_dp(6).normalize().to_string();
    let Some(amount) = found.get(&key) else {
        return case(seed, kind, &name, Outcome::Declined, &expected, "not found");
    };
    let away = (*amount - wanted).abs();
    let apart = away.checked_div(wanted).unwrap_or_default();
    let is_right = apart <= AMOUNT_APART || away <= CENT;
    let outcome = if is_right { Outcome::Right } else { Outcome::Wrong };
    Case {
        got: amount.normalize().to_string(),
        apart: Some(apart),
        ..case(seed, kind, &name, outcome, &expected, "another amount")
    }
}

// The total against the bill that was made again with every action done.
fn total(seed: u64, truth: &SavingsTruth, answer: &Answer) -> Case {
    let saved = truth.monthly_cost - truth.simulated_monthly_cost_after_all_actions;
    let expected = saved.round_dp(6).normalize().to_string();
    let number = |name: &str| -> Option<Decimal> {
        answer.verdict.as_ref()?.get(name)?.as_str()?.parse().ok()
    };
    let Some(total) = number("total_monthly_saving") else {
        return case(seed, "total", "", Outcome::Declined, &expected, "no total");
    };
    let apart = (total - saved).abs().checked_div(saved).unwrap_or(Decimal::ONE);
    let outcome = if apart <= TOTAL_APART { Outcome::Right } else { Outcome::Wrong };
    Case {
        got: total.normalize().to_string(),
        apart: Some(apart),
        overlap: number("total_without_order").and_then(|sum| sum.checked_div(total)),
        ..case(seed, "total", "", outcome, &expected, "another total")
    }
}

// Amounts by check and resource; a pool of several regions is one.
fn findings(answer: &Answer) -> Found {
    let mut found = Found::new();
    if answer.result.kind != ResultKind::Rows {
        return found;
    }
    let place = |name: &str| answer.result.columns.iter().position(|column| column.name == name);
    let (Some(check), Some(resource), Some(amount)) =
        (place("check"), place("resource_id"), place("monthly_saving"))
    else {
        return found;
    };
    for row in &answer.result.rows {
        let text = |at: usize| row.get(at).cloned().flatten().unwrap_or_default();
        let value: Decimal = text(amount).parse().unwrap_or_default();
        *found.entry((text(check), text(resource))).or_default() += value;
    }
    found
}

/// Counts over all companies.
#[derive(Debug, Default)]
struct Tally {
    report: SuiteReport,
    /// Cases, found ones and the farthest amount, by kind.
    kinds: BTreeMap<&'static str, (u32, u32, Decimal)>,
    overlaps: Vec<Decimal>,
}

impl Tally {
    fn add(&mut self, case: Case) {
        let Case { id, kind, check, outcome, expected, got, why, apart, overlap } = case;
        let counted = self.kinds.entry(kind).or_default();
        counted.0 += 1;
        counted.1 += u32::from(apart.is_some());
        counted.2 = counted.2.max(apart.unwrap_or_default());
        self.overlaps.extend(overlap);
        let keys = [kind.to_owned(), check];
        let keys = keys.iter().filter(|key| !key.is_empty()).cloned().collect::<Vec<_>>();
        self.report.add_under(&keys, outcome, || Failure {
            id,
            expected,
            got,
            why: why.to_owned(),
        });
    }

    fn finish(self, companies: u64) -> SuiteReport {
        let Self { mut report, kinds, overlaps } = self;
        let mut figure = |name: &str, value: String| {
            report.figures.insert(name.to_owned(), value);
        };
        let percent = |part: Decimal| (part * Decimal::ONE_HUNDRED).round_dp(4).normalize();
        let of = |kind: &str| kinds.get(kind).copied().unwrap_or_default();
        figure("companies", companies.to_string());
        for kind in ["planted", "by_chance"] {
            let (all, found, apart) = of(kind);
            figure(&format!("{kind}_found"), format!("{found} of {all}"));
            figure(&format!("{kind}_farthest_amount_percent"), percent(apart).to_string());
        }
        figure("false_finds", of("false_find").0.to_string());
        figure("farthest_total_percent", percent(of("total").2).to_string());
        let count = Decimal::from(overlaps.len());
        let mean = overlaps.iter().sum::<Decimal>().checked_div(count).unwrap_or_default();
        figure("sum_of_checks_apart_over_total_mean_percent", percent(mean).to_string());
        report
    }
}

#[cfg(test)]
mod tests;
