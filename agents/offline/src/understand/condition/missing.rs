//! Charges that hold no value where one could stand: "untagged", "without a region".

use wherefore_contract::{
    dimension::Dimension,
    filter::{Filter, FilterOp},
};

use super::super::{
    decide::{Draft, tags_named},
    tag_keys,
    word::Meaning,
};
use crate::request::{Condition, Slice};

impl Draft<'_> {
    // "untagged", "태그(app)가 없는", "without a region": charges that hold no value there.
    pub(super) fn missing_values(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Without) || self.is_used(at) {
                continue;
            }
            self.mark(at);
            let turned = self.turned_around(at);
            let near = at.saturating_sub(7)..(at + 5).min(self.items.len());
            let mut dimensions: Vec<(usize, Dimension)> = Vec::new();
            for place in 0..self.items.len() {
                if let Some(Meaning::Dimension(dimension)) = self.meaning(place)
                    && (near.contains(&place) || matches!(dimension, Dimension::Tag(_)))
                    && !self.is_used(place)
                    && !self.is_grouped(place)
                {
                    dimensions.push((place, dimension.clone()));
                }
            }
            let tags: Vec<usize> =
                near.filter(|place| self.meaning(*place) == Some(&Meaning::Tag)).collect();
            for place in tags {
                self.mark(place);
            }
            let item = self.items.get(at).map(|item| (item.start, item.end));
            let asked: Vec<Slice> = item.into_iter().collect();
            let tagged =
                dimensions.iter().any(|(_, dimension)| matches!(dimension, Dimension::Tag(_)));
            if tagged {
                dimensions.retain(|(_, dimension)| matches!(dimension, Dimension::Tag(_)));
            }
            if let Some(exclude) = turned {
                self.present_instead(exclude, dimensions, &asked);
                continue;
            }
            for (place, dimension) in &dimensions {
                self.mark(*place);
                self.push_missing(dimension.clone(), &asked);
            }
            if dimensions.is_empty() {
                for key in tag_keys(self.known) {
                    self.push_missing(Dimension::Tag(key), &asked);
                }
            }
        }
    }

    fn push_missing(&mut self, dimension: Dimension, asked: &[Slice]) {
        let filter = Filter { dimension, op: FilterOp::IsNull, values: Vec::new() };
        self.conditions.push(Condition { filter, asked: asked.to_vec() });
    }

    // "leave the untagged out", "태그 없는 건 빼고": the word that turns "without" around.
    fn turned_around(&self, at: usize) -> Option<usize> {
        let place = |index: &usize| self.meaning(*index) == Some(&Meaning::Exclude);
        if !self.text_of(at).is_ascii() {
            let next = (at + 1..(at + 8).min(self.items.len())).find(place)?;
            // "태그 없는 비용에서 세금 빼고": something else is left out.
            let other = (at + 1..next).any(|between| {
                matches!(self.meaning(between), Some(Meaning::Entity(_) | Meaning::Category(_)))
            });
            return (!other).then_some(next);
        }
        let closes = |index: &usize| {
            let text = self.text_of(*index).to_lowercase();
            place(index) && matches!(text.as_str(), "left out" | "excluded" | "ignored" | "omitted")
        };
        let before = (at.saturating_sub(3)..at).rev().find(place);
        before.or_else(|| (at + 1..(at + 5).min(self.items.len())).find(closes))
    }

    // Of one key, what is not missing holds a value. Of all keys at once nothing can be asked so: the
    // word stays unused, and the question is declined.
    fn present_instead(&mut self, exclude: usize, named: Vec<(usize, Dimension)>, asked: &[Slice]) {
        let mut keys: Vec<Dimension> =
            named.iter().map(|(_, dimension)| dimension.clone()).collect();
        if keys.is_empty() {
            keys = tags_named(&self.items);
        }
        let [dimension] = keys.as_slice() else { return };
        self.mark(exclude);
        for (place, _) in named {
            self.mark(place);
        }
        let filter =
            Filter { dimension: dimension.clone(), op: FilterOp::NotNull, values: Vec::new() };
        self.conditions.push(Condition { filter, asked: asked.to_vec() });
    }
}
