//! Korean sentences about calls of interfaces.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::super::line;
use crate::say::{line::Line, voice::Excessive};

/// What calls cost as a whole.
pub(in crate::say) fn calls_cost(period: Period, price: FactRef, whole: [FactRef; 2]) -> Sentence {
    let [calls, cost] = whole;
    line()
        .period(period)
        .text(" ")
        .measure(cost.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(cost)
        .text("(")
        .value(calls)
        .text(")이고, 단가는 ")
        .value(price)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

fn with_range(line: Line, period: Period, saving: [FactRef; 3]) -> Sentence {
    let [expected, low, high] = saving;
    line.period(period)
        .text(" ")
        .measure(expected.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(expected)
        .particle(Particle::Copula)
        .text("(")
        .measure(low.clone())
        .text(" ")
        .value(low)
        .text(", ")
        .measure(high.clone())
        .text(" ")
        .value(high)
        .text(").")
        .done()
}

/// What a client's calls beyond its former ones, or its peers', cost.
pub(in crate::say) fn called_by(
    names: &[FactRef],
    period: Period,
    saving: [FactRef; 3],
) -> Sentence {
    with_range(line().names(names).text(": 평소 수준을 벗어난 호출을 없애면 "), period, saving)
}

/// The same for all clients.
pub(in crate::say) fn call_savings(period: Period, saving: [FactRef; 3]) -> Sentence {
    with_range(line().text("클라이언트가 평소 수준을 벗어나 보낸 호출을 없애면 "), period, saving)
}

/// How often a client calls for the same business.
pub(in crate::say) fn calls_rate(names: &[FactRef], why: &Excessive) -> Sentence {
    let start = line().names(names).text(": ");
    match why {
        Excessive::Rose([(from, before), (to, now)]) => start
            .measure(from.clone())
            .particle(Particle::Topic)
            .text(" ")
            .period(*before)
            .text(" ")
            .value(from.clone())
            .text(", ")
            .period(*now)
            .text(" ")
            .value(to.clone())
            .particle(Particle::Copula)
            .text(".")
            .done(),
        Excessive::AbovePeers(times, period) => start
            .period(*period)
            .text(" 거래당 호출의 ")
            .measure(times.clone())
            .particle(Particle::Topic)
            .text(" ")
            .value(times.clone())
            .particle(Particle::Copula)
            .text(". 클라이언트의 규모가 서로 달라 범위가 넓습니다.")
            .done(),
    }
}

/// Lines that look like requests and count none.
pub(in crate::say) fn calls_uncounted(period: Period, cost: FactRef) -> Sentence {
    line()
        .text("요청 항목이지만 단위가 횟수가 아닌 요금은 뺐습니다. ")
        .period(period)
        .text(" ")
        .measure(cost.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(cost)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

/// No client stands out, or none is known.
pub(in crate::say) fn no_clients(loaded: bool) -> Sentence {
    let text = if loaded {
        "같은 거래에 대해 이전보다 자주 호출하거나 다른 클라이언트보다 유난히 자주 호출하는 클라이언트는 없습니다."
    } else {
        "클라이언트별 호출 수가 적재되어 있지 않아 누가 호출하는지는 알 수 없습니다(period, workload, operation, client, calls 열이 있는 표가 필요합니다)."
    };
    line().text(text).done()
}
