//! Korean words.

use std::cmp::Ordering;

use jiff::civil::Date;
use wherefore_contract::{draft::TrendStyle, period::Period};

use super::{Calendar, Phrase, calendar};

pub(super) fn measure(base: &str) -> Option<&'static str> {
    Some(match base {
        "billed_cost" => "청구 비용",
        "effective_cost" => "유효 비용",
        "list_cost" => "정가 비용",
        "contracted_cost" => "계약 비용",
        "consumed_quantity" => "사용량",
        "pricing_quantity" => "과금 수량",
        "rows" => "요금 행",
        "transactions" => "거래",
        "unit_cost" | "unit_amount" => "건당 비용",
        "unit_cost_total" => "전체 건당 비용",
        "cost" | "amount" => "비용",
        "change" => "변화",
        "change_percent" => "변화율",
        "share" => "비중",
        "cumulative" | "cumulative_share" => "누적 비중",
        "main_share" => "주요 원인의 비중",
        "first_charge" => "첫 요금",
        "last_charge" => "마지막 요금",
        _ => return None,
    })
}

pub(super) fn column(column: &str) -> Option<String> {
    let side = if column.ends_with("_from") {
        "(이전)"
    } else if column.ends_with("_to") {
        "(이후)"
    } else {
        ""
    };
    let known = measure(super::base_measure(column)).or_else(|| dimension(column))?;
    Some(format!("{known}{side}"))
}

fn dimension(column: &str) -> Option<&'static str> {
    Some(match column {
        "cloud_service" | "main_cloud_service" => "클라우드 서비스",
        "provider" => "공급자",
        "region" | "region_name" => "리전",
        "availability_zone" => "가용 영역",
        "sub_account" | "sub_account_name" => "연결 계정",
        "billing_account" | "billing_account_name" => "청구 계정",
        "usage_type" | "main_usage_type" => "사용 유형",
        "charge_category" => "요금 분류",
        "service_category" => "서비스 분류",
        "resource_id" | "resource_name" => "리소스",
        "workload" => "워크로드",
        "effect" | "main_effect" => "효과",
        "regime" => "판정",
        "hour" => "시각",
        "day" => "날짜",
        "iso_week" => "주",
        "month" => "월",
        "quarter" => "분기",
        "year" => "연도",
        "billing_period" => "청구 월",
        "billing_currency" => "청구 통화",
        _ => return None,
    })
}

pub(super) fn own_word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("regime", "efficient_growth") => "효율적 성장",
        ("regime", "flat") => "유지",
        ("regime", "inefficient") => "비효율",
        ("regime", "shrinking") => "축소",
        ("regime", "pure_saving") => "순수 절감",
        ("regime", "undetermined") => "판정 보류",
        ("effect" | "main_effect", "volume") => "거래량",
        ("effect" | "main_effect", "intensity") => "사용 강도",
        ("effect" | "main_effect", "mix") => "구성",
        ("effect" | "main_effect", "price") => "단가",
        ("effect" | "main_effect", "new") => "새로 생긴 요금",
        ("effect" | "main_effect", "gone") => "없어진 요금",
        ("effect" | "main_effect", "non_operating") => "비운영 요금",
        ("effect" | "main_effect", "residual") => "나머지",
        _ => return None,
    })
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
    let noun = of.and_then(dimension).map(str::to_owned);
    let noun = noun.or_else(|| of.map(|column| crate::escape::name(&column.replace('_', " "))));
    match noun {
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
        Phrase::Gaps => "빠진 내용",
        Phrase::Findings => "확인한 사실",
        Phrase::Next => "이어서 물어볼 수 있는 질문",
        Phrase::Partial => "이 수치의 기간은 데이터가 모두 적재되지 않았습니다: ",
        Phrase::Filters => "다음 조건에 맞는 요금만 계산했습니다: ",
        Phrase::Periods => "수치의 기간은 다음과 같습니다: ",
        Phrase::Measures => "수치의 기준은 다음과 같습니다: ",
    }
}
