//! The flow of requests: a fluid model of calls, queues, timeouts and retries, ten seconds a step.
//!
//! Per workload: arrivals are what callers try, retries included; what can be worked on a second follows from slots
//! over the time that a request holds one (Little, 1961) and from the processor; the rest queues, and beyond the queue
//! is rejected. The wait of a queue that is not full follows Sakasegawa (1977). Per call: a try fails when the
//! callee fails or its time, lognormal about its mean, passes the caller's timeout; the callee works on either way.

use rand_chacha::ChaCha8Rng;

use super::{
    draw::{Row, factor, normal},
    estate::{Estate, Role, TAIL},
    fault::{Effect, Fault, Habits},
};

const STEP_S: f64 = 10.0;
const STEPS: usize = 6;
// Requests that may wait, as a multiple of the slots.
const QUEUE: f64 = 12.0;
const IDLE_CPU: f64 = 0.04;
// Above this part of its limit a runtime spends its time on collecting garbage; a leak ends at the other.
const COLLECTING: f64 = 0.86;
const FULL: f64 = 0.93;
const REFUSED_MS: f64 = 4.0;
const MINUTES_A_DAY: i64 = 1440;
// Korean time, the day beginning Thursday, 1970-01-01.
const KOREA: i64 = 9 * 60;

/// The state of everything in a minute.
#[derive(Debug, Clone, Default)]
pub(super) struct Moment {
    pub(super) minute: i64,
    /// Arrivals a second, tries included.
    pub(super) rps: Row,
    /// Part of answered requests that failed.
    pub(super) errors: Row,
    /// Part that failed in the workload itself.
    pub(super) own_errors: Row,
    pub(super) rejected: Row,
    pub(super) latency: Row,
    pub(super) wait: Row,
    pub(super) own: Row,
    pub(super) cpu: Row,
    pub(super) stolen: Row,
    pub(super) memory: Row,
    pub(super) in_flight: Row,
    pub(super) spend: Row,
    pub(super) killed: Row,
    /// By call: what the way adds, what is lost on it, what is refused or throttled before it is answered.
    pub(super) extra_ms: Row,
    pub(super) loss: Row,
    pub(super) refused: Row,
    pub(super) throttled: Row,
    pub(super) timeout_ms: Row,
    pub(super) calls: Row,
    pub(super) tries: Row,
}

pub(super) struct Flow<'a> {
    estate: &'a Estate,
    faults: &'a [Fault],
    habits: Habits,
    /// By workload.
    queue: Row,
    /// By call: part of tries that failed, mean time of a try.
    failing: Row,
    try_ms: Row,
    now: Moment,
}

impl<'a> Flow<'a> {
    pub(super) fn new(estate: &'a Estate, faults: &'a [Fault], habits: Habits) -> Self {
        let links = estate.links.len();
        let mut try_ms = Row::of(links, 0.0);
        for (number, link) in estate.links.iter().enumerate() {
            try_ms.put(number, estate.usual_ms.at(link.to));
        }
        let queue = Row::of(estate.workloads.len(), 0.0);
        let failing = Row::of(links, 0.0);
        Self { estate, faults, habits, queue, failing, try_ms, now: Moment::default() }
    }

    /// The next minute; minutes may be left out between two calls.
    pub(super) fn minute(&mut self, minute: i64, random: &mut ChaCha8Rng) -> Moment {
        let restless = factor(random, 0.35);
        let jitter = 1.0 + 0.02 * normal(random);
        for step in 0..STEPS {
            let at = whole_minutes(minute) + super::draw::real(step) * STEP_S / 60.0;
            self.begin(minute, at);
            self.arrive(minute, at, jitter);
            self.serve(at, restless);
            self.answer();
        }
        self.now.clone()
    }

    // What acts on calls in this step.
    fn begin(&mut self, minute: i64, at: f64) {
        let (workloads, links) = (self.estate.workloads.len(), self.estate.links.len());
        let rps = std::mem::take(&mut self.now.rps);
        let rejected = std::mem::take(&mut self.now.rejected);
        let zeros = || Row::of(workloads, 0.0);
        let none = || Row::of(links, 0.0);
        self.now = Moment {
            minute,
            rps,
            rejected,
            latency: zeros(),
            errors: zeros(),
            own_errors: zeros(),
            wait: zeros(),
            own: zeros(),
            cpu: zeros(),
            stolen: zeros(),
            memory: zeros(),
            in_flight: zeros(),
            spend: zeros(),
            killed: zeros(),
            extra_ms: none(),
            loss: none(),
            refused: none(),
            throttled: none(),
            timeout_ms: none(),
            calls: none(),
            tries: none(),
        };
        for (number, link) in self.estate.links.iter().enumerate() {
            self.now.timeout_ms.put(number, link.timeout_ms);
            self.now.calls.put(number, link.calls);
            self.now.tries.put(number, f64::from(link.tries));
        }
        for fault in self.faults {
            let level = fault.level(at);
            if level > 0.0 {
                self.act_on_calls(fault.effect, level);
            }
        }
    }

    fn act_on_calls(&mut self, effect: Effect, level: f64) {
        for (number, link) in self.estate.links.iter().enumerate() {
            let is_of = |from: usize, to: usize| link.from == from && link.to == to;
            match effect {
                Effect::Net { from, to, extra_ms, loss } if is_of(from, to) => {
                    self.now.extra_ms.add(number, extra_ms * level);
                    self.now.loss.add(number, loss * level);
                }
                Effect::Refuse { to, share } if link.to == to => {
                    self.now.refused.add(number, share * level);
                }
                Effect::Timeouts { from, factor } if link.from == from => {
                    let timeout = link.timeout_ms * (1.0 + (factor - 1.0) * level);
                    self.now.timeout_ms.put(number, timeout);
                }
                Effect::More { from, to, factor } if is_of(from, to) => {
                    self.now.calls.put(number, link.calls * (1.0 + (factor - 1.0) * level));
                }
                Effect::Tries { to, tries } if link.to == to => {
                    self.now.tries.put(number, f64::from(tries));
                }
                Effect::Limit { to, rps } if link.to == to => {
                    let tried = self.now.rps.at(to);
                    let over = if tried > rps { 1.0 - rps / tried } else { 0.0 };
                    self.now.throttled.put(number, over * level);
                }
                Effect::Net { .. }
                | Effect::Refuse { .. }
                | Effect::Timeouts { .. }
                | Effect::More { .. }
                | Effect::Limit { .. }
                | Effect::Tries { .. }
                | Effect::Slow { .. }
                | Effect::Errors { .. }
                | Effect::Stolen { .. }
                | Effect::Works { .. }
                | Effect::Slots { .. }
                | Effect::Leak { .. }
                | Effect::Surge { .. }
                | Effect::Spend { .. } => {}
            }
        }
    }

    // From outside, and down the calls with the retries of the last step's failures.
    fn arrive(&mut self, minute: i64, at: f64, jitter: f64) {
        let count = self.estate.workloads.len();
        let mut rps = Row::of(count, 0.0);
        for place in 0..count {
            let outside = self.estate.demand.at(place) * season(minute) * jitter;
            rps.add(place, outside * self.habits.demand(place, minute));
            for fault in self.faults {
                if let Effect::Surge { at: surged, factor } = fault.effect
                    && surged == place
                {
                    rps.put(place, rps.at(place) * (1.0 + (factor - 1.0) * fault.level(at)));
                }
            }
            for (number, link) in self.estate.calls_of(place) {
                let tries = self.tries(number);
                let arrive = rps.at(place) * (1.0 - self.now.rejected.at(place));
                let sent = arrive * self.now.calls.at(number) * tries;
                rps.add(link.to, sent * (1.0 - self.now.refused.at(number)));
            }
        }
        self.now.rps = rps;
    }

    // Bottom up: processor, memory, queue and time of every workload.
    fn serve(&mut self, at: f64, restless: f64) {
        for place in (0..self.estate.workloads.len()).rev() {
            let Some(workload) = self.estate.workloads.get(place) else { continue };
            let acts = self.acts(place, at);
            let rps = self.now.rps.at(place);
            let worked = self.habits.batch_cpu(place, self.now.minute);
            let used = IDLE_CPU + rps * workload.cpu_per_rps + acts.works + worked;
            let cpu = (used / (1.0 - acts.stolen)).min(1.0);
            let slots = workload.slots * workload.replicas * acts.slots;
            let queued = (self.queue.at(place) / (slots * QUEUE)).min(1.0);
            let held = workload.memory + (FULL - workload.memory) * acts.leak;
            let memory = (held + 0.08 * used.min(1.0) + 0.15 * queued).min(0.995);
            let collected = ((memory - COLLECTING) / (1.0 - COLLECTING)).max(0.0);
            let collecting = 1.0 + 2.5 * collected * collected;
            let killed = acts.leak >= 1.0;
            // Killed replicas come back empty, in turn.
            let turn = super::draw::real(usize::from(killed)) * 0.06 * (at * 2.1).sin().abs();
            let memory = memory - turn;
            let crowded = 0.55 + 0.45 * (0.55 / (1.0 - cpu.min(0.97)));
            let moody = if place == self.habits.restless { restless } else { 1.0 };
            let own = workload.own_ms * acts.slow * collecting * crowded * moody;
            let occupied = (own + self.below(place)).max(0.1);
            let free = (0.98 - IDLE_CPU - acts.works - worked).max(0.02) * (1.0 - acts.stolen);
            let by_cpu = if workload.cpu_per_rps > 0.0 { free / workload.cpu_per_rps } else { 1e9 };
            let capacity = (slots / occupied * 1000.0).min(by_cpu).max(0.01);
            self.queue_up(place, rps, capacity, slots);
            let full = (rps / capacity).min(0.97);
            let random_wait =
                occupied * full.powf((2.0 * (slots + 1.0)).sqrt()) / slots / (1.0 - full);
            let wait = self.queue.at(place) / capacity * 1000.0 + random_wait;
            let rejected = self.now.rejected.at(place);
            let own_errors = (workload.base_errors + acts.errors).min(1.0);
            let spend = workload.hourly + rps * 0.0036 * workload.per_million * acts.spend;
            let now = &mut self.now;
            now.latency.put(place, wait + occupied);
            now.wait.put(place, wait);
            now.own.put(place, own);
            now.cpu.put(place, cpu);
            now.stolen.put(place, acts.stolen);
            now.memory.put(place, memory);
            now.in_flight.put(place, rps * (1.0 - rejected) * (wait + occupied) / 1000.0);
            now.own_errors.put(place, own_errors);
            now.spend.put(place, spend);
            now.killed.put(place, f64::from(u8::from(killed)));
            self.fail(place, own_errors, rejected);
        }
    }

    fn queue_up(&mut self, place: usize, rps: f64, capacity: f64, slots: f64) {
        let come = self.queue.at(place) + rps * STEP_S;
        let left = (come - capacity * STEP_S).max(0.0);
        let kept = left.min(slots * QUEUE);
        self.queue.put(place, kept);
        let rejected = if rps > 0.0 { (left - kept) / (rps * STEP_S) } else { 0.0 };
        self.now.rejected.put(place, rejected.clamp(0.0, 1.0));
    }

    fn fail(&mut self, place: usize, own: f64, rejected: f64) {
        let mut good = (1.0 - own) * (1.0 - rejected);
        for (number, link) in self.estate.calls_of(place) {
            if !link.is_optional {
                let lost = self.failing.at(number).powf(self.now.tries.at(number));
                let calls = self.now.calls.at(number);
                // Less than one call a request: only some requests make it.
                good *= if calls < 1.0 { 1.0 - calls * lost } else { (1.0 - lost).powf(calls) };
            }
        }
        self.now.errors.put(place, 1.0 - good);
    }

    // Tries that one call takes on average.
    fn tries(&self, number: usize) -> f64 {
        let (failing, tries) = (self.failing.at(number), self.now.tries.at(number));
        if failing > 0.999 { tries } else { (1.0 - failing.powf(tries)) / (1.0 - failing) }
    }

    // Time that a request spends in calls, tries one after the other.
    fn below(&self, place: usize) -> f64 {
        let each = self.estate.calls_of(place).map(|(number, _)| {
            let tries = self.tries(number);
            self.now.calls.at(number) * tries * self.try_ms.at(number)
        });
        each.sum()
    }

    // What callers see of each try.
    fn answer(&mut self) {
        for (number, link) in self.estate.links.iter().enumerate() {
            let (loss, refused) = (self.now.loss.at(number), self.now.refused.at(number));
            let throttled = self.now.throttled.at(number);
            let timeout = self.now.timeout_ms.at(number).max(1.0);
            let mean = self.now.latency.at(link.to) + self.now.extra_ms.at(number);
            let late = above(timeout, mean).max(loss);
            let answered = (1.0 - late) * mean.min(timeout) + late * timeout;
            let quick = (refused + throttled).min(1.0);
            self.try_ms.put(number, quick * REFUSED_MS + (1.0 - quick) * answered);
            let good = (1.0 - quick) * (1.0 - late) * (1.0 - self.now.errors.at(link.to));
            self.failing.put(number, 1.0 - good);
        }
    }

    fn acts(&self, place: usize, minute: f64) -> Acts {
        let mut acts = Acts { slow: 1.0, slots: 1.0, spend: 1.0, ..Acts::default() };
        for fault in self.faults {
            let level = fault.level(minute);
            let times = |factor: f64| 1.0 + (factor - 1.0) * level;
            match fault.effect {
                Effect::Slow { at, factor } if at == place => acts.slow *= times(factor),
                Effect::Errors { at, share } if at == place => acts.errors += share * level,
                Effect::Stolen { at, share } if at == place => acts.stolen += share * level,
                Effect::Works { at, share } if at == place => acts.works += share * level,
                Effect::Slots { at, factor } if at == place => acts.slots *= times(factor),
                Effect::Leak { at } if at == place => acts.leak = acts.leak.max(level),
                Effect::Spend { at, factor } if at == place => acts.spend *= times(factor),
                Effect::Slow { .. }
                | Effect::Errors { .. }
                | Effect::Stolen { .. }
                | Effect::Works { .. }
                | Effect::Slots { .. }
                | Effect::Leak { .. }
                | Effect::Spend { .. }
                | Effect::Net { .. }
                | Effect::Refuse { .. }
                | Effect::Timeouts { .. }
                | Effect::Surge { .. }
                | Effect::More { .. }
                | Effect::Limit { .. }
                | Effect::Tries { .. } => {}
            }
        }
        acts
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Acts {
    slow: f64,
    errors: f64,
    stolen: f64,
    works: f64,
    slots: f64,
    leak: f64,
    spend: f64,
}

impl Habits {
    fn demand(&self, place: usize, minute: i64) -> f64 {
        let (gateway, hour, size) = self.peak;
        if place != gateway {
            return 1.0;
        }
        // Up within ten minutes and down within ten.
        let into = (minute + KOREA).rem_euclid(MINUTES_A_DAY) - hour * 60;
        let edge = (into.min(60 - into)).clamp(0, 10);
        1.0 + (size - 1.0) * whole_minutes(edge) / 10.0
    }

    fn batch_cpu(&self, place: usize, minute: i64) -> f64 {
        let (batch, hour) = self.batch;
        let into = (minute + KOREA).rem_euclid(MINUTES_A_DAY) - hour * 60;
        if place == batch && (5..55).contains(&into) { 0.82 } else { 0.0 }
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes since 1970 stay far below 2^52")]
pub(super) fn whole_minutes(minute: i64) -> f64 {
    minute as f64
}

/// How busy the shop is: by the hour in Korea, and less at weekends.
pub(super) fn season(minute: i64) -> f64 {
    let local = minute + KOREA;
    let hour = whole_minutes(local.rem_euclid(MINUTES_A_DAY)) / 60.0;
    let hump = |at: f64, wide: f64| (-((hour - at) / wide).powi(2)).exp();
    let day = 0.25 + 0.6 * hump(12.5, 3.5) + 0.75 * hump(20.5, 3.0) + 0.25 * hump(-3.5, 3.0);
    let weekday = (local.div_euclid(MINUTES_A_DAY) + 3).rem_euclid(7);
    day * if weekday >= 5 { 0.85 } else { 1.0 }
}

/// The part of lognormal times of a mean that pass a limit.
fn above(limit: f64, mean: f64) -> f64 {
    let z = ((limit / mean.max(1e-6)).ln() + TAIL * TAIL / 2.0) / TAIL;
    1.0 / (1.0 + (1.5976 * z + 0.070_565 * z * z * z).exp())
}

/// Whether errors or time of a workload left what is usual, and by how much.
pub(super) fn moved(estate: &Estate, before: &[Moment], during: &[Moment], place: usize) -> Moved {
    let mean = |moments: &[Moment], of: fn(&Moment) -> &Row| {
        let sum: f64 = moments.iter().map(|moment| of(moment).at(place)).sum();
        sum / super::draw::real(moments.len().max(1))
    };
    let latency = |moments: &[Moment]| mean(moments, |moment| &moment.latency);
    let errors = |moments: &[Moment]| mean(moments, |moment| &moment.errors);
    let slower = latency(during) / latency(before).max(1e-6);
    let is_seen = estate.role(place) != Role::Batch;
    Moved { slower: if is_seen { slower } else { 1.0 }, failing: errors(during) - errors(before) }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moved {
    /// Time of a request against what is usual.
    pub(super) slower: f64,
    /// Part of requests that fail beyond what is usual.
    pub(super) failing: f64,
}

impl Moved {
    pub(super) fn is_felt(self) -> bool {
        self.slower > 1.3 || self.failing > 0.01
    }
}
