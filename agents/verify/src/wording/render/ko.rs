//! Korean words.

use std::cmp::Ordering;

use jiff::civil::Date;
use wherefore_contract::{draft::TrendStyle, period::Period, question::Language};

use super::{Calendar, Phrase, calendar, names};

pub(super) fn column(column: &str) -> String {
    let base = super::base_measure(column);
    let side = match column.strip_prefix(base) {
        Some("_from") => "(이전)",
        Some("_to") => "(이후)",
        Some("_low") => " 하한",
        Some("_high") => " 상한",
        _ => "",
    };
    match names::measure(base, Language::Ko) {
        Some(known) if base.ends_with("_per_day") => format!("하루 {known}{side}"),
        Some(known) => format!("{known}{side}"),
        None => dimension(column),
    }
}

fn dimension(column: &str) -> String {
    let known = names::dimension(column, Language::Ko);
    known.unwrap_or_else(|| crate::escape::name(&super::readable(column)))
}

pub(super) fn trend(direction: Ordering, style: TrendStyle) -> &'static str {
    match (direction, style) {
        (Ordering::Greater, TrendStyle::Verb) => "늘었습니다",
        (Ordering::Less, TrendStyle::Verb) => "줄었습니다",
        (Ordering::Equal, TrendStyle::Verb) => "변하지 않았습니다",
        (Ordering::Greater, TrendStyle::Noun) => "증가",
        (Ordering::Less, TrendStyle::Noun) => "감소",
        (Ordering::Equal, TrendStyle::Noun) => "변동 없음",
    }
}

pub(super) fn period(period: Period) -> String {
    match calendar(period) {
        Calendar::Month(first) => month(first),
        Calendar::Months(first, last) => format!("{}부터 {}까지", month(first), month(last)),
        Calendar::Quarter(year, quarter) => format!("{year}년 {quarter}분기"),
        Calendar::Year(year) => format!("{year}년"),
        Calendar::Day(date) => day(date),
        Calendar::Days(first, last) => format!("{}부터 {}까지", day(first), day(last)),
        Calendar::Moments(start, end) => format!(
            "{}부터 {}까지(UTC)",
            start.strftime("%Y-%m-%d %H:%M"),
            end.strftime("%Y-%m-%d %H:%M")
        ),
    }
}

fn month(first: Date) -> String {
    format!("{}년 {}월", first.year(), first.month())
}

fn day(date: Date) -> String {
    format!("{}년 {}월 {}일", date.year(), date.month(), date.day())
}

pub(super) fn count(rows: usize, of: Option<&str>) -> String {
    match of.map(dimension) {
        Some(noun) => format!("{noun} {rows}개"),
        None => format!("{rows}개 행"),
    }
}

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Withheld => "검증하지 못한 수치가 있어 이 문장을 싣지 않았습니다.",
        Phrase::WithheldEffect => "해당 내용은 답변에서 빠져 있습니다.",
        Phrase::HeadlineWithheld => "검증하지 못한 수치가 있어 답변을 싣지 않았습니다.",
        Phrase::HeadlineDeclined => "적재된 데이터로는 답할 수 없는 질문입니다.",
        Phrase::HeadlineUnclear => {
            "질문을 여러 뜻으로 읽을 수 있습니다. 어느 뜻인지 알려 주십시오."
        }
        Phrase::HeadlineRows => "질문에 대한 수치는 아래 표에 있습니다.",
        Phrase::Assumptions => "질문을 읽은 방식",
        Phrase::Gaps => "유의할 점",
        Phrase::Missing => "답할 수 없는 이유",
        Phrase::Findings => "확인한 사실",
        Phrase::Hypotheses => "가능한 원인 (가능성이 높은 순)",
        Phrase::Next => "이어서 물어볼 수 있는 질문",
        Phrase::Partial => "이 수치의 기간은 데이터가 모두 적재되지 않았습니다: ",
        Phrase::Filters => "다음 조건에 맞는 요금만 계산했습니다: ",
        Phrase::Periods => "수치의 기간은 다음과 같습니다: ",
        Phrase::Measures => "수치의 기준은 다음과 같습니다: ",
    }
}
