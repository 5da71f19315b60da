//! Korean sentences about two sides: periods, parts and wholes, one thing over another.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{lead, left_out, line, subject};
use crate::say::{
    line::Line,
    scene::About,
    voice::{Step, When},
};

/// "청구 비용은 2026년 8월 $80.00에서 2026년 9월 $85.00로 $5.00(+6.1%) 늘었습니다."
pub(in crate::say) fn moved(
    about: &About,
    sides: [(FactRef, When); 2],
    change: Option<(FactRef, Option<FactRef>)>,
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = subject(line(), about, to.clone()).particle(Particle::Topic).text(" ");
    let start = dated(start, early).value(from.clone()).text("에서 ");
    let start = dated(start, late).value(to.clone()).particle(Particle::Toward).text(" ");
    let start = match change {
        Some((change, percent)) => {
            let start = start.absolute(change);
            match percent {
                Some(percent) => start.text("(").signed(percent).text(") "),
                None => start.text(" "),
            }
        }
        None => start,
    };
    start.trend(Some(from), to).text(".").done()
}

// "2024년 8월 ".
fn dated(line: Line, when: When) -> Line {
    match when {
        When::Period(period) => line.period(period).text(" "),
        When::Name(name) => line.name(name).text(" "),
    }
}

/// "2024년 9월 청구 비용에서 Amazon EC2가 차지하는 비중은 61.0%입니다."
pub(in crate::say) fn share(
    about: &About,
    part: &About,
    at: Option<[FactRef; 2]>,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let start = if let Some([own, whole]) = at {
        let start = part_words(line().name(own).text(" "), part).particle(Particle::Subject);
        subject(start.text(" ").name(whole).text(" "), about, measure).text("에서")
    } else {
        let start = lead(line(), &About { dated_by_rows: false, ..about.clone() });
        let start = subject(start, about, measure).text("에서 ");
        part_words(start, part).particle(Particle::Subject)
    };
    let start = start.text(" 차지하는 비중은 ");
    start.join(share).particle(Particle::Copula).text(".").done()
}

/// The part that one of several named things has of the whole.
pub(in crate::say) fn share_of_named(
    about: &About,
    name: FactRef,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let start = lead(line(), &About { dated_by_rows: false, ..about.clone() });
    let start = subject(start, about, measure).text("에서 ").name(name);
    let start = start.particle(Particle::Subject).text(" 차지하는 비중은 ");
    start.join(share).particle(Particle::Copula).text(".").done()
}

fn part_words(start: Line, part: &About) -> Line {
    if !part.kept.is_empty() {
        return start.words(&part.kept);
    }
    if part.untagged {
        return start.text("태그가 없는 요금");
    }
    if !part.missing.is_empty() {
        return start.words(&part.missing).particle(Particle::Subject).text(" 없는 요금");
    }
    if !part.filled.is_empty() {
        return start.words(&part.filled).particle(Particle::Subject).text(" 있는 요금");
    }
    if !part.left_out.is_empty() {
        return left_out(start.text("나머지 요금"), part);
    }
    start.text("조건에 맞는 요금")
}

/// The two amounts behind a share.
pub(in crate::say) fn out_of(part: &About, amounts: [FactRef; 2]) -> Sentence {
    let [own, whole] = amounts;
    let start = part_words(line(), part).text(" ").measure(own.clone()).particle(Particle::Topic);
    let start = start.text(" ").value(whole).text(" 중 ").value(own);
    start.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn two_per_day(
    about: &About,
    sides: [(Line, Option<Period>); 2],
    measure: FactRef,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = subject(line(), about, measure).particle(Particle::Topic).text(" ");
    let start = dated(start, from).join(early).text(", ");
    dated(start, to).join(late).particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn jump(
    about: &About,
    sides: [(FactRef, FactRef); 2],
    change: Line,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let start = subject(line(), about, to.clone()).particle(Particle::Topic).text(" ");
    let start = start.name(early).text(" ").value(from.clone()).text("에서 ").name(late).text(" ");
    let start = start.value(to.clone()).particle(Particle::Toward).text(" ").join(change);
    start.text(" ").trend(Some(from), to).text(".").done()
}

/// "2026년 9월 14일 청구 비용은 $1,500.00로, 직전보다 $163.20(+12.0%) 늘었습니다."
pub(in crate::say) fn stepped(step: &Step<'_>) -> Sentence {
    let start = match step.about.period {
        Some(period) => line().period(period).text(" "),
        None => line().name(step.at.clone()).text(" "),
    };
    let start = if step.of.is_empty() { start } else { start.names(&step.of).text(" ") };
    let start = subject(start, step.about, step.level.clone()).particle(Particle::Topic);
    let start = start.text(" ").value(step.level.clone()).particle(Particle::Toward);
    let start = start.text(", 직전보다 ").absolute(step.change.clone());
    let start = match &step.percent {
        Some(percent) => start.text("(").signed(percent.clone()).text(") "),
        None => start.text(" "),
    };
    start.trend(None, step.change.clone()).text(".").done()
}

pub(in crate::say) fn times(
    about: &About,
    measure: FactRef,
    sides: [Line; 2],
    ratio: Line,
) -> Sentence {
    let [left, right] = sides;
    let start = match about.period {
        Some(period) => line().period(period).text(" "),
        None => line(),
    };
    let start = start.join(left).text(" ").measure(measure).particle(Particle::Topic).text(" ");
    start.join(right).text("의 ").join(ratio).particle(Particle::Copula).text(".").done()
}

/// A later period over an earlier one.
pub(in crate::say) fn times_before(
    about: &About,
    measure: FactRef,
    periods: [Period; 2],
    ratio: Line,
) -> Sentence {
    let [from, to] = periods;
    let start = line().period(from).text(" 대비 ").period(to).text(" ");
    let start = subject(start, about, measure).particle(Particle::Topic).text(" ");
    start.join(ratio).particle(Particle::Copula).text(".").done()
}

/// One side over another, each with its own measure, conditions and period.
pub(in crate::say) fn ratio(sides: [(&About, FactRef); 2], ratio: Line) -> Sentence {
    let [(above, over), (below, under)] = sides;
    let same = above.period == below.period;
    let start = subject(lead(line(), above), above, over).particle(Particle::Object).text(" ");
    let start = if same { start } else { lead(start, below) };
    let start = subject(start, below, under).particle(Particle::Toward).text(" 나누면 ");
    start.join(ratio).particle(Particle::Copula).text(".").done()
}

/// Two amounts side by side, and how far they are apart.
pub(in crate::say) fn apart(sides: [(&About, FactRef); 2], gap: Line) -> Sentence {
    let [(above, over), (below, under)] = sides;
    let same = above.period == below.period;
    let start = subject(lead(line(), above), above, over).particle(Particle::And).text(" ");
    let start = if same { start } else { lead(start, below) };
    let start = subject(start, below, under).text("의 차이는 ").join(gap);
    start.particle(Particle::Copula).text(".").done()
}

/// One metric of a row in percent of another, or how far they lie apart.
pub(in crate::say) fn percent_in_row(
    about: &About,
    names: &[FactRef],
    measures: [FactRef; 2],
    percent: Line,
) -> Sentence {
    let [one, other] = measures;
    let start = lead(line(), about).names(names).text(" ").measure(other).text(" 대비 ");
    start
        .measure(one)
        .particle(Particle::Topic)
        .text(" ")
        .join(percent)
        .particle(Particle::Copula)
        .text(".")
        .done()
}
