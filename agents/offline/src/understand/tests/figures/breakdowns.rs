//! Breakdowns, places in an order, shares within a scope and the words for accounts.

use super::super::check;

#[test]
fn the_place_of_one_thing_is_told_among_all_of_its_kind() {
    check(&[
        (
            "Where does RDS rank among services by cost?",
            "place billed_cost by cloud_service [cloud_service=Amazon RDS] all",
        ),
        (
            "Where does S3 rank among AWS services in September?",
            "place billed_cost by cloud_service [provider=AWS] [cloud_service=Amazon Simple Storage Service] 2026-09-01..2026-10-01",
        ),
        (
            "RDS는 서비스 중에 비용 순위가 몇 위야?",
            "place billed_cost by cloud_service [cloud_service=Amazon RDS] all",
        ),
        (
            "10월 서울 리전은 리전 중에 몇 번째로 비싸?",
            "place billed_cost by region [region=ap-northeast-2] [region not null] 2026-10-01..2026-11-01",
        ),
        // Rows of a ranking are asked for, or a place is named.
        (
            "What is the second largest service?",
            "breakdown billed_cost by cloud_service all limit 2 place 2",
        ),
        ("what position are we in?", "declined not_understood"),
    ]);
}

#[test]
fn a_share_is_of_the_scope_that_the_words_set() {
    check(&[
        (
            "Within the prod environment, what percentage is RDS?",
            "share billed_cost [cloud_service=Amazon RDS] [tag:environment=prod] all within tag:environment",
        ),
        (
            "How much of account 200000000012's October bill is RDS, in percent?",
            "share billed_cost [cloud_service=Amazon RDS] [sub_account=200000000012] 2026-10-01..2026-11-01 within sub_account",
        ),
        (
            "What share of RDS cost is in us-east-1?",
            "share billed_cost [region=us-east-1] [cloud_service=Amazon RDS] all within cloud_service",
        ),
        (
            "prod 환경 비용 중 RDS가 차지하는 비율은?",
            "share billed_cost [cloud_service=Amazon RDS] [tag:environment=prod] all within tag:environment",
        ),
        (
            "200000000012 계정 안에서 RDS 비중이 몇 퍼센트인가요?",
            "share billed_cost [cloud_service=Amazon RDS] [sub_account=200000000012] all within sub_account",
        ),
        ("What share of the total is RDS?", "share billed_cost [cloud_service=Amazon RDS] all"),
    ]);
}

#[test]
fn the_largest_parts_are_added_up_to_half_and_can_be_counted() {
    check(&[
        (
            "Which services account for half of the billed cost?",
            r#"{"cumulative":50} billed_cost by cloud_service all"#,
        ),
        (
            "10월 비용의 절반을 차지하는 서비스들은?",
            r#"{"cumulative":50} billed_cost by cloud_service 2026-10-01..2026-11-01"#,
        ),
        (
            "How many accounts make up 90% of AWS spend?",
            r#"{"cumulative":90} billed_cost by sub_account [provider=AWS] all counted"#,
        ),
        ("What is half of the bill?", "declined not_understood"),
    ]);
}

#[test]
fn charges_with_and_without_a_tag_are_kept_apart() {
    check(&[
        (
            "September by app, only tagged spend",
            "breakdown billed_cost by tag:app [tag:app not null] 2026-09-01..2026-10-01",
        ),
        (
            "September by app, tagged spend only, leave the untagged out",
            "breakdown billed_cost by tag:app [tag:app not null] 2026-09-01..2026-10-01",
        ),
        (
            "태그 없는 건 빼고 9월 앱별 비용 알려줘요",
            "breakdown billed_cost by tag:app [tag:app not null] 2026-09-01..2026-10-01",
        ),
        (
            "Put spend with and without a team tag side by side for September",
            "difference billed_cost+billed_cost 2026-09-01..2026-10-01 <billed_cost tag:team=> <billed_cost tag:team=>",
        ),
        (
            "10월에 team 태그 있는 비용이랑 없는 비용 각각 얼마야?",
            "difference billed_cost+billed_cost 2026-10-01..2026-11-01 <billed_cost tag:team=> <billed_cost tag:team=>",
        ),
        (
            "environment 태그가 달린 리소스만 놓고 환경별 비용을 보여줘",
            "breakdown billed_cost by tag:environment [tag:environment not null] all",
        ),
    ]);
}

#[test]
fn rows_of_two_kinds_and_of_things_without_a_column() {
    check(&[
        (
            "10월 비용 계정이랑 리전으로 교차해서 보여줘",
            "breakdown billed_cost by sub_account+region 2026-10-01..2026-11-01",
        ),
        (
            "Show billed, effective and list side by side per account.",
            "breakdown billed_cost+effective_cost+list_cost by sub_account all",
        ),
        (
            "five priciest resources",
            "breakdown billed_cost by resource_id [resource_id not null] all limit 5",
        ),
        ("What did the top region cost?", "breakdown billed_cost by region all limit 1"),
        ("EC2별 비용 보여줘", "declined unknown_entity"),
        ("cost by product family", "declined missing_column"),
    ]);
}

#[test]
fn a_share_can_be_of_each_row_and_places_are_no_days() {
    check(&[
        (
            "계정별로 EC2가 차지하는 비중은?",
            "share billed_cost by sub_account [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "EC2 안에서 리전별 비율이 어떻게 돼?",
            "breakdown billed_cost by region [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "Which service comes third in October?",
            "breakdown billed_cost by cloud_service 2026-10-01..2026-11-01 limit 3 place 3",
        ),
        (
            "List vs effective cost for each service category",
            "breakdown list_cost+effective_cost by service_category all",
        ),
        (
            "Which teams make up 80% of September spend?",
            r#"{"cumulative":80} billed_cost by tag:team [tag:team not null] 2026-09-01..2026-10-01"#,
        ),
    ]);
}
