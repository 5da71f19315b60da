//! Checks over what telemetry measured, and what it says of findings of the bill.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Looked, Reach, gone, is_served, part};
use crate::{
    savings::{
        Basis, Candidate, Share,
        estate::{Estate, UsageLine, View},
        rules::{Action, Check, Find, Limit, Rightsize, Rules},
    },
    telemetry::{Reading, Readings, Statistic},
};

const HOURS_OF_WEEK: u32 = 168;
const PERCENT: Decimal = Decimal::ONE_HUNDRED;

/// What telemetry says of the resources of an estate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telemetry {
    pub readings: Readings,
    /// Hours of the week, of 168, in which a resource did next to nothing.
    pub quiet_hours: BTreeMap<String, u32>,
    /// On so many days a resource must have points.
    pub least_days: u32,
}

/// What telemetry says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Backing {
    /// It was found by what was measured.
    Measured,
    /// The bill found it, and what was measured agrees.
    Confirmed,
    /// Nothing that would tell was measured for it.
    Unmeasured,
}

impl Backing {
    /// Our word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Confirmed => "confirmed",
            Self::Unmeasured => "unmeasured",
        }
    }
}

/// A finding of the bill that what was measured contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub candidate: Candidate,
    pub signal: String,
    pub statistic: Statistic,
    pub measured: Decimal,
    pub below: Decimal,
    pub days: u32,
}

/// What a check read of telemetry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measured {
    /// Resources that it is about, and how many of them have the points it needs.
    pub resources: u32,
    pub with_points: u32,
    pub series: u32,
    /// The most days with points of any of them.
    pub days: u32,
}

/// Proposals with what telemetry says of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    pub candidates: Vec<Candidate>,
    pub looked: Vec<Looked>,
    pub withdrawn: Vec<Withdrawn>,
    /// By check and resource.
    pub backing: BTreeMap<(String, String), Backing>,
    /// By check.
    pub measured: BTreeMap<String, Measured>,
}

/// Judges what the bill found by what was measured, and adds what only measuring can find.
#[must_use]
pub fn measure(
    estate: &Estate,
    rules: &Rules,
    checks: &[&Check],
    telemetry: &Telemetry,
    (found, mut looked): (Vec<Candidate>, Vec<Looked>),
) -> Judged {
    let view = View::of(estate);
    let mut judged = Judged::default();
    for candidate in found {
        judged.judge(rules, telemetry, candidate);
    }
    judged.busy_at_night(rules, telemetry);
    for check in checks {
        let Some(found) = Searching { view: &view, rules, telemetry, check }.run() else {
            continue;
        };
        let known: BTreeSet<String> = judged
            .candidates
            .iter()
            .filter(|other| other.action == check.action && other.action == Action::Delete)
            .map(|other| other.resource_id.clone())
            .collect();
        let new: Vec<Candidate> =
            found.candidates.into_iter().filter(|one| !known.contains(&one.resource_id)).collect();
        if let Some(row) = looked.iter_mut().find(|row| row.check == check.id) {
            row.found = new.len();
            row.reach =
                if found.measured.with_points > 0 { Reach::Told } else { Reach::NoTelemetry };
        }
        judged.measured.insert(check.id.clone(), found.measured);
        for candidate in new {
            let key = (candidate.check.clone(), candidate.resource_id.clone());
            judged.backing.insert(key, Backing::Measured);
            judged.candidates.push(candidate);
        }
    }
    judged.replace_schedules();
    for row in &mut looked {
        let gone = judged.withdrawn.iter().filter(|one| one.candidate.check == row.check).count();
        row.found = row.found.saturating_sub(gone);
    }
    judged.looked = looked;
    judged
}

impl Judged {
    fn judge(&mut self, rules: &Rules, telemetry: &Telemetry, candidate: Candidate) {
        let limits = rules.check(&candidate.check).map(|check| check.confirmed_by.as_slice());
        let limits = limits.unwrap_or_default();
        let key = (candidate.check.clone(), candidate.resource_id.clone());
        let mut confirmed = 0;
        for limit in limits {
            let Some(reading) = telemetry.reading(&candidate.resource_id, &limit.signal) else {
                continue;
            };
            let measured = reading.of(limit.statistic);
            if measured >= limit.below {
                self.withdrawn.push(Withdrawn {
                    candidate,
                    signal: limit.signal.clone(),
                    statistic: limit.statistic,
                    measured,
                    below: limit.below,
                    days: reading.days,
                });
                return;
            }
            confirmed += 1;
        }
        let backing = if confirmed > 0 { Backing::Confirmed } else { Backing::Unmeasured };
        self.backing.insert(key, backing);
        self.candidates.push(candidate);
    }

    // Machines that are at work in most hours of the week keep running, whatever their tags say.
    fn busy_at_night(&mut self, rules: &Rules, telemetry: &Telemetry) {
        let least = rules.checks.iter().find_map(|check| {
            let Find::QuietHours { least_hours, cpu_most, .. } = &check.find else { return None };
            Some((*least_hours, *cpu_most))
        });
        let Some((least, cpu_most)) = least else { return };
        let (kept, busy): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.candidates).into_iter().partition(|one| {
                let quiet = telemetry.quiet_hours.get(&one.resource_id);
                one.action != Action::Schedule || quiet.is_none_or(|hours| *hours >= least)
            });
        self.candidates = kept;
        for candidate in busy {
            let Some(cpu) = telemetry.reading(&candidate.resource_id, "cpu") else { continue };
            self.backing.remove(&(candidate.check.clone(), candidate.resource_id.clone()));
            self.withdrawn.push(Withdrawn {
                signal: "cpu".to_owned(),
                statistic: Statistic::Peak,
                measured: cpu.peak,
                below: cpu_most,
                days: cpu.days,
                candidate,
            });
        }
    }

    // A schedule by measured hours takes the place of the usual one.
    fn replace_schedules(&mut self) {
        let is_measured = |one: &Candidate, backing: &BTreeMap<(String, String), Backing>| {
            let key = (one.check.clone(), one.resource_id.clone());
            one.action == Action::Schedule && backing.get(&key) == Some(&Backing::Measured)
        };
        let measured: BTreeSet<String> = self
            .candidates
            .iter()
            .filter(|one| is_measured(one, &self.backing))
            .map(|one| one.resource_id.clone())
            .collect();
        let backing = &self.backing;
        self.candidates.retain(|one| {
            one.action != Action::Schedule
                || is_measured(one, backing)
                || !measured.contains(&one.resource_id)
        });
    }
}

impl Telemetry {
    /// The figures of a signal, where there are points on enough days.
    fn reading(&self, resource: &str, signal: &str) -> Option<&Reading> {
        let reading = self.readings.get(resource)?.get(signal)?;
        (reading.days >= self.least_days).then_some(reading)
    }
}

struct Found {
    candidates: Vec<Candidate>,
    measured: Measured,
}

struct Searching<'a> {
    view: &'a View<'a>,
    rules: &'a Rules,
    telemetry: &'a Telemetry,
    check: &'a Check,
}

impl Searching<'_> {
    // `None` for checks that read the bill alone.
    fn run(&self) -> Option<Found> {
        match &self.check.find {
            Find::Quiet { runs, limits, .. } => Some(self.each(runs, |id, lines, read| {
                let is_quiet = self.is_within(id, limits, read)?;
                is_quiet.then(|| {
                    let whole = self.view.whole(id, lines);
                    self.part(id, &whole, gone(self.check), Basis::OwnRate)
                })
            })),
            Find::Shrink { what, limit, headroom } => Some(self.each(what, |id, lines, read| {
                let is_small = self.is_within(id, std::slice::from_ref(limit), read)?;
                let used = self.telemetry.reading(id, &limit.signal)?.of(limit.statistic);
                let kept = used / PERCENT * (Decimal::ONE + *headroom);
                let most = (Decimal::ONE - kept).clamp(Decimal::ZERO, Decimal::ONE);
                // Less memory comes with less processor: a call may then take longer.
                let share = Share { low: Decimal::ZERO, ..Share::exactly(most) };
                is_small.then(|| self.part(id, lines, share, Basis::OwnRate))
            })),
            Find::Rightsize(size) => Some(self.rightsized(size)),
            Find::QuietHours { what, least_hours, .. } => {
                Some(self.each(what, |id, lines, read| {
                    let quiet = *self.telemetry.quiet_hours.get(id)?;
                    read.add(self.telemetry.reading(id, "cpu")?);
                    let runs = quiet >= *least_hours && self.is_non_production(lines);
                    let part = Decimal::from(quiet) / Decimal::from(HOURS_OF_WEEK);
                    runs.then(|| self.part(id, lines, Share::exactly(part), Basis::OwnRate))
                }))
            }
            Find::Idle { .. }
            | Find::Charged { .. }
            | Find::Alone { .. }
            | Find::Aged { .. }
            | Find::Schedule { .. }
            | Find::Swap { .. }
            | Find::Rename { .. }
            | Find::Unread { .. }
            | Find::Commit
            | Find::Scaling
            | Find::Calls
            | Find::Retention { .. }
            | Find::Share { .. } => None,
        }
    }

    fn part(&self, id: &str, lines: &[usize], share: Share, basis: Basis) -> Candidate {
        part(self.check, id, lines.to_vec(), share, basis)
    }

    // What `judge` says of each resource with lines of these kinds.
    fn each(
        &self,
        what: &[String],
        judge: impl Fn(&str, &[usize], &mut Tally) -> Option<Candidate>,
    ) -> Found {
        let mut found = Found { candidates: Vec::new(), measured: Measured::default() };
        for (id, lines) in self.view.estate.by_resource(what) {
            let served = |place: &usize| {
                let line = self.view.estate.line(*place);
                line.is_some_and(|line| is_served(&line.cloud_service, &self.check.find))
            };
            if !lines.iter().all(served) {
                continue;
            }
            let mut tally = Tally::default();
            found.candidates.extend(judge(id, &lines, &mut tally));
            let measured = &mut found.measured;
            measured.resources += 1;
            measured.with_points += u32::from(tally.series > 0);
            measured.series += tally.series;
            measured.days = measured.days.max(tally.days);
        }
        found
    }

    // `None` unless every limit has points on enough days.
    fn is_within(&self, id: &str, limits: &[Limit], tally: &mut Tally) -> Option<bool> {
        let mut all = Vec::with_capacity(limits.len());
        for limit in limits {
            all.push((self.telemetry.reading(id, &limit.signal)?, limit));
        }
        for (reading, _) in &all {
            tally.add(reading);
        }
        Some(all.iter().all(|(reading, limit)| reading.of(limit.statistic) < limit.below))
    }

    fn is_non_production(&self, lines: &[usize]) -> bool {
        let of = || lines.iter().filter_map(|place| self.view.estate.line(*place));
        let words = &self.rules.environments;
        of().all(|line| {
            line.is_hourly() && words.is_non_production(&line.environment, &line.sub_account_name)
        })
    }

    fn rightsized(&self, size: &Rightsize) -> Found {
        let what = [size.marker.clone()];
        self.each(&what, |id, lines, tally| {
            let signals = [&size.cpu, &size.memory];
            let readings: Vec<&Reading> = signals
                .into_iter()
                .map(|signal| self.telemetry.reading(id, signal))
                .collect::<Option<_>>()?;
            for reading in &readings {
                tally.add(reading);
            }
            let [place] = lines else { return None };
            let line = self.view.estate.line(*place)?;
            let (smaller, ratio) = size.smaller(&line.usage_type)?;
            let most = PERCENT * (Decimal::ONE - size.headroom);
            let fits = readings.iter().all(|reading| reading.p99_5 / ratio <= most);
            if !fits {
                return None;
            }
            let (share, basis) = self.cheaper(line, &smaller, ratio)?;
            Some(self.part(id, lines, share, basis))
        })
    }

    // At the own rate of the smaller size, else in proportion to the sizes.
    fn cheaper(&self, line: &UsageLine, smaller: &str, ratio: Decimal) -> Option<(Share, Basis)> {
        let own = self.view.own_price(line, smaller).zip(line.price());
        let (left, basis) = match own.and_then(|(other, price)| other.checked_div(price)) {
            Some(left) => (left, Basis::OwnRate),
            None => (ratio, Basis::Published),
        };
        let part = Decimal::ONE - left;
        (part > Decimal::ZERO).then(|| (Share::exactly(part), basis))
    }
}

/// What was read of one resource.
#[derive(Debug, Default)]
struct Tally {
    series: u32,
    days: u32,
}

impl Tally {
    fn add(&mut self, reading: &Reading) {
        self.series += reading.series;
        self.days = self.days.max(reading.days);
    }
}

impl Rightsize {
    // The usage type of the next smaller size of the same family, and its part of the capacity.
    fn smaller(&self, usage_type: &str) -> Option<(String, Decimal)> {
        let (head, rest) = usage_type.split_once(self.marker.as_str())?;
        let (family, size) = rest.split_once('.')?;
        let at = self.sizes.iter().position(|one| one.name == size)?;
        let (here, next) = (self.sizes.get(at)?, self.sizes.get(at.checked_sub(1)?)?);
        let ratio = next.units.checked_div(here.units)?;
        Some((format!("{head}{}{family}.{}", self.marker, next.name), ratio))
    }
}
