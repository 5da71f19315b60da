//! Korean sentences around the figures: how the question was read, and what is loaded.

use wherefore_contract::{
    draft::{Particle, Sentence},
    evidence::FactRef,
    period::Period,
};

use super::line;
use crate::{
    request::{Ask, Slice},
    say::{
        line::Line,
        scene::{About, Loading, Scene},
    },
};

/// The whole reading in one line: measure, conditions, grouping, period, base and limits.
pub(in crate::say) fn read_as(
    scene: &Scene<'_>,
    measures: &[FactRef],
    terms: Option<&str>,
) -> Sentence {
    let about = scene.about_all();
    let mut line = line().text("이렇게 읽었습니다: ");
    for (index, measure) in measures.iter().enumerate() {
        line = if index > 0 { line.text("·") } else { line };
        line = line.measure(measure.clone());
    }
    if let Some(loaded) = what_is_loaded(scene) {
        line = line.text(loaded);
    }
    if !about.kept.is_empty() {
        line = line.text(", ").words(&about.kept);
    }
    if !about.filled.is_empty() {
        line = line.text(", ").words(&about.filled).text(" 있음");
    }
    if about.untagged {
        line = line.text(", 태그 없음");
    }
    if !about.missing.is_empty() {
        line = line.text(", ").words(&about.missing).text(" 없음");
    }
    if !about.left_out.is_empty() {
        line = line.text(", ").words(&about.left_out).text(" 제외");
    }
    if !scene.reading.dimensions.is_empty() {
        line = line.text(", ").dimensions(&scene.reading.dimensions, "·").text("별");
    }
    if let Some(kind) = kind(scene) {
        line = line.text(", ").text(kind);
    }
    line = match (scene.shown_period(), scene.shown_base()) {
        (Some(period), Some(base)) => line.text(", ").period(base).text(" 대비 ").period(period),
        (Some(period), None) => line.text(", ").period(period),
        (None, _) => line,
    };
    match terms {
        Some(evidence) => line.text(", ").terms(evidence).text(".").done(),
        None => line.text(".").done(),
    }
}

fn what_is_loaded(scene: &Scene<'_>) -> Option<&'static str> {
    match scene.loading()? {
        Loading::Extent => Some("적재 현황"),
        Loading::FirstAndLast => Some(", 처음과 마지막 요금"),
    }
}

// What is done with the figures, where it is more than to show them.
fn kind(scene: &Scene<'_>) -> Option<&'static str> {
    let reading = scene.reading;
    match reading.ask {
        Ask::PerDay | Ask::ComparePerDay => Some("하루 평균"),
        Ask::Share => Some("비중"),
        Ask::Jump => Some("직전 대비 변화"),
        Ask::Cumulative(_) => Some("큰 순서로 누적"),
        Ask::Explain | Ask::ExplainUnitCost => Some("왜 달라졌는지"),
        Ask::Forecast if scene.looks_ahead() => Some("적재된 날의 흐름으로 예측"),
        Ask::Forecast => Some("적재된 날의 하루 비용으로 예상"),
        Ask::Times | Ask::Ratio => Some("나눈 값"),
        Ask::Percent | Ask::PercentApart => Some("뒤의 금액에 대한 백분율"),
        Ask::Difference => Some("차이"),
        Ask::Average => Some("앞의 값을 뒤의 값으로 나눔"),
        Ask::Total
        | Ask::Beside
        | Ask::Breakdown
        | Ask::Place
        | Ask::Trend
        | Ask::Compare
        | Ask::Count
        | Ask::FirstSeen
        | Ask::Completeness
        | Ask::UnitCost
        | Ask::Saving
        | Ask::Analysis(_)
        | Ask::Coverage
        | Ask::Exists
        | Ask::List => {
            let kinds = [
                (reading.per_day, "하루 평균"),
                (reading.change, "직전 대비 변화"),
                (reading.running, "누계"),
            ];
            kinds.into_iter().find_map(|(set, words)| set.then_some(words))
        }
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
    let start = line().asked(asked).particle(Particle::Topic).text(" ").period(period);
    start.particle(Particle::Toward).text(" 읽었습니다.").done()
}

pub(in crate::say) fn preceding(period: Period) -> Sentence {
    line()
        .text("비교할 기간이 질문에 없어 바로 앞 기간인 ")
        .period(period)
        .particle(Particle::Toward)
        .text(" 정했습니다.")
        .done()
}

pub(in crate::say) fn whole_period() -> Sentence {
    line().text("기간을 따로 정하지 않으셔서, 적재된 데이터의 기간으로 답했습니다.").done()
}

pub(in crate::say) fn name_reading(asked: Slice) -> Sentence {
    let start = line().asked(asked).particle(Particle::Topic);
    start.text(" 철자가 달라도 비슷한 이름으로 읽었습니다.").done()
}

/// A name that the person explained before.
pub(in crate::say) fn remembered(asked: Slice) -> Sentence {
    let start = line().asked(asked).particle(Particle::Topic);
    start.text(" 이전에 설명하신 대로 읽었습니다. 아래 기억을 참고해 주세요.").done()
}

/// Words that the reading does not use.
pub(in crate::say) fn unread(words: &[Slice]) -> Sentence {
    line().text("쓰지 않은 말: ").all_asked(words).text(".").done()
}

/// Parts that came from the question before.
pub(in crate::say) fn inherited(parts: &[String]) -> Option<Sentence> {
    let words: Vec<&str> = parts
        .iter()
        .filter_map(|part| {
            Some(match part.as_str() {
                "measures" => "지표",
                "dimensions" => "나누는 기준",
                "conditions" => "조건",
                "period" => "기간",
                "base" => "비교 기간",
                "ask" => "질문 종류",
                _ => return None,
            })
        })
        .collect();
    let text = format!("앞선 질문에서 이어받은 것: {}.", words.join(", "));
    (!words.is_empty()).then(|| line().text(&text).done())
}

pub(in crate::say) fn partial_period(
    period: Period,
    missing: Option<Period>,
    first: FactRef,
    last: FactRef,
) -> Sentence {
    let start = line().period(period).text(" 데이터는 일부만 적재되어 있습니다. ");
    let start = match missing {
        Some(missing) => start.period(missing).text(" 데이터가 빠져 있으며, "),
        None => start,
    };
    start.text("적재된 요금은 ").name(first).text("부터 ").name(last).text("까지입니다.").done()
}

pub(in crate::say) fn reserved_without_fee() -> Sentence {
    line()
        .text("예약 인스턴스(RI)가 적용된 사용량에 대한 약정 요금(RIFee)과 유효 비용이 적재되어 있지 않아, 실제 비용은 알 수 없습니다.")
        .done()
}

pub(in crate::say) fn loaded(first: FactRef, last: FactRef) -> Sentence {
    line().text("적재된 요금은 ").name(first).text("부터 ").name(last).text("까지입니다.").done()
}

pub(in crate::say) fn seen(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start = if about.kept.is_empty() {
        line().text("요금은 ")
    } else {
        line().words(&about.kept).text(" 요금은 ")
    };
    let start = start.name(first).text("에 처음 발생했고, 마지막 요금은 ").name(last);
    start.text("에 발생했습니다.").done()
}

pub(in crate::say) fn loaded_between(about: &About, first: FactRef, last: FactRef) -> Sentence {
    let start: Line = match about.period {
        Some(period) => line().period(period).text(" 요금은 "),
        None => line().text("적재된 요금은 "),
    };
    let start = start.name(first).text("에 시작하고, 마지막 요금은 ").name(last);
    start.text("에 시작합니다.").done()
}

pub(in crate::say) fn loaded_days(days: FactRef, rows: Option<FactRef>) -> Sentence {
    let start = line().text("요금이 있는 날은 ").value(days);
    match rows {
        Some(rows) => {
            let start = start.text(", 요금은 모두 ").value(rows);
            start.particle(Particle::Copula).text(".").done()
        }
        None => start.particle(Particle::Copula).text(".").done(),
    }
}

pub(in crate::say) fn loaded_to_the_end() -> Sentence {
    line().text("이 기간은 끝까지 적재되어 있습니다.").done()
}

pub(in crate::say) fn loaded_from(providers: Vec<FactRef>, formats: Vec<FactRef>) -> Sentence {
    let names = |line: Line, names: Vec<FactRef>| {
        names.into_iter().enumerate().fold(line, |line, (index, name)| {
            let line = if index > 0 { line.text(", ") } else { line };
            line.name(name)
        })
    };
    let start = names(line().text("청구서 공급자: "), providers);
    if formats.is_empty() {
        return start.text(".").done();
    }
    names(start.text(", 형식: "), formats).text(".").done()
}
