//! Requests to issue trackers. Neither Jira nor GitHub knows idempotency keys, so each ticket carries its key as a label or in
//! its body, and `find` says how to look for it before a new one is made.

use serde_json::{Value, json};
use wherefore_contract::question::Language;

use super::{
    super::watch::{Event, EventKind},
    adf::document,
    delivery, markdown, title,
    words::Words,
};

/// One request below the tracker's address; whoever sends it adds address and credentials.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub body: Value,
    /// The same for the same event: what was answered once is not sent again.
    pub delivery: String,
    /// A `GET` that finds the ticket if it is there.
    pub find: String,
}

/// Where tickets go in Jira.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JiraProject {
    pub key: String,
    /// e.g. `Task`.
    pub issue_type: String,
    /// The transition that closes, by its id in this project's workflow.
    pub close_transition: String,
}

/// The request for Jira's REST interface, version 3: a new issue, a comment on it, or its transition with a comment. `issue` is
/// the key or id of the ticket when there is one; without it, every event makes one, and with it none does.
#[must_use]
pub fn jira(
    event: &Event,
    language: Language,
    project: &JiraProject,
    issue: Option<&str>,
) -> Request {
    let text = document(Words::of(language), event);
    let key = &event.facts.key;
    let find = format!("/rest/api/3/search/jql?jql=labels%3D%22{key}%22&fields=status");
    let (path, body) = match (issue.map(segment), event.kind) {
        (None, EventKind::Opened | EventKind::Updated | EventKind::Gone) => (
            "/rest/api/3/issue".to_owned(),
            json!({"fields": {
                "project": {"key": project.key},
                "issuetype": {"name": project.issue_type},
                "summary": title(event, language),
                "description": text,
                "labels": ["wherefore-drift", key],
            }}),
        ),
        (Some(issue), EventKind::Opened | EventKind::Updated) => {
            (format!("/rest/api/3/issue/{issue}/comment"), json!({"body": text}))
        }
        (Some(issue), EventKind::Gone) => (
            format!("/rest/api/3/issue/{issue}/transitions"),
            json!({
                "transition": {"id": project.close_transition},
                "update": {"comment": [{"add": {"body": text}}]},
            }),
        ),
    };
    Request { method: "POST", path, body, delivery: delivery(event), find }
}

/// Where tickets go on GitHub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GithubIssues {
    pub owner: String,
    pub repository: String,
    pub labels: Vec<String>,
}

/// The request for GitHub's REST interface (version 2022-11-28): a new issue, or the issue with its new text, open or closed.
/// `number` is that of the ticket when there is one; without it, every event makes one, and with it none does.
#[must_use]
pub fn github(
    event: &Event,
    language: Language,
    issues: &GithubIssues,
    number: Option<u64>,
) -> Request {
    let (owner, repository) = (segment(&issues.owner), segment(&issues.repository));
    let path = format!("/repos/{owner}/{repository}/issues");
    let key = &event.facts.key;
    let find = format!("/search/issues?q=repo%3A{owner}%2F{repository}+in%3Abody+%22{key}%22");
    let text = markdown(event, language);
    let title = title(event, language);
    let (method, path, body) = match (number, event.kind) {
        (None, EventKind::Opened | EventKind::Updated | EventKind::Gone) => {
            ("POST", path, json!({"title": title, "body": text, "labels": issues.labels}))
        }
        (Some(number), EventKind::Opened | EventKind::Updated) => {
            ("PATCH", format!("{path}/{number}"), json!({"title": title, "body": text}))
        }
        (Some(number), EventKind::Gone) => (
            "PATCH",
            format!("{path}/{number}"),
            json!({"title": title, "body": text, "state": "closed", "state_reason": "completed"}),
        ),
    };
    Request { method, path, body, delivery: delivery(event), find }
}

// A name as one segment of a path: anything else that letters, digits, `-`, `_` and `.` is left out.
fn segment(text: &str) -> String {
    let kept = |letter: &char| letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
    text.chars().filter(kept).collect::<String>().replace("..", "")
}
