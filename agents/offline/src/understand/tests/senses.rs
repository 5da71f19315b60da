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
fn what_commitments_left_unused_is_told_by_effective_cost() {
    check(&[
        ("cost of unused CUDs", "total effective_cost [commitment_discount_status=Unused] all"),
        (
            "사용 안 한 약정 비용은 얼마야?",
            "total effective_cost [commitment_discount_status=Unused] all",
        ),
        ("미사용분의 비용은?", "total effective_cost [commitment_discount_status=Unused] all"),
    ]);
}

#[test]
fn a_question_of_whether_without_a_cost_is_no_total() {
    check(&[("Are any of our buckets public?", "declined not_understood")]);
}
