//! What a reader's terminal, page or sheet would do with the text.

use wherefore_contract::answer::Answer;

use super::{Fault, fault, scan};

// A reader's program would act on these.
const ACTIVE: &[&str] =
    &["<", ">", "](", "://", "www.", "javascript:", "data:text", "mailto:", "`"];

pub(super) fn check(answer: &Answer) -> Vec<Fault> {
    let mut faults: Vec<Fault> = unreadable("text", &answer.text);
    // "data:" with words behind it is how sentences begin, too; what counts stands unescaped.
    for sign in ACTIVE {
        for (at, _) in answer.text.match_indices(sign) {
            let before = answer.text.get(..at).unwrap_or_default();
            if !before.ends_with('\\') {
                let near: String =
                    answer.text.get(at..).unwrap_or_default().chars().take(30).collect();
                faults.push(fault("markup", format!("`{near}` stands in the text")));
            }
        }
    }
    let codes = answer.gaps.iter().flat_map(|one| [&one.code, &one.source]);
    let names = answer.result.columns.iter().map(|one| &one.name);
    let verdict = answer.verdict.iter().flat_map(serde_json::Map::keys);
    for word in codes.chain(names).chain(verdict) {
        faults.extend(unreadable("a name", word));
        if word.contains(['<', '>', '`']) {
            faults.push(fault("markup", format!("`{word}` is a name for machines")));
        }
    }
    for chart in &answer.charts {
        faults.extend(unreadable("a chart", &chart.svg));
        let known = ["svg", "title", "desc", "line", "rect", "text", "polyline", "circle", "g"];
        for tag in chart.svg.split('<').skip(1) {
            let tag = tag.trim_start_matches('/');
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            if !known.contains(&name) {
                faults.push(fault("markup", format!("a chart holds `<{name}`")));
            }
        }
        if [" on", "href", "style="].iter().any(|sign| attributes(&chart.svg).contains(sign)) {
            faults.push(fault("markup", "a chart holds an attribute that acts"));
        }
    }
    faults
}

// What stands inside of tags, without their values.
fn attributes(svg: &str) -> String {
    let tags = svg.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|tag| tag.split('"').step_by(2).collect::<String>()).collect::<Vec<_>>().join("\n")
}

fn unreadable(what: &str, text: &str) -> Vec<Fault> {
    let bad = text
        .chars()
        .find(|letter| scan::is_hidden(*letter) || (letter.is_control() && *letter != '\n'));
    bad.map(|letter| fault("markup", format!("U+{:04X} stands in {what}", u32::from(letter))))
        .into_iter()
        .collect()
}

/// Other forms of an answer, as their readers' programs take them: name and bytes as text.
pub(in crate::hostile) fn surfaces(forms: &[(String, String)], answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (form, text) in forms {
        for bad in ["<script", "<img", "onerror=", "javascript:", "\u{1b}", "\u{202e}"] {
            let ours = bad == "<script" && form == "html";
            if !ours && text.to_lowercase().contains(bad) && !escaped(text, bad) {
                faults.push(fault("markup", format!("`{bad}` stands in the {form}")));
            }
        }
        for line in text.lines().filter(|_| form == "csv") {
            if line.split(',').any(|cell| cell.trim_matches('"').starts_with(['=', '@'])) {
                faults.push(fault("markup", format!("a cell of the csv is a formula: {line}")));
            }
        }
        for sentence in answer.claims.iter().filter(|one| one.kind == "fact").take(1) {
            if form == "markdown" && !text.contains(&sentence.shown) {
                faults.push(fault(
                    "figure",
                    format!("the {form} has another figure than the answer"),
                ));
            }
        }
    }
    faults
}

// The words may stand there as words.
fn escaped(text: &str, bad: &str) -> bool {
    let lower = text.to_lowercase();
    let mut places = lower.match_indices(bad);
    !bad.starts_with('<')
        && bad.is_ascii()
        && !bad.starts_with('\u{1b}')
        && places.all(|(at, _)| {
            let before = lower.get(..at).unwrap_or_default();
            let (open, close) = (before.rfind('<'), before.rfind('>'));
            open.is_none() || open < close
        })
}
