//! Questions about shared cost, and those that only look like them.

use wherefore_contract::question::Question;

use super::super::known;
use crate::{
    request::{AllocationAsk, Analysis, Ask, SplitBy, Understanding},
    understand::understand,
};

fn read(text: &str) -> Understanding {
    let (known, today) = known(text);
    understand(&Question::parse(text, None, today).unwrap(), &known)
}

fn asked(text: &str) -> Option<AllocationAsk> {
    match read(text) {
        Understanding::Reading(reading) => (reading.ask == Ask::Analysis(Analysis::Allocation))
            .then(|| reading.allocation.clone().unwrap_or_default()),
        other => panic!("`{text}` is read as {other:?}"),
    }
}

#[test]
fn shared_cost_and_a_word_of_giving_ask_for_an_allocation() {
    for text in [
        "Split the shared cost across workloads in September 2026",
        "Allocate shared costs to workloads for September 2026",
        "How is the overhead distributed among workloads in October 2026?",
        "Distribute the common cost of September 2026 to each workload",
        "Apportion the untagged cost of October 2026",
        "who gets how much of the support fee in September 2026?",
        "Allocate the support fee to workloads",
        "Spread the support cost over the workloads in October 2026",
        "How much of the support fee does checkout bear in September 2026?",
        "fully loaded unit cost of checkout in September 2026",
        "What is the fully-loaded cost of checkout in September 2026?",
        "unit cost of checkout including shared costs in September 2026",
        "cost per transaction of checkout with its share of the shared cost, October 2026",
        "Divide the platform costs between workloads evenly, September 2026",
        "Prorate the tax of September 2026 to workloads",
        "Charge out the shared spend of October 2026 by transactions",
        "2026년 9월 공통 비용을 워크로드별로 나눠줘",
        "공통 비용을 배부하면 checkout 건당 비용은?",
        "9월 공통비 배부 결과를 보여줘",
        "공통비를 포함한 checkout 건당 비용은 얼마야?",
        "공통 비용까지 넣은 checkout 건당 비용",
        "지원 요금은 누가 얼마씩 부담해?",
        "9월 서포트 비용을 워크로드에 배분해줘",
        "10월 간접비를 균등하게 배분하면?",
        "공유 비용을 거래 수 기준으로 나누면 어떻게 돼?",
        "태그 없는 비용을 직접 비용 비율로 안분해줘",
        "10월 공통 비용 배부액은 워크로드별로 얼마야?",
        "9월 세금을 워크로드별로 배부해줘",
        "checkout이 부담하는 공통 비용은 얼마야?",
        "공용 비용을 트래픽 비례로 배분해줘",
        "9월 기술 지원 요금을 워크로드별로 분담하면?",
    ] {
        assert!(asked(text).is_some(), "`{text}` is no question about shared cost");
    }
}

#[test]
fn the_basis_of_the_split_is_read_from_its_words() {
    for (text, method) in [
        ("Split the shared cost evenly across workloads", Some(SplitBy::Even)),
        ("Allocate shared costs by transactions", Some(SplitBy::Transactions)),
        ("Allocate shared costs in proportion to their direct cost", Some(SplitBy::Proportional)),
        ("Allocate shared costs to workloads", None),
        ("공통 비용을 균등하게 배부해줘", Some(SplitBy::Even)),
        ("공통 비용을 거래 수에 비례해서 배부해줘", Some(SplitBy::Transactions)),
        ("공통 비용을 직접 비용 비율로 배부해줘", Some(SplitBy::Proportional)),
        ("공통 비용을 배부해줘", None),
    ] {
        assert_eq!(asked(text).unwrap().method, method, "{text}");
    }
}

#[test]
fn support_and_tax_are_pools_of_their_own() {
    let shared = |text: &str| -> Vec<String> {
        let filters = asked(text).unwrap().shared;
        filters.iter().map(|one| format!("{} {}", one.dimension, one.values.join(","))).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(shared("Allocate the support fee to workloads"), ["cloud_service support"]);
    assert_eq!(shared("세금을 워크로드별로 배부해줘"), ["charge_category Tax"]);
    assert_eq!(shared("Allocate shared costs to workloads"), none);
}

#[test]
fn breakdowns_and_questions_about_the_data_stay_what_they_are() {
    for text in [
        "Is October 2026 fully loaded?",
        "Split EC2 by usage type",
        "Cost split by environment tag",
        "What support fees did we pay in October 2026?",
        "2026년 10월 기술 지원 요금은?",
        "How much is untagged in October 2026?",
        "tax by provider in September 2026",
        "태그 없는 비용은 얼마야?",
    ] {
        if let Understanding::Reading(reading) = read(text) {
            assert_ne!(reading.ask, Ask::Analysis(Analysis::Allocation), "{text}");
        }
    }
}

#[test]
fn shared_cost_is_split_by_what_telemetry_measured() {
    for (text, signal) in [
        ("Split the shared cluster by CPU usage", "cpu_time"),
        ("Allocate the shared cluster cost by cpu time in October 2026", "cpu_time"),
        ("Split shared costs by CPU seconds per workload", "cpu_time"),
        ("Distribute the common cost to workloads based on CPU", "cpu_time"),
        ("Apportion the cluster costs by their CPU usage", "cpu_time"),
        ("Allocate shared costs by memory usage", "memory_use"),
        ("Split the platform costs by memory", "memory_use"),
        ("Allocate the shared cost by network traffic", "network_io"),
        ("Split shared costs by bytes transferred", "network_io"),
        ("Allocate shared costs by requests served", "requests"),
        ("Split the overhead by number of requests", "requests"),
        ("공유 클러스터 비용을 CPU 사용량으로 배분해줘", "cpu_time"),
        ("공용 클러스터 비용을 cpu 사용 시간 기준으로 나눠줘", "cpu_time"),
        ("10월 공통 비용을 CPU 사용량에 비례해서 배부해줘", "cpu_time"),
        ("공통비를 메모리 사용량으로 배부하면?", "memory_use"),
        ("공통 비용을 네트워크 전송량 기준으로 배분해줘", "network_io"),
        ("공유 비용을 요청 수로 나눠줘", "requests"),
    ] {
        let ask = asked(text).unwrap_or_default();
        assert_eq!(
            (ask.method, ask.metric.as_deref()),
            (Some(SplitBy::Telemetry), Some(signal)),
            "{text}"
        );
    }
}

#[test]
fn agreed_parts_are_read_with_their_owners() {
    let parts = |text: &str| -> Vec<String> {
        let ask = asked(text).unwrap_or_default();
        assert_eq!(ask.method, Some(SplitBy::Fixed), "{text}");
        ask.parts.iter().map(|part| format!("{} {}", part.owner, part.part)).collect()
    };
    for (text, expected) in [
        ("Split the support fee: checkout 60 %, search 40 %", ["checkout 60", "search 40"]),
        ("Split the support fee 60% to checkout and 40% to search", ["checkout 60", "search 40"]),
        ("Divide the support cost between checkout and search 6:4", ["checkout 6", "search 4"]),
        ("지원 요금을 checkout과 search에 6:4로 나눠줘", ["checkout 6", "search 4"]),
        ("공통 비용을 checkout 60퍼센트, search 40퍼센트로 배부해줘", ["checkout 60", "search 40"]),
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}
