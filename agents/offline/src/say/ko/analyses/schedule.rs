//! Korean sentences about scaling schedules.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
};

use super::super::line;
use crate::say::voice::{Schedule, Unscheduled};

/// What the schedule saves.
pub(in crate::say) fn scheduled(told: &Schedule) -> Sentence {
    line()
        .name(told.workload.clone())
        .text(" 워크로드를 요일·시간대별 일정에 맞춰 운영하면 ")
        .measure(told.saving.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(told.saving.clone())
        .particle(Particle::Copula)
        .text("(")
        .measure(told.low.clone())
        .text(" ")
        .value(told.low.clone())
        .text(", ")
        .measure(told.high.clone())
        .text(" ")
        .value(told.high.clone())
        .text(").")
        .done()
}

/// Why no schedule is made.
pub(in crate::say) fn unscheduled(workload: &FactRef, why: Unscheduled) -> Sentence {
    let start = line().name(workload.clone());
    match why {
        Unscheduled::DailyCounts => start
            .text(": 거래가 하루 단위로 집계되어 있어 일정을 만들 수 없습니다. 시간 단위 거래가 필요합니다.")
            .done(),
        Unscheduled::NoUsage => start
            .text(": 청구서에 인스턴스나 vCPU처럼 시간 단위로 조정할 수 있는 사용량이 없어 일정을 만들 수 없습니다.")
            .done(),
        Unscheduled::TooFewWeeks(weeks) => start
            .text(": 시간별 거래와 사용량이 빠짐없이 적재된 기간이 ")
            .value(weeks)
            .text("뿐이어서 일정을 만들 수 없습니다. 일정은 만들 때 쓰지 않은 주로 검증해야 합니다.")
            .done(),
        Unscheduled::NoSeason(strength) => start
            .text(": 시간대별 차이가 요일·시간대가 아니라 우연에 따른 것이어서 일정을 만들 수 없습니다(")
            .measure(strength.clone())
            .text(" ")
            .value(strength)
            .text(").")
            .done(),
        Unscheduled::NothingToSpare(strength) => start
            .text(": 요일·시간대별 차이는 있으나(")
            .measure(strength.clone())
            .text(" ")
            .value(strength)
            .text(") 여유를 두고 뺄 수 있는 인스턴스가 있는 시간대는 없습니다.")
            .done(),
        Unscheduled::Committed(covered) => start
            .text(": 사용 시간 중 약정이 부담하는 비중이 ")
            .value(covered)
            .text("여서 일정을 조정해도 비용이 달라지지 않습니다.")
            .done(),
    }
}

/// How the schedule did on the week that was held back.
pub(in crate::say) fn schedule_tested(
    week: FactRef,
    hours: [FactRef; 2],
    saved: FactRef,
) -> Sentence {
    let [short, taken] = hours;
    line()
        .text("그 앞의 주로 일정을 만들어 ")
        .name(week)
        .text("에 시작하는 주에 적용해 보면, 인스턴스를 뺀 ")
        .value(taken)
        .text(" 중 수요가 남은 용량을 벗어난 시간은 ")
        .value(short)
        .text("이고, 그 주의 ")
        .measure(saved.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(saved)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

/// What the schedule rests on.
pub(in crate::say) fn schedule_basis(basis: [FactRef; 5]) -> Sentence {
    let [quantile, headroom, served, weeks, strength] = basis;
    line()
        .value(weeks)
        .text(" 동안의 시간별 거래와, 바쁜 시간에 인스턴스당 시간당 ")
        .value(served)
        .particle(Particle::Object)
        .text(" 처리한 실적을 바탕으로 했습니다. 계획 기준은 ")
        .measure(quantile.clone())
        .text(" ")
        .value(quantile)
        .text(", ")
        .measure(headroom.clone())
        .text(" ")
        .value(headroom)
        .text("이며, ")
        .measure(strength.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(strength)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

/// What commitments pay for is not saved.
pub(in crate::say) fn schedule_committed(covered: FactRef) -> Sentence {
    line()
        .text("사용 시간 중 약정이 부담하는 비중은 ")
        .value(covered)
        .text("이며, 가동 여부와 관계없이 나가는 비용이므로 계산에 넣지 않았습니다.")
        .done()
}

/// A bill by the day does not show what ran in each hour.
pub(in crate::say) fn schedule_by_day() -> Sentence {
    line()
        .text("청구서의 사용량이 하루 단위여서 하루의 모든 시간에 같은 대수가 가동된 것으로 보았습니다. 이미 시간대별로 조정하고 있다면 이 금액 중 일부는 이미 반영되어 있습니다.")
        .done()
}
