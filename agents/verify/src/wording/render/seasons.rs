//! Words in the cells of scaling schedules and of calls of interfaces.

/// English words of cells.
pub(super) fn en(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("rate_basis", "own_rate") => "own rate",
        ("rate_basis", "published") => "published ratio",
        ("days", "Monday-Friday") => "Monday to Friday",
        ("days", "Saturday-Sunday") => "Saturday and Sunday",
        ("days", "Monday-Sunday") => "every day",
        ("state", "schedule") => "schedule",
        ("state", "nothing_to_spare") => "nothing to take away",
        ("state", "too_few_weeks") => "too few whole weeks",
        ("state", "no_season") => "no season of the week",
        ("state", "daily_counts") => "transactions counted by the day only",
        ("state", "no_usage") => "no usage that scales",
        ("excess", "rose") => "calls per transaction rose",
        ("excess", "above_peers") => "above its peers",
        ("rate_basis", "metered") => "the meter of the bill",
        ("rate_basis", "share_of_workload") => "cost of the workload over its calls",
        _ => return None,
    })
}

/// Korean words of cells.
pub(super) fn ko(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("rate_basis", "own_rate") => "자체 단가",
        ("rate_basis", "published") => "공개 비율",
        ("days", "Monday-Friday") => "월~금요일",
        ("days", "Saturday-Sunday") => "토·일요일",
        ("days", "Monday-Sunday") => "매일",
        ("state", "schedule") => "일정 있음",
        ("state", "nothing_to_spare") => "뺄 용량 없음",
        ("state", "too_few_weeks") => "온전한 주 부족",
        ("state", "no_season") => "요일·시간대 계절성 없음",
        ("state", "daily_counts") => "하루 단위 거래만 있음",
        ("state", "no_usage") => "조정할 사용량 없음",
        ("excess", "rose") => "거래당 호출 증가",
        ("excess", "above_peers") => "다른 클라이언트보다 많음",
        ("rate_basis", "metered") => "청구서의 호출 단가",
        ("rate_basis", "share_of_workload") => "호출당 워크로드 비용",
        _ => return None,
    })
}
