//! Labelled lines of made-up programs.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const TABLE: &str = include_str!("families.txt");
const LINES: usize = 2000;

/// A made-up program: its events with their weights.
#[derive(Debug, Clone)]
pub struct Family {
    pub name: String,
    events: Vec<(u32, String)>,
}

/// A line and its event.
#[derive(Debug, Clone)]
pub struct Labelled {
    pub text: String,
    pub event: usize,
    /// The event with `<*>` for values.
    pub template: String,
}

/// The families of the table.
#[must_use]
pub fn families() -> Vec<Family> {
    let mut out: Vec<Family> = Vec::new();
    for line in TABLE.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            out.push(Family { name: name.to_owned(), events: Vec::new() });
        } else if let Some((weight, text)) = line.split_once(' ')
            && let Some(family) = out.last_mut()
        {
            family.events.push((weight.parse().unwrap_or(1), text.to_owned()));
        }
    }
    out
}

/// 2000 lines of a family; the same for a seed.
#[must_use]
pub fn generate(family: &Family, seed: u64) -> Vec<Labelled> {
    let salt = family
        .name
        .bytes()
        .fold(seed, |salt, byte| salt.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
    let mut random = ChaCha8Rng::seed_from_u64(salt);
    let whole: u32 = family.events.iter().map(|(weight, _)| weight).sum();
    let mut lines = Vec::with_capacity(LINES);
    for _ in 0..LINES {
        // One in twelve draws of a weight of 1 is left: rare events are rare.
        let mut drawn = random.random_range(0..whole.max(1));
        let picked = family.events.iter().enumerate().find(|(_, (weight, _))| {
            let is_it = drawn < *weight;
            drawn = drawn.saturating_sub(*weight);
            is_it
        });
        if let Some((event, (weight, format))) = picked
            && (*weight > 1 || random.random_range(0..12_u32) == 0)
        {
            let (text, template) = filled(format, &mut random);
            lines.push(Labelled { text, event, template });
        }
    }
    lines
}

fn filled(format: &str, random: &mut ChaCha8Rng) -> (String, String) {
    let (mut text, mut template) = (String::new(), String::new());
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        text.push_str(before);
        template.push_str(before);
        let named = after.get(1..).and_then(|after| after.split_once('}'));
        let value = named.and_then(|(name, rest)| Some((value(name, random)?, rest)));
        if let Some((value, after)) = value {
            text.push_str(&value);
            template.push_str("<*>");
            rest = after;
        } else {
            text.push('{');
            template.push('{');
            rest = after.get(1..).unwrap_or_default();
        }
    }
    text.push_str(rest);
    template.push_str(rest);
    (text, template)
}

fn pick<'a>(words: &[&'a str], random: &mut ChaCha8Rng) -> &'a str {
    words.get(random.random_range(0..words.len().max(1))).copied().unwrap_or_default()
}

const USERS: [&str; 12] = [
    "kim",
    "lee",
    "park",
    "alice",
    "bob",
    "root",
    "deploy",
    "svc-batch",
    "jane.doe",
    "choi",
    "admin",
    "guest",
];
const WORDS: [&str; 16] = [
    "orders", "billing", "checkout", "cart", "search", "ledger", "stock", "mail", "audit",
    "catalog", "profile", "report", "invoice", "refund", "session", "basket",
];
const CITIES: [&str; 8] =
    ["Seoul", "Busan", "Daegu", "Incheon", "Gwangju", "Daejeon", "Ulsan", "Jeju"];
const CLASSES: [&str; 6] = [
    "OrderController",
    "CartController",
    "UserApi",
    "PaymentHandler",
    "SearchService",
    "MailSender",
];

fn value(name: &str, random: &mut ChaCha8Rng) -> Option<String> {
    let number = random.random_range(0..90_000_u32);
    let byte = number % 256;
    Some(match name {
        "int" => number.to_string(),
        "digit" => (number % 9 + 1).to_string(),
        "float" => format!("{}.{:02}", number / 100, number % 100),
        "ip" => format!("10.{}.{byte}.{}", byte / 3, number % 250),
        "ipport" => format!("10.0.{byte}.{}:{}", number % 250, 1024 + number % 60_000),
        "clock" => format!("04/May/2026:10:{:02}:{:02} +0900", number % 60, byte % 60),
        "time" => format!("0:{:02}:{:02}.{:03}", number % 60, byte % 60, number % 1000),
        "duration" => match number % 3 {
            0 => format!("{}ms", number % 900 + 1),
            1 => format!("{}.{}s", number % 50, byte),
            _ => format!("{}m{}s", number % 9 + 1, byte % 60),
        },
        "status" => pick(&["200", "201", "204", "304", "404", "500", "503"], random).to_owned(),
        "method" => pick(&["GET", "POST", "PUT", "DELETE"], random).to_owned(),
        "path" => format!("/api/{}/{}", pick(&WORDS, random), number),
        "user" => pick(&USERS, random).to_owned(),
        "word" => pick(&WORDS, random).to_owned(),
        "city" => pick(&CITIES, random).to_owned(),
        "class" => pick(&CLASSES, random).to_owned(),
        "host" => format!("{}-{}.internal.example", pick(&WORDS, random), byte % 30),
        "pod" => format!("shop/{}-{number:x}-{byte:x}z", pick(&WORDS, random)),
        "version" => format!("v{}.{}.{}", byte % 9, byte % 7, number % 30),
        "uuid" => {
            let (left, right): (u64, u64) = (random.random(), random.random());
            let hex = format!("{left:016x}{right:016x}");
            let parts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
            let parts = parts.iter().filter_map(|(from, to)| hex.get(*from..*to));
            parts.collect::<Vec<_>>().join("-")
        }
        "list" => {
            let items: Vec<String> = (0..=number % 4).map(|at| (byte + at).to_string()).collect();
            items.join(", ")
        }
        "sql" => {
            let table = pick(&WORDS, random);
            match number % 3 {
                0 => format!("SELECT * FROM {table} WHERE id = {number}"),
                1 => format!("DELETE FROM {table}"),
                _ => format!("UPDATE {table} SET state = {byte} WHERE id = {number} AND live"),
            }
        }
        "bank" => pick(&["신한", "국민", "현대", "삼성", "롯데", "하나"], random).to_owned(),
        "reason" => pick(&["한도초과", "잔액부족", "카드정지", "시간초과"], random).to_owned(),
        "korean" => pick(&["김민수", "이서연", "박지훈", "최유진", "정하늘"], random).to_owned(),
        _ => return None,
    })
}
