//! Scores of the runs: false alarms in 28 days, drifts found before they are whole and in 28 days, and how late.

use std::collections::BTreeMap;

use wherefore_incident::numbers::median;

use super::{
    generate::{Drift, WATCHED},
    interval::{Counts, number, share},
    rivals::Rival,
};
use crate::report::{Failure, Outcome, SuiteReport};

/// When something alarmed first, in hours after the deployment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Alarm(Option<usize>);

impl Alarm {
    pub(super) fn first(alarms: &[usize], is_ignored: impl Fn(usize) -> bool) -> Self {
        Self(alarms.iter().copied().filter(|hour| !is_ignored(*hour)).min())
    }

    fn above(statistic: &[f64], threshold: f64) -> Self {
        Self(statistic.iter().position(|value| *value > threshold).map(|at| at + 1))
    }
}

/// One base, seed and drift.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) id: String,
    pub(super) class: char,
    pub(super) seed: u64,
    pub(super) drift: Option<Drift>,
    /// Whether it only serves to match thresholds.
    pub(super) is_matching: bool,
    /// Hours at which the watch's ticket is open, and the first that counts.
    pub(super) alarms: Vec<usize>,
    pub(super) watch: Alarm,
    /// The statistics of the rivals, in their order.
    pub(super) rivals: Vec<Vec<f64>>,
}

/// All scores.
pub(super) struct Scores<'a> {
    runs: Vec<&'a Run>,
    matching: Vec<&'a Run>,
}

// Percent of false alarms that thresholds are matched to.
const FALSE_ALARMS: usize = 5;
// Days until a drift is whole, and its size, that are told one by one.
const TOLD: [(u32, u32); 5] = [(7, 2), (14, 1), (14, 2), (14, 4), (28, 4)];

impl<'a> Scores<'a> {
    pub(super) fn of(runs: &'a [Run]) -> Self {
        let (matching, runs) = runs.iter().partition(|run| run.is_matching);
        Self { runs, matching }
    }

    pub(super) fn report(&self) -> SuiteReport {
        let mut report = SuiteReport::new("drift");
        for run in &self.runs {
            let (kind, outcome) = judged(run);
            report.add(&kind, outcome, || failure(run, outcome));
        }
        let classes = ['B', 'A'];
        for class in
            classes.into_iter().filter(|class| self.runs.iter().any(|run| run.class == *class))
        {
            self.figures(&mut report, "watch", class, &|run| run.watch);
            for (at, rival) in Rival::ALL.into_iter().enumerate() {
                let statistic = move |run: &Run| run.rivals.get(at).cloned().unwrap_or_default();
                let usual = |run: &Run| Alarm::above(&statistic(run), rival.usual());
                self.figures(&mut report, rival.name(), class, &usual);
                let threshold = self.matched(class, &statistic);
                let matched = |run: &Run| Alarm::above(&statistic(run), threshold);
                self.figures(&mut report, &format!("{}_matched", rival.name()), class, &matched);
            }
        }
        report
    }

    // The 95th percentile of the highest statistic of undisturbed runs of other seeds.
    fn matched(&self, class: char, statistic: &dyn Fn(&Run) -> Vec<f64>) -> f64 {
        let of_class = self.matching.iter().filter(|run| run.class == class);
        let mut tops: Vec<f64> = of_class
            .map(|run| statistic(run).last().copied().unwrap_or(f64::NEG_INFINITY))
            .collect();
        tops.sort_by(f64::total_cmp);
        let at =
            (tops.len() * (100 - FALSE_ALARMS)).div_ceil(100).min(tops.len().saturating_sub(1));
        tops.get(at).copied().unwrap_or(f64::INFINITY)
    }

    fn figures(
        &self,
        report: &mut SuiteReport,
        name: &str,
        class: char,
        alarm: &dyn Fn(&Run) -> Alarm,
    ) {
        let within = |drift: Option<(u32, u32)>, hours: usize| {
            let mut bases: BTreeMap<&str, Counts> = BTreeMap::new();
            for run in self.alike(class, drift) {
                let counts = bases.entry(run.id.as_str()).or_default();
                counts.0 += usize::from(alarm(run).0.is_some_and(|hour| hour <= hours));
                counts.1 += 1;
            }
            share(&bases).map(shown)
        };
        let mut tell = |what: String, value: Option<String>| {
            report.figures.extend(value.map(|value| (format!("{name}_{class}_{what}"), value)));
        };
        tell("far28".to_owned(), within(None, WATCHED));
        for (days, size) in TOLD {
            let whole = usize::try_from(days * 24).unwrap_or(WATCHED);
            let kind = format!("d{days}_m{size}");
            tell(format!("{kind}_before_whole"), within(Some((days, size)), whole));
            tell(format!("{kind}_28d"), within(Some((days, size)), WATCHED));
            let hours: Vec<f64> = self
                .alike(class, Some((days, size)))
                .map(|run| alarm(run).0.map_or(f64::INFINITY, number))
                .collect();
            let delay = median(&hours).map(|hours| {
                if hours.is_finite() { format!("{hours:.0}") } else { "never".to_owned() }
            });
            tell(format!("{kind}_delay_h"), delay);
        }
    }

    // Undisturbed runs, or those of gradual drifts.
    fn alike(&self, class: char, drift: Option<(u32, u32)>) -> impl Iterator<Item = &&'a Run> {
        self.runs.iter().filter(move |run| {
            let kind = run.drift.map(|drift| (drift.days, drift.size));
            run.class == class && kind == drift && run.drift.is_none_or(Drift::is_gradual)
        })
    }
}

fn shown((share, low, high): (f64, f64, f64)) -> String {
    format!("{share:.3} [{low:.3}, {high:.3}]")
}

fn judged(run: &Run) -> (String, Outcome) {
    match (run.drift, run.watch.0) {
        (None, None) => (format!("{} undisturbed", run.class), Outcome::Right),
        (None, Some(_)) => (format!("{} undisturbed", run.class), Outcome::Wrong),
        (Some(drift), found) => {
            let kind = format!("{} D{} m{}", run.class, drift.days, drift.size);
            (kind, if found.is_some() { Outcome::Right } else { Outcome::Declined })
        }
    }
}

fn failure(run: &Run, outcome: Outcome) -> Failure {
    let drift = run.drift.map_or_else(
        || "no drift".to_owned(),
        |drift| format!("{} over {} days, {} sigma", drift.shape.name(), drift.days, drift.size),
    );
    Failure {
        id: format!("{}/{}", run.id, run.seed),
        expected: drift,
        got: run.watch.0.map_or_else(|| "no alarm".to_owned(), |hour| format!("hour {hour}")),
        why: match outcome {
            Outcome::Wrong => "an alarm where no drift was put".to_owned(),
            Outcome::Right | Outcome::Declined => "the drift was not found in 28 days".to_owned(),
        },
    }
}
