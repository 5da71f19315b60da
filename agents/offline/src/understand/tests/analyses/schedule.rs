//! Questions about when to run more and when less, and questions that only look like them.

use wherefore_contract::question::Question;

use super::super::{known, read};
use crate::{
    request::{Analysis, Ask, Understanding},
    understand::understand,
};

const OF_CHECKOUT: &[&str] = &[
    "When can we scale checkout in?",
    "when can we scale in checkout",
    "When can checkout be scaled down?",
    "Scaling schedule for checkout",
    "Give me a scaling schedule for the checkout workload",
    "What scaling schedule fits checkout?",
    "Build an autoscaling schedule for checkout from its traffic",
    "Recommend scheduled scaling for checkout",
    "How many instances does checkout need by hour of the week?",
    "Can checkout run on fewer instances at night?",
    "How much would we save if checkout ran with fewer servers overnight?",
    "Could we shrink the checkout fleet off-peak?",
    "Does the traffic pattern of checkout allow scaling in at night?",
    "Scale-in hours for checkout",
    "scaling plan for checkout that follows the traffic",
    "Which hours can checkout run with less capacity at weekends?",
    "How much can we save by scaling checkout with its seasonality?",
    "checkout 스케일링 일정 알려줘",
    "checkout 워크로드를 야간에 인스턴스를 줄이면 얼마 절감돼?",
    "결제 서비스의 트래픽 패턴에 맞춘 스케일링 일정",
    "결제 서비스는 언제 스케일 인 할 수 있어?",
    "결제 서비스를 언제 스케일다운하면 돼?",
    "checkout 오토스케일링 스케줄 추천해줘",
    "결제 워크로드의 요일·시간대별 용량 알려줘",
    "checkout은 밤에 서버를 몇 대까지 줄일 수 있어?",
    "checkout 주말에 인스턴스를 줄여도 돼?",
    "결제 서비스 거래 패턴에 따라 증설 일정 짜줘",
    "checkout 예약 스케일링 제안해줘",
    "새벽 시간대에 checkout 인스턴스 대수를 얼마나 줄일 수 있나요?",
    "결제 서비스 축소 일정이 필요해",
    "checkout 트래픽 패턴에 맞춰 스케일링하면 얼마나 절약돼?",
    "업무 시간 외에 checkout 서버를 줄이면 얼마 절감되나요?",
];
const OF_ALL: &[&str] = &[
    "When can we scale in?",
    "Which workloads can run on fewer instances at night?",
    "Make a scaling schedule from our traffic patterns",
    "야간에 인스턴스를 줄이면 얼마 절감돼?",
    "트래픽 패턴에 맞춘 스케일링 일정",
    "어떤 워크로드를 밤에 스케일 인 할 수 있어?",
];
const OTHERS: &[&str] = &[
    "How much did Savings Plans save us in October?",
    "cost by hour of the day in September",
    "시간대별 비용 알려줘",
    "What did we spend on weekends in September?",
    "주말 비용은?",
    "Why did EC2 cost drop after scaling in?",
    "How many instances did we run in September?",
    "which day had the highest traffic",
];

#[test]
fn questions_about_scaling_by_the_hour_are_read_with_their_workload() {
    let mut wrong = Vec::new();
    for (questions, workload) in [(OF_CHECKOUT, Some("checkout")), (OF_ALL, None)] {
        for question in questions {
            let (known, as_of) = known(question);
            let asked = Question::parse(question, None, as_of).unwrap();
            let found = match understand(&asked, &known) {
                Understanding::Reading(reading) => {
                    reading.ask == Ask::Analysis(Analysis::Schedule)
                        && reading.workload.as_deref() == workload
                        && reading.unread.is_empty()
                        && reading.period.is_none()
                }
                _ => false,
            };
            if !found {
                wrong.push(format!("{question}: {}", read(question)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_period_and_an_unknown_workload_are_kept() {
    let read = |question: &str| read(question);
    let named = read("scaling schedule for checkout in October");
    assert!(named.contains("2026-10-01..2026-11-01"), "{named}");
    let unknown = read("scaling schedule for warehouse-sync");
    assert_eq!(unknown, "declined unknown_entity");
}

#[test]
fn other_questions_stay_what_they_are() {
    let wrong: Vec<String> = OTHERS
        .iter()
        .map(|question| format!("{question}: {}", read(question)))
        .filter(|line| line.contains("schedule"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headroom_and_quantile_are_read_from_the_question() {
    for (text, headroom, quantile) in [
        ("Scaling schedule for checkout with 40 % headroom", Some(40), None),
        ("Give me a scaling schedule for checkout with a headroom of 25 percent", Some(25), None),
        ("Scaling schedule for checkout at p99 demand", None, Some(99)),
        (
            "Scaling schedule for checkout at the 90th percentile with 30% headroom",
            Some(30),
            Some(90),
        ),
        ("checkout scaling plan, p95, 20% buffer", Some(20), Some(95)),
        ("Scaling schedule for checkout", None, None),
        ("p99 수요 기준으로 checkout 스케일링 일정 짜줘", None, Some(99)),
        ("여유율 40%로 checkout 스케일링 일정 짜줘", Some(40), None),
        ("checkout 스케일링 일정을 여유 30퍼센트, 95분위 기준으로", Some(30), Some(95)),
    ] {
        let (known, today) = known(text);
        let read = understand(&Question::parse(text, None, today).unwrap(), &known);
        let Understanding::Reading(reading) = read else { panic!("`{text}` is read as {read:?}") };
        assert_eq!(reading.ask, Ask::Analysis(Analysis::Schedule), "{text}");
        let kept = reading.schedule.unwrap_or_default();
        assert_eq!((kept.headroom, kept.quantile), (headroom, quantile), "{text}");
    }
}
