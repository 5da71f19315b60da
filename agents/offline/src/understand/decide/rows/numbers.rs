//! Numbers that say how many rows, which place, or how much of a whole.

use wherefore_contract::dimension::Dimension;

use super::super::super::word::{Meaning, TimeWord};
use super::super::Draft;

impl Draft<'_> {
    pub(in crate::understand) fn ranks(&self) -> bool {
        self.flag(|meaning| matches!(meaning, Meaning::Rank(_))) || self.names_first_place()
    }

    // "매월 1위 앱": the first place is a superlative.
    fn names_first_place(&self) -> bool {
        (0..self.items.len()).any(|at| {
            matches!(self.meaning(at), Some(Meaning::Number { value: 1, .. }))
                && self.meaning(at + 1) == Some(&Meaning::OrdinalMark)
                && matches!(self.text_of(at + 1), "위" | "등")
        })
    }

    pub(in crate::understand) fn sorts(&self) -> bool {
        self.flag(|meaning| matches!(meaning, Meaning::Sort(_)))
    }

    pub(in crate::understand::decide) fn numbers(&mut self) {
        let ranks = self.ranks() || self.sorts() || self.comes_in_a_place();
        for at in 0..self.items.len() {
            let place = match self.meaning(at) {
                Some(Meaning::Ordinal(place)) => Some(*place),
                Some(Meaning::Word(TimeWord::Nth(place))) => u32::try_from(*place).ok(),
                _ => None,
            };
            if let Some(place) = place.filter(|place| ranks && *place > 1) {
                self.mark(at);
                self.nth = Some(place);
            }
            self.portion(at);
            let Some(Meaning::Number { value, .. }) = self.meaning(at).cloned() else { continue };
            if self.is_used(at) {
                continue;
            }
            let next = self.next_meaning(at);
            let percent = next.filter(|next| {
                self.meaning(*next) == Some(&Meaning::PercentSign)
                    || (self.meaning(*next) == Some(&Meaning::Share)
                        && ["percent", "pct"]
                            .iter()
                            .any(|word| self.text_of(*next).starts_with(word)))
            });
            let Ok(value) = u32::try_from(value) else { continue };
            // "across all three clouds": all of them, however many.
            if at
                .checked_sub(1)
                .is_some_and(|prior| self.text_of(prior).eq_ignore_ascii_case("all"))
                && value <= 20
            {
                self.mark(at);
                continue;
            }
            if let Some(sign) = percent.filter(|_| (1..=100).contains(&value)) {
                self.percent = Some(value);
                self.mark(sign);
                self.mark(at);
            } else if let Some(mark) =
                self.place_mark(at).filter(|_| ranks && (1..=100).contains(&value))
            {
                self.mark(mark);
                self.mark(at);
                // The first place is the superlative itself.
                self.nth = Some(value).filter(|place| *place > 1).or(self.nth);
            } else if self.limit.is_none()
                && (1..=1000).contains(&value)
                && (ranks || self.names_rows(at))
            {
                self.limit = Some(value);
                self.mark(at);
            } else if value == 1 {
                // "a single", "one", "1건": it says nothing about the figures.
                self.mark(at);
            }
        }
    }

    // "which one comes third", "세 번째는": a place in an order.
    fn comes_in_a_place(&self) -> bool {
        (0..self.items.len()).any(|at| {
            let comes = at.checked_sub(1).is_some_and(|prior| {
                let verb = self.text_of(prior).to_lowercase();
                matches!(verb.as_str(), "comes" | "come" | "came" | "placed" | "stands")
            });
            matches!(self.meaning(at), Some(Meaning::Ordinal(_) | Meaning::OrdinalMark))
                && (comes || !self.text_of(at).is_ascii())
        })
    }

    // "half of the cost": as far as the largest parts of it must reach.
    fn portion(&mut self, at: usize) {
        let Some(Meaning::Portion(percent)) = self.meaning(at) else { return };
        let percent = *percent;
        let parts =
            !self.dimensions.is_empty() || self.counted.is_some() || self.has(&Meaning::Reach);
        if parts && self.percent.is_none() {
            self.percent = Some(percent);
            self.mark(at);
        }
    }

    // "2nd", "3번째", "2위": a place, unless "상위 3위" counts rows.
    fn place_mark(&self, at: usize) -> Option<usize> {
        let text = self.text_of(at).to_lowercase();
        if ["st", "nd", "rd", "th"].iter().any(|ending| text.ends_with(ending)) {
            return Some(at);
        }
        let mark = at + 1;
        let marked = self.meaning(mark) == Some(&Meaning::OrdinalMark);
        let counted = self
            .previous_meaning(at)
            .is_some_and(|index| matches!(self.meaning(index), Some(Meaning::Sort(_))));
        (marked && !(counted && self.text_of(mark) == "위")).then_some(mark)
    }

    // "서비스 3개": a number beside what is listed.
    fn names_rows(&self, at: usize) -> bool {
        let near = [self.previous_meaning(at), self.next_meaning(at)];
        near.into_iter().flatten().any(|index| {
            matches!(self.meaning(index), Some(Meaning::Dimension(_) | Meaning::Service))
        })
    }

    /// "the top 3 services of each account": the cut is made within what the question groups by.
    pub(in crate::understand::decide) fn cut_per_group(&mut self) {
        let superlative = self.ranks() && self.counted.is_none();
        if self.dimensions.len() != 2 || !(self.limit.is_some() || superlative) || self.moves() {
            return;
        }
        let Some(listed) = self.listed() else { return };
        let groups: Vec<Dimension> =
            self.dimensions.iter().filter(|dimension| **dimension != listed).cloned().collect();
        if groups.len() == 1 && groups.iter().all(|group| self.groups_explicitly(group)) {
            self.limit.get_or_insert(1);
            self.limit_per = groups;
        }
    }

    // What is ranked: the dimension that stands right after the number or the superlative, else the
    // one that nothing groups by explicitly.
    fn listed(&self) -> Option<Dimension> {
        let ungrouped: Vec<&Dimension> =
            self.dimensions.iter().filter(|dimension| !self.groups_explicitly(dimension)).collect();
        match ungrouped.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        }
    }

    pub(in crate::understand::decide) fn groups_explicitly(&self, dimension: &Dimension) -> bool {
        (0..self.items.len()).any(|at| {
            let named = self.dimension_at(at).as_ref() == Some(dimension);
            let text = self.text_of(at);
            let spoken = ["매월", "매달", "매주", "매일", "monthly", "daily", "weekly"]
                .contains(&text)
                || text.ends_with('별');
            named && (spoken || self.is_grouped_by(at))
        })
    }
}
