//! A plain Drain without masks (He et al., ICWS 2017), depth 4 and similarity 0.5, to compare with.

use std::collections::BTreeMap;

use super::{Grouped, Labelled};

const VALUE: &str = "<*>";
const SIMILARITY: usize = 2;
const CHILDREN: usize = 100;

/// Groups lines in their order.
pub(super) fn drain(lines: &[Labelled]) -> Grouped {
    let mut leaves: BTreeMap<(usize, Vec<String>), Vec<usize>> = BTreeMap::new();
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut of_line = Vec::with_capacity(lines.len());
    for line in lines {
        let words: Vec<String> = line.text.split_whitespace().map(str::to_owned).collect();
        let has_digit = |word: &String| word.bytes().any(|byte| byte.is_ascii_digit());
        let way = words
            .iter()
            .take(2)
            .map(|word| if has_digit(word) { VALUE.to_owned() } else { word.clone() });
        let mut key = (words.len(), way.collect::<Vec<String>>());
        if leaves.len() > CHILDREN * CHILDREN && !leaves.contains_key(&key) {
            key.1 = vec![VALUE.to_owned(); 2];
        }
        let leaf = leaves.entry(key).or_default();
        let same = |group: usize| {
            let group = groups.get(group).into_iter().flatten();
            group.zip(&words).filter(|(left, right)| left == right).count()
        };
        let best =
            leaf.iter().copied().max_by_key(|group| (same(*group), std::cmp::Reverse(*group)));
        let known = best.filter(|group| same(*group) * SIMILARITY >= words.len());
        let group = known.unwrap_or(groups.len());
        if known.is_none() {
            leaf.push(groups.len());
            groups.push(words.clone());
        }
        for (known, word) in groups.get_mut(group).into_iter().flatten().zip(&words) {
            if known != word {
                VALUE.clone_into(known);
            }
        }
        of_line.push(group);
    }
    let text = |group: usize| groups.get(group).map(|words| words.join(" ")).unwrap_or_default();
    of_line.into_iter().map(|group| (group.to_string(), text(group))).collect()
}
