//! F1 with a margin and covering (van den Burg and Williams, "An evaluation of change point detection algorithms", 2020).

use std::collections::{BTreeMap, BTreeSet};

/// What each annotator marked: places where a new segment begins.
pub(super) type Annotations = BTreeMap<String, Vec<usize>>;

/// Precision against what anybody marked, recall as the mean over annotators; the beginning of the series counts as marked
/// and as found.
pub(super) fn f1(marked: &Annotations, found: &BTreeSet<usize>, margin: usize) -> f64 {
    let with_start = |places: &mut dyn Iterator<Item = usize>| -> BTreeSet<usize> {
        std::iter::once(0).chain(places).collect()
    };
    let found = with_start(&mut found.iter().copied());
    let each: Vec<BTreeSet<usize>> =
        marked.values().map(|places| with_start(&mut places.iter().copied())).collect();
    let anybody: BTreeSet<usize> = each.iter().flatten().copied().collect();
    let precision = count(hits(&anybody, &found, margin)) / count(found.len());
    let recalls = each.iter().map(|one| count(hits(one, &found, margin)) / count(one.len()));
    let recall = recalls.sum::<f64>() / count(each.len().max(1));
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}

// Each true place may use up the nearest found one.
fn hits(truth: &BTreeSet<usize>, found: &BTreeSet<usize>, margin: usize) -> usize {
    let mut open = found.clone();
    let mut hits = 0;
    for place in truth {
        let near = open.range(place.saturating_sub(margin)..=place + margin);
        let nearest = near.copied().min_by_key(|one| (one.abs_diff(*place), *one));
        if let Some(one) = nearest {
            open.remove(&one);
            hits += 1;
        }
    }
    hits
}

/// How well the best found segment overlaps each marked one, weighed by length; the mean over annotators.
pub(super) fn cover(marked: &Annotations, found: &BTreeSet<usize>, length: usize) -> f64 {
    let ours = segments(&mut found.iter().copied(), length);
    let mut sum = 0.0;
    for places in marked.values() {
        for (from, to) in segments(&mut places.iter().copied(), length) {
            let overlaps = ours.iter().map(|(start, end)| {
                let both = count(to.min(*end).saturating_sub(from.max(*start)));
                both / count(to.max(*end) - from.min(*start))
            });
            sum += count(to - from) * overlaps.fold(0.0, f64::max) / count(length);
        }
    }
    sum / count(marked.len().max(1))
}

fn segments(places: &mut dyn Iterator<Item = usize>, length: usize) -> Vec<(usize, usize)> {
    let inner: BTreeSet<usize> = places.filter(|place| (1..length).contains(place)).collect();
    let starts = std::iter::once(0).chain(inner.iter().copied());
    starts.zip(inner.iter().copied().chain(std::iter::once(length))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "lengths of series are far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(all: &[&[usize]]) -> Annotations {
        all.iter().enumerate().map(|(who, places)| (who.to_string(), places.to_vec())).collect()
    }

    #[test]
    fn silence_is_right_about_the_beginning_alone() {
        let marked = marked(&[&[50], &[]]);
        // Precision 1, recall (1/2 + 1)/2.
        assert!((f1(&marked, &BTreeSet::new(), 5) - 1.5 / 1.75).abs() < 1e-12);
        assert!((cover(&marked, &BTreeSet::new(), 100) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_found_place_serves_one_true_place_within_the_margin() {
        let two = marked(&[&[50, 53]]);
        let one: BTreeSet<usize> = [52].into();
        // Precision 2/2, recall 2/3.
        assert!((f1(&two, &one, 5) - 0.8).abs() < 1e-12);
        let far: BTreeSet<usize> = [58].into();
        assert!(f1(&marked(&[&[52]]), &far, 5) < 0.51);
        assert!((cover(&marked(&[&[50]]), &[50].into(), 100) - 1.0).abs() < 1e-12);
    }
}
