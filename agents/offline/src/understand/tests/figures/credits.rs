//! Bills whose credits hide usage, times that are left out, and sides that a comparison sets apart.

use super::super::check;

#[test]
fn amounts_before_and_after_credits_stand_beside_each_other_in_rows() {
    check(&[
        (
            "gross and net cost in September 2026",
            "total gross:billed_cost+billed_cost 2026-09-01..2026-10-01",
        ),
        (
            "For each service, what is the gross cost, the credit and the net?",
            "breakdown gross:billed_cost+credit:billed_cost+billed_cost by cloud_service all",
        ),
        (
            "일별로 크레딧 적용 전 금액, 크레딧, 순액을 보여줘.",
            "trend gross:billed_cost+credit:billed_cost+billed_cost by day all",
        ),
        (
            "Gross cost, credits and net by service, only services with a gross cost above 1 dollar",
            "breakdown gross:billed_cost+credit:billed_cost+billed_cost by cloud_service all [gross_billed_cost > 1]",
        ),
        (
            "크레딧 전 비용에서 RDS가 차지하는 비중은 몇 %야?",
            "share billed_cost [cloud_service=Amazon RDS] [charge_category!=Credit] all",
        ),
    ]);
}

#[test]
fn times_that_are_left_out_are_never_the_ones_that_are_answered() {
    check(&[
        ("total cost excluding October 30", "total billed_cost [day!=2026-10-30] all"),
        (
            "8월을 제외한 RDS 비용은?",
            "total billed_cost [cloud_service=Amazon RDS] 2026-09-01..2026-11-01",
        ),
        ("9월 10일 빼고 총 비용은?", "total billed_cost [day!=2026-09-10] all"),
        ("9월 10일 빼고 9월 일평균 비용은?", "declined not_understood"),
        (
            "What did September cost, excluding September taxes?",
            "total billed_cost [charge_category!=Tax] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn a_bare_day_ends_a_stretch_and_than_sets_two_sides_apart() {
    check(&[
        (
            "weekdays versus weekends per day, September 1 to 15",
            "per_day billed_cost by week_part 2026-09-01..2026-09-16 per day",
        ),
        (
            "How many times more expensive is RDS than EC2?",
            "times billed_cost [cloud_service=Amazon RDS|Amazon Elastic Compute Cloud] all",
        ),
        (
            "How many times more expensive is RDS in us-east-1 than EC2 in seoul?",
            "ratio billed_cost+billed_cost [region=us-east-1|ap-northeast-2] [cloud_service=Amazon RDS|Amazon Elastic Compute Cloud] all <billed_cost region=us-east-1 cloud_service=Amazon RDS> <billed_cost region=ap-northeast-2 cloud_service=Amazon Elastic Compute Cloud>",
        ),
        ("Which day saw the largest jump over the previous day?", "jump billed_cost by day all"),
    ]);
}

#[test]
fn what_is_counted_beside_a_list_or_a_bound_is_told() {
    check(&[
        (
            "List the line item types with the number of lines for each.",
            "breakdown rows by line_item_type all",
        ),
        (
            "리소스별로 비용이 1달러를 넘는 건 몇 개야?",
            "count distinct:resource_id [resource_id not null] all [billed_cost > 1]",
        ),
        (
            "How many lines are there for RDS, and what do they add up to?",
            "exists rows+billed_cost [cloud_service=Amazon RDS] all",
        ),
        (
            "비용이 0인 서비스는 뭐야?",
            "breakdown billed_cost by cloud_service all [billed_cost = 0]",
        ),
        ("정가와 실제 비용의 차이는?", "saving list_cost+billed_cost all"),
    ]);
}

#[test]
fn what_is_recorded_and_what_a_unit_narrows_is_read() {
    check(&[
        (
            "Cost by instance type, only where an instance type is recorded",
            "breakdown billed_cost by instance_type [instance_type not null] all",
        ),
        (
            "GB-Mo 단위로 과금된 사용 유형별 사용량과 비용",
            "breakdown consumed_quantity+billed_cost by usage_type [consumed_unit=GB-Mo] all",
        ),
        (
            "at the average cost per day of October 1 to 15, what would all 31 days of October cost?",
            "total billed_cost 2026-10-01..2026-10-16 at 31 days",
        ),
        (
            "What was the usage cost per service (usage line items only)?",
            "breakdown billed_cost by cloud_service [charge_category=Usage] all",
        ),
    ]);
}

#[test]
fn what_is_asked_beside_a_price_or_a_kind_is_not_dropped() {
    check(&[
        (
            "서비스별로 사용 비용과 세금을 나란히 보여줘. 세금이 0달러보다 큰 서비스만.",
            "breakdown usage:billed_cost+tax:billed_cost by cloud_service all [tax_billed_cost > 0]",
        ),
        (
            "Show usage cost and tax separately by account",
            "breakdown usage:billed_cost+tax:billed_cost by sub_account all",
        ),
        (
            "Excluding tax and September 4, what did RDS cost in total?",
            "total billed_cost [charge_category!=Tax] [cloud_service=Amazon RDS] [day!=2026-09-04] all",
        ),
        (
            "On how many days did the bill exceed 15 cents, tax aside?",
            "count distinct:day [charge_category!=Tax] all [billed_cost > 0.15]",
        ),
        (
            "9월 30일은 데이터가 일부만 있으니 제외하고 총 비용은?",
            "total billed_cost [day!=2026-09-30] all",
        ),
        (
            "세금과 9월 4일은 제외하고 총 비용은?",
            "total billed_cost [charge_category!=Tax] [day!=2026-09-04] all",
        ),
        ("가장 비싼 날과 가장 싼 날의 비용 차이는?", "declined not_understood"),
        (
            "9월 1일~20일 일평균 비용에 30일을 곱하면 얼마야?",
            "total billed_cost 2026-09-01..2026-09-21 at 30 days",
        ),
        (
            "How many t3.medium hours were used, and at what price per hour?",
            "total billed_unit_price+consumed_quantity [instance_type=t3.medium] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] [charge_category=Usage] all",
        ),
    ]);
}

#[test]
fn what_is_included_narrows_nothing() {
    check(&[
        (
            "How much did EC2 cost, tax included?",
            "total billed_cost [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        ("세금 포함 총 비용은?", "total billed_cost all"),
        ("Total cost including tax and credits", "total billed_cost all"),
        ("크레딧 적용 후 실제로 낸 금액은?", "total billed_cost all"),
        ("Cost after credits by service", "breakdown billed_cost by cloud_service all"),
        ("세금을 포함한 금액과 제외한 금액은?", "declined not_understood"),
        ("How much tax did we pay?", "total billed_cost [charge_category=Tax] all"),
    ]);
}
