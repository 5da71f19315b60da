//! Words whose sense depends on what the rest of the question speaks of.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
    filter::{Filter, FilterOp},
};

use super::super::{
    super::{limits::holds, word::Meaning},
    Draft,
};
use crate::request::{Ask, Condition, Decline, Reason, Slice};

impl Draft<'_> {
    /// Settles words by the names around them, before anything is decided.
    pub(in crate::understand::decide) fn senses(&mut self) {
        self.units_named();
        self.kinds_of_accounts();
        self.words_of_commitments();
        self.types_of_lines();
        self.hours_of_a_service();
    }

    // "RDS instance hours": the usage type that hours of instances have in EC2 is none of another service.
    fn hours_of_a_service(&mut self) {
        let service = Dimension::Column(FocusDimension::ServiceName);
        let usage = Dimension::Column(FocusDimension::UsageType);
        let of = |draft: &Self, at: usize, wanted: &Dimension| match draft.meaning(at) {
            Some(Meaning::Entity(index)) => draft
                .entities
                .get(*index)
                .is_some_and(|entity| entity.options.iter().any(|(one, _)| one == wanted)),
            _ => false,
        };
        let compute = |draft: &Self, at: usize| draft.text_of(at).to_lowercase().contains("ec2");
        let other = (0..self.items.len()).any(|at| of(self, at, &service) && !compute(self, at));
        for at in 0..self.items.len() {
            let hours = matches!(
                self.text_of(at).to_lowercase().as_str(),
                "instance hours" | "instance hour" | "인스턴스 시간"
            );
            let doubled = other && hours && of(self, at, &usage);
            if let Some(item) = self.items.get_mut(at).filter(|_| doubled) {
                item.meaning = Meaning::Filler;
            }
        }
    }

    // "charge type", "요금 유형": bills with types of line items call those so (AWS Cost Explorer does).
    fn types_of_lines(&mut self) {
        let line = Dimension::Column(FocusDimension::LineItemType);
        let category = Meaning::Dimension(Dimension::Column(FocusDimension::ChargeCategory));
        if self.known.description.dimensions.is_empty() || !holds(self.known, &line) {
            return;
        }
        let rows = self.has(&Meaning::Measure(Measure::Rows));
        for at in 0..self.items.len() {
            let text = self.text_of(at).to_lowercase();
            let typed = text.contains("type") || text.contains("유형");
            // "어떤 유형이고 몇 건": rows of a bill are told apart by it.
            let which = matches!(self.meaning(at), Some(Meaning::Unknown | Meaning::Filler))
                && matches!(text.as_str(), "type" | "types" | "kind" | "유형" | "타입")
                && rows
                && self.is_grouped(at);
            let of_lines = which || (typed && self.meaning(at) == Some(&category));
            if let Some(item) = self.items.get_mut(at).filter(|_| of_lines) {
                item.meaning = Meaning::Dimension(line.clone());
            }
        }
    }

    // "시간(Hrs) 단위로 과금된", "GB 단위로": a unit that narrows, and neither an hour nor rows of it.
    fn units_named(&mut self) {
        let unit = |draft: &Self, at: usize| match draft.meaning(at) {
            Some(Meaning::Entity(index)) => draft.entities.get(*index).is_some_and(|entity| {
                entity.options.iter().any(|(one, _)| {
                    matches!(
                        one,
                        Dimension::Column(
                            FocusDimension::ConsumedUnit | FocusDimension::PricingUnit
                        )
                    )
                })
            }),
            _ => false,
        };
        for at in (0..self.items.len()).filter(|at| unit(self, *at)).collect::<Vec<_>>() {
            let bracketed = self.meaning(at + 1) == Some(&Meaning::Close);
            let opened = at
                .checked_sub(1)
                .filter(|open| bracketed && self.meaning(*open) == Some(&Meaning::Open));
            let said = opened.and_then(|open| open.checked_sub(1));
            let clock = said.filter(|said| self.unit_at(*said).is_some());
            let by = at + 1 + usize::from(bracketed);
            let counted = self.meaning(by) == Some(&Meaning::By)
                && self.text_of(by).starts_with("단위")
                && !self.text_of(by).contains('별');
            let places = clock.into_iter().chain(counted.then_some(by));
            for place in places.collect::<Vec<_>>() {
                if let Some(item) = self.items.get_mut(place) {
                    item.meaning = Meaning::Filler;
                }
            }
        }
    }

    /// "몇 시간 썼어": of the units that usage is counted in, hours alone.
    pub(in crate::understand::decide) fn hours_alone(&mut self) {
        let unit = Dimension::Column(FocusDimension::ConsumedUnit);
        if holds(self.known, &unit) {
            let values = vec!["hour".to_owned(), "hrs".to_owned()];
            let filter = Filter { dimension: unit, op: FilterOp::Contains, values };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
    }

    /// "S3 요청이 가장 많았던 날은 몇 건": requests are what usage is counted in, and no rows.
    pub(in crate::understand::decide) fn counts_requests(&mut self) -> bool {
        let said = (0..self.items.len()).any(|at| {
            self.meaning(at) == Some(&Meaning::Filler) && self.text_of(at).starts_with("요청")
        });
        let rows =
            ["라인", "행", "줄", "레코드", "항목"].iter().any(|word| self.text.contains(word));
        let unit = Dimension::Column(FocusDimension::ConsumedUnit);
        if !said || rows || self.conditions.is_empty() || !holds(self.known, &unit) {
            return false;
        }
        let held = self.conditions.iter().any(|held| held.filter.dimension == unit);
        if !held {
            let values = vec!["request".to_owned()];
            let filter = Filter { dimension: unit, op: FilterOp::Contains, values };
            self.conditions.push(Condition { filter, asked: Vec::new() });
        }
        true
    }

    /// "Azure Storage Accounts": the last word of a name is no dimension.
    pub(in crate::understand::decide) fn ends_a_name(&self, at: usize) -> bool {
        let Some(Meaning::Entity(index)) = at.checked_sub(1).and_then(|prior| self.meaning(prior))
        else {
            return false;
        };
        let word = format!(" {}", self.text_of(at).to_lowercase());
        let ends = |value: &String| value.to_lowercase().ends_with(&word);
        word.is_ascii()
            && self.entities.get(*index).is_some_and(|entity| {
                entity.options.first().is_some_and(|(_, values)| values.iter().any(ends))
            })
    }

    /// "For resources with an environment tag: cost by environment": charges of resources, not rows of them.
    pub(in crate::understand::decide) fn only_has_resources(
        &mut self,
        at: usize,
        dimension: &Dimension,
    ) -> bool {
        let grouped = (0..self.items.len()).any(|other| {
            other != at
                && self.is_grouped_by(other)
                && self.dimension_at(other).is_some_and(|other| other != *dimension)
        });
        let numbered = self.flag(|meaning| matches!(meaning, Meaning::Number { .. }));
        let korean = !self.text_of(at).is_ascii();
        let held = korean
            && (at.saturating_sub(3)..at).any(|prior| {
                matches!(self.meaning(prior), Some(Meaning::With | Meaning::Without))
                    || matches!(self.text_of(prior), "있는" | "가진")
            });
        let narrowed = held
            || [at + 1, at + 2].into_iter().any(|next| {
                matches!(self.meaning(next), Some(Meaning::With | Meaning::Without))
                    || self.text_of(next).eq_ignore_ascii_case("with")
            });
        // "태그가 없는 리소스 비용이 얼마야": one figure for all of them.
        let told = self.previous_meaning(at).is_some_and(|before| {
            matches!(self.meaning(before), Some(Meaning::With | Meaning::Without))
        });
        let cost = self.next_meaning(at).is_some_and(|next| {
            matches!(self.meaning(next), Some(Meaning::Cost | Meaning::Measure(_)))
        });
        let charges = *dimension == Dimension::Column(FocusDimension::ResourceId)
            && ((grouped && narrowed) || (told && cost && !self.has(&Meaning::Breakdown)))
            && !self.is_grouped(at)
            && !numbered
            && !self.ranks()
            && !self.sorts()
            && !self.has(&Meaning::HowMany);
        if charges && self.text_of(at + 1).eq_ignore_ascii_case("with") {
            self.hold_tag_after(at + 1);
        }
        charges
    }

    // "with an environment tag": a value stands there.
    fn hold_tag_after(&mut self, with: usize) {
        let key = (with + 1..with + 4).find_map(|at| match self.meaning(at) {
            Some(Meaning::Dimension(key @ Dimension::Tag(_))) => Some((at, key.clone())),
            _ => None,
        });
        let Some((at, key)) = key else { return };
        if self.conditions.iter().all(|held| held.filter.dimension != key) {
            let asked: Vec<Slice> =
                self.items.get(at).map(|item| (item.start, item.end)).into_iter().collect();
            let filter = Filter { dimension: key, op: FilterOp::NotNull, values: Vec::new() };
            self.conditions.push(Condition { filter, asked });
        }
    }

    /// "Are our buckets public?": a question of whether, with a word that was not read and none of cost.
    pub(in crate::understand) fn asks_of_no_cost(&self, ask: Ask) -> Option<Decline> {
        let first = self.items.first().map(|item| (item.start, item.end));
        let first = first.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default();
        let whether = matches!(
            first.to_lowercase().as_str(),
            "are" | "is" | "does" | "do" | "can" | "were" | "was" | "did"
        );
        let costs = self.asks_cost() || self.moves() || !self.measures.is_empty();
        let declines = whether && !costs && ask == Ask::Total && !self.unread.is_empty();
        declines.then(|| Decline {
            reason: Reason::NotUnderstood,
            asked: self.unread.clone(),
            nearest: Vec::new(),
            period: None,
        })
    }
}
