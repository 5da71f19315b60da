//! Korean sentences (합니다체).

use wherefore_contract::{
    dimension::{Dimension, FocusDimension as F, Grain},
    draft::{CalcOp, Extreme, Format, Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::{
    line::Line,
    scene::{About, Part, Scene},
};
use crate::request::{Ask, Decline, Reason, Slice};

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
    let start = scoped(lead(about), about, measure).particle(Particle::Subject).text(" ");
    let start = match which {
        Some(which) => start.extreme(value.clone(), which).text(" 항목은 "),
        None => start.text("있는 항목은 "),
    };
    start
        .names(names)
        .particle(Particle::Toward)
        .text(", ")
        .value(value)
        .particle(Particle::Copula)
        .text(".")
        .done()
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

pub(super) fn part_moved(
    about: &About,
    from: Option<Period>,
    names: &[FactRef],
    measure: FactRef,
    change: FactRef,
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => line().period(from).text(" 대비 ").period(to).text("에 "),
        _ => line(),
    };
    start
        .names(names)
        .text("의 ")
        .measure(measure)
        .particle(Particle::Subject)
        .text(" ")
        .absolute(change.clone())
        .text(" ")
        .trend(None, change)
        .text(".")
        .done()
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

pub(super) fn unit_cost_moved(
    workload: Option<FactRef>,
    sides: [(FactRef, Option<Period>); 2],
) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let start = match workload {
        Some(workload) => line().name(workload).text("의 비용은 "),
        None => line().text("비용은 "),
    };
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = dated(start, early).value(from.clone()).text("에서 ");
    dated(start, late)
        .value(to.clone())
        .particle(Particle::Toward)
        .text(" ")
        .trend(Some(from.clone()), to.clone())
        .text("(")
        .calc(CalcOp::PercentChange, vec![from, to], Format::Signed)
        .text(").")
        .done()
}

pub(super) fn main_cause(
    effect: &str,
    of_transactions: bool,
    names: &[FactRef],
    amount: FactRef,
    period: Option<Period>,
) -> Sentence {
    let gloss = match effect {
        "volume" if !of_transactions => "거래량이 달라졌습니다",
        "intensity" if !of_transactions => "사용량이 달라졌습니다",
        "volume" => "같은 비용으로 처리한 거래량이 달라졌습니다",
        "intensity" => "거래를 처리하는 데 쓰는 자원의 양이 달라졌습니다",
        "mix" => "작업이 다른 종류의 자원으로 옮겨 갔습니다",
        "price" => "단가가 달라졌습니다",
        "new" => "이전에 없던 요금이 생겼습니다",
        "gone" => "이전에 있던 요금이 사라졌습니다",
        "non_operating" => "크레딧, 환불, 세금, 구매, 지원 요금에서 생긴 변화입니다",
        _ => "다른 효과로 설명되지 않는 나머지입니다",
    };
    let start = match names {
        [effect, rest @ ..] if !rest.is_empty() => {
            line().text("주된 원인은 ").names(rest).text("의 ").name(effect.clone())
        }
        names => line().text("주된 원인은 ").names(names),
    };
    let start = start.text(" 효과로, ");
    let start = match period {
        Some(period) => start.period(period).text(" "),
        None => start,
    };
    start.signed(amount).particle(Particle::Copula).text(". ").text(gloss).text(".").done()
}

pub(super) fn parts_moved(
    about: &About,
    from: Option<Period>,
    measure: FactRef,
    parts: &[Part],
) -> Sentence {
    let start = match (from, about.period) {
        (Some(from), Some(to)) => line().period(from).text(" 대비 ").period(to).text(" "),
        _ => line(),
    };
    let start = start.measure(measure).particle(Particle::Object).text(" 나누어 보면, ");
    let parts = parts.iter().enumerate().fold(start, |line, (index, part)| {
        let line = if index > 0 { line.text(", ") } else { line };
        line.text(&dimension_word(&part.dimension))
            .text(" 기준으로는 ")
            .names(&part.names)
            .text(" ")
            .absolute(part.change.clone())
            .text(" ")
            .trend_noun(part.change.clone())
    });
    parts.particle(Particle::Copula).text(".").done()
}

pub(super) fn regime(name: FactRef, regime: &str) -> Sentence {
    let words = match regime {
        "efficient_growth" => "거래가 움직인 만큼 비용이 따라오지 않았습니다",
        "flat" => "거래를 처리하는 비용의 움직임이 잡음으로 보는 범위 안에 있습니다",
        "inefficient" => {
            "거래를 처리하는 데 드는 비용이 잡음으로 볼 수 있는 범위를 벗어나 더 들었습니다"
        }
        "shrinking" => "거래가 빠져나간 만큼 비용이 따라오지 않았습니다",
        "pure_saving" => "같은 거래를 더 적은 비용으로 처리했습니다",
        _ => "날마다의 흩어짐이 커서 판정하지 않았습니다",
    };
    line()
        .text("판정은 ‘")
        .name(name)
        .text("’")
        .particle(Particle::Copula)
        .text(". ")
        .text(words)
        .text(".")
        .done()
}

pub(super) fn with_non_operating(sides: [(FactRef, Option<Period>); 2]) -> Sentence {
    let [(from, early), (to, late)] = sides;
    let dated = |line: Line, period: Option<Period>| match period {
        Some(period) => line.period(period).text(" "),
        None => line,
    };
    let start = line().text("크레딧, 환불, 세금, 구매, 지원 요금까지 넣으면 ");
    let start = dated(start, early).value(from).text(", ");
    dated(start, late).value(to).particle(Particle::Copula).text(".").done()
}

pub(super) fn read_as(scene: &Scene<'_>, measure: FactRef) -> Sentence {
    let about = scene.about(None);
    let mut words = scope(line().text("이렇게 이해했습니다: "), &about).measure(measure);
    for dimension in &scene.reading.dimensions {
        let word = dimension_word(dimension);
        let by = if word.ends_with('별') { "" } else { "별" };
        words = words.text(" (").text(&word).text(by).text(")");
    }
    words.text(".").done()
}

fn dimension_word(dimension: &Dimension) -> String {
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

pub(super) fn cost_metric(measure: FactRef) -> Sentence {
    line()
        .text("비용 기준을 따로 정하지 않으셔서, 적재된 청구 데이터에 맞는 ")
        .measure(measure)
        .text(" 기준으로 답했습니다.")
        .done()
}

pub(super) fn period_reading(asked: Slice, period: Period) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" ")
        .period(period)
        .particle(Particle::Toward)
        .text(" 읽었습니다.")
        .done()
}

pub(super) fn preceding(period: Period) -> Sentence {
    line()
        .text("비교할 이전 기간이 질문에 없어 ")
        .period(period)
        .particle(Particle::Toward)
        .text(" 정했습니다.")
        .done()
}

pub(super) fn whole_period() -> Sentence {
    line().text("기간을 따로 정하지 않으셔서, 적재된 데이터의 기간으로 답했습니다.").done()
}

pub(super) fn name_reading(asked: Slice) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" 철자가 달라도 비슷한 이름으로 읽었습니다.")
        .done()
}

pub(super) fn partial_period(period: Period, first: FactRef, last: FactRef) -> Sentence {
    line()
        .period(period)
        .text(" 데이터는 빠짐없이 적재되어 있지 않습니다. 적재된 요금은 ")
        .name(first)
        .text("부터 ")
        .name(last)
        .text("까지입니다.")
        .done()
}

pub(super) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("적재된 요금은 ").name(first).text("부터 ").name(last).text("까지입니다.").done()
}

pub(super) fn next(ask: Ask) -> Vec<Sentence> {
    let questions: &[&str] = match ask {
        Ask::Total | Ask::PerDay | Ask::Count | Ask::Share | Ask::Saving | Ask::Unused => {
            &["클라우드 서비스별로는 어떻게 나뉘나요?", "전월과 비교하면 어떤가요?"]
        }
        Ask::Breakdown | Ask::Cumulative(_) | Ask::Times => {
            &["전월과 비교하면 각각 어떻게 달라졌나요?", "월별로 보면 어떤가요?"]
        }
        Ask::Trend | Ask::Jump => &["왜 달라졌나요?", "클라우드 서비스별로는 어떻게 나뉘나요?"],
        Ask::Compare | Ask::ComparePerDay => &["왜 달라졌나요?", "어느 계정에서 달라졌나요?"],
        Ask::Explain | Ask::ExplainUnitCost => {
            &["어느 계정에서 달라졌나요?", "날짜별로 보면 어떤가요?"]
        }
        Ask::FirstSeen | Ask::Completeness => &["월별 비용은 얼마인가요?"],
        Ask::UnitCost => &["전월과 비교해 왜 달라졌나요?"],
    };
    questions.iter().map(|text| line().text(text).done()).collect()
}

pub(super) fn declined(decline: &Decline) -> Sentence {
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
        Reason::NotSupported => "예측, 예산, 추천은 아직 지원하지 않아 답할 수 없습니다.",
    };
    line().text(text).done()
}

pub(super) fn reason(decline: &Decline) -> Sentence {
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
            let since = if super::decline::later_column(dimension) {
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

pub(super) fn nearest(names: Vec<FactRef>) -> Sentence {
    let mut words = line().text("비슷한 이름: ");
    for (index, name) in names.into_iter().enumerate() {
        words = if index > 0 { words.text(", ") } else { words };
        words = words.name(name);
    }
    words.text(".").done()
}

pub(super) fn asked_back(asked: Slice) -> Sentence {
    line()
        .asked(asked)
        .particle(Particle::Topic)
        .text(" 여러 뜻으로 읽힙니다. 어느 쪽인지 알려 주세요.")
        .done()
}

pub(super) fn choice(asked: Slice, dimension: &Dimension) -> Sentence {
    line().asked(asked).text(": ").text(&dimension_word(dimension)).text(" 값으로 읽는 경우").done()
}

pub(super) fn no_figures() -> Sentence {
    line().text("적재된 데이터에 이 질문에 맞는 요금이 없습니다.").done()
}

pub(super) fn instead() -> Vec<Sentence> {
    ["클라우드 서비스별 비용은 얼마인가요?", "어떤 데이터가 적재되어 있나요?"]
        .iter()
        .map(|text| line().text(text).done())
        .collect()
}
