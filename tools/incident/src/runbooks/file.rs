//! Runbooks that people write: Markdown with front matter, read strictly.
//!
//! ```text
//! ---
//! id: roll-back-checkout
//! title: Roll back checkout
//! language: en
//! causes: [bad_deployment]
//! signals: [errors]            # may be left out: all signals
//! workloads: [checkout]        # may be left out: all workloads
//! tags: [tier=gold]            # may be left out
//! ---
//! When and why.
//!
//! ## Roll back
//! Before: the last version is known.
//! Do: deploy the last version.
//! Check: the error rate is as before within ten minutes.
//! Undo: deploy the new version again.
//! ```
//!
//! In Korean the four lines of a step may begin with `전제:`, `실행:`, `확인:` and `되돌리기:`. A line that begins with none of them
//! goes on with the one above.

use std::collections::BTreeMap;

use wherefore_contract::{
    incident::{CauseKind, Signal},
    question::{Language, is_invisible},
};

use super::{Runbook, Step};

/// A file holds no runbook. One sentence with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}, line {line}: {problem}")]
pub struct RunbookError {
    pub place: String,
    /// Counted from one.
    pub line: usize,
    pub problem: String,
}

/// Characters of a whole runbook.
const LENGTH: usize = 40_000;
const KEYS: [&str; 7] = ["id", "title", "language", "causes", "signals", "workloads", "tags"];
/// The four lines of a step in their order, with the words that they may begin with.
const LABELS: [[&str; 2]; 4] =
    [["Before:", "전제:"], ["Do:", "실행:"], ["Check:", "확인:"], ["Undo:", "되돌리기:"]];

/// What stands on a line and why it cannot be used.
type Problem = (usize, String);
/// Values of the front matter with their lines.
type Fields = BTreeMap<String, (usize, Vec<String>)>;

/// Reads a runbook. `place` names the file in messages.
///
/// # Errors
/// When a key or a word is unknown, something needed is missing, a step lacks one of its four lines, or text hides letters.
pub fn read_runbook(text: &str, place: &str) -> Result<Runbook, RunbookError> {
    read(text).map_err(|(line, problem)| RunbookError { place: place.to_owned(), line, problem })
}

fn read(text: &str) -> Result<Runbook, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().count() > LENGTH {
        return Err((1, format!("it is longer than {LENGTH} characters")));
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    for (at, line) in lines.iter().enumerate() {
        if line.chars().any(|letter| letter != '\t' && is_invisible(letter)) {
            return Err((at + 1, "it holds letters that cannot be seen; remove them".to_owned()));
        }
    }
    if lines.first() != Some(&"---") {
        return Err((
            1,
            "a runbook begins with a line `---`, its settings and another `---`".to_owned(),
        ));
    }
    let end = lines.iter().skip(1).position(|line| *line == "---").map(|at| at + 1);
    let end = end.ok_or((1, "the settings do not end; a line `---` is missing".to_owned()))?;
    let fields = fields(lines.get(1..end).unwrap_or_default())?;
    let (about, steps) = body(lines.get(end + 1..).unwrap_or_default(), end + 2)?;
    let one = |key: &str| match fields.get(key) {
        Some((_, values)) if values.len() == 1 => Ok(values.concat()),
        Some((line, _)) => Err((*line, format!("`{key}` takes one value"))),
        None => Err((end + 1, format!("`{key}` is missing"))),
    };
    let language = one("language")?;
    let all = |key: &str| fields.get(key).map(|(_, values)| values.clone()).unwrap_or_default();
    let causes = words(&fields, "causes", CauseKind::named, CauseKind::ALL)?;
    if causes.is_empty() {
        return Err((end + 1, "`causes` is missing; name at least one kind of cause".to_owned()));
    }
    let tags = all("tags");
    if let Some(tag) = tags.iter().find(|tag| !tag.contains('=')) {
        let line = fields.get("tags").map_or(1, |(line, _)| *line);
        return Err((line, format!("`{tag}` is no tag; write `key=value`")));
    }
    Ok(Runbook {
        id: one("id")?,
        title: one("title")?,
        language: match language.as_str() {
            "en" => Language::En,
            "ko" => Language::Ko,
            other => {
                return Err((
                    fields.get("language").map_or(1, |(line, _)| *line),
                    format!("`{other}` is no language; there are en, ko"),
                ));
            }
        },
        causes,
        signals: words(&fields, "signals", Signal::named, Signal::ALL)?,
        workloads: all("workloads"),
        tags,
        about,
        steps,
        shipped: false,
    })
}

fn words<T: Copy + std::fmt::Display>(
    fields: &Fields,
    key: &str,
    named: impl Fn(&str) -> Option<T>,
    known: &[T],
) -> Result<Vec<T>, Problem> {
    let Some((line, values)) = fields.get(key) else { return Ok(Vec::new()) };
    let read = |value: &String| {
        named(value).ok_or_else(|| {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            (*line, format!("`{value}` is none of the {key}; there are {}", known.join(", ")))
        })
    };
    values.iter().map(read).collect()
}

/// `key: value` or `key: [a, b]`.
fn fields(lines: &[&str]) -> Result<Fields, Problem> {
    let mut fields = Fields::new();
    for (at, line) in lines.iter().enumerate() {
        // The front matter begins on the second line.
        let at = at + 2;
        let line = line.split(" #").next().unwrap_or_default().trim_end();
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) =
            line.split_once(':').ok_or((at, format!("`{}` is no `key: value`", line.trim())))?;
        if !KEYS.contains(&key) {
            return Err((
                at,
                format!("`{key}` is no setting of a runbook; there are {}", KEYS.join(", ")),
            ));
        }
        let value = value.trim();
        let values = match value.strip_prefix('[') {
            Some(list) => {
                let list = list.strip_suffix(']');
                let list =
                    list.ok_or((at, "a list that begins with `[` ends with `]`".to_owned()))?;
                list.split(',')
                    .map(|item| item.trim().to_owned())
                    .filter(|item| !item.is_empty())
                    .collect()
            }
            None if value.is_empty() => return Err((at, format!("`{key}` has no value"))),
            None => vec![value.to_owned()],
        };
        if fields.insert(key.to_owned(), (at, values)).is_some() {
            return Err((at, format!("`{key}` stands twice")));
        }
    }
    Ok(fields)
}

/// What stands before the first `## `, and the steps.
fn body(lines: &[&str], first: usize) -> Result<(String, Vec<Step>), Problem> {
    let begins = |line: &&str| line.starts_with("## ");
    let start = lines.iter().position(begins).unwrap_or(lines.len());
    let about = lines.get(..start).unwrap_or_default().join("\n").trim().to_owned();
    let mut steps = Vec::new();
    let mut at = start;
    while let Some(heading) = lines.get(at) {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let length = rest.iter().position(begins).unwrap_or(rest.len());
        let title = heading.trim_start_matches("## ").trim();
        steps.push(step(title, rest.get(..length).unwrap_or_default(), first + at)?);
        at += 1 + length;
    }
    if steps.is_empty() {
        return Err((first, "it holds no step; a step begins with `## `".to_owned()));
    }
    Ok((about, steps))
}

fn step(title: &str, lines: &[&str], line: usize) -> Result<Step, Problem> {
    let mut parts: [Option<String>; 4] = [const { None }; 4];
    let mut open: Option<usize> = None;
    for (at, text) in lines.iter().enumerate() {
        let label = LABELS.iter().enumerate().find_map(|(place, labels)| {
            labels.iter().find_map(|label| text.strip_prefix(label)).map(|rest| (place, rest))
        });
        let (place, rest) = match (label, open) {
            (Some((place, rest)), _) => (place, rest),
            (None, Some(place)) => (place, *text),
            (None, None) if text.trim().is_empty() => continue,
            (None, None) => {
                return Err((line + 1 + at, "a step begins with `Before:` (`전제:`)".to_owned()));
            }
        };
        let Some(part) = parts.get_mut(place) else { continue };
        if label.is_some() && part.is_some() {
            return Err((line + 1 + at, "this line of the step stands twice".to_owned()));
        }
        let part = part.get_or_insert_default();
        if !part.is_empty() {
            part.push('\n');
        }
        part.push_str(rest.trim());
        open = Some(place);
    }
    let missing = |label: usize| {
        let words = LABELS.get(label).map(|words| words.join("` or `")).unwrap_or_default();
        (line, format!("the step `{title}` lacks its line `{words}`"))
    };
    let [before, action, check, rollback] = parts;
    let given = |part: Option<String>, label: usize| {
        part.map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .ok_or_else(|| missing(label))
    };
    Ok(Step {
        title: title.to_owned(),
        before: given(before, 0)?,
        action: given(action, 1)?,
        check: given(check, 2)?,
        rollback: given(rollback, 3)?,
    })
}
