//! Healthy windows on which an alarm fires, and what happens every day.

use rand_chacha::ChaCha8Rng;
use wherefore_contract::incident::Signal;

use super::{
    AFTER, Estate, Fault, Habits, Incident, Planned, Role, What, among, between, pick, simulate,
};

/// Why an alarm fires although nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    /// The daily sale: traffic as on every day at this hour.
    SeasonalPeak,
    /// A deployment that changed nothing.
    DeployWithoutEffect,
    /// A metric that always jumps about.
    NoisyMetric,
    /// A threshold that ordinary minutes pass.
    TightThreshold,
    /// Work of every night.
    NightlyBatch,
}

pub(super) const CONTROLS: [Control; 5] = [
    Control::SeasonalPeak,
    Control::DeployWithoutEffect,
    Control::NoisyMetric,
    Control::TightThreshold,
    Control::NightlyBatch,
];

pub(super) fn habits(estate: &Estate, random: &mut ChaCha8Rng) -> Habits {
    let first = |roles: &[Role]| estate.of(roles).first().copied().unwrap_or_default();
    let hour = |low: usize, high: usize, random: &mut ChaCha8Rng| {
        i64::try_from(among(random, low, high)).unwrap_or_default()
    };
    let gateway = pick(random, &estate.of(&[Role::Gateway])).copied().unwrap_or_default();
    let restless = pick(random, &estate.of(&[Role::Api])).copied().unwrap_or_default();
    Habits {
        peak: (gateway, hour(16, 17, random), between(random, 1.45, 1.7)),
        restless,
        batch: (first(&[Role::Batch]), hour(2, 4, random)),
    }
}

/// When the alarm's window begins, on the day of a drawn minute.
pub(super) fn onset(control: Control, drawn: i64, habits: Habits) -> i64 {
    // Midnight in Korea of the day.
    let day = (drawn + 9 * 60).div_euclid(1440) * 1440 - 9 * 60;
    match control {
        Control::SeasonalPeak => day + habits.peak.1 * 60 + 3,
        Control::NightlyBatch => day + habits.batch.1 * 60 + 5,
        Control::DeployWithoutEffect | Control::NoisyMetric | Control::TightThreshold => drawn,
    }
}

pub(super) fn happen(
    estate: &Estate,
    control: Control,
    habits: Habits,
    onset: i64,
    lasting: &[Fault],
    random: &mut ChaCha8Rng,
) -> Incident {
    let api = pick(random, &estate.of(&[Role::Api, Role::Gateway])).copied().unwrap_or_default();
    let deployed = |at: usize, minute: i64| {
        vec![Planned { minute, at, what: What::Deployment, is_cause: false }]
    };
    let (story, symptom, changes) = match control {
        Control::SeasonalPeak => ("seasonal_peak", (habits.peak.0, Signal::Traffic), Vec::new()),
        Control::DeployWithoutEffect => {
            let minute = onset - i64::try_from(among(random, 2, 6)).unwrap_or_default();
            ("deploy_without_effect", (api, Signal::Latency), deployed(api, minute))
        }
        Control::NoisyMetric => ("noisy_metric", (habits.restless, Signal::Latency), Vec::new()),
        Control::TightThreshold => ("tight_threshold", (api, Signal::Errors), Vec::new()),
        Control::NightlyBatch => {
            ("nightly_batch", (habits.batch.0, Signal::Saturation), Vec::new())
        }
    };
    Incident {
        story,
        cause: None,
        faults: lasting.to_vec(),
        onset,
        asked: onset + AFTER / 3,
        symptom,
        changes,
        moments: simulate(estate, lasting, habits, onset, random),
    }
}
