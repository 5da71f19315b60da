//! The product's drift watch on a series of the benchmark: it sees hours as they come, and nothing else.

use jiff::Timestamp;
use wherefore_contract::incident::Signal;
use wherefore_incident::drift::{
    control::matched_control,
    settings::DriftSettings,
    watch::{Direction, Phase, Point, Subject, Watch},
};

use super::{
    bases::Base,
    generate::{Undisturbed, WATCHED},
};

// Decides the futures that are drawn for the threshold; not a seed of the benchmark.
const DRAWN: u64 = 7;

/// A watch that has seen the hours before the deployment.
pub(super) fn learned(
    base: &Base,
    bases: &[Base],
    series: &Undisturbed,
    settings: &DriftSettings,
) -> Watch {
    let subject = Subject {
        deployment: "deployment".to_owned(),
        deployed_at: time(series, series.deployed),
        summary: None,
        workload: base.id.clone(),
        signal: Signal::Saturation,
        metric: base.id.clone(),
        unit: None,
        account: None,
        region: None,
        direction: Direction::Up,
        line: None,
        ahead_hours: 0,
        is_weekly: series.is_weekly,
    };
    let mut watch = Watch::new(subject, DRAWN);
    let before = points(base, bases, series, &series.values, 0..series.deployed);
    watch.take(&before, settings);
    watch
}

/// Hours after the deployment (1 is the first) at the end of each block with an open ticket.
pub(super) fn alarms(
    learned: &Watch,
    base: &Base,
    bases: &[Base],
    series: &Undisturbed,
    values: &[f64],
    settings: &DriftSettings,
) -> Vec<usize> {
    let mut watch = learned.clone();
    let after = points(base, bases, series, values, series.deployed..series.deployed + WATCHED);
    let mut alarms = Vec::new();
    for (block, end) in after.chunks(settings.block_hours).zip(1..) {
        let end = end * settings.block_hours;
        watch.take(block, settings);
        // The next hour is over, and nothing is late here.
        watch.advance(time(series, series.deployed + end + settings.late_hours), settings);
        if watch.phase() == Phase::Open {
            alarms.push(end);
        }
    }
    alarms
}

fn points(
    base: &Base,
    bases: &[Base],
    series: &Undisturbed,
    values: &[f64],
    hours: std::ops::Range<usize>,
) -> Vec<Point> {
    let peers: Vec<Vec<Option<f64>>> = base
        .peers(bases)
        .into_iter()
        .map(|peer| peer.iter().copied().map(Some).collect())
        .collect();
    let peers: Vec<&[Option<f64>]> = peers.iter().map(Vec::as_slice).collect();
    let control = matched_control(&peers, series.deployed);
    hours
        .filter_map(|hour| {
            let value = *values.get(hour)?;
            Some(Point {
                time: time(series, hour),
                value,
                control: control.get(hour).copied().flatten(),
            })
        })
        .collect()
}

fn time(series: &Undisturbed, hour: usize) -> Timestamp {
    let hours = series.first + i64::try_from(hour).unwrap_or(0);
    Timestamp::from_second(hours * 3_600).unwrap_or(Timestamp::MAX)
}
