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
