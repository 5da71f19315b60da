//! Measures of groups of lines: GA, PF1, FGA, PA, FTA (Zhu et al., ICSE-SEIP 2019; Khan et al., ICSE 2022).

use std::collections::{BTreeMap, BTreeSet};

use super::{Grouped, Labelled};

/// The measures, or their sums.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Measures([f64; 5]);

impl Measures {
    pub(super) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    pub(super) fn means(self, count: u32) -> impl Iterator<Item = (&'static str, f64)> {
        ["ga", "pf1", "fga", "pa", "fta"]
            .into_iter()
            .zip(self.0.map(|sum| sum / f64::from(count.max(1))))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of some thousand lines and their pairs")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

fn sets<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, BTreeSet<usize>> {
    let mut out: BTreeMap<K, BTreeSet<usize>> = BTreeMap::new();
    for (line, key) in keys.enumerate() {
        out.entry(key).or_default().insert(line);
    }
    out
}

/// Each event and whether its lines are exactly one group.
pub(super) fn right_events(lines: &[Labelled], grouped: &Grouped) -> Vec<(String, bool)> {
    let groups = sets(grouped.iter().map(|(group, _)| group.as_str()));
    let groups: BTreeSet<&BTreeSet<usize>> = groups.values().collect();
    let events = sets(lines.iter().map(|line| (line.event, line.template.as_str())));
    events.iter().map(|((_, event), of)| ((*event).to_owned(), groups.contains(of))).collect()
}

/// The measures of one family.
pub(super) fn measures(lines: &[Labelled], grouped: &Grouped) -> Measures {
    let truths = sets(lines.iter().map(|line| line.event));
    let groups = sets(grouped.iter().map(|(group, _)| group.as_str()));
    let true_sets: BTreeSet<&BTreeSet<usize>> = truths.values().collect();
    let good: Vec<&BTreeSet<usize>> =
        groups.values().filter(|group| true_sets.contains(group)).collect();
    let ga = share(good.iter().map(|group| group.len()).sum(), lines.len());
    let fga = f1(share(good.len(), groups.len()), share(good.len(), truths.len()));
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let both = sets(lines.iter().zip(grouped).map(|(line, (group, _))| (line.event, group)));
    let sum = |sizes: Vec<usize>| sizes.into_iter().map(pairs).sum::<usize>();
    let together = sum(both.values().map(BTreeSet::len).collect());
    let pf1 = f1(
        share(together, sum(groups.values().map(BTreeSet::len).collect())),
        share(together, sum(truths.values().map(BTreeSet::len).collect())),
    );
    let equal = lines.iter().zip(grouped).filter(|(line, (_, text))| line.template == *text);
    let pa = share(equal.count(), lines.len());
    let mut by_template: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (line, (_, text)) in lines.iter().zip(grouped) {
        by_template.entry(text).or_default().insert(&line.template);
    }
    let is_right = |text: &str, of: &BTreeSet<&str>| of.len() == 1 && of.contains(text);
    let right = by_template.iter().filter(|(text, of)| is_right(text, of)).count();
    let all: BTreeSet<&str> = lines.iter().map(|line| line.template.as_str()).collect();
    let fta = f1(share(right, by_template.len()), share(right, all.len()));
    Measures([ga, pf1, fga, pa, fta])
}
