//! Made-up estates of which the cause is known.

use wherefore_contract::incident::{CauseKind, ChangeKind, Signal};

use super::{
    super::{
        Call, CauseSettings, ChangeSeen, Class, Estate, Finding, LeftOut, Node, PatternCounts,
        PatternSeen, Reference, Series, Severity, SpanFigures, SpansSeen, Steps, Succession,
        Symptom, Vantage,
    },
    rank,
};

fn settings() -> CauseSettings {
    CauseSettings::shipped().unwrap()
}

fn healthy(level: f64) -> Vec<f64> {
    (0..60).map(|step| level * (1.0 + 0.02 * f64::from(step % 7 - 3))).collect()
}

fn series(node: &str, signal: Signal, level: f64, window: &[f64]) -> Series {
    Series {
        id: format!("{node} {signal}"),
        node: node.to_owned(),
        name: signal.name().to_owned(),
        signal,
        unit: "1".to_owned(),
        resolution: 0.0,
        caller: None,
        is_shared: false,
        reference: healthy(level),
        before: healthy(level).split_off(55),
        window: window.to_vec(),
    }
}

const BUMP: [f64; 6] = [1.0, 1.0, 5.0, 6.0, 5.0, 1.0];
const FLAT: [f64; 6] = [1.0, 1.02, 0.98, 1.0, 1.01, 1.0];

/// `page` calls `shop` and `search`, `shop` calls `store`; the page is slow.
fn estate() -> Estate {
    let node = |name: &str| Node { name: name.to_owned(), vantage: Vantage::Own };
    let call = |caller: &str, callee: &str| Call { caller: caller.into(), callee: callee.into() };
    Estate {
        nodes: ["page", "shop", "search", "store"].map(node).to_vec(),
        calls: vec![call("page", "shop"), call("page", "search"), call("shop", "store")],
        series: vec![
            series("page", Signal::Latency, 1.0, &BUMP),
            series("shop", Signal::Latency, 1.0, &BUMP),
            series("search", Signal::Latency, 1.0, &FLAT),
            series("store", Signal::Latency, 1.0, &BUMP),
        ],
        symptom: Symptom {
            node: Some("page".to_owned()),
            signal: Some(Signal::Latency),
            series: Some("page latency".to_owned()),
        },
        step_seconds: 60.0,
        ..Estate::default()
    }
}

#[test]
fn the_deepest_that_moved_comes_first_with_its_way_to_the_symptom() {
    let verdict = rank(&estate(), &settings());
    let first = &verdict.hypotheses[0];
    assert_eq!((first.rank, first.node.as_str()), (1, "store"));
    let path: Vec<(&str, &str)> =
        first.path.iter().map(|hop| (hop.caller.as_str(), hop.callee.as_str())).collect();
    assert_eq!(path, [("shop", "store"), ("page", "shop")]);
    assert_eq!(first.path[0].evidence, [Reference::Series("shop latency".to_owned())]);
    assert!((first.score - first.parts.product()).abs() < 1e-12);
    let shop = verdict.hypotheses.iter().find(|one| one.node == "shop").unwrap();
    assert!(shop.contradicting.iter().any(|one| one.finding == Finding::ExplainedBelow));
    assert!(verdict.hypotheses.iter().all(|one| one.node != "search"));
}

#[test]
fn an_estate_that_is_well_gives_nothing() {
    let mut estate = estate();
    for series in &mut estate.series {
        series.window = FLAT.to_vec();
    }
    let verdict = rank(&estate, &settings());
    assert!(verdict.is_nothing_found(), "{verdict:?}");
    assert!(rank(&Estate::default(), &settings()).is_nothing_found());
}

#[test]
fn a_red_herring_that_moves_at_another_time_stays_below() {
    let mut estate = estate();
    estate.series[2].window = vec![9.0, 9.0, 1.0, 1.0, 1.0, 9.0];
    let verdict = rank(&estate, &settings());
    assert_eq!(verdict.hypotheses[0].node, "store");
    let herring = verdict.hypotheses.iter().find(|one| one.node == "search").unwrap();
    assert_eq!(herring.contradicting[0].finding, Finding::OffCourse);
    assert!(herring.score < 0.4 * verdict.hypotheses[0].score);
}

#[test]
fn a_change_just_before_tells_the_kind_and_a_later_one_does_not() {
    let mut estate = estate();
    estate.changes = vec![ChangeSeen {
        id: "d1".to_owned(),
        node: Some("store".to_owned()),
        kind: ChangeKind::Deployment,
        seconds_before: 300.0,
    }];
    let first = rank(&estate, &settings()).hypotheses[0].clone();
    assert_eq!(first.kind, CauseKind::BadDeployment);
    assert!(first.supporting.iter().any(|one| one.of == Reference::Change("d1".to_owned())));
    assert!(first.confidence > rank(&self::estate(), &settings()).hypotheses[0].confidence);
    estate.changes[0].seconds_before = -3600.0;
    assert_ne!(rank(&estate, &settings()).hypotheses[0].kind, CauseKind::BadDeployment);
    estate.changes[0].seconds_before = 300.0;
    estate.changes[0].node = Some("search".to_owned());
    let verdict = rank(&estate, &settings());
    assert!(
        verdict.hypotheses.iter().all(|one| one.node != "search"),
        "a change alone is no cause"
    );
}

#[test]
fn a_lost_step_in_one_workload_is_a_fault_of_its_code() {
    let mut estate = estate();
    estate.series.truncate(1);
    estate.successions = vec![Succession {
        id: "s1".to_owned(),
        node: "search".to_owned(),
        from: "looked up".to_owned(),
        to: "found".to_owned(),
        before: Steps { seen: 500, followed: 480 },
        after: Steps { seen: 40, followed: 3 },
    }];
    let verdict = rank(&estate, &settings());
    let first = &verdict.hypotheses[0];
    assert_eq!((first.node.as_str(), first.kind), ("search", CauseKind::CodeFault));
    assert_eq!(first.leading.of, Reference::Succession("s1".to_owned()));
    assert_eq!(verdict.unseen, ["shop", "store"]);
}

#[test]
fn error_lines_that_say_it_outright_give_the_kind() {
    for (text, kind) in [
        ("x509: certificate has expired", CauseKind::CertificateExpired),
        ("ThrottlingException: Rate exceeded", CauseKind::QuotaReached),
    ] {
        let mut estate = estate();
        estate.patterns = vec![PatternSeen {
            id: "p1".to_owned(),
            node: "store".to_owned(),
            text: text.to_owned(),
            severity: Severity::Error,
            counts: PatternCounts { before: 0, after: 60 },
            exposure: 0.1,
        }];
        let first = rank(&estate, &settings()).hypotheses[0].clone();
        assert_eq!((first.node.as_str(), first.kind), ("store", kind));
    }
}

#[test]
fn errors_that_come_from_below_are_no_evidence_for_the_caller() {
    let mut estate = estate();
    estate.series.truncate(1);
    let spans = |node: &str, errors_own: u64| SpansSeen {
        node: node.to_owned(),
        caller: None,
        before: SpanFigures { calls: 1000, errors: 2, errors_own: 2, ..SpanFigures::default() },
        after: SpanFigures { calls: 100, errors: 60, errors_own, ..SpanFigures::default() },
    };
    estate.spans = vec![spans("shop", 0), spans("store", 60)];
    let verdict = rank(&estate, &settings());
    assert_eq!(verdict.hypotheses[0].node, "store");
    assert!(verdict.hypotheses.iter().all(|one| one.node != "shop"));
}

#[test]
fn callers_that_see_it_late_while_it_is_well_are_a_fault_between() {
    let mut estate = estate();
    estate.series[3].window = FLAT.to_vec();
    let mut late = series("store", Signal::Latency, 1.0, &BUMP);
    late.id = "shop to store".to_owned();
    late.caller = Some("shop".to_owned());
    estate.series.push(late);
    let first = rank(&estate, &settings()).hypotheses[0].clone();
    assert_eq!((first.node.as_str(), first.kind), ("store", CauseKind::NetworkFault));
}

#[test]
fn a_slow_rise_of_memory_is_a_leak_and_a_jump_is_not() {
    let slow: Vec<f64> = (0..12).map(|step| 1.0 + 0.5 * f64::from(step)).collect();
    let mut jump = vec![1.0; 6];
    jump.extend([6.5; 6]);
    for (window, kind) in [(slow, CauseKind::ResourceLeak), (jump, CauseKind::ResourceSaturation)] {
        let mut estate = estate();
        estate.series = vec![series("store", Signal::Saturation, 1.0, &window)];
        estate.symptom.series = None;
        assert_eq!(rank(&estate, &settings()).hypotheses[0].kind, kind);
    }
}

#[test]
fn more_requests_with_failures_are_tried_again_unless_the_callers_get_more_as_well() {
    let mut estate = estate();
    estate.series.push(series("store", Signal::Traffic, 1.0, &BUMP));
    estate.series.push(series("store", Signal::Errors, 0.1, &BUMP));
    let first = rank(&estate, &settings()).hypotheses[0].clone();
    assert_eq!((first.node.as_str(), first.kind), ("store", CauseKind::RetryStorm));
    estate.series.push(series("shop", Signal::Traffic, 1.0, &BUMP));
    let verdict = rank(&estate, &settings());
    assert_eq!(verdict.hypotheses[0].kind, CauseKind::TrafficSurge);
}

#[test]
fn what_cannot_be_used_is_told_and_hurts_nothing() {
    let mut estate = estate();
    estate.nodes.retain(|node| node.name != "search");
    estate.calls.push(Call { caller: "shop".into(), callee: "page".into() });
    estate.series[0].reference[3] = f64::NAN;
    estate.series[3].window[1] = f64::INFINITY;
    estate.series[1].window = vec![f64::NAN; 6];
    estate.symptom.series = Some("unheard of".to_owned());
    let verdict = rank(&estate, &settings());
    assert_eq!(verdict.hypotheses[0].node, "store");
    assert!(verdict.hypotheses.iter().all(|one| one.score.is_finite() && one.confidence <= 1.0));
    let unknown = LeftOut::UnknownCall { caller: "page".into(), callee: "search".into() };
    assert!(verdict.left_out.contains(&unknown));
    assert!(verdict.left_out.contains(&LeftOut::TooFewValues { series: "shop latency".into() }));
    assert!(verdict.left_out.contains(&LeftOut::UnknownSymptom { name: "unheard of".into() }));
    assert_eq!(verdict.left_out.len(), 4);
}

#[test]
fn the_order_of_what_comes_in_changes_nothing() {
    let mut turned = estate();
    turned.series.reverse();
    turned.nodes.reverse();
    turned.calls.reverse();
    assert_eq!(rank(&estate(), &settings()), rank(&turned, &settings()));
}

#[test]
fn an_address_that_only_callers_see_yields_to_a_workload_that_moves_with_it() {
    let mut estate = estate();
    estate.nodes.push(Node { name: "search.example".to_owned(), vantage: Vantage::Callers });
    estate.calls.push(Call { caller: "page".into(), callee: "search.example".into() });
    estate.series.push(series("search.example", Signal::Latency, 1.0, &BUMP));
    estate.series[2].window = BUMP.to_vec();
    estate.series[1].window = FLAT.to_vec();
    estate.series[3].window = FLAT.to_vec();
    let verdict = rank(&estate, &settings());
    assert_eq!(verdict.hypotheses[0].node, "search");
    assert!(verdict.hypotheses[0].class >= Class::Moderate, "{:?}", verdict.hypotheses[0]);
}
