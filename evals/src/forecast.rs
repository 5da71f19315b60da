//! Forecasts of months that came: asked on the last day before each, and held against what was charged.
//!
//! A case is one cloud service and month. It is right when what was charged lies in the 80 % band, wrong when not; the
//! share that lies in it should be 75 to 85 %. The error is that of the totals beside a seasonal naive forecast: the last
//! loaded week carried on.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use wherefore_contract::{Decimal, answer::Answer};

use crate::{
    companies::{Founded, Founds, each_company},
    report::{Failure, Outcome, SuiteReport},
};

// Months that are forecast, each on the last day before it.
const MONTHS: [Date; 6] = [
    date(2026, 2, 1),
    date(2026, 4, 1),
    date(2026, 6, 1),
    date(2026, 8, 1),
    date(2026, 9, 1),
    date(2026, 10, 1),
];
const AFTER: Date = date(2026, 11, 5);
const WEEK: i64 = 7;
// Smaller amounts are of no interest to a budget, in dollars a month.
const LEAST: i64 = 100;

/// One cloud service in one month.
struct Case {
    id: String,
    expected: Decimal,
    low: Decimal,
    high: Decimal,
    naive: Decimal,
    came: Decimal,
}

/// Forecasts months of the companies of these seeds; `done` hears how many are done.
pub async fn run_forecast(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut report = SuiteReport::new("forecast");
    let mut sums = [Decimal::ZERO; 4];
    let mut count = 0;
    let ask = |seed| one_company(seed, founds);
    each_company(seeds, at_once, done, ask, |one| {
        match one {
            Ok(cases) => cases.iter().for_each(|case| add(&mut report, &mut sums, case)),
            Err(why) => report.add("company", Outcome::Declined, || Failure {
                id: count.to_string(),
                expected: "a forecast".to_owned(),
                got: String::new(),
                why,
            }),
        }
        count += 1;
    })
    .await;
    let [off, naive, came, width] = sums;
    let percent = |part: Decimal, all: Decimal| {
        let share = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(all));
        share.unwrap_or_default().round_dp(2).to_string()
    };
    let covered = percent(Decimal::from(report.right), Decimal::from(report.cases));
    report.figures.extend([
        ("coverage_percent".to_owned(), covered),
        ("wape_percent".to_owned(), percent(off, came)),
        ("seasonal_naive_wape_percent".to_owned(), percent(naive, came)),
        ("error_of_seasonal_naive_percent".to_owned(), percent(off, naive)),
        ("band_width_percent".to_owned(), percent(width, came)),
    ]);
    report
}

fn add(report: &mut SuiteReport, sums: &mut [Decimal; 4], case: &Case) {
    let held = case.low <= case.came && case.came <= case.high;
    let outcome = if held { Outcome::Right } else { Outcome::Wrong };
    report.add(case.id.split('/').nth(1).unwrap_or_default(), outcome, || Failure {
        id: case.id.clone(),
        expected: case.came.round_dp(2).to_string(),
        got: format!("{} ({} to {})", case.expected, case.low, case.high),
        why: "what was charged lies outside the band".to_owned(),
    });
    let [off, naive, charged, width] = sums;
    *off += (case.expected - case.came).abs();
    *naive += (case.naive - case.came).abs();
    *charged += case.came;
    *width += case.high - case.low;
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Result<Vec<Case>, String> {
    let founded = founds.found(seed).await?;
    let mut cases = Vec::new();
    for month in MONTHS {
        cases.extend(one_month(seed, month, founded.as_ref()).await?);
    }
    Ok(cases)
}

async fn one_month(seed: u64, month: Date, founded: &dyn Founded) -> Result<Vec<Case>, String> {
    let as_of = month.yesterday().map_err(|error| error.to_string())?;
    let name = month.strftime("%Y-%m").to_string();
    let answer = founded.ask("Forecast the cost by cloud service for next month", as_of).await?;
    let forecast = by_service(&answer, &["expected", "low", "high"]);
    if forecast.is_empty() {
        return Err(format!("{name}: no forecast"));
    }
    let came = founded.ask(&format!("cost by cloud service in {name}"), AFTER).await?;
    let came = by_service(&came, &["billed_cost"]);
    let from = as_of.saturating_sub(WEEK.days());
    let last = as_of.saturating_sub(1.day());
    let week = format!("cost by day and cloud service from {from} to {last}");
    let week = founded.ask(&week, AFTER).await?;
    let naive = carried_on(&week, month, as_of);
    let told = |(service, figures): (String, Vec<Decimal>)| {
        let [expected, low, high] = <[Decimal; 3]>::try_from(figures).ok()?;
        let came = came.get(&service)?.first().copied()?;
        let is_told = low < high && came >= Decimal::from(LEAST);
        let naive = naive.get(&service).copied().unwrap_or_default();
        let id = format!("{seed}/{name}/{service}");
        is_told.then_some(Case { id, expected, low, high, naive, came })
    };
    Ok(forecast.into_iter().filter_map(told).collect())
}

fn place(answer: &Answer, name: &str) -> Option<usize> {
    answer.result.columns.iter().position(|column| column.name == name)
}

fn by_service(answer: &Answer, columns: &[&str]) -> BTreeMap<String, Vec<Decimal>> {
    let Some(service) = place(answer, "cloud_service") else { return BTreeMap::new() };
    let places: Option<Vec<usize>> = columns.iter().map(|name| place(answer, name)).collect();
    let Some(places) = places else { return BTreeMap::new() };
    let row = |row: &Vec<Option<String>>| {
        let figure = |at: &usize| row.get(*at)?.as_deref()?.parse().ok();
        let figures: Option<Vec<Decimal>> = places.iter().map(figure).collect();
        Some((row.get(service)?.clone()?, figures?))
    };
    answer.result.rows.iter().filter_map(row).collect()
}

// Each day of the month costs what its weekday did in the last week.
fn carried_on(week: &Answer, month: Date, as_of: Date) -> BTreeMap<String, Decimal> {
    let columns = ["day", "cloud_service", "billed_cost"].map(|name| place(week, name));
    let [Some(day), Some(service), Some(cost)] = columns else { return BTreeMap::new() };
    let end = month.saturating_add(1.month());
    let mut all: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in &week.result.rows {
        let text = |at: usize| row.get(at).and_then(Option::as_deref);
        let held = text(day).and_then(|day| day.parse::<Date>().ok()).zip(text(service));
        let (Some((seen, service)), Some(cost)) = (held, text(cost)) else { continue };
        let cost: Decimal = cost.parse().unwrap_or_default();
        let mut date = seen;
        while date < end {
            if date >= month && date >= as_of {
                *all.entry(service.to_owned()).or_default() += cost;
            }
            date = date.saturating_add(WEEK.days());
        }
    }
    all
}
