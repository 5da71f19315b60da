use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::series::SeriesSettings;

fn settings() -> EventSettings {
    SeriesSettings::embedded().unwrap().events
}

// Minutes of a workload that is busier by day.
fn minutes(seed: u64, length: i64) -> Vec<Sample> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..length)
        .map(|place| {
            let turn = f64::from(i32::try_from(place % 1440).unwrap()) / 1440.0;
            let noise: f64 = (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
            Sample {
                at: place * 60,
                value: 100.0 + 40.0 * (turn * std::f64::consts::TAU).sin() + noise,
            }
        })
        .collect()
}

fn move_by(samples: &mut [Sample], from: usize, points: usize, by: f64) {
    samples.iter_mut().skip(from).take(points).for_each(|sample| sample.value += by);
}

#[test]
fn a_burst_is_one_event_with_its_times_its_size_and_what_was_expected() {
    let mut samples = minutes(1, 450).split_off(270);
    move_by(&mut samples, 120, 15, 30.0);
    let found = find_anomalies(&samples, Some((0, 330 * 60)), &settings());
    let [event] = found.events.as_slice() else { panic!("{:?}", found.events) };
    assert_eq!((event.start, event.end), (390 * 60, 404 * 60));
    assert_eq!((event.direction, event.is_open), (Direction::Up, false));
    assert!(event.size > 15.0 && event.mean_size <= event.size, "{event:?}");
    assert!(event.expected.high < event.peak.value);
}

#[test]
fn one_point_is_an_event_that_begins_with_it_and_hardly_outlasts_it() {
    let mut samples = minutes(8, 180);
    for (sample, other) in samples.iter_mut().zip(minutes(9, 180)) {
        // The course goes out with the difference.
        sample.value -= other.value;
    }
    move_by(&mut samples, 130, 1, 60.0);
    let found = find_anomalies(&samples, Some((0, 60 * 60)), &settings());
    let [event] = found.events.as_slice() else { panic!("{:?}", found.events) };
    assert_eq!((event.start, event.peak.at), (130 * 60, 130 * 60));
    assert!(event.points <= 6, "{event:?}");
}

#[test]
fn a_fall_at_the_end_is_open_and_a_small_shift_shows_in_many_points() {
    let mut samples: Vec<Sample> = minutes(2, 1440 * 4);
    move_by(&mut samples, 1440 * 4 - 60, 60, -3.0);
    let found = find_anomalies(&samples, Some((0, 1440 * 3 * 60)), &settings());
    let last = found.events.last().unwrap();
    assert_eq!((last.direction, last.is_open), (Direction::Down, true));
    assert!((last.start - (1440 * 4 - 60) * 60).abs() <= 600, "{last:?}");
}

#[test]
fn the_daily_course_is_no_event_and_healthy_hours_have_few() {
    let mut events = 0;
    for seed in 0..20 {
        let samples = minutes(seed, 1440 * 5);
        events += find_anomalies(&samples, Some((0, 1440 * 4 * 60)), &settings()).events.len();
        events += find_anomalies(&samples, None, &settings()).events.len();
    }
    assert!(events <= 4, "{events} in 40 days");
}

#[test]
fn without_a_reference_an_event_of_hours_still_stands_out() {
    let mut samples = minutes(5, 1440 * 6);
    move_by(&mut samples, 1440 * 4, 300, 25.0);
    let found = find_anomalies(&samples, None, &settings());
    let [event] = found.events.as_slice() else { panic!("{:?}", found.events) };
    assert!((event.start - 1440 * 4 * 60).abs() <= 600 && event.points >= 290, "{event:?}");
}

#[test]
fn what_could_not_be_looked_at_is_told() {
    let mut samples = minutes(6, 300);
    samples[20].value = f64::NAN;
    samples[21].value = f64::INFINITY;
    samples[40].at = samples[39].at;
    samples.swap(60, 61);
    samples.drain(100..160);
    let found = find_anomalies(&samples, None, &settings());
    assert_eq!((found.missing, found.repeated, found.out_of_order), (2, 1, 1));
    assert_eq!(found.gaps, vec![(99 * 60, 160 * 60)]);
    assert!(find_anomalies(&[], None, &settings()).is_too_short);
    assert!(find_anomalies(&samples[..5], None, &settings()).is_too_short);
    assert!(find_anomalies(&samples, Some((-9, -1)), &settings()).is_too_short);
}

#[test]
fn a_series_that_never_moved_stands_out_when_it_does_and_huge_values_break_nothing() {
    let mut samples: Vec<Sample> = (0..200).map(|at| Sample { at: at * 60, value: 0.0 }).collect();
    assert!(find_anomalies(&samples, None, &settings()).events.is_empty());
    samples[150].value = 1.0;
    samples[170].value = 1e308;
    samples[171].value = -1e149;
    let found = find_anomalies(&samples, None, &settings());
    assert_eq!(found.missing, 1);
    assert!(found.events.iter().any(|event| event.start <= 150 * 60 && event.end >= 150 * 60));
    assert!(found.events.iter().all(|event| event.size.is_finite()), "{:?}", found.events);
}
