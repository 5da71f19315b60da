//! Korean sentences of one figure, or of a few that belong together.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{lead, left_out, line, scope, subject};
use crate::say::{line::Line, scene::About, voice::Projection};

pub(in crate::say) fn total(about: &About, measure: FactRef, value: Line) -> Sentence {
    let start = subject(lead(line(), about), about, measure).particle(Particle::Topic).text(" ");
    start.join(value).particle(Particle::Copula).text(".").done()
}

/// Figures whose unit says what they count: "2024년 9월 Amazon RDS 요금 행 수는 216행입니다."
pub(in crate::say) fn counted(about: &About, measure: FactRef, value: Line) -> Sentence {
    total(about, measure, value)
}

/// Money per something, which says its measure itself: "checkout 비용은 건당 $0.0183입니다."
pub(in crate::say) fn priced(about: &About, value: Line) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("비용"), about);
    start
        .particle(Particle::Topic)
        .text(" ")
        .join(value)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(in crate::say) fn daily(about: &About, measure: FactRef, value: Line) -> Sentence {
    let start = subject(lead(line(), about), about, measure).particle(Particle::Topic);
    start.text(" ").join(value).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn average(about: &About, measure: FactRef, value: Line) -> Sentence {
    total(about, measure, value)
}

/// What an average was made of.
pub(in crate::say) fn divided(about: &About, parts: [FactRef; 2]) -> Sentence {
    let [cost, count] = parts;
    let start = match about.period.filter(|_| !about.dated_by_rows) {
        Some(period) => line().period(period).text(" "),
        None => line(),
    };
    let start = start.measure(cost.clone()).text(" ").value(cost).particle(Particle::Object);
    let start = start.text(" ").measure(count.clone()).text(" ").value(count);
    start.particle(Particle::Toward).text(" 나눈 값입니다.").done()
}

/// Several measures of one row: "청구 비용 $5.00, 정가 비용 $6.00".
pub(in crate::say) fn levels(about: &About, figures: &[FactRef]) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("비용"), about);
    let start = start.particle(Particle::Topic).text(" ");
    let all = figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    });
    all.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn exists(about: &About, rows: FactRef) -> Sentence {
    let start = match about.period.filter(|_| !about.dated_by_rows) {
        Some(period) => line().text("네, ").period(period).text("에 "),
        None => line().text("네, "),
    };
    let start = left_out(scope(start, about).text("요금"), about);
    start.particle(Particle::Subject).text(" 있습니다(").value(rows).text(").").done()
}

pub(in crate::say) fn saving(
    about: &About,
    names: &[FactRef],
    measures: [FactRef; 2],
    difference: Line,
) -> Sentence {
    let [dear, cheap] = measures;
    let start = scope(lead(line(), about), about);
    let start = if names.is_empty() { start } else { start.names(names).text(" ") };
    let start = start.measure(dear).particle(Particle::And).text(" ");
    let start = left_out(start.measure(cheap), about).text("의 차이는 ");
    start.join(difference).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn two_levels(about: &About, sides: [FactRef; 2]) -> Sentence {
    let [dear, cheap] = sides;
    let start = lead(line(), about).measure(dear.clone()).particle(Particle::Topic).text(" ");
    let start = start.value(dear).text(", ").measure(cheap.clone()).particle(Particle::Topic);
    start.text(" ").value(cheap).particle(Particle::Copula).text(".").done()
}

/// "적재된 날의 하루 비용이 이어진다고 보면 2026년 11월 예상 비용은 $33,000.00입니다(하한 …, 상한 …)."
pub(in crate::say) fn projected(about: &About, projection: &Projection) -> Sentence {
    bounded(line().text("지금까지의 하루 비용이 이어진다고 보면 "), about, projection)
}

fn bounded(start: Line, about: &About, projection: &Projection) -> Sentence {
    let start = lead(start, about);
    ended(subject(start, about, projection.expected.clone()), projection)
}

fn ended(start: Line, projection: &Projection) -> Sentence {
    let start = start.particle(Particle::Topic);
    let start = start.text(" ").value(projection.expected.clone()).particle(Particle::Copula);
    match (&projection.low, &projection.high) {
        (Some(low), Some(high)) => start
            .text("(")
            .measure(low.clone())
            .text(" ")
            .value(low.clone())
            .text(", ")
            .measure(high.clone())
            .text(" ")
            .value(high.clone())
            .text(").")
            .done(),
        _ => start.text(".").done(),
    }
}

/// "적재된 날의 흐름으로 보면 2026년 12월 예상 비용은 $33,000.00입니다(하한 …, 상한 …)."
pub(in crate::say) fn forecast(about: &About, projection: &Projection) -> Sentence {
    bounded(line().text("적재된 날의 흐름으로 보면 "), about, projection)
}

/// "2026년 12월 Amazon EC2 예상 비용은 $33,000.00입니다(하한 …, 상한 …)."
pub(in crate::say) fn forecast_of(
    about: &About,
    names: &[FactRef],
    projection: &Projection,
) -> Sentence {
    let start = lead(line(), about).names(names).text(" ");
    ended(subject(start, about, projection.expected.clone()), projection)
}

/// "적재된 날의 흐름으로 보면 예상 비용은 2026년 11월 $1,100.00, 2026년 12월 $1,150.00입니다."
pub(in crate::say) fn forecast_months(about: &About, months: &[[FactRef; 2]]) -> Sentence {
    let Some([_, first]) = months.first() else { return line().done() };
    let start = line().text("적재된 날의 흐름으로 보면 ");
    let start = subject(start, about, first.clone()).particle(Particle::Topic).text(" ");
    let told = months.iter().enumerate().fold(start, |line, (index, [month, value])| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.name(month.clone()).text(" ").value(value.clone())
    });
    told.particle(Particle::Copula).text(".").done()
}

/// "예측 방식: 요일 패턴을 반영한 직선 추세, 2025년 9월 1일부터 2026년 10월 31일까지 과거 검증 오차는 2.1%입니다."
pub(in crate::say) fn tried(method: FactRef, error: FactRef, learned: Option<Period>) -> Sentence {
    let start = line().text("예측 방식: ").name(method).text(", ");
    let start = match learned {
        Some(learned) => start.period(learned).text(" "),
        None => start,
    };
    let start = start.measure(error.clone()).particle(Particle::Topic).text(" ");
    start.value(error).particle(Particle::Copula).text(".").done()
}

/// The part of a projection that is known: "2024년 9월 1일부터 2024년 9월 10일까지 현재까지 비용은 $5.00입니다."
pub(in crate::say) fn so_far(
    actual: FactRef,
    period: Option<Period>,
    days: Option<FactRef>,
) -> Sentence {
    let start = match period {
        Some(period) => line().period(period).text(" "),
        None => line(),
    };
    let start = start.measure(actual.clone()).particle(Particle::Topic).text(" ").value(actual);
    match days {
        Some(days) => start.text("(").value(days).text(")").particle(Particle::Copula),
        None => start.particle(Particle::Copula),
    }
    .text(".")
    .done()
}

pub(in crate::say) fn running_to(about: &About, until: FactRef, value: FactRef) -> Sentence {
    let start = subject(line().name(until).text("까지 "), about, value.clone());
    let start = start.particle(Particle::Topic).text(" ").value(value);
    start.particle(Particle::Copula).text(".").done()
}
