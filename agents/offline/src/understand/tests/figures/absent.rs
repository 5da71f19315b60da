//! Days, weeks and months without any charge.

use wherefore_contract::dimension::{Dimension, Grain};

use super::super::known;
use crate::{
    request::{Reading, Understanding},
    understand::alone,
};

fn reading(question: &str) -> Option<Reading> {
    let (known, as_of) = known(question);
    match alone(question, as_of, &known) {
        Understanding::Reading(reading) => Some(*reading),
        Understanding::NeedsClarification(_)
        | Understanding::AskedBack(_)
        | Understanding::Declined(_) => None,
    }
}

#[test]
fn times_without_charges_are_asked_for_in_many_words() {
    for (question, grain, only_count) in [
        ("Which days in September have no data?", Grain::Day, false),
        ("Which days of September are without data?", Grain::Day, false),
        ("Is there a day in September without any charges?", Grain::Day, false),
        ("Are there any missing days in September?", Grain::Day, false),
        ("Which days are missing in September?", Grain::Day, false),
        ("How many days in September have no charges?", Grain::Day, true),
        ("9월에 데이터가 없는 날은 언제야?", Grain::Day, false),
        ("9월에 요금이 하나도 없는 날짜는?", Grain::Day, false),
        ("9월에 빠진 날이 있어?", Grain::Day, false),
        ("9월 중 청구 내역이 없는 날은 며칠이야?", Grain::Day, true),
    ] {
        let reading = reading(question).unwrap_or_else(|| panic!("{question}"));
        assert!(reading.absent, "{question}: {reading:?}");
        assert_eq!(reading.dimensions, [Dimension::Time(grain)], "{question}");
        assert_eq!(reading.only_count, only_count, "{question}");
    }
}

#[test]
fn what_lacks_a_tag_or_a_cost_is_no_absent_day() {
    for question in [
        "Which resources have no tags by day in September?",
        "Cost by day of charges without a tag in September",
        "What did the days of September cost without credits?",
        "9월에 태그가 없는 비용은 일별로 얼마야?",
    ] {
        assert!(reading(question).is_none_or(|reading| !reading.absent), "{question}");
    }
}
