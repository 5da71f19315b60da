//! Runs the checks: what each looked at, and what it proposes.

mod idle;
mod retention;
mod swap;
pub(super) mod telemetry;
mod time;
mod unread;

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    After, Basis, Candidate, Effect, Share,
    estate::{Estate, View},
    rules::{Action, Check, Find, Rules, is_any, is_of},
};

/// What one check looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    pub check: String,
    /// Lines of its usage types, and what they cost.
    pub lines: usize,
    /// How many usage types those are.
    pub kinds: usize,
    pub cost: Decimal,
    pub found: usize,
    pub reach: Reach,
}

/// Whether the loaded data let a check tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Told,
    /// Too few days are loaded.
    ShortHistory,
    /// Use is charged to other resources than the running time, so that nothing can be called idle, for some.
    Unpaired,
    /// What it needs beside the bill is not loaded.
    NotLoaded,
    /// It reads telemetry, and none is loaded that tells.
    NoTelemetry,
}

impl Reach {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::ShortHistory => "short_history",
            Self::Unpaired => "unpaired",
            Self::NotLoaded => "not_loaded",
            Self::NoTelemetry => "no_telemetry",
        }
    }
}

/// Cost that may shrink, by how much nobody knows before looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    pub candidate: Candidate,
    pub cost: Decimal,
    pub up_to: Decimal,
}

/// What a check found.
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) reach: Reach,
}

impl Found {
    fn told(candidates: Vec<Candidate>) -> Self {
        Self { candidates, reach: Reach::Told }
    }
}

/// Runs `checks` over the estate: their proposals, and what each looked at, in their order.
#[must_use]
pub fn check(estate: &Estate, rules: &Rules, checks: &[&Check]) -> (Vec<Candidate>, Vec<Looked>) {
    let view = View::of(estate);
    let mut all = Vec::new();
    let mut looked = Vec::new();
    for check in checks {
        let found = run(&view, rules, check);
        let lines: Vec<_> = estate
            .lines
            .iter()
            .filter(|line| is_subject(&line.usage_type, &check.find))
            .filter(|line| is_served(line.cloud_service.as_str(), &check.find))
            .collect();
        looked.push(Looked {
            check: check.id.clone(),
            lines: lines.len(),
            kinds: lines.iter().map(|line| &line.usage_type).collect::<BTreeSet<_>>().len(),
            cost: lines.iter().map(|line| line.cost).sum(),
            found: found.candidates.len(),
            reach: found.reach,
        });
        all.extend(found.candidates);
    }
    (all, looked)
}

fn run(view: &View<'_>, rules: &Rules, check: &Check) -> Found {
    let estate = view.estate;
    match &check.find {
        Find::Idle { .. } => idle::idle(view, rules, check),
        Find::Charged { what } => Found::told(whole(estate, check, what)),
        Find::Alone { what, beside, beside_services } => {
            Found::told(alone(estate, check, what, beside, beside_services))
        }
        Find::Aged { what, months } => time::aged(estate, check, what, *months),
        Find::Schedule { what, from_hour, to_hour, .. } => {
            Found::told(time::schedule(estate, rules, check, what, *from_hour..*to_hour))
        }
        Find::Rename { swaps, .. } => Found::told(swap::rename(view, check, swaps)),
        Find::Swap { .. } => Found::told(swap::swap(view, check)),
        Find::Unread { .. } => unread::unread(view, rules, check),
        // Others propose these: what they need is no line of the bill.
        Find::Commit | Find::Scaling | Find::Calls => Found::told(Vec::new()),
        Find::Retention { .. } => Found::told(retention::retention(view, check)),
        // What only measuring can find: the telemetry of the estate is judged afterwards.
        Find::Quiet { .. } | Find::Shrink { .. } | Find::Rightsize(_) | Find::QuietHours { .. } => {
            Found { candidates: Vec::new(), reach: Reach::NoTelemetry }
        }
        Find::Share { what, high, services } => {
            Found::told(share(estate, check, what, *high, services))
        }
    }
}

// Whether a check is about this usage type, rather than only looking at it.
fn is_subject(usage_type: &str, find: &Find) -> bool {
    match find {
        Find::Idle { runs, .. } | Find::Quiet { runs, .. } => is_any(usage_type, runs),
        Find::Rightsize(size) => is_of(usage_type, &size.marker),
        Find::Charged { what }
        | Find::Alone { what, .. }
        | Find::Aged { what, .. }
        | Find::Schedule { what, .. }
        | Find::Shrink { what, .. }
        | Find::QuietHours { what, .. }
        | Find::Share { what, .. } => is_any(usage_type, what),
        Find::Swap { marker, swaps, .. } => usage_type
            .split_once(marker.as_str())
            .map(|(_, rest)| rest.split('.').next().unwrap_or(rest))
            .is_some_and(|family| swaps.iter().any(|swap| swap.from == family)),
        Find::Unread { storage, .. } | Find::Retention { storage, .. } => {
            is_of(usage_type, storage)
        }
        Find::Rename { swaps, .. } => swaps.iter().any(|swap| is_of(usage_type, &swap.from)),
        Find::Commit | Find::Scaling | Find::Calls => false,
    }
}

pub(super) fn is_served(cloud_service: &str, find: &Find) -> bool {
    match find {
        Find::Share { services, .. }
        | Find::Unread { services, .. }
        | Find::Schedule { services, .. }
        | Find::Retention { services, .. }
        | Find::Quiet { services, .. }
        | Find::Rename { services, .. } => {
            services.is_empty() || services.iter().any(|name| name == cloud_service)
        }
        Find::Idle { .. }
        | Find::Charged { .. }
        | Find::Alone { .. }
        | Find::Aged { .. }
        | Find::Swap { .. }
        | Find::Shrink { .. }
        | Find::Rightsize(_)
        | Find::QuietHours { .. }
        | Find::Commit
        | Find::Scaling
        | Find::Calls => true,
    }
}

fn part(
    check: &Check,
    resource_id: &str,
    lines: Vec<usize>,
    share: Share,
    basis: Basis,
) -> Candidate {
    Candidate {
        check: check.id.clone(),
        action: check.action,
        resource_id: resource_id.to_owned(),
        lines,
        effect: Effect::Part(share),
        basis,
        after: After::Same,
    }
}

// All of it goes; the least part is the rule's, where something may stay charged.
fn gone(check: &Check) -> Share {
    Share { low: check.low.unwrap_or(Decimal::ONE), ..Share::WHOLE }
}

// Charges that are waste by their name, by resource; those of no resource stand for themselves.
fn whole(estate: &Estate, check: &Check, what: &[String]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = estate
        .by_resource(what)
        .into_iter()
        .map(|(id, lines)| part(check, id, lines, gone(check), Basis::OwnRate))
        .collect();
    let of_none = estate.open_of(what).filter(|(_, line)| line.resource_id.is_empty());
    all.extend(of_none.map(|(place, line)| {
        part(check, &line.usage_type, vec![place], gone(check), Basis::OwnRate)
    }));
    all
}

// Volumes in an account and region in which no machine was charged at all.
fn alone(
    estate: &Estate,
    check: &Check,
    what: &[String],
    beside: &[String],
    beside_services: &[String],
) -> Vec<Candidate> {
    let served = estate.served.iter().filter(|(service, ..)| beside_services.contains(service));
    let served: BTreeSet<(&str, &str)> =
        served.map(|(_, account, region)| (account.as_str(), region.as_str())).collect();
    let lines = estate.lines.iter().chain(&estate.lookback);
    let places: BTreeSet<(&str, &str)> = lines
        .filter(|line| is_any(&line.usage_type, beside) && line.quantity > Decimal::ZERO)
        .map(super::estate::UsageLine::place)
        .collect();
    let is_alone = |places_of: &Vec<usize>| {
        places_of
            .iter()
            .filter_map(|place| estate.line(*place))
            .all(|line| !places.contains(&line.place()) && !served.contains(&line.place()))
    };
    estate
        .by_resource(what)
        .into_iter()
        .filter(|(_, lines)| is_alone(lines))
        .map(|(id, lines)| part(check, id, lines, gone(check), Basis::OwnRate))
        .collect()
}

// A cost of which part may go.
fn share(
    estate: &Estate,
    check: &Check,
    what: &[String],
    high: Decimal,
    services: &[String],
) -> Vec<Candidate> {
    let share = Share { low: Decimal::ZERO, expected: Decimal::ZERO, high };
    let served = |lines: &Vec<usize>| {
        services.is_empty()
            || lines
                .iter()
                .filter_map(|place| estate.line(*place))
                .any(|line| services.contains(&line.cloud_service))
    };
    estate
        .by_resource(what)
        .into_iter()
        .filter(|(_, lines)| served(lines))
        .map(|(id, lines)| Candidate {
            action: Action::Examine,
            ..part(check, id, lines, share, Basis::Published)
        })
        .collect()
}
