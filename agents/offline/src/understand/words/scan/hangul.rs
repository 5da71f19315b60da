//! Reads runs of Hangul as chains of words: stems, particles, endings and names.

use std::collections::BTreeSet;

use wherefore_contract::cost::Measure;

use super::{
    super::super::{
        lexicon::{Place, lexicon},
        word::Meaning,
    },
    Class, Scanner,
};

// A run of Hangul without a space that is longer than this is no sentence.
const RUN_LIMIT: usize = 48;

// Adverbs of one syllable, which people write together with a verb.
const QUALIFIERS: &str = "더다좀안못꽤또잘막덜확쭉";

/// A possible reading of the letters at one place.
#[derive(Debug, Clone)]
struct Candidate {
    after: usize,
    place: Place,
    meaning: Meaning,
}

impl Scanner<'_> {
    fn candidates(&self, at: usize) -> Vec<Candidate> {
        let Some(glyph) = self.glyphs.get(at) else { return Vec::new() };
        let mut found: Vec<Candidate> = lexicon()
            .words(glyph.letter)
            .iter()
            .filter_map(|(letters, place, meaning)| {
                let after = self.spelled(at, letters)?;
                Some(Candidate { after, place: *place, meaning: meaning.clone() })
            })
            .collect();
        // A word of the lists is what it is there before it is a form of some verb.
        let run = self.run_of_hangul(at);
        let verbs = lexicon().verbs(&run).into_iter().map(|form| (Place::Free, form));
        // "3일까지" counts days.
        let counted = at.checked_sub(1).is_some_and(|before| self.class(before) == Class::Digit);
        let noun: &[char] = if counted { &[] } else { &run };
        let copula = lexicon().copula(noun).into_iter().map(|form| (Place::Suffix, form));
        found.extend(verbs.chain(copula).map(|(place, (length, meaning))| Candidate {
            after: at + length,
            place,
            meaning,
        }));
        if let Some((after, key)) = self.tag_key(at) {
            found.push(Candidate { after, place: Place::Free, meaning: Meaning::Dimension(key) });
        }
        if let Some((after, index)) = self.entity(at, true) {
            found.push(Candidate { after, place: Place::Free, meaning: Meaning::Entity(index) });
        }
        // "주문 건당 비용": a workload of that name is meant rather than the word for transactions.
        let counts = |meaning: &Meaning| *meaning == Meaning::Measure(Measure::Transactions);
        let longest = found.iter().map(|candidate| candidate.after).max();
        let word = found
            .iter()
            .find(|one| Some(one.after) == longest && !matches!(one.meaning, Meaning::Entity(_)))
            .map_or(Meaning::Unknown, |one| one.meaning.clone());
        // A name counts before a word of the same letters where the words around call it one.
        let named = |meaning: &Meaning| match meaning {
            Meaning::Entity(index) => self.is_rather_named(at, *index, &word),
            _ => false,
        };
        found.sort_by_key(|candidate| {
            let named = named(&candidate.meaning);
            (std::cmp::Reverse(candidate.after), !named, counts(&candidate.meaning))
        });
        found
    }

    // A run of Hangul is read as a chain of words that covers it to its end.
    pub(super) fn hangul(&mut self, at: usize) -> usize {
        if let Some((after, value)) = self.amount_in_words(at) {
            return self.push(at, after, Meaning::Number { value, digits: 0 });
        }
        let glued = self.glued(at) && !self.items.is_empty();
        // "1234번" counts or names, whatever the digits were read as.
        let number = self.items.last().is_some_and(|item| {
            let text = self.text.get(item.start..item.end).unwrap_or_default();
            matches!(item.meaning, Meaning::Number { .. })
                || (glued && text.bytes().all(|byte| byte.is_ascii_digit()))
        });
        let mut dead = BTreeSet::new();
        if let Some(chain) = self.chain(at, glued, number, &mut dead, 0) {
            return self.push_chain(at, chain);
        }
        let after = (at..self.glyphs.len())
            .find(|next| self.class(*next) != Class::Hangul)
            .unwrap_or(self.glyphs.len());
        // A name in another spelling, then the words that follow it.
        if let Some((next, index)) = self.entity(at, false)
            && next > at
        {
            return self.push(at, next, Meaning::Entity(index));
        }
        for split in (at + 1)..after.min(at + RUN_LIMIT) {
            let rest = self.chain(split, true, false, &mut dead, 0);
            if let Some(chain) = rest.filter(|chain| Self::begins_with_suffix(chain)) {
                self.push(at, split, Meaning::Unknown);
                return self.push_chain(split, chain);
            }
        }
        self.push(at, after, Meaning::Unknown)
    }

    fn begins_with_suffix(chain: &[Candidate]) -> bool {
        chain.first().is_some_and(|first| first.place == Place::Suffix)
    }

    fn push_chain(&mut self, at: usize, chain: Vec<Candidate>) -> usize {
        let mut from = at;
        for candidate in chain {
            from = self.push(from, candidate.after, candidate.meaning);
        }
        from
    }

    fn chain(
        &self,
        at: usize,
        glued: bool,
        number: bool,
        dead: &mut BTreeSet<usize>,
        depth: usize,
    ) -> Option<Vec<Candidate>> {
        if depth > RUN_LIMIT || dead.contains(&at) {
            return None;
        }
        let mut candidates = self.candidates(at);
        // "1~13일 일평균": a unit that ends the word of a number is not taken for the start of the next one.
        let ends = |candidate: &Candidate| self.class(candidate.after) != Class::Hangul;
        if number && candidates.iter().any(|one| one.place == Place::AfterNumber && ends(one)) {
            candidates.retain(|one| one.place == Place::AfterNumber || !self.spans(at, one.after));
        }
        for candidate in candidates {
            let allowed = match candidate.place {
                Place::Free => true,
                // "에 요일별": no particle runs over a space.
                Place::Suffix => {
                    glued
                        && !(candidate.meaning == Meaning::Particle
                            && self.spans(at, candidate.after))
                }
                Place::AfterNumber => number,
            };
            if !allowed || self.cuts_an_amount(at, candidate.after) {
                continue;
            }
            if self.class(candidate.after) != Class::Hangul {
                return Some(vec![candidate]);
            }
            let rest = self.chain(candidate.after, true, false, dead, depth + 1);
            // Two fillers of one syllable each, written together, are some other word: "애저".
            let slight = |held: &Candidate, from: usize| {
                held.place == Place::Free
                    && held.meaning == Meaning::Filler
                    && held.after == from + 1
            };
            // So is one before a verb that it does not qualify: "해오름".
            let moves = |held: &Candidate| {
                matches!(
                    held.meaning,
                    Meaning::Rise
                        | Meaning::Fall
                        | Meaning::Change
                        | Meaning::Exclude
                        | Meaning::Sort(_)
                )
            };
            let qualifies =
                self.glyphs.get(at).is_some_and(|glyph| QUALIFIERS.contains(glyph.letter));
            let rest = rest.filter(|rest| {
                !(slight(&candidate, at)
                    && rest.first().is_some_and(|next| {
                        slight(next, candidate.after) || (moves(next) && !qualifies)
                    }))
            });
            if let Some(rest) = rest {
                let mut chain = vec![candidate];
                chain.extend(rest);
                return Some(chain);
            }
        }
        dead.insert(at);
        None
    }

    // "9월에 만 달러": what joins two words takes no numeral of the second.
    fn cuts_an_amount(&self, from: usize, after: usize) -> bool {
        (from + 1..after)
            .any(|at| self.class(at - 1) == Class::Space && self.amount_in_words(at).is_some())
    }

    fn run_of_hangul(&self, at: usize) -> Vec<char> {
        let rest = self.glyphs.get(at..).unwrap_or_default().iter();
        let run = rest.take_while(|glyph| glyph.class() == Class::Hangul);
        run.take(RUN_LIMIT).map(|glyph| glyph.letter).collect()
    }

    // Whether a space stands between two places.
    fn spans(&self, from: usize, after: usize) -> bool {
        (from..after).any(|at| self.class(at) == Class::Space)
    }
}
