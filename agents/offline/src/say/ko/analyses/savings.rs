//! Korean sentences about what can be saved.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::super::line;
use crate::say::{
    line::Line,
    voice::{Folded, Kind, Saved},
};

/// "2026년 9월 사용 요금을 기준으로 총 월 절감액은 $120.00입니다. 조치별 월 절감액: gp3 전환 $80.00, …"
pub(in crate::say) fn savings_total(saved: &Saved, kinds: &[Kind]) -> Sentence {
    let start = dated(line(), saved.period).text("사용 요금을 기준으로 ");
    let start = start.measure(saved.total.clone()).particle(Particle::Topic).text(" ");
    let start = start.value(saved.total.clone()).particle(Particle::Copula);
    let start = match kinds.first() {
        Some(first) => start.text(". 조치별 ").measure(first.saving.clone()).text(": "),
        None => start,
    };
    listed(start, kinds).text(".").done()
}

pub(in crate::say) fn savings_range(saved: &Saved) -> Sentence {
    let [low, high] = [saved.low.clone(), saved.high.clone()];
    let range =
        line().measure(low.clone()).particle(Particle::Topic).text(" ").value(low).text(", ");
    let range = range.measure(high.clone()).particle(Particle::Topic).text(" ").value(high);
    range.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn savings_order() -> Sentence {
    line()
        .text(
            "조치는 삭제, 크기 조정·일정 정지, 전환, 약정 순서로 적용하며, 약정이 적용된 사용량은 이미 지불되는 \
금액이므로 제외했습니다.",
        )
        .done()
}

pub(in crate::say) fn savings_folded(folded: &Folded) -> Sentence {
    let Folded { listed, others, saving } = folded;
    let start = line().measure(listed.clone());
    let start = start.particle(Particle::Topic).text(" ").value(listed.clone()).text(", ");
    let start = start.measure(others.clone()).particle(Particle::Topic).text(" ");
    let start = start.value(others.clone()).text(", ").measure(saving.clone());
    let start = start.particle(Particle::Topic).text(" ").value(saving.clone());
    start.particle(Particle::Copula).text(".").done()
}

/// What one check looked at, where it found nothing.
pub(in crate::say) fn looked_into(
    check: FactRef,
    period: Option<Period>,
    figures: [FactRef; 3],
) -> Sentence {
    let start = dated(line(), period).text("‘").name(check).text("’에 해당하는 항목이 없습니다(");
    let told = figures.into_iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure)
    });
    told.text(").").done()
}

/// Checks whose usage is not on the bill.
pub(in crate::say) fn nothing_charged(checks: &[FactRef], period: Option<Period>) -> Sentence {
    let start = dated(line(), period).text("점검 대상 사용량이 청구되지 않은 조치: ");
    parted(start, checks).text(".").done()
}

pub(in crate::say) fn savings_overlap(saved: &Saved) -> Sentence {
    line()
        .measure(saved.apart.clone())
        .particle(Particle::Topic)
        .text(" ")
        .value(saved.apart.clone())
        .particle(Particle::Copula)
        .text(". 여기서는 앞선 조치 후 남은 비용에서만 계산하므로 같은 금액을 중복해서 세지 않습니다.")
        .done()
}

pub(in crate::say) fn savings_published() -> Sentence {
    line()
        .text("바꿀 종류의 자체 단가가 청구서에 없으면 공개된 비율로 추정하고 범위를 함께 표시했습니다.")
        .done()
}

pub(in crate::say) fn no_savings(period: Option<Period>, figures: [FactRef; 2]) -> Sentence {
    let [lines, cost] = figures;
    let start = dated(line(), period).text("사용 요금 ").value(lines).particle(Particle::Object);
    let start = start.text(" 점검했으나 조치할 항목을 찾지 못했습니다. ").measure(cost.clone());
    start
        .particle(Particle::Topic)
        .text(" ")
        .value(cost)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

pub(in crate::say) fn found_nothing(checks: &[FactRef]) -> Sentence {
    parted(line().text("점검했지만 해당 항목이 없는 조치: "), checks).text(".").done()
}

pub(in crate::say) fn cannot_tell(checks: &[FactRef]) -> Sentence {
    let start = line().text("적재된 데이터로는 전부 판단할 수 없는 조치: ");
    parted(start, checks)
        .text(" (적재 일수가 부족하거나, 사용량이 가동 시간과 다른 리소스에 청구되거나, 필요한 집계 데이터가 적재되지 않았습니다).")
        .done()
}

/// Checks that need metrics which are not loaded.
pub(in crate::say) fn not_measured(checks: &[FactRef]) -> Sentence {
    parted(line().text("판단할 지표가 적재되어 있지 않아 점검하지 못한 조치: "), checks)
        .text(".")
        .done()
}

/// "청구 데이터와 함께 2026-09-30부터 2026-10-31까지의 지표를 확인했습니다(읽은 지표 계열 40개, …)."
pub(in crate::say) fn savings_measured(days: [FactRef; 2], figures: &[FactRef]) -> Sentence {
    let [from, until] = days;
    let start = line().text("청구 데이터와 함께 ").name(from).text("부터 ").name(until);
    measures(start.text("까지의 지표도 확인했습니다("), figures)
        .text("). 지표가 없는 리소스는 청구 데이터만으로 판단했습니다.")
        .done()
}

/// A finding of the bill that metrics contradict.
pub(in crate::say) fn savings_withdrawn(
    [check, resource, signal, statistic]: [FactRef; 4],
    figures: &[FactRef],
) -> Sentence {
    let start = line().text("지표상 사용 중이므로 제외한 조치: ").name(check).text(" (");
    let start = start.name(resource).text("). ").name(signal).text(" ").name(statistic);
    measures(start.text(": "), figures).text(".").done()
}

fn measures(start: Line, figures: &[FactRef]) -> Line {
    figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    })
}

/// What a plan cannot book before somebody has looked.
pub(in crate::say) fn to_examine(
    check: FactRef,
    resource: Option<FactRef>,
    up_to: FactRef,
) -> Sentence {
    let start = line().text("확정하기 전에 살펴볼 항목: ").name(check);
    let start = match resource {
        Some(resource) => start.text(" (").name(resource).text(")"),
        None => start,
    };
    let start = start.text(", ").measure(up_to.clone()).text(" ").value(up_to);
    start.text(". 나머지는 표에 있습니다.").done()
}

fn dated(line: Line, period: Option<Period>) -> Line {
    match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    }
}

fn listed(start: Line, kinds: &[Kind]) -> Line {
    kinds.iter().enumerate().fold(start, |line, (index, kind)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.name(kind.name.clone()).text(" ").value(kind.saving.clone())
    })
}

fn parted(start: Line, names: &[FactRef]) -> Line {
    names.iter().enumerate().fold(start, |line, (index, name)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.name(name.clone())
    })
}
