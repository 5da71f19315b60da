//! Tags without a key, and charges that hold a value of one.

use wherefore_contract::{
    dimension::Dimension,
    filter::{Filter, FilterOp},
};

use super::super::{
    super::word::{Item, Meaning},
    Draft,
    finish::is_of_some,
};
use crate::request::{Choice, Condition};

impl Draft<'_> {
    /// "charges that have an app tag", "태그가 있는": charges that hold a value there.
    pub(in crate::understand::decide) fn present_values(&mut self) {
        for at in 0..self.items.len() {
            if self.meaning(at) != Some(&Meaning::With) || self.is_used(at) {
                continue;
            }
            let near = at.saturating_sub(4)..(at + 5).min(self.items.len());
            let keys: Vec<(usize, Dimension)> = near
                .clone()
                .filter_map(|place| match self.meaning(place) {
                    Some(Meaning::Dimension(
                        dimension @ (Dimension::Tag(_) | Dimension::Workload),
                    )) => Some((place, dimension.clone())),
                    Some(Meaning::Dimension(column @ Dimension::Column(_)))
                        if is_of_some(column) && self.says_recorded(at, place) =>
                    {
                        Some((place, column.clone()))
                    }
                    _ => None,
                })
                .filter(|(place, _)| !self.is_used(*place) && !self.is_grouped(*place))
                .filter(|(place, _)| !self.is_asked_how_many(*place))
                .collect();
            let tagged =
                self.text_of(at).starts_with("tagged") || self.text_of(at).starts_with("태");
            let tag = near.clone().find(|place| self.meaning(*place) == Some(&Meaning::Tag));
            let grouped: Vec<Dimension> = tags_named(&self.items);
            let all: Vec<Dimension> =
                if keys.is_empty() && (tag.is_some() || tagged) && !self.names_tag() {
                    if grouped.is_empty() {
                        super::super::super::tag_keys(self.known)
                            .into_iter()
                            .map(Dimension::Tag)
                            .collect()
                    } else {
                        grouped
                    }
                } else {
                    keys.iter().map(|(_, dimension)| dimension.clone()).collect()
                };
            // Only one key can be asked for in one condition: with several, any would do.
            if let [dimension] = all.as_slice() {
                self.mark(at);
                for place in keys.iter().map(|(place, _)| *place).chain(tag) {
                    self.mark(place);
                }
                let filter = Filter {
                    dimension: dimension.clone(),
                    op: FilterOp::NotNull,
                    values: Vec::new(),
                };
                let item = self.items.get(at).map(|item| (item.start, item.end));
                self.conditions.push(Condition { filter, asked: item.into_iter().collect() });
            }
        }
        self.present_columns();
        self.only_tagged();
    }

    // "lines that have an instance type", "인스턴스 타입이 있는 라인": charges that hold a value of a column.
    fn present_columns(&mut self) {
        let lacking = self.has(&Meaning::Without) || self.text.contains("없는");
        for at in 0..self.items.len() {
            let text = self.text_of(at).to_lowercase();
            let relative = ["that ", "which ", "having "].iter().any(|word| text.starts_with(word));
            let place = if relative && self.meaning(at) == Some(&Meaning::With) {
                self.next_meaning(at)
            } else if text == "있는" || text == "있는것" {
                self.previous_meaning(at)
            } else {
                None
            };
            let Some(place) = place.filter(|place| !self.is_used(*place) && !lacking) else {
                continue;
            };
            let Some(Meaning::Dimension(dimension @ Dimension::Column(_))) =
                self.meaning(place).cloned()
            else {
                continue;
            };
            if self.is_grouped(place) || !super::super::finish::is_of_some(&dimension) {
                continue;
            }
            self.mark(at);
            self.mark(place);
            let asked = [place, at].into_iter().filter_map(|one| self.items.get(one));
            let asked = asked.map(|item| (item.start, item.end)).collect();
            let filter = Filter { dimension, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked });
        }
    }

    // "where a zone is recorded", "가용 영역이 기록된": the column stands before the words.
    fn says_recorded(&self, at: usize, place: usize) -> bool {
        let text = self.text_of(at).to_lowercase();
        let said = text.starts_with("is ") || text.starts_with("are ") || !text.is_ascii();
        said && place < at
            && (place + 1..at).all(|between| {
                matches!(self.meaning(between), Some(Meaning::Filler | Meaning::Particle))
            })
    }

    // "only tagged spend", "Tagged environments only": what holds a value of the key that rows are by.
    fn only_tagged(&mut self) {
        let tagged = (0..self.items.len()).find(|at| {
            let text = self.text_of(*at).to_lowercase();
            let said =
                matches!(text.as_str(), "tagged" | "labelled" | "labeled" | "태그된" | "태깅된");
            let open = matches!(self.meaning(*at), Some(Meaning::Tag | Meaning::With));
            said && open && !self.is_used(*at)
        });
        let Some(at) = tagged.filter(|_| !self.has(&Meaning::Without) && !self.names_tag()) else {
            return;
        };
        let keys = tags_named(&self.items);
        let [dimension] = keys.as_slice() else { return };
        if self.conditions.iter().any(|held| held.filter.dimension == *dimension) {
            return;
        }
        self.mark(at);
        let asked = self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
        let filter =
            Filter { dimension: dimension.clone(), op: FilterOp::NotNull, values: Vec::new() };
        self.conditions.push(Condition { filter, asked });
    }

    fn names_tag(&self) -> bool {
        self.conditions.iter().any(|held| matches!(held.filter.dimension, Dimension::Tag(_)))
    }

    /// "by tag" without a key: the one that is loaded, or a choice between them.
    pub(in crate::understand::decide) fn keys_to_choose(&mut self) -> Option<Vec<Choice>> {
        let at = (0..self.items.len()).find(|at| {
            self.meaning(*at) == Some(&Meaning::Tag) && !self.is_used(*at) && self.is_grouped(*at)
        })?;
        let named = self
            .dimensions
            .iter()
            .any(|dimension| matches!(dimension, Dimension::Tag(_) | Dimension::Workload));
        if named || self.names_tag() || self.counted.is_some() {
            return None;
        }
        let keys: Vec<String> = super::super::super::tag_keys(self.known).into_iter().collect();
        if let [only] = keys.as_slice() {
            self.dimensions.push(Dimension::Tag(only.clone()));
            return None;
        }
        let asked = self.items.get(at).map(|item| (item.start, item.end))?;
        let choice =
            |key: String| Choice { asked, dimension: Dimension::Tag(key), value: String::new() };
        Some(keys.into_iter().map(choice).collect())
    }
}

/// The tag keys that the question names, wherever they stand.
pub(in crate::understand) fn tags_named(items: &[Item]) -> Vec<Dimension> {
    let mut keys: Vec<Dimension> = Vec::new();
    for item in items {
        if let Meaning::Dimension(dimension @ Dimension::Tag(_)) = &item.meaning
            && !keys.contains(dimension)
        {
            keys.push(dimension.clone());
        }
    }
    keys
}
