//! Figures over rows: against a mean, sums of rows, and medians.

use wherefore_contract::{
    cost::Fold,
    filter::{Against, Comparison},
};

use super::super::known;
use crate::{
    request::{Ask, Reading, Understanding},
    understand::alone,
};

fn understood(question: &str) -> Understanding {
    let (known, as_of) = known(question);
    alone(question, as_of, &known)
}

fn reading(question: &str) -> Reading {
    match understood(question) {
        Understanding::Reading(reading) => *reading,
        other => panic!("{question}: {other:?}"),
    }
}

#[test]
fn rows_are_held_against_their_mean() {
    for (question, op, times) in [
        (
            "How many days in October cost more than the average daily cost of October?",
            Comparison::Above,
            "1",
        ),
        ("Which services were below the average per service?", Comparison::Below, "1"),
        (
            "Which days in September were at least twice the daily average?",
            Comparison::AtLeast,
            "2",
        ),
        ("Which services cost 20% more than the average service?", Comparison::Above, "1.2"),
        ("9월에 일평균보다 비용이 많이 나온 날은 며칠이야?", Comparison::Above, "1"),
        ("서비스 평균 비용을 웃도는 서비스는?", Comparison::Above, "1"),
        ("평균보다 비용이 낮은 서비스를 알려줘", Comparison::Below, "1"),
        ("평균의 2배를 넘는 서비스는 어디야?", Comparison::Above, "2"),
    ] {
        let reading = reading(question);
        let [held] = reading.having.as_slice() else { panic!("{question}: {reading:?}") };
        assert_eq!((held.of, held.op), (Against::Mean, op), "{question}");
        assert_eq!(held.value, times.parse().unwrap(), "{question}");
    }
}

#[test]
fn the_sum_of_rows_is_one_figure() {
    for (question, share) in [
        ("What do the services under $1 add up to?", false),
        ("Sum of the three largest services together in September?", false),
        ("상위 3개 서비스의 합계와 전체에서 차지하는 비중은?", true),
        ("비용 상위 5개 서비스를 합치면 얼마인가요?", false),
    ] {
        let reading = reading(question);
        assert_eq!((reading.ask, reading.fold), (Ask::Breakdown, Some(Fold::Sum)), "{question}");
        assert_eq!(reading.fold_share, share, "{question}");
    }
}

#[test]
fn medians_and_percentiles_are_of_rows() {
    for (question, fold, per) in [
        ("What was the median daily cost in September?", Fold::Median, 0),
        ("Give the median daily cost for each month.", Fold::Median, 1),
        ("10월 일별 비용의 중앙값은?", Fold::Median, 0),
        ("What is the 90th percentile of daily cost in October?", Fold::Percentile(90), 0),
        ("9월 일별 비용의 표준편차는 얼마인가요?", Fold::Deviation, 0),
    ] {
        let reading = reading(question);
        assert_eq!(reading.fold, Some(fold), "{question}");
        assert_eq!(reading.fold_per.len(), per, "{question}");
    }
    assert!(!matches!(understood("What is the median?"), Understanding::Reading(_)));
}
