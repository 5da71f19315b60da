//! Commits out of `git log`.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};
use serde_json::{Value, json};
use wherefore_contract::incident::{Change, ChangeKind};

use super::{ReadChanges, clean, line_of};

/// Files that one commit carries; more are counted.
const FILES_KEPT: usize = 50;
/// Bytes of a line that are read.
const LINE: usize = 4_096;

/// Whether a text begins as `git log` writes it.
pub(super) fn begins(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    head(line).is_some() || compact(line).is_some()
}

/// Reads `git log --numstat` in git's own format with any of its dates (`--date=iso-strict` is the safest), or in
/// `--format='%H%x09%cI%x09%an%x09%s' --numstat`.
///
/// A commit is a change of kind `commit`: that it was deployed is for a deployment to say. `after` holds `files` (the first
/// fifty), `files_changed`, `lines_added` and `lines_removed`.
#[must_use]
pub fn read_git(text: &str) -> ReadChanges {
    let mut read = ReadChanges::default();
    let mut open: Option<Commit> = None;
    for (at, whole) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let end =
            (0..=LINE.min(whole.len())).rev().find(|end| whole.is_char_boundary(*end)).unwrap_or(0);
        let line = whole.get(..end).unwrap_or_default().trim_end();
        let next = match (head(line), compact(line)) {
            (Some(id), _) => Some(Commit { line: at + 1, id: id.to_owned(), ..Commit::default() }),
            (None, Some([id, time, actor, subject])) => Some(Commit {
                line: at + 1,
                id: id.to_owned(),
                time: time.to_owned(),
                actor: line_of(actor),
                subject: line_of(subject),
                ..Commit::default()
            }),
            (None, None) => None,
        };
        if let Some(next) = next {
            finish(open.replace(next), &mut read);
        } else if let Some(commit) = &mut open {
            if !commit.takes(line) {
                read.leave_out(at + 1, format!("`{}` belongs to no commit", clean(line, 60)));
            }
        } else if !line.is_empty() {
            read.leave_out(at + 1, "here begins no commit");
        }
    }
    finish(open, &mut read);
    read.in_order()
}

#[derive(Default)]
struct Commit {
    line: usize,
    id: String,
    time: String,
    actor: String,
    subject: String,
    merge: bool,
    files: Vec<String>,
    files_changed: u64,
    added: u64,
    removed: u64,
}

impl Commit {
    /// Takes a line of its own; `false` when it is none.
    fn takes(&mut self, line: &str) -> bool {
        if let Some(actor) = line.strip_prefix("Author:") {
            self.actor = line_of(actor.split('<').next().unwrap_or_default());
        } else if let Some(time) = line.strip_prefix("CommitDate:") {
            time.trim().clone_into(&mut self.time);
        } else if let Some(time) =
            line.strip_prefix("Date:").or_else(|| line.strip_prefix("AuthorDate:"))
        {
            if self.time.is_empty() {
                time.trim().clone_into(&mut self.time);
            }
        } else if line.starts_with("Merge:") {
            self.merge = true;
        } else if let Some(text) = line.strip_prefix("    ") {
            if self.subject.is_empty() {
                self.subject = line_of(text);
            }
        } else if let Some((added, removed, path)) = numbers(line) {
            self.files_changed += 1;
            // `-` stands for a binary file.
            self.added = self.added.saturating_add(added);
            self.removed = self.removed.saturating_add(removed);
            if self.files.len() < FILES_KEPT {
                self.files.push(line_of(path));
            }
        } else {
            return line.is_empty() || line.starts_with("Commit:");
        }
        true
    }
}

/// Closes a commit that its own format left open.
fn finish(commit: Option<Commit>, read: &mut ReadChanges) {
    let Some(commit) = commit else { return };
    let Some(time) = date(&commit.time) else {
        return read.leave_out(
            commit.line,
            format!("commit {} has no date that can be read", clean(&commit.id, 12)),
        );
    };
    let mut after: BTreeMap<String, Value> = BTreeMap::new();
    if commit.files_changed > 0 {
        after.insert("files".to_owned(), json!(commit.files));
        after.insert("files_changed".to_owned(), json!(commit.files_changed));
        after.insert("lines_added".to_owned(), json!(commit.added));
        after.insert("lines_removed".to_owned(), json!(commit.removed));
    }
    if commit.merge {
        after.insert("merge".to_owned(), json!(true));
    }
    read.changes.push(Change {
        id: commit.id.clone(),
        time,
        workload: None,
        kind: ChangeKind::Commit,
        actor: Some(commit.actor).filter(|actor| !actor.is_empty()),
        summary: commit.subject,
        account: None,
        region: None,
        resource: None,
        source: "git".to_owned(),
        before: BTreeMap::new(),
        after,
    });
}

fn is_hash(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `commit 1f3a… (HEAD -> main)`.
fn head(line: &str) -> Option<&str> {
    line.strip_prefix("commit ")?.split(' ').next().filter(|id| is_hash(id))
}

/// `%H%x09%cI%x09%an%x09%s`; other separators that people choose are taken too.
fn compact(line: &str) -> Option<[&str; 4]> {
    ['\t', '\u{1f}', '\u{0}', '|'].into_iter().find_map(|separator| {
        let mut parts = line.splitn(4, separator);
        let found = [parts.next()?, parts.next()?, parts.next()?, parts.next().unwrap_or_default()];
        let [id, time, ..] = found;
        (is_hash(id) && date(time).is_some()).then_some(found)
    })
}

fn numbers(line: &str) -> Option<(u64, u64, &str)> {
    let mut parts = line.splitn(3, '\t');
    let number = |text: &str| if text == "-" { Some(0) } else { text.parse::<u64>().ok() };
    Some((number(parts.next()?)?, number(parts.next()?)?, parts.next()?))
}

/// The dates of `git log`: strict ISO, ISO, RFC 2822, seconds, and its own.
fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    if let Some(seconds) =
        text.split(' ').next().filter(|first| first.len() >= 9).and_then(|first| first.parse().ok())
    {
        return Timestamp::from_second(seconds).ok();
    }
    ["%Y-%m-%d %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %Y %z"]
        .iter()
        .find_map(|form| Timestamp::strptime(form, text).ok())
        .or_else(|| {
            // A day without an hour is its first moment.
            let day: civil::Date = text.parse().ok()?;
            day.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|at| at.timestamp())
        })
}
