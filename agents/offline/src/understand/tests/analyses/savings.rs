//! What can be saved, and what other questions with such words ask.

use super::super::{check, known, understand};
use crate::request::{Analysis, Ask, Understanding};
use wherefore_contract::question::Question;

/// The checks and filters that a question is understood to ask for; `None` where it asks something else.
fn asked(text: &str) -> Option<String> {
    let (known, as_of) = known(text);
    let Understanding::Reading(reading) =
        understand(&Question::parse(text, None, as_of).unwrap(), &known)
    else {
        return None;
    };
    (reading.ask == Ask::Analysis(Analysis::Savings)).then(|| {
        let filters: Vec<String> = reading
            .filters()
            .iter()
            .map(|filter| format!("[{}={}]", filter.dimension, filter.values.join("|")))
            .collect();
        let period = reading.period.map(|moment| moment.period.to_string()).unwrap_or_default();
        format!("{} {} {period}", reading.checks.join("+"), filters.join("")).trim().to_owned()
    })
}

fn understood(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(question, expected)| {
            let got = asked(question);
            (got.as_deref() != Some(*expected))
                .then(|| format!("{question}\n  want {expected}\n  got  {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

const EVERY_GRAVITON: &str =
    "graviton_cache+graviton_ec2+graviton_lambda+graviton_rds+graviton_search";
const IDLE: &str = "idle_capacity_table+idle_load_balancer+idle_nat_gateway+idle_public_ip+old_snapshot+quiet_database+quiet_load_balancer+quiet_machine+quiet_nat_gateway+quiet_volume+volume_without_machine";

#[test]
fn the_whole_plan_is_asked_for_in_many_ways() {
    let whole = [
        "What can we save?",
        "How much could we save per month?",
        "Where are we wasting money?",
        "Where can we save money on AWS?",
        "How can we cut our cloud bill?",
        "How do we reduce our cloud spend?",
        "Show me savings opportunities",
        "What are the biggest savings opportunities?",
        "Are there any quick wins?",
        "How can I optimize costs?",
        "What cost optimization opportunities do we have?",
        "Is there any waste in our cloud bill?",
        "How can we lower our bill?",
        "Find savings for us",
        "How could we spend less?",
        "What could be saved right now?",
        "줄일 수 있는 비용은?",
        "절감할 수 있는 비용이 얼마나 돼?",
        "비용 절감 방안 알려줘",
        "비용 절감 방안 추천해줘",
        "낭비되는 비용이 있어?",
        "어디서 돈이 새고 있어?",
        "클라우드 비용을 줄이려면 어떻게 해야 해?",
        "비용 최적화 방안 좀 알려줘",
        "매달 얼마나 절감할 수 있어?",
        "아낄 수 있는 돈이 얼마야?",
        "절감 기회를 찾아줘",
        "비용을 줄일 방법이 있을까?",
        "낭비 요소를 찾아줘",
        "지금 당장 절약할 수 있는 비용은?",
        "절감 가능한 항목 보여줘",
        "우리가 낭비하고 있는 비용은 얼마나 될까?",
    ];
    let table: Vec<(&str, &str)> = whole
        .iter()
        .map(|question| (*question, if question.contains("AWS") { "[provider=AWS]" } else { "" }))
        .collect();
    understood(&table);
}

#[test]
fn a_named_thing_asks_for_its_own_checks() {
    understood(&[
        ("Any idle resources?", IDLE),
        ("Which resources are unused?", IDLE),
        ("Do we have unattached volumes?", "volume_without_machine"),
        ("List the idle NAT gateways", "idle_nat_gateway"),
        ("How can we reduce our log volume?", "log_ingestion+log_retention"),
        ("로그 수집량 줄일 수 있어?", "log_ingestion+log_retention"),
        ("Are there idle load balancers?", "idle_load_balancer"),
        ("Which elastic IPs are not in use?", "idle_public_ip"),
        ("Which instances should move to Graviton?", "graviton_ec2"),
        (
            "How much would we save by switching RDS to Graviton?",
            "graviton_rds [cloud_service=Amazon RDS]",
        ),
        ("What could we save with Graviton?", EVERY_GRAVITON),
        (
            "How much would moving gp2 volumes to gp3 save?",
            "gp2_to_gp3+rds_gp2_to_gp3+volume_without_machine",
        ),
        (
            "Which volumes are candidates for gp3?",
            "gp2_to_gp3+rds_gp2_to_gp3+volume_without_machine",
        ),
        ("Which instances are of an old generation?", "newer_generation+previous_generation"),
        ("If we delete old snapshots, how much would we save?", "old_snapshot"),
        (
            "What would we save by turning off the dev environment at night?",
            "non_production_schedule [tag:environment=dev]",
        ),
        (
            "What can we save in September 2026 in us-east-1?",
            "[region=us-east-1] [2026-09-01, 2026-10-01)",
        ),
        ("gp3로 바꾸면 얼마 절약돼?", "gp2_to_gp3+rds_gp2_to_gp3"),
        ("그라비톤으로 옮기면 얼마나 절감돼?", EVERY_GRAVITON),
        (
            "RDS를 Graviton으로 전환하면 얼마나 아낄 수 있어?",
            "graviton_rds [cloud_service=Amazon RDS]",
        ),
        ("유휴 리소스 있어?", IDLE),
        ("안 쓰는 NAT 게이트웨이 있나요?", "idle_nat_gateway"),
        ("사용하지 않는 EIP 목록 보여줘", "idle_public_ip"),
        ("구세대 인스턴스를 교체하면 얼마 절감할 수 있어?", "newer_generation+previous_generation"),
        ("오래된 스냅샷을 지우면 얼마나 절약될까?", "old_snapshot"),
        ("연결 안 된 볼륨 있어?", "volume_without_machine"),
        ("개발 환경을 밤에 끄면 얼마나 절약돼?", "non_production_schedule"),
        ("서울 리전에서 절감할 수 있는 비용은?", "[region=ap-northeast-2]"),
    ]);
}

fn limits(question: &str) -> Option<u32> {
    let (known, as_of) = known(question);
    let Understanding::Reading(reading) =
        understand(&Question::parse(question, None, as_of).unwrap(), &known)
    else {
        return None;
    };
    reading.limit.filter(|_| reading.ask == Ask::Analysis(Analysis::Savings))
}

#[test]
fn so_many_of_the_largest_savings_are_asked_for() {
    let cases = [
        ("top 5 savings", 5),
        ("Top 3 savings opportunities", 3),
        ("What are the 3 biggest savings?", 3),
        ("show me the largest 10 savings", 10),
        ("list the top 7 savings ideas", 7),
        ("What are our top 5 cost savings?", 5),
        ("5 biggest savings we can make", 5),
        ("Where can we save money? Top 5", 5),
        ("가장 큰 절감 3가지", 3),
        ("절감 상위 5개 보여줘", 5),
        ("절감 항목 상위 10개", 10),
        ("절감 효과가 큰 순으로 5개 알려줘", 5),
        ("제일 큰 절감 5개만 보여줘", 5),
        ("줄일 수 있는 비용 상위 5개", 5),
        ("비용 절감 방안 상위 3개 추천해줘", 3),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .filter(|(question, limit)| limits(question) != Some(*limit))
        .map(|(question, _)| (question, limits(question)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn why_something_is_not_proposed_is_asked_in_many_ways() {
    understood(&[
        ("Why no Graviton savings?", EVERY_GRAVITON),
        ("Why are there no Graviton savings?", EVERY_GRAVITON),
        ("Why do you not recommend Graviton?", EVERY_GRAVITON),
        ("Why don't you recommend Graviton?", EVERY_GRAVITON),
        ("Why did you find no Graviton savings?", EVERY_GRAVITON),
        ("Why is there no Graviton recommendation?", EVERY_GRAVITON),
        ("Why did you not suggest gp3?", "gp2_to_gp3+rds_gp2_to_gp3"),
        ("Why was no idle NAT gateway found?", "idle_nat_gateway"),
        ("Why are there no old snapshots to delete?", "old_snapshot"),
        ("왜 그라비톤 절감은 없어?", EVERY_GRAVITON),
        ("그라비톤은 왜 추천하지 않아?", EVERY_GRAVITON),
        ("그라비톤 전환을 추천하지 않는 이유가 뭐야?", EVERY_GRAVITON),
        ("gp3 전환은 왜 추천 안 해?", "gp2_to_gp3+rds_gp2_to_gp3"),
        ("유휴 NAT 게이트웨이가 왜 없어?", "idle_nat_gateway"),
        ("오래된 스냅샷은 왜 안 나와?", "old_snapshot"),
    ]);
}

#[test]
fn questions_on_what_was_paid_or_saved_are_others() {
    let others = [
        "How much did Savings Plans save us in October?",
        "What did idle public IPv4 addresses cost us?",
        "How much do we pay for idle public IPs?",
        "What did gp3 volumes cost in September?",
        "EBS gp2 볼륨 10월 비용",
        "유휴 퍼블릭 IP 비용은 얼마야?",
        "How much of our Savings Plan commitment went unused each month?",
        "9월 Savings Plan 약정 중 안 쓰고 버린 돈이 얼마야?",
        "약정 미사용 금액은?",
        "Delete all unattached EBS volumes",
        "안 쓰는 EIP 다 삭제해줘",
        "유휴 인스턴스 전부 중지해줘",
        "What percent of list cost do we save on usage?",
        "How much would we save by moving to a smaller instance?",
        "Why did our cost fall in October?",
        "On how many days in September did we spend less than 10 cents in total?",
        "Savings on covered usage: list cost less effective cost",
        "What did each team add or save between August and October 2026?",
        "Which cloud service had the largest savings?",
        "What were the biggest savings by account in September?",
        "Why is there no cost in September?",
        "왜 9월 비용이 없어?",
    ];
    let taken: Vec<&str> =
        others.into_iter().filter(|question| asked(question).is_some()).collect();
    assert_eq!(taken, Vec::<&str>::new());
    check(&[("Delete all unattached EBS volumes", "declined out_of_scope")]);
}
