//! Which units of a question are asked for as quantities, and which as what one of them costs.

use wherefore_contract::{
    cost::Measure,
    dimension::{Dimension, FocusDimension},
};

use super::{
    super::super::{
        unread::THINGS,
        word::{Category, Meaning},
    },
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
    "인스턴스",
    "vm",
    "서버",
    "노드",
    "연결",
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

// What commitments do to hours.
const COVERED: &[&str] = &["covered", "reserved", "committed", "on demand", "on-demand"];

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

    // "사용 시간의 몇 %": a part of the quantity, which is not counted again.
    pub(super) fn asks_part(&self, place: Place) -> bool {
        let behind: String = self.behind(place).chars().filter(|one| *one != ' ').take(6).collect();
        ["몇%", "몇퍼", "몇프로"].iter().any(|part| behind.starts_with(part))
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
        let named =
            self.has(|meaning| matches!(meaning, Meaning::Entity(_) | Meaning::Category(_)));
        let of_data = (0..self.items.len()).any(|at| match self.meaning(at) {
            Some(Meaning::Complete) => !COVERED.contains(&self.word(at)),
            // "ran under a savings plan" bounds nothing.
            Some(Meaning::Bound(_)) => (at + 1..at + 4)
                .any(|next| matches!(self.meaning(next), Some(Meaning::Number { .. }))),
            _ => false,
        });
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
        // "데이터 전송량(GB)": brackets say in which unit.
        let bracketed = place.first.checked_sub(1).and_then(|open| self.meaning(open))
            == Some(&Meaning::Open)
            && self.meaning(place.after) == Some(&Meaning::Close);
        if bracketed && !hour {
            return true;
        }
        let behind = self.behind(place);
        let korean = self.is_korean(place.first) || self.has_hangul();
        if korean {
            let apart = ["당", "별", "대별", "단위로", "마다", "전", "단가"];
            let last = self.last_word_ahead(place);
            let ahead = USED_BEFORE.contains(&last) || (last == "총" && !hour);
            let counted =
                !self.asks_part(place) && COUNTED.iter().any(|word| behind.starts_with(word));
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
        !grouped
            && (used
                || leads
                || noun
                || self.is_of_a_thing(place)
                || self.how_many(place).is_some())
    }

    // "connection hours", "m5.large hours": hours that a thing ran; "business hours" are of the clock.
    fn is_of_a_thing(&self, place: Place) -> bool {
        let prior = place.first.checked_sub(1);
        let named = prior.is_some_and(|prior| {
            matches!(self.meaning(prior), Some(Meaning::Entity(_) | Meaning::Category(_)))
                || COVERED.contains(&self.word(prior))
                || THINGS.contains(&self.word(prior))
        });
        let whole = place.within && matches!(self.meaning(place.first), Some(Meaning::Entity(_)));
        let hours = self.word(place.first).ends_with("hours") && place.unit.kind == Kind::Hour;
        hours && (whole || (named && self.word(place.first) == "hours"))
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
