//! Korean words.

mod bases;

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

pub(super) fn own_word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("likeness", "case") => "대소문자",
        ("likeness", "separators") => "구분 기호",
        ("likeness", "abbreviation") => "줄임말",
        ("likeness", "slip") => "철자",
        ("stage", "below_crawl") => "초기 단계 목표 미달",
        ("stage", "crawl") => "초기 단계 목표 달성",
        ("stage", "run") => "정착 단계 목표 달성",
        ("method", "run_rate") => "적재된 날의 하루 비용",
        ("method", "seasonal_naive") => "지난주 같은 요일",
        ("method", "mean_rate") => "최근 몇 주 평균",
        ("method", "robust_trend") => "요일 패턴을 반영한 직선 추세",
        ("method", "damped_seasonal") => "평활한 수준, 감쇠 추세와 요일 패턴",
        ("method", "combined") => "여러 모델의 평균",
        ("method", "actual") => "모든 날 적재",
        ("kind", "spike") => "일시 급증",
        ("kind", "shift") => "수준 변화",
        ("kind", "drop") => "급감",
        ("kind", "new") => "신규 요금",
        ("dimension", "total") => "전체 비용",
        ("dimension", "sub_account") => "계정",
        ("dimension", "cloud_service") => "클라우드 서비스",
        ("dimension", "region") => "리전",
        ("dimension", "usage_type") => "사용 유형",
        ("payment", "no_upfront") => "선결제 없음",
        ("payment", "partial_upfront") => "부분 선결제",
        ("payment", "all_upfront") => "전액 선결제",
        ("rate_source", "bill") => "보유 약정의 청구서",
        ("rate_source", "offer_table") => "상품표",
        ("end_source", "charged_no_more") => "요금 종료",
        ("end_source", "upfront_term") => "선결제 구매의 기간",
        ("end_source", "not_on_the_bill") => "청구서에 없음",
        ("grain", "hour") => "시간",
        ("grain", "day") => "일",
        ("week_part", "weekday") => "평일",
        ("week_part", "weekend") => "주말",
        ("weekday" | "days", "1" | "Monday") => "월요일",
        ("weekday" | "days", "2" | "Tuesday") => "화요일",
        ("weekday" | "days", "3" | "Wednesday") => "수요일",
        ("weekday" | "days", "4" | "Thursday") => "목요일",
        ("weekday" | "days", "5" | "Friday") => "금요일",
        ("weekday" | "days", "6" | "Saturday") => "토요일",
        ("weekday" | "days", "7" | "Sunday") => "일요일",
        ("action", "delete") => "삭제",
        ("action", "resize") => "크기 조정",
        ("action", "schedule") => "일정 정지",
        ("action", "move") => "전환",
        ("action", "commit") => "약정",
        ("action", "examine") => "점검",
        ("effort" | "risk", "low") => "낮음",
        ("effort" | "risk", "medium") => "보통",
        ("effort" | "risk", "high") => "높음",
        ("reach", "told") => "전부 판단",
        ("reach", "short_history") => "적재 일수 부족",
        ("reach", "unpaired") => "일부는 사용량 연결 불가",
        ("regime", "efficient_growth") => "효율적 성장",
        ("regime", "flat") => "유지",
        ("regime", "inefficient") => "비효율",
        ("regime", "shrinking") => "축소",
        ("regime", "pure_saving") => "순수 절감",
        ("regime", "undetermined") => "판정 보류",
        ("effect" | "main_effect", "volume") => "거래량",
        ("allocation_basis", "even") => "균등",
        ("allocation_basis", "fixed") => "고정 비율",
        ("allocation_basis", "proportional") => "직접 비용",
        ("allocation_basis", "usage") => "사용량",
        ("allocation_basis", "transactions") => "거래 수",
        ("price_part" | "main_price_part", "price_list") => "정가",
        ("price_part" | "main_price_part", "price_negotiated") => "협상 할인",
        ("price_part" | "main_price_part", "price_commitment") => "약정",
        ("price_part" | "main_price_part", "price_waste") => "미사용 약정",
        ("effect" | "main_effect", "intensity") => "사용 강도",
        ("effect" | "main_effect", "mix") => "구성",
        ("effect" | "main_effect", "price") => "단가",
        ("effect" | "main_effect", "new") => "새로 생긴 요금",
        ("effect" | "main_effect", "gone") => "없어진 요금",
        ("effect" | "main_effect", "non_operating") => "비운영 요금",
        ("effect" | "main_effect", "residual") => "나머지",
        _ => return super::seasons::ko(column, value).or_else(|| bases::word(column, value)),
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
        Phrase::Next => "이어서 물어볼 수 있는 질문",
        Phrase::Partial => "이 수치의 기간은 데이터가 모두 적재되지 않았습니다: ",
        Phrase::Filters => "다음 조건에 맞는 요금만 계산했습니다: ",
        Phrase::Periods => "수치의 기간은 다음과 같습니다: ",
        Phrase::Measures => "수치의 기준은 다음과 같습니다: ",
    }
}
