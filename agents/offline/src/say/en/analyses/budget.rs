//! English sentences about budgets.

use wherefore_contract::{draft::Sentence, evidence::FactRef};

use super::super::{during, line};
use crate::say::{
    line::Line,
    voice::{Budgeted, Standing},
};

/// "Budget Platform (checkout) in October 2026 is not expected to hold: expected cost $120.00 against $100.00; it runs out on
/// 2026-10-27."
pub(in crate::say) fn budget(told: &Budgeted) -> Sentence {
    let start = line().text("Budget ").name(told.name.clone());
    let start = match &told.of {
        Some(of) => start.text(" (").name(of.clone()).text(")"),
        None => start,
    };
    let start = during(start, told.period);
    match told.standing {
        Standing::Exceeded => {
            runs_out(spent(start.text(" is used up: "), told), told, "; it ran out on ")
        }
        Standing::WillExceed => runs_out(
            expected(start.text(" is not expected to hold: "), told),
            told,
            "; it runs out on ",
        ),
        Standing::AtRisk => expected(start.text(" is likely to hold, but not surely: "), told),
        Standing::Within => expected(start.text(" is expected to hold: "), told),
        Standing::EndedOver => {
            runs_out(spent(start.text(" did not hold: "), told), told, "; it ran out on ")
        }
        Standing::EndedWithin => spent(start.text(" held to its end: "), told),
        Standing::Ahead => expected(start.text(" has not begun: "), told),
        Standing::Open => spent(start.text(" holds so far, its end cannot be told: "), told),
        Standing::Unknown => start.text(" cannot be judged: ").name(told.state.clone()),
    }
    .text(".")
    .done()
}

fn against(start: Line, told: &Budgeted) -> Line {
    start.text(" against ").measure(told.amount.clone()).text(" ").value(told.amount.clone())
}

fn spent(start: Line, told: &Budgeted) -> Line {
    match &told.spent {
        Some(spent) => against(start.measure(spent.clone()).text(" ").value(spent.clone()), told),
        None => against(start.text("nothing spent"), told),
    }
}

fn expected(start: Line, told: &Budgeted) -> Line {
    let Some(expected) = &told.expected else { return spent(start, told) };
    let start = start.measure(expected.clone()).text(" ").value(expected.clone());
    let start = match &told.ends {
        Some((low, high)) => start
            .text(" (")
            .measure(low.clone())
            .text(" ")
            .value(low.clone())
            .text(", ")
            .measure(high.clone())
            .text(" ")
            .value(high.clone())
            .text(")"),
        None => start,
    };
    against(start, told)
}

fn runs_out(start: Line, told: &Budgeted, before: &str) -> Line {
    match &told.runs_out {
        Some(day) => start.text(before).name(day.clone()),
        None => start,
    }
}

/// "Spent so far: $53.00, left $47.00; share of the budget 53%, share of the time 48%."
pub(in crate::say) fn budget_shares(told: &Budgeted) -> Option<Sentence> {
    let (spent, left) = (told.spent.clone()?, told.left.clone()?);
    let start = line().text("So far: ").measure(spent.clone()).text(" ").value(spent);
    let start = start.text(", ").measure(left.clone()).text(" ").value(left);
    let start = match &told.shares {
        Some((budget, time)) => start
            .text("; ")
            .measure(budget.clone())
            .text(" ")
            .value(budget.clone())
            .text(", ")
            .measure(time.clone())
            .text(" ")
            .value(time.clone()),
        None => start,
    };
    Some(start.text(".").done())
}

pub(in crate::say) fn budget_basis(basis: FactRef) -> Sentence {
    line()
        .text("Held against budgets: ")
        .name(basis)
        .text(" of all charges that they are for, with credits, taxes and fees; what came every month is expected again.")
        .done()
}

pub(in crate::say) fn budget_days_missing(name: FactRef, days: FactRef) -> Sentence {
    line()
        .text("Of budget ")
        .name(name)
        .text(" earlier charges are missing: ")
        .measure(days.clone())
        .text(" ")
        .value(days)
        .text(".")
        .done()
}

pub(in crate::say) fn no_such_budget() -> Sentence {
    line().text("No loaded budget is for what the question names.").done()
}

pub(in crate::say) fn budgets_loaded(names: &[FactRef]) -> Sentence {
    listed(line().text("Loaded budgets: "), names).text(".").done()
}

fn listed(start: Line, names: &[FactRef]) -> Line {
    names.iter().enumerate().fold(start, |line, (index, name)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.name(name.clone())
    })
}
