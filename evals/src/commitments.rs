//! Commitments planted by the demo: how each did, when it ends and what its lapse costs, what to commit beside them, and
//! what throughput to reserve, all asked in both languages and held against how the hours were drawn.
//!
//! A case is right when every figure is the planted one and both languages tell the same with nothing withheld,
//! declined when its row is not there, wrong otherwise.

use jiff::civil::Date;
use wherefore_contract::{Decimal, answer::Answer};
use wherefore_demo::{CommitmentsTruth, HeldTruth, LoadTruth, ThroughputTruth};

use crate::{
    companies::{Founded, Founds, each_company},
    report::{Failure, Outcome, SuiteReport},
};

const STATE: [&str; 2] = ["How is each commitment doing?", "약정별 현황을 알려 주세요"];
const ENDS: [&str; 2] = ["When do our commitments expire?", "약정 만료 일정을 알려 주세요"];
const SOON: [&str; 2] =
    ["Which commitments expire within 30 days?", "30일 안에 만료되는 약정이 있나요?"];
// Days that the last of them may lie ahead.
const SOON_DAYS: i64 = 30;
/// 8,760 hours of a year over twelve.
const HOURS_OF_A_MONTH: i64 = 730;
const HOURS_OF_A_DAY: i64 = 24;
/// Amounts of a bill agree to a millionth.
const EXACT: Decimal = Decimal::from_parts(1, 0, 0, false, 6);
/// The offers that stand side by side for provisioned throughput.
const OFFERS: [&str; 2] = ["DynamoDB reserved capacity", "Database Savings Plan"];

/// Asks the companies of the seeds, `at_once` side by side; `done` hears how many are done.
///
/// The report does not depend on `at_once`.
pub async fn run_commitments(
    seeds: std::ops::RangeInclusive<u64>,
    founds: &dyn Founds,
    at_once: usize,
    done: &(dyn Fn(u64) + Sync),
) -> SuiteReport {
    let mut report = SuiteReport::new("commitments");
    let mut regret = Decimal::ZERO;
    let ask = |seed| one_company(seed, founds);
    let count = each_company(seeds, at_once, done, ask, |cases| {
        for case in cases {
            regret = regret.max(case.regret);
            let Case { id, kind, outcome, expected, got, .. } = case;
            let why = "other figures, other figures in the other language, or a withheld sentence";
            let why = why.to_owned();
            report.add(kind, outcome, || Failure { id, expected, got, why });
        }
    })
    .await;
    let percent = (regret * Decimal::ONE_HUNDRED).round_dp(6).normalize();
    report.figures.insert("companies".to_owned(), count.to_string());
    report.figures.insert("largest_regret_percent".to_owned(), percent.to_string());
    report
}

struct Case {
    id: String,
    kind: &'static str,
    outcome: Outcome,
    expected: String,
    got: String,
    /// Of the best saving, what the proposed commitment leaves.
    regret: Decimal,
}

fn case(seed: u64, kind: &'static str, name: &str, expected: String, got: Option<String>) -> Case {
    let outcome = match &got {
        None => Outcome::Declined,
        Some(got) if *got == expected => Outcome::Right,
        Some(_) => Outcome::Wrong,
    };
    let got = got.unwrap_or_default();
    let id = format!("{seed}/{kind}/{name}");
    Case { id, kind, outcome, expected, got, regret: Decimal::ZERO }
}

async fn one_company(seed: u64, founds: &dyn Founds) -> Vec<Case> {
    match cases(seed, founds).await {
        Ok(cases) => cases,
        Err(why) => {
            vec![Case {
                got: why,
                ..case(seed, "company", "", "a company that answers".into(), None)
            }]
        }
    }
}

async fn cases(seed: u64, founds: &dyn Founds) -> Result<Vec<Case>, String> {
    let founded = founds.found(seed).await?;
    let truth = founded.truth().commitments.clone().ok_or("no commitments are planted")?;
    let as_of = truth.period.end().date();
    let ask = async |questions: [String; 2]| both(founded.as_ref(), questions, as_of).await;
    let state = ask(STATE.map(str::to_owned)).await?;
    let ends = ask(ENDS.map(str::to_owned)).await?;
    let soon = ask(SOON.map(str::to_owned)).await?;
    let account = &truth.load.sub_account;
    let load = ask([
        format!("How much should we commit per hour for account {account}?"),
        format!("{account} 계정에는 시간당 얼마를 약정해야 하나요?"),
    ])
    .await?;
    let account = &truth.throughput.sub_account;
    let throughput = ask([
        format!("Should we buy DynamoDB reserved capacity for account {account}?"),
        format!("{account} 계정의 DynamoDB 예약 용량을 사는 게 나을까요?"),
    ])
    .await?;
    let mut cases: Vec<Case> = Vec::new();
    for held in &truth.held {
        cases.push(state_case(seed, held, &state));
        cases.push(end_case(seed, held, &truth, &ends));
    }
    cases.push(soon_case(seed, &truth, as_of, &soon));
    cases.push(load_case(seed, &truth.load, &load));
    cases.push(throughput_case(seed, &truth.throughput, &throughput));
    Ok(cases)
}

/// The answer in English, where the Korean one tells the same and nothing was withheld of either.
struct Told {
    answer: Answer,
    is_same: bool,
}

async fn both(
    founded: &dyn Founded,
    [english, korean]: [String; 2],
    as_of: Date,
) -> Result<Told, String> {
    let answer = founded.ask(&english, as_of).await?;
    let other = founded.ask(&korean, as_of).await?;
    let is_same = answer.result == other.result
        && [&answer, &other].iter().all(|answer| answer.run.withheld == 0);
    Ok(Told { answer, is_same })
}

impl Told {
    // The row with this value in this column.
    fn row(&self, column: &str, value: &str) -> Option<usize> {
        let at = self.place(column)?;
        let rows = &self.answer.result.rows;
        rows.iter().position(|row| row.get(at).and_then(Option::as_deref) == Some(value))
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.answer.result.columns.iter().position(|known| known.name == column)
    }

    fn text(&self, row: usize, column: &str) -> String {
        let cell = self.place(column).and_then(|at| self.answer.result.rows.get(row)?.get(at));
        cell.cloned().flatten().unwrap_or_default()
    }

    fn number(&self, row: usize, column: &str) -> Option<Decimal> {
        self.text(row, column).parse().ok()
    }

    // Figures as they are compared: to a millionth, with what both languages tell.
    fn shown(&self, row: usize, columns: &[&str]) -> String {
        let figures = columns.iter().map(|column| figure(self.number(row, column)));
        let same = if self.is_same { "same" } else { "not the same" };
        figures.chain([same.to_owned()]).collect::<Vec<_>>().join(" ")
    }
}

fn figure(value: Option<Decimal>) -> String {
    value.map_or("-".to_owned(), |value| value.round_dp(EXACT.scale()).normalize().to_string())
}

fn expected(figures: &[Option<Decimal>]) -> String {
    let figures = figures.iter().map(|value| figure(*value));
    figures.chain(["same".to_owned()]).collect::<Vec<_>>().join(" ")
}

fn state_case(seed: u64, held: &HeldTruth, told: &Told) -> Case {
    let columns = [
        "commitment_cost",
        "unused_commitment_cost",
        "covered_cost",
        "net_saving",
        "used_hours",
        "unused_hours",
    ];
    let figures = [
        Some(held.commitment_cost),
        Some(held.unused_cost),
        Some(held.on_demand_cost),
        Some(held.on_demand_cost - held.commitment_cost),
        held.used_hours,
        held.unused_hours,
    ];
    let row = told.row("commitment_discount", &held.commitment);
    let got = row.map(|row| told.shown(row, &columns));
    case(seed, "state", &held.role, expected(&figures), got)
}

fn end_case(seed: u64, held: &HeldTruth, truth: &CommitmentsTruth, told: &Told) -> Case {
    let hours = truth.period.days() * HOURS_OF_A_DAY;
    let lapse = (held.on_demand_cost - held.commitment_cost) * Decimal::from(HOURS_OF_A_MONTH);
    let lapse = lapse.checked_div(Decimal::from(hours));
    let row = told.row("commitment_discount", &held.commitment);
    let got = row.map(|row| {
        let day = told.text(row, "ends_on");
        let source = told.text(row, "end_source");
        format!("{day} {source} {}", told.shown(row, &["monthly_lapse_cost"]))
    });
    let wanted = format!("{} end_on_the_bill {}", held.ends_on, expected(&[lapse]));
    case(seed, "end", &held.role, wanted, got)
}

// Of the planted commitments those that end in the next days, and no other.
fn soon_case(seed: u64, truth: &CommitmentsTruth, as_of: Date, told: &Told) -> Case {
    let last = as_of.saturating_add(jiff::Span::new().days(SOON_DAYS));
    let ends = |held: &&HeldTruth| (as_of..=last).contains(&held.ends_on);
    let listed = |held: &&HeldTruth| {
        let row = told.row("commitment_discount", &held.commitment);
        row.is_some() && told.is_same
    };
    let roles = |held: Vec<&HeldTruth>| {
        held.iter().map(|held| held.role.as_str()).collect::<Vec<_>>().join(" ")
    };
    let wanted = roles(truth.held.iter().filter(ends).collect());
    let got = roles(truth.held.iter().filter(listed).collect());
    case(seed, "ends_soon", "", wanted, Some(got))
}

fn load_case(seed: u64, load: &LoadTruth, told: &Told) -> Case {
    let columns = ["discount", "hourly_commitment", "monthly_saving"];
    let percent = load.discount * Decimal::ONE_HUNDRED;
    let figures = [Some(percent), Some(load.hourly_commitment), Some(load.monthly_saving)];
    let row = told.row("covers", "Amazon EC2 and compute");
    let got = row.map(|row| told.shown(row, &columns));
    let saving = row.and_then(|row| told.number(row, "monthly_saving"));
    let regret =
        saving.and_then(|saving| (load.monthly_saving - saving).checked_div(load.monthly_saving));
    Case {
        regret: regret.unwrap_or_default().abs(),
        ..case(seed, "plan", "", expected(&figures), got)
    }
}

// Both offers, with the units that can be reserved; neither of them is recommended alone.
fn throughput_case(seed: u64, throughput: &ThroughputTruth, told: &Told) -> Case {
    let units: i64 = throughput.usage.iter().map(|usage| usage.units).sum();
    let rows = OFFERS.map(|offer| told.row("offer", offer));
    let wanted = format!("both {}", expected(&[Some(Decimal::from(units))]));
    let got = match rows {
        [Some(reserved), Some(_)] => {
            Some(format!("both {}", told.shown(reserved, &["reserved_units"])))
        }
        [Some(reserved), None] => {
            Some(format!("one alone {}", told.shown(reserved, &["reserved_units"])))
        }
        [None, _] => None,
    };
    case(seed, "throughput", "", wanted, got)
}
