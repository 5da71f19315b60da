//! JSON objects out of a text: one a line, in an array, or below a wrapping key; a broken one does not take the others along.

use serde_json::Value;

use super::ReadChanges;

/// Calls `take` with the line and the value of every object; broken ones are left out.
///
/// An object with one of the `wrappers` as a key of an array stands for the objects of that array.
pub(super) fn objects(
    text: &str,
    wrappers: &[&str],
    read: &mut ReadChanges,
    mut take: impl FnMut(usize, Value, &mut ReadChanges),
) {
    let bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines { at: 0, line: 1 };
    // Brackets of wrappers that are open; their rest is skipped when the array ends.
    let mut wrapped = 0_usize;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'{' => {
                if let Some(inside) = array_of(bytes, at, wrappers) {
                    wrapped += 1;
                    at = inside;
                    continue;
                }
                let line = lines.of(bytes, at);
                at = entry(text, at, line, read, &mut take);
            }
            b']' if wrapped > 0 => {
                wrapped -= 1;
                at = closing(bytes, at + 1, 1).unwrap_or(bytes.len());
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']' => at += 1,
            _ => {
                read.leave_out(lines.of(bytes, at), "here stands no JSON object");
                at = next_line(bytes, at);
            }
        }
    }
}

/// Reads the object that begins at `at`; returns where to go on.
fn entry(
    text: &str,
    at: usize,
    line: usize,
    read: &mut ReadChanges,
    take: &mut impl FnMut(usize, Value, &mut ReadChanges),
) -> usize {
    let bytes = text.as_bytes();
    let end = closing(bytes, at + 1, 1);
    let slice = text.get(at..end.unwrap_or(bytes.len())).unwrap_or_default();
    match (end, serde_json::from_str::<Value>(slice)) {
        (Some(end), Ok(value)) => {
            take(line, value, read);
            end
        }
        (Some(end), Err(error)) => {
            read.leave_out(line, format!("no JSON: {error}"));
            resume(bytes, at).map_or(end, |next| next.min(end))
        }
        (None, _) => {
            read.leave_out(line, "the text ends in the middle of an entry");
            resume(bytes, at).unwrap_or(bytes.len())
        }
    }
}

/// Lines are counted as the text is walked.
struct Lines {
    at: usize,
    line: usize,
}

impl Lines {
    fn of(&mut self, bytes: &[u8], at: usize) -> usize {
        let passed = bytes.get(self.at..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = at;
        self.line
    }
}

fn next_line(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(bytes.len(), |found| at + found + 1)
}

/// The next line that begins with an object in its first column, as one object a line does.
fn resume(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = next_line(bytes, at);
    while at < bytes.len() {
        if bytes.get(at) == Some(&b'{') {
            return Some(at);
        }
        at = next_line(bytes, at);
    }
    None
}

/// Where the brackets that are open at `at` are closed: the place behind the last of them.
fn closing(bytes: &[u8], mut at: usize, mut depth: usize) -> Option<usize> {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at)?,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The quote that ends the string whose first quote stands at `at`.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let rest = bytes.get(at..)?;
        let found = at + memchr::memchr2(b'"', b'\\', rest)?;
        if bytes.get(found) == Some(&b'"') {
            return Some(found);
        }
        at = found + 2;
    }
}

/// Behind the `[` of the first array below one of the keys, in the object that begins at `at`.
fn array_of(bytes: &[u8], at: usize, keys: &[&str]) -> Option<usize> {
    let mut at = at + 1;
    let mut depth = 1_usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = string_end(bytes, at)?;
                let word = bytes.get(at + 1..end)?;
                if depth == 1 && keys.iter().any(|key| key.as_bytes() == word) {
                    let mut rest = (end + 1..).zip(bytes.get(end + 1..)?);
                    let mut next = rest.by_ref().filter(|(_, byte)| !byte.is_ascii_whitespace());
                    if next.next().is_some_and(|(_, byte)| *byte == b':')
                        && let Some((open, b'[')) = next.next()
                    {
                        return Some(open + 1);
                    }
                }
                at = end;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return None;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}
