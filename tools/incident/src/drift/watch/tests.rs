use proptest::prelude::*;
use wherefore_contract::incident::Signal;

use super::{
    super::subject::{Direction, Subject},
    *,
};
use crate::drift::bar::SplitMix;

fn subject(direction: Direction) -> Subject {
    Subject {
        deployment: "d-1".to_owned(),
        // A Tuesday; the first full hour is 10:00.
        deployed_at: "2026-03-03T09:12:00Z".parse().unwrap(),
        summary: Some("checkout 4.2.0".to_owned()),
        workload: "checkout".to_owned(),
        signal: Signal::Latency,
        metric: "http.server.duration.p95".to_owned(),
        unit: Some("ms".to_owned()),
        account: None,
        region: None,
        direction,
        line: Some(400.0),
        ahead_hours: 9,
        is_weekly: true,
    }
}

fn time(hour: i64) -> Timestamp {
    let zero: Timestamp = "2026-03-03T10:00:00Z".parse().unwrap();
    zero.checked_add(SignedDuration::from_hours(hour)).unwrap()
}

// A daily rhythm with noise of about 10, and what is added from the deployment on.
fn points(hours: std::ops::Range<i64>, seed: u64, added: impl Fn(i64) -> f64) -> Vec<Point> {
    let noise = |hour: i64| {
        let mut random = SplitMix::new(seed ^ hour.cast_unsigned().wrapping_mul(0x9E37_79B9));
        (0..12).map(|_| random.part()).sum::<f64>() - 6.0
    };
    let rhythm = |hour: i64| if (8..20).contains(&hour.rem_euclid(24)) { 40.0 } else { 0.0 };
    hours
        .map(|hour| Point {
            time: time(hour),
            value: 200.0 + rhythm(hour) + 10.0 * noise(hour) + added(hour),
            control: None,
        })
        .collect()
}

fn ramp(hour: i64) -> f64 {
    // Two standard deviations over two weeks.
    20.0 * (count(usize::try_from(hour.max(0)).unwrap()) / 336.0).min(1.0)
}

fn settings() -> DriftSettings {
    DriftSettings::embedded().unwrap()
}

fn run(points: &[Point]) -> (Watch, Taken) {
    let mut watch = Watch::new(subject(Direction::Up), 7);
    let taken = watch.take(points, &settings());
    (watch, taken)
}

#[test]
fn a_slow_drift_opens_one_ticket_before_it_is_full_size() {
    let (watch, taken) = run(&points(-24 * 24..24 * 28, 1, ramp));
    let opened: Vec<&Event> =
        taken.events.iter().filter(|event| event.kind == EventKind::Opened).collect();
    assert_eq!(opened.len(), 1, "{:?}", watch.phase());
    let facts = &opened[0].facts;
    assert!((96..=336).contains(&facts.delay_hours), "{}", facts.delay_hours);
    assert!((0.9..2.5).contains(&facts.size_sigma), "{}", facts.size_sigma);
    assert!(facts.size_percent.unwrap() > 2.0 && facts.size_percent.unwrap() < 20.0);
    assert!(facts.onset.unwrap() < facts.opened_at && facts.onset.unwrap() >= time(0));
    assert!(facts.log10_wealth >= facts.enough);
    assert_eq!(watch.phase(), Phase::Open);
    let (rising, _) = run(&points(-24 * 24..24 * 14, 1, ramp));
    let facts = rising.facts(&settings()).unwrap();
    let crossing = facts.crossing.as_ref().unwrap();
    assert!(crossing.at.unwrap() > facts.at, "{crossing:?}");
    assert!(facts.slope_per_day.unwrap() > 0.0);
}

#[test]
fn nothing_is_told_of_series_that_do_not_drift() {
    let told = (0..40).filter(|seed| {
        let (watch, taken) = run(&points(-24 * 24..24 * 28 + 2, *seed, |_| 0.0));
        assert!(!taken.events.is_empty() || watch.ended() == Some(Ended::Quiet));
        !taken.events.is_empty()
    });
    assert_eq!(told.count(), 0);
}

#[test]
fn a_burst_that_comes_down_again_is_no_slow_drift() {
    let burst = |hour: i64| {
        let days = count(usize::try_from(hour - 24 * 8).unwrap_or(0)) / 24.0;
        if hour < 24 * 8 { 0.0 } else { 150.0 * (-days).exp() }
    };
    let (watch, taken) = run(&points(-24 * 24..24 * 28, 1, burst));
    assert!(taken.events.is_empty(), "{:?}", watch.phase());
    let jump = |hour: i64| if hour < 24 * 8 { 0.0 } else { 60.0 };
    assert_eq!(run(&points(-24 * 24..24 * 28, 1, jump)).1.events[0].kind, EventKind::Opened);
}

#[test]
fn a_drop_is_found_where_down_is_worse() {
    let mut watch = Watch::new(subject(Direction::Down), 7);
    let taken = watch.take(&points(-24 * 24..24 * 28, 1, |hour| -ramp(hour)), &settings());
    let facts = &taken.events[0].facts;
    assert!(facts.size_sigma < -0.9 && facts.size < 0.0 && facts.actual < facts.usual);
    let (_, taken) = run(&points(-24 * 24..24 * 28, 1, |hour| -ramp(hour)));
    assert_eq!(taken.events, []);
}

#[test]
fn the_ticket_is_kept_up_and_closes_when_the_drift_is_gone() {
    let rolled_back = |hour: i64| if hour < 24 * 24 { 3.0 * ramp(hour) } else { 0.0 };
    let (watch, taken) = run(&points(-24 * 24..24 * 30, 1, rolled_back));
    let kinds: Vec<EventKind> = taken.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds.first(), Some(&EventKind::Opened));
    assert_eq!(kinds.last(), Some(&EventKind::Gone));
    assert!(
        kinds.len() > 2 && kinds[1..kinds.len() - 1].iter().all(|kind| *kind == EventKind::Updated)
    );
    assert_eq!((watch.phase(), watch.ended()), (Phase::Closed, Some(Ended::Gone)));
    let closed = taken.events.last().unwrap();
    assert!(closed.at > time(24 * 24) && closed.at <= time(24 * 28), "{}", closed.at);
    assert!(taken.events.iter().all(|event| event.facts.key == closed.facts.key));
}

#[test]
fn missing_late_and_unusable_points_are_told_and_bring_no_alarm() {
    let mut some = points(-24 * 24..24 * 28, 3, |_| 0.0);
    some.retain(|point| point.time < time(100) || point.time >= time(160));
    for point in some.iter_mut().step_by(50) {
        point.value = f64::NAN;
    }
    let (mut watch, taken) = run(&some);
    assert_eq!(taken.events, []);
    assert!(taken.unusable > 20);
    let late = watch.take(&points(100..160, 3, |_| 0.0), &settings());
    assert_eq!((late.taken, late.late), (0, 60));
    let again = watch.take(&some[700..800], &settings());
    assert_eq!(again.taken, 0);
}

#[test]
fn without_history_the_watch_says_that_it_is_blind() {
    let (watch, taken) = run(&points(-24 * 5..24 * 3, 1, ramp));
    assert_eq!(watch.ended(), Some(Ended::Blind(Blind::TooLittleHistory)));
    assert_eq!(taken.events, []);
    let (watch, _) = run(&[]);
    assert_eq!(watch.phase(), Phase::Learning);
}

#[test]
fn a_series_that_drifts_by_itself_needs_more_than_one_that_does_not() {
    let season = |hour: i64| {
        let day = count(usize::try_from(hour + 24 * 91).unwrap()) / 24.0;
        60.0 * (day / 91.0 * 4.0 * std::f64::consts::PI).sin()
    };
    let (wandering, _) = run(&points(-24 * 90..30, 1, season));
    let (still, _) = run(&points(-24 * 90..30, 1, |_| 0.0));
    let bars = [wandering, still].map(|watch| watch.baseline().unwrap().bar);
    assert!(bars[0] > bars[1] + 1.0, "{bars:?}");
}

#[test]
fn now_seals_what_no_newer_point_did() {
    let (mut watch, taken) = run(&points(-24 * 24..24 * 12, 1, |hour| 3.0 * ramp(hour)));
    let before = taken.events.len();
    assert!(before > 0);
    let later = watch.advance(time(24 * 12 + 1), &settings());
    assert!(later.iter().all(|event| event.kind == EventKind::Updated));
    assert_eq!(watch.advance(time(24 * 12 + 1), &settings()), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn pieces_restarts_and_repetitions_change_nothing(
        seed in 0_u64..1000,
        cuts in proptest::collection::vec(0_usize..1200, 0..12),
        size in 0.0_f64..4.0,
    ) {
        let all = points(-24 * 22..24 * 28, seed, |hour| size * ramp(hour));
        let (whole, at_once) = run(&all);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(all.len())).collect();
        cuts.extend([0, all.len()]);
        cuts.sort_unstable();
        let mut watch = Watch::new(subject(Direction::Up), 7);
        let mut events = Vec::new();
        for pair in cuts.windows(2) {
            let piece = &all[pair[0]..pair[1]];
            events.extend(watch.take(piece, &settings()).events);
            let kept = serde_json::to_string(&watch).unwrap();
            watch = serde_json::from_str(&kept).unwrap();
            let twice = watch.take(piece, &settings());
            prop_assert_eq!((twice.taken, twice.events.len()), (0, 0));
        }
        prop_assert_eq!(&events, &at_once.events);
        prop_assert_eq!(watch, whole);
    }
}
