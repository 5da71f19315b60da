//! Which incidents befall a company: what breaks, where, when, how far it is felt, and what was changed meanwhile.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use wherefore_contract::incident::{CauseKind, Signal};

use super::{
    draw::{among, between, happens, pick},
    estate::{Estate, Role},
    fault::{Effect, Fault, Habits},
    flow::{Flow, Moment, Moved, moved, whole_minutes},
};

mod broken;
mod healthy;

/// Minutes before the onset that are told in full.
pub(super) const REFERENCE: i64 = 120;
/// Minutes after it.
pub(super) const AFTER: i64 = 30;
// So many times a fault that nobody feels is made larger.
const LARGER: usize = 7;
// So many workloads are tried before a plot is given up.
const TRIES: usize = 8;
// How much larger each time.
const BY: f64 = 1.5;
const FAR: f64 = 1e12;

/// Something that was changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Planned {
    pub(super) minute: i64,
    pub(super) at: usize,
    pub(super) what: What,
    /// Whether it is what broke.
    pub(super) is_cause: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Deployment,
    /// The pool of connections, from and to.
    Pool(u32, u32),
    /// The timeout of calls, in milliseconds, from and to.
    Timeout(u32, u32),
    /// More tasks than before, from and to.
    Scaling(u32, u32),
}

/// One incident, or a healthy window on which an alarm fires.
#[derive(Debug, Clone)]
pub(super) struct Incident {
    pub(super) story: &'static str,
    /// `None` for healthy windows.
    pub(super) cause: Option<Cause>,
    pub(super) faults: Vec<Fault>,
    pub(super) onset: i64,
    /// When somebody asks or the alarm fires.
    pub(super) asked: i64,
    pub(super) symptom: (usize, Signal),
    pub(super) changes: Vec<Planned>,
    /// Every minute from the reference's first.
    pub(super) moments: Vec<Moment>,
}

#[derive(Debug, Clone)]
pub(super) struct Cause {
    pub(super) at: usize,
    pub(super) kind: CauseKind,
    pub(super) signal: Signal,
    /// Other names that are right, each with why it may be named: its own place on the way.
    pub(super) also: Vec<usize>,
    /// Ways from the cause to the symptom, the shortest first.
    pub(super) paths: Vec<Vec<usize>>,
    /// Workloads that the incident can be felt at.
    pub(super) felt: Vec<usize>,
}

/// An incident as it is drawn, before it is known how far it is felt.
struct Plot {
    story: &'static str,
    kind: CauseKind,
    /// What a cause is named by, and what stands first on the way through calls.
    cause: usize,
    /// Where the trouble enters the calls; the cause itself but for neighbours.
    enters: usize,
    signal: Signal,
    also: Vec<usize>,
    faults: Vec<Fault>,
    changes: Vec<Planned>,
}

/// All that befalls a company, in the order of time.
pub(super) struct Stories {
    pub(super) incidents: Vec<Incident>,
    /// What acts over weeks, for the hours between incidents.
    pub(super) lasting: Vec<Fault>,
    pub(super) habits: Habits,
    /// Deployments outside of all windows.
    pub(super) changes: Vec<Planned>,
}

impl Incident {
    pub(super) fn before(&self) -> &[Moment] {
        self.moments.get(..place(REFERENCE)).unwrap_or_default()
    }

    /// From the minute in which the trouble is at its strength.
    pub(super) fn during(&self) -> &[Moment] {
        self.moments.get(place(REFERENCE + 6)..).unwrap_or_default()
    }
}

fn place(minutes: i64) -> usize {
    usize::try_from(minutes).unwrap_or_default()
}

/// Draws everything. Hosts, retries and habits of the estate are fitted to what happens.
pub(super) fn draw(estate: &mut Estate, first_day: i64, random: &mut ChaCha8Rng) -> Stories {
    let habits = healthy::habits(estate, random);
    let mut days: Vec<i64> = (3..=22).collect();
    days.shuffle(random);
    let mut days = days.into_iter();
    let mut hour = |random: &mut ChaCha8Rng| {
        let day = days.next().unwrap_or(23);
        // Shopping hours in Korea, away from the daily sale.
        let mut hour =
            if happens(random, 0.5) { among(random, 10, 14) } else { among(random, 18, 22) };
        let (_, peak, _) = habits.peak;
        if (hour..=hour + 2).any(|hour| i64::try_from(hour) == Ok(peak)) {
            hour = 15;
        }
        let minute = i64::try_from(hour * 60 + among(random, 3, 57)).unwrap_or_default();
        (first_day + day) * 1440 + minute - 9 * 60
    };
    let mut incidents = Vec::new();
    let mut lasting = Vec::new();
    let mut taken = Vec::new();
    for plot in broken::PLOTS {
        let drawn = hour(random);
        let onset = if plot == broken::Plan::Leak {
            (first_day + 26) * 1440 + drawn.rem_euclid(1440)
        } else if plot == broken::Plan::Certificate {
            // Certificates end on the hour.
            drawn / 60 * 60
        } else {
            drawn
        };
        let mut happened = None;
        for _ in 0..TRIES {
            let drawn = broken::draw(plot, estate, onset, &taken, random);
            let Some(plot) = drawn else { continue };
            let (enters, faults) = (plot.enters, plot.faults.clone());
            happened = happen(estate, &plot, habits, onset, &lasting, random);
            if happened.is_some() {
                taken.push(enters);
                let is_slow = |fault: &&Fault| matches!(fault.effect, Effect::Leak { .. });
                lasting.extend(faults.iter().filter(is_slow).copied());
                break;
            }
        }
        incidents.extend(happened);
    }
    for control in healthy::CONTROLS {
        let onset = healthy::onset(control, hour(random), habits);
        incidents.push(healthy::happen(estate, control, habits, onset, &lasting, random));
    }
    incidents.sort_by_key(|incident| incident.onset);
    let changes = between_incidents(estate, first_day, &taken, random);
    Stories { incidents, lasting, habits, changes }
}

// Every workload is deployed now and then, the one that leaks only once.
fn between_incidents(
    estate: &Estate,
    first_day: i64,
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Vec<Planned> {
    let own = estate.of(&[Role::Gateway, Role::Api, Role::Core]);
    let free = own.into_iter().filter(|at| !taken.contains(at));
    let days: Vec<(usize, i64)> = free
        .flat_map(|at| [(at, among(random, 0, 11)), (at, among(random, 12, 24))])
        .map(|(at, day)| (at, i64::try_from(day).unwrap_or_default()))
        .collect();
    // Early in the Korean morning, when no incident is told.
    days.into_iter()
        .map(|(at, day)| Planned {
            minute: (first_day + day) * 1440 - 2 * 60 + i64::try_from(at).unwrap_or_default() * 3,
            at,
            what: What::Deployment,
            is_cause: false,
        })
        .collect()
}

/// Simulates the window of an incident.
fn simulate(
    estate: &Estate,
    faults: &[Fault],
    habits: Habits,
    onset: i64,
    random: &mut ChaCha8Rng,
) -> Vec<Moment> {
    let mut flow = Flow::new(estate, faults, habits);
    for minute in onset - REFERENCE - 5..onset - REFERENCE {
        flow.minute(minute, random);
    }
    (onset - REFERENCE..onset + AFTER).map(|minute| flow.minute(minute, random)).collect()
}

// Lets a plot happen, larger until it is felt by a caller (or, where nobody calls, at the place itself).
fn happen(
    estate: &Estate,
    plot: &Plot,
    habits: Habits,
    onset: i64,
    lasting: &[Fault],
    random: &mut ChaCha8Rng,
) -> Option<Incident> {
    let start = random.clone();
    let mut faults = plot.faults.clone();
    for _ in 0..LARGER {
        *random = start.clone();
        let mut all = faults.clone();
        all.extend(lasting.iter().filter(|fault| !plot.faults.contains(fault)));
        let mut incident = Incident {
            story: plot.story,
            cause: None,
            faults: all,
            onset,
            asked: onset + 7 + i64::try_from(among(random, 0, 4)).unwrap_or_default(),
            symptom: (plot.cause, plot.signal),
            changes: plot.changes.clone(),
            moments: Vec::new(),
        };
        incident.moments = simulate(estate, &incident.faults, habits, onset, random);
        if let Some((symptom, cause)) = follow(estate, plot, &incident, random) {
            incident.symptom = symptom;
            incident.cause = Some(cause);
            incident.changes.extend(beside(estate, plot, onset, random));
            return Some(incident);
        }
        for fault in &mut faults {
            *fault = fault.scaled(BY);
        }
    }
    None
}

// Innocent deployments of the hours before, at workloads that have nothing to do with it.
fn beside(estate: &Estate, plot: &Plot, onset: i64, random: &mut ChaCha8Rng) -> Vec<Planned> {
    let own = estate.of(&[Role::Gateway, Role::Api, Role::Core]);
    let free: Vec<usize> = own.into_iter().filter(|at| *at != plot.enters).collect();
    let mut all = Vec::new();
    for _ in 0..among(random, 1, 2) {
        let before = i64::try_from(among(random, 25, 100)).unwrap_or_default();
        let what = if happens(random, 0.7) { What::Deployment } else { What::Scaling(4, 6) };
        let Some(at) = pick(random, &free).copied() else { continue };
        all.push(Planned { minute: onset - before, at, what, is_cause: false });
    }
    all
}

// Where it is felt, whom the symptom is seen at, and the ways between; `None` while it is not felt enough.
fn follow(
    estate: &Estate,
    plot: &Plot,
    incident: &Incident,
    random: &mut ChaCha8Rng,
) -> Option<((usize, Signal), Cause)> {
    let cause = |paths: Vec<Vec<usize>>, felt: Vec<usize>| Cause {
        at: plot.cause,
        kind: plot.kind,
        signal: plot.signal,
        also: plot.also.clone(),
        paths,
        felt,
    };
    if plot.kind == CauseKind::CostSpike {
        return Some(((plot.cause, Signal::Cost), cause(vec![vec![plot.cause]], vec![plot.cause])));
    }
    let moved_at = |place: usize| moved(estate, incident.before(), incident.during(), place);
    let is_strong = |moved: Moved| moved.slower > 1.6 || moved.failing > 0.03;
    let felt: Vec<usize> = (0..estate.workloads.len())
        .filter(|place| *place != plot.enters && moved_at(*place).is_felt())
        .collect();
    let is_entry = estate.role(plot.enters) == Role::Gateway;
    let candidates: Vec<usize> = if is_entry {
        vec![plot.enters]
    } else {
        let above = felt.iter().copied();
        above.filter(|place| matches!(estate.role(*place), Role::Gateway | Role::Api)).collect()
    };
    let mut seen: Vec<(usize, Vec<Vec<usize>>)> = candidates
        .into_iter()
        .filter(|place| is_strong(moved_at(*place)))
        .map(|place| (place, ways(estate, plot, place, &felt)))
        .filter(|(_, ways)| !ways.is_empty())
        .collect();
    if plot.story == "retry_storm" && !lasts(incident, plot.enters) {
        return None;
    }
    seen.shuffle(random);
    let (symptom, paths) = seen.into_iter().next()?;
    let moved = moved_at(symptom);
    let signal = if moved.failing > 0.03 { Signal::Errors } else { Signal::Latency };
    let mut felt = felt;
    felt.insert(0, plot.enters);
    Some(((symptom, signal), cause(paths, felt)))
}

// A storm goes on when what set it off is over.
fn lasts(incident: &Incident, place: usize) -> bool {
    incident.moments.last().is_some_and(|moment| {
        let usual = incident.moments.first().map_or(1.0, |first| first.rps.at(place));
        moment.rps.at(place) > 1.5 * usual
    })
}

// All ways through callers that feel it, the shortest first, then by places.
fn ways(estate: &Estate, plot: &Plot, symptom: usize, felt: &[usize]) -> Vec<Vec<usize>> {
    let mut done = Vec::new();
    let begin =
        if plot.cause == plot.enters { vec![plot.cause] } else { vec![plot.cause, plot.enters] };
    let mut open = vec![begin];
    while let Some(way) = open.pop() {
        let Some(last) = way.last().copied() else { continue };
        if last == symptom {
            done.push(way);
            continue;
        }
        for (_, link) in estate.callers_of(last) {
            let is_free =
                felt.contains(&link.from) && !way.contains(&link.from) && !link.is_optional;
            if is_free {
                let mut next = way.clone();
                next.push(link.from);
                open.push(next);
            }
        }
    }
    done.sort_by(|one, other| one.len().cmp(&other.len()).then_with(|| one.cmp(other)));
    done
}

/// A fault from a minute on, to the end of its window and on for hours.
fn from(minute: i64, ramp: f64, effect: Effect) -> Fault {
    Fault { effect, start: whole_minutes(minute), ramp, end: FAR }
}
