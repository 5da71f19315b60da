use super::*;
use crate::request::Analysis;

// Every sentence of the answer to these words must have passed the gate.
fn answered(words: &str) -> String {
    let question = Question::parse(words, None, AS_OF).unwrap();
    let reading = Reading { period: None, ..asked(Ask::Analysis(Analysis::Tagging)) };
    let mut evidence = described();
    gathered(analysis(&reading), &mut evidence);
    shown(&say::answered(&question, &reading, &evidence), &question, &evidence)
}

#[test]
fn tags_are_told_from_the_side_that_was_asked_for() {
    for (name, english, korean) in [
        ("hygiene", "How good is our tagging?", "태그 상태 점검해줘"),
        ("keys", "Which tag keys do we use?", "우리가 쓰는 태그 키는?"),
        ("alike", "Which tag values look like typos?", "오타로 보이는 태그 값 찾아줘"),
        ("missing", "Where are tags missing?", "태그가 빠진 곳은 어디인가요?"),
        ("allocation", "What is our allocation coverage?", "할당 커버리지가 얼마야?"),
    ] {
        insta::assert_snapshot!(format!("tags_{name}_en"), answered(english));
        insta::assert_snapshot!(format!("tags_{name}_ko"), answered(korean));
    }
}

#[test]
fn a_reading_without_words_is_told_as_a_whole() {
    let reading = Reading { period: None, ..asked(Ask::Analysis(Analysis::Tagging)) };
    let said = answer(&reading, Language::En);
    assert!(said.contains("15.0% of the total") || said.contains("85.0% of the total"), "{said}");
    assert!(said.contains("2 tag values"), "{said}");
}
