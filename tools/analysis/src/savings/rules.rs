//! The rule table: what each check looks for, and where its figures come from.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::telemetry::Statistic;

const EMBEDDED: &str = include_str!("rules.toml");

/// The rules of all checks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub settings: Settings,
    pub environments: Environments,
    #[serde(rename = "check")]
    pub checks: Vec<Check>,
}

/// Thresholds that several checks share.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What a saving must reach in a month.
    pub min_monthly: Decimal,
    /// Days before the end of the period in which nothing may have been used.
    pub lookback_days: u32,
    /// At least so many of these days must be loaded.
    pub least_days: u32,
    /// Mean length of a month in days.
    pub month_days: Decimal,
    /// So many savings are listed one by one, the largest; the others are summed by kind.
    pub shown: usize,
    /// Share of all hours from which on a machine runs day and night.
    pub around_the_clock: Decimal,
}

/// Words that tell production from the rest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environments {
    /// Tag keys that name an environment.
    pub tags: Vec<String>,
    pub non_production: Vec<String>,
    pub production: Vec<String>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub id: String,
    pub en: String,
    pub ko: String,
    pub action: Action,
    /// `low`, `medium` or `high`.
    pub effort: Level,
    pub risk: Level,
    pub source: String,
    /// The least part that goes, where deleting may leave something charged.
    #[serde(default)]
    pub low: Option<Decimal>,
    /// What telemetry must show where it is loaded: a figure that reaches its bound withdraws the finding.
    #[serde(default)]
    pub confirmed_by: Vec<Limit>,
    pub find: Find,
}

/// How much work or danger an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Low,
    Medium,
    High,
}

impl Level {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What is done, in the order of doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Delete,
    Resize,
    Schedule,
    Move,
    Commit,
    /// Nothing can be booked before somebody has looked.
    Examine,
}

impl Action {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Resize => "resize",
            Self::Schedule => "schedule",
            Self::Move => "move",
            Self::Commit => "commit",
            Self::Examine => "examine",
        }
    }
}

/// How a check finds what it looks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Find {
    /// Charged for being there, with no use of it in the look-back.
    Idle {
        runs: Vec<String>,
        used: Vec<String>,
        /// So little use that it is worth a look.
        #[serde(default)]
        barely: Option<Barely>,
    },
    /// A charge that is waste by its name.
    Charged { what: Vec<String> },
    /// Where nothing of `beside`, and nothing of the cloud services, runs in the same account and region.
    Alone {
        what: Vec<String>,
        beside: Vec<String>,
        #[serde(default)]
        beside_services: Vec<String>,
    },
    /// First charged so many months before the end of the period, or earlier.
    Aged { what: Vec<String>, months: u32 },
    /// Runs day and night outside production; these hours of weekdays would do (UTC, the second left out).
    Schedule {
        what: Vec<String>,
        from_hour: u32,
        to_hour: u32,
        /// Where usage types say little: only those of these cloud services.
        #[serde(default)]
        services: Vec<String>,
    },
    /// Could be another usage type: a part of its name is replaced.
    Rename { services: Vec<String>, swaps: Vec<Swap> },
    /// Could be another usage type: what stands behind `marker` is replaced.
    Swap {
        marker: String,
        #[serde(default)]
        sizes: BTreeSet<String>,
        #[serde(default)]
        operations: Vec<String>,
        swaps: Vec<Swap>,
        #[serde(default)]
        performance: Option<Performance>,
    },
    /// Stored in one class alone, and not asked for.
    Unread {
        storage: String,
        to: String,
        classes: Vec<String>,
        requests: Vec<String>,
        /// Other cloud services charge storage by usage types of the same name.
        services: Vec<String>,
        low: Decimal,
        expected: Decimal,
        high: Decimal,
    },
    /// Is paid on demand once everything else is done, and cheaper under a commitment; the table of offers says which.
    Commit,
    /// A fleet of a workload whose transactions leave hours of the week in which fewer would do.
    Scaling,
    /// Calls of a client beyond what it made for each transaction, or beyond its peers.
    Calls,
    /// Charged for being there, while telemetry stays below every one of these bounds.
    Quiet {
        runs: Vec<String>,
        limits: Vec<Limit>,
        #[serde(default)]
        services: Vec<String>,
    },
    /// Bought by capacity of which telemetry, in percent, uses little: what is used, with headroom, would do.
    Shrink { what: Vec<String>, limit: Limit, headroom: Decimal },
    /// Of a size whose next smaller one would carry what telemetry measured.
    Rightsize(Rightsize),
    /// Does next to nothing in so many hours of the week outside production, by telemetry.
    QuietHours {
        what: Vec<String>,
        least_hours: u32,
        /// Bounds of an hour: CPU in percent, and bytes of the network.
        cpu_most: Decimal,
        network_most: Decimal,
    },
    /// Stored for longer than so many months of what is written now.
    Retention {
        storage: String,
        written: Vec<String>,
        months: Decimal,
        /// What a GB takes in store.
        packed: Decimal,
        services: Vec<String>,
    },
    /// Part of it may go: nobody knows how much before looking.
    Share {
        what: Vec<String>,
        high: Decimal,
        #[serde(default)]
        services: Vec<String>,
    },
}

/// A bound of a figure of telemetry.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// A signal of the table of metrics.
    pub signal: String,
    pub statistic: Statistic,
    /// The figure stays below it.
    pub below: Decimal,
}

/// Sizes in their order, and what must fit into the smaller one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rightsize {
    pub marker: String,
    /// From the smallest to the largest.
    pub sizes: Vec<Size>,
    /// Signals, in percent of the capacity.
    pub cpu: String,
    pub memory: String,
    /// Part of the smaller size's capacity that stays free.
    pub headroom: Decimal,
}

/// A size and its capacity beside the others'.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub name: String,
    pub units: Decimal,
}

/// Use up to this quantity in so many days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barely {
    pub quantity: Decimal,
    pub days: u32,
}

/// One kind of thing that takes the place of another. Without shares only an own rate counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub low: Option<Decimal>,
    #[serde(default)]
    pub expected: Option<Decimal>,
    #[serde(default)]
    pub high: Option<Decimal>,
}

/// What must be bought beside a volume to keep its performance; prices are parts of the price of a GB.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    pub iops_per_gb: Decimal,
    pub iops_most: Decimal,
    pub iops_free: Decimal,
    pub iops_price: Decimal,
    pub fast_from_gb: Decimal,
    pub throughput_extra: Decimal,
    pub throughput_price: Decimal,
}

/// A rule table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    #[error("the savings rules are no valid TOML table of checks")]
    Malformed(#[from] toml::de::Error),
    #[error("the savings rules have two checks `{id}`")]
    Twice { id: String },
    #[error("the savings rule `{id}` has a share outside 0 to 1, or out of order")]
    Shares { id: String },
}

impl Rules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// When the table that was built in is not valid; a test keeps it so that it is.
    pub fn embedded() -> Result<Self, RulesError> {
        Self::parse(EMBEDDED)
    }

    /// Reads a rule table.
    ///
    /// # Errors
    /// When it is no valid table, names a check twice, or has a share that is none.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Self = toml::from_str(text)?;
        let mut seen = BTreeSet::new();
        for check in &rules.checks {
            if !seen.insert(check.id.as_str()) {
                return Err(RulesError::Twice { id: check.id.clone() });
            }
            if !check.shares_are_parts() {
                return Err(RulesError::Shares { id: check.id.clone() });
            }
        }
        Ok(rules)
    }

    /// Ids of the signals of telemetry that some check reads.
    #[must_use]
    pub fn signals<'a>(&'a self, checks: &[&'a Check]) -> BTreeSet<&'a str> {
        checks.iter().flat_map(|check| check.signals()).collect()
    }

    /// The check of this id.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// Every piece of a usage type that some check looks for, without anchors: what must be read.
    #[must_use]
    pub fn patterns<'a>(&'a self, checks: &[&'a Check]) -> BTreeSet<&'a str> {
        checks.iter().flat_map(|check| check.find.patterns()).map(bare).collect()
    }
}

impl Check {
    fn signals(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            self.confirmed_by.iter().map(|limit| limit.signal.as_str()).collect();
        match &self.find {
            Find::Quiet { limits, .. } => {
                all.extend(limits.iter().map(|limit| limit.signal.as_str()));
            }
            Find::Shrink { limit, .. } => all.push(&limit.signal),
            Find::Rightsize(size) => all.extend([size.cpu.as_str(), &size.memory]),
            Find::QuietHours { .. } => all.extend(["cpu", "network"]),
            Find::Idle { .. }
            | Find::Charged { .. }
            | Find::Alone { .. }
            | Find::Aged { .. }
            | Find::Schedule { .. }
            | Find::Swap { .. }
            | Find::Rename { .. }
            | Find::Unread { .. }
            | Find::Commit
            | Find::Scaling
            | Find::Calls
            | Find::Retention { .. }
            | Find::Share { .. } => {}
        }
        all
    }

    fn shares_are_parts(&self) -> bool {
        let rising = |shares: &[Decimal]| {
            shares.iter().all(|share| (Decimal::ZERO..=Decimal::ONE).contains(share))
                && shares.is_sorted()
        };
        let own = self.low.is_none_or(|low| rising(&[low]));
        own && match &self.find {
            Find::Unread { low, expected, high, .. } => rising(&[*low, *expected, *high]),
            Find::Share { high, .. } => rising(&[*high]),
            Find::Swap { swaps, .. } | Find::Rename { swaps, .. } => swaps.iter().all(|swap| {
                let shares: Vec<Decimal> =
                    [swap.low, swap.expected, swap.high].into_iter().flatten().collect();
                matches!(shares.len(), 0 | 3) && rising(&shares)
            }),
            Find::Rightsize(size) => rising(&[size.headroom]),
            Find::Retention { packed, .. } => rising(&[*packed]),
            Find::Idle { .. }
            | Find::Quiet { .. }
            | Find::Shrink { .. }
            | Find::QuietHours { .. }
            | Find::Charged { .. }
            | Find::Alone { .. }
            | Find::Aged { .. }
            | Find::Schedule { .. }
            | Find::Commit
            | Find::Scaling
            | Find::Calls => true,
        }
    }
}

impl Find {
    /// The patterns of usage types that it reads.
    fn patterns(&self) -> Vec<&str> {
        match self {
            Self::Idle { runs, used, .. } => both(runs, used),
            Self::Alone { what, beside, .. } => both(what, beside),
            Self::Rename { swaps, .. } => swaps.iter().map(|swap| swap.from.as_str()).collect(),
            Self::Quiet { runs, .. } => both(runs, &[]),
            Self::Rightsize(size) => vec![&size.marker],
            Self::Retention { storage, written, .. } => {
                both(std::slice::from_ref(storage), written)
            }
            Self::Charged { what }
            | Self::Shrink { what, .. }
            | Self::QuietHours { what, .. }
            | Self::Aged { what, .. }
            | Self::Schedule { what, .. }
            | Self::Share { what, .. } => both(what, &[]),
            Self::Swap { marker, .. } => vec![marker],
            Self::Unread { classes, requests, .. } => both(classes, requests),
            Self::Commit | Self::Scaling | Self::Calls => Vec::new(),
        }
    }
}

fn both<'a>(one: &'a [String], other: &'a [String]) -> Vec<&'a str> {
    one.iter().chain(other).map(String::as_str).collect()
}

/// A pattern without what says where it stands.
pub(super) fn bare(pattern: &str) -> &str {
    pattern.trim_start_matches('*').trim_end_matches('$')
}

/// Whether a usage type is of a pattern: it begins there or after `-`, `*` lets it begin anywhere, and `$` ends it.
pub(super) fn is_of(usage_type: &str, pattern: &str) -> bool {
    let wanted = bare(pattern);
    let (anywhere, ends) = (pattern.starts_with('*'), pattern.ends_with('$'));
    usage_type.match_indices(wanted).any(|(at, found)| {
        let before = usage_type.get(..at).unwrap_or_default();
        let after = usage_type.get(at + found.len()..).unwrap_or_default();
        (anywhere || before.is_empty() || before.ends_with('-')) && (!ends || after.is_empty())
    })
}

/// Whether a usage type is of one of the patterns.
pub(super) fn is_any(usage_type: &str, patterns: &[String]) -> bool {
    patterns.iter().any(|pattern| is_of(usage_type, pattern))
}
