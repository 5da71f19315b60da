//! Phrases that descriptions of charges hold: "Extended Support", "subscription fees".

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    metadata::{MatchKind, MetadataHit},
};

use super::{
    super::words::{Word, is_empty_word},
    Hits, Names, NamesError, PART_WINDOW, WORDS,
    aliases::Part,
    contained, overlaps,
    spelled::spellings,
};

// So many spellings of a phrase are told apart.
const SPELLINGS: usize = 4;

// Phrases are looked for among so many words; a question has fewer.
const WORDS_SEARCHED: usize = 100;

// Words beside the last digits of an account's id.
const ENDINGS: &[&str] =
    &["ending", "ends with", "ends in", "last digits", "끝나", "끝자리", "뒷자리", "끝번호"];
// So many digits tell accounts apart.
const LAST_DIGITS: std::ops::RangeInclusive<usize> = 3..=8;

impl Names {
    /// "the account ending in 0013", "끝자리가 013인 계정": accounts by the last digits of their ids.
    pub(super) fn account_endings(&self, text: &str, said: &[Word], hits: &mut Hits) {
        let lower = text.to_lowercase();
        if !ENDINGS.iter().any(|ending| lower.contains(ending)) {
            return;
        }
        let account = Dimension::Column(FocusDimension::SubAccountId);
        let digits = |word: &&Word| {
            LAST_DIGITS.contains(&word.folded.len())
                && word.folded.bytes().all(|byte| byte.is_ascii_digit())
        };
        for word in said.iter().filter(digits) {
            for (at, entry) in self.entries.iter().enumerate() {
                if entry.dimension == account && entry.value.ends_with(&word.folded) {
                    self.keep(hits, at, (word.start, word.end), MatchKind::Words, WORDS);
                }
            }
        }
    }

    /// Phrases of the text that descriptions hold, in each spelling that they have there. Names at
    /// `taken` are no part of them.
    pub(super) fn described(
        &self,
        text: &str,
        said: &[Word],
        taken: &[(usize, usize)],
    ) -> Result<Vec<MetadataHit>, NamesError> {
        let mut found: Vec<MetadataHit> = Vec::new();
        let said = said.get(..WORDS_SEARCHED).unwrap_or(said);
        for length in (2..=PART_WINDOW.min(said.len())).rev() {
            for part in said.windows(length) {
                let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
                let place = (first.start, last.end);
                let used: Vec<(usize, usize)> = found.iter().map(|hit| hit.matched).collect();
                let phrase = text.get(place.0..place.1).unwrap_or_default();
                // A word of the question at either end belongs to the question.
                let plain = is_empty_word(&first.folded) || is_empty_word(&last.folded);
                if plain || !phrase.is_ascii() || overlaps(taken, place) || overlaps(&used, place) {
                    continue;
                }
                found.extend(self.spelled_there(part, place)?);
            }
        }
        Ok(found)
    }

    // What the descriptions write for the words of `part`, whatever stands between the words.
    fn spelled_there(
        &self,
        part: &[Word],
        place: (usize, usize),
    ) -> Result<Vec<MetadataHit>, NamesError> {
        let dimension = Dimension::Column(FocusDimension::ChargeDescription);
        let Some(first) = part.first() else { return Ok(Vec::new()) };
        let holding = self.index.holding(&first.folded)?;
        for window in spellings(part) {
            let mut spelled: Vec<String> = Vec::new();
            for at in &holding {
                let Some(entry) = self.entries.get(*at).filter(|one| one.dimension == dimension)
                else {
                    continue;
                };
                if let Some(written) = written(&entry.value.to_lowercase(), &window.folded)
                    && !spelled.contains(&written)
                {
                    spelled.push(written);
                }
                if spelled.len() >= SPELLINGS {
                    break;
                }
            }
            if !spelled.is_empty() {
                let hit = |text| contained(&Part { dimension: dimension.clone(), text }, place);
                return Ok(spelled.into_iter().map(hit).collect());
            }
        }
        Ok(Vec::new())
    }
}

// The part of a value that is `folded` without its spaces and marks, from the beginning of a word on.
fn written(value: &str, folded: &str) -> Option<String> {
    let begins = value.char_indices().scan(false, |inside, (at, letter)| {
        let begins = letter.is_alphanumeric() && !*inside;
        *inside = letter.is_alphanumeric();
        Some(begins.then_some(at))
    });
    begins.flatten().find_map(|start| {
        let rest = value.get(start..)?;
        let mut wanted = folded.chars().peekable();
        for (at, letter) in rest.char_indices() {
            if letter.is_alphanumeric() {
                if wanted.next() != Some(letter) {
                    return None;
                }
                if wanted.peek().is_none() {
                    return rest.get(..at + letter.len_utf8()).map(str::to_owned);
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_phrase_is_found_in_the_spelling_of_the_description() {
        let value = "$0.0225 per application loadbalancer-hour (or partial hour)";
        assert_eq!(written(value, "loadbalancerhour").as_deref(), Some("loadbalancer-hour"));
        assert_eq!(written(value, "balancerhour"), None);
        assert_eq!(
            written("bigquery subscription fee", "subscriptionfee").as_deref(),
            Some("subscription fee")
        );
    }
}
