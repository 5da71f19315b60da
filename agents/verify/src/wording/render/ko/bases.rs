//! Korean words of our own in the cells of cost bases.

/// The word for a value of a column; `None` for any other.
pub(super) fn word(column: &str, value: &str) -> Option<&'static str> {
    Some(match (column, value) {
        ("basis", "cash") => "현금(청구)",
        ("basis", "net_cash") => "순현금(할인 후 청구)",
        ("basis", "amortized") => "상각(유효)",
        ("basis", "net_amortized") => "순상각(할인 후 유효)",
        ("basis", "list") => "정가",
        ("basis", "contracted") => "계약가",
        ("basis", "before_credits") => "크레딧 적용 전 현금",
        ("basis", "credits") => "크레딧",
        ("status", "usable") => "사용 가능",
        ("status", "doubtful") => "유의하여 사용",
        ("status", "barred") => "사용 불가",
        ("status", "absent") => "없음",
        ("reason", "identity_failed") => "마감 항등식이 성립하지 않음",
        ("reason", "zero_metric") => "청구된 행에서 값이 영",
        ("reason", "rounded_metric") => "적재 전에 반올림됨",
        ("reason", "unknown_commitment_cost") => "약정의 실제 비용이 청구 데이터에 없음",
        ("reason", "credits_hide_usage") => "크레딧이 사용 금액의 큰 부분을 상쇄함",
        ("reason", "missing_metric") => "값이 없는 행이 있음",
        ("reason", "no_net_columns") => "순비용 열이 비어 있고 할인 행도 없음",
        ("reason", "in_the_costs") => "FOCUS 비용에는 할인이 이미 반영됨",
        ("reason", "discount_rows") => "할인이 별도 행에 있음",
        ("cost_line", "upfront_fees") => "선결제 요금",
        ("cost_line", "recurring_fees") => "약정 정기 요금",
        ("cost_line", "covered_usage") => "약정이 적용된 사용량",
        ("cost_line", "unused_commitment") => "미사용 약정",
        ("cost_line", "other_charges") => "그 밖의 요금",
        ("cost_line", "same_on_both") => "두 기준이 같은 요금",
        ("identity", "amortization") => "유효 비용 = 청구 비용 - 선결제 요금 + 기간 상각분",
        ("identity", "net_amortization") => "순유효 비용 = 순청구 비용 - 선결제 요금 + 기간 상각분",
        ("identity", "negation") => "Savings Plan 적용 사용량 + 상쇄 행 = 영",
        ("identity", "commitment_use") => "약정별 사용분 + 미사용분 = 구매액",
        ("identity", "list_price") => "행별 정가 비용 = 정가 단가 x 과금 수량",
        ("identity", "invoice") => "청구서 번호별 청구 비용 = 청구서 금액",
        ("outcome", "holds") => "성립",
        ("outcome", "failed") => "불성립",
        ("outcome", "unchecked") => "확인하지 못함",
        ("discount_layout", "in_the_costs") => "비용에 반영",
        ("discount_layout", "net_columns") => "순비용 열",
        ("discount_layout", "separate_rows") => "별도 행",
        ("discount_layout", "columns_and_rows") => "순비용 열과 별도 행",
        ("discount_layout", "not_shown") => "나타나지 않음",
        ("detail", "no row holds a list price, a quantity and a list cost") => {
            "정가 단가, 과금 수량, 정가 비용이 함께 있는 행이 없음"
        }
        ("detail", "no invoice total is loaded to hold the sum against") => {
            "대조할 청구서 금액이 적재되지 않음"
        }
        ("detail", "their fee pays for hours that are not loaded yet") => {
            "요금이 아직 적재되지 않은 시간까지 포함함"
        }
        ("detail", "their purchase is in no loaded period") => "구매가 적재된 기간에 없음",
        ("detail", "their term goes on after the last loaded period") => {
            "약정 기간이 적재된 마지막 기간 뒤에도 이어짐"
        }
        ("detail", "they were used before their first loaded purchase") => {
            "적재된 첫 구매 전에 사용됨"
        }
        _ => return None,
    })
}
