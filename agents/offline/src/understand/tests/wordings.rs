//! Korean wordings of the same questions, in many registers.

use super::check;

#[test]
fn forms_of_verbs_and_office_words_change_no_figure() {
    for wording in [
        "9월 서비스별 비용 현황 공유 바랍니다",
        "9월 서비스별 비용 내역 좀 뽑아주실 수 있을까요?",
        "서비스별로 9월에 얼마씩 나갔는지 정리해서 보내주세요",
        "9월에 서비스별로 얼마나 썼는지 쭉 보여줘봐",
        "서비스별 9월 비용 확인 부탁드려요~",
        "9월 서비스별 빌 좀 추려주라",
        "서비스별 9월 비용을 표로 만들어 주시겠습니까",
        "9월 비용 서비스별로 쪼개 주실래요?",
    ] {
        check(&[(wording, "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01")]);
    }
    for wording in [
        "9월에 총 얼마 나갔더라?",
        "9월 한 달 총 클라우드 사용료 알려주시면 됩니다",
        "9월 한 달간 나간 돈 다 합치면 얼마야",
        "9월 비용 합계 조회 요청드립니다",
        "9월달 비용이 얼마였는지 궁금합니다",
        "9월에 들어간 돈이 얼마쯤 되나여",
        "9월에 쓴 비용 총액이 어떻게 되는지 알려주시면 감사하겠습니다",
    ] {
        check(&[(wording, "total billed_cost 2026-09-01..2026-10-01")]);
    }
}

#[test]
fn amounts_in_words_are_thresholds() {
    let above = |amount: &str| {
        format!(
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 [billed_cost > {amount}]"
        )
    };
    for (question, amount) in [
        ("9월에 5천 달러 넘긴 서비스는?", "5000"),
        ("9월에 만 달러를 초과한 서비스 알려줘", "10000"),
        ("9월 2만 5천불 넘어가는 서비스만 추려 주세요", "25000"),
        ("9월에 십만 달러 넘는 서비스", "100000"),
    ] {
        check(&[(question, &above(amount))]);
    }
}

#[test]
fn what_is_left_out_stays_out_of_a_comparison() {
    let without = "compare billed_cost [cloud_service!=Amazon Elastic Compute Cloud] 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01";
    for question in [
        "EC2 빼고 8월 대비 9월 비용 증감",
        "8월 대비 9월 비용 증감, EC2 제외",
        "Excluding EC2, how did September compare with August?",
    ] {
        check(&[(question, without)]);
    }
    check(&[
        (
            "9월 비용에서 8월 비용을 빼면?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (
            "크레딧이 없었다면 9월 요금은 얼마였을까?",
            "total billed_cost [charge_category!=Credit] 2026-09-01..2026-10-01",
        ),
        (
            "By what percent did cost jump in September compared with August?",
            "compare billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
    ]);
}

#[test]
fn a_time_runs_from_its_first_to_its_last_day() {
    for question in [
        "9월 1일에서 15일까지 쓴 비용",
        "9월 1일에서 15일 사이에 쓴 비용",
        "9월 1일과 15일 사이에 쓴 비용",
        "9월 1일부터 15일까지 쓴 비용",
    ] {
        check(&[(question, "total billed_cost 2026-09-01..2026-09-16")]);
    }
    check(&[(
        "The two accounts with the lowest cost in September",
        "breakdown billed_cost by sub_account 2026-09-01..2026-10-01 limit 2 ascending",
    )]);
}

#[test]
fn negation_is_never_dropped() {
    check(&[
        (
            "9월에 100달러 안 넘는 서비스는?",
            "breakdown billed_cost by cloud_service 2026-09-01..2026-10-01 [billed_cost <= 100]",
        ),
        ("9월에 비용이 안 나온 서비스는?", "declined not_understood"),
    ]);
}

#[test]
fn unknown_names_still_decline() {
    for question in [
        "두리안 프로젝트에 들어간 돈 얼마야?",
        "김철수 과장이 9월에 쓴 비용 알려줘",
        "번개상점 비용 현황 공유 바랍니다",
        "하이퍼루프 9월 비용 뽑아주세요",
        "판교에서 나간 9월 비용은?",
        "나라장터 9월 비용 확인 부탁드려요",
    ] {
        check(&[(question, "declined unknown_entity")]);
    }
}
