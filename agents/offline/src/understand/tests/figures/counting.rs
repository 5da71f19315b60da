//! Counts, lists, missing values and thresholds: each question with all that it is read as.

use super::super::check;

#[test]
fn thresholds_are_counted_and_listed() {
    check(&[
        (
            "how many teams spent over 100k in october?",
            "count distinct:tag:team [tag:team not null] 2026-10-01..2026-11-01 [billed_cost > 100000]",
        ),
        (
            "How many accounts cost us between $10,000 and $1.5k in October?",
            "count distinct:sub_account 2026-10-01..2026-11-01 [billed_cost >= 1500.0] [billed_cost <= 10000]",
        ),
        (
            "how many services cost less than a dollar?",
            "count distinct:cloud_service all [billed_cost < 1]",
        ),
        (
            "How many services cost something?",
            "count distinct:cloud_service all [billed_cost <> 0]",
        ),
        (
            "10월에 5만 달러 넘게 쓴 팀이 몇 팀이야?",
            "count distinct:tag:team [tag:team not null] 2026-10-01..2026-11-01 [billed_cost > 50000]",
        ),
        (
            "9월에 10만불 이상 나온 서비스 리스트 뽑아줘",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 [billed_cost >= 100000]",
        ),
        (
            "비용이 만 달러 미만인 서비스는 몇 가지?",
            "count distinct:cloud_service all [billed_cost < 10000]",
        ),
        (
            "유효 비용이 5만 달러에서 10만 달러 사이인 서비스 알려줘",
            "breakdown effective_cost by cloud_service all [effective_cost >= 50000] [effective_cost <= 100000]",
        ),
    ]);
}

#[test]
fn rows_and_missing_values_are_counted() {
    check(&[
        ("how many negative charges do we have?", "total rows all [each billed_cost < 0]"),
        ("How many tax lines are there?", "total rows [charge_category=Tax] all"),
        ("정정 라인은 몇 건이야?", "total rows [charge_class=Correction] all"),
        ("What did we pay in upfront fees?", "total billed_cost [charge_category=Purchase] all"),
        ("count the lines lacking a region", "total rows [region is null] all"),
        ("how many rows are missing a region?", "total rows [region is null] all"),
        ("null count of line_item_usage_type", "total rows [usage_type is null] all"),
        ("How many resources have no app tag?", "count distinct:resource_id [tag:app is null] all"),
        ("rows per day", "trend rows by day all"),
        ("rows missing the app tag by month", "trend rows by month [tag:app is null] all"),
        ("리전 정보 없는 라인이 몇 개야?", "total rows [region is null] all"),
        ("lineItem/UsageType이 비어 있는 행 몇 건이야?", "total rows [usage_type is null] all"),
        ("크레딧 라인이 총 몇 줄이야? 금액 말고 건수", "total rows [charge_category=Credit] all"),
        ("How many rows have no list cost?", "declined not_understood"),
        ("How many pods were running?", "declined unknown_entity"),
    ]);
}

#[test]
fn values_are_listed_without_the_missing_one() {
    check(&[
        ("Which regions do we run in?", "list billed_cost by region [region not null] all"),
        ("팀 이름 목록 좀 뽑아줘", "list billed_cost by tag:team [tag:team not null] all"),
        (
            "Give me the list of accounts",
            "list billed_cost by sub_account+sub_account_name [sub_account not null] all",
        ),
        ("Breakdown by region", "breakdown billed_cost by region all"),
    ]);
}

#[test]
fn days_with_data_and_single_rows_are_read() {
    check(&[
        ("Number of days with data in each month", "count distinct:day by month all"),
        ("What is the largest line item?", "total max:billed_cost all"),
        (
            "What's the largest credit on a single line?",
            "total min:billed_cost [charge_category=Credit] all limit 1",
        ),
        (
            "the single biggest charge line, which service and how much",
            "breakdown max:billed_cost by cloud_service all limit 1",
        ),
        (
            "EC2가 며칠에 처음 나타났어?",
            "first_seen billed_cost+first_day+last_day [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
    ]);
}

#[test]
fn a_count_beside_a_cost_is_one_of_two_amounts() {
    check(&[
        (
            "What did EC2 cost in October, and how many different accounts are behind that?",
            "count distinct:sub_account+billed_cost [cloud_service=Amazon Elastic Compute Cloud] 2026-10-01..2026-11-01",
        ),
        ("리전별 계정 수와 비용을 보여줘", "count distinct:sub_account+billed_cost by region all"),
        (
            "Compare the regions: cost, number of rows and number of accounts of each.",
            "count distinct:sub_account+rows+billed_cost by region all",
        ),
        (
            "What percentage of rows has no region, and what do those rows cost?",
            "share rows+billed_cost [region is null] all",
        ),
        (
            "정정(Correction) 행은 모두 몇 건이고 합계 금액은 얼마야?",
            "total rows+billed_cost [charge_class=Correction] all",
        ),
        (
            "How many services had a cost in October?",
            "count distinct:cloud_service 2026-10-01..2026-11-01",
        ),
    ]);
}

#[test]
fn parts_of_what_is_named_and_sums_of_several_are_read() {
    check(&[
        (
            "What percentage of October usage charges carries no team tag, for each region?",
            "share billed_cost by region [charge_category=Usage] [tag:team is null] 2026-10-01..2026-11-01 within charge_category",
        ),
        (
            "10월에 EC2와 S3를 합친 비용은 RDS 비용의 몇 %야?",
            "percent billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon Simple Storage Service|Amazon RDS] 2026-10-01..2026-11-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud|Amazon Simple Storage Service> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "10월에 EC2와 S3를 합친 비용은 RDS 비용의 몇 배야?",
            "ratio billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon Simple Storage Service|Amazon RDS] 2026-10-01..2026-11-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud|Amazon Simple Storage Service> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "10월에 EC2와 RDS 비용은 각각 얼마이고 차이는 얼마야?",
            "difference billed_cost+billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] 2026-10-01..2026-11-01 <billed_cost cloud_service=Amazon Elastic Compute Cloud> <billed_cost cloud_service=Amazon RDS>",
        ),
        (
            "상위 5개 서비스를 합치면 10월 전체 비용의 몇 %야?",
            "{\"cumulative\":0} billed_cost by cloud_service 2026-10-01..2026-11-01 limit 5",
        ),
        (
            "What percentage of October cost do the top 3 services account for?",
            "{\"cumulative\":0} billed_cost by cloud_service 2026-10-01..2026-11-01 limit 3",
        ),
        (
            "수량이 얼마이고 EC2 비용은 얼마야?",
            "total consumed_quantity+billed_cost [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "EC2의 수량, 단가, 비용을 나란히 알려줘",
            "total billed_unit_price+consumed_quantity+billed_cost [cloud_service=Amazon Elastic Compute Cloud] [charge_category=Usage] all",
        ),
        (
            "리전별 계정당 평균 비용을 계산해줘 (비용 ÷ 계정 수)",
            "average billed_cost+distinct:sub_account by region all",
        ),
        (
            "What did AWS cost without 'RDS' in October?",
            "total billed_cost [provider=AWS] [cloud_service!=Amazon RDS] 2026-10-01..2026-11-01",
        ),
        (
            "Rows and cost for each day: does any day look incomplete?",
            "trend rows+billed_cost by day all",
        ),
    ]);
}
