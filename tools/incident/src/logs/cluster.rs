//! Puts masked lines together that differ only where values stand.
//!
//! Rounds: lines that are equal but for one place form a column; where its words are values they become one line with
//! `<*>` there. When no column is left, rare lines that resemble each other are put together as Drain does. All of it goes
//! over sorted lines with total orders, so that the result is the same for the same set of lines.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{
    columns::{Column, Look, Token, VALUE, Words, is_variable},
    settings::MinerSettings,
    template::{Weak, collapse},
};

/// Rounds after which no line has so many places left that matter.
const ROUNDS: usize = 12;
/// Rare lines that each rare line is held against.
const COMPARED: usize = 200;

/// Lines that are one event, as far as is known.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The tokens as they stand, while all lines have equally many.
    pub full: Option<Vec<Token>>,
    /// The tokens with values in a row as one.
    pub tokens: Vec<Token>,
    /// Words with digits inside, in the order of their tokens.
    pub weak: Vec<Weak>,
    pub lines: u64,
    /// The shapes in it.
    pub members: Vec<u32>,
}

impl Piece {
    fn key(&self) -> Vec<u32> {
        self.tokens.iter().map(|token| token.word).collect()
    }

    fn merge(&mut self, other: Self) {
        if self.full.as_ref().map(Vec::len) != other.full.as_ref().map(Vec::len) {
            self.full = None;
        }
        for (mine, theirs) in self.weak.iter_mut().zip(&other.weak) {
            mine.merge(theirs);
        }
        self.lines += other.lines;
        self.members.extend(other.members);
    }

    // Makes the place of `tokens` a value.
    fn generalise(&mut self, place: usize, words: &Words) {
        let is_weak =
            |token: &Token| words.look(token.word) == Look::Mixed && is_weak(*token, words);
        let before = self.tokens.iter().take(place).filter(|token| is_weak(token)).count();
        let Some(token) = self.tokens.get_mut(place) else { return };
        let was = token.word;
        if is_weak(token) && before < self.weak.len() {
            self.weak.remove(before);
        }
        token.word = VALUE;
        // The same word at the same turn among equal words of the full line.
        let turn = self.tokens.iter().take(place).filter(|token| token.word == was).count();
        if let Some(full) = &mut self.full
            && let Some(token) = full.iter_mut().filter(|token| token.word == was).nth(turn)
        {
            token.word = VALUE;
        }
        self.tokens = collapse(&self.tokens, words);
    }
}

fn is_weak(token: Token, words: &Words) -> bool {
    words.text(token.word).contains(&super::mask::WEAK)
}

/// Puts pieces together. They come in a total order that does not depend on the order of lines.
pub(super) fn cluster(pieces: Vec<Piece>, words: &Words, settings: &MinerSettings) -> Vec<Piece> {
    let mut pieces = equal_together(pieces);
    for _ in 0..ROUNDS {
        let (next, merged) = round(pieces, words, settings);
        pieces = equal_together(next);
        if !merged {
            break;
        }
    }
    equal_together(resembling(pieces, words, settings))
}

fn equal_together(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut places: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let next = out.len();
        let place = *places.entry(piece.key()).or_insert(next);
        match out.get_mut(place) {
            Some(first) => first.merge(piece),
            None => out.push(piece),
        }
    }
    out
}

/// Pieces that are equal but for one place.
struct Candidate {
    place: usize,
    pieces: Vec<usize>,
}

fn round(pieces: Vec<Piece>, words: &Words, settings: &MinerSettings) -> (Vec<Piece>, bool) {
    let mut candidates = candidates(&pieces, words, settings);
    // The widest column first: chance makes narrow ones, values make wide ones. Ties in the order of pieces.
    candidates
        .sort_by_key(|one| (Reverse(one.pieces.len()), one.pieces.first().copied(), one.place));
    let mut slots: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    let mut merged = false;
    for candidate in candidates {
        let free: Vec<usize> = candidate
            .pieces
            .iter()
            .copied()
            .filter(|at| slots.get(*at).is_some_and(Option::is_some))
            .collect();
        // A column that lost most of its pieces to another one is looked at again in the next round.
        if free.len() < 2 || free.len() * 2 < candidate.pieces.len() {
            continue;
        }
        let mut whole: Option<Piece> = None;
        let first = free.first().copied();
        for at in free {
            let Some(mut piece) = slots.get_mut(at).and_then(Option::take) else { continue };
            piece.generalise(candidate.place, words);
            match &mut whole {
                Some(whole) => whole.merge(piece),
                None => whole = Some(piece),
            }
        }
        if let Some(slot) = first.and_then(|first| slots.get_mut(first)) {
            *slot = whole;
            merged = true;
        }
        // What was just made is not taken again in this round: its tokens are no longer those of the candidates.
        if let Some(first) = first
            && let Some(piece) = slots.get_mut(first).and_then(Option::take)
        {
            slots.push(Some(piece));
        }
    }
    (slots.into_iter().flatten().collect(), merged)
}

fn candidates(pieces: &[Piece], words: &Words, settings: &MinerSettings) -> Vec<Candidate> {
    let mut columns: FxHashMap<u64, Vec<(usize, usize)>> = FxHashMap::default();
    for (at, piece) in pieces.iter().enumerate() {
        for (place, key) in keys(&piece.tokens, words) {
            columns.entry(key).or_default().push((at, place));
        }
    }
    let mut out = Vec::new();
    for column in columns.into_values() {
        let Some(&(first, place)) = column.first().filter(|_| column.len() > 1) else { continue };
        let Some(line) = pieces.get(first).map(|piece| piece.tokens.as_slice()) else { continue };
        // Equal sums are not yet equal lines.
        let same: Vec<usize> = column
            .iter()
            .filter(|(at, other)| {
                *other == place
                    && pieces.get(*at).is_some_and(|piece| equal_but(line, &piece.tokens, place))
            })
            .map(|(at, _)| *at)
            .collect();
        let alternatives: Vec<(u32, u64)> = same
            .iter()
            .filter_map(|at| pieces.get(*at))
            .filter_map(|piece| Some((piece.tokens.get(place)?.word, piece.lines)))
            .collect();
        let column = Column { line, place, words: &alternatives };
        if is_variable(&column, words, settings) {
            out.push(Candidate { place, pieces: same });
        }
    }
    out
}

fn equal_but(left: &[Token], right: &[Token], place: usize) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .enumerate()
            .all(|(at, (left, right))| at == place || left.word == right.word)
}

// For each place that is no delimiter a number that equals those of lines which differ there alone.
fn keys(tokens: &[Token], words: &Words) -> impl Iterator<Item = (usize, u64)> {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let term = |at: usize, word: u32| {
        let mixed = (at as u64 + 1).wrapping_mul(BASE)
            ^ u64::from(word).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(BASE);
        mixed ^ (mixed >> 29)
    };
    let whole = tokens
        .iter()
        .enumerate()
        .fold(tokens.len() as u64, |sum, (at, token)| sum.wrapping_add(term(at, token.word)));
    tokens.iter().enumerate().filter(|(_, token)| words.look(token.word) != Look::Delimiter).map(
        move |(at, token)| {
            (at, whole.wrapping_sub(term(at, token.word)).wrapping_add(term(at, u32::MAX)))
        },
    )
}

// Rare pieces of the same length, the same first word and the same delimiters, equal in most words.
fn resembling(pieces: Vec<Piece>, words: &Words, settings: &MinerSettings) -> Vec<Piece> {
    let mut groups: FxHashMap<Vec<u32>, Vec<usize>> = FxHashMap::default();
    let mut slots: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    for at in 0..slots.len() {
        let Some(mut piece) = slots.get_mut(at).and_then(Option::take) else { continue };
        let key = frame(&piece.tokens, words);
        let group = groups.entry(key).or_default();
        let is_rare = piece.lines <= settings.rare_lines;
        let partner = group.iter().rev().take(COMPARED).copied().find(|other| {
            slots.get(*other).and_then(Option::as_ref).is_some_and(|other| {
                is_rare
                    && other.lines <= settings.rare_lines.max(other.members.len() as u64 * 2)
                    && resembles(&piece.tokens, &other.tokens, words, settings)
            })
        });
        if let Some(partner) = partner
            && let Some(mut other) = slots.get_mut(partner).and_then(Option::take)
        {
            let places: Vec<usize> = (0..piece.tokens.len())
                .filter(|place| piece.tokens.get(*place) != other.tokens.get(*place))
                .collect();
            // From the end, because values in a row become one.
            for place in places.into_iter().rev() {
                piece.generalise(place, words);
                other.generalise(place, words);
            }
            other.merge(piece);
            if let Some(slot) = slots.get_mut(partner) {
                *slot = Some(other);
            }
        } else if let Some(slot) = slots.get_mut(at) {
            *slot = Some(piece);
            group.push(at);
        }
    }
    slots.into_iter().flatten().collect()
}

fn frame(tokens: &[Token], words: &Words) -> Vec<u32> {
    let mut key = vec![u32::try_from(tokens.len()).unwrap_or(u32::MAX)];
    for (at, token) in tokens.iter().enumerate() {
        let is_kept = at == 0 || matches!(words.look(token.word), Look::Delimiter | Look::Level);
        key.push(if is_kept { token.word } else { u32::MAX });
    }
    key
}

fn resembles(left: &[Token], right: &[Token], words: &Words, settings: &MinerSettings) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let (mut all, mut equal, mut verbs) = (0_u32, 0_u32, 0_u32);
    for (left, right) in left.iter().zip(right) {
        let looks = (words.look(left.word), words.look(right.word));
        if looks.0 == Look::Delimiter || looks == (Look::Value, Look::Value) {
            continue;
        }
        all += 1;
        if left.word == right.word {
            equal += 1;
        } else if looks.0 == Look::Verb || looks.1 == Look::Verb {
            verbs += 1;
        }
    }
    verbs == 0 && all >= 3 && f64::from(equal) >= settings.similarity * f64::from(all)
}
