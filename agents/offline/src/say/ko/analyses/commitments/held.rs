//! Korean sentences about commitments that are held.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{super::super::line, figures};

const COMMITMENT: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountId);

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

pub(in crate::say) fn ends_next(name: FactRef, day: FactRef, left: FactRef) -> Sentence {
    let start = line().text("다음으로 끝나는 약정은 ").name(name).text("이고, 종료일은 ").name(day);
    start.particle(Particle::Copula).text("(남은 기간 ").value(left).text(").").done()
}

pub(in crate::say) fn ended_last(name: FactRef, day: FactRef) -> Sentence {
    let start =
        line().text("앞으로 끝날 약정의 종료일은 청구서에 없습니다. 마지막으로 끝난 약정은 ");
    start.name(name).text("이고, 종료일은 ").name(day).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn no_end_told() -> Sentence {
    line().text("약정의 종료일이 청구서에 없습니다. 보유 약정은 적재된 마지막 날까지 요금이 이어집니다.").done()
}

pub(in crate::say) fn open_ends() -> Sentence {
    line().text("표에 종료일이 없는 약정은 적재된 마지막 날까지 요금이 이어지며, 얼마나 길게 구매했는지는 청구서에 없습니다.").done()
}

pub(in crate::say) fn unnamed_ends() -> Sentence {
    line()
        .text("약정이 언제 끝나는지 알 수 없습니다. 이 청구서의 요금에는 약정 이름이 없습니다.")
        .done()
}

/// Why ends are not known.
pub(in crate::say) fn nameless() -> Sentence {
    line().dimension(&COMMITMENT).text(" 값이 있는 요금이 적재되어 있지 않습니다.").done()
}

pub(in crate::say) fn unpriced() -> Sentence {
    line()
        .text(
            "약정이 적용된 사용 가운데 값이 적히지 않은 것이 있어 얼마를 아꼈는지 알 수 없습니다.",
        )
        .done()
}
