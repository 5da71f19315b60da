//! Korean sentences about commitments that are held.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{super::super::line, figures};

pub(in crate::say) fn held(period: Period, told: &[FactRef]) -> Sentence {
    let start = line().period(period).text(" 보유 약정의 상태: ");
    figures(start, told).text(".").done()
}

pub(in crate::say) fn held_cost(period: Period, told: &[FactRef]) -> Sentence {
    let start = line().period(period).text(" 약정에 든 비용: ");
    figures(start, told).text(".").done()
}

pub(in crate::say) fn wasted(name: FactRef, told: &[FactRef]) -> Sentence {
    let start = line().text("먼저 살펴볼 약정은 ").name(name).particle(Particle::Copula).text(". ");
    figures(start, told).text(".").done()
}

pub(in crate::say) fn unpriced() -> Sentence {
    line()
        .text(
            "약정이 적용된 사용 가운데 값이 적히지 않은 것이 있어 얼마를 아꼈는지 알 수 없습니다.",
        )
        .done()
}

/// Hours of reservations that were used.
pub(in crate::say) fn hours_used(told: &[FactRef]) -> Sentence {
    figures(line().text("예약 시간 기준으로 "), told).text(".").done()
}

/// How far reservations cover the hours that run.
pub(in crate::say) fn hours_covered(covers: FactRef, told: &[FactRef]) -> Sentence {
    figures(line().name(covers).text("의 가동 시간 기준으로 "), told).text(".").done()
}
