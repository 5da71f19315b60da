//! Korean sentences about commitments: what to commit to, what it risks, and how the held ones do.

mod ends;
mod held;

use wherefore_contract::{
    draft::{CalcOp, Format, Particle, Sentence},
    evidence::FactRef,
};

pub(in crate::say) use self::ends::{
    can_return, cannot_return, ended_last, ends_next, lapse, nameless, no_end_told, none_ends,
    nothing_to_return, open_ends, return_rule, unnamed_ends,
};
pub(in crate::say) use self::held::{held, held_cost, hours_covered, hours_used, unpriced, wasted};
use super::super::line;
use crate::say::{line::Line, voice::Plan};

/// "시간당 약정액 시간당 $2.00, 월 절감액 $394.20입니다".
fn figures(start: Line, figures: &[FactRef]) -> Line {
    listed(start, figures).particle(Particle::Copula)
}

fn listed(start: Line, figures: &[FactRef]) -> Line {
    figures.iter().enumerate().fold(start, |line, (index, figure)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.measure(figure.clone()).text(" ").value(figure.clone())
    })
}

fn of(plan: &Plan) -> Line {
    let start = line().name(plan.offer.clone());
    match &plan.payment {
        Some((term, payment)) => {
            start.text("(").value(term.clone()).text(", ").name(payment.clone()).text(")")
        }
        None => start,
    }
}

pub(in crate::say) fn planned(plan: &Plan) -> Sentence {
    let start = line().name(plan.covers.clone()).text("에는 ").join(of(plan));
    figures(start.text(" 약정을 권합니다. "), &plan.figures).text(".").done()
}

pub(in crate::say) fn planned_otherwise(plan: &Plan) -> Sentence {
    let start = line().name(plan.covers.clone()).text("에 ").join(of(plan));
    figures(start.text(" 약정을 걸면 "), &plan.figures).text(".").done()
}

pub(in crate::say) fn planned_together(savings: &[FactRef]) -> Sentence {
    let start = line().text("위 약정을 모두 합한 ");
    let start = match savings.first() {
        Some(first) => start.measure(first.clone()),
        None => start,
    };
    let start = start.particle(Particle::Topic).text(" ");
    let start = start.calc(CalcOp::Sum, savings.to_vec(), Format::Auto);
    start.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn risked(plan: &Plan) -> Sentence {
    let start = line().name(plan.covers.clone()).text("에 ").name(plan.offer.clone());
    figures(start.text(" 약정을 걸었을 때의 사용 전망과 손익 기준: "), &plan.figures)
        .text(".")
        .done()
}

pub(in crate::say) fn held_out(plan: &Plan) -> Sentence {
    let start = line()
        .name(plan.covers.clone())
        .text("의 앞쪽 기간으로 규모를 정하고 뒤쪽 기간으로 검증하면 ");
    figures(start, &plan.figures).text(".").done()
}

/// Where a discount is from.
pub(in crate::say) fn rated(plan: &Plan, own: bool) -> Sentence {
    let start = line().name(plan.covers.clone()).text("의 ").name(plan.offer.clone());
    let start = start.text("에 적용한 ").measure(plan.discount.clone());
    let start = start.text(" ").value(plan.discount.clone()).particle(Particle::Topic);
    if own {
        start.text(" 보유 중인 약정이 이 청구서에서 받은 할인율입니다.").done()
    } else {
        let start = start.text(" 공개된 할인율의 통상 값이며, 범위는 공개 할인율의 양 끝과 읽은 기간의 좋은 구간과 나쁜 구간을 반영합니다. ");
        start.text("실제 견적을 상품표에 넣으면 그 값으로 계산합니다.").done()
    }
}

pub(in crate::say) fn even_hours() -> Sentence {
    line().text("요금이 일 단위라 하루 안의 시간은 고르다고 보았습니다. 시간 단위 요금이 있으면 유휴 시간이 드러납니다.").done()
}

pub(in crate::say) fn both_offers() -> Sentence {
    line()
        .text("DynamoDB 예약 용량이 Database Savings Plan과 함께 계속 판매되는지는 AWS 문서끼리 서로 다릅니다. ")
        .text("두 상품을 상품표에 나란히 두었고 어느 쪽도 단정하지 않습니다.")
        .done()
}

pub(in crate::say) fn broken_even(plan: &Plan, pays: bool) -> Sentence {
    let start =
        line().name(plan.covers.clone()).text("의 ").join(of(plan)).text(" 약정은 이 사용률에서 ");
    let verdict =
        if pays { "본전을 회수합니다. " } else { "본전을 회수하지 못합니다. " };
    figures(start.text(verdict), &plan.figures).text(".").done()
}

/// Offers that are told beside each other, none of them recommended.
pub(in crate::say) fn side_by_side(offers: &[Plan]) -> Sentence {
    let start = line().text("어느 쪽도 단정하지 않고 나란히 비교합니다. ");
    let last = offers.len().saturating_sub(1);
    let all = offers.iter().enumerate().fold(start, |line, (index, plan)| {
        let line = if index == 0 { line.name(plan.covers.clone()).text(": ") } else { line };
        let line = listed(line.join(of(plan)).text(" "), &plan.figures);
        if index < last { line.text("; ") } else { line }
    });
    all.particle(Particle::Copula).text(".").done()
}

/// Provisioned units that nearly every hour needs, and what of them can be reserved.
pub(in crate::say) fn units_reserved(names: &[FactRef], told: &[FactRef]) -> Sentence {
    figures(line().text("처리량 ").names(names).text(": "), told).text(".").done()
}
