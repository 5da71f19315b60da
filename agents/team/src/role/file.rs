//! Roles that people write: Markdown with front matter, read strictly.
//!
//! ```text
//! ---
//! name: sre
//! description: Looks after checkout. Use it for errors and latency.
//! tools: [query_cost, logs__run_query]
//! turns: 6            # also tool_calls, seconds, tokens, money_usd, model
//! ---
//! You are the SRE of checkout. …
//! ```

use std::{collections::BTreeMap, time::Duration};

use wherefore_contract::{Decimal, question::is_invisible};
use wherefore_model::team;

use super::{Budget, Role, RolePrompt};

/// Characters of a description: the orchestrator's model reads all of them for every question.
const DESCRIPTION: usize = 400;
/// Characters of a role's text.
const BODY: usize = 12_000;
/// What a role may spend that does not say: as much as research.
const USUAL: Budget = Budget::new(8, 20, Duration::from_secs(40));

/// A role as its file says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFile {
    pub role: Role,
    /// The model it runs on, written like `WHEREFORE_MODEL`; `None` for the model of the others.
    pub model: Option<String>,
}

/// A file holds no role. One sentence with the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}, line {line}: {problem}")]
pub struct RoleFileError {
    pub place: String,
    /// Counted from one.
    pub line: usize,
    pub problem: String,
}

/// One value of the front matter, with the line it stands on.
struct Given {
    line: usize,
    words: Vec<String>,
}

type Fields = BTreeMap<String, Given>;

/// What stands on a line and why it cannot be used.
type Problem = (usize, String);

const KEYS: [&str; 9] = [
    "name",
    "description",
    "tools",
    "turns",
    "tool_calls",
    "seconds",
    "tokens",
    "money_usd",
    "model",
];

/// Reads a role. `place` names the file in messages, `is_tool` knows the tools that there are.
///
/// # Errors
/// When a key is unknown or missing, a number or a tool is none, or text is too long or hides letters.
pub fn read(
    text: &str,
    place: &str,
    is_tool: impl Fn(&str) -> bool,
) -> Result<RoleFile, RoleFileError> {
    read_lines(text, is_tool).map_err(|(line, problem)| RoleFileError {
        place: place.to_owned(),
        line,
        problem,
    })
}

fn read_lines(text: &str, is_tool: impl Fn(&str) -> bool) -> Result<RoleFile, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in text.lines().enumerate() {
        if line.chars().any(|letter| letter != '\t' && is_invisible(letter)) {
            return Err((at + 1, "it holds letters that cannot be seen; remove them".to_owned()));
        }
    }
    let lines: Vec<&str> = text.lines().collect();
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return Err((
            1,
            "a role begins with a line `---`, its settings and another `---`".to_owned(),
        ));
    }
    let end = lines.iter().skip(1).position(|line| line.trim_end() == "---").map(|at| at + 1);
    let end = end.ok_or((1, "the settings do not end; a line `---` is missing".to_owned()))?;
    let fields = fields(lines.get(1..end).unwrap_or_default())?;
    let body = lines.get(end + 1..).unwrap_or_default().join("\n").trim().to_owned();
    if body.is_empty() {
        return Err((end + 1, "nothing stands below the settings; say who the role is".to_owned()));
    }
    if body.chars().count() > BODY {
        return Err((end + 2, format!("its text is longer than {BODY} characters")));
    }
    let (_, name) = required(&fields, "name", end)?;
    let (line, about) = required(&fields, "description", end)?;
    if about.chars().count() > DESCRIPTION {
        return Err((line, format!("`description` is longer than {DESCRIPTION} characters")));
    }
    let role = Role {
        name,
        about,
        prompt: RolePrompt::Own(body),
        tools: tools(&fields, end, is_tool)?,
        submission: team::SUBMIT_FINDINGS.to_owned(),
        budget: budget(&fields)?,
    };
    Ok(RoleFile { role, model: one(&fields, "model")?.map(|(_, model)| model) })
}

/// `key: value`, `key: [a, b]`, or `key:` with `- a` on the lines below.
fn fields(lines: &[&str]) -> Result<Fields, Problem> {
    let mut fields = Fields::new();
    let mut last: Option<String> = None;
    for (at, line) in lines.iter().enumerate() {
        // The front matter begins on the second line.
        let at = at + 2;
        let line = without_comment(line).trim_end();
        if line.trim().is_empty() {
            continue;
        }
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            let given = last.as_ref().and_then(|key| fields.get_mut(key));
            let given = given.ok_or((at, "an item of a list stands below no key".to_owned()))?;
            given.words.push(unquoted(item, at)?);
            continue;
        }
        let split = line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '\t']));
        let (key, value) = split.ok_or((at, format!("`{}` is no `key: value`", line.trim())))?;
        if !KEYS.contains(&key) {
            return Err((
                at,
                format!("`{key}` is no setting of a role; there are {}", KEYS.join(", ")),
            ));
        }
        let given = Given { line: at, words: words(value.trim(), at)? };
        // A list may follow only where nothing stands behind the key.
        last = given.words.is_empty().then(|| key.to_owned());
        if fields.insert(key.to_owned(), given).is_some() {
            return Err((at, format!("`{key}` stands twice")));
        }
    }
    Ok(fields)
}

// A comment begins with `#` at the start or behind a space, outside quotes.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if letter == '#' && before.is_whitespace() => {
                return line.get(..at).unwrap_or(line);
            }
            // An apostrophe inside a word opens nothing.
            None if matches!(letter, '"' | '\'') && !before.is_alphanumeric() => {
                quote = Some(letter);
            }
            Some(_) | None => {}
        }
        before = letter;
    }
    line
}

fn words(value: &str, line: usize) -> Result<Vec<String>, Problem> {
    if value.is_empty() {
        return Ok(Vec::new());
    }
    let Some(list) = value.strip_prefix('[') else { return Ok(vec![unquoted(value, line)?]) };
    let list = list
        .strip_suffix(']')
        .ok_or((line, "a list that begins with `[` ends with `]`".to_owned()))?;
    let items = list.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| unquoted(item, line)).collect()
}

fn unquoted(value: &str, line: usize) -> Result<String, Problem> {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let inner = rest.strip_suffix(quote).filter(|inner| !inner.contains(quote));
            let inner =
                inner.ok_or((line, format!("a value that begins with {quote} ends with one")))?;
            return Ok(inner.to_owned());
        }
    }
    // Other YAML would be read here as something that it does not say.
    if value.starts_with(['{', '|', '>', '&', '*', '!']) {
        return Err((line, format!("`{value}` is no plain text; put it into quotes")));
    }
    Ok(value.to_owned())
}

fn one(fields: &Fields, key: &str) -> Result<Option<(usize, String)>, Problem> {
    let Some(given) = fields.get(key) else { return Ok(None) };
    match given.words.as_slice() {
        [word] if !word.is_empty() => Ok(Some((given.line, word.clone()))),
        _ => Err((given.line, format!("`{key}` takes one value"))),
    }
}

fn required(fields: &Fields, key: &str, end: usize) -> Result<(usize, String), Problem> {
    one(fields, key)?.ok_or((end + 1, format!("`{key}` is missing")))
}

fn tools(
    fields: &Fields,
    end: usize,
    is_tool: impl Fn(&str) -> bool,
) -> Result<Vec<String>, Problem> {
    let missing = || (end + 1, "`tools` is missing: name at least one tool".to_owned());
    let given = fields.get("tools").ok_or_else(missing)?;
    if given.words.is_empty() {
        return Err((given.line, "`tools` names no tool".to_owned()));
    }
    let mut tools: Vec<String> = Vec::with_capacity(given.words.len());
    for tool in &given.words {
        if !is_tool(tool) {
            return Err((
                given.line,
                format!("there is no tool `{tool}`; `wherefore roles` lists them"),
            ));
        }
        if tools.contains(tool) {
            return Err((given.line, format!("the tool `{tool}` is named twice")));
        }
        tools.push(tool.clone());
    }
    Ok(tools)
}

fn budget(fields: &Fields) -> Result<Budget, Problem> {
    let count = |key, most| number(fields, key, most);
    let bound = |value: Option<u64>, usual: u32| {
        value.and_then(|value| u32::try_from(value).ok()).unwrap_or(usual)
    };
    let money = match one(fields, "money_usd")? {
        None => None,
        Some((line, word)) => {
            let amount: Option<Decimal> =
                word.parse().ok().filter(|amount| *amount > Decimal::ZERO);
            Some(amount.ok_or((
                line,
                format!("`money_usd` is `{word}`; expected US dollars such as 0.20"),
            ))?)
        }
    };
    Ok(Budget {
        turns: bound(count("turns", 50)?, USUAL.turns),
        tool_calls: bound(count("tool_calls", 200)?, USUAL.tool_calls),
        wall: count("seconds", 3_600)?.map_or(USUAL.wall, Duration::from_secs),
        tokens: count("tokens", 10_000_000)?,
        money_usd: money,
    })
}

fn number(fields: &Fields, key: &str, most: u64) -> Result<Option<u64>, Problem> {
    let Some((line, word)) = one(fields, key)? else { return Ok(None) };
    let number = word.parse().ok().filter(|number| (1..=most).contains(number));
    let wrong = || (line, format!("`{key}` is `{word}`; expected a whole number from 1 to {most}"));
    number.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests;
