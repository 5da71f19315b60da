//! Where a number begins and ends in a text: escapes, identifiers around it, and amounts of money, which are no identifiers.

use std::ops::Range;

/// Currencies whose code or word beside a number says that it is an amount.
const CURRENCIES: &[&str] = &[
    "USD", "KRW", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "INR", "BRL", "SGD", "HKD",
    "원", "달러", "엔", "유로", "won", "dollars", "cents",
];
const SYMBOLS: &[char] = &['$', '₩', '￦', '€', '£', '¥', '￥'];

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The ASCII letters and digits that stand directly before `at`, without a percent escape (`%3A`) or a JSON escape (`\n`,
/// `\u0020`) that only looks like them.
pub(super) fn run_before(text: &str, at: usize) -> &str {
    let head = before(text, at);
    let start = head.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric()).len();
    let run = after(head, start);
    let skip = match head.get(..start).and_then(|rest| rest.chars().next_back()) {
        Some('%') => 2,
        Some('\\') if run.starts_with('u') => 5,
        Some('\\') => 1,
        Some(_) | None => 0,
    };
    run.get(skip..).unwrap_or_default()
}

/// The ASCII letters and digits that stand directly after `at`.
pub(super) fn run_after(text: &str, at: usize) -> &str {
    let tail = after(text, at);
    let rest = tail.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
    tail.get(..tail.len() - rest.len()).unwrap_or_default()
}

/// Whether the digits stand alone or in a name of letters (`bucket123456789012`), not inside a longer number or an id of
/// letters and digits.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let has_digit = |run: &str| run.bytes().any(|byte| byte.is_ascii_digit());
    !has_digit(run_before(text, range.start)) && !has_digit(run_after(text, range.end))
}

/// Whether neither a digit nor a separator after a digit stands before, nor either after.
pub(super) fn is_whole_number(text: &str, range: &Range<usize>) -> bool {
    let mut back = before(text, range.start).chars().rev();
    let is_joined_before = match (back.next(), back.next()) {
        (Some(last), _) if last.is_ascii_digit() => !run_before(text, range.start).is_empty(),
        (Some('.' | '-' | '_'), Some(earlier)) => earlier.is_ascii_digit(),
        _ => false,
    };
    let mut forth = after(text, range.end).chars();
    let is_joined_after = match (forth.next(), forth.next()) {
        (Some(next), _) if next.is_ascii_digit() => true,
        (Some('.' | '-' | '_'), Some(later)) => later.is_ascii_digit(),
        _ => false,
    };
    !is_joined_before && !is_joined_after
}

/// Whether the number is an amount: it has decimals, is the decimals of another number, has a sign of its own, or has a
/// currency beside it.
pub(super) fn is_amount(text: &str, range: &Range<usize>) -> bool {
    let (head, tail) = (before(text, range.start), after(text, range.end));
    has_decimals(tail) || is_decimals(head) || is_signed(head) || has_currency(head, tail)
}

fn has_decimals(tail: &str) -> bool {
    let mut letters = tail.chars();
    match letters.next() {
        Some('%') => !is_hex_pair(letters.as_str()),
        Some('.' | ',') => letters.next().is_some_and(|letter| letter.is_ascii_digit()),
        Some(_) | None => false,
    }
}

fn is_hex_pair(text: &str) -> bool {
    text.len() >= 2 && text.bytes().take(2).all(|byte| byte.is_ascii_hexdigit())
}

// `0.` and `1,234.` before the number; `v1.` is a version.
fn is_decimals(head: &str) -> bool {
    let Some(whole) = head.strip_suffix('.') else { return false };
    let rest = whole.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ',');
    let is_number = rest.len() < whole.len();
    is_number && !rest.ends_with(|letter: char| letter.is_alphanumeric() || letter == '.')
}

fn is_signed(head: &str) -> bool {
    let Some(rest) = head.strip_suffix(['-', '+', '−']) else { return false };
    !rest.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == '/')
}

fn has_currency(head: &str, tail: &str) -> bool {
    let (head, tail) = (head.trim_end_matches([' ', '-', '+']), tail.trim_start_matches(' '));
    head.ends_with(SYMBOLS)
        || CURRENCIES.iter().any(|currency| head.ends_with(currency) || tail.starts_with(currency))
}

/// Whether the twelve digits are the last group of a UUID.
pub(super) fn ends_uuid(text: &str, start: usize) -> bool {
    const HEAD: &[usize] = &[8, 4, 4, 4];
    let Some(head) = start.checked_sub(24).and_then(|from| text.get(from..start)) else {
        return false;
    };
    let Some(head) = head.strip_suffix('-') else { return false };
    let groups: Vec<&str> = head.split('-').collect();
    groups.len() == HEAD.len()
        && groups.iter().zip(HEAD).all(|(group, length)| {
            group.len() == *length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

/// The range without a JSON escape that its first letter belongs to (`\nkim@…`).
pub(super) fn past_escape(text: &str, range: Range<usize>) -> Range<usize> {
    let slashes = before(text, range.start).bytes().rev().take_while(|byte| *byte == b'\\').count();
    let first = after(text, range.start).bytes().next();
    match first {
        Some(b'n' | b't' | b'r' | b'b' | b'f') if slashes % 2 == 1 => range.start + 1..range.end,
        Some(_) | None => range,
    }
}
