//! Korean sentences about budgets.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
};

use super::super::line;
use crate::say::{
    line::Line,
    voice::{Budgeted, Standing},
};

/// "2026년 10월 Platform(checkout) 예산은 지켜지지 못할 전망입니다. 예상 비용 $120.00, 예산 $100.00, 소진일 2026년 10월 27일입니다."
pub(in crate::say) fn budget(told: &Budgeted) -> Sentence {
    let start = line().period(told.period).text(" ").name(told.name.clone());
    let start = match &told.of {
        Some(of) => start.text("(").name(of.clone()).text(")"),
        None => start,
    };
    let start = start.text(" 예산은 ");
    match told.standing {
        Standing::Exceeded => spent(start.text("이미 모두 소진되었습니다. "), told, true),
        Standing::WillExceed => expected(start.text("지켜지지 못할 전망입니다. "), told, true),
        Standing::AtRisk => {
            expected(start.text("지켜질 전망이지만 확실하지 않습니다. "), told, false)
        }
        Standing::Within => expected(start.text("지켜질 전망입니다. "), told, false),
        Standing::EndedOver => spent(start.text("지켜지지 못하고 끝났습니다. "), told, true),
        Standing::EndedWithin => spent(start.text("끝까지 지켜졌습니다. "), told, false),
        Standing::Ahead => expected(start.text("아직 시작되지 않았습니다. "), told, false),
        Standing::Open => {
            spent(start.text("현재까지는 남아 있으나 끝은 예측할 수 없습니다. "), told, false)
        }
        Standing::Unknown => start
            .text("판정할 수 없습니다. 사유는 ")
            .name(told.state.clone())
            .particle(Particle::Copula),
    }
    .text(".")
    .done()
}

fn pair(start: Line, fact: &FactRef) -> Line {
    start.measure(fact.clone()).text(" ").value(fact.clone())
}

fn ends(start: Line, told: &Budgeted, with_day: bool) -> Line {
    let start = pair(start, &told.amount);
    match told.runs_out.as_ref().filter(|_| with_day) {
        Some(day) => start.text(", 소진일은 ").name(day.clone()).particle(Particle::Copula),
        None => start.particle(Particle::Copula),
    }
}

fn spent(start: Line, told: &Budgeted, with_day: bool) -> Line {
    let start = match &told.spent {
        Some(spent) => pair(start, spent).text(", "),
        None => start,
    };
    ends(start, told, with_day)
}

fn expected(start: Line, told: &Budgeted, with_day: bool) -> Line {
    let Some(expected) = &told.expected else { return spent(start, told, with_day) };
    let start = pair(start, expected);
    let start = match &told.ends {
        Some((low, high)) => pair(pair(start.text("("), low).text(", "), high).text("), "),
        None => start.text(", "),
    };
    ends(start, told, with_day)
}

/// "현재 집행액 $53.00, 잔액 $47.00, 예산 소진율 53%, 기간 경과율 48%입니다."
pub(in crate::say) fn budget_shares(told: &Budgeted) -> Option<Sentence> {
    let (spent, left) = (told.spent.as_ref()?, told.left.as_ref()?);
    let start = pair(pair(line().text("현재 "), spent).text(", "), left);
    let start = match &told.shares {
        Some((budget, time)) => pair(pair(start.text(", "), budget).text(", "), time),
        None => start,
    };
    Some(start.particle(Particle::Copula).text(".").done())
}

pub(in crate::say) fn budget_basis(basis: FactRef) -> Sentence {
    line()
        .text("예산과 견준 비용은 대상 요금 전체의 ")
        .name(basis)
        .particle(Particle::Copula)
        .text(". 크레딧, 세금, 수수료를 포함하며 매월 발생한 요금은 다시 발생하는 것으로 봅니다.")
        .done()
}

pub(in crate::say) fn budget_days_missing(name: FactRef, days: FactRef) -> Sentence {
    let start = line().name(name).text(" 예산 기간의 앞부분 요금이 적재되어 있지 않습니다. ");
    start.measure(days.clone()).text(" ").value(days).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn no_such_budget() -> Sentence {
    line().text("질문에서 말한 대상의 예산은 적재되어 있지 않습니다.").done()
}

pub(in crate::say) fn budgets_loaded(names: &[FactRef]) -> Sentence {
    let start = names.iter().enumerate().fold(
        line().text("적재된 예산은 "),
        |line, (index, name)| {
            let line = if index > 0 { line.text(", ") } else { line };
            line.name(name.clone())
        },
    );
    start.particle(Particle::Copula).text(".").done()
}
