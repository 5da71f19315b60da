//! Text and figures as they may stand in a ticket.

use jiff::{Timestamp, tz::TimeZone};

// Longer names are cut.
const LONGEST: usize = 160;

/// What others wrote, on one line: without control characters, colours of terminals, marks that turn the direction of writing
/// or cannot be seen; cut when it is long.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            skip_colour(&mut letters);
        } else if letter.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !letter.is_control() && !is_unseen(letter) {
            out.push(letter);
        }
    }
    let out = out.trim_end();
    if out.chars().count() <= LONGEST {
        return out.to_owned();
    }
    out.chars().take(LONGEST - 1).chain(['…']).collect()
}

// The rest of an escape sequence such as `[31m`.
fn skip_colour(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    if letters.next_if_eq(&'[').is_some() {
        while letters.next_if(|letter| !('@'..='~').contains(letter)).is_some() {}
        letters.next();
    }
}

fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The same as a code span of Markdown, in which nothing is a mention, a link or markup.
pub(super) fn code(text: &str) -> String {
    let text = plain(text).replace('`', "'").replace('|', "¦");
    if text.is_empty() { "–".to_owned() } else { format!("`{text}`") }
}

/// A figure with four significant digits, thousands apart by commas.
pub(super) fn figure(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let size = value.abs();
    if size > 0.0 && !(1e-6..1e15).contains(&size) {
        return format!("{value:.3e}");
    }
    let mut decimals = 3;
    let mut bound = 10.0;
    while decimals > 0 && size >= bound {
        decimals -= 1;
        bound *= 10.0;
    }
    let mut small = 1.0;
    while size > 0.0 && size < small && decimals < 9 {
        decimals += 1;
        small /= 10.0;
    }
    let text = format!("{value:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(text)
}

fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) =
        rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    if out == "-0" { "0".to_owned() } else { out }
}

/// A figure with its sign.
pub(super) fn signed(value: f64) -> String {
    let text = figure(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// A figure with its unit.
pub(super) fn with_unit(figure: &str, unit: Option<&str>) -> String {
    let unit = unit.map(plain).filter(|unit| !unit.is_empty());
    unit.map_or_else(|| figure.to_owned(), |unit| format!("{figure} {unit}"))
}

/// A time to the minute, in UTC.
pub(super) fn minute(time: Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_four_digits_and_say_no_more() {
        let shown =
            [0.0, 3.24159, -12.0, 236.04, 1_234_567.8, 0.000_123_456, f64::NAN, 1e-9, -0.0001];
        let expected =
            ["0", "3.242", "-12", "236", "1,234,568", "0.0001235", "–", "1.000e-9", "-0.0001"];
        assert_eq!(shown.map(figure), expected);
        assert_eq!([signed(2.0), signed(-2.0), signed(0.0)], ["+2", "-2", "0"]);
    }

    #[test]
    fn what_others_wrote_is_one_plain_line() {
        let nasty = "\u{1b}[31mred\u{1b}[0m\n\n@team \u{202e}gnp.exe `x` | [a](http://b)\u{0}";
        assert_eq!(plain(nasty), "red @team gnp.exe `x` | [a](http://b)");
        assert_eq!(code(nasty), "`red @team gnp.exe 'x' ¦ [a](http://b)`");
        assert_eq!(plain(&"x".repeat(1_000_000)).chars().count(), LONGEST);
        assert_eq!(code("\u{200b}"), "–");
        assert_eq!(plain("\u{1b}["), "");
    }
}
