//! What is masked: one pattern for each shape, and what else must hold where the shape alone says too little.

use std::{borrow::Cow, net::Ipv4Addr, net::Ipv6Addr, ops::Range};

use regex::{Regex, RegexSet};

use super::{Kind, boundary, checksum};

type Settle = fn(&str, Range<usize>) -> Option<Range<usize>>;

/// One shape. The first group of the pattern, or the whole of it, is what is masked once `settle` has agreed.
pub(super) struct Rule {
    pub(super) kind: Option<Kind>,
    pub(super) pattern: Regex,
    pub(super) settle: Settle,
}

/// All rules, the more telling ones first.
pub(super) struct Rules {
    all: Vec<Rule>,
    any: RegexSet,
}

// Beginnings of tokens that the companies which give them out have published; what follows is long and random.
const TOKEN_PREFIXES: &str = r"(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{16,}|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|AIza[0-9A-Za-z_-]{30,}|ya29\.[0-9A-Za-z_-]{20,}|ABSK[A-Za-z0-9+/=]{30,}|glpat-[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{40,}|dop_v1_[0-9a-f]{40,}|hvs\.[A-Za-z0-9_-]{20,}|xapp-[A-Za-z0-9-]{20,})";

// Beginnings of AWS key ids: docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.
const AWS_KEY_ID: &str =
    r"(?:ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{16}";

const ASSIGNED: &str = r#"(?i)(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|x-amz-signature|비밀번호|암호|토큰)[A-Za-z0-9_-]*["'\\]{0,4}\s{0,3}(?:[:=]|%3D)\s{0,3}["'\\]{0,4}([^\s"'\\,;&<>{}\[\]]{6,})"#;

const MOBILE: &str =
    r"(?:(?:\+|00)?82[-. ]?(?:\(0\)|0)?|0)1[016789][-. )]{0,2}[0-9]{3,4}[-. ]?[0-9]{4}";
const LANDLINE: &str = r"(?:(?:\+|00)82[-. ]?\(?0?|\(?0)(?:2|[3-6][1-5]|70|50[0-9]?)[-. )]{1,2}[0-9]{3,4}[-. ][0-9]{4}";
const INTERNATIONAL: &str = r"\+[1-9][0-9]{0,2}(?:[-. ]?\(?[0-9]{1,4}\)?){2,5}";
const NORTH_AMERICAN: &str =
    r"(?:1[-. ])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-.])[2-9][0-9]{2}[-.][0-9]{4}";

fn table() -> Vec<(Option<Kind>, &'static str, Settle)> {
    let (secret, phone) = (Some(Kind::Secret), Some(Kind::Phone));
    vec![
        (None, r"<(?:account|card|email|ip|key|phone|resident|secret):[0-9a-f]{12}>", |_, at| {
            Some(at)
        }),
        (
            secret,
            r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|\z)",
            |_, at| Some(at),
        ),
        (secret, r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)*", |_, at| Some(at)),
        (secret, TOKEN_PREFIXES, |_, at| Some(at)),
        (Some(Kind::Key), AWS_KEY_ID, |_, at| Some(at)),
        (secret, r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/=-]{8,})", random_enough),
        (secret, ASSIGNED, assigned),
        (secret, r"://[^\s/:@]*:([^\s/@]+)@", |_, at| Some(at)),
        (secret, r"[A-Za-z0-9/+]{40,}={0,2}", aws_secret),
        (secret, r"[A-Za-z0-9_-]{64,}={0,2}", random_enough),
        (
            Some(Kind::Email),
            r"[A-Za-z0-9._%+'-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
            |text, at| Some(boundary::past_escape(text, at)),
        ),
        (
            Some(Kind::Email),
            r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}",
            |text, at| Some(boundary::past_escape(text, at)),
        ),
        (Some(Kind::Ip), r"\b(?:ip|ec2)-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}", |_, at| {
            Some(at)
        }),
        (Some(Kind::Ip), r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", ipv4),
        (Some(Kind::Ip), r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?::[0-9.]{7,15})?", ipv6),
        (Some(Kind::Resident), r"[0-9]{6}[- ]?[1-8][0-9]{6}", resident),
        (
            Some(Kind::Card),
            r"[0-9]{4}[- ][0-9]{4}[- ][0-9]{4}[- ][0-9]{1,7}|[0-9]{4}[- ][0-9]{6}[- ][0-9]{5}|[0-9]{13,19}",
            card,
        ),
        (phone, MOBILE, |text, at| boundary::is_whole_number(text, &at).then_some(at)),
        (phone, LANDLINE, |text, at| boundary::is_whole_number(text, &at).then_some(at)),
        (phone, INTERNATIONAL, international),
        (phone, NORTH_AMERICAN, |text, at| {
            (boundary::is_whole_number(text, &at) && !boundary::is_amount(text, &at)).then_some(at)
        }),
        (
            Some(Kind::Account),
            r"(?i)subscriptions/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
            |_, at| Some(at),
        ),
        (Some(Kind::Account), r"[0-9]{4}-[0-9]{4}-[0-9]{4}", |text, at| {
            boundary::is_whole_number(text, &at).then_some(at)
        }),
        (Some(Kind::Account), r"[0-9]+", account),
    ]
}

impl Rules {
    pub(super) fn new() -> Result<Self, regex::Error> {
        let table = table();
        let any = RegexSet::new(table.iter().map(|(_, pattern, _)| pattern))?;
        let rule = |(kind, pattern, settle): (Option<Kind>, &str, Settle)| {
            Regex::new(pattern).map(|pattern| Rule { kind, pattern, settle })
        };
        Ok(Self { all: table.into_iter().map(rule).collect::<Result<_, _>>()?, any })
    }

    /// The rules whose shape occurs in the text, each with its place.
    pub(super) fn fitting<'r>(&'r self, text: &str) -> impl Iterator<Item = (usize, &'r Rule)> {
        let places: Vec<usize> = self.any.matches(text).into_iter().collect();
        places.into_iter().filter_map(|place| self.all.get(place).map(|rule| (place, rule)))
    }
}

/// The text without characters that hide digits from a pattern: wide forms become narrow, invisible ones go.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let is_wide = |letter: char| matches!(letter, '\u{ff0b}'..='\u{ff5a}');
    let is_invisible = |letter: char| {
        matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    if !text.contains(|letter| is_wide(letter) || is_invisible(letter)) {
        return Cow::Borrowed(text);
    }
    let narrow = |letter: char| match u32::from(letter) {
        code if is_wide(letter) => char::from_u32(code - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    Cow::Owned(text.chars().filter(|letter| !is_invisible(*letter)).map(narrow).collect())
}

/// One spelling for all spellings of a value, so that they share a token.
pub(super) fn normal(kind: Kind, value: &str) -> String {
    let digits = || value.chars().filter(char::is_ascii_digit).collect::<String>();
    match kind {
        Kind::Email => value.replace("%40", "@").to_lowercase(),
        Kind::Card | Kind::Resident => digits(),
        Kind::Account if value.len() <= 14 => digits(),
        Kind::Account | Kind::Key | Kind::Secret => value.to_owned(),
        Kind::Phone => {
            let digits = digits();
            let national = digits.trim_start_matches('0').strip_prefix("82").map(str::to_owned);
            national.unwrap_or(digits).trim_start_matches('0').to_owned()
        }
        Kind::Ip => match value.split_once('-') {
            Some((_, dashed)) => dashed.replace('-', "."),
            None => value.to_ascii_lowercase(),
        },
    }
}

fn account(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let is_account = at.len() == 12
        && boundary::stands_alone(text, &at)
        && !boundary::is_amount(text, &at)
        && !boundary::ends_uuid(text, at.start);
    is_account.then_some(at)
}

fn resident(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(at.clone())?;
    let digits = checksum::digits(value);
    let is_spaced = value.len() > digits.len();
    // Written apart it can hardly be anything else; written as one number the check digit must agree.
    let is_resident = checksum::begins_like_resident(&digits)
        && boundary::is_whole_number(text, &at)
        && (is_spaced || (checksum::resident(&digits) && !boundary::is_amount(text, &at)));
    is_resident.then_some(at)
}

fn card(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let digits = checksum::digits(text.get(at.clone())?);
    // First digits of the networks, 9 for cards that are valid in Korea alone.
    let has_network = matches!(
        digits.as_slice(),
        [3, 0 | 4..=8, ..] | [4 | 6 | 9, ..] | [5, 1..=5, ..] | [2, 2..=7, ..]
    );
    let is_card = has_network
        && (13..=19).contains(&digits.len())
        && checksum::luhn(&digits)
        && boundary::is_whole_number(text, &at)
        && !boundary::is_amount(text, &at);
    is_card.then_some(at)
}

fn international(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(at.clone())?;
    let digits = checksum::digits(value).len();
    let separators = value.chars().skip(1).filter(|letter| !letter.is_ascii_digit());
    let (dots, others) = separators.fold((0, 0), |(dots, others), letter| match letter {
        '.' => (dots + 1, others),
        _ => (dots, others + 1),
    });
    let is_number_with_decimals = dots == 1 && others == 0;
    let enough = if dots + others == 0 { 10 } else { 8 };
    let is_phone = (enough..=15).contains(&digits)
        && !is_number_with_decimals
        && boundary::is_whole_number(text, &at)
        && !boundary::is_amount(text, &at);
    is_phone.then_some(at)
}

fn ipv4(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let is_version = boundary::run_before(text, at.start).eq_ignore_ascii_case("v");
    let is_address = text.get(at.clone())?.parse::<Ipv4Addr>().is_ok()
        && boundary::is_whole_number(text, &at)
        && !is_version;
    is_address.then_some(at)
}

// `a::b` is also a path in code and `::1` is every machine: an address of somebody has more digits.
fn ipv6(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let trimmed = text.get(at.clone())?;
    let at = at.start
        ..at.start
            + trimmed
                .strip_suffix(':')
                .filter(|rest| !rest.ends_with(':'))
                .unwrap_or(trimmed)
                .len();
    let value = text.get(at.clone())?;
    let digits = value.bytes().filter(u8::is_ascii_hexdigit).count();
    let is_free = boundary::run_before(text, at.start).is_empty()
        && boundary::run_after(text, at.end).is_empty();
    (digits >= 5 && is_free && value.parse::<Ipv6Addr>().is_ok()).then_some(at)
}

fn assigned(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(at.clone())?;
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    let is_token = value.starts_with('<');
    (!is_number && !is_token).then_some(at)
}

fn mixed(value: &str) -> bool {
    let has = |test: fn(&u8) -> bool| value.as_bytes().iter().any(test);
    has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}

fn random_enough(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(at.clone())?;
    let is_random = value.bytes().any(|byte| byte.is_ascii_digit() || byte == b'=');
    (is_random && (value.len() < 64 || mixed(value))).then_some(at)
}

// Forty letters of base64 are an AWS secret access key, a hundred and more a session token; paths have more slashes.
fn aws_secret(text: &str, at: Range<usize>) -> Option<Range<usize>> {
    let value = text.get(at.clone())?;
    let slashes = value.bytes().filter(|byte| *byte == b'/').count();
    let is_secret = mixed(value) && slashes * 8 <= value.len();
    is_secret.then_some(at)
}
