//! Whether the words around a name say what it names.

use wherefore_contract::dimension::{Dimension, FocusDimension};

use super::{
    super::super::{
        glyphs::Class,
        lexicon::lexicon,
        link::{Entity, same_family},
        word::Meaning,
    },
    Scanner,
};

const QUOTES: &[char] = &['"', '“', '”', '\'', '‘', '’', '`', '「', '」', '『', '』'];
// Words between the kind of a thing and its name: "the account named dev".
const BETWEEN: &[&str] = &["named", "called", "the", "is", "of", "for", "id", "name", "'s", "s"];

// Words behind a verb.
const OBJECTS: &[&str] =
    &["the", "a", "an", "our", "my", "me", "us", "it", "total", "how", "what", "all"];

impl Scanner<'_> {
    /// Whether a name can be meant here at all: everyday words and parts of names need a word beside them.
    pub(super) fn is_usable(&self, at: usize, entity: &Entity) -> bool {
        if entity.exact && !entity.ordinary {
            return true;
        }
        if !entity.exact && !entity.options.is_empty() {
            return true;
        }
        self.is_said(at, entity) || self.is_spelled_as_name(entity)
    }

    fn has_hangul(&self) -> bool {
        self.text.chars().any(|letter| ('\u{ac00}'..='\u{d7a3}').contains(&letter))
    }

    // "COMPUTE" in a sentence of small letters is spelled as providers spell names.
    fn is_spelled_as_name(&self, entity: &Entity) -> bool {
        let said = self.text.get(entity.start..entity.end).unwrap_or_default();
        let capital = said.len() > 2 && said.bytes().all(|byte| !byte.is_ascii_lowercase());
        let spelled = entity
            .options
            .iter()
            .chain(&entity.weak)
            .any(|(_, values)| values.iter().any(|value| value == said));
        // A text of capitals alone says nothing by them.
        let shouts = || !self.text.chars().any(char::is_lowercase) && !self.has_hangul();
        entity.exact && capital && spelled && !shouts()
    }

    /// Whether the name is quoted, or a word beside it names the kind of thing it may be.
    pub(super) fn is_said(&self, at: usize, entity: &Entity) -> bool {
        let after = self.after_entity(entity);
        self.is_quoted(at, after)
            || self.said_before().is_some_and(|meaning| names_kind(&meaning, entity))
            || self.said_behind(after).is_some_and(|meaning| names_kind(&meaning, entity))
    }

    /// Whether letters that are a word and a name are rather the name: said to be one, or a word that says
    /// nothing and is no verb here.
    pub(super) fn is_rather_named(&self, at: usize, index: usize, word: &Meaning) -> bool {
        let Some(entity) = self.entities.get(index) else { return false };
        let filler = *word == Meaning::Filler && entity.exact && !entity.ordinary;
        self.is_said(at, entity) || (filler && !self.is_verb(self.after_entity(entity)))
    }

    // "compute the total": an article stands behind a verb.
    fn is_verb(&self, after: usize) -> bool {
        let at = after + usize::from(self.class(after) == Class::Space);
        OBJECTS.contains(&self.letters(at, self.word_end(at)).as_str())
    }

    fn is_quoted(&self, at: usize, after: usize) -> bool {
        let quote = |place: Option<usize>| {
            place
                .and_then(|place| self.glyphs.get(place))
                .is_some_and(|glyph| QUOTES.contains(&glyph.letter))
        };
        quote(at.checked_sub(1)) && quote(Some(after))
    }

    fn said_before(&self) -> Option<Meaning> {
        let carries = |item: &&super::super::super::word::Item| match item.meaning {
            Meaning::Mark => {
                let mark = self.text.get(item.start..item.end).unwrap_or_default();
                !mark.starts_with(|c| c == '=' || c == ':' || QUOTES.contains(&c))
            }
            Meaning::Filler => {
                let word = self.text.get(item.start..item.end).unwrap_or_default().to_lowercase();
                !(BETWEEN.contains(&word.as_str()) || word.starts_with(QUOTES))
            }
            Meaning::Particle => false,
            _ => true,
        };
        self.items.iter().rev().find(carries).map(|item| item.meaning.clone())
    }

    // The word right behind the name.
    fn said_behind(&self, after: usize) -> Option<Meaning> {
        let mut at = after;
        while self.class(at) == Class::Space && at < self.glyphs.len()
            || self.glyphs.get(at).is_some_and(|glyph| QUOTES.contains(&glyph.letter))
        {
            at += 1;
        }
        if let Some((_, key)) = self.tag_key(at) {
            return Some(Meaning::Dimension(key));
        }
        match self.class(at) {
            Class::Letter => {
                let word = self.letters(at, self.word_end(at));
                self.phrase(at, &word).map(|(_, meaning)| meaning)
            }
            Class::Hangul => {
                let words = lexicon().words(self.glyphs.get(at)?.letter).iter();
                words
                    .filter_map(|(letters, _, meaning)| Some((self.spelled(at, letters)?, meaning)))
                    .max_by_key(|(end, meaning)| (*end, matches!(meaning, Meaning::Dimension(_))))
                    .map(|(_, meaning)| meaning.clone())
            }
            Class::Space | Class::Digit | Class::Mark => None,
        }
    }
}

fn names_kind(meaning: &Meaning, entity: &Entity) -> bool {
    let mut dimensions = entity.options.iter().chain(&entity.weak).map(|(dimension, _)| dimension);
    match meaning {
        Meaning::Dimension(Dimension::Workload) => {
            dimensions.any(|one| matches!(one, Dimension::Workload | Dimension::Tag(_)))
        }
        Meaning::Dimension(said) => dimensions.any(|one| same_family(one, said)),
        Meaning::Tag => dimensions.any(|one| matches!(one, Dimension::Tag(_))),
        Meaning::Service => dimensions.any(|one| {
            matches!(one, Dimension::Workload | Dimension::Column(FocusDimension::ServiceName))
        }),
        _ => false,
    }
}
