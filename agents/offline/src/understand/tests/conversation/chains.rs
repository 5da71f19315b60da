//! Conversations several turns deep, in both languages: each turn with what it is read as.

use super::follow::read;

const CHAINS: &[&[(&str, &str)]] = &[
    &[
        ("How much did we spend in August?", "total billed_cost AUG"),
        ("and September?", "total billed_cost SEP"),
        ("why?", "explain billed_cost AUG -> SEP"),
        ("by account", "explain billed_cost by sub_account AUG -> SEP"),
        ("top 3 only", "explain billed_cost by sub_account AUG -> SEP limit 3"),
    ],
    &[
        ("How much did we spend in September?", "total billed_cost SEP"),
        ("and for RDS?", "total billed_cost [cloud_service=RDS] SEP"),
        ("by region", "breakdown billed_cost by region [cloud_service=RDS] SEP"),
        (
            "exclude credits",
            "breakdown billed_cost by region [cloud_service=RDS] [charge_category!=Credit] SEP",
        ),
        (
            "last month instead",
            "breakdown billed_cost by region [cloud_service=RDS] [charge_category!=Credit] OCT",
        ),
    ],
    &[
        ("September cost by service", "breakdown billed_cost by cloud_service SEP"),
        ("only EC2", "breakdown billed_cost by cloud_service [cloud_service=EC2] SEP"),
        ("by account", "breakdown billed_cost by sub_account [cloud_service=EC2] SEP"),
        (
            "compared with August",
            "compare billed_cost by sub_account [cloud_service=EC2] AUG -> SEP",
        ),
        (
            "which one grew most?",
            "compare billed_cost by sub_account [cloud_service=EC2] AUG -> SEP limit 1",
        ),
    ],
    &[
        ("Cost by app in October", "breakdown billed_cost by tag:app OCT"),
        ("without the untagged", "breakdown billed_cost by tag:app [tag:app not null] OCT"),
        ("compared with September", "compare billed_cost by tag:app [tag:app not null] SEP -> OCT"),
        (
            "only those that dropped",
            "compare billed_cost by tag:app [tag:app not null] SEP -> OCT [change < 0] ascending",
        ),
        ("why?", "explain billed_cost [tag:app not null] SEP -> OCT"),
    ],
    &[
        (
            "Which team spent the most in September?",
            "breakdown billed_cost by tag:team [tag:team not null] SEP limit 1",
        ),
        ("top 3 only", "breakdown billed_cost by tag:team [tag:team not null] SEP limit 3"),
        ("and in October?", "breakdown billed_cost by tag:team [tag:team not null] OCT limit 3"),
        ("since when?", "first_seen billed_cost by tag:team [tag:team not null] all"),
    ],
    &[
        (
            "EC2 cost on September 14",
            "total billed_cost [cloud_service=EC2] 2026-09-14..2026-09-15",
        ),
        ("and the day after?", "total billed_cost [cloud_service=EC2] 2026-09-15..2026-09-16"),
        (
            "why?",
            "explain billed_cost [cloud_service=EC2] 2026-09-14..2026-09-15 -> 2026-09-15..2026-09-16",
        ),
        (
            "by team",
            "explain billed_cost by tag:team [cloud_service=EC2] 2026-09-14..2026-09-15 -> 2026-09-15..2026-09-16",
        ),
    ],
    &[
        ("EC2 cost in August", "total billed_cost [cloud_service=EC2] AUG"),
        ("and the month after?", "total billed_cost [cloud_service=EC2] SEP"),
        ("why?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
        ("for RDS", "explain billed_cost [cloud_service=RDS] AUG -> SEP"),
        ("in effective cost", "explain effective_cost [cloud_service=RDS] AUG -> SEP"),
    ],
    &[
        ("How did September compare with August?", "compare billed_cost AUG -> SEP"),
        ("why?", "explain billed_cost AUG -> SEP"),
        ("and for EC2?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
        ("by region", "explain billed_cost by region [cloud_service=EC2] AUG -> SEP"),
        ("in percent", "explain billed_cost by region [cloud_service=EC2] AUG -> SEP"),
    ],
    &[
        ("cost by account in October", "breakdown billed_cost by sub_account OCT"),
        ("only EC2 and RDS", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT"),
        ("as a share", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT"),
        ("top 2", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT limit 2"),
        (
            "per day",
            "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT limit 2 per day",
        ),
    ],
    &[
        (
            "What was the cost per transaction of checkout in September?",
            "unit_cost unit_cost [workload=checkout] SEP",
        ),
        ("and in October?", "unit_cost unit_cost [workload=checkout] OCT"),
        ("why?", "explain_unit_cost unit_cost [workload=checkout] SEP -> OCT"),
        ("last month instead", "explain_unit_cost unit_cost [workload=checkout] SEP -> OCT"),
    ],
    &[
        ("checkout cost in September", "total billed_cost [workload=checkout] SEP"),
        ("per transaction", "unit_cost unit_cost [workload=checkout] SEP"),
        ("why?", "explain_unit_cost unit_cost [workload=checkout] AUG -> SEP"),
    ],
    &[
        ("billed cost in September", "total billed_cost SEP"),
        ("no, effective cost", "total effective_cost SEP"),
        ("by service", "breakdown effective_cost by cloud_service SEP"),
        ("only Seoul", "breakdown effective_cost by cloud_service [region=ap-northeast-2] SEP"),
        ("remove the region filter", "breakdown effective_cost by cloud_service SEP"),
    ],
    &[
        ("cost by month", "trend billed_cost by month all"),
        ("only RDS", "trend billed_cost by month [cloud_service=RDS] all"),
        ("by account instead", "breakdown billed_cost by sub_account [cloud_service=RDS] all"),
        ("the top one", "breakdown billed_cost by sub_account [cloud_service=RDS] all limit 1"),
    ],
    &[
        ("8월에 얼마 썼어?", "total billed_cost AUG"),
        ("그럼 9월은?", "total billed_cost SEP"),
        ("왜?", "explain billed_cost AUG -> SEP"),
        ("계정별로는?", "explain billed_cost by sub_account AUG -> SEP"),
        ("상위 3개만", "explain billed_cost by sub_account AUG -> SEP limit 3"),
    ],
    &[
        ("9월 비용 얼마야?", "total billed_cost SEP"),
        ("RDS는?", "total billed_cost [cloud_service=RDS] SEP"),
        ("그럼 리전별로는?", "breakdown billed_cost by region [cloud_service=RDS] SEP"),
        (
            "크레딧 빼고",
            "breakdown billed_cost by region [cloud_service=RDS] [charge_category!=Credit] SEP",
        ),
        (
            "10월로 바꿔줘",
            "breakdown billed_cost by region [cloud_service=RDS] [charge_category!=Credit] OCT",
        ),
    ],
    &[
        ("9월 서비스별 비용", "breakdown billed_cost by cloud_service SEP"),
        ("EC2만", "breakdown billed_cost by cloud_service [cloud_service=EC2] SEP"),
        ("계정별로", "breakdown billed_cost by sub_account [cloud_service=EC2] SEP"),
        ("8월이랑 비교해줘", "compare billed_cost by sub_account [cloud_service=EC2] AUG -> SEP"),
        (
            "제일 많이 늘어난 건?",
            "compare billed_cost by sub_account [cloud_service=EC2] AUG -> SEP limit 1",
        ),
    ],
    &[
        ("10월 앱별 비용", "breakdown billed_cost by tag:app OCT"),
        ("태그 없는 건 빼고", "breakdown billed_cost by tag:app [tag:app not null] OCT"),
        ("9월이랑 비교하면?", "compare billed_cost by tag:app [tag:app not null] SEP -> OCT"),
        (
            "줄어든 것만",
            "compare billed_cost by tag:app [tag:app not null] SEP -> OCT [change < 0] ascending",
        ),
        ("왜?", "explain billed_cost [tag:app not null] SEP -> OCT"),
    ],
    &[
        (
            "9월에 돈 제일 많이 쓴 팀은?",
            "breakdown billed_cost by tag:team [tag:team not null] SEP limit 1",
        ),
        ("상위 3개만", "breakdown billed_cost by tag:team [tag:team not null] SEP limit 3"),
        ("10월은?", "breakdown billed_cost by tag:team [tag:team not null] OCT limit 3"),
        ("언제부터 발생했어?", "first_seen billed_cost by tag:team [tag:team not null] all"),
    ],
    &[
        ("9월 14일 EC2 비용", "total billed_cost [cloud_service=EC2] 2026-09-14..2026-09-15"),
        ("그 다음날은?", "total billed_cost [cloud_service=EC2] 2026-09-15..2026-09-16"),
        (
            "왜?",
            "explain billed_cost [cloud_service=EC2] 2026-09-14..2026-09-15 -> 2026-09-15..2026-09-16",
        ),
        (
            "팀별로",
            "explain billed_cost by tag:team [cloud_service=EC2] 2026-09-14..2026-09-15 -> 2026-09-15..2026-09-16",
        ),
    ],
    &[
        ("8월 EC2 비용", "total billed_cost [cloud_service=EC2] AUG"),
        ("그 다음 달은?", "total billed_cost [cloud_service=EC2] SEP"),
        ("왜 늘었어?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
        ("RDS는?", "explain billed_cost [cloud_service=RDS] AUG -> SEP"),
        ("유효 비용으로", "explain effective_cost [cloud_service=RDS] AUG -> SEP"),
    ],
    &[
        ("9월이랑 8월 비교해줘", "compare billed_cost AUG -> SEP"),
        ("왜?", "explain billed_cost AUG -> SEP"),
        ("EC2는?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
        ("리전별로", "explain billed_cost by region [cloud_service=EC2] AUG -> SEP"),
        ("퍼센트로", "explain billed_cost by region [cloud_service=EC2] AUG -> SEP"),
    ],
    &[
        ("10월 계정별 비용", "breakdown billed_cost by sub_account OCT"),
        ("EC2랑 RDS만", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT"),
        ("비중으로", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT"),
        ("상위 2개", "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT limit 2"),
        (
            "하루 평균으로",
            "breakdown billed_cost by sub_account [cloud_service=EC2|RDS] OCT limit 2 per day",
        ),
    ],
    &[
        ("checkout 9월 비용", "total billed_cost [workload=checkout] SEP"),
        ("건당으로는?", "unit_cost unit_cost [workload=checkout] SEP"),
        ("왜?", "explain_unit_cost unit_cost [workload=checkout] AUG -> SEP"),
        ("10월은?", "explain_unit_cost unit_cost [workload=checkout] SEP -> OCT"),
    ],
    &[
        ("월별 비용", "trend billed_cost by month all"),
        ("RDS만", "trend billed_cost by month [cloud_service=RDS] all"),
        ("계정별로", "breakdown billed_cost by sub_account [cloud_service=RDS] all"),
        ("가장 큰 것만", "breakdown billed_cost by sub_account [cloud_service=RDS] all limit 1"),
    ],
];

#[test]
fn every_turn_of_a_long_conversation_is_read() {
    let mut wrong = Vec::new();
    for chain in CHAINS {
        let texts: Vec<&str> = chain.iter().map(|(text, _)| *text).collect();
        for (at, (text, expected)) in chain.iter().enumerate() {
            let got = read(&texts[..=at]);
            if got != *expected {
                wrong.push(format!("{text}\n  want {expected}\n  got  {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
