//! Amounts over time: days and hours of data, steps between months, days that are missing, times told twice.

use super::check;

#[test]
fn data_is_counted_by_month() {
    check(&[
        (
            "For each month, how many days and how many hours have data?",
            "trend distinct:day+distinct:hour by month all",
        ),
        (
            "월별로 데이터가 시작되는 시각과 끝나는 시각을 정리해줘",
            "first_seen billed_cost by month all",
        ),
    ]);
}

#[test]
fn months_between_are_steps_too() {
    check(&[
        (
            "month over month change from August to October",
            "trend billed_cost by month 2026-08-01..2026-11-01 with change",
        ),
        (
            "By what factor did the S3 cost grow from August to October?",
            "times billed_cost [cloud_service=Amazon Simple Storage Service] 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01",
        ),
    ]);
}

#[test]
fn missing_days_cost_the_daily_average() {
    check(&[
        (
            "What would October have cost if the missing day had cost the average of the other days?",
            "total billed_cost 2026-10-01..2026-11-01 at 31 days",
        ),
        (
            "10월에 빠진 31일을 나머지 날의 일평균으로 채우면 10월 총비용은 얼마인가요?",
            "total billed_cost 2026-10-01..2026-11-01 at 31 days",
        ),
    ]);
}

#[test]
fn the_comparing_sentence_names_the_two_times() {
    check(&[
        (
            "10월 5일 이후 얼마나 줄었어? 10월 4일과 10월 5일을 비교해줘.",
            "compare billed_cost 2026-10-04..2026-10-05 -> 2026-10-05..2026-10-06 ascending",
        ),
        (
            "Untagged cost (no app tag) rose from August to September. By how much?",
            "compare billed_cost [tag:app is null] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn three_times_stand_in_a_row() {
    check(&[
        (
            "Compare August, September and October",
            "trend billed_cost by month 2026-08-01..2026-11-01 with change",
        ),
        (
            "서비스별로 8월, 9월, 10월 비용을 비교해줘",
            "trend billed_cost by month+cloud_service 2026-08-01..2026-11-01",
        ),
        ("8월, 9월, 10월 비용과 8월 대비 10월 증감액을 알려줘", "declined not_understood"),
    ]);
}

#[test]
fn movements_in_percent_take_two_times() {
    check(&[
        (
            "Rank regions by percentage growth from August to September (top 2)",
            "compare billed_cost by region 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 limit 2 ranked by change_percent",
        ),
        (
            "8월 대비 9월 증가액 중 ml-train이 차지하는 비율은?",
            "compare billed_cost by tag:app [tag:app=ml-train] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 share of change",
        ),
        (
            "What share of the increase from August to September came from each region?",
            "compare billed_cost by region 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01 share of change",
        ),
    ]);
}

#[test]
fn costs_stand_beside_what_is_loaded() {
    check(&[
        (
            "Is August fully loaded, and what is its total?",
            "total billed_cost+distinct:day 2026-08-01..2026-09-01",
        ),
        (
            "10월 비용은 얼마이고 며칠치 데이터인가요?",
            "total billed_cost+distinct:day 2026-10-01..2026-11-01",
        ),
    ]);
}
