//! What a ticket says: every figure of a drift, in the metric's unit and in words of time.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        baseline::Baseline,
        course::{crossing, onset},
        settings::DriftSettings,
    },
    state::Watch,
    subject::{Direction, Subject},
    tally::hours_of,
};
use crate::numbers::{count, median};

/// Everything that is known of a drift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The same for every event of this deployment and signal.
    pub key: String,
    pub subject: Subject,
    /// End of the block that opened the ticket.
    pub opened_at: Timestamp,
    /// Hours from the deployment until then.
    pub delay_hours: i64,
    /// End of the last block that these facts know.
    pub at: Timestamp,
    /// When the drift began, where that can be dated.
    pub onset: Option<Timestamp>,
    /// Median of the last 24 hours, and what was usual for them before the deployment; in the metric's unit.
    pub actual: f64,
    pub usual: f64,
    /// What of the difference the control does not explain: in the metric's unit, in robust standard deviations, and as a part
    /// of the usual value in percent.
    pub size: f64,
    pub size_sigma: f64,
    pub size_percent: Option<f64>,
    /// Change of a day since the onset, in the metric's unit.
    pub slope_per_day: Option<f64>,
    pub crossing: Option<CrossingTimes>,
    /// log10 of the wealth, and how much was enough.
    pub log10_wealth: f64,
    pub enough: f64,
    /// How much the control explains, in standard deviations for each of its own; 0 where there is none.
    pub control_beta: f64,
    /// Days of the baseline.
    pub baseline_days: usize,
    /// Hours of the baseline, and since the deployment, that are missing.
    pub missing_before: usize,
    pub missing_after: usize,
    pub evidence: Vec<EvidenceBlock>,
}

/// When the daily peak reaches the line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossingTimes {
    /// In the metric's unit.
    pub line: f64,
    pub at: Option<Timestamp>,
    /// Between these with about 95 %; no later end when the drift may stop.
    pub earliest: Option<Timestamp>,
    pub latest: Option<Timestamp>,
}

/// One block of the evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceBlock {
    pub from: Timestamp,
    /// Medians of its hours, in the metric's unit; the last in robust standard deviations beyond the control.
    pub usual: f64,
    pub actual: f64,
    pub off_sigma: f64,
}

// A crossing further away than a year is none.
const FARTHEST_DAYS: f64 = 365.0;

impl Watch {
    /// What is known now; nothing before a baseline and a ticket.
    #[must_use]
    pub fn facts(&self, settings: &DriftSettings) -> Option<Facts> {
        let (baseline, tally, ticket) = (self.baseline()?, self.tally()?, self.ticket()?);
        let standing = tally.standing(baseline, settings);
        let end = hours_of(tally.blocks.len() * settings.block_hours);
        let (usual, actual) = self.medians(baseline, (end - 24).max(0), end)?;
        // The sign of the direction turns back what the watch turned.
        let sign = self.subject().direction.sign();
        let size = standing.now.unwrap_or_default() * baseline.sigma;
        let evidence = (0..tally.blocks.len()).filter_map(|block| {
            let from = hours_of(block * settings.block_hours);
            let (usual, actual) =
                self.medians(baseline, from, from + hours_of(settings.block_hours))?;
            let off = tally.blocks.get(block).copied().flatten()?;
            let from = self.time_of(from);
            Some(EvidenceBlock {
                from,
                usual: sign * usual,
                actual: sign * actual,
                off_sigma: sign * off,
            })
        });
        let first = began(baseline, &tally.blocks, settings);
        let (slope, crossing) = self.projected(baseline, &tally.blocks, first, end, settings);
        Some(Facts {
            key: self.subject().key(),
            subject: self.subject().clone(),
            opened_at: self.time_of(ticket.opened),
            delay_hours: ticket.opened,
            at: self.time_of(end),
            onset: first.map(|block| self.time_of(hours_of(block * settings.block_hours))),
            actual: sign * actual,
            usual: sign * usual,
            size: sign * size,
            size_sigma: sign * size / baseline.sigma,
            size_percent: (usual.abs() > 0.0).then(|| 100.0 * sign * size / usual.abs()),
            slope_per_day: slope.map(|slope| sign * slope),
            crossing,
            log10_wealth: standing.log10_wealth,
            enough: baseline.bar,
            control_beta: baseline.beta,
            baseline_days: baseline.days,
            missing_before: baseline.missing,
            missing_after: self.missing_until(end),
            evidence: evidence.collect(),
        })
    }

    // Medians of the usual and the actual values of some hours, turned so that up is worse.
    fn medians(&self, baseline: &Baseline, from: i64, until: i64) -> Option<(f64, f64)> {
        let hours = self.hours().range(from..until);
        let both: Vec<(f64, f64)> =
            hours.filter_map(|(at, hour)| Some((baseline.usual(*at)?, hour.value))).collect();
        let usual = median(&both.iter().map(|one| one.0).collect::<Vec<_>>())?;
        Some((usual, median(&both.iter().map(|one| one.1).collect::<Vec<_>>())?))
    }

    // Slope of a day since the onset, and when the daily peak reaches the line.
    fn projected(
        &self,
        baseline: &Baseline,
        blocks: &[Option<f64>],
        first: Option<usize>,
        end: i64,
        settings: &DriftSettings,
    ) -> (Option<f64>, Option<CrossingTimes>) {
        let a_day = count(settings.blocks_a_day());
        let since = blocks.iter().enumerate().skip(first.unwrap_or(0));
        let daily: Vec<(f64, f64)> = since
            .filter_map(|(at, block)| Some(((count(at) + 1.0) / a_day, (*block)? * baseline.sigma)))
            .collect();
        let today = count(blocks.len()) / a_day;
        let sign = self.subject().direction.sign();
        let line = self.subject().line;
        let goal = line.map_or(f64::INFINITY, |line| sign * line);
        let Some(found) = crossing(&daily, baseline.peak, goal, today) else { return (None, None) };
        let when = |days: Option<f64>| {
            let days = days.filter(|days| days.is_finite() && *days < FARTHEST_DAYS)?;
            let later = SignedDuration::try_from_secs_f64((days * 86_400.0).round()).ok()?;
            self.time_of(end).checked_add(later).ok()
        };
        let times = line.map(|line| CrossingTimes {
            line,
            at: when(found.days),
            earliest: when(found.earliest),
            latest: when(found.latest),
        });
        (Some(found.slope), times)
    }
}

// The block in which the drift began: the baseline's blocks stand before those of the watch.
fn began(baseline: &Baseline, blocks: &[Option<f64>], settings: &DriftSettings) -> Option<usize> {
    let before: Vec<f64> = baseline.blocks.iter().flatten().flatten().copied().collect();
    let known: Vec<(usize, f64)> =
        blocks.iter().enumerate().filter_map(|(at, block)| Some((at, (*block)?))).collect();
    let earliest = before.len();
    let all: Vec<f64> = before.into_iter().chain(known.iter().map(|(_, block)| *block)).collect();
    let at = onset(&all, earliest, settings.gone_effect)?;
    known.get(at - earliest).map(|(block, _)| *block)
}

impl Facts {
    /// Whether the drift goes up.
    #[must_use]
    pub fn is_upward(&self) -> bool {
        match self.subject.direction {
            Direction::Up => true,
            Direction::Down => false,
        }
    }
}
