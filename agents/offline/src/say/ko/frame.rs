//! Korean sentences around the figures: how the question was read, what is missing, and what can be asked.

use wherefore_contract::{
    dimension::{Dimension, FocusDimension as F, Grain},
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{line, scope};
use crate::{
    request::{Ask, Decline, Reason, Slice},
    say::{decline, scene::Scene},
};

pub(in crate::say) fn read_as(scene: &Scene<'_>, measure: FactRef) -> Sentence {
    let about = scene.about(None);
    let mut words = scope(line().text("이렇게 이해했습니다: "), &about).measure(measure);
    for dimension in &scene.reading.dimensions {
        let word = dimension_word(dimension);
        let by = if word.ends_with('별') { "" } else { "별" };
        words = words.text(" (").text(&word).text(by).text(")");
    }
    words.text(".").done()
}

pub(super) fn dimension_word(dimension: &Dimension) -> String {
    let plain = |key: &str| key.chars().all(|letter| letter.is_ascii_alphabetic());
    match dimension {
        Dimension::Tag(key) if plain(key) && key.len() > 2 => format!("{key} 태그"),
        Dimension::Tag(_) => "태그".to_owned(),
        Dimension::Workload => "워크로드".to_owned(),
        Dimension::Time(grain) => match grain {
            Grain::Hour => "시각",
            Grain::Day => "날짜",
            Grain::IsoWeek => "주차",
            Grain::Month => "월별",
            Grain::Quarter => "분기별",
            Grain::Year => "연도",
            Grain::Weekday => "요일",
            Grain::WeekPart => "평일과 주말",
            Grain::HourOfDay => "시간대",
        }
        .to_owned(),
        Dimension::Column(column) => column_word(*column).to_owned(),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "columns without a Korean word keep their own")]
fn column_word(column: F) -> &'static str {
    match column {
        F::ServiceName => "클라우드 서비스",
        F::ServiceCategory => "서비스 분류",
        F::ServiceSubcategory => "서비스 하위 분류",
        F::Provider => "공급자",
        F::Region => "리전",
        F::RegionName => "리전 이름",
        F::AvailabilityZone => "가용 영역",
        F::SubAccountId => "연결 계정",
        F::SubAccountName => "연결 계정 이름",
        F::BillingAccountId => "청구 계정",
        F::ChargeCategory => "요금 분류",
        F::ChargeDescription => "요금 설명",
        F::PricingCategory => "가격 책정 분류",
        F::CommitmentDiscountStatus => "약정 사용 상태",
        F::CommitmentDiscountType => "약정 유형",
        F::CapacityReservationId => "용량 예약",
        F::CapacityReservationStatus => "용량 예약 상태",
        F::InvoiceId => "청구서 번호",
        F::InstanceType => "인스턴스 유형",
        F::UsageType => "사용 유형",
        F::SkuMeter => "미터",
        F::ResourceId => "리소스",
        F::ResourceName => "리소스 이름",
        F::ResourceType => "리소스 유형",
        F::BillingPeriod => "청구 월",
        _ => column.column(),
    }
}

pub(in crate::say) fn cost_metric(measure: FactRef) -> Sentence {
    line()
        .text("비용 기준을 따로 정하지 않으셔서, 적재된 청구 데이터에 맞는 ")
        .measure(measure)
        .text(" 기준으로 답했습니다.")
        .done()
}

pub(in crate::say) fn period_reading(asked: Slice, period: Period) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" ")
        .period(period)
        .particle(Particle::Toward)
        .text(" 읽었습니다.")
        .done()
}

pub(in crate::say) fn preceding(period: Period) -> Sentence {
    line()
        .text("비교할 이전 기간이 질문에 없어 ")
        .period(period)
        .particle(Particle::Toward)
        .text(" 정했습니다.")
        .done()
}

pub(in crate::say) fn whole_period() -> Sentence {
    line().text("기간을 따로 정하지 않으셔서, 적재된 데이터의 기간으로 답했습니다.").done()
}

pub(in crate::say) fn name_reading(asked: Slice) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" 철자가 달라도 비슷한 이름으로 읽었습니다.")
        .done()
}

pub(in crate::say) fn partial_period(period: Period, first: FactRef, last: FactRef) -> Sentence {
    line()
        .period(period)
        .text(" 데이터는 빠짐없이 적재되어 있지 않습니다. 적재된 요금은 ")
        .name(first)
        .text("부터 ")
        .name(last)
        .text("까지입니다.")
        .done()
}

pub(in crate::say) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("적재된 요금은 ").name(first).text("부터 ").name(last).text("까지입니다.").done()
}

pub(in crate::say) fn next(ask: Ask) -> Vec<Sentence> {
    let questions: &[&str] = match ask {
        Ask::Total
        | Ask::PerDay
        | Ask::Count
        | Ask::Share
        | Ask::Saving
        | Ask::Unused
        | Ask::Forecast
        | Ask::Average
        | Ask::Exists => &["클라우드 서비스별로는 어떻게 나뉘나요?", "전월과 비교하면 어떤가요?"],
        Ask::Breakdown | Ask::Cumulative(_) | Ask::Times | Ask::Ratio => {
            &["전월과 비교하면 각각 어떻게 달라졌나요?", "월별로 보면 어떤가요?"]
        }
        Ask::Trend | Ask::Jump => &["왜 달라졌나요?", "클라우드 서비스별로는 어떻게 나뉘나요?"],
        Ask::Compare | Ask::ComparePerDay => &["왜 달라졌나요?", "어느 계정에서 달라졌나요?"],
        Ask::Explain | Ask::ExplainUnitCost => {
            &["어느 계정에서 달라졌나요?", "날짜별로 보면 어떤가요?"]
        }
        Ask::FirstSeen | Ask::Completeness | Ask::Coverage => &["월별 비용은 얼마인가요?"],
        Ask::UnitCost => &["전월과 비교해 왜 달라졌나요?"],
    };
    questions.iter().map(|text| line().text(text).done()).collect()
}

pub(in crate::say) fn declined(decline: &Decline) -> Sentence {
    if let (Reason::MissingPeriod, Some(period)) = (&decline.reason, decline.period) {
        return line().period(period).text(" 요금이 적재되어 있지 않아 답할 수 없습니다.").done();
    }
    let text = match decline.reason {
        Reason::NothingLoaded => "적재된 청구 데이터가 없어 답할 수 없습니다.",
        Reason::MissingPeriod => "필요한 기간의 데이터가 적재되어 있지 않아 답할 수 없습니다.",
        Reason::MissingColumn(_) => "필요한 열이 적재된 청구 데이터에 없어 답할 수 없습니다.",
        Reason::MissingVolumes => "거래 수 데이터가 적재되어 있지 않아 답할 수 없습니다.",
        Reason::UnknownEntity => {
            "질문에 나온 이름이나 낱말을 적재된 데이터에서 찾지 못해 답할 수 없습니다."
        }
        Reason::NotUnderstood => "질문을 이해하지 못했습니다.",
        Reason::WriteAction => {
            "무언가를 바꾸라는 요청입니다. 적재된 데이터에 대한 질문에만 답합니다."
        }
        Reason::OutOfScope => "적재된 클라우드 비용에 대한 질문이 아닙니다.",
        Reason::NotSupported => "추천은 아직 지원하지 않아 답할 수 없습니다.",
        Reason::BeyondData => "묻는 기간을 예상할 근거가 되는 데이터가 적재되어 있지 않습니다.",
        Reason::NotInBills => "청구 데이터에 없는 내용이라 답할 수 없습니다.",
    };
    line().text(text).done()
}

pub(in crate::say) fn reason(decline: &Decline) -> Sentence {
    let asked = |after: &str, particle: Particle| {
        if decline.asked.is_empty() {
            return None;
        }
        Some(line().all_asked(&decline.asked).particle(particle).text(after).done())
    };
    let plain = |text: &str| line().text(text).done();
    match &decline.reason {
        Reason::NothingLoaded => plain("창고에 요금이 없습니다."),
        Reason::MissingPeriod => missing_period(decline),
        Reason::MissingColumn(dimension) => {
            let word = dimension_word(dimension);
            let since = if decline::later_column(dimension) {
                " 이 열은 FOCUS 표준의 이후 판에서 생겼습니다."
            } else {
                ""
            };
            plain(&format!("적재된 요금에는 {word} 값이 없습니다.{since}"))
        }
        Reason::MissingVolumes => {
            let named = (!decline.asked.is_empty()).then(|| {
                line().all_asked(&decline.asked).text("의 거래 수 데이터가 없습니다.").done()
            });
            named.unwrap_or_else(|| plain("거래 수 데이터가 없습니다."))
        }
        Reason::UnknownEntity => asked(" 적재된 데이터에 없는 이름입니다.", Particle::Topic)
            .unwrap_or_else(|| plain("적재된 데이터에 없는 이름이 있습니다.")),
        Reason::NotUnderstood => asked(" 이해하지 못한 말입니다.", Particle::Topic)
            .unwrap_or_else(|| plain("질문에 지표나 이름, 기간이 없습니다.")),
        Reason::WriteAction => {
            asked(" 바꾸라는 말이며, 아무것도 바꾸지 않았습니다.", Particle::Topic)
                .unwrap_or_else(|| plain("아무것도 바꾸지 않았습니다."))
        }
        Reason::OutOfScope => asked(" 클라우드 비용 밖의 말입니다.", Particle::Topic)
            .unwrap_or_else(|| plain("클라우드 비용 밖의 질문입니다.")),
        Reason::NotSupported => asked(" 아직 지원하지 않습니다.", Particle::Topic)
            .unwrap_or_else(|| plain("아직 지원하지 않습니다.")),
        Reason::BeyondData => plain("예상은 같은 달의 적재된 날을 바탕으로 합니다."),
        Reason::NotInBills => asked(" 청구 데이터에 없는 말입니다.", Particle::Topic)
            .unwrap_or_else(|| plain("청구 데이터에 없는 내용입니다.")),
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

pub(in crate::say) fn nearest(names: Vec<FactRef>) -> Sentence {
    let mut words = line().text("비슷한 이름: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(in crate::say) fn asked_back(asked: Slice) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" 여러 뜻으로 읽힙니다. 어느 쪽인지 알려 주세요.")
        .done()
}

pub(in crate::say) fn choice(asked: Slice, dimension: &Dimension) -> Sentence {
    line().asked(asked).text(": ").text(&dimension_word(dimension)).text(" 값으로 읽는 경우").done()
}

pub(in crate::say) fn no_figures() -> Sentence {
    line().text("적재된 데이터에 이 질문에 맞는 요금이 없습니다.").done()
}

pub(in crate::say) fn instead() -> Vec<Sentence> {
    ["클라우드 서비스별 비용은 얼마인가요?", "어떤 데이터가 적재되어 있나요?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
