//! What a question says by itself, counted: whether it is whole, or a fragment of a conversation.

use wherefore_contract::{cost::Measure, dimension::Dimension, period::Period, question::Language};

use super::super::{
    link::Entity,
    word::{Item, Meaning, Relative, TimeWord, When, WhenKind},
};
use crate::request::Slice;

/// The meanings of a question's words.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    items: Vec<Item>,
    /// Absolute periods in the order of the text, each once.
    pub(super) periods: Vec<(Period, Slice)>,
    /// A period named relative to another one.
    pub(super) relative: Option<(Relative, Slice)>,
    /// "the whole period".
    pub(super) whole_time: bool,
}

impl Fragment {
    pub(super) fn of(items: Vec<Item>) -> Self {
        let mut fragment =
            Self { items: Vec::new(), periods: Vec::new(), relative: None, whole_time: false };
        for item in &items {
            let Meaning::When(When { kind, .. }) = &item.meaning else { continue };
            let asked = (item.start, item.end);
            match kind {
                WhenKind::All => fragment.whole_time = true,
                WhenKind::Before(word) => fragment.relative = Some((*word, asked)),
                WhenKind::Period(period) => {
                    if fragment.periods.iter().all(|(other, _)| other != period) {
                        fragment.periods.push((*period, asked));
                    }
                }
            }
        }
        Self { items, ..fragment }
    }

    pub(super) fn has(&self, wanted: &Meaning) -> bool {
        self.items.iter().any(|item| item.meaning == *wanted)
    }

    fn any(&self, wanted: impl Fn(&Meaning) -> bool) -> bool {
        self.items.iter().any(|item| wanted(&item.meaning))
    }

    fn count(&self, wanted: impl Fn(&Meaning) -> bool) -> usize {
        self.items.iter().filter(|item| wanted(&item.meaning)).count()
    }

    /// Whether a measure is named, and not only "cost".
    pub(super) fn names_measure(&self) -> bool {
        self.any(|meaning| matches!(meaning, Meaning::Measure(_)))
    }

    pub(super) fn names_unit_cost(&self) -> bool {
        self.has(&Meaning::Measure(Measure::UnitCost))
    }

    /// Whether the words of a cost question stand in it.
    pub(super) fn is_costed(&self) -> bool {
        self.has(&Meaning::Cost) || self.names_measure()
    }

    /// Whether it says by itself what is asked, of which time, and of what.
    pub(super) fn is_whole(&self) -> bool {
        let moved =
            self.any(|meaning| matches!(meaning, Meaning::Rise | Meaning::Fall | Meaning::Change));
        let asked = self.is_costed() || (moved && self.periods.len() >= 2);
        asked && self.is_dated() && self.names() + self.groups() > 0
    }

    pub(super) fn is_dated(&self) -> bool {
        !self.periods.is_empty() || self.relative.is_some() || self.whole_time
    }

    /// Names and kinds of charges; those joined by "and" count once.
    pub(super) fn names(&self) -> usize {
        let mut count = 0;
        let mut joined = false;
        for item in &self.items {
            match &item.meaning {
                Meaning::Entity(_) | Meaning::Category(_) | Meaning::Without => {
                    count += usize::from(!joined);
                    joined = false;
                }
                Meaning::And | Meaning::Compare => joined = count > 0,
                Meaning::Filler | Meaning::Particle | Meaning::Mark => {}
                _ => joined = false,
            }
        }
        count
    }

    pub(super) fn groups(&self) -> usize {
        self.count(|meaning| {
            matches!(
                meaning,
                Meaning::Dimension(_) | Meaning::Service | Meaning::Word(TimeWord::Unit(_))
            )
        })
    }

    /// Whether rows are asked for by name: "by X", "X별".
    pub(super) fn groups_by(&self) -> bool {
        self.has(&Meaning::By)
    }

    pub(super) fn compares(&self) -> bool {
        self.any(|meaning| {
            matches!(
                meaning,
                Meaning::Compare
                    | Meaning::Change
                    | Meaning::Rise
                    | Meaning::Fall
                    | Meaning::Difference
            )
        })
    }

    pub(super) fn asks_why(&self) -> bool {
        self.has(&Meaning::Why)
    }

    /// Words of what is done with figures: "why", "share", "top".
    pub(super) fn operations(&self) -> usize {
        let mut seen: Vec<&Meaning> = Vec::new();
        for item in &self.items {
            let meaning = &item.meaning;
            let other = matches!(
                meaning,
                Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Cost
                    | Meaning::Measure(_)
                    | Meaning::Dimension(_)
                    | Meaning::Service
                    | Meaning::Tag
                    | Meaning::By
                    | Meaning::Which
                    | Meaning::Exclude
                    | Meaning::Only
                    | Meaning::Without
                    | Meaning::Category(_)
                    | Meaning::Word(_)
                    | Meaning::When(_)
                    | Meaning::Number { .. }
                    | Meaning::From
                    | Meaning::To
                    | Meaning::Since
                    | Meaning::Until
                    | Meaning::Range
                    | Meaning::Open
                    | Meaning::Close
                    | Meaning::Mark
                    | Meaning::PercentSign
                    | Meaning::Entity(_)
                    | Meaning::Unknown
            );
            if !other && !seen.contains(&meaning) {
                seen.push(meaning);
            }
        }
        seen.len()
    }

    /// Names, groupings and operations: what a fragment may carry one or two of.
    pub(super) fn parts(&self) -> usize {
        // "why did it rise", "did it change": one thing is asked. A number alone is a count of rows.
        let operations = if self.asks_why() || self.compares() { 1 } else { self.operations() };
        let number =
            usize::from(operations == 0 && self.any(|m| matches!(m, Meaning::Number { .. })));
        self.names() + self.groups() + operations + number
    }

    /// "since when?", "언제부터 발생했어?": first and last charges of what was shown.
    pub(super) fn asks_since_when(&self) -> bool {
        (self.has(&Meaning::First) || self.has(&Meaning::Last))
            && !self.is_dated()
            && !self.is_costed()
            && !self.has(&Meaning::HowMany)
            && self.names() + self.groups() == 0
    }

    /// Whether it asks something that stands by itself without a measure: "how many regions".
    pub(super) fn asks_by_itself(&self) -> bool {
        self.names_unit_cost()
            || self.any(|meaning| {
                matches!(
                    meaning,
                    Meaning::HowMany
                        | Meaning::First
                        | Meaning::Last
                        | Meaning::Complete
                        | Meaning::Forecast
                        | Meaning::Jump
                        | Meaning::Times
                        | Meaning::Discount
                        | Meaning::Reach
                        | Meaning::Write
                        | Meaning::Outside
                )
            })
    }

    /// Whether a measure is all that it says: "effective cost", "유효 비용으로".
    pub(super) fn is_bare_measure(&self) -> bool {
        self.names_measure()
            && !self.is_dated()
            && self.parts() == 0
            && !self.has(&Meaning::Unknown)
    }

    /// Whether "why" is all that it says.
    pub(super) fn is_bare_why(&self) -> bool {
        self.asks_why()
            && !self.is_costed()
            && !self.is_dated()
            && self.names() + self.groups() == 0
    }

    /// "EC2는 얼마야?": one name as the topic, set against what was asked before.
    pub(super) fn contrasts(&self, text: &str, entities: &[Entity]) -> bool {
        let topic = self.items.iter().zip(self.items.iter().skip(1)).any(|(name, next)| {
            let named = matches!(&name.meaning, Meaning::Entity(at) if entities.get(*at).is_some());
            let particle = text.get(next.start..next.end).unwrap_or_default();
            named && next.glued && matches!(particle, "는" | "은")
        });
        topic
            && !self.is_dated()
            && !self.names_measure()
            && self.names() == 1
            && self.groups() + self.operations() == 0
    }

    /// "how much did it change?": a pronoun stands where a name or period would.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| matches!(word, "it" | "that" | "those" | "they" | "them" | "these"))
            && !self.is_dated()
            && !self.names_measure()
            && self.names() + self.groups() == 0
    }

    /// Numbers that no period took.
    pub(super) fn numbers(&self) -> Vec<(u64, Slice)> {
        let number = |item: &Item| match item.meaning {
            Meaning::Number { value, .. } => Some((value, (item.start, item.end))),
            _ => None,
        };
        self.items.iter().filter_map(number).collect()
    }

    /// "the largest", "제일 큰": one row is meant where no count is given.
    pub(super) fn is_superlative(&self) -> bool {
        self.any(|meaning| matches!(meaning, Meaning::Rank(_)))
    }

    /// Whether it says anything that a request could be read from.
    pub(super) fn is_empty(&self) -> bool {
        self.parts() == 0 && !self.is_costed() && !self.is_dated() && !self.has(&Meaning::Total)
    }

    /// Where the words of a meaning stand.
    pub(super) fn slices(&self, wanted: &Meaning) -> Vec<Slice> {
        let items = self.items.iter().filter(|item| item.meaning == *wanted);
        items.map(|item| (item.start, item.end)).collect()
    }

    /// `text` with blanks where its periods stand.
    pub(super) fn undated(&self, text: &str) -> String {
        let mut bare = text.to_owned();
        for item in self.items.iter().filter(|item| matches!(item.meaning, Meaning::When(_))) {
            let range = item.start..item.end;
            if bare.is_char_boundary(item.start) && bare.is_char_boundary(item.end) {
                bare.replace_range(range.clone(), &" ".repeat(range.len()));
            }
        }
        bare
    }

    /// Whether the only periods it names are sides of a comparison.
    pub(super) fn dates_a_comparison(&self) -> bool {
        self.compares() && self.is_dated()
    }

    /// The dimensions that it names, in order.
    pub(super) fn dimensions(&self) -> Vec<Dimension> {
        let mut all: Vec<Dimension> = Vec::new();
        for item in &self.items {
            let dimension = match &item.meaning {
                Meaning::Dimension(dimension) => dimension.clone(),
                Meaning::Service => {
                    Dimension::Column(wherefore_contract::dimension::FocusDimension::ServiceName)
                }
                _ => continue,
            };
            if !all.contains(&dimension) {
                all.push(dimension);
            }
        }
        all
    }
}

/// Whether a Korean question breaks off after its topic: "9월 EC2는?".
pub(super) fn breaks_off(text: &str) -> bool {
    let words = text.trim_end_matches([' ', '?', '.', '!', '~']);
    Language::detect(words) == Language::Ko
        && ["은", "는", "도", "만", "이랑", "랑", "하면", "라면", "로는", "요"]
            .iter()
            .any(|ending| words.ends_with(ending))
}
