//! Lines of a text that belong to one record: a stack trace and the line it follows.

use memchr::memchr;

/// Lines of one record; a longer one goes on in the next.
const LINES: usize = 1000;

/// Whether a line goes on with the record that the line before it began.
#[must_use]
pub fn is_continuation(line: &[u8]) -> bool {
    let inner = line.trim_ascii_start();
    let is_frame = inner.starts_with(b"at ") && memchr(b'(', inner).is_some();
    let is_more = inner.starts_with(b"... ") && inner.trim_ascii_end().ends_with(b" more");
    line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'))
        || is_frame
        || is_more
        || [
            &b"Caused by: "[..],
            b"Suppressed: ",
            b"Traceback (most recent call last)",
            b"goroutine ",
        ]
        .iter()
        .any(|start| inner.starts_with(start))
}

/// The records of a text with the byte at which each begins.
///
/// Lines that begin with white space, frames and causes go on with the record before them; so does a line that begins with
/// the name of an exception, when frames stand before it (Python) or after it (Java).
pub fn records(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let length = record_length(rest);
        let start = from;
        from += length;
        let record = rest.get(..length).unwrap_or(rest);
        Some((start, record.strip_suffix(b"\n").unwrap_or(record)))
    })
}

fn record_length(text: &[u8]) -> usize {
    let mut length = line_length(text);
    let mut in_frames = text.starts_with(b"Traceback (most recent call last)");
    for _ in 1..LINES {
        let rest = text.get(length..).unwrap_or_default();
        let line = rest.get(..line_length(rest)).unwrap_or_default();
        if line.is_empty() {
            break;
        }
        let is_exception = super::clean::exception_name(line).is_some();
        let next = rest.get(line.len()..).unwrap_or_default();
        let leads_frames = next.starts_with(b"\tat ") || next.starts_with(b"    at ");
        if is_continuation(line) {
            in_frames = true;
        } else if !(is_exception && (in_frames || leads_frames)) {
            break;
        }
        length += line.len();
    }
    length
}

fn line_length(text: &[u8]) -> usize {
    memchr(b'\n', text).map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_stay_with_their_line() {
        let text = "one\nERROR two\njava.lang.Bad.SomeException: x\n\tat a.b(C.java:1)\n\t... 3 more\nthree\nTraceback (most recent call last):\n  File \"x\"\nValueError: no\nfour";
        let found: Vec<usize> = records(text.as_bytes())
            .map(|(_, record)| record.split(|byte| *byte == b'\n').count())
            .collect();
        // `three` takes the Python trace that follows it.
        assert_eq!(found, [1, 4, 4, 1]);
        let (start, record) = records(text.as_bytes()).last().unwrap();
        assert_eq!(&text.as_bytes()[start..], record);
    }
}
