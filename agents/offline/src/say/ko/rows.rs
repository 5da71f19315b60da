//! Korean sentences about rows: the first of a ranking, what follows it, and ends of a course.

use wherefore_contract::{
    dimension::Dimension,
    draft::{Extreme, Particle, Sentence},
    evidence::FactRef,
};

use super::{lead, left_out, line, scope, subject};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Rank, Ranked},
};

/// "2024년 9월 청구 비용이 가장 큰 클라우드 서비스는 Amazon EC2로, $5.00(전체의 61.0%)입니다."
pub(in crate::say) fn ranked(about: &About, ranked: &Ranked<'_>) -> Sentence {
    let start = subject(lead(line(), about), about, ranked.value.clone());
    let start = start.particle(Particle::Subject).text(" ");
    let start = match ranked.rank {
        Rank::First => start.extreme(ranked.value.clone(), ranked.which),
        Rank::Later => start.place(ranked.value.clone(), ranked.which),
    };
    let start = match ranked.dimensions {
        [] => start.text(" 항목"),
        [one] => start.text(" ").dimension(one),
        several => start.text(" ").dimensions(several, "·").text(" 조합"),
    };
    let start = start.particle(Particle::Topic).text(" ").names(ranked.names);
    let start = start.particle(Particle::Toward).text(", ").value(ranked.value.clone());
    let start = match &ranked.share {
        Some(share) => start.text("(전체의 ").value(share.clone()).text(")"),
        None => start,
    };
    start.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn row(
    about: &About,
    names: &[FactRef],
    measure: FactRef,
    value: Line,
) -> Sentence {
    let start = scope(lead(line(), about), about).names(names).text(" ");
    let start = left_out(start.measure(measure), about).particle(Particle::Topic).text(" ");
    start.join(value).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn runners_up(rows: &[(Vec<FactRef>, FactRef)]) -> Sentence {
    let all = rows.iter().enumerate().fold(line().text("그다음은 "), |line, (index, row)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.names(&row.0).text(" ").value(row.1.clone())
    });
    all.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn ends(
    dimension: &Dimension,
    measure: FactRef,
    sides: [(Vec<FactRef>, FactRef); 2],
) -> Sentence {
    let [(high_names, high), (low_names, low)] = sides;
    let start = line().measure(measure).particle(Particle::Subject).text(" ");
    let start = start.extreme(high.clone(), Extreme::Largest).text(" ").dimension(dimension);
    let start = start.particle(Particle::Topic).text(" ").names(&high_names).text(" ").value(high);
    let start = start.text(", ").extreme(low.clone(), Extreme::Smallest).text(" ");
    let start = start.dimension(dimension).particle(Particle::Topic).text(" ").names(&low_names);
    start.text(" ").value(low).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn matching(evidence: &str) -> Sentence {
    let start = line().text("조건에 맞는 항목은 ").count(evidence);
    start.particle(Particle::Copula).text(".").done()
}

/// "리전은 5개입니다: …".
pub(in crate::say) fn listed(
    about: &About,
    evidence: &str,
    names: &[Vec<FactRef>],
    all: bool,
) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("요금"), about);
    let start = start.text("에 나타나는 항목은 ").count(evidence).particle(Particle::Copula);
    let start = start.text(if all { ": " } else { ". 그중 일부: " });
    let words = names.iter().enumerate().fold(start, |line: Line, (index, names)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.names(names)
    });
    words.text(".").done()
}

pub(in crate::say) fn absent(
    about: &About,
    dimensions: &[Dimension],
    _evidence: &str,
    (names, all): (&[Vec<FactRef>], bool),
) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("요금"), about);
    let start = start.text("이 없는 ").dimensions(dimensions, ", ").particle(Particle::Topic);
    let words = names.iter().enumerate().fold(start.text(" "), |line: Line, (index, names)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.names(names)
    });
    let words = if all { words.particle(Particle::Copula) } else { words.text(" 등입니다") };
    words.text(".").done()
}

pub(in crate::say) fn absent_count(about: &About, count: FactRef) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("요금"), about);
    start.text("이 없는 기간은 ").value(count).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn none_absent(about: &About, dimensions: &[Dimension]) -> Sentence {
    let start = left_out(scope(lead(line(), about), about).text("요금"), about);
    start
        .text("이 없는 ")
        .dimensions(dimensions, ", ")
        .particle(Particle::Topic)
        .text(" 없습니다.")
        .done()
}

pub(in crate::say) fn reach(
    about: &About,
    evidence: &str,
    names: &[FactRef],
    share: FactRef,
) -> Sentence {
    let start = scope(lead(line(), about), about).text("비용을 큰 순서로 더하면 ").names(names);
    let start = start.text("까지 ").count(evidence).particle(Particle::Subject);
    start.text(" 전체의 ").value(share).particle(Particle::Object).text(" 차지합니다.").done()
}
