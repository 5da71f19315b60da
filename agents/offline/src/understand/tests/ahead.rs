//! Times to come: forecast where enough is loaded before them, declined where not.

use super::check;

#[test]
fn times_to_come_are_forecast_as_far_ahead_as_days_are_loaded() {
    let december = "forecast billed_cost 2026-12-01..2027-01-01";
    for question in [
        "What will we spend next month?",
        "Forecast next month's total cost",
        "predict our cost for December 2026",
        "How much will we pay in the coming month?",
        "다음 달 예상 비용은?",
        "다음달 비용 얼마 나올까?",
        "내달 비용을 예측해 주세요",
        "익월 비용 전망은?",
        "2026년 12월 비용 예측해줘",
    ] {
        check(&[(question, december)]);
    }
    for question in ["Forecast our cost for the rest of the year", "연말까지 비용이 얼마나 나올까?"]
    {
        check(&[(question, "forecast billed_cost 2026-11-05..2027-01-01")]);
    }
    check(&[
        (
            "forecast EC2 cost for next month by region",
            "forecast billed_cost by region [cloud_service=Amazon Elastic Compute Cloud] 2026-12-01..2027-01-01",
        ),
        (
            "다음 달 서울 리전 비용 예측",
            "forecast billed_cost [region=ap-northeast-2] 2026-12-01..2027-01-01",
        ),
    ]);
}

#[test]
fn what_lies_further_ahead_than_the_past_reaches_back_is_declined() {
    check(&[
        ("forecast next year", "declined beyond_data"),
        ("내년 비용 예측해줘", "declined beyond_data"),
        ("Forecast our total cost for all of 2028", "declined beyond_data"),
        ("What will next month's EC2 price be?", "declined missing_period"),
    ]);
}
