use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::series::{Profile, SeriesSettings};

fn watch() -> Watch {
    Watch::new(SeriesSettings::embedded().unwrap().watch(Profile::Standard))
}

// Five-minute points of two weeks: a daily course with noise.
fn daily(seed: u64, days: i64) -> Vec<Sample> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..days * 288)
        .map(|place| {
            let turn = f64::from(i32::try_from(place % 288).unwrap()) / 288.0;
            let course = 50.0 + 30.0 * (turn * std::f64::consts::TAU).sin();
            Sample { at: place * 300, value: course + random.random::<f64>() * 4.0 }
        })
        .collect()
}

fn alarms(samples: &[Sample]) -> Vec<(usize, Look)> {
    let mut watch = watch();
    let verdicts = samples.iter().map(|sample| watch.push(*sample));
    let alarm = |verdict: Option<Verdict>| verdict.filter(|verdict| verdict.score >= ALARM);
    verdicts.enumerate().filter_map(|(place, one)| Some((place, alarm(one)?.look?))).collect()
}

fn first_after(samples: &[Sample], place: usize) -> Option<(usize, Look)> {
    alarms(samples).into_iter().find(|(at, _)| *at >= place)
}

#[test]
fn a_quiet_course_alarms_about_once_a_week_at_most() {
    let all: usize = (0..10).map(|seed| alarms(&daily(seed, 14)).len()).sum();
    assert!(all <= 20, "{all} alarms in 20 weeks");
}

#[test]
fn a_value_that_is_common_at_noon_is_unusual_at_night() {
    let mut samples = daily(1, 10);
    let night = 8 * 288 + 216;
    samples[night].value = 80.0;
    assert_eq!(first_after(&samples, night), Some((night, Look::Point)));
}

#[test]
fn a_shift_a_wild_time_a_dead_time_and_another_shape_are_each_seen() {
    let place = 9 * 288;
    let seen = |change: &dyn Fn(usize, &mut f64)| {
        let mut samples = daily(2, 11);
        for (after, sample) in samples.iter_mut().skip(place).enumerate() {
            change(after, &mut sample.value);
        }
        first_after(&samples, place).map(|(at, _)| at - place)
    };
    assert!(seen(&|_, value| *value += 12.0).unwrap() <= 12);
    assert!(seen(&|after, value| *value += if after % 2 == 0 { 9.0 } else { -9.0 }).unwrap() <= 24);
    assert!(seen(&|_, value| *value = 50.0).unwrap() <= 60);
    let last = daily(2, 11)[place].value;
    assert!(seen(&|_, value| *value = last).is_some());
}

#[test]
fn one_thing_alarms_once_and_something_rarer_again() {
    let mut samples = daily(3, 12);
    for sample in samples.iter_mut().skip(9 * 288).take(40) {
        sample.value += 30.0;
    }
    let near = alarms(&samples).into_iter().filter(|(at, _)| (9 * 288..9 * 288 + 40).contains(at));
    let near = near.count();
    assert!((1..=4).contains(&near), "{near}");
}

#[test]
fn bad_points_are_left_out_and_counted_and_nothing_breaks() {
    let mut watch = watch();
    for place in 0..3000_i64 {
        let value = match place % 50 {
            7 => f64::NAN,
            8 => f64::INFINITY,
            9 => 1e308,
            10 => -1e308,
            _ => 0.0,
        };
        // Every so often the clock goes back, or a day is missing.
        let at = if place % 100 == 99 { 0 } else { place * 60 + place / 500 * 86_400 };
        if let Some(verdict) = watch.push(Sample { at, value }) {
            assert!((0.0..=1.0).contains(&verdict.score), "{verdict:?}");
        }
    }
    assert_eq!(watch.left_out(), LeftOut { missing: 120, out_of_order: 30 });
    let mut extreme = self::watch();
    assert!(extreme.push(Sample { at: i64::MIN, value: 1.0 }).is_some());
    assert!(extreme.push(Sample { at: i64::MAX, value: 1.0 }).is_some());
}

#[test]
fn ten_points_and_equal_points_are_never_unusual() {
    let ten: Vec<Sample> = daily(4, 1).into_iter().take(10).collect();
    assert!(alarms(&ten).is_empty());
    let equal: Vec<Sample> = (0..5000).map(|at| Sample { at: at * 60, value: 7.0 }).collect();
    assert!(alarms(&equal).is_empty());
}
