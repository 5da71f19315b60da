//! Finds the phrases of a subject in a question, and takes their words.

use super::super::{
    decide::Draft,
    word::{Item, Meaning},
};
use crate::request::Slice;

/// How Korean phrases stand in a question. Latin ones always stand as whole words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::understand) enum Korean {
    /// Anywhere: particles and endings may stand around them.
    Anywhere,
    /// Where a word begins; the word may go on.
    WordStart,
    /// Anywhere, however the question spaces them. Such phrases are written without spaces.
    Spaceless,
}

/// A question as phrases are looked for in it: prepared once, whatever many lists are tried on it.
pub(in crate::understand) struct Heard {
    // In lower case, hyphens as spaces: each byte stands where it stands in the question.
    spelled: String,
    // The letters and digits alone, and for each byte of them where its letter stands in the question.
    close: String,
    places: Vec<Slice>,
}

impl Heard {
    pub(in crate::understand) fn new(question: &str) -> Self {
        let spelled = question.to_ascii_lowercase().replace('-', " ");
        let mut close = String::new();
        let mut places = Vec::new();
        for (start, letter) in spelled.char_indices().filter(|(_, letter)| letter.is_alphanumeric())
        {
            close.push(letter);
            places.resize(close.len(), (start, start + letter.len_utf8()));
        }
        Self { spelled, close, places }
    }

    /// The question in lower case, hyphens as spaces.
    pub(super) fn spelled(&self) -> &str {
        &self.spelled
    }

    /// Where any of the phrases stands, in the order of the list. A Latin phrase that ends in `*` is the
    /// beginning of a word.
    pub(super) fn all(&self, phrases: &[&str], korean: Korean) -> Vec<Slice> {
        phrases.iter().flat_map(|phrase| self.each(phrase, korean)).collect()
    }

    /// Where the first phrase of the list stands that stands at all.
    pub(super) fn first(&self, phrases: &[&str], korean: Korean) -> Option<Slice> {
        phrases.iter().find_map(|phrase| self.each(phrase, korean).next())
    }

    /// Whether any of the phrases stands in the question.
    pub(super) fn says(&self, phrases: &[&str], korean: Korean) -> bool {
        self.first(phrases, korean).is_some()
    }

    fn each<'a>(&'a self, phrase: &'a str, korean: Korean) -> Box<dyn Iterator<Item = Slice> + 'a> {
        if phrase.is_ascii() {
            return Box::new(self.latin(phrase));
        }
        let whole = self.spelled.match_indices(phrase);
        let whole = whole.map(|(start, found)| (start, start + found.len()));
        match korean {
            Korean::Anywhere => Box::new(whole),
            Korean::WordStart => {
                Box::new(whole.filter(|(start, _)| !self.before(*start).is_some_and(is_hangul)))
            }
            Korean::Spaceless => Box::new(
                self.close
                    .match_indices(phrase)
                    .filter_map(|(start, found)| self.spread(start, start + found.len())),
            ),
        }
    }

    fn latin<'a>(&'a self, phrase: &'a str) -> impl Iterator<Item = Slice> + 'a {
        let (phrase, is_open) = match phrase.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (phrase, false),
        };
        let bound = |letter: Option<char>| !letter.is_some_and(|it| it.is_ascii_alphanumeric());
        // "$" and "/h" have no letter to be bounded at.
        let starts = phrase.starts_with(|letter: char| letter.is_ascii_alphanumeric());
        let ends = phrase.ends_with(|letter: char| letter.is_ascii_alphanumeric());
        self.spelled.match_indices(phrase).filter_map(move |(start, found)| {
            let end = start + found.len();
            let is_whole = (!starts || bound(self.before(start)))
                && (!ends || is_open || bound(self.after(end)));
            is_whole.then(|| (start, if is_open { self.word_end(end) } else { end }))
        })
    }

    fn before(&self, at: usize) -> Option<char> {
        self.spelled.get(..at)?.chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.spelled.get(at..)?.chars().next()
    }

    fn word_end(&self, from: usize) -> usize {
        let rest = self.spelled.get(from..).unwrap_or_default();
        let length = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        from + length
    }

    fn spread(&self, start: usize, end: usize) -> Option<Slice> {
        Some((self.places.get(start)?.0, self.places.get(end.checked_sub(1)?)?.1))
    }
}

fn is_hangul(letter: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&letter)
}

// What a Korean bound counts.
const UNITS: &[&str] =
    &["달러", "불", "원", "%", "퍼센트", "프로", "배", "건", "개", "일", "번", "회", "시간"];

/// Whether a number, with or without its unit, stands right before: "100달러 이상".
pub(super) fn follows_a_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let bare = UNITS.iter().find_map(|unit| before.strip_suffix(unit)).unwrap_or(before);
    let last = bare.trim_end().chars().next_back();
    last.is_some_and(|last| last.is_ascii_digit() || matches!(last, '천' | '만' | '억' | '조'))
}

/// Takes the words that lie in these parts of the question: they are read, and mean nothing else. The first of
/// them stands for what the analysis is about; what `keeps` says of keeps its own meaning.
pub(super) fn take(
    draft: &mut Draft<'_>,
    parts: &[Slice],
    first: Meaning,
    keeps: impl Fn(&Item) -> bool,
) {
    let mut first = Some(first);
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        if lies_in(item, parts) && !keeps(item) {
            item.meaning = first.take().unwrap_or(Meaning::Filler);
            draft.mark(at);
        }
    }
}

/// Leaves nothing of the words of these meanings: the analysis brings its own.
pub(super) fn silence(draft: &mut Draft<'_>, is_silent: impl Fn(&Meaning) -> bool) {
    for at in 0..draft.items.len() {
        let Some(item) = draft.items.get_mut(at) else { continue };
        if is_silent(&item.meaning) {
            item.meaning = Meaning::Filler;
            draft.mark(at);
        }
    }
}

/// Whether a word lies in any of the parts.
pub(super) fn lies_in(item: &Item, parts: &[Slice]) -> bool {
    parts.iter().any(|(start, end)| item.start < *end && *start < item.end)
}

/// Names and times keep their meaning even where a phrase reaches into them.
pub(super) fn is_name_or_time(item: &Item) -> bool {
    matches!(item.meaning, Meaning::Entity(_) | Meaning::When(_))
}

/// Whether a word asks for a figure of some kind, where the analysis brings its own.
pub(super) fn asks_a_figure(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Cost
            | Meaning::Money
            | Meaning::Measure(_)
            | Meaning::Dimension(_)
            | Meaning::HowMany
            | Meaning::Which
            | Meaning::Why
            | Meaning::Exists
            | Meaning::Total
            | Meaning::Rise
            | Meaning::Fall
            | Meaning::Change
            | Meaning::Rank(_)
            | Meaning::Sort(_)
            | Meaning::Discount
            | Meaning::Breakdown
            | Meaning::Trend
            | Meaning::By
            | Meaning::Per
            | Meaning::Forecast
            | Meaning::Category(_)
            | Meaning::UnitPrice
            | Meaning::Quantity(_)
            | Meaning::PricePer(_)
            | Meaning::Only
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(text: &'a str, phrases: &[&str], korean: Korean) -> Vec<&'a str> {
        let places = Heard::new(text).all(phrases, korean);
        places.into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn latin_phrases_are_whole_words_or_beginnings_of_them() {
        let text = "Move gp2 to gp3? gp3로 바꾸면 얼마 절약돼?";
        let latin = |phrases: &[&str]| shown(text, phrases, Korean::Anywhere);
        assert_eq!(latin(&["gp3"]), ["gp3", "gp3"]);
        assert_eq!(latin(&["gp"]), Vec::<&str>::new());
        assert_eq!(latin(&["mov*", "to gp3"]), ["Move", "to gp3"]);
        assert_eq!(
            shown("a break-even at $2/h", &["break even", "$", "/h"], Korean::Anywhere),
            ["break-even", "$", "/h"]
        );
    }

    #[test]
    fn korean_phrases_stand_as_their_list_says() {
        let text = "할인 전후 비용의 재배분";
        assert_eq!(shown(text, &["배분"], Korean::Anywhere), ["배분"]);
        assert_eq!(shown(text, &["배분"], Korean::WordStart), Vec::<&str>::new());
        assert_eq!(shown(text, &["비용"], Korean::WordStart), ["비용"]);
        assert_eq!(shown(text, &["할인전후비용"], Korean::Spaceless), ["할인 전후 비용"]);
        assert_eq!(shown(text, &["할인전후비용"], Korean::Anywhere), Vec::<&str>::new());
    }

    #[test]
    fn hyphens_are_spaces() {
        assert_eq!(
            shown("scale-in at off-peak", &["scale in", "off peak"], Korean::Anywhere),
            ["scale-in", "off-peak"]
        );
    }
}
