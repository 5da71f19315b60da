//! What is asked beside something else: counts with costs, first and last days with counts, parts with rows.

use super::super::check;

#[test]
fn counts_stand_beside_costs_and_other_counts() {
    check(&[
        (
            "How many resources does each service category have and what do they cost?",
            "count distinct:resource_id+billed_cost by service_category all",
        ),
        (
            "서비스별 리소스 수와 비용",
            "count distinct:resource_id+billed_cost by cloud_service all",
        ),
        ("계정이 몇 개고 비용은 얼마야?", "count distinct:sub_account+billed_cost all"),
        (
            "number of accounts, regions and services for each provider",
            "count distinct:sub_account+distinct:region+distinct:cloud_service by provider all",
        ),
        (
            "공급자별 계정 수와 리전 수",
            "count distinct:sub_account+distinct:region by provider all",
        ),
        (
            "how many accounts are charged for S3?",
            "count distinct:sub_account [cloud_service=Amazon Simple Storage Service] all",
        ),
        ("region 없는 행은 몇 건이고 금액은?", "total rows+billed_cost [region is null] all"),
        (
            "Give the first and the last charge day for Oracle, and the number of days it has data on.",
            "first_seen distinct:day+first_day+last_day [provider=Oracle] all",
        ),
    ]);
}

#[test]
fn superlatives_pick_the_row_that_a_count_belongs_to() {
    check(&[
        (
            "Which region is used by the most accounts, and by how many?",
            "breakdown distinct:sub_account by region all limit 1",
        ),
        (
            "리소스가 가장 많은 서비스는 뭐고 몇 개야?",
            "breakdown distinct:resource_id by cloud_service all limit 1",
        ),
        (
            "How many resources does the most expensive service have?",
            "breakdown billed_cost+distinct:resource_id by cloud_service all limit 1",
        ),
    ]);
}

#[test]
fn kinds_are_left_out_split_and_subtracted() {
    check(&[
        (
            "공급자별로 정가에서 청구 비용을 뺀 금액을 보여주세요",
            "saving list_cost+billed_cost by provider all",
        ),
        (
            "What did we spend on providers that aren't AWS?",
            "total billed_cost [provider!=AWS] all",
        ),
        (
            "EC2가 아닌 서비스 비용은?",
            "total billed_cost [cloud_service!=Amazon Elastic Compute Cloud] all",
        ),
        (
            "계정별로 구매 요금이랑 사용 요금을 나눠서 보여줘",
            "breakdown billed_cost by sub_account+charge_category [charge_category=Purchase|Usage] all",
        ),
        (
            "미사용 약정 금액이 전체 유효 비용의 몇 퍼센트야?",
            "share effective_cost [commitment_discount_status=Unused] all",
        ),
        (
            "청구 계정별로 세금이 그 계정 전체 비용에서 차지하는 비율은?",
            "share billed_cost by billing_account [charge_category=Tax] all",
        ),
        ("비용이 가장 큰 서비스 세 가지는?", "breakdown billed_cost by cloud_service all limit 3"),
    ]);
}

#[test]
fn zeros_are_said_of_each_cost_by_itself() {
    check(&[
        (
            "How many charges have a positive billed cost but an effective cost of zero, and what is their billed total?",
            "total rows+billed_cost all [each billed_cost > 0] [each effective_cost = 0]",
        ),
        (
            "유효 비용은 0인데 청구 비용이 있는 항목만 골라서 서비스별 청구 비용 상위 3개를 보여줘",
            "breakdown billed_cost by cloud_service all [each effective_cost = 0] [each billed_cost <> 0] limit 3",
        ),
        (
            "청구 비용이 0이 아닌데 유효 비용이 0인 행은 몇 건이야?",
            "total rows all [each billed_cost <> 0] [each effective_cost = 0]",
        ),
        (
            "How many rows are there where billed cost is 0 but list cost is not 0?",
            "total rows all [each billed_cost = 0] [each list_cost <> 0]",
        ),
        ("청구 비용이 0인 행의 정가 합계는?", "total list_cost all [each billed_cost = 0]"),
        (
            "Which services have zero effective cost but a positive billed cost?",
            "list billed_cost+effective_cost by cloud_service [cloud_service not null] all [effective_cost = 0] [billed_cost > 0]",
        ),
        ("정가 단가가 1달러를 넘는 항목은 몇 건이야?", "declined not_understood"),
    ]);
}

#[test]
fn shares_prices_and_exclusions_keep_all_that_is_said() {
    check(&[
        (
            "AWS와 오라클의 비중은 각각 얼마야?",
            "share billed_cost by provider [provider=AWS|Oracle] all",
        ),
        (
            "What share of the bill does each of AWS and Oracle have?",
            "share billed_cost by provider [provider=AWS|Oracle] all",
        ),
        (
            "What share do AWS and Oracle have together?",
            "share billed_cost [provider=AWS|Oracle] all",
        ),
        (
            "CloudWatch 사용량과 단가",
            "total billed_unit_price+consumed_quantity [cloud_service=AmazonCloudWatch] [charge_category=Usage] all",
        ),
        ("cost not Zorbo", "declined unknown_entity"),
        (
            "list cost by service, not EC2",
            "breakdown list_cost by cloud_service [cloud_service!=Amazon Elastic Compute Cloud] all",
        ),
        (
            "10월 첫째 주(1~7일)와 마지막 주(22~28일) 비용을 비교해줘",
            "compare billed_cost 2026-10-01..2026-10-08 -> 2026-10-22..2026-10-29",
        ),
    ]);
}
