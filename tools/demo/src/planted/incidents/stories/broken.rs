//! Incidents with a cause.

use rand_chacha::ChaCha8Rng;
use wherefore_contract::incident::{CauseKind, Signal};

use super::{
    Effect, Estate, Fault, Planned, Plot, Role, What, among, between, from, happens, pick,
};
use crate::planted::incidents::{estate::PLACES, flow::whole_minutes};

/// The plots, in the order in which they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::planted::incidents) enum Plan {
    Leak,
    Storm,
    Deployment,
    Dependency,
    Neighbour,
    Quota,
    Certificate,
    Config,
    Cost,
    Herring,
    Surge,
    Network,
}

pub(super) const PLOTS: [Plan; 12] = [
    Plan::Leak,
    Plan::Storm,
    Plan::Deployment,
    Plan::Dependency,
    Plan::Neighbour,
    Plan::Quota,
    Plan::Certificate,
    Plan::Config,
    Plan::Cost,
    Plan::Herring,
    Plan::Surge,
    Plan::Network,
];
// Days from a leaking deployment to its end.
const LEAK_DAYS: (f64, f64) = (15.0, 22.0);

/// Draws a plot that begins at a minute, away from workloads that others took.
pub(super) fn draw(
    plan: Plan,
    estate: &mut Estate,
    onset: i64,
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Option<Plot> {
    match plan {
        Plan::Leak => leak(free(estate, &[Role::Core], taken, random)?, onset, random),
        Plan::Storm => storm(estate, onset, taken, random),
        Plan::Deployment => {
            deployment(free(estate, &[Role::Core, Role::Api], taken, random)?, onset, random)
        }
        Plan::Dependency => dependency(estate, onset, taken, random),
        Plan::Neighbour => neighbour(estate, onset, taken, random),
        Plan::Quota => quota(estate, onset, taken, random),
        Plan::Certificate => certificate(estate, onset, taken, random),
        Plan::Config => config(free(estate, &[Role::Core], taken, random)?, onset, random),
        Plan::Cost => cost(free(estate, &[Role::Core], taken, random)?, onset, random),
        Plan::Herring => herring(estate, onset, taken, random),
        Plan::Surge => surge(estate, onset, random),
        Plan::Network => network(estate, onset, taken, random),
    }
}

// A workload that nothing else befalls and whose logs are there; any of the roles where all are taken.
fn free(
    estate: &Estate,
    roles: &[Role],
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Option<usize> {
    let all = estate.of(roles);
    let told = |at: &usize| {
        estate.workloads.get(*at).is_some_and(|workload| Some(&workload.place) != PLACES.last())
    };
    let fresh = |at: &usize| !taken.contains(at);
    let best: Vec<usize> = all.iter().copied().filter(|at| fresh(at) && told(at)).collect();
    let good: Vec<usize> = all.iter().copied().filter(told).collect();
    [best, good, all].iter().find_map(|list| pick(random, list).copied())
}

fn plot(story: &'static str, kind: CauseKind, at: usize, signal: Signal) -> Plot {
    Plot {
        story,
        kind,
        cause: at,
        enters: at,
        signal,
        also: Vec::new(),
        faults: Vec::new(),
        changes: Vec::new(),
    }
}

fn changed(minute: i64, at: usize, what: What) -> Vec<Planned> {
    vec![Planned { minute, at, what, is_cause: true }]
}

#[expect(clippy::unnecessary_wraps, reason = "plots are drawn alike")]
fn leak(at: usize, onset: i64, random: &mut ChaCha8Rng) -> Option<Plot> {
    let days = between(random, LEAK_DAYS.0, LEAK_DAYS.1);
    let before = i64::try_from(super::super::draw::whole(days * 1440.0)).unwrap_or_default();
    // At its limit, and killed again and again, a little before the onset is asked about.
    let start = whole_minutes(onset - before);
    let effect = Effect::Leak { at };
    let end = whole_minutes(onset + 180);
    let fault = Fault { effect, start, ramp: days * 1440.0, end };
    // From then on replicas are killed in turn, and the requests on them die with them.
    let share = between(random, 0.12, 0.3);
    let killed = Fault { end, ..from(onset, 3.0, Effect::Errors { at, share }) };
    Some(Plot {
        faults: vec![fault, killed],
        changes: changed(onset - before, at, What::Deployment),
        ..plot("resource_leak", CauseKind::ResourceLeak, at, Signal::Saturation)
    })
}

fn storm(estate: &Estate, onset: i64, taken: &[usize], random: &mut ChaCha8Rng) -> Option<Plot> {
    let at = free(estate, &[Role::Core], taken, random)?;
    // A short stop, such as a failover: it is over after some minutes, what it set off is not.
    let start = whole_minutes(onset);
    let effect = Effect::Slow { at, factor: between(random, 12.0, 20.0) };
    let trigger = Fault { effect, start, ramp: 0.0, end: start + between(random, 2.0, 4.0) };
    // Clients that try five times, as they did on that day and the day before.
    let (effect, day) = (Effect::Tries { to: at, tries: 5 }, 1440.0);
    let tries = Fault { effect, start: start - day, ramp: 0.0, end: start + day };
    Some(Plot {
        also: estate.callers(at),
        faults: vec![tries, trigger],
        ..plot("retry_storm", CauseKind::RetryStorm, at, Signal::Traffic)
    })
}

#[expect(clippy::unnecessary_wraps, reason = "plots are drawn alike")]
fn deployment(at: usize, onset: i64, random: &mut ChaCha8Rng) -> Option<Plot> {
    let ramp = between(random, 1.0, 4.0);
    let (effect, signal) = if happens(random, 0.5) {
        (Effect::Errors { at, share: between(random, 0.12, 0.4) }, Signal::Errors)
    } else {
        (Effect::Slow { at, factor: between(random, 5.0, 10.0) }, Signal::Latency)
    };
    Some(Plot {
        faults: vec![from(onset, ramp, effect)],
        changes: changed(onset, at, What::Deployment),
        ..plot("bad_deployment", CauseKind::BadDeployment, at, signal)
    })
}

fn dependency(
    estate: &Estate,
    onset: i64,
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Option<Plot> {
    let at = free(estate, &[Role::Outside], taken, random)?;
    let (effect, signal) = if happens(random, 0.5) {
        (Effect::Errors { at, share: between(random, 0.25, 0.7) }, Signal::Errors)
    } else {
        (Effect::Slow { at, factor: between(random, 4.0, 12.0) }, Signal::Latency)
    };
    Some(Plot {
        also: estate.callers(at),
        faults: vec![from(onset, between(random, 0.0, 3.0), effect)],
        ..plot("dependency_failure", CauseKind::DependencyFailure, at, signal)
    })
}

fn neighbour(
    estate: &mut Estate,
    onset: i64,
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Option<Plot> {
    let at = free(estate, &[Role::Core], taken, random)?;
    let batch = estate.of(&[Role::Batch]).first().copied()?;
    let (host, place) =
        estate.workloads.get(at).map(|workload| (workload.host.clone(), workload.place))?;
    let moved = estate.workloads.get_mut(batch)?;
    (moved.host, moved.place) = (host, place);
    let ramp = between(random, 1.0, 3.0);
    let works = Effect::Works { at: batch, share: between(random, 0.7, 0.9) };
    let stolen = Effect::Stolen { at, share: between(random, 0.5, 0.65) };
    Some(Plot {
        cause: batch,
        also: vec![at],
        faults: vec![from(onset, ramp, works), from(onset, ramp, stolen)],
        ..plot("noisy_neighbour", CauseKind::NoisyNeighbour, at, Signal::Saturation)
    })
}

fn quota(estate: &Estate, onset: i64, taken: &[usize], random: &mut ChaCha8Rng) -> Option<Plot> {
    let to = free(estate, &[Role::Outside], taken, random)?;
    let at = estate.callers(to).first().copied()?;
    // The limit stands where an ordinary day's evening nearly reaches; a loop in a client passes it.
    let limit = estate.usual_rps.at(to) * between(random, 1.05, 1.2);
    let more = Effect::More { from: at, to, factor: between(random, 2.2, 3.5) };
    let limited = Fault {
        effect: Effect::Limit { to, rps: limit },
        start: whole_minutes(onset - 60 * 24),
        ramp: 0.0,
        end: whole_minutes(onset + 60 * 24),
    };
    Some(Plot {
        also: vec![to],
        faults: vec![limited, from(onset - 2, 4.0, more)],
        ..plot("quota_reached", CauseKind::QuotaReached, at, Signal::Errors)
    })
}

fn certificate(
    estate: &Estate,
    onset: i64,
    taken: &[usize],
    random: &mut ChaCha8Rng,
) -> Option<Plot> {
    let at = free(estate, &[Role::Core, Role::Database], taken, random)?;
    let effect = Effect::Refuse { to: at, share: 1.0 };
    Some(Plot {
        also: estate.callers(at),
        faults: vec![from(onset, 0.0, effect)],
        ..plot("certificate_expired", CauseKind::CertificateExpired, at, Signal::Errors)
    })
}

#[expect(clippy::unnecessary_wraps, reason = "plots are drawn alike")]
fn config(at: usize, onset: i64, random: &mut ChaCha8Rng) -> Option<Plot> {
    let (effect, what, signal) = if happens(random, 0.5) {
        (Effect::Slots { at, factor: 0.15 }, What::Pool(40, 6), Signal::Saturation)
    } else {
        (Effect::Timeouts { from: at, factor: 0.1 }, What::Timeout(3000, 300), Signal::Errors)
    };
    let before = i64::try_from(among(random, 0, 1)).unwrap_or_default();
    Some(Plot {
        faults: vec![from(onset, 0.0, effect)],
        changes: changed(onset - before, at, what),
        ..plot("config_change", CauseKind::ConfigChange, at, signal)
    })
}

#[expect(clippy::unnecessary_wraps, reason = "plots are drawn alike")]
fn cost(at: usize, onset: i64, random: &mut ChaCha8Rng) -> Option<Plot> {
    let effect = Effect::Spend { at, factor: between(random, 30.0, 80.0) };
    Some(Plot {
        faults: vec![from(onset, 4.0, effect)],
        ..plot("cost_spike", CauseKind::CostSpike, at, Signal::Cost)
    })
}

// A database is worn out by a query of its own; an api above it had been deployed minutes before, and is innocent.
fn herring(estate: &Estate, onset: i64, taken: &[usize], random: &mut ChaCha8Rng) -> Option<Plot> {
    let at = free(estate, &[Role::Database], taken, random)?;
    let works = Effect::Works { at, share: between(random, 0.5, 0.56) };
    let before = i64::try_from(among(random, 4, 9)).unwrap_or_default();
    let mut above = estate.callers(at);
    let further: Vec<usize> = above.iter().flat_map(|core| estate.callers(*core)).collect();
    above.extend(further);
    let innocent = pick(random, &above).copied()?;
    let mut changes = changed(onset - before, innocent, What::Deployment);
    for change in &mut changes {
        change.is_cause = false;
    }
    Some(Plot {
        faults: vec![from(onset, between(random, 1.0, 3.0), works)],
        changes,
        ..plot("red_herring", CauseKind::ResourceSaturation, at, Signal::Saturation)
    })
}

fn surge(estate: &Estate, onset: i64, random: &mut ChaCha8Rng) -> Option<Plot> {
    let at = pick(random, &estate.of(&[Role::Gateway])).copied()?;
    let effect = Effect::Surge { at, factor: between(random, 2.5, 4.0) };
    Some(Plot {
        faults: vec![from(onset, between(random, 3.0, 6.0), effect)],
        ..plot("traffic_surge", CauseKind::TrafficSurge, at, Signal::Traffic)
    })
}

fn network(estate: &Estate, onset: i64, taken: &[usize], random: &mut ChaCha8Rng) -> Option<Plot> {
    let to = free(estate, &[Role::Core], taken, random)?;
    let from_at = pick(random, &estate.callers(to)).copied()?;
    let effect = Effect::Net {
        from: from_at,
        to,
        extra_ms: between(random, 80.0, 300.0),
        loss: between(random, 0.01, 0.05),
    };
    Some(Plot {
        also: vec![from_at],
        faults: vec![from(onset, between(random, 0.0, 2.0), effect)],
        ..plot("network_fault", CauseKind::NetworkFault, to, Signal::Latency)
    })
}
