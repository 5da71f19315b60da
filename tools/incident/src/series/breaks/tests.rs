use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::series::{Sample, SeriesSettings};

fn settings() -> BreakSettings {
    SeriesSettings::embedded().unwrap().breaks
}

fn noise(seed: u64, length: usize) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    // Sums of uniform numbers are near enough to normal ones, with variance one.
    (0..length).map(|_| (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0).collect()
}

#[test]
fn levels_are_found_where_they_were_made_and_noise_has_one() {
    let mut hits = 0;
    for seed in 0..20 {
        let mut values = noise(seed, 300);
        assert_eq!(change_points(&values, &settings()).at, Vec::<usize>::new(), "{seed}");
        values.iter_mut().skip(100).for_each(|value| *value += 4.0);
        values.iter_mut().skip(220).for_each(|value| *value -= 6.0);
        let at = change_points(&values, &settings()).at;
        hits += usize::from(at.len() == 2 && at[0].abs_diff(100) <= 2 && at[1].abs_diff(220) <= 2);
    }
    assert!(hits >= 19, "{hits} of 20");
}

#[test]
fn a_trend_a_walk_a_cycle_and_spikes_are_no_levels() {
    let noise = noise(7, 400);
    let trend: Vec<f64> = noise.iter().enumerate().map(|(at, one)| one + count(at)).collect();
    assert!(change_points(&trend, &settings()).at.is_empty());
    let mut sum = 0.0;
    let walk: Vec<f64> = noise
        .iter()
        .map(|one| {
            sum += one;
            sum
        })
        .collect();
    assert!(change_points(&walk, &settings()).at.is_empty());
    let cycle: Vec<f64> =
        noise.iter().enumerate().map(|(at, one)| one + 20.0 * (count(at) * 0.2618).sin()).collect();
    let found = change_points(&cycle, &settings());
    assert_eq!((found.at, found.cycle), (Vec::new(), Some(24)));
    let mut spikes = noise.clone();
    spikes.iter_mut().step_by(57).for_each(|value| *value += 60.0);
    assert!(change_points(&spikes, &settings()).at.is_empty());
}

#[test]
fn a_slow_slide_to_another_level_changed_once_and_a_line_did_not() {
    let noise = noise(9, 300);
    let slide = |at: usize| count(at.clamp(120, 180) - 120);
    let values: Vec<f64> =
        noise.iter().enumerate().map(|(at, one)| one / 9.0 + slide(at)).collect();
    let at = change_points(&values, &settings()).at;
    assert!(!at.is_empty() && at.iter().all(|at| (115..=185).contains(at)), "{at:?}");
}

#[test]
fn bad_series_have_one_level_and_count_what_is_missing() {
    assert_eq!(change_points(&[], &settings()).at, Vec::<usize>::new());
    assert_eq!(change_points(&[f64::NAN; 30], &settings()).missing, 30);
    assert!(change_points(&[5.0; 100], &settings()).at.is_empty());
    let mut values = vec![1.0; 60];
    values.extend([9.0; 60]);
    values[30] = f64::NAN;
    values[90] = f64::INFINITY;
    let found = change_points(&values, &settings());
    assert_eq!((found.at, found.missing, found.levels), (vec![60], 2, vec![1.0, 9.0]));
}

#[test]
fn a_long_series_is_dated_to_the_point() {
    let mut values = noise(3, 12_000);
    values.iter_mut().skip(7_777).for_each(|value| *value += 5.0);
    let at = change_points(&values, &settings()).at;
    assert!(at.len() == 1 && at[0].abs_diff(7_777) <= 2, "{at:?}");
}

#[test]
fn pruned_partitions_equal_those_of_a_search_without_pruning() {
    for seed in 0..10 {
        let mut values = noise(seed, 90);
        values.iter_mut().skip(40).for_each(|value| *value = *value * 3.0 + 2.0);
        values.iter_mut().skip(70).for_each(|value| *value -= 5.0);
        for cost in [Cost::Mean, Cost::MeanAndSpread] {
            assert_eq!(optimal_partition(&values, cost), pelt::unpruned(&values, cost), "{seed}");
        }
    }
    assert!(optimal_partition(&[1.0, f64::NAN, 2.0, 3.0, 9.0, 9.0], Cost::Mean).is_empty());
}

#[test]
fn a_saw_of_two_steps_is_no_row_of_changes() {
    let saw: Vec<f64> = (0..500).map(|at| f64::from(at * 7919 % 101)).collect();
    assert!(optimal_partition(&saw, Cost::Mean).is_empty());
    let shifted: Vec<f64> =
        saw.iter().enumerate().map(|(at, one)| if at < 300 { *one } else { one + 200.0 }).collect();
    assert_eq!(optimal_partition(&shifted, Cost::Mean), vec![300]);
}

fn samples(values: &[f64]) -> Vec<Sample> {
    (0..).zip(values).map(|(at, value)| Sample { at: at * 60, value: *value }).collect()
}

#[test]
fn the_interval_of_an_onset_holds_the_truth_about_as_often_as_it_says() {
    let (mut held, mut near) = (0, 0);
    for seed in 0..100 {
        let mut values = noise(seed, 120);
        values.iter_mut().skip(80).for_each(|value| *value += 2.5);
        let Some(onset) = date_onset(&samples(&values), (0, 120 * 60), &settings()) else {
            continue;
        };
        held += usize::from((onset.earliest..=onset.latest).contains(&(80 * 60)));
        near += usize::from((onset.at - 80 * 60).abs() <= 180 && onset.size > 1.5);
    }
    assert!(held >= 90 && near >= 90, "{held} held, {near} near");
}

#[test]
fn a_ramp_is_told_from_a_step_and_a_pulse_is_dated_by_its_beginning() {
    let noise = noise(11, 240);
    let ramp: Vec<f64> = noise
        .iter()
        .enumerate()
        .map(|(at, one)| one + count(at.saturating_sub(100)) * 0.2)
        .collect();
    let found = date_onset(&samples(&ramp), (0, 240 * 60), &settings()).unwrap();
    assert_eq!(found.way, Way::Ramp);
    assert!((found.earliest..=found.latest).contains(&(100 * 60)), "{found:?}");
    let mut pulse = noise.clone();
    pulse.iter_mut().skip(90).take(40).for_each(|value| *value -= 7.0);
    let found = date_onset(&samples(&pulse), (0, 240 * 60), &settings()).unwrap();
    assert_eq!(found.way, Way::Step);
    assert!((found.at - 90 * 60).abs() <= 60 && found.size < -4.0, "{found:?}");
    assert_eq!(date_onset(&samples(&noise), (0, 240 * 60), &settings()), None);
}
