//! The place of one thing among others: "where does RDS rank", "몇 위".

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{limits::holds, link::same_family, word::Meaning},
    Draft,
};
use crate::request::{Ask, Condition};

impl Draft<'_> {
    /// One named thing whose place in an order is asked for. Its condition stays among the conditions,
    /// and what is ranked becomes the one dimension.
    pub(in crate::understand::decide) fn about_place(&mut self) -> Option<Ask> {
        let at = self.place_word()?;
        let thing = self.ranked_thing()?;
        let dimension = thing.filter.dimension.clone();
        self.mark(at);
        for place in 0..self.items.len() {
            if matches!(self.meaning(place), Some(Meaning::Place)) {
                self.mark(place);
            }
        }
        self.dimensions = vec![dimension.clone()];
        self.limit = None;
        self.nth = None;
        self.limit_per.clear();
        // What belongs to none has no place.
        let nameless = !matches!(
            dimension,
            Dimension::Column(FocusDimension::ServiceName | FocusDimension::Provider)
        );
        if nameless && holds(self.known, &dimension) {
            let filter = Filter { dimension, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        Some(Ask::Place)
    }

    // The word that asks for a place, where no number of rows or place is named.
    fn place_word(&self) -> Option<usize> {
        if self.limit.is_some() || self.nth.is_some() || !self.bounds.is_empty() {
            return None;
        }
        let asked = (0..self.items.len()).find(|at| self.meaning(*at) == Some(&Meaning::Place));
        if asked.is_some() {
            return asked;
        }
        let ranks = |at: &usize| {
            let text = self.text_of(*at).to_lowercase();
            matches!(text.as_str(), "rank" | "ranks" | "ranked" | "ranking" | "순위" | "랭킹")
        };
        let at = (0..self.items.len()).find(ranks)?;
        let lower = self.text.to_lowercase();
        let asks = ["where ", "what rank", "what is the rank", "how does", "how do", "how high"]
            .iter()
            .any(|words| lower.contains(words));
        // "서비스 중 RDS 순위": one of what is ranked is named.
        let among = self.ranked_thing().is_some_and(|thing| {
            self.dimensions.iter().any(|dimension| same_family(dimension, &thing.filter.dimension))
        });
        (asks || among).then_some(at)
    }

    fn ranked_thing(&self) -> Option<Condition> {
        let named: Vec<&Condition> = self
            .conditions
            .iter()
            .filter(|held| {
                held.filter.op == FilterOp::In
                    && held.filter.values.len() == 1
                    && !held.asked.is_empty()
                    && held.filter.dimension.grain().is_none()
            })
            .collect();
        let among = |held: &&&Condition| {
            self.dimensions.iter().any(|one| same_family(one, &held.filter.dimension))
        };
        if let Some(held) = named.iter().find(among) {
            return Some((**held).clone());
        }
        // "where do we rank regions": rows of another thing are asked for.
        if self.dimensions.iter().any(|dimension| dimension.grain().is_none()) {
            return None;
        }
        match named.as_slice() {
            [only] => Some((*only).clone()),
            several => {
                let whole = self.whole_of_share()?;
                let mut rest = several.iter().filter(|held| !whole.contains(&held.filter));
                let only = rest.next()?;
                rest.next().is_none().then(|| (**only).clone())
            }
        }
    }

    // "how many accounts make up 90% of the cost": the largest of them are counted until they reach it.
    pub(in crate::understand::decide) fn counts_to_a_reach(&mut self) {
        let reaches = self.percent.is_some() || self.has(&Meaning::Reach);
        if !reaches || !self.bounds.is_empty() || !self.dimensions.is_empty() {
            return;
        }
        if let Some(counted) = self.counted.take_if(|counted| counted.grain().is_none()) {
            self.dimensions.push(counted);
            self.only_count = true;
        }
    }
}
