//! Buys ahead what is left by the hour: every commitment is tried on every hour of the month.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{super::things::Thing, World};
use crate::money::Amount;

const HOURS_OF_DAY: usize = 24;
// Digits of what is left of an hour.
const DIGITS: u32 = 12;

/// What is sold: one commitment a family of machines and region, or one for all its usage.
struct Offer {
    name: &'static str,
    spans_all: bool,
    /// The discount of usage of this kind in hundredths, as published for one year without upfront payment.
    percent: fn(&str) -> i64,
}

/// Usage that is decided on together, and what is sold for it.
struct Group {
    holds: fn(&Thing) -> bool,
    // Reservations of the laboratory tell its own discount.
    has_own: bool,
    offers: &'static [Offer],
}

const GROUPS: [Group; 8] = [
    Group { holds: |thing| thing.usage_type.starts_with("BoxUsage:"), has_own: true, offers: &[] },
    Group {
        holds: |thing| thing.usage_type.starts_with("InstanceUsage:db."),
        has_own: false,
        offers: &[Offer { name: "", spans_all: false, percent: |_| 29 }],
    },
    Group {
        holds: |thing| thing.usage_type.starts_with("NodeUsage:cache."),
        has_own: false,
        offers: &[Offer { name: "", spans_all: false, percent: |_| 31 }],
    },
    Group {
        holds: |thing| thing.usage_type.starts_with("ESInstance:"),
        has_own: false,
        offers: &[Offer { name: "", spans_all: false, percent: |_| 31 }],
    },
    Group {
        holds: |thing| {
            ["ReadRequestUnits", "WriteRequestUnits", "ReadCapacityUnit-Hrs"]
                .contains(&thing.usage_type.as_str())
        },
        has_own: false,
        offers: &[Offer {
            name: "Database Savings Plan",
            spans_all: true,
            percent: |kind| if kind.contains("Capacity") { 12 } else { 18 },
        }],
    },
    Group {
        holds: |thing| thing.cloud_service == "Virtual Machines",
        has_own: false,
        offers: &[
            Offer { name: "", spans_all: false, percent: |_| 38 },
            Offer { name: "Azure savings plan for compute", spans_all: true, percent: |_| 27 },
        ],
    },
    Group {
        holds: |thing| thing.cloud_service == "SQL Database",
        has_own: false,
        offers: &[Offer { name: "", spans_all: false, percent: |_| 21 }],
    },
    Group {
        holds: |thing| thing.usage_type.contains("Instance "),
        has_own: false,
        offers: &[
            Offer { name: "", spans_all: false, percent: |_| 37 },
            Offer { name: "Google flexible CUD", spans_all: true, percent: |_| 28 },
        ],
    },
];

/// One thing to buy: what it is for, what that costs each hour, at which discount.
struct Purchase {
    name: String,
    hours: Vec<Decimal>,
    discount: Decimal,
    is_planted: bool,
    saved: Decimal,
}

impl World<'_> {
    /// What is left is billed again with the best commitments: no other size saves more.
    pub(super) fn commit(&mut self) {
        for group in &GROUPS {
            let places: Vec<usize> = self
                .things
                .iter()
                .enumerate()
                .filter(|(place, thing)| {
                    (group.holds)(thing) && self.left_of(*place) > Decimal::ZERO
                })
                .map(|(place, _)| place)
                .collect();
            let own = places.first().and_then(|place| self.things.get(*place));
            let own = own.filter(|_| group.has_own).map(|thing| self.discount(thing));
            let mut offered: Vec<Vec<Purchase>> = Vec::new();
            if let Some(discount) = own {
                offered.push(self.purchases(&places, "", false, &|_| discount));
            }
            for offer in group.offers {
                let percent = |kind: &str| Decimal::new((offer.percent)(kind), 2);
                offered.push(self.purchases(&places, offer.name, offer.spans_all, &percent));
            }
            let worth = |all: &Vec<Purchase>| all.iter().map(|one| one.saved).sum::<Decimal>();
            let best = offered
                .into_iter()
                .reduce(|best, next| if worth(&next) > worth(&best) { next } else { best });
            for bought in best.unwrap_or_default() {
                self.buy(&bought);
            }
        }
    }

    fn purchases(
        &self,
        places: &[usize],
        name: &str,
        spans_all: bool,
        discount: &dyn Fn(&str) -> Decimal,
    ) -> Vec<Purchase> {
        let mut all: BTreeMap<(String, &str), Vec<usize>> = BTreeMap::new();
        for place in places {
            let Some(thing) = self.things.get(*place) else { continue };
            let key = if spans_all {
                (name.to_owned(), "")
            } else {
                (family(self.meter_of(*place)).to_owned(), thing.region)
            };
            all.entry(key).or_default().push(*place);
        }
        all.into_iter().map(|((name, _), places)| self.purchase(name, &places, discount)).collect()
    }

    fn purchase(
        &self,
        name: String,
        places: &[usize],
        discount: &dyn Fn(&str) -> Decimal,
    ) -> Purchase {
        let mut hours = vec![Decimal::ZERO; self.month.days() * HOURS_OF_DAY];
        let (mut cost, mut weighted, mut is_planted) = (Decimal::ZERO, Decimal::ZERO, false);
        for place in places {
            let Some(thing) = self.things.get(*place) else { continue };
            let mut own = Decimal::ZERO;
            for (hour, sum) in hours.iter_mut().enumerate() {
                let left = self.left_in(*place, thing, hour);
                *sum += left;
                own += left;
            }
            cost += own;
            weighted += own * discount(&thing.usage_type);
            is_planted |= thing.role == super::super::things::Role::Waste;
        }
        // Kinds of usage have their discount in proportion to what they cost.
        let discount = weighted.checked_div(cost).unwrap_or_default();
        let saved = most(&hours, discount);
        Purchase { name, hours, discount, is_planted, saved }
    }

    /// What is left of a thing's cost in an hour of the month.
    fn left_in(&self, place: usize, thing: &Thing, hour: usize) -> Decimal {
        let day = self.month.start + hour / HOURS_OF_DAY;
        let cost = thing.days.get(day).map_or(Amount(0), |day| day.open_cost);
        let cost = cost.decimal().unwrap_or_default() / Decimal::from(HOURS_OF_DAY);
        (cost * self.part_of(place) * self.kept_in(place, hour)).round_dp(DIGITS)
    }

    fn buy(&mut self, bought: &Purchase) {
        let before: Decimal = bought.hours.iter().sum();
        let saved = most(&bought.hours, bought.discount);
        self.saved_ahead(&bought.name, before, saved, bought.is_planted);
    }
}

// The most that a commitment of any size saves. Between two loads worth is a straight line, so that one of them is
// best: each is tried on every hour.
fn most(hours: &[Decimal], discount: Decimal) -> Decimal {
    let mut sizes: Vec<Decimal> = hours.to_vec();
    sizes.sort_unstable();
    sizes.dedup();
    let near = |value: &Decimal| value.to_f64().unwrap_or_default();
    let loads: Vec<f64> = hours.iter().map(near).collect();
    #[expect(clippy::cast_precision_loss, reason = "hours of a month")]
    let fee = hours.len() as f64 * (1.0 - near(&discount));
    let worth = |size: f64| loads.iter().map(|load| load.min(size)).sum::<f64>() - size * fee;
    let best =
        sizes.into_iter().max_by(|one, other| worth(near(one)).total_cmp(&worth(near(other))));
    let Some(size) = best else { return Decimal::ZERO };
    let covered: Decimal = hours.iter().map(|load| (*load).min(size)).sum();
    let paid = size * Decimal::from(hours.len()) * (Decimal::ONE - discount);
    (covered - paid).max(Decimal::ZERO)
}

// The family of machines in a meter: `m5` of `BoxUsage:m5.xlarge`.
fn family(meter: &str) -> &str {
    let machine = meter.rsplit(':').next().unwrap_or(meter).trim_end_matches(".search");
    machine.rsplit_once('.').map_or(machine, |(family, _)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_size_saves_more_than_the_one_that_is_bought() {
        let hours: Vec<Decimal> = [4, 4, 4, 1].map(Decimal::from).to_vec();
        // At half the price: 4 an hour cost 8 and cover 13; 1 an hour costs 2 and covers 4.
        assert_eq!(most(&hours, Decimal::new(5, 1)), Decimal::from(5));
        assert_eq!(most(&hours, Decimal::new(1, 1)), Decimal::new(4, 1));
    }
}
