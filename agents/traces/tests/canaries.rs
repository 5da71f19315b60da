//! Ten thousand planted values go through every way out, and none of them arrives.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

use std::{
    collections::HashMap,
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use serde_json::{Value, json};
use tracing::{Level, info_span};
use tracing_subscriber::layer::SubscriberExt as _;
use wherefore_model::conventions as names;
use wherefore_traces::{Destination, Mask, Settings, Traces};

const CANARIES: u64 = 10_000;
const IN_ONE_SPAN: usize = 50;
/// Values that one pipeline takes: masking all at once outlasts the end of a program where nothing is optimised.
const IN_ONE_PIPELINE: usize = 1_000;
/// Letters of a canary that are looked up; the shortest one has more.
const HEAD: usize = 8;

/// Numbers that look random and are the same in every run (constants of Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    fn letters(&mut self, from: &str, count: usize) -> String {
        let bytes = from.as_bytes();
        (0..count)
            .map(|_| char::from(bytes[usize::try_from(self.below(bytes.len() as u64)).unwrap()]))
            .collect()
    }
}

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+";
const WORD: &str = "abcdefghijklmnopqrstuvwxyz";

fn with_luhn(mut digits: String) -> String {
    for check in '0'..='9' {
        digits.push(check);
        let sum: u32 = digits
            .chars()
            .rev()
            .enumerate()
            .map(|(place, digit)| {
                let digit = digit.to_digit(10).unwrap() * (1 + u32::from(place % 2 == 1));
                digit / 10 + digit % 10
            })
            .sum();
        if sum.is_multiple_of(10) {
            break;
        }
        digits.pop();
    }
    digits
}

fn resident(numbers: &mut Numbers, is_joined: bool) -> String {
    let head = format!(
        "{:02}{:02}{:02}",
        numbers.below(100),
        1 + numbers.below(12),
        1 + numbers.below(28)
    );
    let tail = format!("{}{}", 1 + numbers.below(4), numbers.digits(5));
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = format!("{head}{tail}")
        .chars()
        .zip(weights)
        .map(|(digit, weight)| digit.to_digit(10).unwrap() * weight)
        .sum();
    let check = (11 - sum % 11) % 10;
    if is_joined { format!("{head}{tail}{check}") } else { format!("{head}-{tail}{check}") }
}

/// One value that must not get out, as the part of it that names somebody.
fn canary(numbers: &mut Numbers, index: u64) -> String {
    match index % 14 {
        0 | 1 => format!("{}{}", 1 + numbers.below(9), numbers.digits(11)),
        2 => format!(
            "{}.{}@{}.example.com",
            numbers.letters(WORD, 6),
            index,
            numbers.letters(WORD, 5)
        ),
        3 => format!(
            "10.{}.{}.{}",
            1 + numbers.below(254),
            numbers.below(255),
            1 + numbers.below(254)
        ),
        4 => format!(
            "2001:db8:{:x}:{:x}::{:x}",
            4096 + numbers.below(60000),
            4096 + numbers.below(60000),
            4096 + numbers.below(60000)
        ),
        5 => format!("AKIA{}", numbers.letters(UPPER, 16)),
        6 => format!("aB3{}", numbers.letters(BASE64, 37)),
        7 => format!("ghp_{}", numbers.letters(WORD, 36)),
        8 => resident(numbers, true),
        9 => resident(numbers, false),
        10 => format!("010-{}-{}", 1000 + numbers.below(9000), 1000 + numbers.below(9000)),
        11 => format!("+4420{}", 10_000_000 + numbers.below(89_999_999)),
        12 => with_luhn(format!("4{}", numbers.digits(14))),
        _ => {
            let card = with_luhn(format!("5{}{}", 1 + numbers.below(5), numbers.digits(13)));
            format!("{}-{}-{}-{}", &card[..4], &card[4..8], &card[8..12], &card[12..])
        }
    }
}

/// The value in one of the places where people, models and data put such values.
fn planted(index: usize, value: &str) -> Value {
    match index % 8 {
        0 => json!({ "owner": value }),
        1 => json!(format!("계정 {value}의 비용이 왜 올랐어?")),
        2 => json!({ "inner": json!({ "list": [value, format!("x {value}.")] }).to_string() }),
        3 => json!(format!("tag owner={value}; see also ({value})")),
        4 => json!({ value: 1 }),
        5 => {
            json!({ "columns": [{ "name": "tag:owner", "kind": "dimension" }], "rows": [[value]] })
        }
        6 => json!(format!("line one\n{value}\n\"{value}\"")),
        _ => json!(format!("arn:aws:iam::{value}:role/x")),
    }
}

fn work(traces: &Traces, canaries: &[String]) {
    let subscriber = tracing_subscriber::registry().with(traces.layer());
    tracing::subscriber::with_default(subscriber, || {
        for part in canaries.chunks(IN_ONE_SPAN) {
            let first = part[0].as_str();
            let span = info_span!(
                "chat",
                otel.name = format_args!("chat {first}"),
                { names::OPERATION } = names::CHAT,
                { names::AGENT_NAME } = part[1],
                { names::TOOL_NAME } = part[2],
                { names::CONVERSATION } = part[3],
                { names::ERROR_TYPE } = part[4],
                { names::REQUEST_MODEL } = part[5],
                { names::RESPONSE_ID } = part[6],
            );
            let _span = span.enter();
            tracing::error!(error = part[7].as_str(), "failed for {}", part[8]);
            let said: Vec<Value> =
                part.iter().enumerate().map(|(index, value)| planted(index, value)).collect();
            let said = Value::from(said).to_string();
            tracing::event!(
                target: names::CONTENT_TARGET,
                Level::INFO,
                { { names::INPUT_MESSAGES } = said, { names::TOOL_RESULT } = format!("{part:?}") },
                "content"
            );
        }
    });
}

/// Which canaries stand in a text, found by their first letters: looking for each alone takes minutes.
fn out<'c>(canaries: &'c [String], text: &[u8]) -> Vec<&'c String> {
    let mut by_head: HashMap<&[u8], Vec<&String>> = HashMap::new();
    for canary in canaries {
        by_head.entry(&canary.as_bytes()[..HEAD]).or_default().push(canary);
    }
    let mut out = Vec::new();
    for (at, head) in text.windows(HEAD).enumerate() {
        let fitting = by_head.get(head).into_iter().flatten();
        out.extend(fitting.filter(|canary| text[at..].starts_with(canary.as_bytes())));
    }
    out
}

fn assert_none(canaries: &[String], sink: &str, bytes: &[u8]) {
    let out = out(canaries, bytes);
    assert!(out.is_empty(), "{} reached {sink}: {:?}", out.len(), &out[..out.len().min(8)]);
    let masked = bytes.windows(9).any(|nine| nine == b"<account:");
    assert!(masked, "nothing was masked in {sink}");
}

#[test]
fn nothing_that_was_planted_gets_out() {
    let mut numbers = Numbers(7);
    let canaries: Vec<String> = (0..CANARIES).map(|index| canary(&mut numbers, index)).collect();
    let start = |destination| {
        let mask = Mask::new(b"a key of the tests").unwrap();
        Traces::start(Settings { destination, content: true, mask, version: "0.0.0" }).unwrap()
    };

    let all = canaries.join(" ");
    assert_eq!(out(&canaries, all.as_bytes()).len(), canaries.len(), "each one would be seen");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("traces.jsonl");
    for part in canaries.chunks(IN_ONE_PIPELINE) {
        let traces = start(Destination::File(path.clone()));
        work(&traces, part);
        traces.finish();
    }
    let written = std::fs::read(&path).unwrap();
    let spans = String::from_utf8_lossy(&written).matches("\"spanId\"").count();
    assert_eq!(spans, canaries.len() / IN_ONE_SPAN, "no span was dropped");
    assert_none(&canaries, "the file of traces", &written);
    let metrics = std::fs::read(path.with_file_name("traces.metrics.jsonl")).unwrap();
    assert_none(&canaries, "the file of metrics", &metrics);

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let pipelines = canaries.len() / IN_ONE_PIPELINE;
    let served = thread::spawn(move || receive_metrics(&listener, pipelines));
    for part in canaries.chunks(IN_ONE_PIPELINE) {
        let traces = start(Destination::parse(&endpoint, None).unwrap());
        work(&traces, part);
        traces.finish();
    }
    assert_none(&canaries, "the endpoint", &served.join().unwrap());

    let mask = Mask::new(b"a key of the tests").unwrap();
    let mut record = Value::from(
        canaries.iter().enumerate().map(|(index, value)| planted(index, value)).collect::<Vec<_>>(),
    );
    mask.json(&mut record);
    assert_none(&canaries, "a kept run", record.to_string().as_bytes());
}

fn receive_metrics(listener: &TcpListener, times: usize) -> Vec<u8> {
    let mut all = Vec::new();
    let mut metrics = 0;
    while metrics < times {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 65536];
        loop {
            let count = stream.read(&mut buffer).unwrap();
            bytes.extend_from_slice(&buffer[..count]);
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                break;
            }
        }
        stream
            .write_all(b"HTTP/1.1 200 X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .unwrap();
        metrics += usize::from(bytes.starts_with(b"POST /v1/metrics"));
        all.extend(bytes);
    }
    all
}

/// Figures as they stand in answers and tables, in numbers: none may be taken for somebody's number.
#[test]
fn figures_of_costs_are_left_alone() {
    let mask = Mask::new(b"a key of the tests").unwrap();
    let mut numbers = Numbers(11);
    for index in 0..10_000_u64 {
        let whole = {
            let count = 1 + usize::try_from(numbers.below(13)).unwrap();
            numbers.digits(count)
        };
        let part = {
            let count = 1 + usize::try_from(numbers.below(18)).unwrap();
            numbers.digits(count)
        };
        let (year, month, day) =
            (2000 + numbers.below(40), 1 + numbers.below(12), 1 + numbers.below(28));
        let grouped = whole.trim_start_matches('0').as_bytes().rchunks(3).rev();
        let grouped: Vec<&str> = grouped.map(|three| std::str::from_utf8(three).unwrap()).collect();
        let text = match index % 10 {
            0 => format!("${}.{}", grouped.join(","), numbers.digits(2)),
            1 => format!("\"{whole}.{part}\""),
            2 => format!("-{whole}.{part} USD"),
            3 => format!("{year}-{month:02}-{day:02}T00:00:00Z"),
            4 => format!("{} won, {}원", grouped.join(","), grouped.join(",")),
            5 => format!("{year}년 {month}월 {day}일"),
            6 => format!("e{}/{}/billed_cost", numbers.below(40), numbers.below(9999)),
            7 => format!("+{}.{}%", numbers.below(999), numbers.digits(3)),
            8 => format!("₩{}", whole.trim_start_matches('0')),
            _ => json!({ "columns": [{ "name": "billed_cost", "kind": "measure", "unit": "KRW" }], "rows": [[whole]] }).to_string(),
        };
        assert_eq!(mask.json_text(&text), text);
    }
}
