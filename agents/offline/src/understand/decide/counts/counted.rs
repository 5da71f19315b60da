//! What else is asked beside a count: "how many accounts and what do they cost", "리소스 수와 비용".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, Grain},
};

use super::super::{super::word::Meaning, Draft};
use crate::request::Ask;

impl Draft<'_> {
    /// The measures that the question asks for beside how many there are.
    pub(in crate::understand::decide) fn asked_beside_the_count(&self) -> Vec<Measure> {
        let counts = self.measures.iter().filter(|one| matches!(one, Measure::Distinct(_)));
        let mut all: Vec<Measure> = counts.cloned().collect();
        if !self.bounds.is_empty() || self.moves_in_time() {
            return all;
        }
        let rows = Meaning::Measure(Measure::Rows);
        if self.places(|meaning| *meaning == rows).any(|at| self.is_listed(at)) {
            all.push(Measure::Rows);
        }
        let is_cost = |meaning: &Meaning| match meaning {
            Meaning::Cost => true,
            Meaning::Measure(measure) => measure.is_cost(),
            _ => false,
        };
        if self.places(is_cost).any(|at| self.asks_amount(at)) {
            all.extend(self.costs_or_default());
        }
        all
    }

    // Whether the word of cost at `at` asks for an amount of its own beside a count.
    pub(in crate::understand::decide) fn asks_amount(&self, at: usize) -> bool {
        self.is_listed(at)
            || self.asks_how_much(at)
            || self.follows_what(at)
            || self.closes_with(at)
    }

    // The costs that the question names, else the usual one.
    fn costs_or_default(&self) -> Vec<Measure> {
        let stated = self.measures.iter().filter(|measure| measure.is_cost());
        let stated: Vec<Measure> = stated.cloned().collect();
        if stated.is_empty() {
            let default = self.known.description.default_cost.clone();
            return vec![default.unwrap_or(Measure::BilledCost)];
        }
        stated
    }

    // "몇 건이고 금액은?": the topic that the question ends with.
    fn closes_with(&self, at: usize) -> bool {
        let topic = self.items.get(at + 1).is_some_and(|item| item.glued)
            && matches!(self.text_of(at + 1), "은" | "는");
        let rest = self.items.iter().skip(at + 2);
        topic && rest.clone().all(|item| matches!(item.meaning, Meaning::Mark | Meaning::Filler))
    }

    /// "how many requests, and at what price each", "사용량과 단가, 총액": what else is asked for.
    pub(in crate::understand::decide) fn asked_beside_the_price(&self) -> Vec<Measure> {
        let quantity = |at: usize| match self.meaning(at) {
            Some(
                Meaning::Measure(Measure::ConsumedQuantity | Measure::PricingQuantity)
                | Meaning::HowMany,
            ) => true,
            Some(Meaning::Filler) => self.text_of(at).eq_ignore_ascii_case("how many"),
            _ => false,
        };
        let joined = self.has(&Meaning::And);
        let mut found: Vec<Measure> = Vec::new();
        // "몇 TiB이고 TiB당 얼마": the unit itself is counted.
        let metered = self.flag(|meaning| matches!(meaning, Meaning::Quantity(_)));
        if metered || (joined && (0..self.items.len()).any(quantity)) {
            found.push(Measure::ConsumedQuantity);
        }
        let sum = (0..self.items.len()).any(|at| {
            matches!(
                self.text_of(at).to_lowercase().as_str(),
                "총액" | "총비용" | "총 비용" | "총금액" | "총 금액" | "total cost" | "total"
            )
        });
        if joined && sum {
            let cost = self.known.description.default_cost.clone();
            found.push(cost.unwrap_or(Measure::BilledCost));
        }
        found
    }

    /// "how many GB, and what gross cost", "사용량과 비용": both are asked for.
    pub(in crate::understand::decide) fn costs_beside_quantities(&mut self) {
        let quantity = |measure: &Measure| {
            matches!(measure, Measure::ConsumedQuantity | Measure::PricingQuantity)
        };
        if self.measures.is_empty()
            || !self.measures.iter().all(quantity)
            || !self.bounds.is_empty()
        {
            return;
        }
        let cost = |at: usize| match self.meaning(at) {
            Some(Meaning::Cost) => true,
            Some(Meaning::Gross) => {
                let text = self.text_of(at).to_lowercase();
                ["cost", "spend", "amount", "금액"].iter().any(|word| text.contains(word))
            }
            _ => false,
        };
        let joined = (0..self.items.len()).filter(|at| cost(*at)).any(|at| {
            let mut before = self.previous_meaning(at);
            while let Some(place) =
                before.filter(|place| self.meaning(*place) == Some(&Meaning::Gross))
            {
                before = self.previous_meaning(place);
            }
            let after = self.next_meaning(at);
            [before, after]
                .into_iter()
                .flatten()
                .any(|near| self.meaning(near) == Some(&Meaning::And))
        });
        if joined && !self.has(&Meaning::Share) && !self.has(&Meaning::Per) {
            let cost = self.known.description.default_cost.clone();
            self.measures.push(cost.unwrap_or(Measure::BilledCost));
        }
    }

    /// "how many accounts and how many regions": another count, beside the first one.
    pub(in crate::understand::decide) fn counts_another(
        &self,
        at: usize,
        dimension: &Dimension,
    ) -> bool {
        if self.counted.as_ref().is_none_or(|counted| counted == dimension)
            || dimension.grain().is_some()
            || self.is_grouped_by(at)
            || self.ranks()
        {
            return false;
        }
        let joined = self.previous_meaning(at).filter(|and| self.joins(*and));
        let first = joined.and_then(|and| self.previous_meaning(and));
        let counted = |one: &Dimension| {
            self.counted.as_ref() == Some(one)
                || self.measures.contains(&Measure::Distinct(one.clone()))
        };
        self.is_asked_how_many(at)
            || first.and_then(|first| self.dimension_at(first)).is_some_and(|one| counted(&one))
    }

    /// "the first and the last charge, and on how many days": a count beside the ends of the time.
    pub(in crate::understand::decide) fn counts_between_ends(&mut self) -> Option<Ask> {
        let counted = self.counted.clone()?;
        let ends = self.has(&Meaning::First) && self.has(&Meaning::Last)
            || self.places(|meaning| matches!(meaning, Meaning::First | Meaning::Last)).any(|at| {
                self.next_meaning(at).is_some_and(|next| {
                    matches!(self.meaning(next), Some(Meaning::Cost))
                        || matches!(self.unit_at(next), Some(Grain::Day | Grain::Hour))
                })
            });
        if !ends || self.ranks() || self.moves() || !self.bounds.is_empty() || self.limit.is_some()
        {
            return None;
        }
        self.counted = None;
        self.dimensions.retain(|dimension| dimension.grain().is_none());
        let total = self.places(|meaning| *meaning == Meaning::Total).any(|at| self.is_listed(at));
        let beside = self.asked_beside_the_count();
        self.measures.retain(|measure| !measure.is_cost());
        if total && beside.is_empty() {
            self.measures.extend(self.costs_or_default());
        }
        self.measures.extend(beside);
        self.measures.push(Measure::Distinct(counted));
        Some(Ask::FirstSeen)
    }

    /// "which region is used by the most accounts, and by how many", "how many resources does the dearest
    /// service have": rows that a superlative picks, with the count beside them.
    pub(in crate::understand::decide) fn ranks_with_a_count(&mut self) -> Option<Ask> {
        let picks = self.ranks() || (self.sorts() && self.limit.is_some());
        if !picks || self.is_grained() || self.dimensions.len() != 1 || !self.bounds.is_empty() {
            return None;
        }
        let counted = self.counted.clone()?;
        let mut beside = self.asked_beside_the_count();
        let own = Measure::Distinct(counted.clone());
        if self.is_ranked_by_count(&counted) {
            beside.insert(0, own);
        } else {
            if !beside.iter().any(Measure::is_cost) {
                beside.extend(self.costs_or_default());
            }
            beside.sort_by_key(|measure| !measure.is_cost());
            beside.push(own);
        }
        self.counted = None;
        self.measures = beside;
        Some(self.plain())
    }

    // "the most accounts", "계정이 가장 많은": the superlative is about how many there are.
    fn is_ranked_by_count(&self, counted: &Dimension) -> bool {
        (0..self.items.len()).any(|at| {
            let many = ["많", "적"].iter().any(|stem| self.text_of(at).contains(stem))
                || matches!(
                    self.text_of(at).to_lowercase().as_str(),
                    "most" | "the most" | "fewest" | "the fewest" | "least" | "highest number of"
                );
            let korean = !self.text_of(at).is_ascii();
            let near = if korean { self.previous_meaning(at) } else { self.next_meaning(at) };
            let near = near.map(|near| match self.meaning(near) {
                Some(Meaning::HowMany) => self.previous_meaning(near).unwrap_or(near),
                _ => near,
            });
            matches!(self.meaning(at), Some(Meaning::Rank(_) | Meaning::Sort(_)))
                && many
                && near.and_then(|near| self.dimension_at(near)).as_ref() == Some(counted)
        })
    }

    fn places(&self, wanted: impl Fn(&Meaning) -> bool) -> impl Iterator<Item = usize> {
        (0..self.items.len()).filter(move |at| self.meaning(*at).is_some_and(&wanted))
    }

    fn joins(&self, at: usize) -> bool {
        self.meaning(at) == Some(&Meaning::And) || matches!(self.text_of(at), "," | "/" | "·")
    }

    // One of several that are said in a row.
    pub(in crate::understand::decide) fn is_listed(&self, at: usize) -> bool {
        [self.previous_meaning(at), self.next_meaning(at)]
            .into_iter()
            .flatten()
            .any(|near| self.joins(near))
    }

    fn asks_how_much(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        text.starts_with("얼마") || text.starts_with("얼만") || text == "how much"
    }

    // "what do they cost", "what is their cost".
    fn follows_what(&self, at: usize) -> bool {
        (at.saturating_sub(5)..at)
            .rev()
            .take_while(|before| self.meaning(*before) != Some(&Meaning::HowMany))
            .any(|before| matches!(self.text_of(before).to_lowercase().as_str(), "what" | "what's"))
    }
}
