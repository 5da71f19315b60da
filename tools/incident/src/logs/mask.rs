//! Replaces values in a line by marks, in one pass over its bytes.
//!
//! Masked: UUIDs, URLs, addresses with their ports, dotted names of three and more parts, paths, hexadecimal and decimal
//! numbers, times, durations, words with three and more digits, quoted values, months and weekdays beside a number. Words
//! with one or two digits (`eth0`, `http2`) become weak marks: whether they are constants is seen when all lines are read.

mod chunk;
mod quoted;

pub(super) use chunk::HTTP_METHODS;
pub(super) use quoted::says_what_happened;

/// Stands for a value in masked text.
pub(super) const WILD: u8 = 0x02;
/// Stands for digits inside a word in masked text.
pub(super) const WEAK: u8 = 0x01;

const DIGIT: u8 = 1;
const ALPHA: u8 = 2;
const SPACE: u8 = 4;
const DELIM: u8 = 8;
const SLASH: u8 = 16;
const SPECIAL: u8 = 32;
const COLON: u8 = 64;
const HIGH: u8 = 128;

const CLASSES: [u8; 256] = classes();

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "built while compiling"
)]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => ALPHA,
            0x80.. => HIGH,
            b' ' | b'\t' => SPACE,
            b'=' | b',' | b';' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b'|'
            | b'<' | b'>' => DELIM,
            b'/' => SLASH,
            b'.' | b'\\' | b'@' => SPECIAL,
            b':' => COLON,
            _ => 0,
        };
        at += 1;
    }
    table
}

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

fn class_at(line: &[u8], at: usize) -> u8 {
    line.get(at).map_or(0, |byte| class(*byte))
}

/// A masked line; its memory is used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The text with marks, words set apart by single spaces.
    pub text: Vec<u8>,
    /// Where the words with weak marks stand in the line, in order.
    pub weak: Vec<(usize, usize)>,
}

impl Masked {
    fn wild(&mut self) {
        self.text.push(WILD);
    }

    fn copy(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    fn space(&mut self) {
        if self.text.last().is_some_and(|last| *last != b' ') {
            self.text.push(b' ');
        }
    }
}

/// Masks a cleaned line.
pub(super) fn mask(line: &[u8], out: &mut Masked) {
    out.text.clear();
    out.weak.clear();
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        let kind = class(byte);
        if kind & SPACE != 0 {
            out.space();
            at += 1;
        } else if kind & DELIM != 0 {
            at = match byte {
                b'"' | b'\'' => quoted::quoted(line, at, byte, out),
                _ => {
                    out.text.push(byte);
                    at + 1
                }
            };
        } else {
            let (end, flags) = end_of_chunk(line, at);
            at = if flags & (DIGIT | SLASH | SPECIAL) == 0 {
                out.copy(line.get(at..end).unwrap_or_default());
                end
            } else {
                chunk::chunk(line, at, end, flags, out)
            };
        }
    }
    while out.text.last() == Some(&b' ') {
        out.text.pop();
    }
}

// Up to a space or a delimiter; a comma between digits belongs to a number.
fn end_of_chunk(line: &[u8], start: usize) -> (usize, u8) {
    let mut flags = 0;
    let mut at = start;
    loop {
        for byte in line.get(at..).unwrap_or_default() {
            let kind = class(*byte);
            if kind & (SPACE | DELIM) != 0 {
                break;
            }
            flags |= kind;
            at += 1;
        }
        let inside = line.get(at) == Some(&b',')
            && flags & DIGIT != 0
            && at > start
            && class_at(line, at - 1) == DIGIT
            && class_at(line, at + 1) == DIGIT;
        if !inside {
            return (at, flags);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(line: &str) -> String {
        let mut out = Masked::default();
        mask(line.as_bytes(), &mut out);
        String::from_utf8(out.text).unwrap().replace('\u{2}', "<*>").replace('\u{1}', "#")
    }

    #[test]
    fn values_of_every_kind_are_masked() {
        for (line, expected) in [
            ("took 12ms of 1,234 bytes", "took <*> of <*> bytes"),
            ("id 7f9c24e8-3b12-4a6d-9c1e-0a1b2c3d4e5f ok", "id <*> ok"),
            ("from /10.1.2.3:8080: reset", "from <*>: reset"),
            ("(10.0.0.1, port=22)", "(<*>, port=<*>)"),
            ("see https://a.b/c?d=1&e=(2) now", "see <*> now"),
            ("open /var/log/x.log failed.", "open <*> failed."),
            ("at org.apache.hadoop.Node", "at <*>"),
            ("java.lang.OutOfMemoryError: heap", "java.lang.OutOfMemoryError: heap"),
            ("addr 0x7ffe and deadbeef01", "addr <*> and <*>"),
            ("block blk_-12345 of -7", "block <*> of <*>"),
            ("eth0 up", "eth# up"),
            ("HTTP/1.1 200", "HTTP/#.# <*>"),
            ("2026-01-02T03:04:05.678Z start", "<*> start"),
            ("on Sun Mar 3 10:00:00 2024 done", "on <*> <*> <*> <*> <*> done"),
            ("주문 12345번이 10,000원", "주문 <*>번이 <*>원"),
            ("read/write of 5%", "read/write of <*>%"),
            ("pid:4711 user@host.example", "pid:<*> <*>"),
            ("mac 00:1b:44:11:3a:b7 v6 fe80::1ff:fe23", "mac <*> v# <*>"),
            ("file C:\\tmp\\a.txt gone", "file <*> gone"),
        ] {
            assert_eq!(masked(line), expected, "{line}");
        }
    }

    #[test]
    fn quoted_values_are_masked_and_messages_kept() {
        for (line, expected) in [
            (r#"relation "users" missing"#, r#"relation "<*>" missing"#),
            (r#"{"level":"info","user":"kim","n":3}"#, r#"{"level":"info","user":"<*>","n":<*>}"#),
            (r#"msg="cache miss" key="a b""#, r#"msg="cache miss" key="<*>""#),
            (r#""GET /a/1 HTTP/1.1" 200 "curl x""#, r#""GET <*> HTTP/#.#" <*> "<*>""#),
            ("can't open 'a b'", "can't open '<*>'"),
            (r#"an "open quote"#, r#"an "open quote"#),
        ] {
            assert_eq!(masked(line), expected, "{line}");
        }
    }
}
