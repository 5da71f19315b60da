//! Korean sentences about what stands behind a price effect and a verdict.

use wherefore_contract::{
    draft::{CalcOp, Format, Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::line;

pub(in crate::say) fn price_parts(
    names: &[FactRef],
    period: Option<Period>,
    parts: &[(FactRef, FactRef)],
    main: (&str, bool),
) -> Sentence {
    let gloss = match main {
        ("price_list", _) => "공급자의 정가가 달라졌습니다",
        ("price_negotiated", _) => "협상 할인율이 달라졌습니다",
        ("price_commitment", true) => "약정이 끝났거나 이제 이 사용량에 적용되지 않습니다",
        ("price_commitment", false) => {
            "약정이 이 사용량에 적용되기 시작했거나 약정 요율이 달라졌습니다"
        }
        (_, true) => "쓰지 않은 약정의 비용이 들었습니다",
        (_, false) => "쓰지 않던 약정을 쓰기 시작했거나 그 약정이 끝났습니다",
    };
    let start = match period {
        Some(period) => line().period(period).text(" "),
        None => line(),
    };
    let start = start.names(names).text("의 단가 효과를 나누어 보면 ");
    let start = parts.iter().enumerate().fold(start, |line, (index, (part, amount))| {
        let line = if index == 0 { line } else { line.text(", ") };
        line.name(part.clone()).text(" ").signed(amount.clone())
    });
    start.particle(Particle::Copula).text(". ").text(gloss).text(".").done()
}

pub(in crate::say) fn no_price_parts() -> Sentence {
    line()
        .text("할인과 약정이 없었을 때의 요금이 청구서에 없거나 믿을 수 없어 단가 효과를 더 나누지 않았습니다.")
        .done()
}

/// What the verdict rests on: how cost and transactions moved, and what that does to a transaction.
pub(in crate::say) fn regime_reason(
    regime: &str,
    cost: &[FactRef; 2],
    transactions: &[FactRef; 2],
    periods: [Period; 2],
) -> Sentence {
    let words = match regime {
        "efficient_growth" => {
            "거래가 움직인 만큼 비용이 따라가지 않아 거래마다 지는 비용이 가벼워졌습니다"
        }
        "flat" => "비용과 거래가 나란히 움직여 거래마다 드는 비용은 잡음 범위 안에 있습니다",
        "inefficient" => "거래와 상관없이 비용이 움직여 거래마다 지는 비용이 무거워졌습니다",
        "shrinking" => "거래와 비용이 함께 빠졌지만 보조를 맞추지는 못했습니다",
        "pure_saving" => "거래는 남아 있는데 비용이 빠져 거래마다 지는 비용이 가벼워졌습니다",
        _ => "거래마다 드는 비용이 정말 달라졌는지 잡음과 구별되지 않습니다",
    };
    let [from, to] = periods;
    let [before, _] = cost;
    let start = line().period(from).text(" 대비 ").period(to).text(" 거래는 ");
    let start = start.calc(CalcOp::PercentChange, transactions.to_vec(), Format::Signed);
    let start = start.text(", ").measure(before.clone()).particle(Particle::Topic).text(" ");
    let start = start.calc(CalcOp::PercentChange, cost.to_vec(), Format::Signed);
    start.text(" 움직였습니다. ").text(words).text(".").done()
}

/// The interval that a verdict could not be given over.
pub(in crate::say) fn interval(
    workload: Option<FactRef>,
    ends: [FactRef; 2],
    period: Period,
) -> Sentence {
    let [low, high] = ends;
    let start = line().period(period).text(" ");
    let start = match workload {
        Some(workload) => start.name(workload).text("의 "),
        None => start,
    };
    let start = start.measure(low.clone()).particle(Particle::Topic).text(" ").value(low);
    let start = start.text(", ").measure(high.clone()).particle(Particle::Topic).text(" ");
    start
        .value(high)
        .particle(Particle::Copula)
        .text(". 두 기간의 날짜로 보면 잡음으로 보는 범위의 경계가 그 사이에 있습니다.")
        .done()
}
