//! Splits a question into items: words of the lexicon, numbers, linked names, and what is left.

use super::super::{
    glyphs::{Class, Glyph, glyphs},
    lexicon::lexicon,
    link::Entity,
    word::{Item, Meaning, TimeWord},
};
use wherefore_contract::dimension::{Dimension, Grain};

mod amounts;
mod code;
mod hangul;
mod joined;
pub(crate) mod keys;
mod modal;
mod near;
mod numeral;
mod slips;
mod spoken;

/// A question under the scanner.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    glyphs: Vec<Glyph>,
    entities: &'a [Entity],
    tag_keys: Vec<(Vec<char>, String)>,
    items: Vec<Item>,
}

/// Splits `text`. `tag_keys` are the keys that the loaded data has, the most used first.
pub(crate) fn scan(text: &str, entities: &[Entity], tag_keys: &[String]) -> Vec<Item> {
    let mut scanner = Scanner {
        text,
        glyphs: glyphs(text),
        entities,
        tag_keys: keys::spellings(tag_keys),
        items: Vec::new(),
    };
    scanner.respell();
    scanner.run();
    spoken::settle(text, joined::join(text, modal::settle(text, scanner.items)))
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(glyph) = self.glyphs.get(at).copied() {
            at = match glyph.class() {
                Class::Space => at + 1,
                Class::Hangul => self.hangul(at),
                Class::Digit => self.digits(at),
                Class::Letter => self.word(at),
                Class::Mark => self.mark(at, glyph.letter),
            };
        }
    }

    fn class(&self, at: usize) -> Class {
        self.glyphs.get(at).map_or(Class::Space, |glyph| glyph.class())
    }

    fn glued(&self, at: usize) -> bool {
        at > 0 && self.class(at - 1) != Class::Space
    }

    fn push(&mut self, from: usize, after: usize, meaning: Meaning) -> usize {
        let start = self.glyphs.get(from).map_or(0, |glyph| glyph.start);
        let end = after.checked_sub(1).and_then(|last| self.glyphs.get(last)).map_or(0, |g| g.end);
        self.items.push(Item { meaning, start, end, glued: self.glued(from) });
        after
    }

    // The longest linked name that begins here, as the glyph after it and its index.
    fn entity(&self, at: usize, exact: bool) -> Option<(usize, usize)> {
        let start = self.glyphs.get(at)?.start;
        let (index, entity) = self
            .entities
            .iter()
            .enumerate()
            .filter(|(_, entity)| entity.start == start && entity.exact == exact)
            .filter(|(_, entity)| self.is_usable(at, entity))
            .max_by_key(|(_, entity)| entity.end)?;
        Some((self.after_entity(entity), index))
    }

    fn after_entity(&self, entity: &Entity) -> usize {
        self.glyphs.partition_point(|glyph| glyph.start < entity.end)
    }

    fn tag_key(&self, at: usize) -> Option<(usize, Dimension)> {
        self.tag_keys.iter().find_map(|(letters, key)| {
            let mut after = self.spelled(at, letters)?;
            // "teams", "cost centers".
            let plural = self.glyphs.get(after).is_some_and(|glyph| glyph.letter == 's');
            if plural && !matches!(self.class(after + 1), Class::Letter | Class::Digit) {
                after += 1;
            }
            let ends = self.class(after) != Class::Letter && self.class(after) != Class::Digit;
            let hangul = letters.first().is_some_and(|first| *first >= '\u{ac00}');
            (ends || hangul).then(|| (after, Dimension::Tag(key.clone())))
        })
    }

    // The glyph after `letters`, when they stand at `at`; spaces inside Korean words do not matter.
    fn spelled(&self, at: usize, letters: &[char]) -> Option<usize> {
        let mut next = at;
        for (index, letter) in letters.iter().enumerate() {
            while index > 0 && *letter != ' ' && self.glyphs.get(next)?.letter.is_whitespace() {
                next += 1;
            }
            let written = self.glyphs.get(next)?.letter;
            let joined = *letter == ' ' && matches!(written, '-' | '_');
            if written != *letter && !joined {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    fn digits(&mut self, at: usize) -> usize {
        if let Some((after, value)) = self.amount_in_words(at) {
            return self.push(at, after, Meaning::Number { value, digits: 0 });
        }
        if let Some((after, index)) = self.entity(at, true)
            && after > at + 2
            && !self.is_money(at, after)
        {
            return self.push(at, after, Meaning::Entity(index));
        }
        // "the account ending in 0013".
        if let Some((after, index)) = self.entity(at, false)
            && self.entities.get(index).is_some_and(Entity::is_one_account)
        {
            return self.push(at, after, Meaning::Entity(index));
        }
        let mut after = at;
        while self.class(after) == Class::Digit {
            after += 1;
        }
        // "1,000" is one number.
        let comma = |next: usize| self.glyphs.get(next).is_some_and(|glyph| glyph.letter == ',');
        let mut text: String = self.letters(at, after);
        while comma(after)
            && (after + 1..after + 4).all(|next| self.class(next) == Class::Digit)
            && self.class(after + 4) != Class::Digit
        {
            text.push_str(&self.letters(after + 1, after + 4));
            after += 4;
        }
        let Ok(value) = text.parse::<u64>() else { return self.push(at, after, Meaning::Unknown) };
        let number = Meaning::Number { value, digits: text.len() };
        if self.class(after) != Class::Letter {
            return self.push(at, after, number);
        }
        let mut end = after;
        while matches!(self.class(end), Class::Letter | Class::Digit) {
            end += 1;
        }
        self.number_with_letters(at, after, end, number)
    }

    // "3rd", "30d", "2024Q3", "1H": a number and what its letters make of it.
    fn number_with_letters(
        &mut self,
        at: usize,
        after: usize,
        end: usize,
        number: Meaning,
    ) -> usize {
        let small = match &number {
            Meaning::Number { value, .. } => i8::try_from(*value).ok(),
            _ => None,
        };
        let unit = match self.letters(after, end).as_str() {
            "st" | "nd" | "rd" | "th" => {
                let nth = small.filter(|nth| *nth > 0).map(|nth| Meaning::Word(TimeWord::Nth(nth)));
                return self.push(at, end, nth.unwrap_or(number));
            }
            "am" | "a" => TimeWord::Morning,
            "pm" | "p" => TimeWord::Afternoon,
            "d" => TimeWord::Unit(Grain::Day),
            "w" => TimeWord::Unit(Grain::IsoWeek),
            "q1" => TimeWord::Quarter(1),
            "q2" => TimeWord::Quarter(2),
            "q3" => TimeWord::Quarter(3),
            "q4" => TimeWord::Quarter(4),
            "h1" => TimeWord::Half(1),
            "h2" => TimeWord::Half(2),
            "h" => match small {
                Some(half @ 1..=2) => {
                    return self.push(at, end, Meaning::Word(TimeWord::Half(half)));
                }
                _ => return self.push(at, end, Meaning::Unknown),
            },
            "q" => match small {
                Some(quarter @ 1..=4) => {
                    return self.push(at, end, Meaning::Word(TimeWord::Quarter(quarter)));
                }
                _ => return self.push(at, end, Meaning::Unknown),
            },
            "k" | "mn" | "mio" | "bn" => {
                let scaled = code::scaled(&number, &self.letters(after, end));
                return self.push(at, end, scaled.unwrap_or(Meaning::Unknown));
            }
            "m" if at.checked_sub(1).is_some_and(|sign| self.letters(sign, at) == "$") => {
                let scaled = code::scaled(&number, "mn");
                return self.push(at, end, scaled.unwrap_or(Meaning::Unknown));
            }
            letters => {
                if let Some(factor) = self.scale(at, letters)
                    && let Meaning::Number { value, digits } = number
                    && let Some(value) = value.checked_mul(factor)
                {
                    return self.push(at, end, Meaning::Number { value, digits });
                }
                if let Some(meanings) = code::part_of_year(small, letters) {
                    let [part, year] = meanings;
                    self.push(at, after + 1, part);
                    return self.push(after + 1, end, year);
                }
                match letters.strip_prefix('w').and_then(|week| week.parse::<i8>().ok()) {
                    Some(week @ 1..=53) => TimeWord::IsoWeek(week),
                    _ => return self.push(at, end, Meaning::Unknown),
                }
            }
        };
        self.push(at, after, number);
        self.push(after, end, Meaning::Word(unit))
    }

    fn letters(&self, from: usize, after: usize) -> String {
        self.glyphs.get(from..after).unwrap_or_default().iter().map(|glyph| glyph.letter).collect()
    }

    fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        while matches!(self.class(end), Class::Letter | Class::Digit)
            || (self.glyphs.get(end).is_some_and(|glyph| glyph.letter == '_') && end > at)
        {
            end += 1;
        }
        end
    }

    fn word(&mut self, at: usize) -> usize {
        let end = self.word_end(at);
        let word = self.letters(at, end);
        let slashed = self.letters(at, self.word_end(end + 1));
        if let Some((length, meaning)) = code::slashed(&slashed) {
            return self.push(at, at + length, meaning);
        }
        // "CW 36" is a week; "CW cost" is of CloudWatch.
        let behind = end + usize::from(self.class(end) == Class::Space);
        if word == "cw" && self.class(behind) == Class::Digit {
            return self.push(at, end, Meaning::Word(TimeWord::Unit(Grain::IsoWeek)));
        }
        if let Some(number) = code::counted_top(&word)
            && self.entity(at, true).is_none()
            && let Some((after, meaning)) = code::single(at + number, word.get(..number))
        {
            self.push(at, after, meaning);
            return self.digits(after);
        }
        let phrase =
            self.phrase(at, &word).or_else(|| code::code(&word).map(|meaning| (end, meaning)));
        let phrase = phrase.or_else(|| {
            // "Oracle's" and "charges" in forms that the lexicon does not list.
            let stem = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
            let stem = stem.or_else(|| word.strip_suffix('s').map(str::to_owned))?;
            self.phrase(at, &stem).filter(|(after, _)| *after == end)
        });
        let key = self.tag_key(at).map(|(after, key)| (after, Meaning::Dimension(key)));
        let known = match (phrase, key) {
            (Some(phrase), Some(key)) if key.0 > phrase.0 => Some(key),
            (Some(phrase), _) => Some(phrase),
            (None, key) => key,
        };
        let exact = self.entity(at, true).filter(|(after, _)| *after >= end);
        match (known, exact) {
            (Some((after, meaning)), Some((longer, index)))
                if longer < after
                    || (longer == after && !self.is_rather_named(at, index, &meaning)) =>
            {
                self.push(at, after, meaning)
            }
            (_, Some((after, index))) => self.push(at, after, Meaning::Entity(index)),
            (Some((after, meaning)), None) => self.push(at, after, meaning),
            (None, None) => match self.entity(at, false).filter(|(after, _)| *after >= end) {
                Some((after, index)) => self.push(at, after, Meaning::Entity(index)),
                None => self.unknown(at, end),
            },
        }
    }

    // An unknown word takes the marks that spell names with it: `t3.medium`, `ml-train`.
    fn unknown(&mut self, at: usize, end: usize) -> usize {
        let mut after = end;
        loop {
            let joined = self
                .glyphs
                .get(after)
                .is_some_and(|glyph| matches!(glyph.letter, '-' | '.' | ':' | '/' | '_' | '@'));
            let next = self.word_end(after + 1);
            if !joined || next == after + 1 {
                break;
            }
            after = next;
        }
        self.push(at, after, Meaning::Unknown)
    }

    // "10월 19일(월)", "10/19(월)": the weekday of a date says nothing more.
    fn weekday_in_brackets(&self, at: usize) -> Option<usize> {
        let letter = |at: usize| self.glyphs.get(at).map(|glyph| glyph.letter);
        let dated = at
            .checked_sub(1)
            .and_then(letter)
            .is_some_and(|before| before == '일' || before.is_ascii_digit());
        let day = letter(at + 1).is_some_and(|day| "월화수목금토일".contains(day));
        let word = if letter(at + 2) == Some('요') && letter(at + 3) == Some('일') {
            at + 4
        } else {
            at + 2
        };
        let inside = letter(at) == Some('(') && letter(word) == Some(')');
        (dated && day && inside).then_some(word + 1)
    }

    // The longest phrase that begins with `first` at `at`. Its words are parted by spaces or hyphens.
    fn phrase(&self, at: usize, first: &str) -> Option<(usize, Meaning)> {
        lexicon().phrases(first).iter().find_map(|(words, meaning)| {
            let mut after = self.word_end(at);
            for word in words.iter().skip(1) {
                let mut next = after;
                while self
                    .glyphs
                    .get(next)
                    .is_some_and(|g| matches!(g.letter, ' ' | '-' | '_' | '/' | '\'' | '’'))
                {
                    next += 1;
                }
                let end = self.word_end(next);
                if next == after || self.letters(next, end) != *word {
                    return None;
                }
                after = end;
            }
            Some((after, meaning.clone()))
        })
    }

    fn mark(&mut self, at: usize, letter: char) -> usize {
        if let Some(after) = self.weekday_in_brackets(at) {
            return self.push(at, after, Meaning::Filler);
        }
        if let Some((after, index)) = self.entity(at, true) {
            return self.push(at, after, Meaning::Entity(index));
        }
        let meaning = match letter {
            '"' | '“' | '”' | '`' | '「' | '」' | '『' | '』' | '«' | '»' => {
                Meaning::Filler
            }
            '(' | '[' => Meaning::Open,
            ')' | ']' => Meaning::Close,
            '~' | '–' | '—' | '∼' | '〜' | '～' => Meaning::Range,
            '→' => Meaning::To,
            '%' => Meaning::PercentSign,
            ',' | '&' | '·' | '、' | '+' => Meaning::And,
            _ => Meaning::Mark,
        };
        self.push(at, at + 1, meaning)
    }
}
