//! The names that occur in the charges, for search.

use std::collections::BTreeMap;

use crate::{
    describe::Content,
    manifest::{Catalog, CatalogValue},
    stats::Values,
};

// Moments and units are no names that a question could mean.
const NAMELESS: [&str; 3] = ["commitment_discount_unit", "commitment_end", "commitment_start"];

pub(super) fn of(content: &Content<'_>, values: &BTreeMap<String, Values>) -> Catalog {
    let mut labels: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (_, stats) in content.files {
        for (dimension, pairs) in &stats.names {
            for (id, name) in pairs {
                // An id with several names keeps the first in order; the notices name them all.
                labels.entry((dimension, id)).or_insert(name);
            }
        }
    }
    let mut catalog = Catalog::default();
    for (dimension, values) in values {
        if NAMELESS.contains(&dimension.as_str()) {
            continue;
        }
        if values.cut {
            catalog.cut.push(dimension.clone());
        }
        let value = |(value, rows): (&String, &u64)| CatalogValue {
            value: value.clone(),
            label: labels.get(&(dimension.as_str(), value.as_str())).map(|name| (*name).to_owned()),
            rows: *rows,
        };
        let listed: Vec<_> = values.counts.iter().map(value).collect();
        if !listed.is_empty() {
            catalog.dimensions.insert(dimension.clone(), listed);
        }
    }
    catalog
}
