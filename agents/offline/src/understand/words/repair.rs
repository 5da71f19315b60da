//! Reads a word of the vocabulary through one slip of the fingers: "Septmber", "acount", "비욤".

use super::super::{
    lexicon::lexicon,
    link::Entity,
    word::{Item, Meaning, TimeWord},
};

// Shorter words have too many neighbours to tell a slip from another word.
const LETTERS: usize = 5;
// A text with more unknown words than this is no question with a slip in it.
const WORDS: usize = 12;

/// Gives unknown words the meaning of the one vocabulary word that is a letter away. Words that the
/// catalog knows stay what they are, and so do names: a capital letter inside a sentence is read
/// through a slip for months and the like only.
pub(in crate::understand) fn repair(text: &str, items: &mut [Item], entities: &[Entity]) {
    let mut tried = 0;
    for item in items {
        let known = entities
            .iter()
            .any(|entity| entity.exact && entity.start < item.end && item.start < entity.end);
        if item.meaning != Meaning::Unknown || known || tried == WORDS {
            continue;
        }
        tried += 1;
        let word = text.get(item.start..item.end).unwrap_or_default();
        let Some(meaning) = nearest(&word.to_lowercase()) else { continue };
        let capital = item.start > 0 && word.starts_with(char::is_uppercase);
        if !capital || matches!(meaning, Meaning::Word(TimeWord::Month(_))) {
            item.meaning = meaning;
        }
    }
}

/// The word of the vocabulary that an English word with a slip in it means: "mcuh", "brekdown".
pub(in crate::understand) fn spelled(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let short = letters.len() + 1 < LETTERS;
    if short || letters.iter().any(|letter| !letter.is_ascii_lowercase()) {
        return None;
    }
    let stem = word.strip_suffix('s').unwrap_or(word);
    if lexicon().is_word(word) || lexicon().is_word(stem) {
        return None;
    }
    // In four letters only two that changed places are a slip, or one that a long word lacks.
    let near = |other: &&Vec<char>| {
        let sure = other.len().min(letters.len()) >= LETTERS
            || (other.len() == letters.len() && is_swap(&letters, other))
            || other.len() > LETTERS;
        sure && other.len().abs_diff(letters.len()) <= 1 && is_one_slip(&letters, other)
    };
    let mut found = lexicon().meant_words(*letters.first()?).iter().filter(near);
    let only = found.next()?;
    found.next().is_none().then(|| only.iter().collect())
}

fn is_swap(left: &[char], right: &[char]) -> bool {
    let (mut one, mut other) = (left.to_vec(), right.to_vec());
    one.sort_unstable();
    other.sort_unstable();
    one == other
}

fn nearest(word: &str) -> Option<Meaning> {
    let letters: Vec<char> = jamo(word);
    if letters.len() + 1 < LETTERS || word.chars().any(|letter| !letter.is_alphabetic()) {
        return None;
    }
    // Slips in the first letter are rare: words that begin the same come first.
    let mut found: [Vec<&Meaning>; 2] = [Vec::new(), Vec::new()];
    for (other, meaning) in lexicon().single_words(word.is_ascii()) {
        // "절반" is no slip of "전반": parts of a period are not guessed.
        let part = matches!(meaning, Meaning::Word(TimeWord::FirstHalf | TimeWord::SecondHalf));
        if !part && other.len() >= LETTERS && is_one_slip(&letters, other) {
            let [same, different] = &mut found;
            let list = if other.first() == letters.first() { same } else { different };
            if !list.contains(&meaning) {
                list.push(meaning);
            }
        }
    }
    let [same, different] = found;
    let mut list = if same.is_empty() { different } else { same };
    // A word that changes nothing is no reason to doubt one that does.
    if list.len() > 1 {
        list.retain(|meaning| **meaning != Meaning::Filler);
    }
    match list.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// The letters that are typed: a syllable of Hangul is two or three of them.
pub(in crate::understand) fn jamo(word: &str) -> Vec<char> {
    let mut out = Vec::new();
    for letter in word.chars() {
        let code = u32::from(letter);
        if !(0xac00..=0xd7a3).contains(&code) {
            out.push(letter);
            continue;
        }
        let index = code - 0xac00;
        let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11a7 + index % 28];
        let filled = if index % 28 == 0 { 2 } else { 3 };
        out.extend(parts.into_iter().take(filled).filter_map(char::from_u32));
    }
    out
}

// One letter changed, left out, added, or two neighbours swapped.
fn is_one_slip(left: &[char], right: &[char]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let tail = |list: &[char], skip: usize| list.get(same + skip..).unwrap_or_default().to_vec();
    match long.len() - short.len() {
        0 => {
            let swapped = short.get(same) == long.get(same + 1)
                && short.get(same + 1) == long.get(same)
                && tail(short, 2) == tail(long, 2);
            same < short.len() && (tail(short, 1) == tail(long, 1) || swapped)
        }
        1 => tail(short, 0) == tail(long, 1),
        _ => false,
    }
}
