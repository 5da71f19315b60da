//! Korean questions.

use super::check;

#[test]
fn totals_and_their_periods_are_read() {
    check(&[
        ("지난달 비용은 얼마야?", "total billed_cost 2026-10-01..2026-11-01"),
        ("지난 달 총 비용 알려줘", "total billed_cost 2026-10-01..2026-11-01"),
        ("9월 청구 비용은 얼마인가요?", "total billed_cost 2026-09-01..2026-10-01"),
        ("2026년 9월 유효 비용 합계", "total effective_cost 2026-09-01..2026-10-01"),
        ("9월 14일 비용", "total billed_cost 2026-09-14..2026-09-15"),
        (
            "EC2 비용이 얼마나 나왔어?",
            "total billed_cost [cloud_service=Amazon Elastic Compute Cloud] all",
        ),
        ("2026년 3분기 AWS 비용은?", "total billed_cost [provider=AWS] 2026-07-01..2026-10-01"),
        ("올해 들어 총 지출은 얼마입니까?", "total billed_cost 2026-01-01..2026-11-05"),
        ("9월 1일부터 15일까지 비용", "total billed_cost 2026-09-01..2026-09-16"),
        ("8월~10월 총비용", "total billed_cost 2026-08-01..2026-11-01"),
        ("최근 7일 비용", "total billed_cost 2026-10-29..2026-11-05"),
        ("하반기 비용은?", "total billed_cost 2026-07-01..2027-01-01"),
        ("9월 전반 비용은?", "total billed_cost 2026-09-01..2026-09-16"),
        (
            "크레딧을 제외한 9월 비용은?",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "9월 비용에서 세금과 크레딧을 빼고 알려줘",
            "total billed_cost [charge_category!=Tax|Credit] 2026-09-01..2026-10-01",
        ),
        (
            "10월에 받은 크레딧은 얼마?",
            "total billed_cost [charge_category=Credit] 2026-10-01..2026-11-01",
        ),
        ("9월 정가 기준 비용", "total list_cost 2026-09-01..2026-10-01"),
        ("오라클 비용은 얼마인가요?", "total billed_cost [provider=Oracle] all"),
        (
            "서울 리전(ap-northeast-2) 9월 비용",
            "total billed_cost [region=ap-northeast-2] 2026-09-01..2026-10-01",
        ),
        (
            "dev 계정(200000000015) 9월 비용",
            "total billed_cost [sub_account=200000000015] 2026-09-01..2026-10-01",
        ),
        ("dev 계정(300000000099) 9월 비용", "declined unknown_entity"),
        (
            "부산 리전(ap-northeast-2) 9월 비용",
            "total billed_cost [region=ap-northeast-2] 2026-09-01..2026-10-01",
        ),
        ("dev 9월 비용", "clarify sub_account_name=dev or tag:environment=dev"),
        ("dev 환경 9월 비용", "total billed_cost [tag:environment=dev] 2026-09-01..2026-10-01"),
        (
            "app 태그가 없는 9월 비용은 얼마야?",
            "total billed_cost [tag:app is null] 2026-09-01..2026-10-01",
        ),
        ("주말 비용은 얼마였어?", "total billed_cost [week_part=weekend] all"),
        ("9월 과금 행 수는 몇 개야?", "total rows 2026-09-01..2026-10-01"),
        ("컴퓨트 카테고리 비용은?", "total billed_cost [service_category=Compute] all"),
    ]);
}

#[test]
fn breakdowns_rankings_and_shares_are_read() {
    check(&[
        (
            "9월 서비스별 비용 알려줘",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01",
        ),
        ("서비스 별 비용", "breakdown billed_cost by cloud_service all"),
        ("비용 상위 5개 서비스는?", "breakdown billed_cost by cloud_service all limit 5"),
        ("가장 비용이 많이 나온 계정은?", "breakdown billed_cost by sub_account all limit 1"),
        (
            "9월에 비용이 가장 적은 리전 3개",
            "breakdown billed_cost by region 2026-09-01..2026-10-01 limit 3 ascending",
        ),
        ("리전별, 서비스별 비용", "breakdown billed_cost by region+cloud_service all"),
        (
            "클라우드 공급자별 9월 비용 비중",
            "breakdown billed_cost by provider 2026-09-01..2026-10-01",
        ),
        (
            "9월 비용에서 EC2가 차지하는 비중은?",
            "share billed_cost [cloud_service=Amazon Elastic Compute Cloud] 2026-09-01..2026-10-01",
        ),
        (
            "태그(app)가 없는 비용의 비율은 월별로 어떻게 되나요?",
            "share billed_cost by month [tag:app is null] all",
        ),
        ("앱 태그별 비용", "breakdown billed_cost by tag:app all"),
        ("팀별 10월 비용", "breakdown billed_cost by tag:team 2026-10-01..2026-11-01"),
        (
            "비용이 가장 높았던 날은?",
            "breakdown billed_cost by day all limit 1 ranked by billed_cost",
        ),
        ("비용의 80%를 차지하는 서비스는?", "{\"cumulative\":80} billed_cost by cloud_service all"),
        (
            "AWS와 애저의 9월 비용을 비교해줘",
            "breakdown billed_cost by provider [provider=AWS|Microsoft] 2026-09-01..2026-10-01",
        ),
        ("요금 유형별 비용", "breakdown billed_cost by line_item_type all"),
        ("요금 종류별 비용", "breakdown billed_cost by charge_category all"),
    ]);
}

#[test]
fn trends_averages_and_changes_are_read() {
    check(&[
        ("RDS 비용을 월별로 알려줘.", "trend billed_cost by month [cloud_service=Amazon RDS] all"),
        ("월별 비용 추이", "trend billed_cost by month all"),
        (
            "서울 리전(ap-northeast-2) 비용의 8월, 9월, 10월 추이는?",
            "trend billed_cost by month [region=ap-northeast-2] 2026-08-01..2026-11-01",
        ),
        ("9월 일별 비용", "trend billed_cost by day 2026-09-01..2026-10-01"),
        ("9월 일평균 비용은?", "per_day billed_cost 2026-09-01..2026-10-01"),
        (
            "8월 대비 9월 비용 증감은?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "9월 대비 10월 비용 증감은? 데이터가 빠진 날이 있으면 감안해줘.",
            "compare billed_cost 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "지난달 대비 비용이 얼마나 늘었어? (8월 대비 9월)",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        ("지난달 대비 이번 달 비용이 얼마나 변했어?", "declined missing_period"),
        (
            "9월 비용이 8월보다 얼마나 늘었나요?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "전월 대비 10월 비용은 얼마나 변했나요?",
            "compare billed_cost 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        ("전년 동기 대비 9월 비용은 얼마나 변했나요?", "declined missing_period"),
        (
            "8월 대비 10월에 비용이 가장 많이 늘어난 서비스 3개는?",
            "compare billed_cost by cloud_service 2026-08-01..2026-09-01 -> 2026-10-01..2026-11-01 limit 3",
        ),
        (
            "9월 비용이 8월보다 늘어난 주된 원인(앱 태그 기준)은 무엇인가요?",
            "explain billed_cost by tag:app 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "10월에 dev 계정(200000000015) 비용이 줄어든 이유와 금액은? 9월 대비로 알려줘.",
            "explain billed_cost [sub_account=200000000015] 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01 ascending",
        ),
        (
            "10월 비용이 왜 늘었어?",
            "explain billed_cost 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        ("ml-train 비용은 언제부터 발생했어?", "first_seen billed_cost [tag:app=ml-train] all"),
        ("10월 데이터는 다 들어왔어?", "completeness billed_cost 2026-10-01..2026-11-01"),
        ("리전은 몇 개야?", "count distinct:region all"),
        ("9월에 비용이 발생한 계정 수는?", "count distinct:sub_account 2026-09-01..2026-10-01"),
        (
            "EC2는 RDS의 몇 배야?",
            "times billed_cost [cloud_service=Amazon Elastic Compute Cloud|Amazon RDS] all",
        ),
        (
            "할인으로 9월에 얼마나 절감했어?",
            "saving list_cost+effective_cost 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn unit_costs_are_read() {
    check(&[
        (
            "결제 서비스의 9월 건당 비용은?",
            "unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01",
        ),
        (
            "결제 건당 비용이 왜 올랐어?",
            "explain_unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "10월 checkout 거래당 비용이 9월보다 왜 늘었나요?",
            "explain_unit_cost unit_cost [workload=checkout] 2026-09-01..2026-10-01 -> 2026-10-01..2026-11-01",
        ),
        (
            "결제 서비스 건당 비용의 월별 추이",
            "unit_cost unit_cost by month [workload=checkout] 2026-08-01..2026-11-01",
        ),
        (
            "checkout의 9월 거래 수는?",
            "total transactions [workload=checkout] 2026-09-01..2026-10-01",
        ),
        ("payments 앱의 주문 1건당 비용은?", "declined missing_volumes"),
    ]);
}

#[test]
fn what_cannot_be_answered_is_declined_with_its_own_reason() {
    check(&[
        ("오늘 서울 날씨 어때?", "declined out_of_scope"),
        ("EC2 인스턴스를 삭제해줘", "declined out_of_scope"),
        ("다음 달 비용을 예측해줘", "forecast billed_cost 2026-12-01..2027-01-01"),
        ("스노우플레이크 비용은?", "declined unknown_entity"),
        ("가용 영역별 비용", "declined missing_column"),
        ("2025년 9월 비용", "declined missing_period"),
        ("7월 비용은?", "declined missing_period"),
    ]);
}

#[test]
fn words_for_the_costliest_rank_what_they_stand_beside() {
    let rows = "breakdown billed_cost by cloud_service [provider=AWS] all limit 5";
    check(&[
        ("돈이 많이 나가는 AWS 서비스 다섯 개", rows),
        ("AWS에서 가장 비싼 서비스 5개는?", rows),
        ("돈이 제일 많이 드는 AWS 서비스 상위 5개", rows),
    ]);
}
