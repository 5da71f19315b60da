//! Question words that ask for something which no figure of the reading tells.

use wherefore_contract::cost::{Direction, Measure};

use super::super::super::{
    decide::Draft,
    word::{Meaning, TimeWord, When, WhenKind},
};
use crate::request::{Ask, Decline, Reason};

impl Draft<'_> {
    /// "How many reports did we write": nothing that is counted stands beside the word.
    pub(super) fn counts_nothing(&self, at: usize) -> bool {
        let counts = self.measures.iter().any(|measure| {
            matches!(
                measure,
                Measure::Rows
                    | Measure::Transactions
                    | Measure::ConsumedQuantity
                    | Measure::PricingQuantity
                    | Measure::Distinct(_)
            )
        });
        let other = self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Times
                    | Meaning::Share
                    | Meaning::PercentSign
                    | Meaning::Money
                    | Meaning::Complete
                    | Meaning::UnitPrice
                    | Meaning::Category(_)
                    | Meaning::Word(TimeWord::Unit(_))
            )
        });
        let text = self.text_of(at);
        let things = text.eq_ignore_ascii_case("how many")
            || (text.starts_with('몇') && self.follows_a_name(at));
        things && self.counted.is_none() && !counts && !other
    }

    // "로드밸런서는 몇 개": it is asked how many there are of what is named.
    fn follows_a_name(&self, at: usize) -> bool {
        let before = self.previous_meaning(at).and_then(|place| self.meaning(place));
        matches!(before, Some(Meaning::Entity(_)))
    }

    /// "in %", where nothing is told in percent.
    pub(super) fn leaves_percent(&self, at: usize) -> bool {
        let told = self.flag(|meaning| {
            matches!(
                meaning,
                Meaning::Share
                    | Meaning::Relatively
                    | Meaning::Change
                    | Meaning::Rise
                    | Meaning::Fall
                    | Meaning::Compare
                    | Meaning::Difference
                    | Meaning::Step(_)
                    | Meaning::Jump
                    | Meaning::Discount
                    | Meaning::Times
                    | Meaning::Running
                    | Meaning::Reach
                    | Meaning::Why
                    | Meaning::Complete
                    | Meaning::When(When { kind: WhenKind::Before(_), .. })
            )
        });
        !self.is_used(at) && !told && !self.tells_a_part() && self.bounds.is_empty()
    }

    /// "Who spent most?": people are no part of a bill, unless something that stands for them is named.
    pub(super) fn asks_who(&self, at: usize) -> bool {
        matches!(self.text_of(at).to_lowercase().as_str(), "who" | "whom")
            && self.dimensions.is_empty()
            && self.counted.is_none()
            && self.previous_meaning(at).is_none_or(|prior| {
                matches!(self.meaning(prior), Some(Meaning::And | Meaning::Mark))
            })
    }

    /// "the top 5 slowest queries": so many of something, where the reading has no rows to cut.
    pub(in crate::understand) fn cuts_nothing(&self, ask: Ask) -> Option<Decline> {
        let cut = self.limit.is_some_and(|limit| limit > 1);
        let single = self.has(&Meaning::Single)
            || self.flag(|meaning| matches!(meaning, Meaning::Measure(Measure::Rows)));
        // "top 3" alone goes on from an earlier question, which has the rows.
        if !cut
            || self.conditions.is_empty()
            || single
            || ask != Ask::Total
            || !self.dimensions.is_empty()
        {
            return None;
        }
        let asked = (0..self.items.len())
            .filter(|at| {
                matches!(self.meaning(*at), Some(Meaning::Number { .. } | Meaning::Sort(_)))
            })
            .filter_map(|at| self.items.get(at).map(|item| (item.start, item.end)))
            .collect();
        let reason = Reason::NotUnderstood;
        Some(Decline { reason, asked, nearest: Vec::new(), period: None })
    }

    /// "Which was the dearest, which the cheapest?": rows can be ranked one way only. Korean
    /// says one superlative in two words.
    pub(in crate::understand) fn ranks_both_ways(&self) -> Option<Decline> {
        let of = |direction| {
            (0..self.items.len()).find(|at| {
                self.meaning(*at) == Some(&Meaning::Rank(direction)) && self.text_of(*at).is_ascii()
            })
        };
        let ends = [of(Direction::Descending)?, of(Direction::Ascending)?];
        let asked = ends
            .into_iter()
            .filter_map(|at| self.items.get(at).map(|item| (item.start, item.end)))
            .collect();
        let reason = Reason::NotUnderstood;
        Some(Decline { reason, asked, nearest: Vec::new(), period: None })
    }
}
