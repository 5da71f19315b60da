use proptest::prelude::*;

use super::*;

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -1e3..1e3,
        1 => any::<f64>(),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(0.0), Just(-0.0), Just(f64::MAX), Just(5e-324)],
    ]
}

// Times that jump, stand still and go back.
fn any_samples() -> impl Strategy<Value = Vec<Sample>> {
    let step = prop_oneof![8 => Just(60_i64), 1 => -600_i64..100_000, 1 => Just(0)];
    prop::collection::vec((step, any_value()), 0..220).prop_map(|steps| {
        let mut at = 1_700_000_000;
        let place = |(step, value)| {
            at += step;
            Sample { at, value }
        };
        steps.into_iter().map(place).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_comes_scores_are_scores_and_nothing_is_lost(samples in any_samples()) {
        let settings = SeriesSettings::embedded().unwrap();
        let mut watch = Watch::new(settings.watch(Profile::Standard));
        let verdicts: Vec<Verdict> = samples.iter().filter_map(|sample| watch.push(*sample)).collect();
        let left_out = watch.left_out();
        prop_assert_eq!(verdicts.len() + left_out.missing + left_out.out_of_order, samples.len());
        prop_assert!(verdicts.iter().all(|verdict| (0.0..=1.0).contains(&verdict.score)));
        let found = find_anomalies(&samples, None, &settings.events);
        prop_assert!(found.events.iter().all(|event| event.start <= event.end && event.size >= 0.0));
        prop_assert!(found.events.is_sorted_by(|one, next| one.end < next.start));
        if !found.is_too_short {
            prop_assert_eq!(found.bands.len() + found.missing + found.repeated, samples.len());
        }
    }

    #[test]
    fn whatever_comes_changes_lie_inside_and_forecasts_are_finite(values in prop::collection::vec(any_value(), 0..220)) {
        let settings = SeriesSettings::embedded().unwrap();
        let found = change_points(&values, &settings.breaks);
        prop_assert!(found.at.is_sorted_by(|one, next| one < next));
        prop_assert!(found.at.iter().all(|at| *at > 0 && *at < values.len()));
        prop_assert_eq!(found.levels.len(), found.at.len() + 1);
        let samples: Vec<Sample> =
            (0..).zip(&values).map(|(at, value)| Sample { at, value: *value }).collect();
        if let Some(onset) = date_onset(&samples, (0, 500), &settings.breaks) {
            prop_assert!(onset.earliest <= onset.at && onset.at <= onset.latest, "{:?}", onset);
        }
        if let Some(forecast) = forecast_series(&values, 12, &[24], &settings.forecast) {
            prop_assert_eq!(forecast.steps.len(), 12);
            prop_assert!(forecast.steps.iter().all(|step| step.low <= step.middle && step.middle <= step.high));
        }
    }
}
