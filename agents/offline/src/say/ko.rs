//! Korean sentences (합니다체).

mod cause;
mod frame;

use wherefore_contract::{
    draft::{Extreme, Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{line::Line, scene::About};

pub(super) use cause::{
    main_cause, part_moved, parts_moved, regime, unit_cost_moved, with_non_operating,
};
pub(super) use frame::{
    asked_back, choice, cost_metric, declined, instead, loaded, name_reading, nearest, next,
    no_figures, partial_period, period_reading, preceding, read_as, reason, whole_period,
};

fn line() -> Line {
    Line::default()
}

fn lead(about: &About) -> Line {
    match about.period {
        _ if about.dated_by_rows => line(),
        Some(period) => line().period(period).text(" "),
        None => line().text("적재된 기간의 "),
    }
}

// "EC2의 청구 비용", "(크레딧 제외)".
fn scoped(before: Line, about: &About, measure: FactRef) -> Line {
    scope(before, about).measure(measure)
}

fn scope(mut line: Line, about: &About) -> Line {
    if !about.left_out.is_empty() {
        line = line.text("(").words(&about.left_out).text(" 제외) ");
    }
    if !about.missing.is_empty() {
        line = line.words(&about.missing).text(" 값이 없는 요금의 ");
    }
    if !about.kept.is_empty() {
        line = line.words(&about.kept).text("의 ");
    }
    line
}

pub(super) fn total(about: &About, measure: FactRef, value: Line) -> Sentence {
    scoped(lead(about), about, measure)
        .particle(Particle::Topic)
        .text(" ")
        .join(value)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(super) fn row(
    about: &About,
    names: &[FactRef],
    measure: FactRef,
    value: FactRef,
    which: Option<Extreme>,
) -> Sentence {
    let start = scoped(lead(about), about, measure).text(" 기준으로는 ").names(names);
    let start = start.particle(Particle::Subject).text(" ").value(value.clone());
    match which {
        Some(which) => start
            .particle(Particle::Toward)
            .text(" ")
            .extreme(value, which)
            .text(" 항목입니다.")
            .done(),
        None => start.particle(Particle::Copula).text(".").done(),
    }
}

pub(super) fn row_share(names: &[FactRef], share: FactRef) -> Sentence {
    line().names(names).text("의 비중은 ").value(share).particle(Particle::Copula).text(".").done()
}

pub(super) fn moved(about: &About, sides: [(FactRef, Line); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    scoped(line(), about, to.clone())
        .particle(Particle::Topic)
        .text(" ")
        .join(early)
        .text(" ")
        .value(from.clone())
        .text("에서 ")
        .join(late)
        .text(" ")
        .value(to.clone())
        .particle(Particle::Toward)
        .text(" ")
        .trend(Some(from), to)
        .text(".")
        .done()
}

pub(super) fn moved_by(change: FactRef, percent: Option<FactRef>) -> Sentence {
    let line = line().text("차이는 ").signed(change);
    match percent {
        Some(percent) => {
            line.text("(").signed(percent).text(")").particle(Particle::Copula).text(".").done()
        }
        None => line.particle(Particle::Copula).text(".").done(),
    }
}

#[expect(clippy::single_match_else, reason = "the two arms are two sentences")]
pub(super) fn share(
    about: &About,
    at: Option<[FactRef; 2]>,
    measure: FactRef,
    share: Line,
) -> Sentence {
    let start = match at {
        Some([part, whole]) => {
            let start = line().name(part).text(" ");
            scoped(start, about, measure)
                .particle(Particle::Subject)
                .text(" ")
                .name(whole)
                .text("에서 차지하는 비중은 ")
        }
        None => {
            let about = About { dated_by_rows: false, ..about.clone() };
            scoped(lead(&about), &about, measure).text(" 비중은 ")
        }
    };
    start.join(share).particle(Particle::Copula).text(".").done()
}

pub(super) fn two_per_day(
    about: &About,
    sides: [(Line, Option<Period>); 2],
    measure: FactRef,
) -> Sentence {
    let [(early, from), (late, to)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = scoped(line(), about, measure).text(" 일평균은 ");
    let start = dated(start, from).join(early).text(", ");
    dated(start, to).join(late).particle(Particle::Copula).text(".").done()
}

pub(super) fn jump(about: &About, sides: [(FactRef, FactRef); 2], change: Line) -> Sentence {
    let [(early, from), (late, to)] = sides;
    scoped(line(), about, to.clone())
        .particle(Particle::Topic)
        .text(" ")
        .name(early)
        .text(" ")
        .value(from.clone())
        .text("에서 ")
        .name(late)
        .text(" ")
        .value(to.clone())
        .particle(Particle::Toward)
        .text(" ")
        .join(change)
        .text(" ")
        .trend(Some(from), to)
        .text(".")
        .done()
}

pub(super) fn times(about: &About, measure: FactRef, sides: [Line; 2], ratio: Line) -> Sentence {
    let [left, right] = sides;
    lead(&About { period: about.period, ..About::default() })
        .join(left)
        .text("의 ")
        .measure(measure)
        .particle(Particle::Topic)
        .text(" ")
        .join(right)
        .text("의 ")
        .join(ratio)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(super) fn saving(about: &About, measures: [FactRef; 2], difference: Line) -> Sentence {
    let [dear, cheap] = measures;
    scope(lead(about), about)
        .measure(dear)
        .particle(Particle::And)
        .text(" ")
        .measure(cheap)
        .text("의 차이는 ")
        .join(difference)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(super) fn fee_not_used(
    about: &About,
    sides: [(Vec<FactRef>, FactRef); 2],
    difference: Line,
) -> Sentence {
    let [(fee_names, fee), (used_names, used)] = sides;
    scope(lead(about), about)
        .text("약정 요금(")
        .names(&fee_names)
        .text(") ")
        .measure(fee)
        .particle(Particle::And)
        .text(" 약정이 적용된 사용 요금(")
        .names(&used_names)
        .text(") ")
        .measure(used)
        .text("의 차이는 ")
        .join(difference)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(super) fn fee_and_use(about: &About, sides: [(Vec<FactRef>, FactRef); 2]) -> Sentence {
    let [(fee_names, fee), (used_names, used)] = sides;
    lead(about)
        .text("약정 요금(")
        .names(&fee_names)
        .text(")의 ")
        .measure(fee.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(fee)
        .text(", 약정이 적용된 사용 요금(")
        .names(&used_names)
        .text(")의 ")
        .measure(used.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(used)
        .particle(Particle::Copula)
        .text(". 그 차이가 사용하지 못한 금액입니다.")
        .done()
}

pub(super) fn two_levels(about: &About, sides: [FactRef; 2]) -> Sentence {
    let [dear, cheap] = sides;
    lead(about)
        .measure(dear.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(dear)
        .text(", ")
        .measure(cheap.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(cheap)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(super) fn seen(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = if about.kept.is_empty() {
        line().text("요금은 ")
    } else {
        line().words(&about.kept).text(" 요금은 ")
    };
    start
        .name(first)
        .text("에 처음 발생했고, 마지막 요금은 ")
        .name(last)
        .text("에 발생했습니다.")
        .done()
}

pub(super) fn loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = match about.period {
        Some(period) => line().period(period).text("에 적재된 요금은 "),
        None => line().text("적재된 요금은 "),
    };
    start.name(first).text("에 시작하고, 마지막 요금은 ").name(last).text("에 시작합니다.").done()
}

pub(super) fn loaded_days(days: FactRef) -> Sentence {
    line().text("요금이 있는 날의 수는 ").value(days).particle(Particle::Copula).text(".").done()
}

pub(super) fn loaded_to_the_end() -> Sentence {
    line().text("이 기간은 끝까지 적재되어 있습니다.").done()
}

pub(super) fn reach(about: &About, evidence: &str, names: &[FactRef], share: FactRef) -> Sentence {
    lead(about)
        .text("요금을 큰 순서로 세면 ")
        .names(names)
        .text("까지 ")
        .count(evidence)
        .text("의 누적 비중은 ")
        .value(share)
        .particle(Particle::Copula)
        .text(".")
        .done()
}
