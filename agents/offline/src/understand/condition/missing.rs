//! Charges that hold no value where one could stand: "untagged", "without a region".

use wherefore_contract::{
    dimension::Dimension,
    filter::{Filter, FilterOp},
};

use super::super::{decide::Draft, tag_keys, word::Meaning};
use crate::request::{Condition, Slice};

impl Draft<'_> {
    // "untagged", "태그(app)가 없는", "without a region": charges that hold no value there.
    pub(super) fn missing_values(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Without) || self.is_used(at) {
                continue;
            }
            if self.keeps_tagged(at) {
                continue;
            }
            self.mark(at);
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

    // "ignoring untagged", "without the untagged part": what holds the tag that the question speaks of.
    fn keeps_tagged(&mut self, at: usize) -> bool {
        let excluded = self
            .previous_meaning(at)
            .is_some_and(|prior| self.meaning(prior) == Some(&Meaning::Exclude));
        if !(excluded && self.text_of(at).to_lowercase().starts_with("un")) {
            return false;
        }
        let mut keys: Vec<Dimension> = Vec::new();
        for item in &self.items {
            if let Meaning::Dimension(key @ Dimension::Tag(_)) = &item.meaning
                && !keys.contains(key)
            {
                keys.push(key.clone());
            }
        }
        if let [key] = keys.as_slice() {
            self.mark(at);
            let item = self.items.get(at).map(|item| (item.start, item.end));
            let filter =
                Filter { dimension: key.clone(), op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked: item.into_iter().collect() });
        }
        true
    }
}
