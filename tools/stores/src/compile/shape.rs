//! What the compiler must know about the loaded data: its columns, currencies and spellings.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    error::StoreError,
    period::Period,
    quality::CostDescription,
};
use wherefore_load::schema::{ChargeColumn, Origin};

/// All spellings of the values of one dimension: lower case -> as charges spell them.
pub type Spellings = BTreeMap<String, Vec<String>>;

/// The shape of the loaded data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Normalised tag key -> column.
    pub tag_columns: BTreeMap<String, String>,
    /// The tag key that names the workload of a charge.
    pub workload_tag: String,
    /// The currencies of the bill; more than one adds `billing_currency` to every cost.
    pub billing_currencies: Vec<String>,
    /// Dimensions that hold at least one value.
    pub filled: BTreeSet<String>,
    /// Formats of the loaded files, e.g. `FOCUS 1.0`, `CUR 2.0`.
    pub formats: Vec<String>,
    /// Dimensions whose values are all known: their conditions compare exact spellings, which an engine can look up
    /// in statistics and dictionaries, instead of lowering every row.
    pub spellings: BTreeMap<Dimension, Spellings>,
    /// From the first to after the last hour that is loaded.
    pub coverage: Option<Period>,
    /// The cost that a unit cost divides; effective cost when not set.
    pub unit_cost_of: Option<Measure>,
}

impl Shape {
    /// The shape that a description and its tag columns tell.
    #[must_use]
    pub fn new(description: &CostDescription, tag_columns: BTreeMap<String, String>) -> Self {
        Self {
            tag_columns,
            workload_tag: description.workload_tag.clone(),
            billing_currencies: description.billing_currencies.clone(),
            filled: description.dimensions.iter().map(|fill| fill.dimension.clone()).collect(),
            formats: description.formats.clone(),
            spellings: BTreeMap::new(),
            coverage: description.coverage,
            unit_cost_of: None,
        }
    }

    /// The measure that a unit cost divides.
    pub(super) fn unit_cost_basis(&self) -> Measure {
        self.unit_cost_of.clone().unwrap_or(Measure::EffectiveCost)
    }

    /// The column of a tag key.
    pub(super) fn tag_column(&self, key: &str, hints: Hints) -> Result<&str, StoreError> {
        let column = self.tag_columns.get(key).map(String::as_str);
        // A column map is data: a name that is no plain identifier never reaches a statement.
        column.filter(|name| is_identifier(name)).ok_or_else(|| StoreError::MissingDimension {
            dimension: format!("tag:{key}"),
            hint: match hints {
                Hints::Given => nearest_keys(key, self.tag_columns.keys()),
                Hints::Withheld => "no charge that you may see carries this tag".to_owned(),
            },
        })
    }

    /// The column of the workload tag.
    pub(super) fn workload_column(&self) -> Result<&str, StoreError> {
        let column = self.tag_columns.get(&self.workload_tag).map(String::as_str);
        column.filter(|name| is_identifier(name)).ok_or_else(|| StoreError::MissingDimension {
            dimension: "workload".to_owned(),
            hint: format!(
                "no charge carries the tag `{}`; tag charges with it, or load with another --workload-tag",
                self.workload_tag
            ),
        })
    }

    /// Refuses a column that holds nothing and that no loaded format knows.
    pub(super) fn check_column(&self, dimension: FocusDimension) -> Result<(), StoreError> {
        if self.filled.contains(dimension.name()) || self.filled.is_empty() {
            return Ok(());
        }
        let Some(column) = ChargeColumn::by_name(dimension.column()) else { return Ok(()) };
        let origin = column.spec().origin;
        if self.formats.is_empty() || self.formats.iter().any(|format| brings(format, origin)) {
            return Ok(());
        }
        Err(StoreError::MissingDimension {
            dimension: dimension.name().to_owned(),
            hint: format!(
                "the column {} comes with {origin}, and what is loaded is {}",
                column.name(),
                self.formats.join(", ")
            ),
        })
    }
}

/// Whether an error may name what is loaded: not to someone who may see only a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hints {
    Given,
    Withheld,
}

// Columns of 1.1 and 1.2 have no counterpart in Cost and Usage Reports; our own come only from those.
fn brings(format: &str, origin: Origin) -> bool {
    let Some(version) = format.strip_prefix("FOCUS ") else {
        return matches!(origin, Origin::Focus10 | Origin::Own);
    };
    match origin {
        Origin::Focus10 => true,
        Origin::Focus11 => version >= "1.1",
        Origin::Focus12 => version >= "1.2",
        Origin::Own => false,
    }
}

/// Whether a name can stand in a statement without quotes.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn nearest_keys<'a>(key: &str, keys: impl Iterator<Item = &'a String>) -> String {
    let mut ranked: Vec<(usize, &str)> =
        keys.map(|known| (strsim::damerau_levenshtein(key, known), known.as_str())).collect();
    ranked.sort_unstable();
    let names: Vec<String> = ranked.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    if names.is_empty() {
        "no charge carries a tag".to_owned()
    } else {
        format!("the nearest tag keys are {}", names.join(", "))
    }
}
