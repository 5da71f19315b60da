//! Other people's text as one harmless line.

use wherefore_contract::question::is_invisible;

/// One line without control, bidi and zero-width characters, at most `limit` characters; a cut is marked.
pub(crate) fn clean(raw: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut gap = false;
    for letter in raw.chars() {
        if letter.is_whitespace() || is_hidden(letter) {
            gap = !out.is_empty();
            continue;
        }
        if count + usize::from(gap) >= limit {
            out.push('…');
            return out;
        }
        if gap {
            out.push(' ');
            count += 1;
            gap = false;
        }
        out.push(letter);
        count += 1;
    }
    out
}

/// Characters that show nothing or change how others are shown: those of [`is_invisible`], variation selectors, fillers
/// and the private use areas.
fn is_hidden(letter: char) -> bool {
    is_invisible(letter)
        || matches!(letter,
            '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}'
            | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e0100}'..='\u{e01ef}' | '\u{f0000}'..='\u{10ffff}')
}
