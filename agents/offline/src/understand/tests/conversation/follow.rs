//! Chains of questions: what each fragment becomes after the ones before it.

use serde_json::Value;
use wherefore_contract::question::{Question, Turn};

use super::super::{super::understand, known, summary};
use crate::request::{Reading, Understanding};

fn ask(text: &str, earlier: &[Turn]) -> Understanding {
    let (known, as_of) = known(text);
    let mut question = Question::parse(text, None, as_of).unwrap();
    question.earlier = earlier.to_vec();
    understand(&question, &known)
}

fn turn(text: &str, understood: &Understanding) -> Turn {
    let request = match understood {
        Understanding::Reading(reading) => match serde_json::to_value(reading).unwrap() {
            Value::Object(map) => Some(map),
            other => panic!("{other} is no object"),
        },
        Understanding::NeedsClarification(_)
        | Understanding::AskedBack(_)
        | Understanding::Declined(_) => None,
    };
    Turn { question: text.to_owned(), request }
}

fn last_of(texts: &[&str]) -> Understanding {
    let mut earlier = Vec::new();
    let mut last = None;
    for text in texts {
        let understood = ask(text, &earlier);
        earlier.push(turn(text, &understood));
        last = Some(understood);
    }
    last.unwrap()
}

fn reading(texts: &[&str]) -> Reading {
    match last_of(texts) {
        Understanding::Reading(reading) => *reading,
        other => panic!("{other:?}"),
    }
}

/// What the last of `texts` is read as, with short names for what stands in every line.
pub(in crate::understand::tests) fn read(texts: &[&str]) -> String {
    let understood = last_of(texts);
    if let Understanding::AskedBack(_) = understood {
        return "asked back".to_owned();
    }
    [
        ("Amazon Elastic Compute Cloud", "EC2"),
        ("Amazon RDS", "RDS"),
        ("2026-08-01..2026-09-01", "AUG"),
        ("2026-09-01..2026-10-01", "SEP"),
        ("2026-10-01..2026-11-01", "OCT"),
        (
            "[tag:app is null] [tag:environment is null] [tag:team is null] [tag:workload is null]",
            "[untagged]",
        ),
    ]
    .into_iter()
    .fold(summary(&understood), |text, (long, short)| text.replace(long, short))
}

fn after(earlier: &[&str], table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let texts: Vec<&str> = earlier.iter().copied().chain([*text]).collect();
        let got = read(&texts);
        if got != *expected {
            wrong.push(format!("{text}\n  want {expected}\n  got  {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

const ENGLISH: &[(&str, &str)] = &[
    ("what about by region?", "breakdown billed_cost by region [cloud_service=EC2] SEP"),
    ("and for RDS?", "total billed_cost [cloud_service=RDS] SEP"),
    ("exclude credits", "total billed_cost [cloud_service=EC2] [charge_category!=Credit] SEP"),
    (
        "excluding tax and credits",
        "total billed_cost [cloud_service=EC2] [charge_category!=Tax|Credit] SEP",
    ),
    ("only Seoul", "total billed_cost [cloud_service=EC2] [region=ap-northeast-2] SEP"),
    (
        "Seoul only, by service",
        "breakdown billed_cost by cloud_service [cloud_service=EC2] [region=ap-northeast-2] SEP",
    ),
    ("in October instead", "total billed_cost [cloud_service=EC2] OCT"),
    ("how about August?", "total billed_cost [cloud_service=EC2] AUG"),
    ("and the cost in October?", "total billed_cost [cloud_service=EC2] OCT"),
    ("why?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
    ("why did it go up?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
    ("how much did it change?", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
    ("top 3 only", "breakdown billed_cost by usage_type [cloud_service=EC2] SEP limit 3"),
    ("cheapest 2", "breakdown billed_cost by usage_type [cloud_service=EC2] SEP limit 2 ascending"),
    ("as a share", "share billed_cost [cloud_service=EC2] SEP"),
    ("per day", "per_day billed_cost [cloud_service=EC2] SEP"),
    ("same for Azure", "total billed_cost [provider=Microsoft] SEP"),
    ("same for RDS", "total billed_cost [cloud_service=RDS] SEP"),
    ("no, effective cost", "total effective_cost [cloud_service=EC2] SEP"),
    ("not billed, effective", "total effective_cost [cloud_service=EC2] SEP"),
    ("instead of billed cost use list cost", "total list_cost [cloud_service=EC2] SEP"),
    ("list cost", "total list_cost [cloud_service=EC2] SEP"),
    ("compared with August", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
    ("compared to the previous month", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
    ("August vs October", "compare billed_cost [cloud_service=EC2] AUG -> OCT"),
    ("by month", "trend billed_cost by month [cloud_service=EC2] SEP"),
    ("by account", "breakdown billed_cost by sub_account [cloud_service=EC2] SEP"),
    ("break it down by region", "breakdown billed_cost by region [cloud_service=EC2] SEP"),
    ("remove the service filter", "total billed_cost SEP"),
    ("remove credits", "total billed_cost [cloud_service=EC2] [charge_category!=Credit] SEP"),
    ("also RDS", "breakdown billed_cost by cloud_service [cloud_service=EC2|RDS] SEP"),
    ("weekends only", "total billed_cost [cloud_service=EC2] [week_part=weekend] SEP"),
    ("and untagged?", "total billed_cost [cloud_service=EC2] [untagged] SEP"),
    ("the month before?", "total billed_cost [cloud_service=EC2] AUG"),
    ("how much was that?", "total billed_cost [cloud_service=EC2] SEP"),
    ("then how many regions?", "count distinct:region [cloud_service=EC2] SEP"),
    ("what about the whole period?", "total billed_cost [cloud_service=EC2] all"),
    ("use amortized cost", "total effective_cost [cloud_service=EC2] SEP"),
    (
        "of those only t3.medium",
        "total billed_cost [cloud_service=EC2] [instance_type=t3.medium] SEP",
    ),
    ("show it by day", "trend billed_cost by day [cloud_service=EC2] SEP"),
    ("for RDS too", "breakdown billed_cost by cloud_service [cloud_service=EC2|RDS] SEP"),
    ("compared with RDS", "breakdown billed_cost by cloud_service [cloud_service=EC2|RDS] SEP"),
];

#[test]
fn an_english_fragment_refines_one_figure() {
    after(&["EC2 billed cost in September"], ENGLISH);
}

#[test]
fn a_korean_fragment_refines_one_figure() {
    after(
        &["9월 EC2 청구 비용은?"],
        &[
            ("그럼 리전별로는?", "breakdown billed_cost by region [cloud_service=EC2] SEP"),
            ("RDS는?", "total billed_cost [cloud_service=RDS] SEP"),
            ("같은 기간 RDS는?", "total billed_cost [cloud_service=RDS] SEP"),
            ("EC2 말고 RDS", "total billed_cost [cloud_service=RDS] SEP"),
            ("크레딧 빼고", "total billed_cost [cloud_service=EC2] [charge_category!=Credit] SEP"),
            ("서울 리전만", "total billed_cost [cloud_service=EC2] [region=ap-northeast-2] SEP"),
            ("10월은?", "total billed_cost [cloud_service=EC2] OCT"),
            ("그럼 8월은?", "total billed_cost [cloud_service=EC2] AUG"),
            ("그럼 8월 비용은?", "total billed_cost [cloud_service=EC2] AUG"),
            ("왜?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("왜 늘었어?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("얼마나 늘었어?", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("상위 3개만", "breakdown billed_cost by usage_type [cloud_service=EC2] SEP limit 3"),
            ("비중으로 보여줘", "share billed_cost [cloud_service=EC2] SEP"),
            ("하루 평균으로는?", "per_day billed_cost [cloud_service=EC2] SEP"),
            ("같은 걸 애저로", "total billed_cost [provider=Microsoft] SEP"),
            ("아니 청구 비용 말고 유효 비용으로", "total effective_cost [cloud_service=EC2] SEP"),
            ("유효 비용으로", "total effective_cost [cloud_service=EC2] SEP"),
            ("정가로 바꿔줘", "total list_cost [cloud_service=EC2] SEP"),
            ("전월이랑 비교하면?", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("8월이랑 비교하면?", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("전월은?", "total billed_cost [cloud_service=EC2] AUG"),
            ("월별로는?", "trend billed_cost by month [cloud_service=EC2] SEP"),
            ("일별 추이는?", "trend billed_cost by day [cloud_service=EC2] SEP"),
            ("계정별로 나눠줘", "breakdown billed_cost by sub_account [cloud_service=EC2] SEP"),
            ("team 태그별로", "breakdown billed_cost by tag:team [cloud_service=EC2] SEP"),
            ("리전 필터 빼줘", "total billed_cost [cloud_service=EC2] SEP"),
            ("서비스 조건 해제", "total billed_cost SEP"),
            (
                "그 중 t3.medium만",
                "total billed_cost [cloud_service=EC2] [instance_type=t3.medium] SEP",
            ),
            ("RDS는 얼마야?", "total billed_cost [cloud_service=RDS] SEP"),
            ("그럼 리전은 몇 개야?", "count distinct:region [cloud_service=EC2] SEP"),
            ("전체 기간으로", "total billed_cost [cloud_service=EC2] all"),
            (
                "RDS와 비교하면?",
                "breakdown billed_cost by cloud_service [cloud_service=EC2|RDS] SEP",
            ),
            ("평일만", "total billed_cost [cloud_service=EC2] [week_part=weekday] SEP"),
            (
                "그리고 RDS도 추가해줘",
                "breakdown billed_cost by cloud_service [cloud_service=EC2|RDS] SEP",
            ),
        ],
    );
}

#[test]
fn a_fragment_refines_rows() {
    after(
        &["cost by service in September"],
        &[
            ("only Seoul", "breakdown billed_cost by cloud_service [region=ap-northeast-2] SEP"),
            ("top 3", "breakdown billed_cost by cloud_service SEP limit 3"),
            ("by region", "breakdown billed_cost by region SEP"),
            ("in October instead", "breakdown billed_cost by cloud_service OCT"),
            ("why?", "explain billed_cost AUG -> SEP"),
            ("compared with August", "compare billed_cost by cloud_service AUG -> SEP"),
            ("as a share", "breakdown billed_cost by cloud_service SEP"),
            (
                "without credits",
                "breakdown billed_cost by cloud_service [charge_category!=Credit] SEP",
            ),
            ("per day", "breakdown billed_cost by cloud_service SEP per day"),
            ("그 중 EC2만", "breakdown billed_cost by cloud_service [cloud_service=EC2] SEP"),
            ("합계는?", "total billed_cost SEP"),
        ],
    );
}

#[test]
fn a_fragment_refines_a_comparison() {
    after(
        &["How did September compare with August?"],
        &[
            ("by service", "compare billed_cost by cloud_service AUG -> SEP"),
            ("why?", "explain billed_cost AUG -> SEP"),
            ("for EC2", "compare billed_cost [cloud_service=EC2] AUG -> SEP"),
            ("per day", "compare_per_day billed_cost AUG -> SEP"),
            ("effective cost", "compare effective_cost AUG -> SEP"),
            ("10월은?", "compare billed_cost SEP -> OCT"),
            ("by month", "trend billed_cost by month 2026-08-01..2026-10-01"),
            ("리전별로는?", "compare billed_cost by region AUG -> SEP"),
            ("top 3 services", "compare billed_cost by cloud_service AUG -> SEP limit 3"),
        ],
    );
}

#[test]
fn a_fragment_refines_a_series() {
    after(
        &["RDS cost by month"],
        &[
            ("why?", "explain billed_cost [cloud_service=RDS] AUG -> OCT"),
            ("by region", "breakdown billed_cost by region [cloud_service=RDS] all"),
            (
                "only Seoul",
                "trend billed_cost by month [cloud_service=RDS] [region=ap-northeast-2] all",
            ),
            ("by day", "trend billed_cost by day [cloud_service=RDS] all"),
            ("8월이랑 비교하면?", "compare billed_cost [cloud_service=RDS] AUG -> OCT"),
            ("in October", "trend billed_cost by month [cloud_service=RDS] OCT"),
            ("유효 비용으로", "trend effective_cost by month [cloud_service=RDS] all"),
            ("and EC2?", "trend billed_cost by month [cloud_service=EC2] all"),
        ],
    );
}

#[test]
fn a_fragment_refines_a_unit_cost() {
    after(
        &["What was the cost per transaction of checkout in September?"],
        &[
            ("in October instead", "unit_cost unit_cost [workload=checkout] OCT"),
            ("why did it change?", "explain_unit_cost unit_cost [workload=checkout] AUG -> SEP"),
            ("compared with August", "explain_unit_cost unit_cost [workload=checkout] AUG -> SEP"),
            ("by day", "unit_cost unit_cost by day [workload=checkout] SEP"),
        ],
    );
}

const CHAINS: &[&[(&str, &str)]] = &[
    &[
        ("9월 AWS 비용은?", "total billed_cost [provider=AWS] SEP"),
        ("그럼 서비스별로는?", "breakdown billed_cost by cloud_service [provider=AWS] SEP"),
        (
            "서울 리전만",
            "breakdown billed_cost by cloud_service [provider=AWS] [region=ap-northeast-2] SEP",
        ),
        (
            "크레딧 빼고",
            "breakdown billed_cost by cloud_service [provider=AWS] [region=ap-northeast-2] [charge_category!=Credit] SEP",
        ),
        (
            "상위 3개만",
            "breakdown billed_cost by cloud_service [provider=AWS] [region=ap-northeast-2] [charge_category!=Credit] SEP limit 3",
        ),
        (
            "10월은?",
            "breakdown billed_cost by cloud_service [provider=AWS] [region=ap-northeast-2] [charge_category!=Credit] OCT limit 3",
        ),
        (
            "유효 비용으로",
            "breakdown effective_cost by cloud_service [provider=AWS] [region=ap-northeast-2] [charge_category!=Credit] OCT limit 3",
        ),
    ],
    &[
        ("EC2 billed cost in September", "total billed_cost [cloud_service=EC2] SEP"),
        ("by region", "breakdown billed_cost by region [cloud_service=EC2] SEP"),
        (
            "exclude credits",
            "breakdown billed_cost by region [cloud_service=EC2] [charge_category!=Credit] SEP",
        ),
        (
            "only Seoul",
            "breakdown billed_cost by region [cloud_service=EC2] [charge_category!=Credit] [region=ap-northeast-2] SEP",
        ),
        (
            "compared with August",
            "compare billed_cost by region [cloud_service=EC2] [charge_category!=Credit] [region=ap-northeast-2] AUG -> SEP",
        ),
        (
            "why?",
            "explain billed_cost [cloud_service=EC2] [charge_category!=Credit] [region=ap-northeast-2] AUG -> SEP",
        ),
        (
            "and for RDS?",
            "explain billed_cost [charge_category!=Credit] [region=ap-northeast-2] [cloud_service=RDS] AUG -> SEP",
        ),
    ],
    &[
        ("RDS cost by month", "trend billed_cost by month [cloud_service=RDS] all"),
        ("EC2 instead", "trend billed_cost by month [cloud_service=EC2] all"),
        ("in October", "trend billed_cost by month [cloud_service=EC2] OCT"),
        ("by account", "breakdown billed_cost by sub_account [cloud_service=EC2] OCT"),
        ("top 2", "breakdown billed_cost by sub_account [cloud_service=EC2] OCT limit 2"),
        ("no, list cost", "breakdown list_cost by sub_account [cloud_service=EC2] OCT limit 2"),
    ],
    &[
        ("9월 비용", "total billed_cost SEP"),
        ("그 중 EC2만", "total billed_cost [cloud_service=EC2] SEP"),
        ("리전별로", "breakdown billed_cost by region [cloud_service=EC2] SEP"),
        ("전월이랑 비교하면?", "compare billed_cost by region [cloud_service=EC2] AUG -> SEP"),
        ("왜?", "explain billed_cost [cloud_service=EC2] AUG -> SEP"),
    ],
    &[
        ("cost by service in September", "breakdown billed_cost by cloud_service SEP"),
        ("What was the RDS cost in August?", "total billed_cost [cloud_service=RDS] AUG"),
        ("by region", "breakdown billed_cost by region [cloud_service=RDS] AUG"),
    ],
    &[
        ("EC2 billed cost in September", "total billed_cost [cloud_service=EC2] SEP"),
        ("What is the weather?", "declined out_of_scope"),
        ("and for RDS?", "asked back"),
    ],
    &[
        ("EC2 billed cost in September", "total billed_cost [cloud_service=EC2] SEP"),
        ("snowflake cost by region in August", "declined unknown_entity"),
        ("by region", "breakdown billed_cost by region all"),
    ],
    &[
        ("9월 EC2 비용은?", "total billed_cost [cloud_service=EC2] SEP"),
        ("그럼 스노우플레이크는?", "declined not_understood"),
        ("RDS는?", "total billed_cost [cloud_service=RDS] SEP"),
    ],
];

#[test]
fn a_chain_carries_everything_that_was_said() {
    for chain in CHAINS {
        let texts: Vec<&str> = chain.iter().map(|(text, _)| *text).collect();
        for (at, (_, expected)) in chain.iter().enumerate() {
            assert_eq!(read(&texts[..=at]), *expected, "{:?}", &texts[..=at]);
        }
    }
}

#[test]
fn a_whole_question_starts_anew() {
    after(
        &["9월 서울 리전 EC2 비용을 계정별로"],
        &[
            ("What did we spend in August?", "total billed_cost AUG"),
            ("8월 RDS 비용은?", "total billed_cost [cloud_service=RDS] AUG"),
            ("그럼 8월 RDS 비용은?", "total billed_cost [cloud_service=RDS] AUG"),
            ("cost by region", "breakdown billed_cost by region all"),
            ("리전은 몇 개야?", "count distinct:region all"),
            ("How many regions do we use?", "count distinct:region all"),
            ("전체 비용은 얼마야?", "total billed_cost all"),
            ("RDS in October by region", "breakdown billed_cost by region [cloud_service=RDS] OCT"),
        ],
    );
}

#[test]
fn a_fragment_with_nothing_before_it_is_asked_back() {
    for text in [
        "왜?",
        "why?",
        "그럼 리전별로는?",
        "and for RDS?",
        "what about August?",
        "같은 기간 RDS는?",
        "그 중 EC2만",
        "same for Azure",
        "in October instead",
        "remove the region filter",
        "아니 RDS",
    ] {
        assert_eq!(read(&[text]), "asked back", "{text}");
    }
}

#[test]
fn what_can_stand_alone_is_answered_without_a_conversation() {
    for (text, expected) in [
        ("cost by region", "breakdown billed_cost by region all"),
        ("그럼 9월 비용은?", "total billed_cost SEP"),
        ("by region", "breakdown billed_cost by region all"),
        ("Instead of billed cost, list cost in September", "total list_cost SEP"),
        ("And what did EC2 cost in September?", "total billed_cost [cloud_service=EC2] SEP"),
    ] {
        assert_eq!(read(&[text]), expected, "{text}");
    }
}

#[test]
fn what_was_inherited_and_what_was_left_out_is_told() {
    let refined = reading(&["EC2 effective cost in September", "그럼 리전별로는?"]);
    assert_eq!(refined.inherited, ["measures", "conditions", "period"]);
    let turned = reading(&["EC2 effective cost in September by region", "RDS는?"]);
    assert_eq!(turned.inherited, ["ask", "measures", "dimensions", "period"]);
    let moved = reading(&["EC2 effective cost in September", "same for Azure"]);
    let left: Vec<_> = moved.left_out.iter().flat_map(|filter| &filter.values).collect();
    assert_eq!(left, ["Amazon Elastic Compute Cloud"]);
    let new = reading(&["EC2 effective cost in September", "What did we spend in August?"]);
    assert_eq!(new.inherited, Vec::<String>::new());
}

#[test]
fn places_of_words_are_those_of_the_last_question() {
    let refined = reading(&["9월 서울 리전 EC2 청구 비용은?", "크레딧 빼고"]);
    let asked: Vec<_> = refined.conditions.iter().map(|held| held.asked.clone()).collect();
    assert_eq!(asked, [vec![], vec![], vec![(0, "크레딧".len())]]);
    assert_eq!(refined.period.unwrap().asked, None);
}

#[test]
fn which_day_was_dearest_gives_no_periods_to_explain() {
    assert_eq!(read(&["Which day had the biggest day-over-day jump?", "why?"]), "asked back");
}

#[test]
fn a_corrected_reading_stands_instead_of_the_words() {
    let (known, as_of) = known("9월 비용은?");
    let correct = |request: Value| {
        let mut question = Question::parse("9월 비용은?", None, as_of).unwrap();
        let Value::Object(request) = request else { panic!("no object") };
        question.request = Some(request);
        summary(&understand(&question, &known))
    };
    let month = serde_json::json!({ "period": { "start": "2026-09-01T00:00:00", "end": "2026-10-01T00:00:00" } });
    for (request, expected) in [
        (serde_json::json!({}), "total billed_cost all"),
        (
            serde_json::json!({ "measures": ["list_cost"], "dimensions": ["region"], "period": month }),
            "breakdown list_cost by region 2026-09-01..2026-10-01",
        ),
        (
            serde_json::json!({ "ask": "breakdown", "limit": 3, "period": month }),
            "total billed_cost 2026-09-01..2026-10-01",
        ),
        (
            serde_json::json!({ "ask": "compare", "period": month }),
            "total billed_cost 2026-09-01..2026-10-01",
        ),
        (
            serde_json::json!({ "ask": "explain", "period": month }),
            "explain billed_cost 2026-08-01..2026-09-01 -> 2026-09-01..2026-10-01",
        ),
        (serde_json::json!({ "dimensions": ["availability_zone"] }), "declined missing_column"),
        (
            serde_json::json!({ "measures": ["unit_cost"], "workload": "search" }),
            "declined missing_volumes",
        ),
        (
            serde_json::json!({ "period": { "period": { "start": "2020-01-01T00:00:00", "end": "2020-02-01T00:00:00" } } }),
            "declined missing_period",
        ),
        (serde_json::json!({ "measures": ["profit"] }), "declined not_understood"),
    ] {
        assert_eq!(correct(request.clone()), expected, "{request}");
    }
}

#[test]
fn nothing_that_a_fragment_says_is_dropped_in_silence() {
    after(
        &["cost by service in September, excluding credits"],
        &[
            (
                "over 100 dollars",
                "breakdown billed_cost by cloud_service [charge_category!=Credit] SEP [each billed_cost > 100]",
            ),
            (
                "only the first two",
                "breakdown billed_cost by cloud_service [charge_category!=Credit] SEP limit 2",
            ),
            (
                "제일 큰 건?",
                "breakdown billed_cost by cloud_service [charge_category!=Credit] SEP limit 1",
            ),
            ("크레딧 포함", "breakdown billed_cost by cloud_service SEP"),
            ("include credits", "breakdown billed_cost by cloud_service SEP"),
            (
                "AWS vs Azure",
                "breakdown billed_cost by provider [charge_category!=Credit] [provider=AWS|Microsoft] SEP",
            ),
            ("thanks", "declined not_understood"),
            ("and?", "declined not_understood"),
            ("2위까지만", "declined not_understood"),
            ("5개 더", "declined not_understood"),
            (
                "running total",
                "breakdown billed_cost by cloud_service [charge_category!=Credit] SEP unread 1",
            ),
        ],
    );
}
