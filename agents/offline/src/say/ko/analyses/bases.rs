//! Korean sentences about cost bases and whether they close.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
};

use super::super::line;

/// A basis that is not given, or not without a doubt.
pub(in crate::say) fn basis(name: FactRef, status: FactRef, reason: FactRef) -> Sentence {
    let start = line().name(name).text(" 기준은 ").name(status).particle(Particle::Copula);
    start.text(". 이유: ").name(reason).text(".").done()
}

/// One line between the two costs.
pub(in crate::say) fn cost_line(name: FactRef, costs: [FactRef; 2]) -> Sentence {
    let [billed, effective] = costs;
    let start = line().name(name).text(": ").measure(billed.clone()).particle(Particle::Topic);
    let start = start.text(" ").value(billed).text(", ").measure(effective.clone());
    start
        .particle(Particle::Topic)
        .text(" ")
        .value(effective)
        .particle(Particle::Copula)
        .text(".")
        .done()
}

/// Where a bill keeps its discounts.
pub(in crate::say) fn discounts(layout: &str) -> Sentence {
    line()
        .text(match layout {
            "in_the_costs" => {
                "청구 데이터가 FOCUS 형식이어서 비용에 모든 할인이 이미 반영되어 있습니다. 따라서 할인을 뺀 금액도 같습니다."
            }
            "net_columns" => {
                "청구 데이터가 할인을 순비용 열에 적어 두었습니다. 순비용 기준은 할인 후, 나머지는 할인 전 금액입니다."
            }
            "separate_rows" => {
                "청구 데이터가 할인을 별도의 음수 행에 적어 두었습니다. 합계는 할인 후, 개별 요금은 할인 전 금액입니다."
            }
            "columns_and_rows" => "청구 데이터가 할인을 순비용 열과 별도 행 양쪽에 적어 두었습니다.",
            _ => "청구 데이터에 할인이 나타나지 않습니다. 순비용 열이 없거나 비어 있습니다.",
        })
        .done()
}

pub(in crate::say) fn identities_hold() -> Sentence {
    line().text("네, 확인할 수 있는 마감 항등식이 모두 성립합니다.").done()
}

pub(in crate::say) fn identities_unchecked() -> Sentence {
    line().text("적재된 청구 데이터로 확인할 수 있는 마감 항등식이 없습니다.").done()
}

pub(in crate::say) fn identities_not_kept() -> Sentence {
    line().text("마감 항등식을 보관하기 전에 적재된 청구 데이터입니다. 확인하려면 다시 적재해야 합니다.").done()
}

pub(in crate::say) fn identity_fails(name: FactRef, month: FactRef) -> Sentence {
    let start = line().text("아니요, ").name(month).text("에 다음 항등식이 성립하지 않습니다: ");
    start.name(name).text(".").done()
}

/// How far both sides lie apart.
pub(in crate::say) fn identity_gap(name: FactRef, month: FactRef, sides: [FactRef; 3]) -> Sentence {
    let [left, right, gap] = sides;
    let start = line().name(month).text(" ").name(name).text(": ").measure(left.clone()).text(" ");
    let start = start.value(left).text(", ").measure(right.clone()).text(" ").value(right);
    let start = start.text(", ").measure(gap.clone()).text(" ").value(gap);
    start.particle(Particle::Copula).text(".").done()
}

pub(in crate::say) fn identity_unchecked(name: FactRef, reason: FactRef) -> Sentence {
    line().text("확인하지 못한 항등식: ").name(name).text(". 이유: ").name(reason).text(".").done()
}

/// What failed, as the data report has it.
pub(in crate::say) fn failed(month: FactRef, text: FactRef) -> Sentence {
    line().name(month).text(" 데이터 보고서 내용: ").name(text).text(".").done()
}

/// Both amounts where credits cancel what was used.
pub(in crate::say) fn gross_and_credits(gross: FactRef, credits: FactRef) -> Sentence {
    let start = line().text("크레딧이 사용 금액을 가리고 있습니다. ").measure(gross.clone());
    let start = start.particle(Particle::Topic).text(" ").value(gross).text(", ");
    let start = start.measure(credits.clone()).particle(Particle::Topic).text(" ").value(credits);
    start.particle(Particle::Copula).text(".").done()
}
