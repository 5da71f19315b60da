//! Cleans a record before it is read: escapes and invisible characters out, long lines cut, stack traces to their head.

use std::borrow::Cow;

use memchr::memchr;

/// A record that can be masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The first line without what was taken out.
    pub line: Cow<'a, [u8]>,
    /// The type of the exception that lines after the first name, e.g. `java.io.IOException`.
    pub exception: Option<&'a [u8]>,
    /// The line was longer than the bound.
    pub is_cut: bool,
    /// Escape sequences, control characters, or characters that turn or hide text were taken out.
    pub is_neutralised: bool,
}

/// Bytes after the first line in which an exception is looked for.
const TRACE_BYTES: usize = 65_536;
/// Lines after the first one that are looked at.
const TRACE_LINES: usize = 400;

/// The first line of a record, at most `most` bytes of it.
#[must_use]
pub fn clean(record: &[u8], most: usize) -> Cleaned<'_> {
    let head = record.get(..record.len().min(most.saturating_add(1))).unwrap_or(record);
    let (first, exception) = match memchr(b'\n', head) {
        Some(end) => {
            let rest = record.get(end + 1..).unwrap_or_default();
            (record.get(..end).unwrap_or_default(), exception_in(rest))
        }
        None => (record, None),
    };
    let is_cut = first.len() > most;
    let first = first.get(..most).unwrap_or(first).trim_ascii_end();
    if first.iter().any(|byte| is_suspicious(*byte)) {
        let (line, is_neutralised) = neutral(first);
        return Cleaned { line: Cow::Owned(line), exception, is_cut, is_neutralised };
    }
    Cleaned { line: Cow::Borrowed(first), exception, is_cut, is_neutralised: false }
}

// Control characters, and the first bytes of the characters that `hidden` knows.
fn is_suspicious(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || matches!(byte, 0x7f | 0xE2 | 0xD8 | 0xEF)
}

fn neutral(line: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(line.len());
    let mut touched = false;
    let mut rest = line;
    while let Some((&byte, after)) = rest.split_first() {
        if byte == 0x1b {
            rest = after_escape(after);
            touched = true;
        } else if (byte < 0x20 && byte != b'\t') || byte == 0x7f {
            out.push(b' ');
            rest = after;
            touched = true;
        } else if let Some(length) = hidden(rest) {
            rest = rest.get(length..).unwrap_or_default();
            touched = true;
        } else {
            out.push(byte);
            rest = after;
        }
    }
    let end = out.trim_ascii_end().len();
    out.truncate(end);
    (out, touched)
}

// What follows an escape sequence (ECMA-48): CSI up to its final byte, OSC up to its end, or one byte.
fn after_escape(rest: &[u8]) -> &[u8] {
    match rest.first() {
        Some(b'[') => {
            let end = rest.iter().skip(1).position(|byte| (0x40..=0x7e).contains(byte));
            rest.get(end.map_or(rest.len(), |end| end + 2)..).unwrap_or_default()
        }
        Some(b']') => {
            let end = rest.iter().position(|byte| matches!(byte, 0x07 | 0x1b));
            let after = rest.get(end.map_or(rest.len(), |end| end + 1)..).unwrap_or_default();
            after.strip_prefix(b"\\").unwrap_or(after)
        }
        Some(_) => rest.get(1..).unwrap_or_default(),
        None => rest,
    }
}

// The length of a character at the start that is not seen or turns the text: bidi marks, embeddings and isolates
// (Unicode Standard Annex 9), zero-width characters, separators of lines and paragraphs, the byte order mark.
fn hidden(rest: &[u8]) -> Option<usize> {
    match rest {
        [0xE2, 0x80, 0x8B..=0x8F | 0xA8..=0xAE, ..]
        | [0xE2, 0x81, 0xA0..=0xAF, ..]
        | [0xEF, 0xBB, 0xBF, ..] => Some(3),
        [0xD8, 0x9C, ..] => Some(2),
        _ => None,
    }
}

// The innermost cause where one is named (`Caused by:`), else the last line that begins with the name of an exception.
fn exception_in(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.get(..rest.len().min(TRACE_BYTES)).unwrap_or(rest);
    let mut found = None;
    let mut cause = None;
    for line in rest.split(|byte| *byte == b'\n').take(TRACE_LINES) {
        let line = line.trim_ascii();
        if let Some(named) = line.strip_prefix(b"Caused by: ") {
            cause = exception_name(named).or(cause);
        } else {
            found = exception_name(line).or(found);
        }
    }
    cause.or(found)
}

/// The dotted name of an exception that a line begins with.
pub(super) fn exception_name(line: &[u8]) -> Option<&[u8]> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$');
    let end = line.iter().position(|byte| !is_part(byte)).unwrap_or(line.len());
    let name = line.get(..end)?;
    let after = line.get(end);
    (is_exception(name) && matches!(after, None | Some(b':' | b' '))).then_some(name)
}

/// Whether a name ends as those of exceptions do.
pub(super) fn is_exception(name: &[u8]) -> bool {
    const ENDS: [&[u8]; 4] = [b"Exception", b"Error", b"Failure", b"Throwable"];
    ENDS.iter().any(|end| name.ends_with(end) && name.len() > end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        String::from_utf8(clean(text.as_bytes(), 100).line.into_owned()).unwrap()
    }

    #[test]
    fn escapes_and_hidden_characters_are_taken_out() {
        assert_eq!(line("\u{1b}[31;1mERROR\u{1b}[0m disk\u{7} full"), "ERROR disk  full");
        assert_eq!(line("user \u{202e}nimda\u{202c} \u{200b}in\u{feff}"), "user nimda in");
        assert_eq!(line("\u{1b}]0;title\u{7}done \u{1b}["), "done");
        assert_eq!(line("결제 “완료”"), "결제 “완료”");
    }

    #[test]
    fn long_lines_are_cut_and_traces_give_their_exception() {
        let long = "x".repeat(1_000_000);
        let cleaned = clean(long.as_bytes(), 4096);
        assert!(cleaned.is_cut && cleaned.line.len() == 4096);
        let java = b"Request failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException: refused\n\tat d";
        assert_eq!(clean(java, 100).exception, Some(&b"java.net.ConnectException"[..]));
        let python =
            b"Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: bad";
        assert_eq!(clean(python, 100).exception, Some(&b"ValueError"[..]));
        assert_eq!(clean(b"a\nb", 100).exception, None);
    }
}
