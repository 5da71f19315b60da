//! Changes asked to be split into price, usage and mix.

use wherefore_contract::{cost::Measure, question::Question};

use super::super::known;
use crate::{
    request::{Ask, Reading, Understanding},
    understand::understand,
};

fn read(text: &str) -> Reading {
    let (known, today) = known(text);
    match understand(&Question::parse(text, None, today).unwrap(), &known) {
        Understanding::Reading(reading) => *reading,
        other => panic!("`{text}` is read as {other:?}"),
    }
}

#[test]
fn a_movement_and_its_effects_ask_for_a_bridge() {
    for text in [
        "Split the change in EC2 cost from September to October 2026 into price and usage",
        "Was the rise of RDS from September to October 2026 price or usage?",
        "Price and volume effect of the cost change from September to October 2026",
        "Decompose the increase in S3 cost between September and October 2026 into price effect and usage effect",
        "price volume mix of the change in EC2 cost, September to October 2026",
        "variance analysis of the change in cost from September to October 2026",
        "bridge of the change in cost from September 2026 to October 2026",
        "How much of the increase in EC2 from September to October 2026 is due to the price effect?",
        "9월 대비 10월 EC2 비용 증가를 단가와 사용량으로 나눠줘",
        "9월 대비 10월 RDS 비용이 오른 게 단가 때문인지 사용량 때문인지 알려줘",
        "9월에서 10월로 비용이 변한 것을 가격 효과와 물량 효과로 분해해줘",
        "9월 대비 10월 S3 비용 변화의 단가 효과는?",
        "9월 대비 10월 비용 증가 브리지 보여줘",
        "9월 대비 10월 EC2 비용 증감을 사용량과 단가 요인으로 설명해줘",
        "break down the cost change from September to October 2026 into price, volume and mix",
        "how much of the October 2026 increase is price and how much is usage?",
        "10월 증가분 중 단가와 사용량이 각각 얼마나 기여했어?",
    ] {
        let reading = read(text);
        assert_eq!((reading.ask, reading.bridge), (Ask::Explain, true), "{text}");
        assert!(reading.base.is_some() && reading.period.is_some(), "{text}");
        assert_eq!(reading.measures, [Measure::EffectiveCost], "{text}");
    }
}

#[test]
fn without_a_movement_or_without_effects_nothing_is_split() {
    for text in [
        "What is the price per hour of t3.medium?",
        "How many EBS volumes do we have?",
        "Split EC2 into usage and credits.",
        "Why did EC2 cost rise from September to October 2026?",
        "9월 EC2 단가와 사용량을 알려줘",
    ] {
        let (known, today) = known(text);
        let understood = understand(&Question::parse(text, None, today).unwrap(), &known);
        if let Understanding::Reading(reading) = understood {
            assert!(!reading.bridge, "{text}");
        }
    }
}
