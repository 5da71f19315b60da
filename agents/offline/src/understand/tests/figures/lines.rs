//! Lines of a bill: figures beside each other, types of lines, hours, fees and negations.

use super::super::check;

#[test]
fn figures_stand_beside_each_other() {
    check(&[
        (
            "How many resources have no app tag in October, and what did they cost?",
            "count distinct:resource_id+billed_cost [tag:app is null] 2026-10-01..2026-11-01",
        ),
        (
            "음수 비용 행은 몇 건이고 합계는 얼마야? 10월 기준으로.",
            "total rows+billed_cost 2026-10-01..2026-11-01 [each billed_cost < 0]",
        ),
        (
            "9월 계정별 리소스 수와 비용",
            "count distinct:resource_id+billed_cost by sub_account 2026-09-01..2026-10-01",
        ),
        (
            "List the accounts that run t3.medium, with the number of instances and the October cost.",
            "count distinct:resource_id+billed_cost by sub_account [instance_type=t3.medium] 2026-10-01..2026-11-01",
        ),
        (
            "비용이 음수인 행은 어떤 라인 아이템 유형이고 몇 건인지 월별로 알려줘.",
            "trend rows by line_item_type+month all [each billed_cost < 0]",
        ),
        // One figure alone stays alone.
        (
            "How many accounts cost more than $100 in October?",
            "count distinct:sub_account 2026-10-01..2026-11-01 [billed_cost > 100]",
        ),
        (
            "How many zero-cost rows are there in each month, and what line item type are they?",
            "trend rows by month+line_item_type all [each billed_cost = 0]",
        ),
    ]);
}

#[test]
fn counts_move_as_costs_do() {
    check(&[(
        "9월과 10월 사이 인스턴스 타입별 리소스 수 변화는?",
        "compare distinct:resource_id by instance_type 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
    )]);
}

#[test]
fn hours_that_things_ran_are_a_quantity() {
    check(&[
        (
            "t3.medium hours by region in September",
            "breakdown consumed_quantity by region [instance_type=t3.medium] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] 2026-09-01..2026-10-01",
        ),
        (
            "What is the EC2 cost per hour in September?",
            "average billed_cost+distinct:hour [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01",
        ),
        ("rows per hour", "trend rows by hour all"),
    ]);
}

#[test]
fn fees_and_negations_are_left_out_by_their_lines() {
    check(&[
        (
            "EC2 cost in September without Savings Plan fees and negations",
            "total billed_cost [line_item_type!~fee|negation] [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01",
        ),
        (
            "9월 총 상각 비용은 얼마야? Usage에 SP 실질 비용을 더하고 정기 요금과 negation은 빼줘.",
            "total effective_cost 2026-09-01..2026-10-01",
        ),
        (
            "9월 앱별 상각 비용 (Usage 비용 + Savings Plan 실질 비용, 정기 요금과 negation 제외, 앱 태그 있는 것만)",
            "breakdown effective_cost by tag:app [tag:app not null] 2026-09-01..2026-10-01",
        ),
        (
            "negation 행을 뺀 9월 총비용은?",
            "total billed_cost [line_item_type!~negation] 2026-09-01..2026-10-01",
        ),
        // Taxes are no part of the definition.
        (
            "9월 상각 비용 (세금 제외)",
            "total effective_cost [charge_category!=Tax] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn the_coverage_of_tags_is_a_share() {
    let of_app = "share billed_cost by month [tag:app not null] all";
    check(&[
        ("app tag coverage by month", of_app),
        ("app 태그 커버리지를 월별로 보여줘", of_app),
        (
            "What percentage of each account's cost carried an app tag in October?",
            "share billed_cost by sub_account [tag:app not null] 2026-10-01..2026-11-01",
        ),
        (
            "October cost by app, untagged as its own row",
            "breakdown billed_cost by tag:app 2026-10-01..2026-11-01",
        ),
    ]);
}
