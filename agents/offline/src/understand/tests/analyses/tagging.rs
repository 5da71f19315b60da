//! Questions about the tags themselves, in many wordings.

use super::super::read;

#[test]
fn every_wording_about_tags_is_read_as_one_analysis() {
    let mut wrong = Vec::new();
    for question in [
        "How good is our tagging?",
        "How well are our resources tagged?",
        "Show me the tag hygiene report",
        "What is the state of our tagging?",
        "Which tag keys do we use?",
        "What tag keys are in use?",
        "List our tag keys",
        "Which tag values look like typos?",
        "Are there misspelled tag values?",
        "Are our tags spelled consistently?",
        "Which tags are inconsistent?",
        "Where are tags missing?",
        "What should we tag first?",
        "Which tags should we clean up?",
        "What is our allocation coverage?",
        "How much is allocated to an owner?",
        "Give me a tagging audit",
        "우리 태깅 수준이 어때?",
        "태그 정리가 필요한 곳은 어디야?",
        "태그 상태 점검해줘",
        "태깅 현황 알려줘",
        "태그 품질 보여줘",
        "우리가 쓰는 태그 키는?",
        "우리가 쓰는 태그 키는 어떤 게 있어?",
        "태그 키 목록 보여줘",
        "오타로 보이는 태그 값 찾아줘",
        "태그 값 표기가 제각각인 것은?",
        "비슷한 태그 값이 있나요?",
        "태그가 빠진 곳은 어디인가요?",
        "태그 누락이 많은 곳은?",
        "어디부터 태그를 달아야 해?",
        "할당 커버리지가 얼마야?",
        "비용 할당률 알려줘",
        "주인 없는 비용이 얼마나 돼?",
    ] {
        let got = read(question);
        let tagging = got.starts_with(r#"{"analysis":"tagging"}"#);
        if !tagging || got.contains("unread") || got.contains('[') {
            wrong.push(format!("{question}: {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn times_names_and_keys_still_bear_on_them() {
    for (question, said) in [
        ("How good is our tagging in October 2026?", " 2026-10-01..2026-11-01"),
        ("10월 태깅 현황 알려줘", " 2026-10-01..2026-11-01"),
        ("Which tag values look like typos in us-east-1?", " [region=us-east-1]"),
        ("How good is the tagging of RDS?", " [cloud_service=Amazon RDS]"),
        ("How well is the team tag spelled consistently?", "tag:team"),
    ] {
        let got = read(question);
        assert!(
            got.starts_with(r#"{"analysis":"tagging"}"#) && got.contains(said),
            "{question}: {got}"
        );
    }
}

#[test]
fn what_is_unknown_still_declines() {
    assert_eq!(read("How good is the tagging of Zyxwave?"), "declined unknown_entity");
    assert_eq!(read("Delete the tags that look like typos"), "declined out_of_scope");
}
