//! Masks one chunk of a line: what stands between spaces and delimiters.

use memchr::memmem;

use super::{ALPHA, COLON, DIGIT, HIGH, Masked, SLASH, WEAK, class};
use crate::logs::clean::is_exception;

/// Words that begin a request (RFC 9110, RFC 5789).
pub(in crate::logs) const HTTP_METHODS: [&[u8]; 9] =
    [b"GET", b"POST", b"PUT", b"DELETE", b"PATCH", b"HEAD", b"OPTIONS", b"CONNECT", b"TRACE"];

const DAYS_AND_MONTHS: [&[u8]; 19] = [
    b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun", b"Jan", b"Feb", b"Mar", b"Apr", b"May",
    b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Masks `line[start..end]` and says where to read on, which may be further: addresses hold delimiters.
pub(super) fn chunk(line: &[u8], start: usize, end: usize, flags: u8, out: &mut Masked) -> usize {
    let word = line.get(start..end).unwrap_or_default();
    if flags & SLASH != 0 {
        let scheme = memmem::find(word, b"://").is_some_and(|at| at > 0);
        let is_path = word.len() > 1 && word.first() == Some(&b'/') && word != b"//";
        if scheme || is_path {
            let end = end_of_address(line, end);
            let whole = line.get(start..end).unwrap_or_default();
            out.wild();
            out.copy(trailing(whole));
            return end;
        }
    }
    let lead =
        word.iter().take_while(|byte| matches!(byte, b'#' | b'@' | b'$' | b'~' | b'*' | b':'));
    let (lead, rest) = word.split_at_checked(lead.count()).unwrap_or((word, b""));
    let trail = trailing(rest);
    let core = rest.get(..rest.len() - trail.len()).unwrap_or_default();
    out.copy(lead);
    if core.first().is_some_and(u8::is_ascii_digit) {
        dates_before(out);
    }
    let offset = start + lead.len();
    mask_core(core, offset, flags, out);
    out.copy(trail);
    end
}

// A path or a URL runs on through `=`, `,`, `;` and brackets that open inside it.
fn end_of_address(line: &[u8], from: usize) -> usize {
    let rest = line.get(from..).unwrap_or_default();
    let mut open = 0_u32;
    let mut length = 0;
    for byte in rest {
        match byte {
            b' ' | b'\t' | b'"' | b'\'' | b'<' | b'>' | b'|' | b'{' | b'}' => break,
            b'(' | b'[' => open += 1,
            b')' | b']' if open == 0 => break,
            b')' | b']' => open -= 1,
            _ => {}
        }
        length += 1;
    }
    let taken = rest.get(..length).unwrap_or_default();
    let kept = taken.iter().rev().take_while(|byte| matches!(byte, b',' | b';'));
    from + length - kept.count()
}

fn trailing(word: &[u8]) -> &[u8] {
    let count =
        word.iter().rev().take_while(|byte| matches!(byte, b'.' | b':' | b'!' | b'?' | b'%'));
    word.get(word.len() - count.count()..).unwrap_or_default()
}

// `Sun Mar ` before a number that is being written.
fn dates_before(out: &mut Masked) {
    let mut ends = out.text.len();
    let mut names = 0;
    while names < 2 && ends >= 4 {
        let is_name = out.text.get(ends - 4..ends - 1).is_some_and(|name| {
            out.text.get(ends - 1) == Some(&b' ') && DAYS_AND_MONTHS.contains(&name)
        });
        let before = ends.checked_sub(5).and_then(|at| out.text.get(at));
        if !is_name || before.is_some_and(u8::is_ascii_alphanumeric) {
            break;
        }
        names += 1;
        ends -= 4;
    }
    if names > 0 {
        out.text.truncate(ends);
        for _ in 0..names {
            out.wild();
            out.text.push(b' ');
        }
    }
}

fn flags_of(word: &[u8]) -> u8 {
    word.iter().fold(0, |flags, byte| flags | class(*byte))
}

fn count(word: &[u8], byte: u8) -> usize {
    memchr::memchr_iter(byte, word).count()
}

fn mask_core(core: &[u8], offset: usize, flags: u8, out: &mut Masked) {
    if flags & DIGIT == 0 {
        without_digits(core, out);
    } else if flags & (ALPHA | HIGH) == 0 {
        if core.iter().any(u8::is_ascii_digit) {
            out.wild();
        } else {
            out.copy(core);
        }
    } else if flags & HIGH != 0 {
        numbers_in_words(core, out);
    } else {
        let unsigned = core.strip_prefix(b"-").or_else(|| core.strip_prefix(b"+")).unwrap_or(core);
        if unsigned.first().is_some_and(u8::is_ascii_digit) {
            out.wild();
        } else {
            begins_with_letter(core, offset, flags, out);
        }
    }
}

fn without_digits(core: &[u8], out: &mut Masked) {
    let dots = count(core, b'.');
    let is_mail = dots > 0 && count(core, b'@') == 1 && core.first() != Some(&b'@');
    let is_drive = matches!(core, [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic());
    let parts = core.split(|byte| *byte == b'.');
    let is_dotted = dots >= 2
        && core.len() > 6
        && parts.clone().all(|part| !part.is_empty())
        && !core.split(|byte| *byte == b':').any(is_exception);
    let is_path = count(core, b'/') >= 2 && core.len() > 4;
    if is_mail || is_drive || is_dotted || is_path {
        out.wild();
    } else {
        out.copy(core);
    }
}

// Numbers that are written together with letters of other scripts: `12345번`.
fn numbers_in_words(core: &[u8], out: &mut Masked) {
    let mut rest = core;
    while let Some((&byte, after)) = rest.split_first() {
        if byte.is_ascii_digit() {
            let length = rest
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b','))
                .count();
            out.wild();
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.text.push(byte);
            rest = after;
        }
    }
}

fn begins_with_letter(core: &[u8], offset: usize, flags: u8, out: &mut Masked) {
    let colons = if flags & COLON == 0 { 0 } else { count(core, b':') };
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b'-' | b':');
    if core.iter().all(is_hex) && (colons >= 2 || (colons == 0 && core.len() >= 6)) {
        out.wild();
        return;
    }
    if matches!(core, [drive, b':', b'\\', ..] if drive.is_ascii_alphabetic()) {
        out.wild();
        return;
    }
    if colons > 0
        && let Some(at) = core.iter().position(|byte| *byte == b':')
    {
        let (left, right) = core.split_at_checked(at).unwrap_or((core, b""));
        let right = right.get(1..).unwrap_or_default();
        let left_flags = flags_of(left);
        let is_port = !right.is_empty() && right.iter().all(u8::is_ascii_digit);
        if is_port && (left_flags & DIGIT != 0 || left.contains(&b'.')) {
            out.wild();
            return;
        }
        mask_core(left, offset, left_flags, out);
        out.text.push(b':');
        if !right.is_empty() {
            mask_core(right, offset + at + 1, flags_of(right), out);
        }
        return;
    }
    mixed(core, offset, flags, out);
}

fn mixed(core: &[u8], offset: usize, flags: u8, out: &mut Masked) {
    let digits = core.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_product = flags & SLASH != 0
        && count(core, b'/') == 1
        && core.split(|byte| *byte == b'/').next().is_some_and(|name| flags_of(name) == ALPHA)
        && core.split(|byte| *byte == b'/').nth(1).is_none_or(|part| flags_of(part) & ALPHA == 0);
    let is_mail = core.contains(&b'@') && core.contains(&b'.');
    let is_dotted = count(core, b'.') >= 2 && !is_product;
    let is_path = flags & SLASH != 0 && !is_product;
    if digits > 2 || is_mail || is_dotted || is_path {
        out.wild();
        return;
    }
    out.weak.push((offset, offset + core.len()));
    let mut in_digits = false;
    for byte in core {
        if byte.is_ascii_digit() {
            if !in_digits {
                out.text.push(WEAK);
            }
            in_digits = true;
        } else {
            out.text.push(*byte);
            in_digits = false;
        }
    }
}
