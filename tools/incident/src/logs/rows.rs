//! Which attributes differ between two sets of rows: slow or failed requests against the others.

use std::collections::BTreeMap;

use super::{
    chance::{corrected, float, over_represented, sureness},
    settings::RowSettings,
};

mod attribute;

use attribute::{Attribute, Counted};

/// A value of an attribute that stands in more of the bad rows than of the normal ones.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeDifference {
    pub key: String,
    /// The value, `low..high` of a numeric attribute (low included, high not), or nothing where the attribute is missing.
    pub value: Option<String>,
    pub bad_rows: u64,
    pub normal_rows: u64,
    /// Share of the bad rows, 0 to 1.
    pub bad_share: f64,
    pub normal_share: f64,
    /// The share of bad rows by that of normal ones, with half a row added to both counts.
    pub lift: f64,
    /// One-sided, corrected for the number of values looked at.
    pub p_value: f64,
}

/// An attribute that is not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub key: String,
    /// Different values that were counted before it was set aside.
    pub values: usize,
}

/// What differs between bad and normal rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowDifferences {
    /// The strongest first: `-log10 p` times the difference of the shares.
    pub rows: Vec<AttributeDifference>,
    /// Values that differ and are not among the rows.
    pub more: usize,
    pub bad_rows: u64,
    pub normal_rows: u64,
    /// Attributes with so many values that they are ids.
    pub set_aside: Vec<SetAside>,
    /// Rows that were not read, because there were too many.
    pub rows_left_out: u64,
    /// Attributes that were not read, because there were too many.
    pub attributes_left_out: u64,
}

/// Attributes that are looked at.
const ATTRIBUTES: usize = 500;

/// Compares bad rows with normal ones, attribute by attribute. A key that stands twice in a row counts with its first value.
#[must_use]
pub fn compare_rows<K: AsRef<str>, V: AsRef<str>, R: AsRef<[(K, V)]>>(
    rows: impl IntoIterator<Item = (bool, R)>,
    settings: &RowSettings,
) -> RowDifferences {
    let mut out = RowDifferences::default();
    let mut attributes: BTreeMap<String, Attribute> = BTreeMap::new();
    let mut row_number = 0_u64;
    for (is_bad, row) in rows {
        if row_number >= settings.rows_read as u64 {
            out.rows_left_out += 1;
            continue;
        }
        row_number += 1;
        *(if is_bad { &mut out.bad_rows } else { &mut out.normal_rows }) += 1;
        for (key, value) in row.as_ref() {
            if let Some(attribute) = attributes.get_mut(key.as_ref()) {
                attribute.see(is_bad, value.as_ref(), row_number, settings);
            } else if attributes.len() < ATTRIBUTES {
                let mut attribute = Attribute::default();
                attribute.see(is_bad, value.as_ref(), row_number, settings);
                attributes.insert(key.as_ref().to_owned(), attribute);
            } else {
                out.attributes_left_out += 1;
            }
        }
    }
    let mut found: Vec<(String, Option<String>, u64, u64)> = Vec::new();
    for (key, attribute) in attributes {
        match attribute.counted(&key, (out.bad_rows, out.normal_rows), settings) {
            Counted::SetAside(values) => out.set_aside.push(SetAside { key, values }),
            Counted::Values(values) => {
                let values = values.into_iter();
                found.extend(values.map(|(value, bad, normal)| (key.clone(), value, bad, normal)));
            }
        }
    }
    rank(&mut out, found, settings);
    out
}

fn rank(
    out: &mut RowDifferences,
    found: Vec<(String, Option<String>, u64, u64)>,
    settings: &RowSettings,
) {
    let (bad, normal) = (out.bad_rows, out.normal_rows);
    if bad == 0 || normal == 0 {
        return;
    }
    let chances: Vec<f64> = found
        .iter()
        .map(|(_, _, hits, others)| over_represented(*hits, bad, hits + others, bad + normal))
        .collect();
    let rows = found.into_iter().zip(corrected(&chances)).map(
        |((key, value, bad_rows, normal_rows), p_value)| AttributeDifference {
            key,
            value,
            bad_rows,
            normal_rows,
            bad_share: float(bad_rows) / float(bad),
            normal_share: float(normal_rows) / float(normal),
            lift: ((float(bad_rows) + 0.5) / (float(bad) + 0.5))
                / ((float(normal_rows) + 0.5) / (float(normal) + 0.5)),
            p_value,
        },
    );
    let mut rows: Vec<AttributeDifference> = rows
        .filter(|row| {
            row.bad_share > row.normal_share
                && row.bad_rows >= settings.least_support
                && row.p_value <= settings.false_discovery_rate
        })
        .collect();
    let weight =
        |row: &AttributeDifference| sureness(row.p_value) * (row.bad_share - row.normal_share);
    rows.sort_by(|left, right| {
        weight(right)
            .total_cmp(&weight(left))
            .then_with(|| left.key.cmp(&right.key))
            .then_with(|| left.value.cmp(&right.value))
    });
    out.more = rows.len().saturating_sub(settings.rows);
    rows.truncate(settings.rows);
    out.rows = rows;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::LogSettings;

    type Row = (bool, Vec<(&'static str, String)>);

    fn requests() -> Vec<Row> {
        (0..2000_u32)
            .map(|at| {
                let zone = if at % 3 == 0 { "a" } else { "b" };
                let is_old = at % 10 == 0;
                let is_bad = is_old && at % 20 != 10;
                let bytes = if is_bad { 5000 + at } else { 100 + at % 900 };
                let version = if is_old { "1.2.0" } else { "1.1.9" };
                let mut row = vec![
                    ("zone", zone.to_owned()),
                    ("version", version.to_owned()),
                    ("request_id", format!("q-{at}")),
                    ("bytes", bytes.to_string()),
                ];
                if is_bad {
                    row.push(("retry", "yes".to_owned()));
                }
                (is_bad, row)
            })
            .collect()
    }

    fn compared(rows: &[Row]) -> RowDifferences {
        let rows = rows.iter().map(|(is_bad, row)| (*is_bad, row.as_slice()));
        compare_rows(rows, &LogSettings::embedded().unwrap().rows)
    }

    #[test]
    fn what_sets_bad_rows_apart_is_told_and_ids_are_set_aside() {
        let found = compared(&requests());
        let named: Vec<(&str, Option<&str>)> =
            found.rows.iter().map(|row| (row.key.as_str(), row.value.as_deref())).collect();
        assert_eq!(
            named,
            [("retry", Some("yes")), ("version", Some("1.2.0")), ("bytes", Some("801..")),]
        );
        assert_eq!(found.set_aside, [SetAside { key: "request_id".to_owned(), values: 1001 }]);
        assert!((found.rows[1].bad_share - 1.0).abs() < 1e-9 && found.rows[1].lift > 15.0);
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_empty_sets_say_nothing() {
        let mut rows = requests();
        let forward = compared(&rows);
        rows.reverse();
        assert_eq!(forward, compared(&rows));
        assert_eq!(compared(&[]).rows, []);
        rows.retain(|(is_bad, _)| *is_bad);
        assert_eq!(compared(&rows).rows, []);
    }
}
