//! Amounts as people write them: `1,250.50`, `10k`, `3만`, `1만 5천`.

use wherefore_contract::Decimal;

const SCALES: [(&str, i64); 11] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("백만", 1_000_000),
    ("천만", 10_000_000),
    ("십만", 100_000),
    ("만", 10_000),
    ("억", 100_000_000),
    ("천", 1_000),
    ("백", 100),
    ("k", 1_000),
];
const LETTERS: [(&str, i64); 6] = [
    ("mio", 1_000_000),
    ("mn", 1_000_000),
    ("mm", 1_000_000),
    ("m", 1_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
];

/// The amount at the start of `text` and the bytes that it takes.
pub(in crate::understand) fn amount(text: &str) -> Option<(Decimal, usize)> {
    let (mut value, mut end, mut scale) = part(text)?;
    // "1만 5천": smaller parts follow the larger ones.
    while scale >= 1_000
        && text.get(..end).is_some_and(|said| !said.is_ascii())
        && let Some(rest) = text.get(end..)
        && let Some((more, length, smaller)) = part(rest.trim_start())
        && smaller < scale
        && rest.trim_start().get(..length).is_some_and(|said| !said.is_ascii())
    {
        value = value.checked_add(more)?;
        end += rest.len() - rest.trim_start().len() + length;
        scale = smaller;
    }
    Some((value, end))
}

// A number, the bytes that it takes with its scale, and the scale.
fn part(text: &str) -> Option<(Decimal, usize, i64)> {
    let mut digits = String::new();
    let mut end = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(end) {
        let follows = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' => digits.push(char::from(*byte)),
            b',' if follows => {}
            b'.' if follows && !digits.contains('.') => digits.push('.'),
            _ => break,
        }
        end += 1;
    }
    let value: Decimal = digits.parse().ok()?;
    let rest = text.get(end..)?;
    let spaced = rest.trim_start();
    let gap = rest.len() - spaced.len();
    for (word, factor) in SCALES.into_iter().chain(LETTERS) {
        let Some(after) = spaced.to_lowercase().strip_prefix(word).map(str::len) else { continue };
        let length = spaced.len().saturating_sub(after);
        let ends = spaced.get(length..).and_then(|rest| rest.chars().next());
        let letter = word.is_ascii() && ends.is_some_and(|next| next.is_ascii_alphanumeric());
        // Letters belong to the number only when they are written right behind it.
        if letter || (word.len() <= 2 && word.is_ascii() && gap > 0 && !matches!(word, "mn" | "bn"))
        {
            continue;
        }
        return Some((value.checked_mul(Decimal::from(factor))?, end + gap + length, factor));
    }
    Some((value, end, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_scales() {
        let read =
            |text: &str| amount(text).map(|(value, end)| (value.normalize().to_string(), end));
        for (text, value, end) in [
            ("1,250.50 dollars", "1250.5", 8),
            ("10k", "10000", 3),
            ("1.5k in May", "1500", 4),
            ("2m", "2000000", 2),
            ("3 months", "3", 1),
            ("5만 달러", "50000", 4),
            ("1만 5천 달러", "15000", 9),
            ("2천5백불", "2500", 8),
            ("100만 달러", "1000000", 6),
            ("5 천", "5000", 5),
        ] {
            assert_eq!(read(text), Some((value.to_owned(), end)), "{text}");
        }
    }
}
