//! What people call the units that usage is counted in, and how bills spell them.

use std::{collections::HashMap, sync::LazyLock};

/// The spellings of one unit in bills, in small letters.
pub(in crate::understand) type Spellings = &'static [&'static str];

/// A unit of usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// What people say, parted by `|`; a space also stands for a hyphen, a slash or nothing.
    spoken: &'static str,
    pub(super) spelled: Spellings,
    pub(super) kind: Kind,
}

/// What sets a unit apart in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its word means nothing but the unit: "GB", "LCU-hours".
    Plain,
    /// Hours are also a grain of time.
    Hour,
    /// Requests are also what our own services answer.
    Request,
    /// Sizes kept for a time: "storage" beside them says it again.
    Stored,
    /// Its word is a thing that is counted in other ways, too: "keys", "alarms".
    Thing,
}

const fn unit(spoken: &'static str, spelled: Spellings, kind: Kind) -> Unit {
    Unit { spoken, spelled, kind }
}

const UNITS: &[Unit] = &[
    unit(
        "gb months|gb month|gb mo|gib months|gib month|gigabyte months|gigabyte month|gibibyte months|gibibyte month|gb 월|gb 개월|기가바이트 월|기가 월",
        &[
            "gb-mo",
            "gb-month",
            "gb-months",
            "gb months",
            "gb month",
            "gb/month",
            "gib-mo",
            "gib-month",
            "gib-months",
            "gib months",
            "gibibyte month",
        ],
        Kind::Stored,
    ),
    unit(
        "gb hours|gb hour|gb hrs|gib hours|gib hour|gibibyte hours|gibibyte hour|gigabyte hours|gigabyte hour|gb 시간|기가바이트 시간",
        &[
            "gb hours",
            "gb-hours",
            "gb-hrs",
            "gb hour",
            "gib-hours",
            "gib hours",
            "gibibyte hour",
            "gigabyte per hour",
            "gigabytes per hour",
        ],
        Kind::Plain,
    ),
    unit(
        "lambda gb seconds|lambda gb second|gb seconds|gb second|gb sec|gigabyte seconds|gigabyte second|gb 초|기가바이트 초|기가 초",
        &["gb-second", "gb-seconds", "gb seconds", "lambda-gb-second", "lambda-gb-seconds"],
        Kind::Plain,
    ),
    unit(
        "load balancer capacity unit hours|load balancer capacity units|lcu hours|lcu hour|lcu hrs|lcus|lcu|lcu 시간",
        &["lcu-hrs", "lcu-hours", "lcu hours"],
        Kind::Plain,
    ),
    unit("acu hours|acu hour|acu hrs|acu 시간", &["acu-hrs", "acu-hr", "acu-hours"], Kind::Plain),
    unit(
        "vcpu hours|vcpu hour|vcpu hrs|vcpu 시간",
        &["vcpu-hours", "vcpu-hrs", "vcpu hours", "vcpu hour"],
        Kind::Plain,
    ),
    unit(
        "ocpu hours|ocpu hour|ocpu hrs|ocpu per hour|ocpu 시간",
        &["ocpu hours", "ocpu-hours", "ocpu per hour"],
        Kind::Plain,
    ),
    unit(
        "core seconds|core second|vcpu seconds|vcpu second|코어 초",
        &["core-seconds", "core seconds", "vcpu-seconds", "vcpu-second"],
        Kind::Plain,
    ),
    unit(
        "api requests|api request|requests|request|api 요청|요청",
        &["requests", "request", "api requests", "api request"],
        Kind::Request,
    ),
    unit("events|event|이벤트", &["events", "event"], Kind::Plain),
    unit("i/os|ios|i/o requests|io requests|io operations", &["ios", "io", "i/os"], Kind::Plain),
    unit("read request units|rrus", &["readrequestunits", "readrequestunit"], Kind::Plain),
    unit("write request units|wrus", &["writerequestunits", "writerequestunit"], Kind::Plain),
    unit(
        "gigabytes|gigabyte|gibibytes|gibibyte|gbs|gb|gib|기가바이트|기가",
        &["gb", "gigabyte", "gigabytes", "gib", "gibibyte", "gibibytes"],
        Kind::Plain,
    ),
    unit(
        "terabytes|terabyte|tebibytes|tebibyte|tbs|tb|tib|테라바이트|테라",
        &["tb", "tib", "terabyte", "terabytes", "tebibyte", "tebibytes"],
        Kind::Plain,
    ),
    unit(
        "megabytes|megabyte|mebibytes|mebibyte|mb|mib|메가바이트",
        &["mb", "mib", "megabyte", "megabytes", "mebibyte", "mebibytes"],
        Kind::Plain,
    ),
    unit(
        "hours|hour|hrs|시간",
        &["hours", "hour", "hrs", "hr", "instance per hour", "instance hours"],
        Kind::Hour,
    ),
    unit("seconds|second|초", &["seconds", "second", "sec"], Kind::Thing),
    unit("queries|query|쿼리", &["queries", "query"], Kind::Thing),
    unit("keys|key|키", &["keys", "key"], Kind::Thing),
    unit("alarms|alarm|알람|경보", &["alarms", "alarm"], Kind::Thing),
    unit("metrics|metric|메트릭|지표", &["metrics", "metric"], Kind::Thing),
    unit("dashboards|dashboard|대시보드", &["dashboards", "dashboard"], Kind::Thing),
    unit(
        "state transitions|state transition|상태 전환",
        &["statetransitions", "statetransition"],
        Kind::Plain,
    ),
    unit(
        "security checks|security check|보안 검사",
        &["security checks", "security check"],
        Kind::Plain,
    ),
    unit("operations|operation", &["operations", "operation"], Kind::Thing),
];

// The names by their first letter. A constant of the program: it is built once and never changes.
static NAMES: LazyLock<HashMap<char, Vec<(&'static str, &'static Unit)>>> = LazyLock::new(|| {
    let mut names: HashMap<char, Vec<(&'static str, &'static Unit)>> = HashMap::new();
    for unit in UNITS {
        for name in unit.spoken.split('|') {
            if let Some(first) = name.chars().next() {
                names.entry(first).or_default().push((name, unit));
            }
        }
    }
    names
});

/// The unit whose longest name begins at `start`, and the byte after it.
pub(super) fn named(text: &str, start: usize) -> Option<(usize, &'static Unit)> {
    let begins = text.get(..start)?.chars().next_back();
    if begins.is_some_and(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')) {
        return None;
    }
    let rest = text.get(start..)?;
    let first = rest.chars().next()?.to_lowercase().next()?;
    let begun = NAMES.get(&first)?.iter();
    begun
        .filter_map(|(name, unit)| Some((start + spelled(rest, name)?, *unit)))
        .max_by_key(|(after, _)| *after)
}

/// The unit that a longer name ends with: "NAT gateway hour".
pub(super) fn ending(text: &str, start: usize, end: usize) -> Option<(usize, &'static Unit)> {
    let inside = text.get(start..end)?;
    inside.char_indices().skip(1).find_map(|(at, _)| {
        let (after, unit) = named(text, start + at)?;
        (after == end).then_some((start + at, unit))
    })
}

// How many bytes of `rest` the name covers.
pub(in crate::understand) fn spelled(rest: &str, name: &str) -> Option<usize> {
    let mut letters = rest.char_indices().peekable();
    for wanted in name.chars() {
        if wanted == ' ' {
            while letters.next_if(|(_, letter)| matches!(letter, ' ' | '-' | '/' | '_')).is_some() {
            }
            continue;
        }
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let next = letters.peek().copied();
    let latin = name.ends_with(|letter: char| letter.is_ascii_alphanumeric());
    let goes_on = next.is_some_and(|(_, letter)| letter.is_ascii_alphanumeric());
    (!(latin && goes_on)).then(|| next.map_or(rest.len(), |(at, _)| at))
}
