//! How severe an incident is: a table, first rule first.

use serde::{Deserialize, Serialize};
use wherefore_contract::{Decimal, question::Language};

const TABLE: &str = include_str!("severity.toml");

/// Severities, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Sev1,
    Sev2,
    Sev3,
    Sev4,
}

impl Severity {
    /// The word in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
        }
    }
}

/// What is known of an incident's reach. Shares lie between 0 and 1; `None` where nothing is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Impact {
    /// Workloads that moved.
    pub workloads: usize,
    /// Of these, workloads at which requests enter the estate.
    pub entrances: usize,
    /// Requests that fail.
    pub failing_share: Option<f64>,
    /// Requests that are slower than they were.
    pub slowed_share: Option<f64>,
    /// US dollars.
    pub money_per_hour: Option<Decimal>,
}

/// A severity with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    pub severity: Severity,
    /// The sentence of the rule that decided, in English.
    pub en: String,
    /// In Korean.
    pub ko: String,
    /// The place of that rule, counted from one.
    pub rule: usize,
    /// What was not known and could have made it graver: `failing_share`, `slowed_share`, `money_per_hour`.
    pub unknown: Vec<&'static str>,
}

impl Judged {
    /// The reason in the reader's language.
    #[must_use]
    pub fn reason(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Ko => &self.ko,
        }
    }
}

/// The table cannot be used; the text says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("table of severities: {0}")]
pub struct InvalidSeverities(pub String);

/// The table of severities. The embedded one stands in `severity.toml` beside this file.
#[derive(Debug, Clone, PartialEq)]
pub struct Severities(Vec<Rule>);

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    rule: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    severity: Severity,
    workloads: Option<usize>,
    entrances: Option<usize>,
    failing_share: Option<f64>,
    slowed_share: Option<f64>,
    money_per_hour: Option<u32>,
    en: String,
    ko: String,
}

impl Severities {
    /// Reads a table.
    ///
    /// # Errors
    /// When the text is no such table, a share is none, a reason is missing, or the last rule has a condition.
    pub fn parse(text: &str) -> Result<Self, InvalidSeverities> {
        let table: Written = toml::from_str(text)
            .map_err(|error| InvalidSeverities(error.to_string().trim_end().to_owned()))?;
        for (at, rule) in table.rule.iter().enumerate() {
            let shares = [rule.failing_share, rule.slowed_share];
            if shares.iter().flatten().any(|share| !(0.0..=1.0).contains(share)) {
                return Err(InvalidSeverities(format!(
                    "rule {}: a share lies between 0 and 1",
                    at + 1
                )));
            }
            if rule.en.trim().is_empty() || rule.ko.trim().is_empty() {
                return Err(InvalidSeverities(format!("rule {}: its reason is missing", at + 1)));
            }
        }
        if !table.rule.last().is_some_and(Rule::always) {
            return Err(InvalidSeverities("the last rule must have no condition".to_owned()));
        }
        Ok(Self(table.rule))
    }

    /// The embedded table.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn embedded() -> Result<Self, InvalidSeverities> {
        Self::parse(TABLE)
    }

    /// Judges an incident. `None` never comes of a table that was read: its last rule always holds.
    #[must_use]
    pub fn judge(&self, impact: &Impact) -> Option<Judged> {
        let (at, rule) = self.0.iter().enumerate().find(|(_, rule)| rule.holds(impact))?;
        let graver = || self.0.iter().take(at).filter(|other| other.severity < rule.severity);
        let unknown = [
            (
                "failing_share",
                impact.failing_share.is_none()
                    && graver().any(|other| other.failing_share.is_some()),
            ),
            (
                "slowed_share",
                impact.slowed_share.is_none() && graver().any(|other| other.slowed_share.is_some()),
            ),
            (
                "money_per_hour",
                impact.money_per_hour.is_none()
                    && graver().any(|other| other.money_per_hour.is_some()),
            ),
        ];
        Some(Judged {
            severity: rule.severity,
            en: rule.en.clone(),
            ko: rule.ko.clone(),
            rule: at + 1,
            unknown: unknown
                .into_iter()
                .filter(|(_, unknown)| *unknown)
                .map(|(name, _)| name)
                .collect(),
        })
    }
}

impl Rule {
    fn always(&self) -> bool {
        self.workloads.is_none()
            && self.entrances.is_none()
            && self.failing_share.is_none()
            && self.slowed_share.is_none()
            && self.money_per_hour.is_none()
    }

    fn holds(&self, impact: &Impact) -> bool {
        let reached = |bound: Option<f64>, value: Option<f64>| {
            bound.is_none_or(|bound| value.is_some_and(|value| value >= bound))
        };
        self.workloads.is_none_or(|least| impact.workloads >= least)
            && self.entrances.is_none_or(|least| impact.entrances >= least)
            && reached(self.failing_share, impact.failing_share)
            && reached(self.slowed_share, impact.slowed_share)
            && self.money_per_hour.is_none_or(|least| {
                impact.money_per_hour.is_some_and(|money| money >= Decimal::from(least))
            })
    }
}
