//! An answer's Markdown for the terminal: bold headline, drawn tables, no control characters.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use wherefore_contract::question::is_invisible;

/// How the terminal is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only: a file, a pipe, or a terminal that asked for no color.
    Plain,
    /// Bold and dim through ANSI sequences.
    Ansi,
}

impl Style {
    pub(super) fn bold(self, text: &str) -> String {
        self.wrap("\u{1b}[1m", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.wrap("\u{1b}[2m", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Ansi => format!("{code}{text}\u{1b}[0m"),
        }
    }
}

/// Draws Markdown of the kind that answers are written in. The first paragraph is the headline.
pub fn draw(markdown: &str, style: Style, width: Option<u16>) -> String {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut headlined = false;
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        rest = after;
        if line.trim().is_empty() {
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
        } else if line.contains('|') && after.first().is_some_and(|next| is_rule(next)) {
            let length = after.iter().skip(1).take_while(|row| row.contains('|')).count();
            let (rows, remaining) = after.split_at((length + 1).min(after.len()));
            out.push(draw_table(line, rows, width));
            rest = remaining;
        } else if let Some(title) = line.strip_prefix('#') {
            out.push(style.bold(&unescape(title.trim_start_matches('#').trim())));
        } else if headlined {
            out.push(unescape(&bullet(line)));
        } else {
            out.push(style.bold(&unescape(line)));
            headlined = true;
        }
    }
    let mut text = out.join("\n");
    text.truncate(text.trim_end().len());
    text
}

/// Letters that a terminal shows and nothing that steers it.
pub fn visible(text: &str) -> String {
    text.chars().map(|letter| if is_invisible(letter) { ' ' } else { letter }).collect()
}

fn bullet(line: &str) -> String {
    let trimmed = line.trim_start();
    match trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
        Some(item) => format!("  • {item}"),
        None => line.to_owned(),
    }
}

fn is_rule(line: &str) -> bool {
    line.contains("---") && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '))
}

fn draw_table(head: &str, rows: &[&str], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = width {
        table.set_width(width);
    }
    table.set_header(cells(head));
    let mut rows = rows.iter();
    let rule = rows.next().map(|rule| cells(rule)).unwrap_or_default();
    for row in rows {
        table.add_row(cells(row));
    }
    for (column, mark) in table.column_iter_mut().zip(rule) {
        if mark.ends_with(':') {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

// Splits at bars that are not escaped.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for letter in line.trim().trim_start_matches('|').chars() {
        if letter == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| unescape(cell.trim())).collect()
}

/// The text of a piece of Markdown: without escapes, entities and marks of emphasis.
pub fn unescape(piece: &str) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut letters = piece.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(char::is_ascii_punctuation) => {
                text.extend(letters.next());
            }
            '*' if letters.peek() == Some(&'*') => {
                letters.next();
            }
            _ => text.push(letter),
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    visible(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_drawn_with_numbers_to_the_right() {
        let markdown = "The bill is $3.00.\n\n| name | billed |\n|---|---:|\n| a\\|b | $1.00 |\n| c | $20.00 |\n\n- **note** \\*here\\*\n";
        assert_eq!(
            draw(markdown, Style::Plain, Some(40)),
            "\
The bill is $3.00.

┌──────┬────────┐
│ name ┆ billed │
╞══════╪════════╡
│ a|b  ┆  $1.00 │
│ c    ┆ $20.00 │
└──────┴────────┘

  • note *here*"
        );
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let drawn = draw("cost of \u{1b}]0;owned\u{7}\u{202e}x", Style::Plain, None);
        assert!(
            !drawn.contains('\u{1b}') && !drawn.contains('\u{7}') && !drawn.contains('\u{202e}')
        );
    }

    #[test]
    fn only_a_terminal_gets_ansi_sequences() {
        assert_eq!(draw("Yes.", Style::Plain, None), "Yes.");
        assert_eq!(draw("Yes.", Style::Ansi, None), "\u{1b}[1mYes.\u{1b}[0m");
    }
}
