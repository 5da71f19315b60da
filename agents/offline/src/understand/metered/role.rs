//! Which units of a question are asked for as quantities, and which as what one of them costs.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use super::{
    super::word::{Category, Meaning},
    COUNTED, EACH, PARTICLES, Place, Reader, Role,
    units::Kind,
};

// Verbs and nouns that say that something was used up, before the unit or behind it.
const USED_BEFORE: &[&str] = &[
    "몇",
    "사용",
    "사용한",
    "사용된",
    "사용하는",
    "가동",
    "가동된",
    "구동",
    "실행",
    "실행된",
    "이용",
    "이용한",
    "소비",
    "소비한",
    "소비된",
    "쓴",
    "돌아간",
    "돌린",
    "돌았던",
    "운영",
    "과금",
    "과금된",
    "처리한",
    "기록된",
    "usage",
    "running",
    "run",
    "compute",
    "machine",
    "node",
    "runtime",
];

const USED_BEHIND: &[&str] = &[
    "used",
    "consumed",
    "billed",
    "charged",
    "processed",
    "stored",
    "ran",
    "run",
    "transferred",
    "made",
    "recorded",
    "ingested",
    "metered",
    "invoiced",
    "sent",
];

impl Reader<'_> {
    pub(super) fn role(&self, place: Place) -> Option<Role> {
        let traffic = matches!(
            self.meaning(place.first),
            Some(Meaning::Measure(Measure::Transactions | Measure::UnitCost))
        );
        let service = self.names(|one| *one == Dimension::Column(FocusDimension::ServiceName))
            && !self.names(|one| *one == Dimension::Workload);
        if traffic && (place.unit.kind != Kind::Request || (self.counts_traffic && !service)) {
            return None;
        }
        if self.is_priced(place) {
            return Some(Role::Price);
        }
        self.is_counted(place).then_some(Role::Quantity)
    }

    // What stands behind the unit, without spaces and particles.
    pub(super) fn behind(&self, place: Place) -> &str {
        let rest = self.lower.get(place.end..).unwrap_or_default().trim_start();
        let particle = PARTICLES.iter().find(|particle| {
            rest.strip_prefix(**particle).is_some_and(|rest| rest.starts_with(' '))
        });
        particle
            .map_or(rest, |particle| rest.get(particle.len()..).unwrap_or_default())
            .trim_start()
    }

    fn ahead(&self, place: Place) -> &str {
        self.lower.get(..place.start).unwrap_or_default().trim_end()
    }

    fn last_word_ahead(&self, place: Place) -> &str {
        self.ahead(place).rsplit(' ').next().unwrap_or_default()
    }

    fn is_money(&self) -> bool {
        self.has(|meaning| {
            *meaning == Meaning::Cost
                || *meaning == Meaning::UnitPrice
                || matches!(meaning, Meaning::Measure(measure) if measure.is_cost() || *measure == Measure::UnitCost)
        })
    }

    fn is_priced(&self, place: Place) -> bool {
        let hour = place.unit.kind == Kind::Hour;
        let priced = matches!(
            self.meaning(place.first),
            Some(Meaning::UnitPrice | Meaning::Measure(Measure::UnitCost))
        );
        if place.within && priced {
            return true;
        }
        if !self.is_money() {
            return false;
        }
        let behind = self.behind(place);
        let price = self.has(|meaning| *meaning == Meaning::UnitPrice) || self.speaks_of_price();
        if EACH.iter().any(|each| behind.starts_with(each)) || behind.starts_with("단가") {
            return !hour || price;
        }
        let one = matches!(self.last_word_ahead(place), "한" | "1" | "one" | "each" | "single");
        let thing = self.names(is_thing);
        if one && !self.has(|meaning| *meaning == Meaning::HowMany) {
            let korean = behind.starts_with("에 ") || behind.starts_with("에?");
            let english = self.last_word_ahead(place).len() > 2 && self.lower.is_ascii();
            if (korean || english) && (!hour || thing) {
                return true;
            }
        }
        let Some((per, named)) = self.per(place) else { return false };
        let _ = per;
        let average = self.has(|meaning| *meaning == Meaning::Average);
        !hour || named || place.within || (price && !average)
    }

    // "per", and whether a name stands between it and the unit.
    pub(super) fn per(&self, place: Place) -> Option<(usize, bool)> {
        let mut named = false;
        for at in (place.first.saturating_sub(5)..place.first).rev() {
            match self.meaning(at)? {
                Meaning::Per => return Some((at, named)),
                Meaning::Entity(_) | Meaning::Unknown => named = true,
                Meaning::Filler | Meaning::Mark => {}
                _ => return None,
            }
        }
        None
    }

    fn speaks_of_price(&self) -> bool {
        self.lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
            matches!(
                word,
                "price" | "prices" | "priced" | "rate" | "rates" | "pay" | "paid" | "paying"
            ) || word.starts_with("가격")
                || word.starts_with("단가")
        })
    }

    fn is_counted(&self, place: Place) -> bool {
        let kind = place.unit.kind;
        let hour = kind == Kind::Hour;
        let named = self.has(|meaning| matches!(meaning, Meaning::Entity(_)));
        let of_data = self.has(|meaning| matches!(meaning, Meaning::Complete | Meaning::Bound(_)));
        if kind == Kind::Thing || (hour && (!named || of_data)) {
            return false;
        }
        if self.counts_times(place) {
            return false;
        }
        let spoken = self.meaning(place.first) == Some(&Meaning::HowMany);
        if place.within && spoken {
            return true;
        }
        let behind = self.behind(place);
        let korean = self.is_korean(place.first) || self.has_hangul();
        if korean {
            let apart = ["당", "별", "대별", "단위로", "마다", "전", "단가"];
            let last = self.last_word_ahead(place);
            let ahead = USED_BEFORE.contains(&last) || (last == "총" && !hour);
            let counted = COUNTED.iter().any(|word| behind.starts_with(word));
            let ends = behind.trim_end_matches(['?', '.', ' ']) == "수";
            return (ahead || counted || ends)
                && !apart.iter().any(|word| behind.starts_with(word));
        }
        let next = self.word(place.after);
        let we = matches!(next, "we" | "were" | "was" | "got" | "that" | "been");
        let verb = |at: usize| USED_BEHIND.contains(&self.word(at));
        let used = verb(place.after) || (we && (verb(place.after + 1) || verb(place.after + 2)));
        let leads = place.first == 0 && next == "of" && !hour;
        let noun = USED_BEFORE.contains(&self.last_word_ahead(place));
        let grouped = place
            .first
            .checked_sub(1)
            .is_some_and(|at| matches!(self.meaning(at), Some(Meaning::By | Meaning::Per)));
        !grouped && (used || leads || noun || self.how_many(place).is_some())
    }

    // "in how many hours", "for how many hours do we have charges": hours of the clock.
    fn counts_times(&self, place: Place) -> bool {
        (place.first.saturating_sub(3)..place.first).any(|at| {
            let prior = at.checked_sub(1).map_or("", |prior| self.word(prior));
            self.meaning(at) == Some(&Meaning::HowMany)
                && matches!(prior, "in" | "for" | "on" | "during" | "over")
        })
    }

    fn has_hangul(&self) -> bool {
        self.lower.chars().any(|letter| letter >= '\u{ac00}')
    }

    // "how many", "number of", "total", "quantity of", "usage in" ahead of the unit, over names and
    // adjectives.
    pub(super) fn how_many(&self, place: Place) -> Option<usize> {
        for at in (place.first.saturating_sub(8)..place.first).rev() {
            match self.meaning(at)? {
                Meaning::HowMany => {
                    let spoken = self.word(at);
                    let things = ["distinct", "unique", "different"];
                    return (!things.iter().any(|word| spoken.contains(word))).then_some(at);
                }
                Meaning::Total
                | Meaning::Measure(Measure::ConsumedQuantity)
                | Meaning::Category(Category::Usage) => return Some(at),
                Meaning::Entity(_) | Meaning::Unknown | Meaning::Filler | Meaning::Mark => {}
                _ => return None,
            }
        }
        None
    }
}

// Things that are billed by the hour.
fn is_thing(dimension: &Dimension) -> bool {
    use FocusDimension as F;
    matches!(
        dimension,
        Dimension::Column(
            F::InstanceType
                | F::SkuMeter
                | F::SkuId
                | F::UsageType
                | F::Operation
                | F::ChargeDescription
        )
    )
}
