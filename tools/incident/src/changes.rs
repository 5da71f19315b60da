//! Changes: what was done to the estate, read from the records of those who did it.
//!
//! Every reader is a pure function from text to [`Change`]s. An entry that cannot be read is told with its line and never
//! stops the others; an entry that changed nothing (a read, a refused call) is set aside and counted by its reason.

mod assign;
mod cloudtrail;
mod configuration;
mod deployment;
mod diff;
mod entries;
mod git;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wherefore_contract::{incident::Change, question::is_invisible};

pub use assign::WorkloadNames;
pub use cloudtrail::read_cloudtrail;
pub use configuration::read_configuration;
pub use deployment::read_deployments;
pub use diff::{ConfigDiff, config_diff};
pub use git::read_git;
pub use tables::{ChangeTables, InvalidChangeTables};

/// Problems that are kept word for word; more are only counted.
const PROBLEMS_KEPT: usize = 100;
/// Characters of a summary, a name or a text value.
const TEXT_KEPT: usize = 300;

/// Where changes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeSource {
    /// CloudTrail records: `{"Records": […]}`, `lookup-events` output, or one event a line.
    Cloudtrail,
    /// AWS Config items: `{"configurationItems": […]}`, notifications, or one item a line.
    Config,
    /// JSON lines `{"id", "time", "workload", "kind", "actor", "summary", "account", "region"}`.
    Deployment,
    /// `git log` with `--numstat`, plain or in the format of [`read_git`].
    Git,
}

/// Changes that were read, and what was not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReadChanges {
    /// In the order of time, then id; each id once.
    pub changes: Vec<Change>,
    /// The first entries that could not be read.
    pub left_out: Vec<LeftOut>,
    /// All entries that could not be read.
    pub left_out_count: u64,
    /// Entries that are no change, by reason: `read_only`, `failed`, `data_event`, `routine`, `baseline`, `duplicate`, …
    pub set_aside: BTreeMap<String, u64>,
}

/// An entry that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The line it begins on, counted from one.
    pub line: usize,
    pub why: String,
}

impl ReadChanges {
    fn leave_out(&mut self, line: usize, why: impl Into<String>) {
        self.left_out_count += 1;
        if self.left_out.len() < PROBLEMS_KEPT {
            self.left_out.push(LeftOut { line, why: why.into() });
        }
    }

    fn put_aside(&mut self, why: &str) {
        *self.set_aside.entry(why.to_owned()).or_default() += 1;
    }

    /// Orders the changes and drops those whose id was there.
    fn in_order(mut self) -> Self {
        self.changes.sort_by(|one, other| (one.time, &one.id).cmp(&(other.time, &other.id)));
        let mut seen = std::collections::BTreeSet::new();
        let before = self.changes.len();
        self.changes.retain(|change| seen.insert((change.source.clone(), change.id.clone())));
        for _ in self.changes.len()..before {
            self.put_aside("duplicate");
        }
        self
    }
}

/// Says by its first bytes where a text comes from; `None` when it holds no changes that are known.
#[must_use]
pub fn detect(text: &str) -> Option<ChangeSource> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if git::begins(text) {
        return Some(ChangeSource::Git);
    }
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let end = text.char_indices().nth(4_000).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    if has("configurationItem") || has("configurationItems") || has("configurationItemCaptureTime")
    {
        Some(ChangeSource::Config)
    } else if has("eventName") && (has("eventSource") || has("userIdentity"))
        || has("CloudTrailEvent")
    {
        Some(ChangeSource::Cloudtrail)
    } else if has("time") && (has("summary") || has("workload")) {
        Some(ChangeSource::Deployment)
    } else {
        None
    }
}

/// Reads the changes of a text.
#[must_use]
pub fn read(text: &str, source: ChangeSource, tables: &ChangeTables) -> ReadChanges {
    match source {
        ChangeSource::Cloudtrail => read_cloudtrail(text, tables),
        ChangeSource::Config => read_configuration(text, tables),
        ChangeSource::Deployment => read_deployments(text, tables),
        ChangeSource::Git => read_git(text),
    }
}

/// Text that others wrote, as one line: control and invisible letters become spaces, long text is cut.
pub(crate) fn clean(text: &str, most: usize) -> String {
    let mut kept = String::new();
    let mut count = 0;
    for letter in text.chars() {
        if count == most {
            kept.push('…');
            break;
        }
        let hidden = letter.is_control() || is_invisible(letter);
        let letter = if hidden { ' ' } else { letter };
        if letter == ' ' && (kept.is_empty() || kept.ends_with(' ')) {
            continue;
        }
        kept.push(letter);
        count += 1;
    }
    kept.truncate(kept.trim_end().len());
    kept
}

pub(crate) fn line_of(text: &str) -> String {
    clean(text, TEXT_KEPT)
}
