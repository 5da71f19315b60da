//! What lines become.

use proptest::prelude::*;

use super::*;
use crate::logs::LogSettings;

fn settings() -> MinerSettings {
    LogSettings::embedded().unwrap().miner
}

fn mined(lines: &[&str]) -> Vec<(String, u64)> {
    let mut miner = LogMiner::new(settings());
    for line in lines {
        miner.add(line.as_bytes());
    }
    let found = miner.finish();
    found.templates.into_iter().map(|one| (one.text, one.lines)).collect()
}

fn one(text: &str, lines: u64) -> (String, u64) {
    (text.to_owned(), lines)
}

#[test]
fn values_become_marks_and_events_stay_apart() {
    let lines = [
        "session opened for user kim",
        "session opened for user lee",
        "session closed for user kim",
        "session closed for user choi",
        "sizes 1, 2, 3 of eth0",
        "sizes 4, 5 of eth0",
        "used HTTP/1.1 on 10.0.0.1:80",
    ];
    assert_eq!(
        mined(&lines),
        [
            one("session closed for user <*>", 2),
            one("session opened for user <*>", 2),
            one("sizes <*> of eth0", 2),
            one("used HTTP/1.1 on <*>", 1),
        ]
    );
}

#[test]
fn a_stack_trace_is_one_event_by_its_exception() {
    let text = "Request 17 failed\njava.io.IOException: a\n\tat x.Y.z(Y.java:1)";
    assert_eq!(mined(&[text]), [one("Request <*> failed \u{21b5} java.io.IOException", 1)]);
}

#[test]
fn long_and_hostile_lines_are_counted() {
    let mut miner = LogMiner::new(settings());
    miner.add(&vec![b'x'; 1_000_000]);
    miner.add("\u{1b}[31mred\u{202e}".as_bytes());
    miner.add(b"\xff\xfe \x00");
    miner.add(b"");
    let found = miner.finish();
    assert_eq!(found.left_out.cut_lines, 1);
    assert_eq!(found.left_out.neutralised_lines, 2);
    assert_eq!(found.left_out.empty_lines, 1);
    assert!(found.templates.iter().any(|one| one.text == "red"));
}

#[test]
fn memory_is_bounded_and_every_line_is_accounted_for() {
    let mut miner = LogMiner::new(MinerSettings { shapes: 64, templates: 20, ..settings() });
    let mut lines = 0;
    for number in 0..5000_u32 {
        let word: String = number.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
        miner.add(format!("job of user {word} ended").as_bytes());
        miner.add(format!("{word}{word} went{word} by{word}").as_bytes());
        lines += 2;
        assert!(miner.held.len() <= 64);
    }
    let found = miner.finish();
    let kept: u64 = found.templates.iter().map(|one| one.lines).sum();
    assert_eq!(kept + found.left_out.lines_without_template, lines);
    assert!(found.left_out.compactions > 0 && found.templates.len() <= 20);
    assert_eq!(found.templates[0].text, "job of user <*> ended");
    assert_eq!(found.templates[0].lines, 5000);
}

proptest! {
    #[test]
    fn templates_do_not_depend_on_the_order(seed in any::<u64>(), count in 2..60_usize) {
        let word = |at: usize| ["alpha", "beta", "ga-mma", "d1", "opened", "42", "key=v", "\"q\""][at % 8];
        let lines: Vec<String> = (0..count)
            .map(|at| {
                let mixed = (at as u64).wrapping_mul(seed | 1) >> 7;
                let pick = |by: u64| word(usize::try_from((mixed >> by) & 7).unwrap());
                format!("event {} of {} in {} {}", pick(0), pick(3), pick(6), pick(9))
            })
            .collect();
        let forward: Vec<&str> = lines.iter().map(String::as_str).collect();
        let backward: Vec<&str> = forward.iter().rev().copied().collect();
        prop_assert_eq!(mined(&forward), mined(&backward));
    }

    #[test]
    fn any_bytes_are_read(lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..30)) {
        let mut miner = LogMiner::new(settings());
        let shapes: Vec<Shape> = lines.iter().map(|line| miner.add(line)).collect();
        let found = miner.finish();
        prop_assert!(shapes.iter().all(|shape| found.template_of(*shape).is_some()));
        prop_assert_eq!(found.templates.iter().map(|one| one.lines).sum::<u64>(), lines.len() as u64);
    }
}
