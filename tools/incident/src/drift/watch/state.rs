//! The state of a watch: points come in, events come out, and it can be kept and read back at any time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        baseline::{Baseline, Blind, Calendar, Hour},
        exact,
        settings::DriftSettings,
    },
    facts::Facts,
    placebo::placebo,
    subject::{Point, Subject},
    tally::{Standing, Tally, hours_of},
};
use crate::numbers::count;

/// Where a watch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before the deployment: history comes in.
    Learning,
    Watching,
    /// The evidence is enough, but the drift is not yet large and lasting.
    Suspected,
    /// A ticket is open.
    Open,
    /// A ticket is open, and the drift seems gone.
    Closing,
    Closed,
}

/// Why a watch is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The time is over and nothing was found.
    Quiet,
    /// The drift went away.
    Gone,
    /// The drift lasts, but it was followed long enough: this is the usual level now.
    Settled,
    /// There was no baseline to hold anything against.
    Blind(Blind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Opened,
    Updated,
    /// The ticket closes.
    Gone,
}

/// What is to be told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub kind: EventKind,
    /// End of the block that brought it.
    pub at: Timestamp,
    /// Why the ticket closes, where it does.
    pub ended: Option<Ended>,
    pub facts: Facts,
}

/// What became of the points of one call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taken {
    pub events: Vec<Event>,
    pub taken: usize,
    /// There already, or of an hour that was judged with data.
    pub repeated: usize,
    /// Of an hour that was judged without them.
    pub late: usize,
    /// Not a number, or infinite.
    pub unusable: usize,
}

/// An open ticket.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Ticket {
    /// Hours after the deployment.
    pub(super) opened: i64,
    told: i64,
    #[serde(with = "exact")]
    told_size: f64,
}

/// One watch of one deployment and signal. No clock and no IO: points and the time come in as arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    subject: Subject,
    seed: u64,
    calendar: Calendar,
    phase: Phase,
    ended: Option<Ended>,
    /// Points of hours that are not judged yet, by hour and time in nanoseconds.
    waiting: BTreeMap<i64, BTreeMap<i64, Hour>>,
    /// Hours before this one, counted from the deployment, are judged.
    judged: Option<i64>,
    hours: BTreeMap<i64, Hour>,
    baseline: Option<Baseline>,
    tally: Option<Tally>,
    ticket: Option<Ticket>,
    below: usize,
}

const HOUR: i64 = 3_600;
const NANOS: i64 = 1_000_000_000;

impl Watch {
    /// Begins to learn. `seed` decides the drawn futures of the threshold.
    #[must_use]
    pub fn new(subject: Subject, seed: u64) -> Self {
        let deployed = subject.deployed_at.as_second();
        // The first full hour after the deployment.
        let zero =
            deployed.div_euclid(HOUR) * HOUR + if deployed.rem_euclid(HOUR) > 0 { HOUR } else { 0 };
        let calendar = Calendar { zero, ahead: subject.ahead_hours, weekly: subject.is_weekly };
        Self {
            subject,
            seed,
            calendar,
            phase: Phase::Learning,
            ended: None,
            waiting: BTreeMap::new(),
            judged: None,
            hours: BTreeMap::new(),
            baseline: None,
            tally: None,
            ticket: None,
            below: 0,
        }
    }

    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    pub fn ended(&self) -> Option<Ended> {
        self.ended
    }

    pub fn baseline(&self) -> Option<&Baseline> {
        self.baseline.as_ref()
    }

    /// log10 of the wealth so far; 0 while learning.
    #[must_use]
    pub fn log10_wealth(&self) -> f64 {
        self.tally.as_ref().map_or(0.0, Tally::log10_wealth)
    }

    /// Takes points in, in any order, and judges every block that ends `late_hours` before the newest of them. Points of judged
    /// hours change nothing; so a block that comes twice is taken once.
    pub fn take(&mut self, points: &[Point], settings: &DriftSettings) -> Taken {
        let mut taken = Taken::default();
        let mut sorted: Vec<&Point> = points.iter().collect();
        sorted.sort_by_key(|point| point.time);
        for point in sorted {
            self.one(point, settings, &mut taken);
            let newest = self.hour_of(point.time);
            self.judge_until(newest - hours_of(settings.late_hours), settings, &mut taken.events);
        }
        taken
    }

    /// Says that it is `now`: everything that ended `late_hours` before is judged, with what has come.
    pub fn advance(&mut self, now: Timestamp, settings: &DriftSettings) -> Vec<Event> {
        let mut events = Vec::new();
        let until = self.hour_of(now) - hours_of(settings.late_hours);
        self.judge_until(until, settings, &mut events);
        events
    }

    fn one(&mut self, point: &Point, settings: &DriftSettings, taken: &mut Taken) {
        if !point.value.is_finite() || point.control.is_some_and(|control| !control.is_finite()) {
            taken.unusable += 1;
            return;
        }
        let hour = self.hour_of(point.time);
        if self.phase == Phase::Closed || hour < -24 * hours_of(settings.kept_days) {
            taken.late += 1;
            return;
        }
        if self.judged.is_some_and(|judged| hour < judged) {
            let known = self.hours.contains_key(&hour);
            taken.repeated += usize::from(known);
            taken.late += usize::from(!known);
            return;
        }
        let sign = self.subject.direction.sign();
        let value =
            Hour { value: sign * point.value, control: point.control.map(|one| sign * one) };
        let nanos = point.time.as_second().saturating_mul(NANOS);
        let nanos = nanos.saturating_add(i64::from(point.time.subsec_nanosecond()));
        let before = self.waiting.entry(hour).or_default().insert(nanos, value);
        taken.taken += usize::from(before.is_none());
        taken.repeated += usize::from(before.is_some());
    }

    fn judge_until(&mut self, until: i64, settings: &DriftSettings, events: &mut Vec<Event>) {
        if self.phase == Phase::Closed || self.judged.is_some_and(|judged| until <= judged) {
            return;
        }
        self.judged = Some(until);
        let later = self.waiting.split_off(&until);
        for (hour, points) in std::mem::replace(&mut self.waiting, later) {
            self.hours.extend(mean(&points).map(|mean| (hour, mean)));
        }
        if until <= 0 || (self.baseline.is_none() && !self.freeze(settings)) {
            return;
        }
        let block = hours_of(settings.block_hours);
        while self.phase != Phase::Closed {
            let (Some(tally), Some(baseline)) = (&mut self.tally, &self.baseline) else { return };
            let end = (hours_of(tally.blocks.len()) + 1) * block;
            if end > until {
                return;
            }
            let standing = tally.add(baseline, &self.hours, settings);
            let bar = baseline.bar;
            self.step(standing, bar, end, settings, events);
        }
        self.waiting.clear();
    }

    fn freeze(&mut self, settings: &DriftSettings) -> bool {
        match Baseline::freeze(&self.hours, self.calendar, settings, self.seed) {
            Ok(mut baseline) => {
                if let Some(reached) = placebo(&self.hours, self.calendar, settings, self.seed) {
                    baseline.heed_placebo(reached, settings);
                }
                self.baseline = Some(baseline);
                self.tally = Some(Tally::new(settings));
                self.phase = Phase::Watching;
                // The history has done its work.
                self.hours = self.hours.split_off(&0);
                true
            }
            Err(blind) => {
                self.end(Ended::Blind(blind));
                false
            }
        }
    }

    fn step(
        &mut self,
        standing: Standing,
        bar: f64,
        end: i64,
        settings: &DriftSettings,
        events: &mut Vec<Event>,
    ) {
        match self.phase {
            Phase::Watching | Phase::Suspected => {
                let enough = standing.log10_wealth >= bar;
                let large = standing.large(settings);
                if let Some(size) = large.filter(|_| enough) {
                    self.phase = Phase::Open;
                    self.ticket = Some(Ticket {
                        opened: end,
                        told: end,
                        told_size: standing.now.unwrap_or(size),
                    });
                    self.tell(EventKind::Opened, end, settings, events);
                    return;
                }
                self.phase = if enough { Phase::Suspected } else { Phase::Watching };
                if end >= 24 * hours_of(settings.watch_days) {
                    self.end(Ended::Quiet);
                }
            }
            Phase::Open | Phase::Closing => self.follow(standing, end, settings, events),
            Phase::Learning | Phase::Closed => {}
        }
    }

    fn follow(
        &mut self,
        standing: Standing,
        end: i64,
        settings: &DriftSettings,
        events: &mut Vec<Event>,
    ) {
        let Some(now) = standing.now else { return };
        self.below = if now < settings.gone_effect { self.below + 1 } else { 0 };
        self.phase = if self.below > 0 { Phase::Closing } else { Phase::Open };
        let ended = if self.below >= settings.gone_blocks {
            Some(Ended::Gone)
        } else {
            (end >= 24 * hours_of(settings.open_days)).then_some(Ended::Settled)
        };
        if let Some(ended) = ended {
            self.ended = Some(ended);
            self.tell(EventKind::Gone, end, settings, events);
            self.end(ended);
            return;
        }
        let Some(ticket) = &mut self.ticket else { return };
        let moved =
            (now - ticket.told_size).abs() >= settings.update_change * ticket.told_size.abs();
        if moved && end - ticket.told >= hours_of(settings.update_hours) {
            ticket.told = end;
            ticket.told_size = now;
            self.tell(EventKind::Updated, end, settings, events);
        }
    }

    fn tell(&self, kind: EventKind, end: i64, settings: &DriftSettings, events: &mut Vec<Event>) {
        let facts = self.facts(settings);
        let at = self.time_of(end);
        events.extend(facts.map(|facts| Event { kind, at, ended: self.ended, facts }));
    }

    fn end(&mut self, ended: Ended) {
        self.phase = Phase::Closed;
        self.ended = Some(ended);
        self.waiting.clear();
    }

    pub(super) fn hours(&self) -> &BTreeMap<i64, Hour> {
        &self.hours
    }

    pub(super) fn tally(&self) -> Option<&Tally> {
        self.tally.as_ref()
    }

    pub(super) fn ticket(&self) -> Option<Ticket> {
        self.ticket
    }

    pub(super) fn missing_until(&self, end: i64) -> usize {
        let all = usize::try_from(end).unwrap_or(0);
        all.saturating_sub(self.hours.range(0..end).count())
    }

    pub(super) fn time_of(&self, hour: i64) -> Timestamp {
        let later = SignedDuration::from_hours(hour);
        let zero = Timestamp::from_second(self.calendar.zero).unwrap_or(self.subject.deployed_at);
        zero.checked_add(later).unwrap_or(Timestamp::MAX)
    }

    fn hour_of(&self, time: Timestamp) -> i64 {
        (time.as_second() - self.calendar.zero).div_euclid(HOUR)
    }
}

// Where some points of an hour have no control, the control is the mean of those that have.
fn mean(points: &BTreeMap<i64, Hour>) -> Option<Hour> {
    if points.is_empty() {
        return None;
    }
    let value = points.values().map(|one| one.value).sum::<f64>() / count(points.len());
    let controls: Vec<f64> = points.values().filter_map(|one| one.control).collect();
    let control =
        (!controls.is_empty()).then(|| controls.iter().sum::<f64>() / count(controls.len()));
    Some(Hour { value, control })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
