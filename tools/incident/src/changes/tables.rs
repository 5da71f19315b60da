//! The table by which records of changes are read: kinds by event, noise, secrets.

use regex::{Regex, RegexSet};
use serde::Deserialize;
use serde_json::Value;
use wherefore_contract::incident::ChangeKind;

const TABLE: &str = include_str!("changes.toml");

/// The table cannot be used; the text names the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("table of changes: {0}")]
pub struct InvalidChangeTables(pub String);

/// How records of changes are read. The embedded table stands in `changes.toml` beside this file.
#[derive(Debug, Clone)]
pub struct ChangeTables {
    pub(super) tag_keys: Vec<String>,
    read_verbs: Vec<String>,
    routine: Vec<String>,
    pub(super) resource_fields: Vec<String>,
    events: Vec<EventRule>,
    types: Vec<TypeRule>,
    noise: Vec<Vec<String>>,
    words: Vec<String>,
    harmless: Vec<String>,
    forms: RegexSet,
    version: Regex,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    tag_keys: Vec<String>,
    read_verbs: Vec<String>,
    routine: Vec<String>,
    resource_fields: Vec<String>,
    event: Vec<EventRule>,
    resource_type: Vec<TypeRule>,
    noise: Noise,
    secrets: Secrets,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRule {
    kind: ChangeKind,
    #[serde(default)]
    sources: Vec<String>,
    events: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRule {
    kind: ChangeKind,
    types: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noise {
    paths: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Secrets {
    words: Vec<String>,
    harmless: Vec<String>,
    forms: Vec<String>,
}

impl ChangeTables {
    /// Reads a table; what it leaves out is an error, so that a table always says everything.
    ///
    /// # Errors
    /// When the text is no such table, or a form is no regular expression.
    pub fn parse(text: &str) -> Result<Self, InvalidChangeTables> {
        let told = |error: &dyn std::fmt::Display| {
            InvalidChangeTables(error.to_string().trim_end().to_owned())
        };
        let written: Written = toml::from_str(text).map_err(|error| told(&error))?;
        let forms = RegexSet::new(&written.secrets.forms).map_err(|error| told(&error))?;
        let version = Regex::new(r"\d{8}(?:v\d+)?$").map_err(|error| told(&error))?;
        let parts = |path: &String| path.to_lowercase().split('.').map(str::to_owned).collect();
        Ok(Self {
            tag_keys: written.tag_keys,
            read_verbs: written.read_verbs,
            routine: written.routine,
            resource_fields: written.resource_fields,
            events: written.event,
            types: written.resource_type,
            noise: written.noise.paths.iter().map(parts).collect(),
            words: written.secrets.words,
            harmless: written.secrets.harmless,
            forms,
            version,
        })
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidChangeTables> {
        Self::parse(TABLE)
    }

    /// The name of an event without the version of its API, as `UpdateFunctionCode20150331v2` carries it.
    pub(super) fn plain<'a>(&self, event: &'a str) -> &'a str {
        self.version.find(event).and_then(|found| event.get(..found.start())).unwrap_or(event)
    }

    pub(super) fn reads(&self, event: &str) -> bool {
        self.read_verbs.iter().any(|verb| {
            event
                .strip_prefix(verb.as_str())
                .is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_lowercase()))
        })
    }

    pub(super) fn is_routine(&self, event: &str) -> bool {
        self.routine.iter().any(|pattern| fits(pattern, event))
    }

    pub(super) fn kind_of_event(
        &self,
        source: &str,
        event: &str,
        request: Option<&Value>,
    ) -> ChangeKind {
        let fitting = self.events.iter().find(|rule| {
            (rule.sources.is_empty() || rule.sources.iter().any(|one| one == source))
                && rule.events.iter().any(|pattern| fits(pattern, event))
                && (rule.has.is_empty()
                    || rule
                        .has
                        .iter()
                        .any(|key| request.is_some_and(|request| !request[key.as_str()].is_null())))
        });
        fitting.map_or(ChangeKind::Other, |rule| rule.kind)
    }

    /// The kind of a change of a resource of this type at these paths.
    pub(super) fn kind_of_type<'a>(
        &self,
        kind: &str,
        mut paths: impl Iterator<Item = &'a str> + Clone,
    ) -> ChangeKind {
        let fitting = self.types.iter().find(|rule| {
            rule.types.iter().any(|pattern| fits(pattern, kind))
                && (rule.paths.is_empty()
                    || paths.clone().any(|path| {
                        let parts = path.to_lowercase();
                        parts
                            .split(['.', '[', ']'])
                            .any(|part| rule.paths.iter().any(|one| one == part))
                    }))
        });
        let any = paths.next().is_some();
        fitting
            .map_or(if any { ChangeKind::Config } else { ChangeKind::Resource }, |rule| rule.kind)
    }

    /// Whether a path moves without anyone changing anything.
    pub(super) fn is_noise(&self, parts: &[String]) -> bool {
        let parts: Vec<String> = parts.iter().map(|part| part.to_lowercase()).collect();
        self.noise.iter().any(|pattern| glob(pattern, &parts))
    }

    /// Whether the value of this name is never shown.
    pub(super) fn is_secret_name(&self, name: &str) -> bool {
        let plain: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        self.words.iter().any(|word| plain.contains(word.as_str()))
            && !self.harmless.iter().any(|word| plain.ends_with(word.as_str()))
    }

    /// Whether a text looks like a secret whatever its name is.
    pub(super) fn is_secret_text(&self, text: &str) -> bool {
        self.forms.is_match(text)
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

fn glob(pattern: &[String], parts: &[String]) -> bool {
    match (pattern.split_first(), parts.split_first()) {
        (None, None) => true,
        (Some((first, rest)), found) if first == "**" => {
            glob(rest, parts) || found.is_some_and(|(_, parts)| glob(pattern, parts))
        }
        (None, Some(_)) | (Some(_), None) => false,
        (Some((first, rest)), Some((part, parts))) => {
            (first == "*" || first == part) && glob(rest, parts)
        }
    }
}
