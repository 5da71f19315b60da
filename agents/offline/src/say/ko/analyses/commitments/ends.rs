//! Korean sentences about when commitments end, what that costs, and which can be given back.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::{Particle, Sentence},
    evidence::FactRef,
};

use super::{super::super::line, figures};

const COMMITMENT: Dimension = Dimension::Column(FocusDimension::CommitmentDiscountId);

pub(in crate::say) fn ends_next(name: FactRef, day: FactRef, left: FactRef) -> Sentence {
    let start = line().text("다음으로 끝나는 약정은 ").name(name).text("이고, 종료일은 ").name(day);
    start.particle(Particle::Copula).text("(남은 기간 ").value(left).text(").").done()
}

pub(in crate::say) fn ended_last(name: FactRef, day: FactRef) -> Sentence {
    let start =
        line().text("앞으로 끝날 약정의 종료일은 청구서에 없습니다. 마지막으로 끝난 약정은 ");
    start.name(name).text("이고, 종료일은 ").name(day).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn none_ends() -> Sentence {
    line().text("청구서에서 확인되는 종료일 가운데 그 기간에 끝나는 약정은 없습니다.").done()
}

/// What is paid while it lasts, and for the same usage on demand.
pub(in crate::say) fn lapse(name: FactRef, told: &[FactRef]) -> Sentence {
    let start = line().name(name).text("의 약정을 갱신하지 않고 같은 만큼 계속 쓰면 ");
    figures(start, told).text(".").done()
}

pub(in crate::say) fn no_end_told() -> Sentence {
    line().text("약정의 종료일이 청구서에 없습니다. 보유 약정은 적재된 마지막 날까지 요금이 이어집니다.").done()
}

pub(in crate::say) fn open_ends() -> Sentence {
    line()
        .text("표에 종료일이 없는 약정은 적재된 마지막 날까지 요금이 이어지며, 얼마나 길게 구매했는지는 청구서에 없습니다. ")
        .text("FOCUS에는 약정 종료일 열이 없고 AWS 비용 보고서에는 있습니다.")
        .done()
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

pub(in crate::say) fn can_return(name: FactRef, day: FactRef) -> Sentence {
    let start = line()
        .text("네, ")
        .name(name)
        .particle(Particle::Topic)
        .text(" 아직 반환할 수 있습니다. 기한은 ");
    start.name(day).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn cannot_return(name: FactRef, day: FactRef) -> Sentence {
    let start = line().text("지금 반환할 수 있는 세이빙스 플랜은 청구서에 없습니다. ").name(name);
    start.text("의 반환 기한은 ").name(day).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn return_rule(days: FactRef, most: FactRef) -> Sentence {
    let start =
        line().text("AWS는 구매 후 ").value(days).text(" 안에, 같은 달 안에서, ").value(most);
    start.text("까지의 세이빙스 플랜만 반환을 받습니다. 예약 인스턴스는 반환할 수 없습니다.").done()
}

pub(in crate::say) fn nothing_to_return() -> Sentence {
    line()
        .text("청구서에 이름이 있고 아직 유효한 세이빙스 플랜이 없어 반환할 것이 없습니다. ")
        .text("예약 인스턴스는 반환할 수 없습니다.")
        .done()
}
