//! Single requests, drawn from what the flow is like in their minute: every call with its tries, times and failures.

use rand_chacha::ChaCha8Rng;

use super::{
    draw::{between, factor, happens, hex, pick},
    estate::{Estate, Role, TAIL},
    flow::Moment,
};

// Deep enough for every estate; a bound all the same.
const DEEPEST: usize = 12;
const REFUSED_MS: f64 = 4.0;

/// Why a request or a call of it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// In the workload itself.
    Own,
    /// The replica was killed.
    Killed,
    /// No room in the queue.
    Rejected,
    /// A call failed: to whom.
    Timeout(usize),
    Refused(usize),
    Throttled(usize),
    Lost(usize),
    Answered(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Server,
    /// A call to a workload, by the how-many-th try.
    Client(usize, i32),
}

/// A span that some workload writes.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) trace: String,
    pub(super) id: String,
    pub(super) parent: String,
    pub(super) at: usize,
    pub(super) side: Side,
    pub(super) minute: i64,
    /// From the beginning of the minute.
    pub(super) start_ms: f64,
    pub(super) duration_ms: f64,
    pub(super) why: Option<Why>,
}

/// One request from outside, as spans in the order in which they end.
pub(super) fn request(estate: &Estate, moment: &Moment, random: &mut ChaCha8Rng) -> Vec<Drawn> {
    let gateways = estate.of(&[Role::Gateway]);
    let all: f64 = gateways.iter().map(|place| moment.rps.at(*place)).sum();
    let mut left = between(random, 0.0, all);
    let entry = gateways.iter().find(|place| {
        left -= moment.rps.at(**place);
        left <= 0.0
    });
    let entry = entry.or(gateways.last()).copied().unwrap_or_default();
    let start = between(random, 0.0, 59_000.0);
    let mut walk = Walk { estate, moment, random, spans: Vec::new() };
    let trace = hex(walk.random, 32);
    walk.serve(entry, start, &Context { trace, parent: String::new(), depth: 0 });
    walk.spans
}

struct Context {
    trace: String,
    parent: String,
    depth: usize,
}

struct Walk<'a> {
    estate: &'a Estate,
    moment: &'a Moment,
    random: &'a mut ChaCha8Rng,
    spans: Vec<Drawn>,
}

impl Walk<'_> {
    // The callee's side; returns how long it took and whether it failed.
    fn serve(&mut self, place: usize, start: f64, context: &Context) -> (f64, Option<Why>) {
        let Some(workload) = self.estate.workloads.get(place) else { return (0.0, None) };
        let id = hex(self.random, 16);
        let inner =
            Context { trace: context.trace.clone(), parent: id.clone(), depth: context.depth + 1 };
        let (took, why) = self.work(place, start, &inner);
        if workload.is_traced {
            self.spans.push(Drawn {
                trace: context.trace.clone(),
                id,
                parent: context.parent.clone(),
                at: place,
                side: Side::Server,
                minute: self.moment.minute,
                start_ms: start,
                duration_ms: took,
                why,
            });
        }
        (took, why)
    }

    fn work(&mut self, place: usize, start: f64, inner: &Context) -> (f64, Option<Why>) {
        let moment = self.moment;
        if happens(self.random, moment.rejected.at(place)) {
            return (between(self.random, 0.5, 3.0), Some(Why::Rejected));
        }
        let wait = moment.wait.at(place) * factor(self.random, 0.3);
        let own = moment.own.at(place) * factor(self.random, TAIL);
        let mut at = start + wait + own * 0.4;
        if inner.depth < DEEPEST {
            let links: Vec<usize> = self.estate.calls_of(place).map(|(number, _)| number).collect();
            for number in links {
                let calls = moment.calls.at(number);
                let whole = calls.floor();
                let count = whole + f64::from(u8::from(happens(self.random, calls - whole)));
                for _ in 0..super::draw::whole(count) {
                    let (took, why) = self.call(number, at, inner);
                    at += took;
                    if why.is_some() {
                        return (at - start, why);
                    }
                }
            }
        }
        let why = happens(self.random, moment.own_errors.at(place))
            .then(|| if moment.killed.at(place) > 0.0 { Why::Killed } else { Why::Own });
        (at + own * 0.6 - start, why)
    }

    // All tries of one call. A workload that writes no spans hands no context on either: what it calls begins traces of
    // its own.
    fn call(&mut self, number: usize, start: f64, inner: &Context) -> (f64, Option<Why>) {
        let Some(link) = self.estate.links.get(number) else { return (0.0, None) };
        let tries = super::draw::whole(self.moment.tries.at(number));
        let mut at = start;
        let mut last = None;
        let writes = self.estate.workloads.get(link.from).is_some_and(|one| one.is_traced);
        for tried in (1_i32..).take(tries) {
            let id = hex(self.random, 16);
            let context = if writes {
                Context { trace: inner.trace.clone(), parent: id.clone(), depth: inner.depth }
            } else {
                let trace = hex(self.random, 32);
                Context { trace, parent: String::new(), depth: inner.depth }
            };
            let (took, why) = self.attempt(number, link.to, at, &context);
            if writes {
                self.spans.push(Drawn {
                    trace: inner.trace.clone(),
                    id,
                    parent: inner.parent.clone(),
                    at: link.from,
                    side: Side::Client(link.to, tried),
                    minute: self.moment.minute,
                    start_ms: at,
                    duration_ms: took,
                    why,
                });
            }
            at += took;
            last = why;
            if why.is_none() {
                break;
            }
        }
        (at - start, if link.is_optional { None } else { last })
    }

    fn attempt(
        &mut self,
        number: usize,
        to: usize,
        start: f64,
        context: &Context,
    ) -> (f64, Option<Why>) {
        let moment = self.moment;
        let timeout = moment.timeout_ms.at(number);
        let quick = REFUSED_MS * factor(self.random, 0.3);
        if happens(self.random, moment.refused.at(number)) {
            return (quick, Some(Why::Refused(to)));
        }
        if happens(self.random, moment.throttled.at(number)) {
            return (quick, Some(Why::Throttled(to)));
        }
        if happens(self.random, moment.loss.at(number)) {
            return (timeout, Some(Why::Lost(to)));
        }
        let extra = moment.extra_ms.at(number) * factor(self.random, 0.3);
        let (took, why) = self.serve(to, start + extra / 2.0, context);
        let took = took + extra + between(self.random, 0.2, 0.8);
        if took > timeout {
            return (timeout, Some(Why::Timeout(to)));
        }
        (took, why.map(|_| Why::Answered(to)))
    }
}

/// The paths of a workload that requests ask for.
pub(super) fn route(estate: &Estate, place: usize, random: &mut ChaCha8Rng) -> String {
    let name = estate.name(place).split('-').next().unwrap_or_default().to_owned();
    let ends = ["/{id}", "", "/search", "/{id}/detail"];
    format!("/v1/{name}{}", pick(random, &ends).copied().unwrap_or_default())
}
