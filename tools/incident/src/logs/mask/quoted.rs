//! Quoted text: keys and messages stay, values are masked.

use memchr::memchr;

use super::{Masked, chunk::HTTP_METHODS};

/// Keys whose value says what happened. Their text is read as a line's own words.
const MESSAGES: [&[u8]; 14] = [
    b"msg",
    b"message",
    b"event",
    b"error",
    b"err",
    b"reason",
    b"level",
    b"severity",
    b"lvl",
    b"exception",
    b"cause",
    b"title",
    b"log",
    b"detail",
];
/// A quotation is closed within so many bytes.
const LONGEST: usize = 512;

/// Masks the quotation that begins at `at`, and says where to read on.
pub(super) fn quoted(line: &[u8], at: usize, quote: u8, out: &mut Masked) -> usize {
    out.text.push(quote);
    let opens = at == 0
        || line.get(at - 1).is_some_and(|byte| {
            matches!(byte, b' ' | b'\t' | b'(' | b'[' | b'{' | b'=' | b':' | b',' | b'<')
        });
    let Some(end) = opens.then(|| closing(line, at, quote)).flatten() else { return at + 1 };
    let content = line.get(at + 1..end).unwrap_or_default();
    let after = line.get(end + 1);
    if quote == b'\'' && after.is_some_and(u8::is_ascii_alphanumeric) {
        return at + 1;
    }
    let is_key = after == Some(&b':') && is_name(content);
    let is_kept = key_before(line, at).is_some_and(says_what_happened);
    if is_key || is_kept || is_request(content) {
        return at + 1;
    }
    out.wild();
    out.text.push(quote);
    end + 1
}

/// Whether a key's value is a message.
pub(in crate::logs) fn says_what_happened(key: &[u8]) -> bool {
    MESSAGES.iter().any(|message| key.eq_ignore_ascii_case(message))
}

fn closing(line: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut from = at + 1;
    let bound = line.len().min(at + LONGEST);
    loop {
        let end = from + memchr(quote, line.get(from..bound)?)?;
        let slashes = line.get(at + 1..end)?.iter().rev().take_while(|byte| **byte == b'\\');
        if slashes.count() % 2 == 0 {
            return Some(end);
        }
        from = end + 1;
    }
}

fn is_name(content: &[u8]) -> bool {
    !content.is_empty()
        && content.len() <= 64
        && content.iter().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'@' | b'$')
        })
        && content.iter().filter(|byte| byte.is_ascii_digit()).count() <= 2
}

// `key=` or `"key": ` before the quotation.
fn key_before(line: &[u8], at: usize) -> Option<&[u8]> {
    let before = line.get(..at)?.trim_ascii_end();
    let before = before.strip_suffix(b"=").or_else(|| before.strip_suffix(b":"))?;
    let before = before.strip_suffix(b"\"").unwrap_or(before);
    let length = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
        .count();
    before.get(before.len() - length..)
}

fn is_request(content: &[u8]) -> bool {
    let word = content.split(|byte| *byte == b' ').next().unwrap_or_default();
    word.len() < content.len() && HTTP_METHODS.contains(&word)
}
