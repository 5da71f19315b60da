//! Usage as it is metered: which words ask for a quantity of a unit, and which for the price of one.

mod role;
mod units;

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use self::units::{Kind, Unit};
pub(in crate::understand) use self::units::{Spellings, spelled};
use super::super::{
    link::Entity,
    word::{Item, Meaning},
};
use crate::request::Known;

// What behind a Korean unit asks for its quantity, particles before it left out.
const COUNTED: &[&str] = &[
    "건수",
    "횟수",
    "개수",
    "갯수",
    "수량",
    "사용량",
    "소비량",
    "총량",
    "총합",
    "총계",
    "합계",
    "량은",
    "량을",
    "량이",
    "수는",
    "수를",
    "수가",
    "수 ",
    "수?",
    "수(",
    "몇",
    "총 몇",
    "총몇",
    "모두 몇",
    "전부 몇",
    "다 합쳐 몇",
    "다 합해서 몇",
    "합쳐서 몇",
    "단위 사용량",
    "단위 소비량",
    "단위로 사용량",
];
const PARTICLES: &[&str] = &["은", "는", "이", "가", "을", "를", "도", "의"];
// What behind a Korean unit asks for the price of one.
const EACH: &[&str] = &[
    "당",
    "1건당",
    "1 건당",
    "한 건당",
    "한건당",
    "건당",
    "1개당",
    "1 개당",
    "한 개당",
    "한개당",
    "개당",
    "하나당",
    "1회당",
    "1번당",
    "한 번당",
    "하나에",
    "한 건에",
    "1건에",
    "1개에",
    "한 개에",
];
const COUNTERS: &[&str] = &["건", "번", "회", "개", "GB", "시간"];

/// What is asked about a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Quantity,
    Price,
    /// The unit of a quantity, said again.
    Again,
}

/// A unit in the question.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The first item of its words and the one after the last.
    first: usize,
    after: usize,
    start: usize,
    end: usize,
    unit: &'static Unit,
    /// Whether the item says more than the unit: "NAT gateway hour".
    within: bool,
}

struct Reader<'a> {
    lower: String,
    items: Vec<Item>,
    entities: &'a [Entity],
    counts_traffic: bool,
}

/// Marks the units whose quantity or price `items` ask for.
pub(in crate::understand) fn mark(
    text: &str,
    items: Vec<Item>,
    entities: &[Entity],
    known: &Known,
) -> Vec<Item> {
    let lower = text.to_lowercase();
    // Letters whose small form has another length would move every place behind them.
    if lower.len() != text.len() {
        return items;
    }
    let counts_traffic = !known.description.transactions.is_empty();
    let mut reader = Reader { lower, items, entities, counts_traffic };
    reader.by_unit();
    let asked = reader.asked();
    for (place, role) in asked.iter().rev() {
        reader.apply(*place, *role);
    }
    reader.items
}

impl Reader<'_> {
    fn meaning(&self, at: usize) -> Option<&Meaning> {
        self.items.get(at).map(|item| &item.meaning)
    }

    fn word(&self, at: usize) -> &str {
        let item = self.items.get(at);
        item.and_then(|item| self.lower.get(item.start..item.end)).unwrap_or_default()
    }

    fn has(&self, wanted: impl Fn(&Meaning) -> bool) -> bool {
        self.items.iter().any(|item| wanted(&item.meaning))
    }

    // "사용량을 단위별로", "usage by unit".
    fn by_unit(&mut self) {
        if !self.has(|meaning| *meaning == Meaning::Measure(Measure::ConsumedQuantity)) {
            return;
        }
        for at in 0..self.items.len() {
            let korean =
                self.meaning(at) == Some(&Meaning::By) && self.word(at).starts_with("단위별");
            let by = at.checked_sub(1).and_then(|prior| self.meaning(prior));
            let english = matches!(self.word(at), "unit" | "units")
                && matches!(by, Some(Meaning::By | Meaning::Per));
            if korean || english {
                let unit = Dimension::Column(FocusDimension::ConsumedUnit);
                self.set(at, Meaning::Dimension(unit));
            }
        }
    }

    // The units that are asked about, in their order. Hours stand for themselves only where no other unit
    // is named: "unit hours (LCU-Hours)".
    fn asked(&self) -> Vec<(Place, Role)> {
        let mut places = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            let place = self.place(at);
            at = place.map_or(at + 1, |place| place.after);
            places.extend(place);
        }
        let other = places.iter().any(|place| !matches!(place.unit.kind, Kind::Hour | Kind::Thing));
        places.retain(|place| !(other && place.unit.kind == Kind::Hour));
        let role = |place: &Place| Some((*place, self.role(*place)?));
        let mut asked: Vec<(Place, Role)> = places.iter().filter_map(role).collect();
        // "and what did those hours cost": the unit once more.
        let counted =
            asked.iter().find(|(_, role)| *role == Role::Quantity).map(|(place, _)| *place);
        if let Some(counted) = counted {
            let again = places.iter().filter(|place| {
                place.unit == counted.unit
                    && !place.within
                    && !asked.iter().any(|(held, _)| held.start == place.start)
            });
            let again: Vec<Place> = again.copied().collect();
            asked.extend(again.into_iter().map(|place| (place, Role::Again)));
            asked.sort_by_key(|(place, _)| place.first);
        }
        asked
    }

    fn place(&self, first: usize) -> Option<Place> {
        let item = self.items.get(first)?;
        if let Some((end, unit)) = units::named(&self.lower, item.start) {
            let after = (first..self.items.len())
                .find(|at| self.items.get(*at).is_some_and(|item| item.start >= end))
                .unwrap_or(self.items.len());
            // A longer name begins with these letters: "hours of the day".
            let longer = self.items.get(after - 1).is_some_and(|last| last.end > end)
                && !self.is_korean(first);
            if !longer {
                return Some(Place { first, after, start: item.start, end, unit, within: false });
            }
        }
        let names = matches!(
            item.meaning,
            Meaning::Entity(_)
                | Meaning::UnitPrice
                | Meaning::HowMany
                | Meaning::Measure(Measure::UnitCost)
        );
        let (start, unit) = units::ending(&self.lower, item.start, item.end).filter(|_| names)?;
        Some(Place { first, after: first + 1, start, end: item.end, unit, within: true })
    }

    fn is_korean(&self, at: usize) -> bool {
        self.word(at).chars().any(|letter| letter >= '\u{1100}')
    }

    // Which names of the question a thing or a service stands behind.
    fn names(&self, wanted: impl Fn(&Dimension) -> bool) -> bool {
        self.items.iter().any(|item| {
            let Meaning::Entity(index) = item.meaning else { return false };
            self.entities
                .get(index)
                .is_some_and(|entity| entity.options.iter().any(|(one, _)| wanted(one)))
        })
    }

    fn apply(&mut self, place: Place, role: Role) {
        if role == Role::Again {
            for at in place.first..place.after {
                self.set(at, Meaning::Filler);
            }
            return;
        }
        let end = self.phrase_end(place, role);
        if role == Role::Quantity {
            self.leave_counts(place);
            self.leave_money(place);
        } else if let Some((per, _)) = self.per(place) {
            self.set(per, Meaning::Filler);
        }
        let storage = place.unit.kind == Kind::Stored;
        for at in place.first.saturating_sub(5)..self.items.len() {
            let Some(item) = self.items.get(at) else { break };
            if (place.first..place.after).contains(&at) {
                continue;
            }
            let said_again = storage
                && at < place.after + 5
                && ["storage", "저장", "스토리지", "저장소", "저장량", "저장용량"]
                    .contains(&self.word(at));
            let phrase = at >= place.after && item.start < end;
            if said_again || (phrase && !self.keeps(at)) {
                self.set(at, Meaning::Filler);
            }
        }
        self.insert(place, role);
    }

    // Words inside the phrase that mean something by themselves.
    fn keeps(&self, at: usize) -> bool {
        matches!(
            self.meaning(at),
            Some(
                Meaning::Entity(_)
                    | Meaning::UnitPrice
                    | Meaning::Measure(Measure::ConsumedQuantity)
            )
        )
    }

    fn set(&mut self, at: usize, meaning: Meaning) {
        if let Some(item) = self.items.get_mut(at) {
            item.meaning = meaning;
        }
    }

    // Where the words end that ask: "건수", "1건당".
    fn phrase_end(&self, place: Place, role: Role) -> usize {
        let behind = self.behind(place);
        let offset = self.lower.len() - behind.len();
        let words = match role {
            Role::Quantity => COUNTED,
            Role::Price => EACH,
            Role::Again => return place.end,
        };
        if self.asks_part(place) {
            return place.end;
        }
        let found = words.iter().filter(|word| behind.starts_with(**word)).map(|word| word.len());
        let Some(length) = found.max() else { return place.end };
        let mut end = offset + length;
        let rest = self.lower.get(end..).unwrap_or_default();
        let spaces = rest.len() - rest.trim_start().len();
        let counter = COUNTERS.iter().find(|counter| rest.trim_start().starts_with(**counter));
        if role == Role::Quantity
            && let Some(counter) = counter
        {
            end += spaces + counter.len();
        }
        end
    }

    fn leave_counts(&mut self, place: Place) {
        let counted =
            self.how_many(place).filter(|at| self.meaning(*at) == Some(&Meaning::HowMany));
        if let Some(at) = counted {
            self.set(at, Meaning::Filler);
        }
        for at in place.after..self.items.len() {
            let word = self.word(at);
            let stray = ["몇", "몇건", "몇번", "몇회", "몇개", "번", "회"]
                .contains(&word.replace(' ', "").as_str());
            if stray && !matches!(self.meaning(at), Some(Meaning::Entity(_))) {
                self.set(at, Meaning::Filler);
            }
        }
        let ahead = place.first.checked_sub(1);
        if let Some(at) = ahead.filter(|at| {
            self.meaning(*at) == Some(&Meaning::HowMany)
                || self.meaning(*at) == Some(&Meaning::Cost)
        }) {
            self.set(at, Meaning::Filler);
        }
    }

    // "were billed", "on the bill", "과금된", "did we pay for": no cost is asked for.
    fn leave_money(&mut self, place: Place) {
        for at in 0..self.items.len() {
            let cost = match self.meaning(at) {
                Some(Meaning::Cost) => true,
                Some(Meaning::Measure(measure)) => *measure == Measure::BilledCost,
                _ => false,
            };
            if cost && (self.is_verb(at, place) || self.is_document(at)) {
                self.set(at, Meaning::Filler);
            }
        }
    }

    fn is_verb(&self, at: usize, place: Place) -> bool {
        let word = self.word(at);
        let prior = at.checked_sub(1).map_or("", |prior| self.word(prior));
        let passive = matches!(word, "billed" | "charged" | "invoiced" | "paid")
            && (at <= place.after + 1 && at >= place.after
                || matches!(prior, "were" | "was" | "been" | "be" | "got" | "are" | "is" | "we"));
        let for_it = matches!(word, "pay" | "paid" | "paying") && self.word(at + 1) == "for";
        let active = word == "charged" && self.word(at + 1) == "for";
        let rest =
            self.items.get(at).and_then(|item| self.lower.get(item.end..)).unwrap_or_default();
        let korean = (word.starts_with("과금") || word.starts_with("청구"))
            && ["된", "됐", "되", "한 시간", "된 "].iter().any(|end| rest.starts_with(end));
        passive || for_it || active || korean
    }

    // "on the bill", "in the file": where the figures stand.
    fn is_document(&self, at: usize) -> bool {
        let noun = matches!(self.word(at), "bill" | "bills" | "billing");
        let mut ahead = (0..at).rev().map(|prior| self.word(prior));
        let placed = ahead
            .find(|word| !matches!(*word, "the" | "our" | "this" | "my" | "a"))
            .is_some_and(|word| matches!(word, "on" | "in" | "of" | "from"));
        noun && placed
    }

    fn insert(&mut self, place: Place, role: Role) {
        let unit_name = match self.meaning(place.first) {
            Some(Meaning::Entity(index)) => {
                // "GB-월": a unit of its own, of which the catalog knows the first word as another.
                let whole = self.items.get(place.first).is_some_and(|item| item.end == place.end);
                whole && self.entities.get(*index).is_some_and(has_unit)
            }
            _ => false,
        };
        let service = self.names(|one| *one == Dimension::Column(FocusDimension::ServiceName));
        // What the catalog knows as a unit is spelled as the bill spells it.
        let known = unit_name && !(service && place.unit.kind == Kind::Request);
        let spelled: Spellings = if known { &[] } else { place.unit.spelled };
        let meaning = match role {
            Role::Price => Meaning::PricePer(spelled),
            Role::Quantity | Role::Again => Meaning::Quantity(spelled),
        };
        let marker = Item { meaning, start: place.start, end: place.end, glued: false };
        let spoken = self.meaning(place.first) == Some(&Meaning::HowMany);
        let named = matches!(self.meaning(place.first), Some(Meaning::Entity(_)));
        if (place.within && !spoken) || (named && known) {
            if self.meaning(place.first) == Some(&Meaning::Measure(Measure::UnitCost)) {
                self.set(place.first, Meaning::UnitPrice);
            }
            self.items.insert(place.first + 1, marker);
            return;
        }
        for at in place.first + 1..place.after {
            self.set(at, Meaning::Filler);
        }
        if let Some(item) = self.items.get_mut(place.first) {
            *item = Item { glued: item.glued, ..marker };
        }
    }
}

/// Whether the catalog knows the name as a unit.
pub(in crate::understand) fn has_unit(entity: &Entity) -> bool {
    entity.options.iter().any(|(one, _)| is_unit(one))
}

/// Whether the dimension holds units of usage.
pub(in crate::understand) fn is_unit(dimension: &Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Column(FocusDimension::ConsumedUnit | FocusDimension::PricingUnit)
    )
}
