//! Korean sentences about why something moved.

use wherefore_contract::{
    draft::{CalcOp, Format, Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::line;
use crate::say::{
    line::Line,
    scene::{About, Part},
};

pub(in crate::say) fn part_moved(
    about: &About,
    from: Option<Period>,
    names: &[FactRef],
    measure: FactRef,
    change: FactRef,
    percent: Option<FactRef>,
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => line().period(from).text(" 대비 ").period(to).text(" "),
        _ => line(),
    };
    let start = start.names(names).text(" ").measure(measure).particle(Particle::Topic).text(" ");
    let start = start.absolute(change.clone());
    let start = match percent {
        Some(percent) => start.text("(").signed(percent).text(") "),
        None => start.text(" "),
    };
    start.trend(None, change).text(".").done()
}

pub(in crate::say) fn unit_cost_moved(
    workload: Option<FactRef>,
    sides: [(FactRef, Option<Period>); 2],
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = match workload {
        Some(workload) => line().name(workload).text("의 비용은 "),
        None => line().text("비용은 "),
    };
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = dated(start, early).value(from.clone()).text("에서 ");
    dated(start, late)
        .value(to.clone())
        .particle(Particle::Toward)
        .text(" ")
        .trend(Some(from.clone()), to.clone())
        .text("(")
        .calc(CalcOp::PercentChange, vec![from, to], Format::Signed)
        .text(").")
        .done()
}

pub(in crate::say) fn main_cause(
    effect: &str,
    of_transactions: bool,
    names: &[FactRef],
    amount: FactRef,
    period: Option<Period>,
) -> Sentence {
    let gloss = match effect {
        "volume" if !of_transactions => "거래량이 달라졌습니다",
        "intensity" if !of_transactions => "사용량이 달라졌습니다",
        "volume" => "같은 비용으로 처리한 거래량이 달라졌습니다",
        "intensity" => "거래를 처리하는 데 쓰는 자원의 양이 달라졌습니다",
        "mix" => "작업이 다른 종류의 자원으로 옮겨 갔습니다",
        "price" => "단가가 달라졌습니다",
        "new" => "이전에 없던 요금이 생겼습니다",
        "gone" => "이전에 있던 요금이 사라졌습니다",
        "non_operating" => "크레딧, 환불, 세금, 구매, 지원 요금에서 생긴 변화입니다",
        _ => "다른 효과로 설명되지 않는 나머지입니다",
    };
    let start = match names {
        [effect, rest @ ..] if !rest.is_empty() => {
            line().text("주된 원인은 ").names(rest).text("의 ").name(effect.clone())
        }
        names => line().text("주된 원인은 ").names(names),
    };
    let start = start.text(" 효과로, ");
    let start = match period {
        Some(period) => start.period(period).text(" "),
        None => start,
    };
    start.signed(amount).particle(Particle::Copula).text(". ").text(gloss).text(".").done()
}

pub(in crate::say) fn parts_moved(
    about: &About,
    from: Option<Period>,
    measure: FactRef,
    parts: &[Part],
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => line().period(from).text(" 대비 ").period(to).text(" "),
        _ => line(),
    };
    let start = start.measure(measure).particle(Particle::Object).text(" 나누어 보면, ");
    let parts = parts.iter().enumerate().fold(start, |line, (index, part)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.dimension(&part.dimension)
            .text("별로는 ")
            .names(&part.names)
            .text(" ")
            .absolute(part.change.clone())
            .text(" ")
            .trend_noun(part.change.clone())
    });
    parts.particle(Particle::Copula).text(".").done()
}

/// "ml-train은 2026-09-14부터 새로 요금이 발생했습니다."
pub(in crate::say) fn charged_since(
    about: &About,
    name: FactRef,
    first: Option<FactRef>,
    until: Option<FactRef>,
) -> Sentence {
    let start = if about.kept.is_empty() { line() } else { line().words(&about.kept).text("의 ") };
    let start = start.name(name).particle(Particle::Topic).text(" ");
    let end = match (first, until) {
        (Some(first), Some(until)) => start
            .name(first)
            .text("에 새로 시작되어 ")
            .name(until)
            .text("까지만 요금이 발생했습니다"),
        (Some(first), None) => start.name(first).text("에 새로 시작되었습니다"),
        (None, Some(until)) => start.name(until).text("까지 요금이 발생한 뒤 종료되었습니다"),
        (None, None) => start,
    };
    end.text(".").done()
}

pub(in crate::say) fn regime(name: FactRef, regime: &str) -> Sentence {
    let words = match regime {
        "efficient_growth" => "거래가 움직인 만큼 비용이 따라오지 않았습니다",
        "flat" => "거래를 처리하는 비용의 움직임이 잡음으로 보는 범위 안에 있습니다",
        "inefficient" => {
            "거래를 처리하는 데 드는 비용이 잡음으로 볼 수 있는 범위를 벗어나 더 들었습니다"
        }
        "shrinking" => "거래가 빠져나간 만큼 비용이 따라오지 않았습니다",
        "pure_saving" => "같은 거래를 더 적은 비용으로 처리했습니다",
        _ => "날마다의 흩어짐이 커서 판정하지 않았습니다",
    };
    line()
        .text("판정은 ‘")
        .name(name)
        .text("’")
        .particle(Particle::Copula)
        .text(". ")
        .text(words)
        .text(".")
        .done()
}

pub(in crate::say) fn with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = line().text("크레딧, 환불, 세금, 구매, 지원 요금까지 넣으면 ");
    let start = dated(start, early).value(from).text(", ");
    dated(start, late).value(to).particle(Particle::Copula).text(".").done()
}
