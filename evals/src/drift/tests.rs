use std::path::PathBuf;

use super::{bases::Kind, *};

fn made_up() -> Base {
    let mut random = wherefore_incident::drift::bar::SplitMix::new(5);
    let mut hour = |at: u32| 100.0 + f64::from(at) + 10.0 * (random.part() + random.part());
    let days = (0..10).map(|_| (0..24).map(&mut hour).collect()).collect();
    Base { id: "made/up.csv".to_owned(), kind: Kind::Pool(days) }
}

#[test]
fn drifts_are_found_and_nothing_else_is() {
    let settings = DriftSettings::embedded().unwrap();
    let base = made_up();
    let runs: Vec<Run> = (1..=2)
        .flat_map(|seed| of_seed(&base, std::slice::from_ref(&base), seed, &settings))
        .collect();
    assert_eq!(runs.len(), 2 * 37);
    let report = Scores::of(&runs).report();
    assert_eq!(report.by["B undisturbed"].wrong, 0);
    assert_eq!(report.by["B D14 m2"].right, 8);
    assert!(report.figures["watch_B_far28"].starts_with("0.000 [0.000, "));
    assert!(report.figures["watch_B_d14_m2_28d"].starts_with("1.000 ["));
    let delay: f64 = report.figures["watch_B_d14_m2_delay_h"].parse().unwrap();
    assert!((100.0..336.0).contains(&delay));
}

#[test]
fn lines_are_as_the_scorer_reads_them() {
    let settings = DriftSettings::embedded().unwrap();
    let base = made_up();
    let text = lines(&of_seed(&base, std::slice::from_ref(&base), 1, &settings));
    let first = text.lines().next().unwrap();
    assert_eq!(first, r#"{"id":"made/up.csv","seed":1,"drift":null,"alarms":[]}"#);
    let second = text.lines().nth(1).unwrap();
    assert!(
        second.starts_with(r#"{"id":"made/up.csv","seed":1,"drift":["linear",7,1],"alarms":["#)
    );
}

#[test]
fn the_published_check_values_come_out() {
    let Some(shared) = std::env::var_os("WHEREFORE_SHARED") else {
        println!("WHEREFORE_SHARED is not set: the real series are not read");
        return;
    };
    let bases = bases(&[PathBuf::from(shared).join("data/anomaly/nab")]).unwrap();
    let of = |id: &str| {
        let base = bases.iter().find(|base| base.id == id).unwrap();
        let series = Undisturbed::new(base, 1);
        (series.deployed, series.values.iter().sum::<f64>())
    };
    let (deployed, sum) = of("realAWSCloudwatch/ec2_cpu_utilization_24ae8d.csv");
    assert!(deployed == 512 && (sum - 154.979_833).abs() < 1e-6);
    let (deployed, sum) = of("realKnownCause/nyc_taxi.csv#3");
    assert!(deployed == 515 && (sum - 18_523_517.0).abs() < 0.5);
    let tweets = bases.iter().filter(|base| base.id.starts_with("realTweets/"));
    assert!(tweets.into_iter().all(|base| base.peers(&bases).len() == 4));
}
