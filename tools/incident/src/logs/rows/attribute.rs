//! The values of one attribute, counted in bounded memory.

use rustc_hash::FxHashMap;

use crate::logs::settings::RowSettings;

/// Bytes of a value that are told.
const LONGEST: usize = 200;
/// Fewer values are never ids.
const FEW: usize = 20;

/// The values of one attribute.
#[derive(Debug, Default)]
pub(super) struct Attribute {
    /// Bad and normal rows of each value, as long as there are not too many.
    texts: FxHashMap<Box<str>, (u64, u64)>,
    has_too_many: bool,
    numbers: Vec<(f64, bool)>,
    /// A value that is no number.
    has_words: bool,
    bad: u64,
    normal: u64,
    last_row: u64,
}

/// What became of an attribute.
pub(super) enum Counted {
    /// It is an id; so many values were counted.
    SetAside(usize),
    /// Values with their bad and normal rows; no value where the attribute is missing.
    Values(Vec<(Option<String>, u64, u64)>),
}

impl Attribute {
    pub(super) fn see(&mut self, is_bad: bool, value: &str, row: u64, settings: &RowSettings) {
        if self.last_row == row {
            return;
        }
        self.last_row = row;
        *(if is_bad { &mut self.bad } else { &mut self.normal }) += 1;
        if !self.has_words {
            match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => self.numbers.push((number, is_bad)),
                Ok(_) | Err(_) => {
                    self.has_words = true;
                    self.numbers = Vec::new();
                }
            }
        }
        if self.has_too_many {
            return;
        }
        let value = cut(value);
        if !self.texts.contains_key(value) {
            if self.texts.len() > settings.most_values {
                self.has_too_many = true;
                return;
            }
            self.texts.insert(value.into(), (0, 0));
        }
        if let Some((bad, normal)) = self.texts.get_mut(value) {
            *(if is_bad { bad } else { normal }) += 1;
        }
    }

    pub(super) fn counted(
        self,
        key: &str,
        (bad, normal): (u64, u64),
        settings: &RowSettings,
    ) -> Counted {
        let values = self.texts.len();
        let is_id = is_named_id(key);
        let missing = (bad - self.bad.min(bad), normal - self.normal.min(normal));
        let is_numeric = !self.has_words && values > settings.bins * 2 && !is_id;
        let rows = super::float(self.bad + self.normal);
        let has_id_share = values > FEW && super::float(values as u64) > settings.id_share * rows;
        if !is_numeric && (self.has_too_many || has_id_share) {
            return Counted::SetAside(values);
        }
        let mut out: Vec<(Option<String>, u64, u64)> = if is_numeric {
            binned(self.numbers, settings.bins)
        } else {
            let texts = self.texts.into_iter();
            texts.map(|(value, (bad, normal))| (Some(value.into()), bad, normal)).collect()
        };
        if missing != (0, 0) {
            out.push((None, missing.0, missing.1));
        }
        out.sort();
        Counted::Values(out)
    }
}

fn cut(value: &str) -> &str {
    let end = (0..=LONGEST.min(value.len())).rev().find(|at| value.is_char_boundary(*at));
    value.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn is_named_id(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["id", "uuid", "guid"].iter().any(|name| {
        key.strip_suffix(name)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with(['_', '.', '-']))
    })
}

// Bins at quantiles of the normal rows: equal bins would put all but the furthest values into one.
fn binned(mut numbers: Vec<(f64, bool)>, bins: usize) -> Vec<(Option<String>, u64, u64)> {
    numbers.sort_by(|left, right| left.0.total_cmp(&right.0));
    let normal: Vec<f64> =
        numbers.iter().filter(|(_, is_bad)| !is_bad).map(|(number, _)| *number).collect();
    let mut edges: Vec<f64> =
        (1..bins).filter_map(|bin| normal.get(normal.len() * bin / bins)).copied().collect();
    edges.dedup_by(|left, right| left.total_cmp(right).is_eq());
    let mut counts = vec![(0_u64, 0_u64); edges.len() + 1];
    for (number, is_bad) in numbers {
        let bin = edges.partition_point(|edge| *edge <= number);
        if let Some((bad, normal)) = counts.get_mut(bin) {
            *(if is_bad { bad } else { normal }) += 1;
        }
    }
    let edge = |at: Option<usize>| {
        at.and_then(|at| edges.get(at)).map(ToString::to_string).unwrap_or_default()
    };
    counts
        .iter()
        .enumerate()
        .map(|(bin, (bad, normal))| {
            let name = format!("{}..{}", edge(bin.checked_sub(1)), edge(Some(bin)));
            (Some(name), *bad, *normal)
        })
        .collect()
}
