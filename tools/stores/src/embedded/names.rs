//! Names of one snapshot, and how a text matches them: exact, by alias, by a part of their values, by
//! words, by prefix, with a typo.

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    metadata::{MatchKind, MetadataHit},
};
use wherefore_load::manifest::Catalog;

use super::{
    word_index::{Near, WordIndex},
    words::{Word, is_empty_word, key, words},
};
use aliases::Part;
use contained::Contained;
use spelled::{Window, spellings};
use typos::Typos;

mod aliases;
mod contained;
mod described;
mod spelled;
mod typos;

// Names of more words than this are found by their words.
const WINDOW: usize = 14;
// Windows of more words than this are not looked up by a part of their words.
const PART_WINDOW: usize = 4;
// Only so many words of a text are read: a longer one is a document, and no question is read from it.
const WORDS_READ: usize = 250;
// Slips are looked for in so many parts of a text; a question has fewer unknown words.
const SLIPS_READ: usize = 150;
// So many names stand for a part of a name; more would say nothing.
const NAMES_A_PART: usize = 8;

/// Points of a match. What a reader of hits does with them: names of one place whose points differ by
/// more than 100 are not equally meant.
const EXACT: u32 = 1000;
const ALIAS: u32 = 900;
const SHORT: u32 = 880;
const PART: u32 = 850;
const WIDE: u32 = 800;
/// A name that is an ordinary word or a number: it is meant only beside a word that says so.
const ORDINARY: u32 = 600;

/// A part of a name, plus up to 300 for the share of it that was said.
const WORDS: u32 = 500;
/// A part of more names than are listed.
const COMMON: u32 = 450;

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
    /// Key of an alias -> entries of the other members of its group, with the points of the alias.
    by_alias: BTreeMap<String, BTreeMap<usize, u32>>,
    /// Key of an everyday name -> texts that values of a column contain.
    by_part: BTreeMap<String, Vec<Part>>,
    index: WordIndex,
    typos: Typos,
    contained: Contained,
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

/// The names that hold a word, for the words of one text.
type Held = BTreeMap<String, BTreeSet<usize>>;

/// Hits by entry and place, so that a name that is said twice is found twice.
type Hits = BTreeMap<(usize, (usize, usize)), MetadataHit>;

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
        let known = aliases::known()?;
        let mut by_alias = known.aliases(&entries, &by_key);
        aliases::short_forms(&entries, &by_key, &mut by_alias);
        let by_part = known.parts(&entries);
        let index = WordIndex::build(entries.iter().map(|entry| entry.words.as_slice()))?;
        let typos = Typos::build(&entries, by_alias.keys().chain(by_part.keys()));
        let contained = Contained::build(&entries, aliases::SEARCHED_COLUMNS);
        Ok(Self { entries, by_key, by_alias, by_part, index, typos, contained })
    }

    /// What a text may mean, best first.
    pub(super) fn find(&self, text: &str) -> Result<Vec<MetadataHit>, NamesError> {
        let mut said = words(text);
        said.truncate(WORDS_READ);
        let text = said.last().and_then(|last| text.get(..last.end)).unwrap_or(text);
        let mut hits = Hits::new();
        let mut parts: Vec<MetadataHit> = Vec::new();
        let taken = self.whole_names(text, &said, &mut hits, &mut parts);
        self.technical(text, &taken, &mut parts);
        self.account_endings(text, &said, &mut hits);
        let named: Vec<(usize, usize)> = taken
            .iter()
            .filter(|place| !parts.iter().any(|part| part.matched == **place))
            .copied()
            .collect();
        let described = self.described(text, &said, &named)?;
        // "idle public IPv4" says more than "public IPv4".
        parts.retain(|part| !described.iter().any(|found| inside(&[found.matched], part.matched)));
        let taken: Vec<(usize, usize)> =
            taken.into_iter().chain(described.iter().map(|hit| hit.matched)).collect();
        parts.extend(described);
        self.parts_of_names(text, &said, &taken, &mut hits)?;
        let mut ranked: Vec<MetadataHit> = hits.into_values().chain(parts).collect();
        ranked.sort_by(|left, right| {
            (right.score, left.matched, &left.dimension, &left.value).cmp(&(
                left.score,
                right.matched,
                &right.dimension,
                &right.value,
            ))
        });
        Ok(ranked)
    }

    // Windows of the text that are a whole name or alias. The longest come first, and nothing inside them counts.
    fn whole_names(
        &self,
        text: &str,
        said: &[Word],
        hits: &mut Hits,
        parts: &mut Vec<MetadataHit>,
    ) -> Vec<(usize, usize)> {
        let whole = key(text);
        let tokens = spelled::tokens(text, spelled::JOINS_NAMES);
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for length in (1..=WINDOW.min(said.len())).rev() {
            let mut found = Vec::new();
            for part in said.windows(length) {
                for window in spellings(part) {
                    if inside(&taken, window.place()) {
                        continue;
                    }
                    let asked_alone = window.folded == whole;
                    let cuts = spelled::cuts(&tokens, window.place());
                    if self.whole_name(&window, (asked_alone, cuts), hits, parts) {
                        found.push(window.place());
                        break;
                    }
                }
            }
            taken.extend(found);
        }
        taken
    }

    fn whole_name(
        &self,
        window: &Window,
        (asked_alone, cuts): (bool, bool),
        hits: &mut Hits,
        parts: &mut Vec<MetadataHit>,
    ) -> bool {
        // Inside "payments-api" no "payments" is named; "AWS-only" names AWS.
        let whole = |at: &usize| {
            let entry = self.entries.get(*at);
            !cuts || entry.is_some_and(|entry| !is_named_by_people(&entry.dimension))
        };
        let exact: Vec<usize> =
            self.by_key.get(&window.folded).into_iter().flatten().copied().filter(whole).collect();
        let alias: Vec<(usize, u32)> = self
            .by_alias
            .get(&window.folded)
            .into_iter()
            .flatten()
            .map(|(at, score)| (*at, *score))
            .filter(|(at, _)| whole(at))
            .collect();
        let part = self.by_part.get(&window.folded).filter(|_| !cuts);
        let ordinary = !asked_alone && window.is_ordinary();
        for at in &exact {
            let score = if ordinary { ORDINARY } else { EXACT };
            self.keep(hits, *at, window.place(), MatchKind::Exact, score);
        }
        // An alias of what providers sell is meant as it is, also when it is an everyday word.
        for (at, score) in &alias {
            let ours =
                self.entries.get(*at).is_some_and(|entry| is_named_by_people(&entry.dimension));
            let score = if ordinary && (ours || *score == SHORT) { ORDINARY } else { *score };
            self.keep(hits, *at, window.place(), MatchKind::Alias, score);
        }
        let named = !alias.is_empty() || !(exact.is_empty() || ordinary);
        for found in part.into_iter().flatten().filter(|_| !named) {
            parts.push(contained(found, window.place()));
        }
        // An ordinary word stays open to longer readings of its neighbours.
        named || part.is_some() || !exact.is_empty()
    }

    // Spellings such as `NatGateway-Bytes` or `BoxUsage` that usage types contain.
    fn technical(&self, text: &str, named: &[(usize, usize)], parts: &mut Vec<MetadataHit>) {
        for (start, end) in spelled::tokens(text, spelled::JOINS_IDS) {
            let token = text.get(start..end).unwrap_or_default();
            if inside(named, (start, end)) {
                continue;
            }
            let folded = token.to_lowercase();
            // "m5 instances": a family of instance types.
            let family = format!("{folded}.");
            if spelled::is_family(&folded)
                && self.contained.holds(FocusDimension::InstanceType, &family)
            {
                let dimension = Dimension::Column(FocusDimension::InstanceType);
                parts.push(contained(&Part { dimension, text: family }, (start, end)));
                continue;
            }
            if !spelled::is_technical(token) {
                continue;
            }
            for column in aliases::PART_COLUMNS {
                let dimension = Dimension::Column(*column);
                if self.contained.holds(*column, &folded) {
                    let part = Part { dimension, text: token.to_owned() };
                    parts.push(contained(&part, (start, end)));
                    break;
                }
            }
        }
    }

    // Words of the text that are a part of a name, begin one, or nearly are one.
    fn parts_of_names(
        &self,
        text: &str,
        said: &[Word],
        taken: &[(usize, usize)],
        hits: &mut Hits,
    ) -> Result<(), NamesError> {
        let tokens = spelled::tokens(text, spelled::JOINS_NAMES);
        let mut used: Vec<(usize, usize)> = Vec::new();
        let mut held = Held::new();
        let mut slips_left = SLIPS_READ;
        for length in (1..=PART_WINDOW.min(said.len())).rev() {
            for part in said.windows(length) {
                if part.iter().all(|word| is_empty_word(&word.folded)) {
                    continue;
                }
                for window in spellings(part) {
                    let place = window.place();
                    let named = inside(taken, place);
                    // "payment-tier" is one name: its "tier" alone says nothing.
                    if inside(&used, place)
                        || window.is_ordinary()
                        || (!named && overlaps(taken, place))
                        || spelled::cuts(&tokens, place)
                    {
                        continue;
                    }
                    if self.by_words(part, &window, named, &mut held, hits)?
                        || (!named && self.nearly(part, &window, &mut slips_left, hits)?)
                    {
                        used.push(place);
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    // Names that hold all words of the window.
    fn by_words(
        &self,
        part: &[Word],
        window: &Window,
        named: bool,
        held: &mut Held,
        hits: &mut Hits,
    ) -> Result<bool, NamesError> {
        let mut all: Option<BTreeSet<usize>> = None;
        for (place, word) in part.iter().enumerate() {
            let word = if place + 1 == part.len() { &window.last } else { &word.folded };
            if !held.contains_key(word) {
                held.insert(word.clone(), self.index.holding(word)?.into_iter().collect());
            }
            let Some(holding) = held.get(word).filter(|holding| !holding.is_empty()) else {
                return Ok(false);
            };
            all = Some(match all {
                Some(before) => before.intersection(holding).copied().collect(),
                None => holding.clone(),
            });
        }
        let mut ranked: Vec<(u32, usize)> = all
            .into_iter()
            .flatten()
            .filter(|at| {
                let entry = self.entries.get(*at);
                entry.is_some_and(|entry| !named || is_named_by_people(&entry.dimension))
            })
            .map(|at| (self.covered(at, part.len()), at))
            .collect();
        ranked.sort_by_key(|(share, at)| (std::cmp::Reverse(*share), *at));
        // A word that many names hold tells none of them from the others.
        let least = if ranked.len() > NAMES_A_PART { COMMON } else { WORDS };
        for (share, at) in ranked.iter().take(NAMES_A_PART) {
            let score = least + if least == WORDS { *share.min(&300) } else { 0 };
            self.keep(hits, *at, window.place(), MatchKind::Words, score);
        }
        Ok(!ranked.is_empty())
    }

    fn covered(&self, at: usize, said: usize) -> u32 {
        let all = self
            .entries
            .get(at)
            .map_or(0, |entry| entry.words.iter().collect::<BTreeSet<_>>().len());
        u32::try_from(300 * said / all.max(1)).unwrap_or_default()
    }

    // Names that begin with the window, or differ by a typo.
    fn nearly(
        &self,
        part: &[Word],
        window: &Window,
        slips_left: &mut usize,
        hits: &mut Hits,
    ) -> Result<bool, NamesError> {
        if part.len() == 1 {
            let mut found = false;
            for near in self.index.beginning(&window.folded)? {
                let Near { entry, rest } = near;
                let score = 400 - u32::try_from(rest.min(100)).unwrap_or(100);
                self.keep(hits, entry, window.place(), MatchKind::Prefix, score);
                found = true;
            }
            if found {
                return Ok(true);
            }
        }
        // A slip is read through in words that could be names, not in the words around them.
        if *slips_left == 0 || part.iter().any(|word| is_empty_word(&word.folded)) {
            return Ok(false);
        }
        *slips_left -= 1;
        let nearest = self.typos.nearest(&window.folded).filter(|(name, _)| !is_empty_word(name));
        let Some((name, distance)) = nearest else { return Ok(false) };
        let score = 300 - 50 * u32::from(distance);
        let exact = self.by_key.get(name).into_iter().flatten().copied();
        let alias = self.by_alias.get(name).into_iter().flat_map(BTreeMap::keys).copied();
        let mut meant: BTreeSet<usize> = exact.chain(alias).collect();
        let mut how = MatchKind::Typo;
        if meant.is_empty() {
            meant = self.index.holding(name)?.into_iter().collect();
            // A slip in a word of several names tells none of them from the others.
            if meant.len() > 1 {
                how = MatchKind::Words;
            }
        }
        if meant.len() > NAMES_A_PART {
            return Ok(false);
        }
        for at in &meant {
            self.keep(hits, *at, window.place(), how, score);
        }
        Ok(!meant.is_empty())
    }

    fn keep(&self, hits: &mut Hits, at: usize, place: (usize, usize), how: MatchKind, score: u32) {
        let Some(entry) = self.entries.get(at) else { return };
        let better = hits.get(&(at, place)).is_none_or(|known| known.score < score);
        if better {
            hits.insert(
                (at, place),
                MetadataHit {
                    dimension: entry.dimension.clone(),
                    value: entry.value.clone(),
                    label: entry.label.clone(),
                    matched: place,
                    how,
                    score,
                },
            );
        }
    }
}

fn overlaps(taken: &[(usize, usize)], (from, to): (usize, usize)) -> bool {
    taken.iter().any(|(start, end)| *start < to && from < *end)
}

fn inside(taken: &[(usize, usize)], (from, to): (usize, usize)) -> bool {
    taken.iter().any(|(start, end)| *start <= from && to <= *end)
}

fn contained(part: &Part, matched: (usize, usize)) -> MetadataHit {
    MetadataHit {
        dimension: part.dimension.clone(),
        value: part.text.clone(),
        label: None,
        matched,
        how: MatchKind::Contains,
        score: PART,
    }
}

// Names that people make up themselves; a part of them says what is meant beside a word for its kind.
fn is_named_by_people(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Workload
            | Dimension::Tag(_)
            | Dimension::Column(
                FocusDimension::SubAccountName
                    | FocusDimension::SubAccountId
                    | FocusDimension::BillingAccountId
                    | FocusDimension::BillingAccountName
                    | FocusDimension::Publisher
                    | FocusDimension::InvoiceIssuer
            )
    )
}

#[cfg(test)]
mod tests;
