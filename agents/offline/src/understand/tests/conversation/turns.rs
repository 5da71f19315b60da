//! Turns of speech: names that the vocabulary knows too, places, presence, and what is divided.

use super::super::check;

#[test]
fn names_that_are_words_too_are_read_where_they_name() {
    check(&[
        (
            "컴퓨트 비용을 리전별로 쪼개줘",
            "breakdown billed_cost by region [service_category=Compute] all",
        ),
        (
            "compute 비용을 리전별로 쪼개줘",
            "breakdown billed_cost by region [service_category=Compute] all",
        ),
        (
            "What is the compute cost in September?",
            "total billed_cost [service_category=Compute] 2026-09-01..2026-10-01",
        ),
        ("Please compute the cost of September", "total billed_cost 2026-09-01..2026-10-01"),
    ]);
}

#[test]
fn a_superlative_in_two_words_or_a_first_place_asks_for_one_row() {
    check(&[
        (
            "비용이 제일 높았던 시간은 몇 시야?",
            "breakdown billed_cost by hour_of_day all limit 1 ranked by billed_cost",
        ),
        (
            "the most expensive region in October",
            "breakdown billed_cost by region 2026-10-01..2026-11-01 limit 1",
        ),
        (
            "For each account, the most expensive service in September",
            "breakdown billed_cost by sub_account+cloud_service 2026-09-01..2026-10-01 limit 1 per sub_account",
        ),
        (
            "매월 1위 앱 보여줘",
            "breakdown billed_cost by month+tag:app [tag:app not null] all limit 1 per month",
        ),
        (
            "세 달 동안 매월 1위 앱이 뭐였는지 비용이랑 같이 보여줘",
            "breakdown billed_cost by month+tag:app [tag:app not null] all limit 1 per month",
        ),
        (
            "What was the biggest day-over-day drop in the whole period, and when?",
            "jump billed_cost by day all ascending",
        ),
    ]);
}

#[test]
fn rows_and_usage_beside_a_cost_are_no_quantities() {
    check(&[
        (
            "태그가 없는 행의 비용은 10월에 얼마야?",
            "total billed_cost [tag:app is null] [tag:environment is null] [tag:team is null] [tag:workload is null] 2026-10-01..2026-11-01",
        ),
        (
            "What is the cost of rows without a region in October?",
            "total billed_cost [region is null] 2026-10-01..2026-11-01",
        ),
        (
            "Which day had the highest usage cost?",
            "breakdown billed_cost by day [charge_category=Usage] all limit 1 ranked by billed_cost",
        ),
        (
            "10월 사용 요금이 제일 높은 리전",
            "breakdown billed_cost by region [charge_category=Usage] 2026-10-01..2026-11-01 limit 1",
        ),
        ("How many rows are there in October?", "total rows 2026-10-01..2026-11-01"),
    ]);
}

#[test]
fn what_holds_a_tag_and_what_does_not_are_told_apart() {
    check(&[
        (
            "Tagged versus untagged cost (app tag) in September",
            "difference billed_cost+billed_cost 2026-09-01..2026-10-01 <billed_cost tag:app=> <billed_cost tag:app=>",
        ),
        (
            "10월에 app 태그가 있는 비용과 없는 비용을 비교해줘",
            "difference billed_cost+billed_cost 2026-10-01..2026-11-01 <billed_cost tag:app=> <billed_cost tag:app=>",
        ),
        (
            "9월에 계정별로 app 태그 안 붙은 비용 비율이 각각 몇 %야?",
            "share billed_cost by sub_account [tag:app is null] 2026-09-01..2026-10-01",
        ),
        (
            "untagged share by account for the app tag in September",
            "share billed_cost by sub_account [tag:app is null] 2026-09-01..2026-10-01",
        ),
        (
            "cost per environment for August, including what has no environment tag",
            "breakdown billed_cost by tag:environment 2026-08-01..2026-09-01",
        ),
        (
            "8월 환경별 비용, 환경 태그 없는 것도 포함해서",
            "breakdown billed_cost by tag:environment 2026-08-01..2026-09-01",
        ),
    ]);
}

#[test]
fn averages_divide_by_what_is_counted() {
    check(&[
        (
            "Average cost per hour in October, over the hours that have data",
            "average billed_cost+distinct:hour 2026-10-01..2026-11-01",
        ),
        ("10월 시간당 평균 비용은?", "average billed_cost+distinct:hour 2026-10-01..2026-11-01"),
        (
            "Average September cost of one t3.medium instance",
            "average billed_cost+distinct:resource_id [instance_type=t3.medium] 2026-09-01..2026-10-01",
        ),
        (
            "t3.medium 인스턴스당 9월 비용은?",
            "average billed_cost+distinct:resource_id [instance_type=t3.medium] 2026-09-01..2026-10-01",
        ),
        (
            "What is the on-demand price per hour of t3.medium?",
            "total list_unit_price [instance_type=t3.medium] [consumed_unit=hours|hour|hrs|hr|instance per hour|instance hours] [charge_category=Usage] all",
        ),
    ]);
}

#[test]
fn names_of_one_list_are_of_one_kind() {
    check(&[
        (
            "storefront and payments combined, October",
            "total billed_cost [tag:app=storefront|payments] 2026-10-01..2026-11-01",
        ),
        (
            "How many times larger was storefront's cost than payments' in October (app tag)?",
            "times billed_cost [tag:app=storefront|payments] 2026-10-01..2026-11-01",
        ),
        ("payments cost in October", "clarify sub_account_name=payments or tag:app=payments"),
    ]);
}

#[test]
fn lists_of_what_fell_keep_what_fell() {
    check(&[
        (
            "Accounts whose cost fell between September and October",
            "compare billed_cost by sub_account 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [change < 0] ascending",
        ),
        (
            "9월 대비 10월에 비용이 줄어든 계정",
            "compare billed_cost by sub_account 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 [change < 0] ascending",
        ),
        (
            "8월과 10월 중 어느 달이 더 비쌌고 차이는 얼마야?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01",
        ),
        ("Show cost by account for each month", "trend billed_cost by sub_account+month all"),
    ]);
}

#[test]
fn moments_halves_and_small_amounts_are_read() {
    check(&[
        (
            "In which hour did storefront first appear?",
            "first_seen billed_cost [tag:app=storefront] all",
        ),
        (
            "What was the last day with t3.medium cost in October?",
            "first_seen billed_cost+first_day+last_day [instance_type=t3.medium] 2026-10-01..2026-11-01",
        ),
        ("10월 상반기 비용", "total billed_cost 2026-10-01..2026-10-16"),
        (
            "Which services cost more than 5 cents?",
            "breakdown billed_cost by cloud_service all [billed_cost > 0.05]",
        ),
        ("5센트 넘는 서비스", "breakdown billed_cost by cloud_service all [billed_cost > 0.05]"),
        (
            "EC2 cost by region for each of the three months",
            "trend billed_cost by region+month [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        (
            "경영진 보고용으로 9월 총비용, 전월 대비 증감액, 증감률을 한 줄로 정리해 주세요.",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn units_are_counted_and_what_is_compared_with_stands_second() {
    check(&[
        (
            "How many GB-Mo of S3 were billed in October?",
            "total consumed_quantity [consumed_unit=GB-Mo] [cloud_service=Amazon Simple Storage Service] 2026-10-01..2026-11-01",
        ),
        (
            "S3 GB-Mo used in October by region",
            "breakdown consumed_quantity by region [consumed_unit=GB-Mo] [cloud_service=Amazon Simple Storage Service] 2026-10-01..2026-11-01",
        ),
        (
            "How much did S3 cost, and how many GB-Mo were there?",
            "total billed_cost+consumed_quantity [consumed_unit=GB-Mo] [cloud_service=Amazon Simple Storage Service] all",
        ),
        (
            "How many times more than S3 does RDS cost?",
            "times billed_cost [cloud_service=Amazon RDS|Amazon Simple Storage Service] all",
        ),
        (
            "S3보다 RDS 비용이 몇 배야?",
            "times billed_cost [cloud_service=Amazon RDS|Amazon Simple Storage Service] all",
        ),
        (
            "RDS는 S3의 몇 배야?",
            "times billed_cost [cloud_service=Amazon RDS|Amazon Simple Storage Service] all",
        ),
        (
            "price per S3 bucket",
            "total billed_unit_price [cloud_service=Amazon Simple Storage Service] [charge_category=Usage] all",
        ),
    ]);
}

#[test]
fn lengths_to_scale_to_are_no_days_and_definitions_no_conditions() {
    check(&[
        (
            "8월 비용을 30일 기준으로 환산하면 얼마야?",
            "total billed_cost 2026-08-01..2026-09-01 at 30 days",
        ),
        (
            "Normalise August to a 30-day month",
            "total billed_cost 2026-08-01..2026-09-01 at 30 days",
        ),
        ("Annualise September", "total billed_cost 2026-09-01..2026-10-01 times 12"),
        ("9월 비용을 연간으로 환산하면?", "total billed_cost 2026-09-01..2026-10-01 times 12"),
        (
            "9월 일평균으로 1년(365일) 쓰면 얼마야?",
            "total billed_cost 2026-09-01..2026-10-01 at 365 days",
        ),
        ("9월 비용을 28일로 나눠줘", "total billed_cost 2026-09-01..2026-10-01 over 28 days"),
        (
            "September daily average over the 28 loaded days",
            "total billed_cost 2026-09-01..2026-10-01 over 28 days",
        ),
        (
            "If November runs at the daily average of October, what will it cost?",
            "total billed_cost 2026-10-01..2026-11-01 at 30 days",
        ),
        (
            "Amortized cost of the storefront app in October: usage plus Savings Plan effective cost",
            "total effective_cost [tag:app=storefront] 2026-10-01..2026-11-01",
        ),
    ]);
}

#[test]
fn weeks_are_iso_weeks_however_they_are_explained() {
    check(&[
        ("2026년 37주차(월요일 시작) 비용", "total billed_cost 2026-09-07..2026-09-14"),
        (
            "weekly cost in September, weeks starting Monday",
            "trend billed_cost by iso_week 2026-09-01..2026-10-01",
        ),
        ("9월 비용을 주 단위로 끊어줘", "trend billed_cost by iso_week 2026-09-01..2026-10-01"),
        (
            "which week (Monday to Sunday) in September was the cheapest, whole weeks only",
            "breakdown billed_cost by iso_week 2026-09-07..2026-09-28 limit 1 ranked by billed_cost ascending",
        ),
        (
            "9월 비용을 주별로 보여주세요 (월~일 꽉 찬 주만)",
            "trend billed_cost by iso_week 2026-09-07..2026-09-28",
        ),
        (
            "Which weekday is the cheapest?",
            "breakdown billed_cost by weekday all limit 1 ranked by billed_cost ascending",
        ),
        (
            "10월에 요일별로 얼마씩 썼는지",
            "breakdown billed_cost by weekday 2026-10-01..2026-11-01",
        ),
    ]);
}

#[test]
fn the_month_of_the_bill_stands_beside_the_time_of_the_charge() {
    check(&[
        (
            "Was any September usage billed in the October billing period? How much?",
            "total billed_cost [billing_period=2026-10] 2026-09-01..2026-10-01",
        ),
        (
            "9월에 사용했는데 10월 청구 기간으로 넘어간 금액이 얼마야?",
            "total billed_cost [billing_period=2026-10] 2026-09-01..2026-10-01",
        ),
        (
            "What falls in the October 2026 billing period?",
            "total billed_cost 2026-10-01..2026-11-01 as billed",
        ),
        ("청구 기간별 합계를 보여주세요", "breakdown billed_cost by billing_period all"),
    ]);
}

#[test]
fn changes_of_a_size_are_meant_whichever_way_unless_the_question_says_one() {
    check(&[
        (
            "days in September on which cost changed by $100 or more from the previous day",
            "trend billed_cost by day 2026-09-01..2026-10-01 [absolute_change >= 100] with change",
        ),
        (
            "9월에 전일 대비 5% 이상 변동한 날만 뽑아줘",
            "trend billed_cost by day 2026-09-01..2026-10-01 [absolute_change_percent >= 5] with change",
        ),
    ]);
}
