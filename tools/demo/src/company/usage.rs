//! How much of a thing is used on each day.

use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{Commitment, Company, Payment, Stream};
use crate::{calendar::Month, catalog::Sku, money::Quantity};

/// What a workload uses, in dollars a day at list prices before any event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) sku: Sku,
    pub(crate) dollars: f64,
    pub(crate) behaviour: Behaviour,
    pub(crate) event: Event,
    pub(crate) region: usize,
}

/// How usage moves from day to day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// The same every day, in whole days of 24 hours.
    Fixed,
    /// In proportion to the transactions, with some noise.
    Follows,
    /// Large on few days: nothing can be said from a month of it.
    Lumpy,
}

/// What happens to a line on the day of the event.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event {
    None,
    Times(f64),
    Starts,
    Ends,
    /// This share of it moves to another size.
    MovesTo(Sku, f64),
    /// The list price becomes this many percent.
    Reprices(i64),
    /// A commitment that saved this many percent ends.
    LosesCommitment(i64),
}

impl Line {
    pub(crate) fn fixed(sku: Sku, dollars: f64) -> Self {
        Self { sku, dollars, behaviour: Behaviour::Fixed, event: Event::None, region: 0 }
    }

    pub(crate) fn follows(sku: Sku, dollars: f64) -> Self {
        Self { behaviour: Behaviour::Follows, ..Self::fixed(sku, dollars) }
    }

    pub(crate) fn lumpy(sku: Sku, dollars: f64) -> Self {
        Self { behaviour: Behaviour::Lumpy, ..Self::fixed(sku, dollars) }
    }

    pub(crate) fn with(self, event: Event) -> Self {
        Self { event, ..self }
    }

    pub(crate) fn in_region(self, region: usize) -> Self {
        Self { region, ..self }
    }
}

/// Transactions of each day: growth, weekends, noise, and a step on the day of an event.
pub(super) struct Traffic {
    pub(super) base: f64,
    pub(super) growth_a_month: f64,
    pub(super) weekend: f64,
    pub(super) noise: f64,
    pub(super) step: (usize, f64),
}

impl Traffic {
    pub(super) fn draw(&self, days: usize, random: &mut ChaCha8Rng) -> Vec<i64> {
        let mut level = self.base;
        (0..days)
            .map(|day| {
                level *= 1.0 + self.growth_a_month / 30.0;
                let weekday = crate::calendar::date_of(day).weekday().to_monday_zero_offset();
                let wave = if weekday >= 5 { self.weekend } else { 1.0 };
                let step = if day >= self.step.0 { self.step.1 } else { 1.0 };
                let noise = 1.0 + self.noise * (2.0 * random.random::<f64>() - 1.0);
                Quantity::nearest(level * wave * step * noise).0 / 1_000_000
            })
            .collect()
    }
}

/// What a line's usage depends on.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// Transactions of each day relative to the first day's level.
    pub(super) traffic: &'a [f64],
    pub(super) event_day: usize,
    pub(super) workload: Option<usize>,
    pub(super) sub_account: usize,
    pub(super) contracted_percent: i64,
}

impl Company {
    /// Adds the streams of a line, and its commitment when it has one.
    pub(super) fn add_line(
        &mut self,
        line: &Line,
        setting: Setting<'_>,
        random: &mut ChaCha8Rng,
    ) -> Option<usize> {
        let list_price = line.sku.list_price()?;
        let region = *line.sku.provider.regions().get(line.region)?;
        let daily = daily_units(
            line,
            line.dollars / list_price.dollars(),
            &self.calendar.months,
            setting,
            random,
        );
        let scaled = |before: f64, after: f64| -> Vec<Quantity> {
            let factor = |day: usize| if day >= setting.event_day { after } else { before };
            let parts = daily.iter().enumerate();
            parts.map(|(day, units)| Quantity::nearest(units * factor(day))).collect()
        };
        let stream = |sku: Sku, quantities: Vec<Quantity>| {
            Some(Stream {
                list_price: sku.list_price()?,
                sku,
                region,
                sub_account: setting.sub_account,
                workload: setting.workload,
                is_tagged: setting.workload.is_some(),
                quantities,
                repriced: None,
                contracted_percent: setting.contracted_percent,
                commitment: None,
            })
        };
        let place = self.streams.len();
        match line.event {
            Event::None => self.streams.push(stream(line.sku, scaled(1.0, 1.0))?),
            Event::Times(factor) => self.streams.push(stream(line.sku, scaled(1.0, factor))?),
            Event::Starts => self.streams.push(stream(line.sku, scaled(0.0, 1.0))?),
            Event::Ends => self.streams.push(stream(line.sku, scaled(1.0, 0.0))?),
            Event::MovesTo(sku, moved) => {
                self.streams.push(stream(line.sku, scaled(1.0, 1.0 - moved))?);
                self.streams.push(stream(sku, scaled(0.0, moved))?);
            }
            Event::Reprices(percent) => self.streams.push(Stream {
                repriced: Some((setting.event_day, list_price.percent(percent))),
                ..stream(line.sku, scaled(1.0, 1.0))?
            }),
            Event::LosesCommitment(discount) => {
                self.streams.push(stream(line.sku, scaled(1.0, 1.0))?);
                let term = (0, setting.event_day);
                self.commit(place, term, 103, discount, Payment::Recurring);
            }
        }
        if !matches!(line.event, Event::None) {
            self.events.extend((place..self.streams.len()).map(|place| (place, setting.event_day)));
        }
        Some(place)
    }

    /// Commits to this many percent of a stream's first day.
    pub(super) fn commit(
        &mut self,
        place: usize,
        term: (usize, usize),
        capacity_percent: i64,
        discount_percent: i64,
        payment: Payment,
    ) {
        let number = self.commitments.len();
        let Some(stream) = self.streams.get_mut(place) else { return };
        stream.commitment = Some(number);
        let first = stream.quantities.first().copied().unwrap_or_default();
        self.commitments.push(Commitment {
            provider: stream.sku.provider,
            stream: place,
            start: term.0,
            end: term.1,
            capacity: Quantity(first.0 / 100 * capacity_percent),
            rate: stream.list_price.percent(100 - discount_percent),
            payment,
        });
    }
}

const HOURS: f64 = 24.0;

fn daily_units(
    line: &Line,
    units: f64,
    months: &[Month],
    setting: Setting<'_>,
    random: &mut ChaCha8Rng,
) -> Vec<f64> {
    let whole_days = ((units / HOURS).round() * HOURS).max(HOURS);
    match line.behaviour {
        Behaviour::Fixed => setting.traffic.iter().map(|_| whole_days).collect(),
        Behaviour::Follows => {
            let noise = |random: &mut ChaCha8Rng| 0.985 + 0.03 * random.random::<f64>();
            setting.traffic.iter().map(|traffic| units * traffic * noise(random)).collect()
        }
        Behaviour::Lumpy => months
            .iter()
            .flat_map(|month| lumps(month.days(), random))
            .map(|lump| units * lump)
            .collect(),
    }
}

// The same few large days in every month, in another order: months of one length sum to the same,
// so that no seed plants a change by luck.
fn lumps(days: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "days of a month")]
    let rank = |day: usize| (day + 1) as f64 / days as f64;
    let mut lumps: Vec<f64> =
        (0..days).map(rank).map(|rank| 5.0 * rank * rank * rank * rank).collect();
    lumps.shuffle(random);
    lumps
}
