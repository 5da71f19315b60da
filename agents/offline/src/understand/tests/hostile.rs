//! Texts that nobody would call a question.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{read, understand};
use wherefore_contract::question::Question;

fn timed(text: &str) {
    let cleaned = text.trim();
    if cleaned.is_empty() {
        return;
    }
    let (known, as_of) = super::known(text);
    let Ok(question) = Question::parse(text, None, as_of) else { return };
    let started = Instant::now();
    let _ = understand(&question, &known);
    let took = started.elapsed();
    // The promise is 100 ms; debug builds are several times slower than what ships.
    assert!(
        took < Duration::from_millis(500),
        "{took:?} for {} bytes of {}",
        text.len(),
        text.chars().take(20).collect::<String>()
    );
}

#[test]
fn long_and_strange_texts_end_quickly() {
    let parts = [
        "a ",
        "가",
        "비용",
        "비용별",
        "1",
        "9월 ",
        "2024-09-",
        "(",
        "top 5 ",
        "이",
        "일",
        "는은이가",
        "제외",
        "without ",
        "EC2 ",
        "~",
        "\"",
        "부터",
        "by ",
        "월별비용이왜늘었는지",
    ];
    for part in parts {
        timed(&part.repeat(16 * 1024 / part.len()));
    }
    for text in [
        "?",
        "'; DROP TABLE charges; --",
        "０１２",
        "\u{0301}",
        "ㅋㅋㅋ",
        "𝟗월 비용",
        "۱۲۳",
        "NULL",
        "9999999999999999999999",
        "0000-00-00",
        "2024-99-99",
        "99월 99일",
        "최근 999999일",
        "last 0 days",
        "week 99",
        "Q9",
    ] {
        timed(text);
    }
}

#[test]
fn the_naughty_strings_do_no_harm() {
    // Tests may read shared test data where it is there.
    #[expect(clippy::disallowed_methods, reason = "tests find shared data through one variable")]
    let Ok(shared) = std::env::var("WHEREFORE_SHARED") else {
        println!("WHEREFORE_SHARED is not set: the naughty strings are not tried");
        return;
    };
    let path = format!("{shared}/data/security/blns/blns.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("{path} is not there");
        return;
    };
    for line in text.lines() {
        if wherefore_contract::question::Question::parse(line, None, jiff::civil::date(2026, 1, 1))
            .is_ok()
        {
            timed(line);
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{1,80}") {
        let parsed = wherefore_contract::question::Question::parse(&text, None, jiff::civil::date(2026, 1, 1));
        if parsed.is_ok() {
            let _ = read(&text);
        }
    }

    #[test]
    fn words_of_cost_in_any_order_do_not_make_it_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "비용", "9월", "대비", "왜", "top", "5", "%", "by", "service", "EC2", "last", "month", "(", ")",
            "부터", "까지", "제외", "태그", "없는", "days", "2024", "Q3", "주", "31일", "from", "to", "vs", "~",
        ]), 1..14)
    ) {
        let _ = read(&words.join(" "));
        let _ = read(&words.concat());
    }
}
