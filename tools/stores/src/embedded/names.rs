//! Names of one snapshot, and how a text matches them: exact, by alias, by words, by prefix, with a typo.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use wherefore_contract::{
    dimension::Dimension,
    metadata::{MatchKind, MetadataHit},
};
use wherefore_load::manifest::Catalog;

use super::{
    word_index::{Near, WordIndex},
    words::{Word, fold, is_empty_word, key, without_particle, words},
};

// Names of more words than this are found by their words.
const WINDOW: usize = 7;

/// A value that a text may mean.
struct Entry {
    dimension: Dimension,
    value: String,
    label: Option<String>,
    /// The words of value and label.
    words: Vec<String>,
}

/// All names of a snapshot.
pub(super) struct Names {
    entries: Vec<Entry>,
    /// Key of a value or label -> entries.
    by_key: BTreeMap<String, Vec<usize>>,
    /// Key of an alias -> entries of the other members of its group.
    by_alias: BTreeMap<String, BTreeSet<usize>>,
    index: WordIndex,
}

#[derive(Deserialize)]
struct Aliases {
    groups: Vec<Vec<String>>,
}

/// The names could not be indexed or searched.
#[derive(Debug, thiserror::Error)]
pub(super) enum NamesError {
    #[error("the word index failed")]
    Index(#[from] tantivy::TantivyError),
    #[error("the words could not be read")]
    Read(#[from] std::io::Error),
    #[error("the list of aliases is damaged")]
    Aliases(#[from] toml::de::Error),
}

/// A part of a text that may be a name.
struct Window {
    folded: String,
    start: usize,
    end: usize,
    single: bool,
}

impl Names {
    pub(super) fn build(catalog: &Catalog) -> Result<Self, NamesError> {
        let mut entries = Vec::new();
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (name, values) in &catalog.dimensions {
            let Ok(dimension) = name.parse::<Dimension>() else { continue };
            for value in values {
                let at = entries.len();
                let names = [Some(&value.value), value.label.as_ref()];
                let mut all = Vec::new();
                for name in names.into_iter().flatten() {
                    all.extend(words(name).into_iter().map(|word| word.folded));
                    let same = by_key.entry(key(name)).or_default();
                    if same.last() != Some(&at) {
                        same.push(at);
                    }
                }
                entries.push(Entry {
                    dimension: dimension.clone(),
                    value: value.value.clone(),
                    label: value.label.clone(),
                    words: all,
                });
            }
        }
        by_key.remove("");
        let by_alias = aliases(&by_key)?;
        let index = WordIndex::build(entries.iter().map(|entry| entry.words.as_slice()))?;
        Ok(Self { entries, by_key, by_alias, index })
    }

    /// What a text may mean, best first.
    pub(super) fn find(&self, text: &str) -> Result<Vec<MetadataHit>, NamesError> {
        let said = words(text);
        let mut hits: BTreeMap<usize, MetadataHit> = BTreeMap::new();
        self.whole_names(text, &said, &mut hits);
        let named: Vec<(usize, usize)> = hits.values().map(|hit| hit.matched).collect();
        self.parts(&said, &named, &mut hits)?;
        let mut ranked: Vec<MetadataHit> = hits.into_values().collect();
        ranked.sort_by(|left, right| {
            (right.score, &left.dimension, &left.value).cmp(&(
                left.score,
                &right.dimension,
                &right.value,
            ))
        });
        Ok(ranked)
    }

    // Windows of the text that are a whole name or alias. The longest come first, and nothing inside them counts.
    fn whole_names(&self, text: &str, said: &[Word], hits: &mut BTreeMap<usize, MetadataHit>) {
        let whole = key(text);
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for length in (1..=WINDOW.min(said.len())).rev() {
            let mut found = Vec::new();
            for part in said.windows(length) {
                for window in spellings(part) {
                    let inside = taken
                        .iter()
                        .any(|(start, end)| *start <= window.start && window.end <= *end);
                    // A lone word such as `cost` is a name only when it is all that was asked.
                    let empty = window.single
                        && is_empty_word(&window.folded)
                        && window.folded != whole
                        && !self.by_alias.contains_key(&window.folded);
                    if inside || empty {
                        continue;
                    }
                    if self.whole_name(&window, hits) {
                        found.push((window.start, window.end));
                        break;
                    }
                }
            }
            taken.extend(found);
        }
    }

    fn whole_name(&self, window: &Window, hits: &mut BTreeMap<usize, MetadataHit>) -> bool {
        let exact = self.by_key.get(&window.folded);
        let alias = self.by_alias.get(&window.folded);
        for at in exact.into_iter().flatten() {
            self.keep(hits, *at, window, MatchKind::Exact, 1000);
        }
        for at in alias.into_iter().flatten() {
            self.keep(hits, *at, window, MatchKind::Alias, 900);
        }
        exact.is_some() || alias.is_some()
    }

    // Words of the text that are a part of a name, begin one, or nearly are one.
    fn parts(
        &self,
        said: &[Word],
        named: &[(usize, usize)],
        hits: &mut BTreeMap<usize, MetadataHit>,
    ) -> Result<(), NamesError> {
        let mut matched: BTreeMap<usize, Vec<Window>> = BTreeMap::new();
        for word in said {
            let inside = |(start, end): &(usize, usize)| *start <= word.start && word.end <= *end;
            if named.iter().any(inside) {
                continue;
            }
            for window in spellings(std::slice::from_ref(word)) {
                if is_empty_word(&window.folded) {
                    continue;
                }
                let near = self.index.near(&window.folded)?;
                if near.is_empty() {
                    continue;
                }
                for found in near {
                    match found {
                        Near::Word(at) => matched
                            .entry(at)
                            .or_default()
                            .push(Window { folded: window.folded.clone(), ..window }),
                        Near::Prefix(at, rest) => {
                            let score = 400 - u32::try_from(rest.min(100)).unwrap_or(100);
                            self.keep(hits, at, &window, MatchKind::Prefix, score);
                        }
                        Near::Typo(at, distance) => {
                            let score = 300 - 50 * u32::from(distance);
                            self.keep(hits, at, &window, MatchKind::Typo, score);
                        }
                    }
                }
                break;
            }
        }
        for (at, windows) in matched {
            self.keep_words(hits, at, &windows);
        }
        Ok(())
    }

    fn keep_words(&self, hits: &mut BTreeMap<usize, MetadataHit>, at: usize, found: &[Window]) {
        let Some(entry) = self.entries.get(at) else { return };
        let said: BTreeSet<&str> = found.iter().map(|window| window.folded.as_str()).collect();
        let all: BTreeSet<&str> = entry.words.iter().map(String::as_str).collect();
        let covered = all.iter().filter(|word| said.contains(**word)).count();
        let share = 300 * covered / all.len().max(1);
        let score = 500 + u32::try_from(share).unwrap_or_default();
        let start = found.iter().map(|window| window.start).min().unwrap_or_default();
        let end = found.iter().map(|window| window.end).max().unwrap_or_default();
        let span = Window { folded: String::new(), start, end, single: false };
        self.keep(hits, at, &span, MatchKind::Words, score);
    }

    fn keep(
        &self,
        hits: &mut BTreeMap<usize, MetadataHit>,
        at: usize,
        window: &Window,
        how: MatchKind,
        score: u32,
    ) {
        let Some(entry) = self.entries.get(at) else { return };
        let better = hits.get(&at).is_none_or(|known| known.score < score);
        if better {
            hits.insert(
                at,
                MetadataHit {
                    dimension: entry.dimension.clone(),
                    value: entry.value.clone(),
                    label: entry.label.clone(),
                    matched: (window.start, window.end),
                    how,
                    score,
                },
            );
        }
    }
}

// A window as it stands, and without the Korean particle of its last word.
fn spellings(part: &[Word]) -> Vec<Window> {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return Vec::new() };
    let head: String = part.iter().take(part.len() - 1).map(|word| word.folded.as_str()).collect();
    let single = part.len() == 1;
    let mut spellings = vec![Window {
        folded: format!("{head}{}", last.folded),
        start: first.start,
        end: last.end,
        single,
    }];
    if let Some(stem) = without_particle(&last.folded) {
        // The same letters as in the text unless it used compatible forms; then the whole word stands.
        let end = last.start + stem.len();
        let end = if end <= last.end { end } else { last.end };
        spellings.push(Window { folded: format!("{head}{stem}"), start: first.start, end, single });
    }
    spellings
}

fn aliases(
    by_key: &BTreeMap<String, Vec<usize>>,
) -> Result<BTreeMap<String, BTreeSet<usize>>, NamesError> {
    let Aliases { groups } = toml::from_str(include_str!("aliases.toml"))?;
    let mut by_alias: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for group in groups {
        let keys: Vec<String> = group.iter().map(|name| key(&fold(name))).collect();
        let meant: BTreeSet<usize> =
            keys.iter().filter_map(|key| by_key.get(key)).flatten().copied().collect();
        if meant.is_empty() {
            continue;
        }
        for key in keys {
            by_alias.entry(key).or_default().extend(&meant);
        }
    }
    Ok(by_alias)
}

#[cfg(test)]
mod tests;
