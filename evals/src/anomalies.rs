//! Anomalies planted by the demo: asked for as a person would, and held against where they were put.
//!
//! A planted anomaly is right when one report has its path and its days and an impact within a quarter of what was put
//! there; wrong when it is reported at another path or with another amount; declined when no report shows it. A report
//! that neither was planted nor stands where the company was made to change is a false one.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use wherefore_contract::{Decimal, answer::Answer, evidence::period_named, period::Period};
use wherefore_demo::{AnomaliesTruth, AnomalyTruth, ChangeTruth};

use crate::{
    companies::{Founds, each_company},
    report::{Failure, Outcome, SuiteReport},
};

// The day after the last loaded one, so that no day is still open.
const AS_OF: Date = date(2026, 11, 5);
const QUESTION: &str = "Show the top 200 anomalies";
// A start is the planted one within so many days.
const NEAR: i64 = 2;
// The change of a line shows within so many days: a weekend may hide it first.
const SHOWS: i64 = 14;
// The impact may be off by this part, in percent.
const OFF_PERCENT: i64 = 25;
// The steps of a path.
const STEPS: [&str; 4] = ["sub_account", "cloud_service", "region", "usage_type"];

/// One reported anomaly.
#[derive(Debug, Clone, PartialEq)]
struct Report {
    period: Period,
    path: BTreeMap<&'static str, String>,
    impact: Decimal,
}

/// How the reports of one seed went.
#[derive(Debug, Default)]
struct Scored {
    cases: Vec<(String, String, Outcome, String)>,
    found: u32,
    at_path: u32,
    off: Vec<Decimal>,
    reports: u32,
    right_reports: u32,
    false_reports: Vec<String>,
}

/// Asks for the anomalies of the companies of these seeds; `done` hears how many are done.
pub async fn run_anomalies(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let ask = async |seed: u64| match one_company(seed, founds).await {
        Ok(scored) => scored,
        Err(why) => Scored {
            cases: vec![(format!("{seed}"), "company".to_owned(), Outcome::Declined, why)],
            ..Scored::default()
        },
    };
    let mut whole = Scored::default();
    let mut report = SuiteReport::new("anomalies");
    each_company(seeds, at_once, done, ask, |one| {
        for (id, kind, outcome, got) in one.cases {
            let failure = || Failure {
                id: id.clone(),
                expected: kind.clone(),
                got: got.clone(),
                why: "the planted anomaly is not reported as it was put there".to_owned(),
            };
            report.add(&kind, outcome, failure);
        }
        whole.found += one.found;
        whole.at_path += one.at_path;
        whole.off.extend(one.off);
        whole.reports += one.reports;
        whole.right_reports += one.right_reports;
        whole.false_reports.extend(one.false_reports);
    })
    .await;
    figures(&mut report, &mut whole);
    report
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Result<Scored, String> {
    let founded = founds.found(seed).await?;
    let truth = founded.truth().anomalies.clone().ok_or("nothing unusual was planted")?;
    let answer = founded.ask(QUESTION, AS_OF).await?;
    Ok(score(seed, &truth, &reports(&answer)))
}

fn reports(answer: &Answer) -> Vec<Report> {
    let place = |name: &str| answer.result.columns.iter().position(|column| column.name == name);
    let (period, impact) = (place("period"), place("impact"));
    let steps = STEPS.map(|step| (step, place(step)));
    let rows = answer.result.rows.iter();
    rows.filter_map(|row| {
        let text = |at: Option<usize>| row.get(at?).and_then(Option::as_deref);
        Some(Report {
            period: period_named(text(period)?)?,
            path: steps
                .iter()
                .filter_map(|(step, at)| Some((*step, text(*at)?.to_owned())))
                .collect(),
            impact: text(impact)?.parse().ok()?,
        })
    })
    .collect()
}

fn score(seed: u64, truth: &AnomaliesTruth, reports: &[Report]) -> Scored {
    let mut scored = Scored::default();
    for planted in &truth.planted {
        let shown: Vec<&Report> = reports.iter().filter(|report| shows(report, planted)).collect();
        let full = path_of(planted);
        let exact = shown.iter().find(|report| report.path == full);
        scored.found += u32::from(!shown.is_empty());
        scored.at_path += u32::from(exact.is_some());
        let off = exact.map(|report| off_percent(report, planted));
        scored.off.extend(off);
        let outcome = match off {
            Some(off) if off <= Decimal::from(OFF_PERCENT) => Outcome::Right,
            None if shown.is_empty() => Outcome::Declined,
            Some(_) | None => Outcome::Wrong,
        };
        let id = format!("{seed}/{}/{}", planted.kind, planted.start);
        let got = match (exact, shown.first()) {
            (Some(report), _) | (None, Some(report)) => format!("{report:?}"),
            (None, None) => "no report".to_owned(),
        };
        scored.cases.push((id, planted.kind.clone(), outcome, got));
    }
    let judged = reports.iter().filter(|report| {
        let account = report.path.get("sub_account");
        account.is_none_or(|account| truth.sub_accounts.contains(account))
    });
    for report in judged {
        let planted = truth.planted.iter().any(|planted| shows(report, planted));
        let changed = truth.changes.iter().any(|change| is_of(report, change));
        scored.reports += 1;
        if planted || changed {
            scored.right_reports += 1;
        } else {
            scored.false_reports.push(format!("{seed}: {report:?}"));
        }
    }
    scored
}

fn path_of(planted: &AnomalyTruth) -> BTreeMap<&'static str, String> {
    let values =
        [&planted.sub_account, &planted.cloud_service, &planted.region, &planted.usage_type];
    STEPS.into_iter().zip(values.map(Clone::clone)).collect()
}

// A report on the path, or above it, that begins with what was planted.
fn shows(report: &Report, planted: &AnomalyTruth) -> bool {
    let full = path_of(planted);
    let within = report.path.iter().all(|(step, value)| full.get(step) == Some(value));
    let apart = planted.start.until(report.period.start().date());
    let near = apart.is_ok_and(|apart| i64::from(apart.get_days()).abs() <= NEAR);
    within && !report.path.is_empty() && near
}

fn is_of(report: &Report, change: &ChangeTruth) -> bool {
    let values = [&change.sub_account, &change.cloud_service, &change.region, &change.usage_type];
    let full: BTreeMap<&str, &String> = STEPS.into_iter().zip(values).collect();
    let within = report.path.iter().all(|(step, value)| full.get(step) == Some(&value));
    let from = change.day.saturating_sub(NEAR.days());
    let until = change.day.saturating_add(SHOWS.days());
    let start = report.period.start().date();
    within && from <= start && start <= until
}

// How far the impact is from what was put on the days that the report counts, in percent.
fn off_percent(report: &Report, planted: &AnomalyTruth) -> Decimal {
    let (start, end) = (report.period.start().date(), report.period.end().date());
    let days = planted.by_day.iter().enumerate().filter(|(day, _)| {
        let date = planted.start.saturating_add(i64::try_from(*day).unwrap_or(i64::MAX).days());
        start <= date && date < end
    });
    let put: Decimal = days.filter_map(|(_, amount)| amount.parse::<Decimal>().ok()).sum();
    if put.is_zero() {
        return Decimal::ONE_HUNDRED;
    }
    ((report.impact - put) * Decimal::ONE_HUNDRED / put).abs()
}

fn figures(report: &mut SuiteReport, whole: &mut Scored) {
    let percent = |part: u32, all: u32| {
        let all = Decimal::from(all.max(1));
        (Decimal::from(part) * Decimal::ONE_HUNDRED / all).round_dp(2).to_string()
    };
    whole.off.sort_unstable();
    let at = |part: usize| {
        let place = (whole.off.len().saturating_sub(1)) * part / 100;
        whole.off.get(place).copied().unwrap_or_default().round_dp(2).to_string()
    };
    let all = report.cases;
    report.figures.extend([
        ("recall_percent".to_owned(), percent(whole.found, all)),
        ("path_right_percent".to_owned(), percent(whole.at_path, whole.found)),
        ("precision_percent".to_owned(), percent(whole.right_reports, whole.reports)),
        ("reports".to_owned(), whole.reports.to_string()),
        ("false_reports".to_owned(), (whole.reports - whole.right_reports).to_string()),
        ("impact_error_median_percent".to_owned(), at(50)),
        ("impact_error_p90_percent".to_owned(), at(90)),
    ]);
    for (index, text) in whole.false_reports.iter().take(10).enumerate() {
        report.figures.insert(format!("false_report_{index:02}"), text.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted() -> AnomalyTruth {
        AnomalyTruth {
            kind: "spike".to_owned(),
            start: date(2026, 4, 3),
            end: date(2026, 4, 5),
            sub_account: "1".to_owned(),
            cloud_service: "EC2".to_owned(),
            region: "r".to_owned(),
            usage_type: "Box".to_owned(),
            resource_id: "i".to_owned(),
            by_day: vec!["60".to_owned(), "40".to_owned()],
        }
    }

    fn report(steps: &[(&'static str, &str)], period: &str, impact: i64) -> Report {
        Report {
            period: period_named(period).unwrap(),
            path: steps.iter().map(|(step, value)| (*step, (*value).to_owned())).collect(),
            impact: Decimal::from(impact),
        }
    }

    #[test]
    fn path_days_and_amount_make_a_report_right_and_the_rest_is_told_apart() {
        let truth = AnomaliesTruth {
            planted: vec![planted()],
            changes: Vec::new(),
            sub_accounts: vec!["1".to_owned()],
        };
        let full = [
            ("sub_account", "1"),
            ("cloud_service", "EC2"),
            ("region", "r"),
            ("usage_type", "Box"),
        ];
        let outcome = |reports: &[Report]| score(1, &truth, reports).cases[0].2;
        assert_eq!(outcome(&[report(&full, "2026-04-03/2026-04-05", 110)]), Outcome::Right);
        assert_eq!(outcome(&[report(&full, "2026-04-03/2026-04-05", 150)]), Outcome::Wrong);
        assert_eq!(outcome(&[report(&full[..2], "2026-04-03/2026-04-05", 100)]), Outcome::Wrong);
        assert_eq!(outcome(&[report(&full, "2026-05-03", 100)]), Outcome::Declined);
        let scored = score(1, &truth, &[report(&full, "2026-05-03", 100)]);
        assert_eq!((scored.reports, scored.right_reports), (1, 0));
        let elsewhere = report(&[("sub_account", "9")], "2026-05-03", 100);
        assert_eq!(score(1, &truth, &[elsewhere]).reports, 0);
    }
}
