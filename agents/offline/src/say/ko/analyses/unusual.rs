//! Korean sentences about days outside their expected range.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::super::{line, scope};
use crate::say::{scene::About, voice::Odd};

/// "2026년 4월 중 이상 2건, 먼저 볼 것은 Amazon EC2 (BoxUsage:m5.large, us-east-1), 2026년 4월 3일부터 2026년 4월 5일까지: 실제 비용 $12.00, 예상 비용 $3.00, 영향액
/// +$9.00, 유형은 일시 급증입니다."
pub(in crate::say) fn odd(odd: &Odd<'_>) -> Sentence {
    let start = match (&odd.first_of, odd.about.period) {
        (Some(count), Some(period)) => line().period(period).text(" 중 이상 ").value(count.clone()),
        (Some(count), None) => line().text("이상 ").value(count.clone()),
        (None, _) => line(),
    };
    let start = if odd.first_of.is_some() { start.text(", 먼저 볼 것은 ") } else { start };
    let start = if odd.names.is_empty() {
        scope(start, odd.about).text("요금 일체")
    } else {
        start.names(odd.names)
    };
    let start = start.text(", ").period(odd.period).text(": ").measure(odd.actual.clone());
    let start = start.text(" ").value(odd.actual.clone()).text(", ");
    let start = start.measure(odd.expected.clone()).text(" ").value(odd.expected.clone());
    let start = start.text(", ").measure(odd.impact.clone()).text(" ").value(odd.impact.clone());
    start.text(", 유형은 ").name(odd.kind.clone()).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn none_odd(about: &About) -> Sentence {
    let start = match about.period {
        Some(period) => line().period(period).text(" 중 "),
        None => line(),
    };
    scope(start, about).text("예상 범위를 벗어난 비용이 없습니다.").done()
}

/// "2026년 4월 중 살펴본 범위는 유효 비용 $9,000.00, 30일, 비용 계열 412개, 이상 2건, 보고하는 최소 영향액 $18.20입니다."
pub(in crate::say) fn looked_at(
    period: Option<Period>,
    cost: FactRef,
    days: FactRef,
    [series, found]: [FactRef; 2],
    least: FactRef,
) -> Sentence {
    let start = match period {
        Some(period) => line().period(period).text(" 중 살펴본 범위는 "),
        None => line().text("살펴본 범위는 "),
    };
    let start = start
        .measure(cost.clone())
        .text(" ")
        .value(cost)
        .text(", ")
        .value(days)
        .text(", 비용 계열 ")
        .value(series)
        .text(", 이상 ")
        .value(found)
        .text(", ");
    let start = start.measure(least.clone()).text(" ").value(least).particle(Particle::Copula);
    start
        .text(". 크레딧, 세금, 구매, 지원 요금은 제외하고 매월 같은 날 발생하는 요금과 짧게 되풀이되는 증감은 예상된 것으로 봅니다.")
        .done()
}

pub(in crate::say) fn too_little_past() -> Sentence {
    line()
        .text("아직 이상 여부를 판정할 수 없습니다. 하루를 그 이전과 견주려면 여러 주의 기록이 필요한데 적재된 날이 부족합니다.")
        .done()
}
