//! Runs of unusual days in one series, and what they are: spikes, drops, shifts, things that are new.

use std::ops::Range;

use jiff::civil::Date;

use super::{
    AnomalyKind, AnomalySettings, Days,
    baseline::{Baseline, days as count, median},
};

/// A run of unusual days.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) days: Range<usize>,
    pub(super) kind: AnomalyKind,
    /// What its days were expected to cost together.
    pub(super) expected: f64,
    pub(super) actual: f64,
    pub(super) score: f64,
    pub(super) ongoing: bool,
}

impl Run {
    pub(super) fn impact(&self) -> f64 {
        self.actual - self.expected
    }
}

// A run in the making: frozen at the past before it, so that it does not become its own norm.
struct Open {
    start: usize,
    last: usize,
    rises: bool,
    baseline: Baseline,
    past: Vec<(usize, f64)>,
}

// A shift that was reported: its end is known only when the cost goes back.
struct Shifted {
    run: usize,
    open: Open,
}

struct Watch<'a> {
    costs: &'a [f64],
    days: &'a Days,
    settings: &'a AnomalySettings,
    /// Ordinary days of the present level.
    past: Vec<(usize, f64)>,
    open: Option<Open>,
    shifted: Option<Shifted>,
    runs: Vec<Run>,
}

/// The runs that touch the judged days, in order of time.
pub(super) fn runs(costs: &[f64], days: &Days, settings: &AnomalySettings) -> Vec<Run> {
    let mut watch = Watch {
        costs,
        days,
        settings,
        past: Vec::new(),
        open: None,
        shifted: None,
        runs: Vec::new(),
    };
    for day in 0..costs.len().min(days.judged.end) {
        if days.loaded.get(day).copied().unwrap_or(false) {
            watch.see(day);
        }
    }
    watch.close_last();
    let judged = |run: &Run| run.days.end > days.judged.start && run.days.start < days.judged.end;
    let all = watch.runs.iter().enumerate();
    let kept = all.filter(|(at, run)| judged(run) && !is_usual(&watch.runs, *at, settings));
    kept.map(|(_, run)| run.clone()).collect()
}

/// Whether a short run is the way of its series: it shows others like it, both before and after counting.
fn is_usual(runs: &[Run], at: usize, settings: &AnomalySettings) -> bool {
    let short = |run: &Run| run.days.len() < settings.ongoing_shift_days;
    let Some(own) = runs.get(at).filter(|run| short(run)) else { return false };
    let like = |other: &Run| {
        let same_side = (own.impact() > 0.0) == (other.impact() > 0.0);
        let near = own.days.start.abs_diff(other.days.start) <= settings.lumpy_days;
        let large = other.impact().abs() >= settings.lumpy_share * own.impact().abs();
        short(other) && same_side && near && large
    };
    let others = runs.iter().enumerate().filter(|(other, run)| *other != at && like(run));
    others.count() >= settings.lumpy_others
}

impl Watch<'_> {
    fn cost(&self, day: usize) -> f64 {
        self.costs.get(day).copied().unwrap_or_default()
    }

    fn see(&mut self, day: usize) {
        if self.open.is_some() {
            self.go_on(day);
            return;
        }
        if let Some(baseline) = self.baseline(day)
            && self.is_unusual(&baseline, day)
        {
            // A fee that is known is neither unusual nor an ordinary day.
            if !self.is_known(day, &baseline) {
                self.begin(day, baseline);
            }
            return;
        }
        self.past.push((day, self.cost(day)));
    }

    // The past that a day is held against: the last weeks of the present level. A level that is new has fewer days.
    fn baseline(&self, day: usize) -> Option<Baseline> {
        let since = day.saturating_sub(self.settings.history_days);
        let from = self.past.partition_point(|(seen, _)| *seen < since);
        let own = self.settings.least_history_days;
        let least = if self.shifted.is_some() { own.min(self.settings.shift_days) } else { own };
        let past = self.past.get(from..).filter(|past| past.len() >= least)?;
        Baseline::of(past, day, self.days.first, self.settings)
    }

    fn is_unusual(&self, baseline: &Baseline, day: usize) -> bool {
        let expected = baseline.expect(day);
        let off = self.cost(day) - expected.cost;
        let late = off < 0.0 && day >= self.days.late_from;
        !late
            && off.abs() > self.settings.begins_at * expected.spread
            && off.abs() > self.settings.least_relative * expected.cost.abs()
            && off.abs() > self.settings.beyond_past * baseline.strayed(off)
    }

    // A fee of the same day of the month: known when a month before had one of nearly the same amount.
    fn is_known(&self, day: usize, baseline: &Baseline) -> bool {
        let expected = baseline.expect(day);
        let off = self.cost(day) - expected.cost;
        // Both days also stray as ordinary days do.
        let near_enough =
            (self.settings.known_within * off.abs()).max(self.settings.lasts_at * expected.spread);
        let date = |day: usize| {
            let ahead = jiff::Span::new().try_days(i64::try_from(day).ok()?).ok()?;
            self.days.first.checked_add(ahead).ok()
        };
        let Some(of_month) = date(day).map(Date::day) else { return false };
        (0..day).filter(|earlier| date(*earlier).is_some_and(|date| date.day() == of_month)).any(
            |earlier| {
                let around = earlier.saturating_sub(7)..(earlier + 8).min(day);
                let near: Vec<f64> =
                    around.filter(|at| *at != earlier).map(|at| self.cost(at)).collect();
                // Days of the same weekday tell more where weeks have a pattern.
                let back = [7, 14].iter().filter_map(|days| earlier.checked_sub(*days));
                let ahead = [7, 14].iter().map(|days| earlier + days).filter(|at| *at < day);
                let alike: Vec<f64> = back.chain(ahead).map(|at| self.cost(at)).collect();
                let fits = |near: &[f64]| {
                    let then = self.cost(earlier) - median(near);
                    then * off > 0.0 && (off - then).abs() <= near_enough
                };
                (near.len() > 3 && fits(&near)) || (alike.len() > 1 && fits(&alike))
            },
        )
    }

    fn begin(&mut self, day: usize, baseline: Baseline) {
        let rises = self.cost(day) > baseline.expect(day).cost;
        if let Some(shifted) = self.shifted.take()
            && shifted.open.rises != rises
        {
            let before = shifted.open.baseline.expect(day);
            let near = (self.settings.begins_at * before.spread)
                .max(self.settings.least_relative * before.cost.abs());
            if (self.cost(day) - before.cost).abs() <= near {
                self.went_back(day, shifted);
                return;
            }
        }
        let past = std::mem::take(&mut self.past);
        self.open = Some(Open { start: day, last: day, rises, baseline, past });
    }

    // The level from before a shift is the present one again: the shift ended the day before.
    fn went_back(&mut self, day: usize, shifted: Shifted) {
        let ends = self.runs.get(shifted.run).is_some_and(|run| run.days.end >= day);
        if ends {
            let run = self.run(&shifted.open, day, kind(&shifted.open, AnomalyKind::Spike));
            if let Some(kept) = self.runs.get_mut(shifted.run) {
                *kept = run;
            }
        }
        self.past = shifted.open.past;
        self.past.push((day, self.cost(day)));
    }

    fn go_on(&mut self, day: usize) {
        let Some(open) = self.open.as_mut() else { return };
        let expected = open.baseline.expect(day);
        let cost = self.costs.get(day).copied().unwrap_or_default();
        let off = cost - expected.cost;
        let lasts = off.abs() > self.settings.lasts_at * expected.spread
            && off.abs() > self.settings.least_relative / 2.0 * expected.cost.abs()
            && (off > 0.0) == open.rises;
        if lasts {
            open.last = day;
            if day + 1 - open.start >= self.settings.shift_days {
                self.settle();
            }
        } else if day - open.last >= self.settings.quiet_days {
            self.close(day + 1);
        }
    }

    // The run has lasted: its days are the past of a new level.
    fn settle(&mut self) {
        let Some(open) = self.open.take() else { return };
        let counted = open.start + self.settings.shift_days_counted;
        let end = counted.min(self.costs.len()).min(self.days.judged.end);
        let kind = kind(&open, AnomalyKind::Shift);
        let run = self.run(&open, end, kind);
        self.past = (open.start..=open.last)
            .filter(|day| self.days.loaded.get(*day).copied().unwrap_or(false))
            .map(|day| (day, self.cost(day)))
            .collect();
        self.shifted = Some(Shifted { run: self.runs.len(), open });
        self.runs.push(run);
    }

    fn close(&mut self, until: usize) {
        let Some(open) = self.open.take() else { return };
        let run = self.run(&open, open.last + 1, kind(&open, AnomalyKind::Spike));
        // Ordinary days after it belong to the past.
        let after = (open.last + 1..until)
            .filter(|day| self.days.loaded.get(*day).copied().unwrap_or(false))
            .map(|day| (day, self.cost(day)));
        self.past = open.past.iter().copied().chain(after).collect();
        self.runs.push(run);
    }

    fn close_last(&mut self) {
        let Some(open) = &self.open else { return };
        let end = self.days.judged.end.min(self.costs.len());
        let lasts = open.last + 1 - open.start >= self.settings.ongoing_shift_days
            && end - open.last <= self.settings.quiet_days;
        if lasts {
            self.settle();
        } else {
            self.close(end);
        }
    }

    fn run(&self, open: &Open, end: usize, kind: AnomalyKind) -> Run {
        let days = open.start..end;
        let seen: Vec<usize> = days
            .clone()
            .filter(|day| self.days.loaded.get(*day).copied().unwrap_or(false))
            .collect();
        let expected = seen.iter().map(|day| open.baseline.expect(*day).cost).sum::<f64>();
        let actual = seen.iter().map(|day| self.cost(*day)).sum::<f64>();
        let spread: f64 =
            seen.iter().map(|day| open.baseline.expect(*day).spread.powi(2)).sum::<f64>().sqrt();
        let score =
            if spread > 0.0 { (actual - expected).abs() / spread } else { count(days.len()) };
        let ongoing = end >= self.days.judged.end;
        Run { days, kind, expected, actual, score, ongoing }
    }
}

fn kind(open: &Open, risen: AnomalyKind) -> AnomalyKind {
    let before: Vec<f64> = open.past.iter().map(|(_, cost)| cost.abs()).collect();
    if !open.rises {
        AnomalyKind::Drop
    } else if before.iter().all(|cost| *cost == 0.0) {
        AnomalyKind::New
    } else {
        risen
    }
}
