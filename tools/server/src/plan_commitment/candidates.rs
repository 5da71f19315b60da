//! The offers that could be taken, each with what it would bring.

use std::collections::BTreeMap;

use wherefore_analysis::commitment::{
    break_even::Terms,
    curve::LoadCurve,
    offers::{self, Discount, Offer, Pooling, Rate},
    plan::{Evaluation, Load, Sizing, evaluate, together},
    state::Held,
};
use wherefore_contract::Decimal;

use super::Story;
use crate::commitments::load::Machines;

/// Where a discount is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RateSource {
    /// What the bill shows of commitments that are held.
    Bill,
    /// The table of offers.
    Table,
}

impl RateSource {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Table => "offer_table",
        }
    }
}

/// Months and payment of an offer; a held commitment shows neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TermAndPayment {
    pub(super) months: u32,
    pub(super) payment: offers::Payment,
    pub(super) upfront_part: Decimal,
}

/// An offer for the usage of one group.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) group: String,
    pub(super) offer: String,
    pub(super) terms: Option<TermAndPayment>,
    pub(super) source: RateSource,
    /// What each commitment is for, in the order of the evaluation's outcomes; one without a name spans all.
    pub(super) machines: Vec<Option<Machines>>,
    pub(super) loads: Vec<Load>,
    /// Units of throughput that would be reserved, where that is what is bought.
    pub(super) units: Option<Decimal>,
    pub(super) found: Evaluation,
}

/// Throughput of one kind in one region, and how much of it can be reserved.
#[derive(Debug, Clone)]
pub(super) struct Throughput<'a> {
    pub(super) machines: &'a Machines,
    /// Part of the hours that were billed, from 0 to 1.
    pub(super) billed: Decimal,
    /// Units that nearly every hour needs.
    pub(super) needed: Decimal,
    /// In whole blocks; none where too few hours were billed.
    pub(super) reserved: Decimal,
}

impl Candidate {
    pub(super) fn break_even(&self) -> Option<Terms> {
        self.terms.map(|terms| Terms {
            months: terms.months,
            upfront_part: terms.upfront_part,
            discount: self.found.discount,
        })
    }
}

impl Story<'_> {
    /// Everything that could be taken for a group, in the order of the table, own rates first.
    pub(super) fn candidates(&self, group: &str, sizing: Sizing) -> Vec<Candidate> {
        let own = self.usage.groups.get(group).into_iter().flat_map(|usage| &usage.covered);
        let own = own.filter_map(|(kind, held)| self.own_rate(group, kind, held, sizing));
        let sold = self.offers.offers.iter().flat_map(|offer| {
            offer.rates.iter().filter_map(move |rate| self.sold(group, offer, rate, sizing))
        });
        own.chain(sold).collect()
    }

    fn curves<'s>(
        &'s self,
        group: &'s str,
    ) -> impl Iterator<Item = (&'s Machines, &'s Vec<Decimal>)> {
        self.loads.curves.iter().filter(move |(machines, _)| machines.group == group)
    }

    fn sold(&self, group: &str, offer: &Offer, rate: &Rate, sizing: Sizing) -> Option<Candidate> {
        let discounted = |machines: &Machines| rate.discount.get(&machines.family).copied();
        let loads: BTreeMap<&Machines, Load> = self
            .curves(group)
            .filter_map(|(machines, points)| {
                Some((machines, Load { points: points.clone(), discount: discounted(machines)? }))
            })
            .collect();
        let terms = TermAndPayment {
            months: rate.term_months,
            payment: rate.payment,
            upfront_part: rate.upfront_part,
        };
        self.candidate(group, offer.id.clone(), offer.pool, Some(terms), loads, sizing)
    }

    /// A further commitment like the ones that are held, at the discount that they have.
    fn own_rate(&self, group: &str, kind: &str, held: &Held, sizing: Sizing) -> Option<Candidate> {
        let told = held.on_demand? >= self.offers.judgement.own_rate_least;
        let discount = held.discount().map(|discount| discount.round_dp(6)).filter(|_| told)?;
        if discount <= Decimal::ZERO || discount >= Decimal::ONE || kind.is_empty() {
            return None;
        }
        let pool =
            if kind.to_lowercase().contains("reserv") { Pooling::Machine } else { Pooling::All };
        let discount = Discount::known(discount);
        let load = |points: &Vec<Decimal>| Load { points: points.clone(), discount };
        // The kind covers what offers of the kind are sold for.
        let sold = |machines: &Machines| {
            let alike = self.offers.offers.iter().filter(|offer| offer.pool == pool);
            let mut rates = alike.flat_map(|offer| &offer.rates);
            rates.any(|rate| rate.discount.contains_key(&machines.family))
        };
        let curves = self.curves(group).filter(|(machines, _)| sold(machines));
        let loads = curves.map(|(machines, points)| (machines, load(points))).collect();
        self.candidate(group, kind.to_owned(), pool, None, loads, sizing)
    }

    fn candidate(
        &self,
        group: &str,
        offer: String,
        pool: Pooling,
        terms: Option<TermAndPayment>,
        loads: BTreeMap<&Machines, Load>,
        sizing: Sizing,
    ) -> Option<Candidate> {
        let own = |machines: Vec<&Machines>| machines.into_iter().cloned().map(Some).collect();
        let mut units = None;
        let (machines, loads, found) = match (pool, sizing) {
            (Pooling::All, sizing) => {
                let whole = vec![together(&loads.into_values().collect::<Vec<_>>())?];
                let found = evaluate(&whole, sizing, self.cut())?;
                (vec![None], whole, found)
            }
            // So much an hour is no size of several commitments side by side.
            (
                Pooling::Machine | Pooling::Units,
                Sizing::Hourly(_) | Sizing::Covers(_) | Sizing::Quantile(_),
            ) => return None,
            (Pooling::Machine, Sizing::Best) => {
                let (machines, loads): (Vec<&Machines>, Vec<Load>) = loads.into_iter().unzip();
                let found = evaluate(&loads, sizing, self.cut())?;
                (own(machines), loads, found)
            }
            (Pooling::Units, Sizing::Best) => {
                let (machines, loads): (Vec<&Machines>, Vec<Load>) = loads.into_iter().unzip();
                let found = self.reserved_units(&machines, &loads)?;
                let reserved = machines.iter().filter_map(|machines| self.throughput(machines));
                units = Some(reserved.map(|throughput| throughput.reserved).sum());
                (own(machines), loads, found)
            }
        };
        let source = if terms.is_some() { RateSource::Table } else { RateSource::Bill };
        let group = group.to_owned();
        Some(Candidate { group, offer, terms, source, machines, loads, units, found })
    }

    /// Throughput is reserved by what nearly every hour needs, in whole blocks, and only where it is needed always.
    fn reserved_units(&self, machines: &[&Machines], loads: &[Load]) -> Option<Evaluation> {
        let each: Vec<Evaluation> = machines
            .iter()
            .zip(loads)
            .map(|(machines, load)| {
                let covers = self.reserved_cost(machines, load).unwrap_or_default();
                evaluate(std::slice::from_ref(load), Sizing::Covers(covers), self.cut())
            })
            .collect::<Option<_>>()?;
        let sum = |of: fn(&Evaluation) -> Decimal| each.iter().map(of).sum::<Decimal>();
        let outcomes: Vec<_> = each.iter().flat_map(|one| one.outcomes.clone()).collect();
        let covers: Decimal = outcomes.iter().map(|outcome| outcome.covers).sum();
        let used: Decimal =
            outcomes.iter().map(|outcome| outcome.covers * outcome.utilization).sum();
        let cost: Decimal = loads.iter().filter_map(mean).sum();
        let part = |of: Decimal, whole: Decimal| of.checked_div(whole).unwrap_or_default();
        Some(Evaluation {
            hourly_commitment: sum(|one| one.hourly_commitment),
            monthly_saving: sum(|one| one.monthly_saving),
            low: sum(|one| one.low),
            high: sum(|one| one.high),
            utilization: part(used, covers),
            coverage: part(used, cost),
            discount: each.first()?.discount,
            held_out: None,
            outcomes,
        })
    }

    /// How much of a throughput can be reserved; `None` where its units are not known.
    pub(super) fn throughput<'m>(&self, machines: &'m Machines) -> Option<Throughput<'m>> {
        let judged = &self.offers.judgement;
        let units = self.loads.quantities.get(machines)?;
        let billed = units.iter().filter(|units| **units > Decimal::ZERO).count();
        let billed = Decimal::from(billed).checked_div(Decimal::from(units.len()))?;
        let needed = LoadCurve::new(units.iter().copied())?.quantile(judged.unit_quantile)?;
        let block = Decimal::from(judged.unit_block);
        let blocks = needed.checked_div(block)?.floor().checked_mul(block)?;
        let reserved = if billed >= judged.unit_billed_part { blocks } else { Decimal::ZERO };
        Some(Throughput { machines, billed, needed, reserved })
    }

    /// Every throughput that could be reserved by the unit, in the order of names.
    pub(super) fn throughputs(&self) -> Vec<Throughput<'_>> {
        let by_unit = self.offers.offers.iter().filter(|offer| offer.pool == Pooling::Units);
        let rates: Vec<&Rate> = by_unit.flat_map(|offer| &offer.rates).collect();
        let sold = |machines: &&Machines| {
            rates.iter().any(|rate| rate.discount.contains_key(&machines.family))
        };
        let all = self.loads.quantities.keys().filter(sold);
        all.filter_map(|machines| self.throughput(machines)).collect()
    }

    // What the units that would be reserved cost on demand in an hour.
    fn reserved_cost(&self, machines: &Machines, load: &Load) -> Option<Decimal> {
        let total: Decimal = self.loads.quantities.get(machines)?.iter().sum();
        let cost: Decimal = load.points.iter().sum();
        self.throughput(machines)?.reserved.checked_mul(cost.checked_div(total)?)
    }
}

fn mean(load: &Load) -> Option<Decimal> {
    load.points.iter().sum::<Decimal>().checked_div(Decimal::from(load.points.len()))
}
