//! Questions about what lies outside its expected range, and those that only sound so.

use wherefore_contract::question::Question;

use super::super::{known, read};
use crate::{
    request::{Analysis, Ask, Reading, Understanding},
    understand::understand,
};

fn reading(text: &str) -> Option<Reading> {
    let (known, as_of) = known(text);
    match understand(&Question::parse(text, None, as_of).unwrap(), &known) {
        Understanding::Reading(reading) => Some(*reading),
        _ => None,
    }
}

fn asks(text: &str) -> bool {
    reading(text).is_some_and(|reading| reading.ask == Ask::Analysis(Analysis::Unusual))
}

#[test]
fn what_is_unusual_is_asked_in_many_ways() {
    let wrong: Vec<&str> = [
        "What is unusual in our spend?",
        "Any cost anomalies in October?",
        "Did anything abnormal happen in September?",
        "Show me anomalies in EC2 last month",
        "Were there any unexpected costs in October 2026?",
        "Is there something strange in our bill?",
        "find outliers in daily cost for October",
        "Were there cost spikes last month?",
        "any spikes in September?",
        "detect anomalies",
        "anomaly detection for AWS in October",
        "List the top 5 anomalies of the last 30 days",
        "Which accounts had abnormal spending in September?",
        "Did any service behave unusually last month?",
        "suspicious charges in October?",
        "Have there been irregularities in our cloud cost this year?",
        "What was out of the ordinary in October?",
        "anomalies in the dev account",
        "unusual spend by service",
        "10월에 이상 비용이 있었어?",
        "이상 징후 있는 비용 찾아줘",
        "지난달 비정상적인 비용이 있나요?",
        "평소와 다른 비용이 발생한 곳은?",
        "9월에 튀는 비용 있어?",
        "이상 지출 탐지해줘",
        "최근 30일 동안 이상한 비용 있었나요?",
        "EC2에서 이상 징후가 감지된 날은?",
        "10월 비용에 특이사항 있나요?",
        "예상치 못한 비용이 발생했나요?",
        "이상치 상위 5건 보여줘",
        "이례적인 비용 알려줘",
        "갑작스러운 비용 변동이 있었는지 알려줘",
        "서울 리전에 비정상 과금 있어?",
        "지난주 비용 중에 평소보다 많이 나온 게 있어?",
        "결제 서비스 이상 비용 점검해줘",
    ]
    .into_iter()
    .filter(|text| !asks(text))
    .collect();
    let read: Vec<String> = wrong.iter().map(|text| format!("{text}\n  {}", read(text))).collect();
    assert!(wrong.is_empty(), "{}", read.join("\n"));
}

#[test]
fn a_period_names_and_a_limit_narrow_the_search() {
    let held = reading("Show me the top 3 anomalies in EC2 in October").unwrap();
    assert_eq!(held.limit, Some(3));
    let october = held.period.map(|moment| moment.period.to_string());
    assert_eq!(october.as_deref(), Some("[2026-10-01, 2026-11-01)"));
    let names: Vec<String> =
        held.conditions.iter().map(|held| held.filter.dimension.name()).collect();
    assert_eq!(names, ["cloud_service"]);
}

#[test]
fn ordinary_questions_stay_what_they_are() {
    let wrong: Vec<&str> = [
        "Which services cost more than 100 dollars in September?",
        "9월에 100달러 이상 쓴 서비스는?",
        "3건 이상 요금이 있는 계정은?",
        "9월에 비용이 1000달러 이상인 계정 보여줘",
        "What was the largest day-over-day jump in October?",
        "Why did EC2 cost rise in October?",
        "10월 비용이 급증한 이유는?",
        "What did we spend in October?",
    ]
    .into_iter()
    .filter(|text| asks(text))
    .collect();
    assert_eq!(wrong, Vec::<&str>::new());
}
