use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::submission::{read_findings_knowing, text};

const WORDS: &[&str] = &[
    "",
    "e1/0/billed_cost",
    "{{",
    "}}",
    "{{e1/0/x}}",
    "e1",
    "[e1]",
    "```json\n{}\n```",
    "{\"headline\":",
    "[[[[",
    "```",
    "value",
    "answered",
    "text",
    "ﬀ가나다",
    "e99999999999999999999/0/x",
    "\u{0}",
    "e1/0/",
    "**",
    "# ",
    "- \n- ",
    "](",
    "[x](y)",
    "🦀e1/0/a🦀",
    "2024-09",
    "-",
    "é",
    "İ",
    "ｅ１/0/x",
    "e1[0",
    "share(",
    "{{share(,)}}",
    "{{|}}",
];
const NAMES: &[&str] = &[
    "status",
    "headline",
    "body",
    "span",
    "fact",
    "facts",
    "op",
    "text",
    "value",
    "calc",
    "result",
    "evidence",
    "findings",
    "sentence",
    "arguments",
    "answer",
    "period",
    "start",
    "end",
    "row",
    "column",
    "columns",
    "rows",
    "charts",
    "gaps",
    "verdict",
    "to",
    "from",
    "which",
    "İ",
    "",
    "tables",
    "trend",
    "asked",
];

fn any(random: &mut ChaCha8Rng, depth: u32) -> Value {
    let kinds = if depth == 0 { 4 } else { 6 };
    match random.random_range(0..kinds) {
        0 => Value::Null,
        1 => json!(random.random_range(-3_i64..9_999_999_999)),
        2 => json!(WORDS.choose(random).unwrap()),
        3 => json!(random.random::<bool>()),
        4 => (0..random.random_range(0..4)).map(|_| any(random, depth - 1)).collect(),
        _ => {
            let mut map = Map::new();
            for _ in 0..random.random_range(0..4) {
                let name = (*NAMES.choose(random).unwrap()).to_owned();
                map.insert(name, any(random, depth - 1));
            }
            Value::Object(map)
        }
    }
}

fn seldom(random: &mut ChaCha8Rng, depth: u32) -> Value {
    if random.random_range(0..3) == 0 { any(random, depth) } else { Value::Null }
}

#[test]
fn nothing_that_a_model_submits_is_a_panic() {
    let held = evidence();
    let known = Known::with(QUESTION, &held);
    let (mut read, mut refused) = (0, 0);
    for seed in 0..20_000 {
        let random = &mut ChaCha8Rng::seed_from_u64(seed);
        let map = object(json!({
            "status": "answered",
            "headline": if random.random() { json!("So.") } else { any(random, 5) },
            "body": seldom(random, 3),
            "result": seldom(random, 2),
            "findings": seldom(random, 3),
            "charts": seldom(random, 2),
            "tables": seldom(random, 2),
        }));
        match read_answer_knowing(&map, &known) {
            Ok(_) => read += 1,
            Err(message) => {
                assert!(message.lines().count() <= 22, "{message}");
                refused += 1;
            }
        }
        if let Value::Object(map) = any(random, 6) {
            let _ = read_answer_knowing(&map, &known);
            let _ = read_findings_knowing(&map, &known);
        }
        let text: String = (0..6).map(|_| *WORDS.choose(random).unwrap()).collect();
        text::spans(&text, &known);
        text::paragraphs(&text);
    }
    assert!(read > 100 && refused > 10_000, "{read} read, {refused} refused");
}

#[test]
fn no_reference_is_read_that_was_not_written() {
    let held = evidence();
    let known = Known::with(QUESTION, &held);
    let words = [
        "e1",
        "e1/0",
        "e1/0/2",
        "the e1 total",
        "12/0/x",
        "xe1/0/billed_cost",
        "e1/x/billed_cost",
        "[note]",
        "a/b/c",
    ];
    for words in words {
        let spans = text::spans(words, &known);
        assert!(spans.iter().all(|span| matches!(span, Span::Text { .. })), "{words}: {spans:?}");
    }
}
