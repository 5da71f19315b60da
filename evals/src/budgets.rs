//! Budgets planted by the demo: asked about in their middle and after their end, in both languages, and held against how
//! the charges were made.
//!
//! A case is one budget on one day in one language. It is right when the state is the planted one, what is spent is
//! exact to the cent, and the day on which it runs out is met: exactly where it lies behind, within two days where it
//! is forecast. Wrong is any other figure; declined is no figure.

use jiff::{ToSpan, civil::Date};
use wherefore_contract::{Decimal, answer::Answer};
use wherefore_demo::BudgetTruth;

use crate::{
    companies::{Founded, Founds, each_company},
    report::{Failure, Outcome, SuiteReport},
};

// A forecast day may be off by so many.
const NEAR: i32 = 2;
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Asks about the budgets of the companies of these seeds; `done` hears how many are done.
pub async fn run_budgets(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut report = SuiteReport::new("budgets");
    let ask = async |seed: u64| {
        one_company(seed, founds).await.unwrap_or_else(|why| {
            vec![Case { id: seed.to_string(), kind: "company".to_owned(), judged: Err(why) }]
        })
    };
    each_company(seeds, at_once, done, ask, |cases: Vec<Case>| {
        for case in cases {
            let (outcome, why) = match case.judged {
                Ok(()) => (Outcome::Right, String::new()),
                Err(why) if why.starts_with(NO_FIGURE) => (Outcome::Declined, why),
                Err(why) => (Outcome::Wrong, why),
            };
            report.add(&case.kind, outcome, || Failure {
                id: case.id.clone(),
                expected: case.kind.clone(),
                got: why.clone(),
                why: "the budget does not stand as it was planted".to_owned(),
            });
        }
    })
    .await;
    report
}

const NO_FIGURE: &str = "no figure";

struct Case {
    id: String,
    kind: String,
    judged: Result<(), String>,
}

// How a budget stands on a day.
struct Expected<'t> {
    truth: &'t BudgetTruth,
    as_of: Date,
    state: &'t str,
    spent: Decimal,
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Result<Vec<Case>, String> {
    let founded = founds.found(seed).await?;
    let budgets = founded.truth().budgets.clone();
    if budgets.is_empty() {
        return Err("no budget was planted".to_owned());
    }
    let mut cases = Vec::new();
    for truth in &budgets {
        let middle =
            Expected { truth, as_of: truth.as_of, state: &truth.state, spent: truth.spent };
        let ended = if truth.runs_out.is_some() { "ended_over" } else { "ended_within" };
        let after = Expected {
            truth,
            as_of: truth.end.saturating_add(1.day()),
            state: ended,
            spent: truth.total,
        };
        for expected in [middle, after] {
            for (language, question) in questions(truth) {
                let judged = judge(&question, &expected, founded.as_ref()).await;
                let id = format!("{seed}/{}/{}/{language}", truth.name, expected.as_of);
                cases.push(Case { id, kind: expected.state.to_owned(), judged });
            }
        }
    }
    Ok(cases)
}

fn questions(truth: &BudgetTruth) -> [(&'static str, String); 2] {
    let (name, month) = (&truth.name, truth.start);
    [
        ("en", format!("Is the {name} budget of {} within plan?", month.strftime("%B %Y"))),
        ("ko", format!("{}년 {}월 {name} 예산은 얼마나 소진됐어?", month.year(), month.month())),
    ]
}

async fn judge(
    question: &str,
    expected: &Expected<'_>,
    founded: &dyn Founded,
) -> Result<(), String> {
    let answer = founded.ask(question, expected.as_of).await?;
    let state =
        cell(&answer, "state").ok_or_else(|| format!("{NO_FIGURE}: {}", answer.headline))?;
    if state != expected.state {
        return Err(format!("state {state}"));
    }
    let figure = |column: &str| cell(&answer, column).and_then(|text| text.parse::<Decimal>().ok());
    let spent = figure("spent").unwrap_or_default();
    if (spent - expected.spent).abs() > CENT {
        return Err(format!("spent {spent}, it was {}", expected.spent));
    }
    let told = cell(&answer, "runs_out").and_then(|day| day.parse::<Date>().ok());
    let apart = match (told, expected.truth.runs_out) {
        (None, None) => Some(0),
        (Some(told), Some(day)) => day.until(told).ok().map(|span| span.get_days().abs()),
        (Some(_), None) | (None, Some(_)) => None,
    };
    let known = expected.truth.runs_out.is_some_and(|day| day < expected.as_of);
    let near = if known { 0 } else { NEAR };
    match apart {
        Some(apart) if apart <= near => Ok(()),
        Some(_) | None => Err(format!("runs out {told:?}, it did {:?}", expected.truth.runs_out)),
    }
}

// The cell of an answer of one row.
fn cell<'a>(answer: &'a Answer, column: &str) -> Option<&'a str> {
    let place = answer.result.columns.iter().position(|held| held.name == column)?;
    match answer.result.rows.as_slice() {
        [row] => row.get(place)?.as_deref(),
        _ => None,
    }
}
