//! Names, kinds of charges and missing values as filters.

mod excluded;
mod missing;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use wherefore_contract::{
    dimension::{Dimension, FocusDimension, Grain},
    filter::{Filter, FilterOp},
};

use super::{
    decide::Draft,
    limits::holds,
    link::{Entity, Meant, differs_in_kind, is_kind, precedence, same_family},
    scan::keys::means_same,
    word::{Category, Item, Meaning, TimeWord},
};
use crate::request::{Choice, Condition, Note, Slice};

/// Values that the question names, by dimension, comparison, and whether they are excluded.
type Named = BTreeMap<(Dimension, FilterOp, bool), (Vec<String>, Vec<Slice>)>;

// The catalog lists at least this many values of a dimension.
const LISTED: u64 = 10_000;
// Ids of accounts are longer than any count or year that people write.
const ID_DIGITS: usize = 8;

impl Draft<'_> {
    /// Turns linked names and kinds of charges into conditions, and marks the words they use.
    pub(super) fn conditions(&mut self) {
        self.excluded_times();
        let excluded = self.excluded();
        let mut named: Named = BTreeMap::new();
        for at in 0..self.items.len() {
            let Some(item) = self.items.get(at).cloned() else { continue };
            if self.is_used(at) {
                continue;
            }
            match &item.meaning {
                Meaning::Entity(index) => {
                    let Some(entity) = self.entities.get(*index) else { continue };
                    self.mark(at);
                    let Some((dimension, values)) = self.named_here(at, entity) else { continue };
                    let op = if entity.contains { FilterOp::Contains } else { FilterOp::In };
                    let slot = named.entry((dimension, op, excluded.contains(&at))).or_default();
                    slot.0.extend(values);
                    slot.1.push((item.start, item.end));
                }
                // An account's id counts as it is written where there are too many to list.
                Meaning::Number { digits, .. }
                    if *digits >= ID_DIGITS && self.has_countless_accounts() =>
                {
                    let Some((place, dimension)) = self.account_beside(at) else { continue };
                    self.mark(at);
                    self.mark(place);
                    let id = self.text.get(item.start..item.end).unwrap_or_default().to_owned();
                    let key = (dimension, FilterOp::In, excluded.contains(&at));
                    let slot = named.entry(key).or_default();
                    slot.0.push(id);
                    slot.1.push((item.start, item.end));
                }
                Meaning::Category(category) => {
                    self.mark(at);
                    self.kind_of_charge(at, &item, *category, excluded.contains(&at));
                }
                Meaning::Word(TimeWord::DayOfWeek(day)) => {
                    self.mark(at);
                    let weekday =
                        Filter::any_of(Dimension::Time(Grain::Weekday), [day.to_string()]);
                    self.category(at, &item, weekday, excluded.contains(&at));
                }
                _ => {}
            }
        }
        for ((dimension, op, excluded), (mut values, asked)) in named {
            let mut seen = BTreeSet::new();
            values.retain(|value| seen.insert(value.clone()));
            let op = match (op, excluded) {
                (FilterOp::Contains, true) => FilterOp::NotContains,
                (FilterOp::In, true) => FilterOp::NotIn,
                (op, _) => op,
            };
            self.conditions.push(Condition { filter: Filter { dimension, op, values }, asked });
        }
        self.missing_values();
    }

    // What the linked name at `at` stands for, unless it is said again or is no name of its kind.
    fn named_here(&mut self, at: usize, entity: &Entity) -> Option<Meant> {
        let item = self.items.get(at).map(|item| (item.start, item.end))?;
        if self.repeated_in_brackets(at, entity)
            || self.names_the_next_account(at)
            || self.names_an_event(at)
        {
            return None;
        }
        if !entity.exact {
            self.notes.push(Note::NameReading { asked: item });
        }
        if self.is_misnamed(at, entity) {
            self.misnamed.push(item);
            return None;
        }
        self.meaning_of(at, entity)
    }

    fn has_countless_accounts(&self) -> bool {
        let accounts = self.known.description.dimensions.iter();
        accounts
            .filter(|fill| matches!(fill.dimension.as_str(), "sub_account" | "billing_account"))
            .any(|fill| fill.distinct > LISTED)
    }

    // "account 200000000015", "계정(200000000015)".
    fn account_beside(&self, at: usize) -> Option<(usize, Dimension)> {
        let before = self.previous_meaning(at)?;
        let place = match self.meaning(before) {
            Some(Meaning::Open) => self.previous_meaning(before)?,
            _ => before,
        };
        let after = self.next_meaning(at);
        [Some(place), after].into_iter().flatten().find_map(|place| match self.meaning(place) {
            Some(Meaning::Dimension(
                dimension @ Dimension::Column(
                    FocusDimension::SubAccountId | FocusDimension::BillingAccountId,
                ),
            )) => Some((place, dimension.clone())),
            _ => None,
        })
    }

    fn kind_of_charge(&mut self, at: usize, item: &Item, category: Category, excluded: bool) {
        let once = Dimension::Column(FocusDimension::ChargeFrequency);
        // Credits and taxes are booked once, too: what is paid upfront is bought.
        if category == Category::Upfront && !excluded {
            let filter = self.filter_of(Category::Purchase);
            self.category(at, item, filter, false);
        }
        if category != Category::Upfront || holds(self.known, &once) {
            let filter = self.filter_of(category);
            self.category(at, item, filter, excluded);
        }
    }

    fn category(&mut self, _at: usize, item: &Item, filter: Filter, excluded: bool) {
        let op = match (filter.op, excluded) {
            (FilterOp::In, true) => FilterOp::NotIn,
            (FilterOp::Contains, true) => FilterOp::NotContains,
            (FilterOp::NotNull, true) => FilterOp::IsNull,
            (op, _) => op,
        };
        let asked = (item.start, item.end);
        let same = self.conditions.iter_mut().find(|condition| {
            condition.filter.dimension == filter.dimension && condition.filter.op == op
        });
        match same {
            Some(condition) => {
                condition.filter.values.extend(filter.values);
                condition.filter.values.dedup();
                condition.asked.push(asked);
            }
            None => self
                .conditions
                .push(Condition { filter: Filter { op, ..filter }, asked: vec![asked] }),
        }
    }

    // "결제(payments)", "dev 계정(200000000015)": what stands in brackets says the name before it again.
    // The one in brackets counts, because people put the exact one there.
    fn repeated_in_brackets(&mut self, at: usize, entity: &Entity) -> bool {
        let Some(open) = self.next_meaning(at) else { return false };
        let (said, open) = match self.meaning(open) {
            Some(Meaning::Service | Meaning::Dimension(_)) => (Some(open), self.next_meaning(open)),
            _ => (None, Some(open)),
        };
        let Some(open) = open.filter(|open| self.meaning(*open) == Some(&Meaning::Open)) else {
            return false;
        };
        let inside = self.next_meaning(open);
        if said.is_some() && inside.is_some_and(|index| self.is_id(index)) {
            return true;
        }
        let inner = inside.and_then(|index| match self.meaning(index) {
            Some(Meaning::Entity(inner)) => self.entities.get(*inner),
            _ => None,
        });
        let again = inner.is_some_and(|inner| {
            inner
                .options
                .iter()
                .any(|(left, _)| entity.options.iter().any(|(right, _)| same_family(left, right)))
        });
        // "payments account (200000000012)": an account in brackets is the account that is named before it.
        let of_kind = said.and_then(|said| self.meaning(said)).is_some_and(|meaning| {
            let Meaning::Dimension(kind) = meaning else { return false };
            inner.is_some_and(|inner| inner.options.iter().any(|(own, _)| same_family(own, kind)))
        });
        if let Some(said) = said.filter(|_| again || of_kind) {
            self.mark(said);
        }
        again || of_kind
    }

    // "after ml-train started (14-30 September)", "ml-train 시작 전후(…)": what happened then, where the
    // question says the two times itself.
    fn names_an_event(&self, at: usize) -> bool {
        let clause = at.checked_sub(1).is_some_and(|prior| {
            matches!(
                self.text_of(prior).to_lowercase().as_str(),
                "after" | "before" | "since" | "once" | "until"
            )
        });
        let began = matches!(
            self.text_of(at + 1).to_lowercase().as_str(),
            "started" | "starts" | "began" | "launched" | "appeared" | "stopped" | "ended"
        );
        clause && began && self.periods_named() == 2
    }

    // "the data team's account 200000000013", "dev 계정 200000000015": whose account it is, which its id says exactly.
    fn names_the_next_account(&self, at: usize) -> bool {
        let account = |at: usize| {
            matches!(
                self.meaning(at),
                Some(Meaning::Dimension(Dimension::Column(FocusDimension::SubAccountId)))
            )
        };
        let passes = |at: &usize| {
            matches!(
                self.meaning(*at),
                Some(
                    Meaning::Filler
                        | Meaning::Particle
                        | Meaning::Mark
                        | Meaning::Tag
                        | Meaning::Dimension(Dimension::Tag(_))
                )
            )
        };
        let place = (at + 1..self.items.len()).find(|next| !passes(next));
        let Some(place) = place.filter(|place| account(*place) && *place <= at + 5) else {
            return false;
        };
        let own = match self.meaning(at) {
            Some(Meaning::Entity(index)) => self.entities.get(*index),
            _ => None,
        };
        let of_accounts = |entity: &Entity| {
            entity.options.iter().any(|(dimension, _)| {
                same_family(dimension, &Dimension::Column(FocusDimension::SubAccountId))
            })
        };
        let id = match self.meaning(place + 1) {
            Some(Meaning::Entity(index)) => self.entities.get(*index).is_some_and(of_accounts),
            _ => self.is_id(place + 1),
        };
        id && own.is_some_and(|own| !of_accounts(own))
    }

    pub(super) fn is_id(&self, at: usize) -> bool {
        matches!(self.meaning(at), Some(Meaning::Number { digits, .. }) if *digits >= ID_DIGITS)
    }

    // The dimension that a name means here, and its values there.
    fn meaning_of(&mut self, at: usize, entity: &Entity) -> Option<Meant> {
        let said = self.metered_unit(at, entity).or_else(|| self.said_beside(at, entity));
        if said.is_some() {
            return said;
        }
        if self.wants_unit_cost()
            && let Some(option) =
                entity.options.iter().find(|(dimension, _)| *dimension == Dimension::Workload)
        {
            return Some(option.clone());
        }
        if let Some(option) = self.tag_of_question(entity) {
            return Some(option);
        }
        let workload_tag = Dimension::Tag(self.known.description.workload_tag.clone());
        let options: Vec<_> = entity
            .options
            .iter()
            .filter(|(dimension, _)| {
                *dimension != workload_tag
                    || !entity.options.iter().any(|(other, _)| *other == Dimension::Workload)
            })
            .collect();
        let first = options.first()?;
        let rival = options.iter().find(|(dimension, _)| differs_in_kind(&first.0, dimension));
        if rival.is_some()
            && let Some(same) = self.meant_by_the_others(at, &options)
        {
            return Some(same);
        }
        if let (Some(_), Some(item)) = (rival, self.items.get(at)) {
            let asked = (item.start, item.end);
            self.choices.extend(options.iter().filter(|(d, _)| precedence(d) <= 3).map(
                |(dimension, values)| Choice {
                    asked,
                    dimension: dimension.clone(),
                    value: values.first().cloned().unwrap_or_default(),
                },
            ));
        }
        Some((*first).clone())
    }

    // Several tags hold the name: the one whose key the question speaks of, or the most used of keys
    // that mean the same, "env" and "environment".
    fn tag_of_question(&self, entity: &Entity) -> Option<Meant> {
        let tags: Vec<&Meant> =
            entity.options.iter().filter(|(one, _)| matches!(one, Dimension::Tag(_))).collect();
        if tags.len() < 2 || tags.len() != entity.options.len() {
            return None;
        }
        let spoken = |tag: &&&Meant| {
            self.items.iter().any(|item| item.meaning == Meaning::Dimension(tag.0.clone()))
        };
        if let Some(tag) = tags.iter().find(spoken) {
            return Some((**tag).clone());
        }
        let keys: Vec<&str> = tags
            .iter()
            .filter_map(|(one, _)| match one {
                Dimension::Tag(key) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        let same = keys.iter().zip(keys.iter().skip(1)).all(|(one, other)| means_same(one, other));
        let used = super::tag_keys(self.known);
        tags.into_iter()
            .min_by_key(|(one, _)| match one {
                Dimension::Tag(key) => used.iter().position(|other| other == key),
                _ => None,
            })
            .filter(|_| same)
            .cloned()
    }

    // "storefront and payments combined", "(app tag)": names in one question are of one kind, unless
    // something says otherwise.
    fn meant_by_the_others(&mut self, at: usize, options: &[&Meant]) -> Option<Meant> {
        let of = |wanted: &Dimension| {
            options.iter().find(|(one, _)| one == wanted).map(|found| (*found).clone())
        };
        let key = (0..self.items.len()).find_map(|place| match self.meaning(place) {
            Some(Meaning::Dimension(key @ Dimension::Tag(_)))
                if !self.is_used(place) && !self.is_grouped(place) =>
            {
                Some((place, of(key)?))
            }
            _ => None,
        });
        if let Some((place, found)) = key {
            self.mark(place);
            return Some(found);
        }
        let mut kinds = self.items.iter().enumerate().filter_map(|(place, item)| {
            let Meaning::Entity(index) = item.meaning else { return None };
            let entity = self.entities.get(index).filter(|_| place != at)?;
            let (first, _) = entity.options.first()?;
            entity.options.iter().all(|(one, _)| one == first).then(|| first.clone())
        });
        kinds.find_map(|kind| of(&kind))
    }

    // "payments account", "계정 dev", "app=payments", "앱 태그 payments": the word beside the name says what it is.
    fn said_beside(&mut self, at: usize, entity: &Entity) -> Option<Meant> {
        let beside = [self.beside(at, 1), self.beside(at, -1)];
        let [next, previous] = beside;
        let through = next.filter(|next| {
            matches!(self.meaning(*next), Some(Meaning::Close | Meaning::Open | Meaning::Tag))
        });
        let beyond = through.and_then(|next| self.beside(next, 1));
        let opened = previous
            .filter(|before| matches!(self.meaning(*before), Some(Meaning::Open | Meaning::Tag)));
        let outside = opened.and_then(|before| self.beside(before, -1));
        for place in beside.into_iter().chain([beyond, outside]).flatten() {
            if self.is_used(place) || self.is_grouped(place) || self.parts_of(place, at) {
                continue;
            }
            let Some(said) = self.meaning(place).cloned() else { continue };
            if let Some(option) =
                entity.options.iter().find(|(one, _)| is_kind(&said, one)).cloned()
            {
                self.mark(place);
                return Some(option);
            }
            if let Some(option) = self.weakly_said(at, entity, &said) {
                self.mark(place);
                return Some(option);
            }
        }
        None
    }

    // "usage types of data transfer": many of one thing within another, not its name.
    fn parts_of(&self, place: usize, at: usize) -> bool {
        let text = self.text_of(place).to_lowercase();
        place < at
            && text.is_ascii()
            && text.ends_with('s')
            && !text.ends_with("ss")
            && (place + 1..at).any(|between| {
                matches!(self.text_of(between).to_lowercase().as_str(), "of" | "in" | "within")
            })
    }

    // "payments account" where the accounts are called "acme-payments-prod" and "acme-payments-dev".
    fn weakly_said(&mut self, at: usize, entity: &Entity, said: &Meaning) -> Option<Meant> {
        let option = entity.weak.iter().find(|(one, _)| is_kind(said, one)).cloned()?;
        let item = self.items.get(at)?;
        let asked = (item.start, item.end);
        self.notes.push(Note::NameReading { asked });
        if option.1.len() > 1 {
            let choice = |value: &String| Choice {
                asked,
                dimension: option.0.clone(),
                value: value.clone(),
            };
            self.choices.extend(option.1.iter().map(choice));
        }
        Some(option)
    }

    // The next word on one side that carries something; marks that join a key and its value carry nothing.
    fn beside(&self, at: usize, step: isize) -> Option<usize> {
        let mut place = at.checked_add_signed(step)?;
        loop {
            let item = self.items.get(place)?;
            let text = self.text.get(item.start..item.end).unwrap_or_default();
            let joins = match item.meaning {
                Meaning::Filler | Meaning::Particle => true,
                Meaning::Mark => text.starts_with(['=', ':', '\'', '’', '‘', '"']),
                _ => false,
            };
            if !joins {
                return Some(place);
            }
            place = place.checked_add_signed(step)?;
        }
    }
}
