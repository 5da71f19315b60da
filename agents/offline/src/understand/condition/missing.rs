//! What holds no value: "untagged", "태그(app)가 없는", "rows without a region".

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use crate::{
    request::{Condition, Slice},
    understand::{
        decide::{Draft, tags_named},
        tag_keys,
        word::Meaning,
    },
};

// So many words may stand between a word of lacking and what is lacked.
const REACH: usize = 4;

/// What stands beside a word of lacking.
#[derive(Debug, Default)]
struct Beside {
    dimensions: Vec<(usize, Dimension)>,
    /// The word "tag", without a key.
    tags: Vec<usize>,
}

impl Draft<'_> {
    /// Charges that hold no value there. A word of lacking without anything that is lacked stays unused.
    pub(in crate::understand) fn missing_values(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::Without) || self.is_used(at) {
                continue;
            }
            let of_tags = self.lacks_tags(at);
            let beside = if of_tags { self.tags_named(at) } else { self.lacked(at) };
            if let Some(exclude) = self.turned_around(at) {
                self.mark(at);
                for place in &beside.tags {
                    self.mark(*place);
                }
                let item = self.items.get(at).map(|item| (item.start, item.end));
                let asked: Vec<Slice> = item.into_iter().collect();
                self.present_instead(exclude, beside.dimensions, &asked);
                continue;
            }
            let nothing = beside.dimensions.is_empty() && beside.tags.is_empty();
            let lacking = self.conditions.iter().any(|held| held.filter.op == FilterOp::IsNull);
            // "untagged lines: how many carry no owner tag": said twice.
            if nothing && lacking {
                self.mark(at);
                continue;
            }
            if nothing && !of_tags {
                continue;
            }
            self.mark(at);
            for place in &beside.tags {
                self.mark(*place);
            }
            let item = self.items.get(at).map(|item| (item.start, item.end));
            let asked: Vec<Slice> = item.into_iter().collect();
            for (place, dimension) in &beside.dimensions {
                self.mark(*place);
                self.push_missing(dimension.clone(), &asked);
            }
            if beside.dimensions.is_empty() {
                for key in tag_keys(self.known).into_iter().filter(|key| is_tag(key)) {
                    self.push_missing(Dimension::Tag(key), &asked);
                }
            }
        }
    }

    // "untagged", "미태깅", "unallocated": tags are what is lacked.
    fn lacks_tags(&self, at: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        let tags =
            ["tag", "label", "alloc", "attribut", "assign", "태그", "태깅", "미분류", "할당"];
        tags.iter().any(|word| text.contains(word))
    }

    // The tags that the question names, wherever they stand.
    fn tags_named(&self, at: usize) -> Beside {
        let near = at.saturating_sub(7)..(at + 5).min(self.items.len());
        let mut found = Beside {
            tags: near.filter(|place| self.meaning(*place) == Some(&Meaning::Tag)).collect(),
            ..Beside::default()
        };
        for place in 0..self.items.len() {
            if let Some(Meaning::Dimension(dimension @ Dimension::Tag(_))) = self.meaning(place)
                && !self.is_used(place)
                && !self.is_grouped(place)
            {
                found.dimensions.push((place, dimension.clone()));
            }
        }
        found
    }

    // English lacks what follows, Korean what stands before; the other side counts where one is empty.
    fn lacked(&self, at: usize) -> Beside {
        let korean = !self.text_of(at).is_ascii();
        // "태그가 있는 것과 없는 것": what one side holds, the other lacks.
        let held = (0..at).rev().find(|place| korean && self.text_of(*place) == "있는");
        if let Some(held) = held.map(|place| self.beside_lacking(place, -1))
            && !(held.dimensions.is_empty() && held.tags.is_empty())
        {
            return held;
        }
        let [first, second] = if korean { [-1, 1] } else { [1, -1] };
        let near = self.beside_lacking(at, first);
        // "have no owner" lacks what follows, whatever stands before.
        let text = self.text_of(at).to_lowercase();
        let takes = !korean
            && !text.starts_with("is ")
            && !text.starts_with("are ")
            && [" no", "lack", "without", "missing", "with ", "for", "carry"]
                .iter()
                .any(|word| text.contains(word));
        if takes {
            return near;
        }
        if near.dimensions.is_empty() && near.tags.is_empty() {
            self.beside_lacking(at, second)
        } else {
            near
        }
    }

    fn beside_lacking(&self, at: usize, step: isize) -> Beside {
        let mut found = Beside::default();
        let mut gap = 0;
        let mut next = at.checked_add_signed(step);
        while let Some(place) = next.filter(|_| gap <= REACH) {
            let free = !self.is_used(place) && !self.is_grouped(place);
            match self.meaning(place) {
                Some(Meaning::Dimension(dimension)) if free => {
                    found.dimensions.push((place, dimension.clone()));
                    gap = 0;
                }
                Some(Meaning::Service) if free => {
                    let service = Dimension::Column(FocusDimension::ServiceName);
                    found.dimensions.push((place, service));
                    gap = 0;
                }
                Some(Meaning::Tag) => found.tags.push(place),
                Some(
                    Meaning::Filler
                    | Meaning::Particle
                    | Meaning::And
                    | Meaning::Open
                    | Meaning::Close
                    | Meaning::Mark,
                ) => gap += 1,
                _ => break,
            }
            next = place.checked_add_signed(step);
        }
        found
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

    /// "null count of the region", "몇 건이나 비어 있어": rows, where nothing else is counted.
    pub(in crate::understand) fn counts_missing(&mut self) {
        let asked = self.conditions.iter().any(|held| {
            matches!(held.filter.op, FilterOp::IsNull | FilterOp::NotNull) && !held.asked.is_empty()
        });
        let counted = self.has(&Meaning::HowMany)
            || (0..self.items.len()).any(|at| {
                self.meaning(at) == Some(&Meaning::Without)
                    && ["count", "nulls", "values"]
                        .iter()
                        .any(|word| self.text_of(at).to_lowercase().contains(word))
            });
        if asked
            && counted
            && self.counted.is_none()
            && self.measures.is_empty()
            && !self.has(&Meaning::Cost)
        {
            self.measures.push(Measure::Rows);
        }
    }
}

// Categories of cost stand among the tags, and nobody tags a resource with them.
fn is_tag(key: &str) -> bool {
    !key.starts_with("cost_category:")
}
