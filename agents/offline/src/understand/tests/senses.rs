//! Words whose sense depends on the words around them.

use super::check;

#[test]
fn halves_hours_of_the_day_and_resources_are_read_by_their_neighbours() {
    check(&[
        (
            "Which service grew the most from the first half of September to the second?",
            "compare billed_cost by cloud_service 2026-09-01..2026-09-16 -> 2026-09-16..2026-10-01 limit 1",
        ),
        (
            "Which hour of the day costs the most in September?",
            "breakdown billed_cost by hour_of_day 2026-09-01..2026-10-01 limit 1 ranked by billed_cost",
        ),
        ("시각별 비용 보여줘", "breakdown billed_cost by hour_of_day all"),
        (
            "For resources with an environment tag: cost by environment",
            "breakdown billed_cost by tag:environment [tag:environment not null] all",
        ),
        (
            "사용량(Usage) 비용만 서비스별로 보여줘",
            "breakdown billed_cost by cloud_service [charge_category=Usage] all",
        ),
    ]);
}

#[test]
fn commitments_are_told_by_what_was_used_and_what_was_not() {
    check(&[
        (
            "cost of unused CUDs",
            "total unused_commitment_cost [commitment_discount_status=Unused] all",
        ),
        (
            "사용 안 한 약정 비용은 얼마야?",
            "total unused_commitment_cost [commitment_discount_status=Unused] all",
        ),
        (
            "미사용분의 비용은?",
            "total unused_commitment_cost [commitment_discount_status=Unused] all",
        ),
        (
            "How much money are we wasting on reservations, by service?",
            "breakdown unused_commitment_cost by cloud_service [commitment_discount_type~reserv] [commitment_discount_status=Unused] all",
        ),
        (
            "What is our Savings Plan utilization?",
            "total commitment_utilization+used_commitment_cost+commitment_cost [commitment_discount_type~savings plan] [commitment_discount_status not null] all",
        ),
        (
            "서비스별 약정 활용률 알려줘",
            "breakdown commitment_utilization+used_commitment_cost+commitment_cost by cloud_service [commitment_discount_status not null] all",
        ),
        (
            "What percentage of the commitment cost was unused?",
            "total unused_commitment_part+used_commitment_cost+commitment_cost [commitment_discount_status not null] all",
        ),
        (
            "Which region has the lowest commitment utilization?",
            "breakdown commitment_utilization+used_commitment_cost+commitment_cost by region [commitment_discount_status not null] all limit 1 ascending",
        ),
        (
            "약정 사용분과 미사용분의 유효 비용을 각각 알려줘",
            "breakdown effective_cost by commitment_discount_status [commitment_discount_status=Used|Unused] all",
        ),
        (
            "Effective cost of EC2 usage covered by reservations",
            "total effective_cost+rows [charge_category=Usage] [commitment_discount_status=Used] [commitment_discount_type~reserv] [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
    ]);
}

#[test]
fn how_commitments_are_used_is_asked_in_many_words() {
    check(&[
        (
            "What percent of our reservations did we use?",
            "total commitment_utilization+used_commitment_cost+commitment_cost [commitment_discount_type~reserv] [commitment_discount_status not null] all",
        ),
        (
            "예약 활용률이 가장 나쁜 서비스는?",
            "breakdown commitment_utilization+used_commitment_cost+commitment_cost by cloud_service [commitment_discount_type~reserv] [commitment_discount_status not null] all limit 1 ascending",
        ),
        (
            "How efficiently are we using our commitments by region?",
            "breakdown commitment_utilization+used_commitment_cost+commitment_cost by region [commitment_discount_status not null] all",
        ),
        (
            "Show used vs unused commitment cost",
            "breakdown effective_cost by commitment_discount_status [commitment_discount_status=Used|Unused] all",
        ),
        (
            "약정 할인이 적용된 행은 몇 개야?",
            "total rows [commitment_discount_type not null] [commitment_discount_status=Used] all",
        ),
        ("What is our reservation coverage in October?", "declined not_understood"),
        ("What would October have cost without the savings plan?", "declined not_understood"),
        ("What is our CPU utilization?", "declined out_of_scope"),
    ]);
}

#[test]
fn discounts_are_told_in_money_and_in_percent() {
    check(&[
        (
            "What percentage discount off list did we get in September?",
            "total discount:list_cost:effective_cost+list_cost+effective_cost 2026-09-01..2026-10-01",
        ),
        (
            "On usage charges, what percent below list is our effective cost?",
            "total discount:list_cost:effective_cost+list_cost+effective_cost [charge_category=Usage] all",
        ),
        (
            "정가 대비 계약가 할인율은 몇 %야?",
            "total discount:list_cost:contracted_cost+list_cost+contracted_cost all",
        ),
        (
            "10월 Savings Plan 할인율은 온디맨드 대비 몇 %인가요?",
            "total discount:list_cost:effective_cost+list_cost+effective_cost [commitment_discount_type~savings plan] [commitment_discount_status=Used] 2026-10-01..2026-11-01",
        ),
        (
            "Covered usage of Savings Plans at list price minus its effective cost in September",
            "saving list_cost+effective_cost [commitment_discount_status=Used] [commitment_discount_type~savings plan] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn a_question_of_whether_without_a_cost_is_no_total() {
    check(&[("Are any of our buckets public?", "declined not_understood")]);
}
