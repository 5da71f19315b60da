//! The last step of the plan: the commitments that are worth most on what all other actions leave.
//!
//! What is paid on demand tells the load, so commitments that are held are out of it already. What earlier actions
//! take goes from it hour by hour: a machine that is deleted, one that moves to another family, a fleet that runs on
//! fewer units at night. For each group of usage one offer is taken, as `plan_commitment` recommends it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    After, Basis, Candidate, Effect, SCALE, Saving, Share,
    estate::{Estate, UsageLine},
    left::Left,
    rules::Check,
};
use crate::{
    commitment::{
        HOURS_OF_A_MONTH,
        curve::Outcome,
        offers::{Discount, OfferTable, Payment, Pooling, machine_family},
        plan::{Cut, Evaluation, Load, Sizing, evaluate, together},
        state::Held,
    },
    seasonality::HOURS_OF_WEEK,
};

const HOURS_OF_DAY: usize = 24;

/// Usage that one commitment can cover: a family of machines in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Machines {
    pub group: String,
    pub family: String,
    pub machine: String,
    pub region: String,
}

/// What is paid on demand in the period, and what is sold for it.
#[derive(Debug, Clone)]
pub struct Market<'a> {
    pub offers: &'a OfferTable,
    /// On-demand cost of an hour at each point of the period, in the order of time.
    pub loads: BTreeMap<Machines, Vec<Decimal>>,
    /// Points of a day: 24, or 1 where charges tell days only.
    pub points_of_day: usize,
    /// What held commitments cover, by group and by their type.
    pub held: BTreeMap<String, BTreeMap<String, Held>>,
    /// The same of single lines of the estate, by their place; others have the course of their load.
    pub series: BTreeMap<usize, Vec<Decimal>>,
}

/// A commitment that is bought.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bought {
    /// Usage that it covers, e.g. `Amazon EC2 and compute`.
    pub group: String,
    /// Empty where it spans regions.
    pub region: String,
    pub offer: String,
    /// Months and payment; a further one like those that are held has the terms of those.
    pub terms: Option<(u32, Payment)>,
    pub hourly_commitment: Decimal,
    /// Parts from 0 to 1: of the commitment that is used, of the load that is covered, and off its price.
    pub utilization: Decimal,
    pub coverage: Decimal,
    pub discount: Decimal,
}

/// One offer for the loads of a group.
struct Offered<'a> {
    offer: &'a str,
    terms: Option<(u32, Payment)>,
    // Each load with what the best size of it brings; one of no machine spans all.
    loads: Vec<(Option<&'a Machines>, Load, Evaluation)>,
    monthly: Decimal,
}

impl Market<'_> {
    /// The family that the usage of a line belongs to.
    #[must_use]
    pub fn machines(&self, line: &UsageLine) -> Option<Machines> {
        self.machines_of(line, &line.usage_type)
    }

    /// What is bought, in the order of groups: on the whole load, or on what is left of it.
    pub(super) fn bought(
        &self,
        check: &Check,
        estate: &Estate,
        month: Decimal,
        left: Option<&Left>,
    ) -> Vec<Saving> {
        let loads = match left {
            Some(left) => self.left(estate, left),
            None => self.loads.clone(),
        };
        let points = loads.values().map(Vec::len).max().unwrap_or_default();
        let days = usize::try_from(estate.days).unwrap_or_default().max(1);
        let cut = self.cut(points.div_ceil(days), days);
        let hours = Decimal::from(days * HOURS_OF_DAY) * month;
        let scale = hours / Decimal::from(HOURS_OF_A_MONTH);
        let row = Row { check, hours, scale };
        let groups = self.offers.groups().into_iter();
        let offered = groups.filter_map(|group| Some((group, self.best(group, &loads, cut)?)));
        offered
            .flat_map(|(group, offered)| {
                let each = offered.loads.iter();
                each.filter_map(|(machines, load, found)| {
                    self.saving(&row, group, &offered, (*machines, load, found))
                })
                .collect::<Vec<_>>()
            })
            .collect()
    }

    fn cut(&self, points_of_day: usize, days: usize) -> Cut {
        let judged = &self.offers.judgement;
        let block = |days: u32| usize::try_from(days).unwrap_or_default() * points_of_day;
        let long = block(judged.block_days);
        let is_long = days * points_of_day >= long.saturating_mul(2);
        Cut {
            block: if is_long { long } else { block(judged.short_block_days) },
            training_part: judged.training_part,
        }
    }

    fn machines_of(&self, line: &UsageLine, usage_type: &str) -> Option<Machines> {
        let family = self.offers.family(&line.provider, &line.cloud_service, usage_type)?;
        Some(Machines {
            group: family.group.clone(),
            family: family.id.clone(),
            machine: machine_family(usage_type).to_owned(),
            region: line.region.clone(),
        })
    }

    // The loads with what earlier actions took from them, by the hour where a schedule tells hours.
    fn left(&self, estate: &Estate, left: &Left) -> BTreeMap<Machines, Vec<Decimal>> {
        let touched = left.touched();
        let is_hourly = touched.iter().any(|place| left.rest(*place).hours.is_some());
        let fine = |points: &[Decimal]| -> Vec<Decimal> {
            let times = if is_hourly && self.points_of_day == 1 { HOURS_OF_DAY } else { 1 };
            points.iter().flat_map(|point| std::iter::repeat_n(*point, times)).collect()
        };
        let first = estate.from.map_or(0, |day| day.weekday().to_monday_zero_offset());
        let first = usize::try_from(first).unwrap_or_default() * HOURS_OF_DAY;
        let mut loads: BTreeMap<Machines, Vec<Decimal>> =
            self.loads.iter().map(|(key, points)| (key.clone(), fine(points))).collect();
        let mut added: Vec<(Machines, Vec<Decimal>)> = Vec::new();
        for place in touched {
            let Some(line) = estate.line(place).filter(|line| !line.is_covered) else { continue };
            let Some(key) = self.machines(line) else { continue };
            let Some(before) = self.course(place, line, &key, estate) else { continue };
            let before = fine(&before);
            if let Some(points) = loads.get_mut(&key) {
                for (point, own) in points.iter_mut().zip(&before) {
                    *point = (*point - own).max(Decimal::ZERO);
                }
            }
            let rest = left.rest(place);
            let kept = |at: usize| {
                let hour = (first + at) % HOURS_OF_WEEK;
                let hours = rest.hours.and_then(|hours| hours.get(hour).copied());
                hours.unwrap_or(Decimal::ONE) * rest.part
            };
            let after: Vec<Decimal> = before
                .iter()
                .enumerate()
                .map(|(at, own)| (own * kept(at)).round_dp(SCALE))
                .collect();
            let then = rest.usage_type.map_or(Some(key), |then| self.machines_of(line, then));
            added.extend(then.map(|key| (key, after)));
        }
        for (key, after) in added {
            let points = loads.entry(key).or_insert_with(|| vec![Decimal::ZERO; after.len()]);
            for (point, own) in points.iter_mut().zip(&after) {
                *point += own;
            }
        }
        loads
    }

    // What a line costs an hour at each point: as read, or in proportion to its load.
    fn course(
        &self,
        place: usize,
        line: &UsageLine,
        key: &Machines,
        estate: &Estate,
    ) -> Option<Vec<Decimal>> {
        if let Some(own) = self.series.get(&place) {
            return Some(own.clone());
        }
        let load = self.loads.get(key)?;
        let hours = HOURS_OF_DAY / self.points_of_day.clamp(1, HOURS_OF_DAY);
        let days = usize::try_from(estate.days).ok()?;
        let whole: Decimal = load.iter().sum::<Decimal>() * Decimal::from(hours);
        let part = line.cost.checked_div(whole).filter(|_| days > 0)?.min(Decimal::ONE);
        Some(load.iter().map(|point| (point * part).round_dp(SCALE)).collect())
    }

    /// The offer that is worth most for a group: at the rates of commitments that are held, else on the terms that are
    /// recommended where none are named, else on the nearest ones.
    fn best<'s>(
        &'s self,
        group: &str,
        loads: &'s BTreeMap<Machines, Vec<Decimal>>,
        cut: Cut,
    ) -> Option<Offered<'s>> {
        let loads: Vec<(&Machines, &Vec<Decimal>)> =
            loads.iter().filter(|(key, _)| key.group == group).collect();
        let held = self.held.get(group).into_iter().flatten();
        let own = held.filter_map(|(kind, held)| self.own(kind, held, &loads, cut));
        if let Some(own) = most(own) {
            return Some(own);
        }
        let judged = &self.offers.judgement;
        let usual = (judged.term_months, judged.payment);
        let sold = || {
            let offers = self.offers.offers.iter().filter(|offer| offer.pool != Pooling::Units);
            offers.flat_map(|offer| offer.rates.iter().map(move |rate| (offer, rate)))
        };
        let offered = |terms: &dyn Fn((u32, Payment)) -> bool| {
            sold()
                .filter(|(_, rate)| terms((rate.term_months, rate.payment)))
                .filter_map(|(offer, rate)| {
                    let discounted = loads.iter().filter_map(|(key, points)| {
                        let discount = *rate.discount.get(&key.family)?;
                        Some((*key, Load { points: (*points).clone(), discount }))
                    });
                    let terms = Some((rate.term_months, rate.payment));
                    Offered::of(&offer.id, terms, offer.pool, discounted.collect(), cut)
                })
                .collect::<Vec<_>>()
        };
        most(offered(&|terms| terms == usual).into_iter()).or_else(|| {
            offered(&|terms| terms != usual).into_iter().min_by_key(|offered| offered.terms)
        })
    }

    // A further commitment like the held ones, at the discount that they have.
    fn own<'s>(
        &'s self,
        kind: &'s str,
        held: &Held,
        loads: &[(&'s Machines, &'s Vec<Decimal>)],
        cut: Cut,
    ) -> Option<Offered<'s>> {
        let told = held.on_demand? >= self.offers.judgement.own_rate_least;
        let discount = held.discount().map(|part| part.round_dp(6)).filter(|_| told)?;
        let inside = discount > Decimal::ZERO && discount < Decimal::ONE && !kind.is_empty();
        let reserved = kind.to_lowercase().contains("reserv");
        let pool = if reserved { Pooling::Machine } else { Pooling::All };
        let sold = |key: &Machines| {
            let alike = self.offers.offers.iter().filter(|offer| offer.pool == pool);
            let mut rates = alike.flat_map(|offer| &offer.rates);
            rates.any(|rate| rate.discount.contains_key(&key.family))
        };
        let discount = Discount::known(discount);
        let covered = loads.iter().filter(|(key, _)| sold(key));
        let loads =
            covered.map(|(key, points)| (*key, Load { points: (*points).clone(), discount }));
        inside.then(|| Offered::of(kind, None, pool, loads.collect(), cut)).flatten()
    }

    fn saving(
        &self,
        row: &Row<'_>,
        group: &str,
        offered: &Offered<'_>,
        (machines, load, found): (Option<&Machines>, &Load, &Evaluation),
    ) -> Option<Saving> {
        let outcome: &Outcome = found.outcomes.first()?;
        let scaled = |amount: Decimal| (amount * row.scale).round_dp(SCALE);
        let monthly = scaled(outcome.monthly_saving);
        let cost = |points: &[Decimal]| {
            let count = Decimal::from(points.len());
            let mean = points.iter().sum::<Decimal>().checked_div(count).unwrap_or_default();
            (mean * row.hours).round_dp(SCALE)
        };
        let before = machines.and_then(|key| self.loads.get(key)).map(|points| cost(points));
        let cost_left = cost(&load.points);
        let basis = if offered.terms.is_some() { Basis::Published } else { Basis::OwnRate };
        let name = machines.map_or(offered.offer, |key| key.machine.as_str());
        Some(Saving {
            candidate: Candidate {
                check: row.check.id.clone(),
                action: row.check.action,
                resource_id: name.to_owned(),
                lines: Vec::new(),
                effect: Effect::Part(Share::exactly(outcome.coverage * load.discount.typical)),
                basis,
                after: After::Same,
            },
            // Usage that moved here from another family costs more than was here before.
            cost_before: before.map_or(cost_left, |before| before.max(cost_left)),
            cost_left,
            monthly,
            low: scaled(found.low).min(monthly),
            high: scaled(found.high).max(monthly),
            bought: Some(Bought {
                group: group.to_owned(),
                region: machines.map(|key| key.region.clone()).unwrap_or_default(),
                offer: offered.offer.to_owned(),
                terms: offered.terms,
                hourly_commitment: outcome.hourly_commitment.round_dp(SCALE),
                utilization: outcome.utilization,
                coverage: outcome.coverage,
                discount: load.discount.typical,
            }),
        })
    }
}

/// What all rows share: the hours of the month, and what takes months of 730 hours to it.
struct Row<'a> {
    check: &'a Check,
    hours: Decimal,
    scale: Decimal,
}

impl<'a> Offered<'a> {
    // `None` when it is worth nothing.
    fn of(
        offer: &'a str,
        terms: Option<(u32, Payment)>,
        pool: Pooling,
        loads: Vec<(&'a Machines, Load)>,
        cut: Cut,
    ) -> Option<Self> {
        let loads: Vec<(Option<&Machines>, Load)> = match pool {
            Pooling::All => {
                let all: Vec<Load> = loads.into_iter().map(|(_, load)| load).collect();
                vec![(None, together(&all)?)]
            }
            Pooling::Machine | Pooling::Units => {
                loads.into_iter().map(|(key, load)| (Some(key), load)).collect()
            }
        };
        let loads = loads
            .into_iter()
            .map(|(key, load)| {
                let found = evaluate(std::slice::from_ref(&load), Sizing::Best, cut)?;
                Some((key, load, found))
            })
            .collect::<Option<Vec<_>>>()?;
        let monthly = loads.iter().map(|(.., found)| found.monthly_saving).sum();
        (monthly > Decimal::ZERO).then_some(Self { offer, terms, loads, monthly })
    }
}

// The first of the dearest.
fn most<'a>(offered: impl Iterator<Item = Offered<'a>>) -> Option<Offered<'a>> {
    offered.reduce(|best, next| if next.monthly > best.monthly { next } else { best })
}
