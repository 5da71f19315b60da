//! Korean sentences about shared cost.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::super::line;
use crate::say::line::Line;

/// "2026년 4월 공통 비용까지 넣은 checkout의 비용은 건당 $0.0021입니다."
pub(in crate::say) fn loaded_unit_cost(
    owner: FactRef,
    [loaded, direct]: [FactRef; 2],
    period: Period,
) -> Sentence {
    let start = line().period(period).text(" 공통 비용까지 넣은 ").name(owner).text("의 비용은 ");
    let start = start.value(loaded).particle(Particle::Copula).text(". 직접 비용만으로는 ");
    start.value(direct).particle(Particle::Copula).text(".").done()
}

/// Total, direct and shared cost of one owner.
pub(in crate::say) fn borne(owner: FactRef, costs: &[FactRef], period: Period) -> Sentence {
    let start = line().period(period).text(" ").name(owner).text("의 ");
    listed(start, costs).particle(Particle::Copula).text(".").done()
}

/// What one owner bears of one pool.
pub(in crate::say) fn pool_share(
    names: &[FactRef],
    basis: FactRef,
    [amount, share]: [FactRef; 2],
    period: Period,
) -> Sentence {
    let start = line().period(period).text(" ").names(names).text("에서 지는 ");
    let start = start.measure(amount.clone()).particle(Particle::Topic).text(" ").value(amount);
    let start = start.text("이고, ").name(basis).text(" 기준 비중은 ").value(share);
    start.particle(Particle::Copula).text(".").done()
}

/// Shared, direct, unallocated and total cost of the period.
pub(in crate::say) fn allocated(costs: &[FactRef], period: Period) -> Sentence {
    listed(line().period(period).text(" "), costs).particle(Particle::Copula).text(".").done()
}

/// Nothing was measured that shared cost could be split by.
pub(in crate::say) fn no_weights() -> Sentence {
    line()
        .text("이 기간에 워크로드별로 이를 알려 주는 지표가 적재되어 있지 않아 그 기준으로 공통 비용을 배부할 수 없습니다. 균등, 직접 비용 또는 거래 수 기준으로는 배부할 수 있습니다.")
        .done()
}

pub(in crate::say) fn allocation_rule() -> Sentence {
    line()
        .text("공급자의 공통 비용은 그 공급자에 직접 비용이 있는 쪽이 나누어 집니다. 배부 내역의 금액마다 어느 공통 비용에서 어떤 기준과 가중치로 왔는지 적혀 있고, 나누어 준 금액은 원래 금액과 끝자리까지 맞습니다.")
        .done()
}

fn listed(start: Line, costs: &[FactRef]) -> Line {
    costs.iter().enumerate().fold(start, |line, (index, cost)| {
        let line = if index == 0 { line } else { line.text(", ") };
        line.measure(cost.clone()).particle(Particle::Topic).text(" ").value(cost.clone())
    })
}
