//! Quantities of units, prices of one unit, and amounts around credits.

use super::super::check;

#[test]
fn units_are_counted_priced_and_told_apart() {
    check(&[
        (
            "How many S3 requests are on the bill?",
            "total consumed_quantity [cloud_service=Amazon Simple Storage Service] [consumed_unit=requests|request|api requests|api request] all",
        ),
        (
            "S3 요청은 총 몇 건이었나요?",
            "total consumed_quantity [cloud_service=Amazon Simple Storage Service] [consumed_unit=requests|request|api requests|api request] all",
        ),
        (
            "How many GB-months of storage did we use in September?",
            "total consumed_quantity [consumed_unit=gb-mo|gb-month|gb-months|gb months|gb month|gb/month|gib-mo|gib-month|gib-months|gib months|gibibyte month] 2026-09-01..2026-10-01",
        ),
        (
            "How many hours did EC2 run, and what did those hours cost?",
            "total consumed_quantity+billed_cost [cloud_service=Amazon Elastic Compute Cloud] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] all",
        ),
        (
            "t3.medium 사용 시간을 월별로",
            "trend consumed_quantity by month [instance_type=t3.medium] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] all",
        ),
        (
            "RDS LCU-hours used in October",
            "total consumed_quantity [cloud_service=Amazon RDS] [consumed_unit=lcu-hrs|lcu-hours|lcu hours] 2026-10-01..2026-11-01",
        ),
        ("price per KMS key", "declined unknown_entity"),
        (
            "What do we pay per GB for CloudWatch?",
            "total billed_unit_price [cloud_service=AmazonCloudWatch] [consumed_unit=gb|gigabyte|gigabytes|gib|gibibyte|gibibytes] [charge_category=Usage] all",
        ),
        (
            "S3 요청 1건당 얼마 내고 있어?",
            "total billed_unit_price [cloud_service=Amazon Simple Storage Service] [consumed_unit=requests|request|api requests|api request] [charge_category=Usage] all",
        ),
        (
            "In how many hours was EC2 charged?",
            "count distinct:hour [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "How many transactions per dollar did checkout handle in September?",
            "ratio transactions+effective_cost [workload=checkout] 2026-09-01..2026-10-01 <transactions workload=checkout> <effective_cost workload=checkout>",
        ),
    ]);
}

#[test]
fn amounts_around_credits_stand_beside_each_other() {
    let both = "beside billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud] all <billed_cost cloud_service=Amazon Elastic Compute Cloud charge_category=Credit> <billed_cost cloud_service=Amazon Elastic Compute Cloud>";
    check(&[
        ("EC2 gross of credits and net of credits", both),
        ("EC2 before and after credits, please", both),
        ("EC2 크레딧 적용 전/후 금액 각각 알려줘", both),
        ("What would EC2 cost without credits, and what is it with them?", both),
        (
            "Give me usage before credits, the credits, and the net.",
            "beside billed_cost+billed_cost+billed_cost all <billed_cost charge_category=Credit> <billed_cost charge_category=Credit> <billed_cost >",
        ),
        (
            "EC2 cost before credits",
            "total billed_cost [cloud_service=Amazon Elastic Compute Cloud] [charge_category!=Credit] all",
        ),
    ]);
}

#[test]
fn metrics_and_things_stand_against_each_other() {
    check(&[
        (
            "effective cost as a percentage of list cost",
            "percent effective_cost+list_cost all <effective_cost > <list_cost >",
        ),
        (
            "유효 비용이 정가보다 몇 % 낮아?",
            "total discount:list_cost:effective_cost+list_cost+effective_cost all",
        ),
        (
            "정가 대비 유효 비용 비율이 몇 %야?",
            "percent effective_cost+list_cost all <effective_cost > <list_cost >",
        ),
        (
            "9월 EC2는 RDS의 몇 %야?",
            "percent billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] 2026-09-01..2026-10-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "For which services does list cost differ from billed cost, and by how much?",
            "saving list_cost+billed_cost by cloud_service all [saved_list_cost_billed_cost <> 0]",
        ),
        (
            "Which services got the largest credits?",
            "breakdown billed_cost by cloud_service [charge_category=Credit] all ascending",
        ),
        (
            "How much was refunded in September?",
            "total billed_cost [charge_category=Adjustment] 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn unit_costs_are_asked_for_many_transactions() {
    check(&[
        (
            "checkout 거래 1,000건당 비용을 월별로 알려줘",
            "unit_cost unit_cost by month [workload=checkout] 2026-08-01..2026-11-01 times 1000",
        ),
        (
            "9월 checkout 백만 건당 비용",
            "unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 times 1000000",
        ),
        (
            "What did it cost to serve 1,000 transactions on checkout in September 2026?",
            "unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 times 1000",
        ),
        (
            "cost per million transactions of checkout in September 2026",
            "unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 times 1000000",
        ),
        (
            "Which three workloads served the most transactions per dollar in September 2026?",
            "ratio transactions+effective_cost by workload 2026-09-01..2026-10-01 limit 3 <transactions > <effective_cost >",
        ),
    ]);
}
