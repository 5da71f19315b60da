//! Korean sentences where there is no figure: what is missing, the proof, and what can be asked.

use wherefore_contract::{
    cost::Measure,
    dimension::Dimension,
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{left_out, line, scope};
use crate::{
    request::{Choice, Decline, Reason, Slice},
    say::scene::About,
};

pub(in crate::say) fn declined(decline: &Decline) -> Sentence {
    let plain = |text: &str| line().text(text).done();
    match &decline.reason {
        Reason::NothingLoaded => plain("적재된 청구 데이터가 없어 답할 수 없습니다."),
        Reason::MissingPeriod => match decline.period {
            Some(period) => {
                line().period(period).text(" 요금이 적재되어 있지 않아 답할 수 없습니다.").done()
            }
            None => plain("필요한 기간의 데이터가 적재되어 있지 않아 답할 수 없습니다."),
        },
        Reason::MissingColumn(dimension) => line()
            .text("적재된 요금에 ")
            .dimension(dimension)
            .text(" 값이 없어 답할 수 없습니다.")
            .done(),
        Reason::MissingMeasure(_) => {
            plain("적재된 청구 데이터에 할인을 뺀 순비용이 없어 답할 수 없습니다.")
        }
        Reason::Barred(_) => {
            plain("적재된 청구 데이터의 합계가 서로 맞지 않는 비용이라 수치를 제시하지 않습니다.")
        }
        Reason::MissingVolumes => {
            plain("거래 수(주문·요청·방문 수 등) 데이터가 없어 답할 수 없습니다.")
        }
        Reason::UnknownEntity => {
            plain("질문에 나온 이름을 적재된 데이터에서 찾지 못해 답할 수 없습니다.")
        }
        Reason::NotUnderstood => plain("질문을 이해하지 못했습니다."),
        Reason::WriteAction => {
            plain("무언가를 바꾸라는 요청입니다. 적재된 데이터에 대한 질문에만 답합니다.")
        }
        Reason::OutOfScope => plain("적재된 클라우드 비용에 대한 질문이 아닙니다."),
        Reason::MissingBudgets => plain("적재된 예산이 없어 답할 수 없습니다."),
        Reason::NotInBills => plain("청구 데이터에 없는 내용이라 답할 수 없습니다."),
        Reason::NotSupported => plain("추천은 아직 제공하지 않아 답할 수 없습니다."),
        Reason::BeyondData => {
            plain("예상의 근거가 될 데이터가 적재되어 있지 않아 답할 수 없습니다.")
        }
    }
}

pub(in crate::say) fn reason(decline: &Decline) -> Sentence {
    let asked = |after: &str, otherwise: &str| {
        if decline.asked.is_empty() {
            return line().text(otherwise).done();
        }
        line().all_asked(&decline.asked).particle(Particle::Topic).text(after).done()
    };
    match &decline.reason {
        Reason::NothingLoaded => line().text("창고에 요금이 없습니다.").done(),
        Reason::MissingPeriod => missing_period(decline),
        Reason::MissingColumn(dimension) => missing_column(dimension),
        Reason::MissingMeasure(measure) => line().text(net_columns(measure)).done(),
        Reason::Barred(_) => {
            line().text("적재할 때 이 비용의 마감 항등식이 성립하지 않았습니다.").done()
        }
        Reason::MissingVolumes => asked(
            " 거래 수가 적재되어 있지 않아, 나눌 값이 없습니다.",
            "질문한 대상의 거래 수가 적재되어 있지 않아, 나눌 값이 없습니다.",
        ),
        Reason::UnknownEntity => asked(
            " 적재된 데이터에 없는 이름입니다. 서비스, 계정, 리전, 태그, 리소스, 요금 설명에서 찾았습니다.",
            "적재된 데이터에 없는 이름이 있습니다. 서비스, 계정, 리전, 태그, 리소스, 요금 설명에서 찾았습니다.",
        ),
        Reason::NotUnderstood => {
            asked(" 이해하지 못한 말입니다.", "질문에 지표나 이름, 기간이 없습니다.")
        }
        Reason::WriteAction => {
            asked(" 바꾸라는 말이며, 아무것도 바꾸지 않았습니다.", "아무것도 바꾸지 않았습니다.")
        }
        Reason::OutOfScope => {
            asked(" 클라우드 비용 밖의 말입니다.", "클라우드 비용 밖의 질문입니다.")
        }
        Reason::MissingBudgets => asked(
            " 예산에 대한 말인데 청구서에는 예산이 없습니다. name, start, end, amount, currency 열(일부에 대한 예산은 dimension, value 열도)이 있는 표를 wherefore load 명령으로 적재하면 답할 수 있습니다.",
            "wherefore load 명령으로 예산 표를 적재하면 답할 수 있습니다.",
        ),
        Reason::NotInBills => asked(
            " 청구서의 어느 열에도 없는 내용입니다. 탄소 배출량, 성능 같은 값은 청구 데이터에 없습니다.",
            "청구서의 어느 열에도 없는 내용입니다.",
        ),
        Reason::NotSupported => asked(
            " 추천을 구하는 말입니다. 지난 비용에 대한 질문에는 답할 수 있습니다.",
            "지난 비용에 대한 질문에는 답할 수 있습니다.",
        ),
        Reason::BeyondData => beyond(decline),
    }
}

fn net_columns(measure: &Measure) -> &'static str {
    if matches!(measure, Measure::NetEffectiveCost) {
        "필요한 순비용 열(Savings Plan과 예약의 순유효 비용, 순비혼합 비용)이 적재된 청구 데이터에 없거나 비어 있고, 할인을 적은 행도 없습니다. 유효 비용은 물어볼 수 있습니다."
    } else {
        "필요한 순비용 열(순비혼합 비용)이 적재된 청구 데이터에 없거나 비어 있고, 할인을 적은 행도 없습니다. 청구 비용은 물어볼 수 있습니다."
    }
}

fn missing_period(decline: &Decline) -> Sentence {
    let Some(period) = decline.period else {
        return line().text("질문이 묻는 기간의 요금이 적재되어 있지 않습니다.").done();
    };
    let start = if decline.asked.is_empty() {
        line().text("질문에 필요한 기간은 ")
    } else {
        line().all_asked(&decline.asked).particle(Particle::Topic).text(" ")
    };
    start
        .period(period)
        .particle(Particle::Copula)
        .text(". 이 기간의 요금은 적재되어 있지 않습니다.")
        .done()
}

fn beyond(decline: &Decline) -> Sentence {
    let start = line().text("예상은 적재된 날의 하루 비용이 이어진다고 보고 계산하는데, ");
    match decline.period {
        Some(period) => start.period(period).text(" 중 적재된 날이 없습니다.").done(),
        None => start.text("그 기간 중 적재된 날이 없습니다.").done(),
    }
}

fn missing_column(dimension: &Dimension) -> Sentence {
    let standard = match dimension {
        Dimension::Column(column) => column.since(),
        Dimension::Tag(_) | Dimension::Workload | Dimension::Time(_) => None,
    };
    let start = line().dimension(dimension).particle(Particle::Topic);
    match standard {
        Some("1.0") => {
            start.text(" FOCUS 표준에 있는 열이지만, 적재된 청구 데이터에는 값이 없습니다.").done()
        }
        Some(_) => start
            .text(" ")
            .since(dimension)
            .text("에서 생긴 열이며, 적재된 청구 데이터에는 값이 없습니다.")
            .done(),
        None => start.text(" 적재된 청구 데이터에 값이 없습니다.").done(),
    }
}

/// The formats of what is loaded.
pub(in crate::say) fn formats(formats: FactRef) -> Sentence {
    line().text("적재된 청구 데이터의 형식: ").name(formats).text(".").done()
}

/// What charges can be grouped by instead.
pub(in crate::say) fn searched(dimensions: &[Dimension]) -> Sentence {
    line()
        .text("적재된 청구 데이터에 값이 있는 기준: ")
        .dimensions(dimensions, ", ")
        .text(".")
        .done()
}

pub(in crate::say) fn nearest(names: Vec<FactRef>) -> Sentence {
    let mut words = line().text("비슷한 이름: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(in crate::say) fn asked_back(asked: Slice) -> Sentence {
    let start = line().asked(asked).particle(Particle::Topic);
    start.text(" 여러 뜻으로 읽힙니다. 어느 쪽인지 알려 주세요.").done()
}

pub(in crate::say) fn which_one() -> Sentence {
    line().text("어느 뜻으로 읽느냐에 따라 답이 달라집니다.").done()
}

pub(in crate::say) fn choice(choice: &Choice) -> Sentence {
    let start = line().asked(choice.asked).particle(Particle::Object).text(" ");
    start.dimension(&choice.dimension).particle(Particle::Toward).text(" 읽는 경우.").done()
}

pub(in crate::say) fn no_figures(about: &About) -> Sentence {
    let start = match about.period.filter(|_| !about.dated_by_rows) {
        Some(period) => line().period(period).text("에 "),
        None => line(),
    };
    let start = start.text("질문의 조건에 맞는 ");
    let start = left_out(scope(start, about).text("요금"), about).particle(Particle::Subject);
    start.text(" 없습니다.").done()
}

/// Nothing began, or nothing ended, between two periods.
pub(in crate::say) fn none_changed(
    dimensions: &[Dimension],
    from: Period,
    to: Period,
    gone: bool,
) -> Sentence {
    let start = line().period(from).text(" 대비 ").period(to).text("에 ");
    let start = start.text(if gone { "사라진 " } else { "새로 생긴 " });
    start.dimensions(dimensions, ", ").particle(Particle::Subject).text(" 없습니다.").done()
}

pub(in crate::say) fn instead() -> Vec<Sentence> {
    ["클라우드 서비스별 비용은 얼마인가요?", "어떤 데이터가 적재되어 있나요?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
