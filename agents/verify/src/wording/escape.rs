//! Names from bills are written by others: what a reader sees of them is made harmless here.

use wherefore_contract::question::is_invisible;

/// The longest part of a name that is shown, in characters.
pub const NAME_LIMIT: usize = 80;

/// A name as Markdown text: no control, bidi or escape characters, no markup, bounded length.
#[must_use]
pub fn name(raw: &str) -> String {
    let mut out = String::new();
    for letter in plain(raw).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '#' | '!' | '~' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            // Emphasis needs an underscore at the edge of a word.
            '_' if out.ends_with('_') || out.is_empty() => out.push_str("\\_"),
            other => out.push(other),
        }
    }
    // A bare address would become a link.
    out.replace("://", ":\\//").replace("www.", "www\\.")
}

/// A name as plain text: readable characters only, one line, bounded length.
#[must_use]
pub fn plain(raw: &str) -> String {
    let stripped = strip_ansi(raw);
    let clean: String =
        stripped.chars().map(|letter| if is_unreadable(letter) { ' ' } else { letter }).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= NAME_LIMIT {
        return words;
    }
    let head: String = words.chars().take(NAME_LIMIT - 1).collect();
    format!("{}…", head.trim_end())
}

/// Text inside SVG or HTML.
#[must_use]
pub fn xml(raw: &str) -> String {
    let mut out = String::new();
    for letter in raw.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other if is_unreadable(other) => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Characters that show nothing, or that change how others are shown.
#[must_use]
pub fn is_unreadable(letter: char) -> bool {
    is_invisible(letter)
        || matches!(letter,
            '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}'
            | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}')
        || (letter.is_whitespace() && letter != ' ')
}

fn strip_ansi(raw: &str) -> String {
    let mut out = String::new();
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            out.push(letter);
            continue;
        }
        if letters.next_if_eq(&'[').is_some() {
            for next in letters.by_ref() {
                if ('@'..='~').contains(&next) {
                    break;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_plain_words() {
        assert_eq!(name("a|b`c`\u{202e}x\u{1b}[31mred"), "a\\|b\\`c\\` xred");
        assert_eq!(name("<img src=x onerror=1>"), "&lt;img src=x onerror=1&gt;");
        assert_eq!(name("![x](https://evil/?v=1)"), "\\!\\[x\\](https:\\//evil/?v=1)");
        assert_eq!(name(&"가".repeat(100)).chars().count(), NAME_LIMIT);
        assert_eq!(xml("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
    }
}
