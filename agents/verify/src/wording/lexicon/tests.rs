use super::*;

#[test]
fn both_lists_can_be_read() {
    assert!(ENGLISH.is_some());
    assert!(KOREAN.is_some());
}

#[test]
fn ordinary_sentences_pass() {
    for text in [
        "The cost of ",
        " was ",
        ", compared with ",
        " in ",
        ". It accounts for ",
        " of the total.",
        "No charges are loaded for ",
        "Read as the cost of ",
        " for all cloud services.",
        "Ask for a month that is loaded instead.",
        "The main cause is ",
        "the effect of ",
        "No transactions are loaded, so nothing can be divided.",
        "Does this include tax and credits?",
        "Which region does the change come from?",
        "The data is up to date.",
        "this quarter",
        "last month",
        "What did we spend by provider?",
        "means",
        "Charges without a tag are left out.",
        "There is no column for resources in this version of the bill.",
        "비용은 ",
        "에서 ",
        "을 차지합니다.",
        "입니다.",
        "지난달 비용을 이번 달과 비교했습니다.",
        "주요 원인은 ",
        "오늘 기준으로 적재된 데이터입니다.",
        "리전별 비용을 알려 주세요.",
        "조건에 맞는 요금이 없습니다.",
        "일별 추이는 다음과 같습니다.",
        "월별 비용",
        "이 질문에는 답할 수 없습니다.",
        "거래 건수가 적재되지 않았습니다.",
        "공급자별로 나누어 보면 어떻게 됩니까?",
        "태그가 없는 요금은 제외했습니다.",
        "원인을 찾아보려면 서비스별로 물어보십시오.",
        "프로젝트별 비용",
        "데이터 구조를 조사하십시오.",
        "만일 다른 기간을 원하시면 말씀해 주십시오.",
        "자원 사용",
        "두 기간을 비교했습니다.",
        "하위 계정별",
        "배포 이후",
        "기간은 ",
        "으로 읽었습니다.",
        "지원 요금",
        "하루 평균",
        "크레딧과 세금을 포함한 금액입니다.",
        "비용만 계산했습니다.",
        "최근 데이터",
    ] {
        assert_eq!(faults(text), Vec::new(), "{text}");
    }
}

#[test]
fn numbers_in_words_are_refused_in_both_languages() {
    for text in [
        "twelve",
        "a third of",
        "it doubled",
        "twice as much",
        "one hundred and eighty three thousand",
        "half",
        "most of it",
        "a dozen",
        "two million",
        "Twenty-five",
        "three-quarters",
        "tenfold",
        "a few thousand",
        "k ",
        " bn",
        "절반",
        "두 배",
        "세 배로",
        "삼백만 원",
        "천이백 건",
        "십이 퍼센트",
        "일조 이천억",
        "하나",
        "열두 건",
        "만 원",
        "억 원",
        "수십 배",
        "반으로",
        "대부분",
        "과반",
        "삼분의 일",
        "제로",
        "한 건",
        "몇 배",
        "이백 달러",
        "오 배",
    ] {
        assert!(!faults(text).is_empty(), "{text}");
    }
}

#[test]
fn digits_of_every_script_are_refused() {
    for text in ["1", "٣", "३", "１", "²", "½", "①", "Ⅻ", "三", "〇", "億", "௧", "𝟗", "㊿", "१२"]
    {
        assert!(
            faults(text).iter().any(|fault| matches!(fault, TextFault::Character(_))),
            "{text}"
        );
    }
}

#[test]
fn look_alikes_invisible_characters_markup_and_addresses_are_refused() {
    for text in [
        "c\u{043e}st",
        "tw\u{200b}o",
        "\u{202e}",
        "<b>",
        "[x](y)",
        "![x]",
        "http://x",
        "see evil.example",
        "www.evil",
        "javascript:alert",
        "`code`",
        "a|b",
        "50%",
        "$",
        "€",
        "₩",
        "\u{ff04}",
        "*bold*",
        "<!--",
        "#",
        "=",
        "~",
        "+",
        "\u{1100}\u{1161}",
        "\u{3164}",
        "→",
        "↑",
        "\n",
        "\t",
    ] {
        assert!(!faults(text).is_empty(), "{text:?}");
    }
}

#[test]
fn words_that_have_spans_are_refused_as_text() {
    for (text, kind) in [
        ("costs rose", WordKind::Direction),
        ("Increased spending", WordKind::Direction),
        ("비용이 늘었습니다", WordKind::Direction),
        ("비용 감소", WordKind::Direction),
        ("올랐습니다", WordKind::Direction),
        ("the largest", WordKind::Rank),
        ("가장 큰", WordKind::Rank),
        ("top services", WordKind::Rank),
        ("billed cost", WordKind::Measure),
        ("유효 비용", WordKind::Measure),
        ("percent", WordKind::Unit),
        ("퍼센트", WordKind::Unit),
        ("원입니다", WordKind::Unit),
        ("달러", WordKind::Unit),
    ] {
        let found: Vec<WordKind> = faults(text)
            .into_iter()
            .filter_map(|fault| match fault {
                TextFault::Word(kind, _) => Some(kind),
                TextFault::Character(_) | TextFault::Address(_) => None,
            })
            .collect();
        assert!(found.contains(&kind), "{text}: {found:?}");
    }
}

#[test]
fn a_part_of_a_commitment_is_no_fraction() {
    assert_eq!(faults("사용하지 않은 약정분의 유효 비용").len(), 1, "only the measure");
    for fraction in ["삼분의 일", "이 분의 일", " 분의 일", "십분의 구"] {
        assert!(!faults(fraction).is_empty(), "{fraction}");
    }
}
