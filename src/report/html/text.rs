//! The Markdown of an answer as HTML, its figures linked to their evidence at the bytes where its claims stand.

use std::fmt::Write as _;

use wherefore_contract::{answer::Claim, question::Language};
use wherefore_verify::{VerifiedAnswer, escape};

use crate::{
    cli::markdown::unescape,
    report::{
        markdown::main_part,
        words::{Label, label},
    },
};

/// Rows of a table that stand open; the rest opens on demand.
const ROWS_SHOWN: usize = 10;

/// A stretch of the answer's text, as bytes.
type Span = (usize, usize);

/// What an answer says, and the tables under it.
pub(super) fn parts(answer: &VerifiedAnswer, place: &str) -> (String, String) {
    let own = answer.answer();
    let text = main_part(answer);
    let writer = Writer { text, claims: &own.claims, place, language: own.language };
    let (mut words, mut tables) = (String::new(), String::new());
    let mut headlined = false;
    for (start, end) in blocks(text) {
        let block = text.get(start..end).unwrap_or_default();
        if block.starts_with('|') {
            tables.push_str(&writer.table((start, end)));
        } else if headlined {
            let _ = writeln!(words, "<p>{}</p>", writer.inline((start, end)));
        } else {
            let _ = writeln!(words, "<p class=\"headline\">{}</p>", writer.inline((start, end)));
            headlined = true;
        }
    }
    (words, tables)
}

/// Markdown without links, as text of a page.
pub(super) fn plain(markdown: &str) -> String {
    escape::xml(&unescape(markdown))
}

// Blocks are parted by empty lines.
fn blocks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for block in text.split("\n\n") {
        let end = start + block.len();
        if !block.trim().is_empty() {
            found.push((start, end));
        }
        start = end + 2;
    }
    found
}

fn grid(head: &str, rows: &[String]) -> String {
    format!(
        "<div class=\"table\" tabindex=\"0\"><table>\n<thead>{head}</thead>\n<tbody>{}</tbody>\n</table></div>\n",
        rows.concat()
    )
}

struct Writer<'a> {
    language: Language,
    text: &'a str,
    claims: &'a [Claim],
    place: &'a str,
}

impl Writer<'_> {
    /// Text of a stretch with its figures as links.
    fn inline(&self, (from, to): Span) -> String {
        let mut out = String::new();
        let mut at = from;
        let mut own: Vec<&Claim> = self
            .claims
            .iter()
            .filter(|claim| claim.at.0 >= from && claim.at.1 <= to && claim.at.0 < claim.at.1)
            .collect();
        own.sort_by_key(|claim| claim.at);
        for claim in own {
            if claim.at.0 < at {
                continue;
            }
            out.push_str(&plain(self.text.get(at..claim.at.0).unwrap_or_default()));
            out.push_str(&self.claim(claim));
            at = claim.at.1;
        }
        out.push_str(&plain(self.text.get(at..to).unwrap_or_default()));
        out
    }

    fn claim(&self, claim: &Claim) -> String {
        let shown = plain(self.text.get(claim.at.0..claim.at.1).unwrap_or_default());
        let figure = matches!(claim.kind.as_str(), "fact" | "calc");
        let evidence = claim.facts.first().and_then(|fact| fact.split('/').next());
        match evidence {
            Some(id) if figure => {
                let exact = claim.exact.as_deref().unwrap_or_default();
                format!(
                    "<a class=\"figure\" href=\"#{}-{}\" title=\"{}\">{shown}</a>",
                    self.place,
                    escape::xml(id),
                    escape::xml(exact)
                )
            }
            Some(_) | None => shown,
        }
    }

    fn table(&self, (from, to): Span) -> String {
        let mut lines: Vec<Span> = Vec::new();
        let mut start = from;
        for line in self.text.get(from..to).unwrap_or_default().split('\n') {
            lines.push((start, start + line.len()));
            start += line.len() + 1;
        }
        let mut lines = lines.into_iter();
        let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return String::new() };
        let numeric: Vec<bool> = cells(self.text, rule)
            .into_iter()
            .map(|(from, to)| self.text.get(from..to).unwrap_or_default().ends_with(':'))
            .collect();
        let line = |name: &str, span: Span| {
            let mut out = String::from("<tr>");
            for (at, cell) in cells(self.text, span).into_iter().enumerate() {
                let class = if numeric.get(at) == Some(&true) { " class=\"number\"" } else { "" };
                let scope = if name == "th" { " scope=\"col\"" } else { "" };
                let _ = write!(out, "<{name}{class}{scope}>{}</{name}>", self.inline(cell));
            }
            out.push_str("</tr>\n");
            out
        };
        let rows: Vec<String> = lines.map(|row| line("td", row)).collect();
        let head = line("th", head);
        // A row or two more are shown rather than hidden behind a line of their own.
        let shown = if rows.len() > ROWS_SHOWN + 2 { ROWS_SHOWN } else { rows.len() };
        let (first, rest) = rows.split_at(shown);
        let mut out = grid(&head, first);
        if !rest.is_empty() {
            let words = label(Label::Rest, self.language);
            let _ = writeln!(
                out,
                "<details class=\"rest\"><summary>{words}</summary>\n{}</details>",
                grid(&head, rest)
            );
        }
        out
    }
}

/// The cells of a line of a table, without the spaces at their ends; bars behind a backslash belong to a cell.
fn cells(text: &str, (from, to): Span) -> Vec<Span> {
    let line = text.get(from..to).unwrap_or_default();
    let mut bars = Vec::new();
    let mut escaped = false;
    for (at, letter) in line.char_indices() {
        if letter == '|' && !escaped {
            bars.push(at);
        }
        escaped = letter == '\\' && !escaped;
    }
    bars.windows(2)
        .filter_map(|pair| {
            let [left, right] = pair else { return None };
            let cell = line.get(left + 1..*right)?;
            let lead = cell.len() - cell.trim_start().len();
            let start = from + left + 1 + lead;
            Some((start, start + cell.trim().len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_parted_at_bars_that_are_not_escaped() {
        let line = "x| a\\|b | 1 |";
        let found: Vec<&str> =
            cells(line, (0, line.len())).into_iter().map(|(from, to)| &line[from..to]).collect();
        assert_eq!(found, ["a\\|b", "1"]);
    }
}
