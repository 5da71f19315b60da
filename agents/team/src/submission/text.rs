//! Text as models write it: placeholders become spans, Markdown becomes plain words.

use wherefore_contract::{
    draft::{Draft, Format, Sentence, Span, TrendStyle},
    evidence::{FactRef, period_named},
};
use wherefore_model::Findings;

use super::{facts, form::spelled, known::Known};

/// The spans of a text: its words, and a span for each placeholder as `{{e1/0/billed_cost}}`.
pub(super) fn spans(text: &str, known: &Known<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(letter) = rest.chars().next() {
        let held = match letter {
            '{' | '[' | '<' | '`' => bracketed(rest, known),
            'e' | 'E' if !before.is_some_and(char::is_alphanumeric) => bare(rest, known),
            _ => None,
        };
        if let Some((found, after)) = held {
            // A unit sign beside a figure: the figure shows its own.
            if matches!(found, Found::Span(_)) && words.ends_with(['$', '₩', '€']) {
                words.pop();
            }
            match found {
                Found::Span(span) => {
                    push_words(&mut out, &mut words);
                    let is_figure = matches!(span, Span::Value { .. } | Span::Calc { .. });
                    out.push(span);
                    rest = if is_figure { after.strip_prefix('%').unwrap_or(after) } else { after };
                }
                // Where a citation stood: its sentence keeps its evidence beside it.
                Found::Citation => {
                    words.truncate(words.trim_end_matches(' ').len());
                    rest = after;
                }
            }
            before = None;
            continue;
        }
        words.push(letter);
        before = Some(letter);
        rest = rest.get(letter.len_utf8()..).unwrap_or_default();
    }
    push_words(&mut out, &mut words);
    out
}

/// A text cut at blank lines and at the items of lists.
pub(super) fn paragraphs(text: &str) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for block in text.split("\n\n") {
        let is_list = block.lines().filter(|line| is_item(line)).count() > 1;
        if is_list {
            out.extend(block.lines());
        } else {
            out.push(block);
        }
    }
    out.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The draft with the placeholders and the Markdown of its texts resolved; all else as it was.
pub(super) fn mend_draft(mut draft: Draft, known: &Known<'_>) -> Draft {
    let mut sentences: Vec<&mut Sentence> = vec![&mut draft.headline];
    sentences.extend(&mut draft.body);
    sentences.extend(draft.findings.iter_mut().map(|finding| &mut finding.sentence));
    sentences.extend(draft.assumptions.iter_mut().map(|entry| &mut entry.sentence));
    sentences.extend(draft.gaps.iter_mut().flat_map(|gap| [&mut gap.sentence, &mut gap.effect]));
    sentences.extend(draft.charts.iter_mut().map(|chart| &mut chart.title));
    sentences.extend(&mut draft.next);
    for sentence in sentences {
        mend(sentence, known);
    }
    draft
}

/// The same for findings.
pub(super) fn mend_findings(mut findings: Findings, known: &Known<'_>) -> Findings {
    let of_findings = findings.findings.iter_mut().map(|finding| &mut finding.sentence);
    let of_gaps = findings.gaps.iter_mut().flat_map(|gap| [&mut gap.sentence, &mut gap.effect]);
    of_findings.chain(of_gaps).for_each(|sentence| mend(sentence, known));
    findings
}

fn mend(sentence: &mut Sentence, known: &Known<'_>) {
    let needs = |span: &Span| matches!(span, Span::Text { text } if text.contains(MARKS) || text.contains(|l: char| l.is_ascii_digit()));
    if !sentence.0.iter().any(needs) {
        return;
    }
    let old = std::mem::take(&mut sentence.0);
    for span in old {
        if let Span::Text { text } = &span {
            sentence.0.extend(spans(text, known));
        } else {
            sentence.0.push(span);
        }
    }
}

// None of these may stand in the text of an answer, so nothing that may is changed.
const MARKS: [char; 11] = ['{', '[', '<', '`', '*', '#', '_', '~', '\n', '\t', '>'];

enum Found {
    Span(Span),
    Citation,
}

/// A placeholder or a citation in brackets at the start of `text`, and what follows it.
fn bracketed<'t>(text: &'t str, known: &Known<'_>) -> Option<(Found, &'t str)> {
    const PAIRS: [(&str, &str); 7] = [
        ("{{{", "}}}"),
        ("{{", "}}"),
        ("{", "}"),
        ("[[", "]]"),
        ("[", "]"),
        ("<", ">"),
        ("`", "`"),
    ];
    for (open, close) in PAIRS {
        let Some(inner) = text.strip_prefix(open) else { continue };
        let Some((inner, after)) = inner.split_once(close) else { continue };
        if let Some(span) = placeholder(inner, known) {
            return Some((Found::Span(span), after));
        }
        let cites = |part: &str| facts::evidence_id(part).is_some();
        if open == "[" && inner.split([',', ';']).all(cites) {
            return Some((Found::Citation, after));
        }
    }
    None
}

/// A reference without brackets: `e1/0/billed_cost`.
fn bare<'t>(text: &'t str, known: &Known<'_>) -> Option<(Found, &'t str)> {
    let end = text
        .find(|l: char| {
            !(l.is_ascii_alphanumeric() || matches!(l, '_' | '/' | '#' | ':' | '.' | '-'))
        })
        .unwrap_or(text.len());
    let token = text.get(..end)?.trim_end_matches(['.', ':', '-', '/', '#']);
    let marks = token.bytes().filter(|b| matches!(b, b'/' | b'#')).count();
    if marks != 2 {
        return None;
    }
    let fact = facts::fact_written(token, known)?;
    Some((Found::Span(cell(fact, Format::Auto, known)), text.get(token.len()..)?))
}

/// `e1/0/x`, `name e1/0/x`, `share(e1/0/x, e2/0/x)`, `e1/0/x|signed`, `count(e1)`, `period 2026-04`.
fn placeholder(inner: &str, known: &Known<'_>) -> Option<Span> {
    let inner = inner.trim();
    let (inner, format) = match inner.rsplit_once('|') {
        Some((inner, format)) => (inner.trim(), format_named(format.trim())?),
        None => (inner, Format::Auto),
    };
    if let Some(fact) = facts::fact_written(inner, known) {
        return Some(cell(fact, format, known));
    }
    let end = inner.find(|l: char| !(l.is_ascii_alphabetic() || l == '_')).unwrap_or(inner.len());
    let (head, rest) = inner.split_at_checked(end)?;
    let rest = rest.trim_start_matches([':', ' ', '(']).trim_end_matches([')', ' ']);
    let mut facts =
        rest.split(',').map(|part| facts::fact_written(part, known)).collect::<Option<Vec<_>>>();
    let mut one =
        || facts.take().filter(|facts| facts.len() == 1).and_then(|mut facts| facts.pop());
    let head = spelled(head);
    Some(match head.as_str() {
        "value" | "fact" => cell(one()?, format, known),
        "name" => Span::Name { fact: one()? },
        "measure" => Span::Measure { fact: one()? },
        "count" => Span::Count { evidence: facts::evidence_id(rest)? },
        "period" => Span::Period { period: period_named(rest)? },
        "particle" => {
            let particle = serde_json::Value::String(spelled(rest));
            Span::Particle { particle: serde_json::from_value(particle).ok()? }
        }
        "trend" => match facts?.as_slice() {
            [to] => Span::Trend { from: None, to: to.clone(), style: TrendStyle::Verb },
            [from, to] => {
                Span::Trend { from: Some(from.clone()), to: to.clone(), style: TrendStyle::Verb }
            }
            _ => return None,
        },
        _ => {
            let op = serde_json::from_value(serde_json::Value::String(head)).ok()?;
            Span::Calc { op, facts: facts.filter(|facts| !facts.is_empty())?, format }
        }
    })
}

fn cell(fact: FactRef, format: Format, known: &Known<'_>) -> Span {
    if known.holds_names(&fact.evidence, &fact.column) == Some(true) {
        Span::Name { fact }
    } else {
        Span::Value { fact, format }
    }
}

fn format_named(word: &str) -> Option<Format> {
    serde_json::from_value(serde_json::Value::String(spelled(word))).ok()
}

fn push_words(out: &mut Vec<Span>, words: &mut String) {
    let text = plain(words, out.is_empty());
    words.clear();
    if !text.is_empty() {
        out.push(Span::Text { text });
    }
}

/// Words without Markdown. Spaces at the ends stay, as they part the words from the spans beside them.
fn plain(words: &str, is_first: bool) -> String {
    if !words.contains(MARKS) {
        return words.to_owned();
    }
    let mut lines = Vec::new();
    for (index, line) in words.lines().enumerate() {
        let at_start = index > 0 || is_first;
        let line = if at_start { without_lead(line) } else { line };
        lines.push(if index > 0 { line.trim_start() } else { line });
    }
    let joined =
        lines.iter().filter(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let joined = linked(&joined);
    let bare: String = joined.replace("__", "").replace('\t', " ");
    let bare: String = bare.chars().filter(|l| !matches!(l, '*' | '`' | '~')).collect();
    // A line that ended before a span ended in a space.
    let ended = words.ends_with(['\n', ' ']) && !bare.ends_with(' ') && !bare.is_empty();
    if ended { format!("{bare} ") } else { bare }
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    ["- ", "* ", "• "].iter().any(|mark| line.starts_with(mark))
}

/// A line without the marks of a heading, a list item or a quote.
fn without_lead(line: &str) -> &str {
    let bare = line.trim_start();
    let heading = bare.trim_start_matches('#');
    if heading.len() < bare.len() && heading.starts_with(' ') {
        return heading.trim_start();
    }
    match ["- ", "* ", "• ", "> "].iter().find_map(|mark| bare.strip_prefix(mark)) {
        Some(rest) => rest.trim_start(),
        None => line,
    }
}

/// `[words](address)` as its words.
fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('[') {
        let link = inside
            .split_once("](")
            .filter(|(label, _)| !label.contains(']'))
            .and_then(|(label, after)| Some((label, after.split_once(')')?.1)));
        out.push_str(before);
        if let Some((label, after)) = link {
            out.push_str(label);
            rest = after;
        } else {
            out.push('[');
            rest = inside;
        }
    }
    out.push_str(rest);
    out
}
