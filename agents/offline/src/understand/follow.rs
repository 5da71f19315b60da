//! Reads a question in its conversation: a fragment refines the request before it, anything else
//! starts anew.
//!
//! A question refines the last one when
//! 1. it turns or points to it in words ("instead", "no, …", "그 중", "같은 기간", "X 말고 Y"), or
//! 2. it begins by going on ("and", "그럼", "what about") and is no whole question: a cost word, a period
//!    and a name or grouping together are one, or
//! 3. it names no cost and no period and carries one or two parts (names, groupings, an operation), or
//! 4. it names a period and nothing else, or breaks off after its topic ("9월 EC2는?"), or
//! 5. it names a measure and nothing else ("유효 비용으로"), sets one name against the last ("EC2는 얼마야?"),
//!    or speaks of "it" alone ("how much did it change?").
//!
//! Everything else starts anew, and so do questions that need no measure: "how many regions are there".

mod correct;
mod fragment;
mod marks;
mod merge;
mod operate;
mod settle;

use wherefore_contract::{
    dimension::Grain,
    filter::FilterOp,
    period::Period,
    question::{Question, Turn},
};

use self::{
    fragment::{Fragment, breaks_off},
    marks::Marks,
};
use super::{folded, link, scan, tag_keys, time::Calendar, word::Meaning};
use crate::request::{Ask, AskBack, Decline, Known, Reading, Reason, Slice, Understanding};

// A fragment is short: what is longer says all that it asks.
const FRAGMENT_LIMIT_BYTES: usize = 400;

pub use correct::{InvalidRequest, corrected};

/// Reads `question` with what was asked before it, or the corrected reading that stands for it.
pub(super) fn understand(question: &Question, known: &Known) -> Understanding {
    if let Some(request) = &question.request {
        return correct::understand(request, question, known);
    }
    // How amounts are to be written says nothing about what is asked.
    let masked = crate::scale::masked(question.text());
    let text = masked.as_ref();
    if text.len() > FRAGMENT_LIMIT_BYTES {
        return super::alone(text, question.as_of, known);
    }
    let marks = Marks::find(text);
    let read = Fragmentary::read(text, &marks, question, known);
    if !read.refines() {
        return super::alone(text, question.as_of, known);
    }
    let Some(last) = last(&question.earlier, question) else {
        return read.without_earlier(question, known);
    };
    merge::refined(&last, &read, question, known)
}

/// The request that a follow-up refines: the last one that was answered. A whole question that was not
/// answered stands between: what follows it refines nothing.
pub(super) fn last(earlier: &[Turn], question: &Question) -> Option<Reading> {
    for turn in earlier.iter().rev() {
        if let Some(request) = &turn.request {
            return corrected(request).ok();
        }
        if turn.question.len() > FRAGMENT_LIMIT_BYTES {
            return None;
        }
        let marks = Marks::find(&turn.question);
        let bare = Known::default();
        if !Fragmentary::read(&turn.question, &marks, question, &bare).refines() {
            return None;
        }
    }
    None
}

// Names that are looked up for one question; the longest request has few more.
const NAMES_LIMIT_BYTES: usize = 2_000;

/// The names of a reading that no word of its question says: those of the request before, or of a
/// corrected one. `None` when there are none.
pub(crate) fn inherited_names(reading: &Reading, question: &Question) -> Option<String> {
    if reading.inherited.is_empty() && reading.left_out.is_empty() && question.request.is_none() {
        return None;
    }
    let conditions = reading.conditions.iter().filter(|held| held.asked.is_empty());
    let filters = conditions.map(|held| &held.filter).chain(&reading.left_out);
    let mut names = String::new();
    for value in filters.flat_map(|filter| &filter.values) {
        if names.len() + value.len() < NAMES_LIMIT_BYTES {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(value);
        }
    }
    (!names.trim().is_empty()).then_some(names)
}

/// A question with its tying words and its parts.
pub(super) struct Fragmentary<'a> {
    text: &'a str,
    marks: &'a Marks,
    fragment: Fragment,
    contrasts: bool,
}

impl<'a> Fragmentary<'a> {
    fn read(text: &'a str, marks: &'a Marks, question: &Question, known: &Known) -> Self {
        let entities = link::entities(&known.hits, text);
        let items = scan::scan(&marks.masked, &entities, &tag_keys(known));
        let calendar = Calendar::new(question.as_of, known);
        let fragment = Fragment::of(folded(&marks.masked, &items, calendar));
        let contrasts = fragment.contrasts(text, &entities);
        Self { text, marks, fragment, contrasts }
    }

    // The rules of the module's head, in their order.
    fn refines(&self) -> bool {
        let (marks, said) = (self.marks, &self.fragment);
        let costed = said.is_costed();
        let whole = said.is_whole();
        if marks.turns || (marks.removes && marks.part) {
            return true;
        }
        // "only the first two": a cut of what was shown.
        let cuts = said.has(&Meaning::Only) && !costed && !said.is_dated();
        if cuts || (marks.includes && !costed) {
            return true;
        }
        if marks.points || marks.nests || marks.removes {
            return !(costed && said.is_dated());
        }
        if marks.leads_on {
            return !whole;
        }
        if said.is_bare_measure() || self.contrasts || said.stands_in(self.text) {
            return true;
        }
        if said.asks_since_when() {
            return true;
        }
        if costed || said.asks_by_itself() {
            return false;
        }
        if said.is_dated() && !said.dates_a_comparison() {
            return said.parts() == 0 || (said.parts() == 1 && breaks_off(self.text));
        }
        (1..=2).contains(&said.parts())
    }

    // Words that only make sense after others are asked back; the rest is read as it stands.
    fn without_earlier(&self, question: &Question, known: &Known) -> Understanding {
        let (marks, said) = (self.marks, &self.fragment);
        let costed = said.is_costed();
        let points = marks.points || marks.nests || marks.removes;
        let partial = !costed && !said.is_whole();
        let dangling = points || ((marks.turns || marks.leads_on || marks.adds) && partial);
        let asked_back = Understanding::AskedBack(AskBack::Earlier { asked: self.tying_words() });
        if dangling {
            return asked_back;
        }
        // With nothing before it, "AWS 말고" and "not counting credits" leave out what they name.
        let whole = super::alone(self.text, question.as_of, known);
        // "Why no Graviton savings?" names what it is about in words of an analysis.
        let is_analysis = matches!(
            &whole,
            Understanding::Reading(reading) if matches!(reading.ask, Ask::Analysis(_))
        );
        if said.is_bare_why() && !is_analysis {
            return asked_back;
        }
        let leaves_out = |reading: &Reading| {
            reading
                .conditions
                .iter()
                .any(|held| matches!(held.filter.op, FilterOp::NotIn | FilterOp::NotContains))
        };
        match &whole {
            Understanding::Reading(reading) if leaves_out(reading) => return whole,
            // "not Zorbo": what nobody knows cannot be left out.
            Understanding::Declined(decline) if self.turns_down(decline) => return whole,
            _ if !marks.turns => return whole,
            _ => {}
        }
        super::alone(&marks.masked, question.as_of, known)
    }

    // Whether a name that nothing answers to stands in what is said no more.
    fn turns_down(&self, decline: &Decline) -> bool {
        let within = |(start, end): &Slice| {
            self.marks.replaced.is_some_and(|(from, to)| from <= *start && *end <= to)
        };
        decline.reason == Reason::UnknownEntity && decline.asked.iter().any(within)
    }

    /// The stretch behind `period` that "그 다음날" or "the month after" means, where it is of that kind.
    fn following(&self, period: Period) -> Option<Period> {
        let (grain, _) = self.marks.next?;
        let (first, end) = (period.start().date(), period.end().date());
        match grain {
            Grain::Day if period.days() == 1 => Period::of_days(end, end.tomorrow().ok()?).ok(),
            Grain::IsoWeek if period.days() == 7 => {
                Period::of_days(end, end.checked_add(jiff::Span::new().days(7)).ok()?).ok()
            }
            Grain::Month if Period::month_of(first) == period => Some(Period::month_of(end)),
            _ => None,
        }
    }

    /// The words that refer to the earlier question: the first tying word, or all of it.
    pub(super) fn tying_words(&self) -> Slice {
        self.marks.first.unwrap_or_else(|| {
            let words = self.text.trim_end_matches([' ', '?', '.', '!']);
            (0, words.len())
        })
    }
}
