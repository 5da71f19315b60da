//! Names that are not in the charges: everyday names, short forms, and names for a part of usage types.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use wherefore_contract::dimension::{Dimension, FocusDimension as F};

use super::{
    super::words::{fold, is_empty_word, key},
    ALIAS, Entry, NamesError, SHORT, WIDE,
};

/// Columns whose values contain what people name, in the order in which they are searched.
pub(super) const PART_COLUMNS: &[F] = &[
    F::UsageType,
    F::Operation,
    F::ProductFamily,
    F::ChargeDescription,
    F::ResourceType,
    F::ResourceId,
];

/// Columns that are searched for a part of their values.
pub(super) const SEARCHED_COLUMNS: &[F] = &[
    F::UsageType,
    F::Operation,
    F::ProductFamily,
    F::ChargeDescription,
    F::ResourceType,
    F::ResourceId,
    F::InstanceType,
];

// Providers put their name before the names of their services.
const PREFIXES: &[&str] =
    &["amazon", "aws", "azure", "google cloud", "google", "oracle", "microsoft"];

/// A text that values of a column contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) dimension: Dimension,
    pub(super) text: String,
}

/// The list of names that we keep.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// Names for the same thing.
    groups: Vec<Vec<String>>,
    wide: Vec<Wide>,
    places: Vec<Place>,
    parts: Vec<Named>,
}

/// A name for all regions of a part of the world.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    names: Vec<String>,
    begins: Vec<String>,
}

/// A name for things of several providers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wide {
    names: Vec<String>,
    means: Vec<String>,
}

/// A name for charges whose usage type, operation or description contains a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    names: Vec<String>,
    contains: Vec<String>,
}

pub(super) fn known() -> Result<Known, NamesError> {
    Ok(toml::from_str(include_str!("../aliases.toml"))?)
}

fn keys(names: &[String]) -> Vec<String> {
    names.iter().map(|name| key(&fold(name))).collect()
}

impl Place {
    // Regions by their ids; a bill without ids spells them in the column of names.
    fn regions(&self, entries: &[Entry]) -> BTreeSet<usize> {
        let within = |column: F| -> BTreeSet<usize> {
            let here = |entry: &Entry| {
                let id = entry.value.to_lowercase();
                entry.dimension == Dimension::Column(column)
                    && self.begins.iter().any(|begin| id.starts_with(begin.as_str()))
            };
            let all = entries.iter().enumerate().filter(|(_, entry)| here(entry));
            all.map(|(at, _)| at).collect()
        };
        let by_id = within(F::Region);
        if by_id.is_empty() { within(F::RegionName) } else { by_id }
    }
}

impl Known {
    /// What each alias means among the loaded names, with its points.
    pub(super) fn aliases(
        &self,
        entries: &[Entry],
        by_key: &BTreeMap<String, Vec<usize>>,
    ) -> BTreeMap<String, BTreeMap<usize, u32>> {
        let mut by_alias: BTreeMap<String, BTreeMap<usize, u32>> = BTreeMap::new();
        let mut keep = |key: String, meant: &BTreeSet<usize>, score: u32| {
            let all = by_alias.entry(key).or_default();
            for at in meant {
                let kept = all.entry(*at).or_insert(score);
                *kept = score.max(*kept);
            }
        };
        let loaded = |names: &[String]| -> BTreeSet<usize> {
            keys(names).iter().filter_map(|key| by_key.get(key)).flatten().copied().collect()
        };
        for group in &self.groups {
            let meant = loaded(group);
            for key in keys(group).into_iter().filter(|_| !meant.is_empty()) {
                keep(key, &meant, ALIAS);
            }
        }
        for wide in &self.wide {
            // A meaning stands for its whole group.
            let targets: BTreeSet<String> = keys(&wide.means).into_iter().collect();
            let mut meant = loaded(&wide.means);
            for group in &self.groups {
                if keys(group).iter().any(|key| targets.contains(key)) {
                    meant.extend(loaded(group));
                }
            }
            // Services alone: a category of the same name means more than them.
            meant.retain(|at| {
                entries.get(*at).is_some_and(|entry| {
                    matches!(entry.dimension, Dimension::Column(F::ServiceName | F::ServiceCode))
                })
            });
            for key in keys(&wide.names).into_iter().filter(|_| !meant.is_empty()) {
                keep(key, &meant, WIDE);
            }
        }
        for place in &self.places {
            let meant = place.regions(entries);
            for key in keys(&place.names).into_iter().filter(|_| !meant.is_empty()) {
                keep(key, &meant, ALIAS);
            }
        }
        by_alias
    }

    /// Which texts an everyday name means, in the first column that has values with one of them.
    pub(super) fn parts(&self, entries: &[Entry]) -> BTreeMap<String, Vec<Part>> {
        let mut values: BTreeMap<F, Vec<String>> = BTreeMap::new();
        for entry in entries {
            if let Dimension::Column(column) = &entry.dimension
                && PART_COLUMNS.contains(column)
                && *column != F::ResourceId
            {
                values.entry(*column).or_default().push(entry.value.to_lowercase());
            }
        }
        let mut by_part = BTreeMap::new();
        for named in &self.parts {
            let found = PART_COLUMNS.iter().find_map(|column| {
                let held = values.get(column)?;
                let texts: Vec<Part> = named
                    .contains
                    .iter()
                    .filter(|text| {
                        let folded = text.to_lowercase();
                        held.iter().any(|value| value.contains(&folded))
                    })
                    .map(|text| Part { dimension: Dimension::Column(*column), text: text.clone() })
                    .collect();
                (!texts.is_empty()).then_some(texts)
            });
            for key in keys(&named.names) {
                if let Some(texts) = &found {
                    by_part.entry(key).or_insert_with(|| texts.clone());
                }
            }
        }
        by_part
    }
}

/// Adds the short forms that loaded names have by themselves: `Route 53` for `Amazon Route 53`, `ECR` for
/// `Container Registry (ECR)`, `Tokyo` for `Asia Pacific (Tokyo)`, the last part of a resource's id.
pub(super) fn short_forms(
    entries: &[Entry],
    by_key: &BTreeMap<String, Vec<usize>>,
    by_alias: &mut BTreeMap<String, BTreeMap<usize, u32>>,
) {
    for (at, entry) in entries.iter().enumerate() {
        let Dimension::Column(column) = &entry.dimension else { continue };
        let names = [Some(entry.value.as_str()), entry.label.as_deref()];
        for name in names.into_iter().flatten() {
            let short = if *column == F::ServiceName {
                [in_brackets(name), without_provider(name)]
            } else if matches!(column, F::Region | F::RegionName) {
                [in_brackets(name), None]
            } else if matches!(column, F::Publisher | F::InvoiceIssuer) {
                [without_form(name), None]
            } else if matches!(column, F::ResourceId | F::CommitmentDiscountId) {
                [last_part(name), None]
            } else {
                [None, None]
            };
            for short in short.into_iter().flatten() {
                let key = key(&fold(short));
                let plain = key.chars().count() >= 3 && !is_empty_word(&key);
                if plain && !by_key.get(&key).is_some_and(|same| same.contains(&at)) {
                    by_alias.entry(key).or_default().entry(at).or_insert(SHORT);
                }
            }
        }
    }
}

fn in_brackets(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once('(')?;
    rest.strip_suffix(')').filter(|inside| !inside.contains('('))
}

// "AmazonCloudWatch" and "Amazon Route 53".
fn without_provider(name: &str) -> Option<&str> {
    let folded = name.to_lowercase();
    let rest = PREFIXES.iter().find_map(|prefix| {
        let after = folded.strip_prefix(prefix)?;
        name.get(folded.len() - after.len()..)
    })?;
    let rest = rest.trim_start();
    (rest.len() >= 3).then_some(rest)
}

// "Red Hat Inc.", "Amazon Web Services, Inc.".
fn without_form(name: &str) -> Option<&str> {
    ["Inc.", "Inc", "SARL", "Ltd.", "Ltd", "LLC", "GmbH", "Corporation", "Co."]
        .iter()
        .find_map(|form| name.strip_suffix(form))
        .map(|rest| rest.trim_end_matches([' ', ',']))
}

// The name of a resource at the end of its id.
fn last_part(id: &str) -> Option<&str> {
    let long = ["arn:", "ocid1.", "/subscriptions/", "//", "projects/"]
        .iter()
        .any(|start| id.starts_with(start));
    let last = id.rsplit(['/', ':']).next()?;
    let named = last.len() >= 4
        && last.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'_');
    (long && named).then_some(last)
}
