//! Documents of a ticket: a Markdown file, a webhook's JSON, and the bodies that Jira's and GitHub's interfaces take.
//!
//! Pure functions of an event: nothing is sent from here. Names and summaries were written by others, so they stand as plain
//! text or code and can neither mention anyone nor make a link.

mod adf;
mod plain;
mod trackers;
mod words;

use serde_json::{Value, json};
use wherefore_contract::question::Language;

pub use self::trackers::{GithubIssues, JiraProject, Request, github, jira};
use self::words::Words;
use super::watch::{Event, EventKind};

/// One title of at most 200 characters, plain text.
#[must_use]
pub fn title(event: &Event, language: Language) -> String {
    Words::of(language).title(event)
}

/// The name of the ticket's Markdown file: the same for each of its events, so that an update replaces it.
#[must_use]
pub fn file_name(event: &Event) -> String {
    format!("{}.md", event.facts.key)
}

/// The whole ticket as Markdown.
#[must_use]
pub fn markdown(event: &Event, language: Language) -> String {
    Words::of(language).markdown(event)
}

/// What one delivery of this event is called: whoever hears the same twice has heard it once.
#[must_use]
pub fn delivery(event: &Event) -> String {
    format!("{}-{}-{}", event.facts.key, kind_name(event.kind), event.at.as_second())
}

/// The body of a webhook: the event for machines (`facts`, in the metric's unit, times in UTC) and for people.
#[must_use]
pub fn webhook(event: &Event, language: Language) -> Value {
    json!({
        "type": "drift",
        "event": kind_name(event.kind),
        "key": event.facts.key,
        "delivery": delivery(event),
        "at": event.at,
        "title": title(event, language),
        "text": markdown(event, language),
        "ended": event.ended,
        "facts": event.facts,
    })
}

fn kind_name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Opened => "opened",
        EventKind::Updated => "updated",
        EventKind::Gone => "gone",
    }
}

#[cfg(test)]
mod tests;
