use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use wherefore_contract::{
    incident::Signal,
    telemetry::SpanKind::{self, Client, Consumer, Internal, Server},
};

use super::*;

const MS: i64 = 1_000_000;

/// Id, parent, workload, kind, start and end in milliseconds, failed.
type Short<'a> = (&'a str, &'a str, &'a str, SpanKind, i64, i64, bool);

fn span((id, parent, workload, kind, start, end, failed): Short<'_>) -> TraceSpan {
    TraceSpan::of(&row("t", (id, parent, workload, kind, start, end, failed), &[]))
}

fn row<'a>(trace: &'a str, short: Short<'a>, attributes: &'a [(&'a str, &'a str)]) -> SpanRow<'a> {
    let (span_id, parent_id, workload, kind, start, end, failed) = short;
    SpanRow {
        trace_id: trace,
        span_id,
        parent_id,
        workload,
        operation: span_id,
        kind,
        start_ns: start * MS,
        duration_ns: u64::try_from((end - start) * MS).unwrap(),
        failed,
        attributes,
        account: "1",
        region: "r",
    }
}

fn trace(spans: &[Short<'_>]) -> Trace {
    Trace::of(spans.iter().map(|one| span(*one)).collect())
}

fn path(trace: &Trace) -> Vec<(String, i64)> {
    let segments = critical_path(trace, trace.roots[0]);
    segments
        .iter()
        .map(|one| {
            (
                trace.nodes[one.node].span.span_id.clone(),
                i64::try_from(one.duration_ns).unwrap() / MS,
            )
        })
        .collect()
}

#[test]
fn the_critical_path_is_what_the_trace_waited_for() {
    let trace = trace(&[
        ("root", "", "web", Server, 0, 100, false),
        ("a", "root", "web", Client, 10, 60, false),
        ("a2", "a", "cart", Server, 15, 55, false),
        ("b", "root", "web", Internal, 10, 30, false),
        ("c", "root", "web", Internal, 70, 90, false),
        ("late", "root", "mail", Consumer, 80, 500, false),
    ]);
    let expected =
        [("root", 10), ("a", 5), ("a2", 40), ("a", 5), ("root", 10), ("c", 20), ("root", 10)]
            .map(|(id, ms)| (id.to_owned(), ms));
    assert_eq!(path(&trace), expected);
    let own: BTreeMap<&str, u64> = trace
        .nodes
        .iter()
        .zip(self_times(&trace))
        .map(|(node, own)| (&*node.span.span_id, own / 1_000_000))
        .collect();
    assert_eq!(
        own,
        [("root", 20), ("a", 10), ("a2", 40), ("b", 20), ("c", 20), ("late", 420)].into()
    );
}

#[test]
fn broken_traces_are_repaired_and_told() {
    let trace = trace(&[
        ("root", "", "web", Server, 0, 100, false),
        ("root", "", "web", Server, 0, 90, false),
        ("lost", "gone", "web", Internal, 10, 20, false),
        ("far", "gone", "web", Internal, 300, 310, false),
        ("x", "y", "web", Internal, 400, 420, false),
        ("y", "x", "web", Internal, 390, 430, false),
        ("self", "self", "web", Internal, 500, 501, false),
        ("shared", "root", "web", Client, 30, 60, false),
        ("shared", "root", "cart", Server, 35, 55, false),
        ("below", "shared", "cart", Internal, 40, 50, false),
    ]);
    let repairs = &trace.repairs;
    assert_eq!((repairs.duplicates, repairs.shared_ids, repairs.cycles), (1, 1, 1));
    assert_eq!((repairs.attached_to_root, repairs.own_roots), (1, 3));
    assert_eq!(trace.nodes[0].span.duration_ns, 100_000_000);
    let at = |id: &str, workload: &str| {
        trace
            .nodes
            .iter()
            .position(|node| node.span.span_id == id && node.span.workload == workload)
            .unwrap()
    };
    assert_eq!(trace.nodes[at("shared", "cart")].parent, Some(at("shared", "web")));
    assert_eq!(trace.nodes[at("below", "cart")].parent, Some(at("shared", "cart")));
    assert_eq!(trace.nodes[at("x", "web")].parent, Some(at("y", "web")));
}

#[test]
fn clocks_are_set_right_between_workloads_only() {
    let trace = trace(&[
        ("c", "", "web", Client, 1_000, 1_100, false),
        ("s", "c", "cart", Server, 200, 280, false),
        ("i", "s", "cart", Internal, 210, 220, false),
        ("early", "c", "web", Internal, 990, 995, false),
    ]);
    let starts: BTreeMap<&str, i64> =
        trace.nodes.iter().map(|node| (&*node.span.span_id, node.span.start_ns / MS)).collect();
    assert_eq!(starts, [("c", 1_000), ("s", 1_010), ("i", 1_020), ("early", 990)].into());
    let skew = trace.repairs.skews[&("web".to_owned(), "cart".to_owned())];
    assert_eq!((skew.spans, skew.most_ns), (1, 810_000_000));
}

#[test]
fn a_failure_begins_where_nothing_below_fails() {
    let trace = trace(&[
        ("root", "", "web", Server, 0, 100, true),
        ("a", "root", "web", Client, 0, 50, true),
        ("a2", "a", "cart", Server, 1, 49, true),
        ("db", "a2", "cart", Client, 2, 40, true),
        ("well", "a2", "cart", Client, 41, 45, false),
        ("retry", "root", "web", Internal, 60, 70, false),
        ("b", "retry", "web", Client, 61, 62, true),
    ]);
    let origins = error_origins(&trace);
    assert_eq!(
        origins.iter().map(|one| (&*one.operation, one.reached_root)).collect::<Vec<_>>(),
        [("db", true), ("b", false)]
    );
    assert_eq!(origins[0].path, ["cart", "web"]);
}

#[test]
fn outcomes_and_peers_follow_the_conventions() {
    let of = |attributes: &[(&str, &str)], failed| {
        let span = TraceSpan::of(&row("t", ("a", "", "w", Client, 0, 1, failed), attributes));
        (span.outcome, span.peer)
    };
    assert_eq!(
        of(&[("http.status_code", "503"), ("server.address", "h")], false),
        (Outcome::Fault, Some("h".to_owned()))
    );
    assert_eq!(of(&[("http.response.status_code", "404")], true), (Outcome::Error, None));
    assert_eq!(of(&[("http.response.status_code", "429")], true).0, Outcome::Throttle);
    assert_eq!(of(&[("rpc.grpc.status_code", "14")], false).0, Outcome::Fault);
    let both = [("http.response.status_code", "503"), ("rpc.grpc.status_code", "3")];
    assert_eq!(of(&both, false).0, Outcome::Fault);
    assert_eq!(
        of(&[("db.system", "redis"), ("db.name", "0")], true),
        (Outcome::Fault, Some("redis:0".to_owned()))
    );
    assert_eq!(
        of(&[("messaging.system", "kafka"), ("messaging.destination.name", "orders")], false)
            .1
            .as_deref(),
        Some("kafka:orders")
    );
    assert_eq!(of(&[("peer.service", "pay"), ("db.system", "x")], false).1.as_deref(), Some("pay"));
}

/// Web calls cart, cart asks a database; cart takes `cart_ms`, `failing` of ten fail in the database.
fn window(cart_ms: i64, failing: usize) -> TraceSummary {
    let mut fold = TraceFold::new(Limits::default());
    for at in 0..10 {
        let (id, bad) = (format!("{at:02}"), at < failing);
        let spans: [Short<'_>; 4] = [
            ("GET /", "", "web", Server, 0, 20 + cart_ms, bad),
            ("call", "GET /", "web", Client, 5, 15 + cart_ms, bad),
            ("POST", "call", "cart", Server, 6, 6 + cart_ms, bad),
            ("SELECT", "POST", "cart", Client, 7, 8, bad),
        ];
        for one in spans {
            let database: &[(&str, &str)] =
                if one.0 == "SELECT" { &[("db.system", "postgresql")] } else { &[] };
            fold.push(&row(&id, one, database));
        }
    }
    fold.finish()
}

#[test]
fn the_map_counts_calls_and_dependencies_outside() {
    let summary = window(30, 4);
    let map = &summary.map;
    assert!(map.nodes["postgresql"].outside && !map.nodes["cart"].outside);
    let edge = &map.edges[&("web".to_owned(), "cart".to_owned())];
    assert_eq!((edge.calls, edge.faults, edge.latency.most()), (10, 4, 40_000_000));
    assert_eq!(map.edges[&("cart".to_owned(), "postgresql".to_owned())].fault_share(), Some(0.4));
    assert_eq!((map.nodes["web"].entered.calls, map.nodes["cart"].entered.calls), (10, 0));
    let origin = ("cart".to_owned(), "SELECT".to_owned(), Some("postgresql".to_owned()));
    assert_eq!(summary.origins, [(origin, 4)].into());
    let moved = [
        ("web".to_owned(), BTreeSet::from([Signal::Errors])),
        ("other".to_owned(), [Signal::Latency].into()),
    ]
    .into();
    let radius = blast_radius(map, "postgresql", &moved);
    let reached: Vec<(&str, usize, bool)> = radius
        .dependents
        .iter()
        .map(|one| (&*one.workload, one.hops, one.moved.is_empty()))
        .collect();
    assert_eq!(reached, [("cart", 1, true), ("web", 2, false)]);
    assert_eq!((radius.failing_share, radius.reached_share), (Some(0.4), Some(1.0)));
    assert_eq!(radius.moved_elsewhere, ["other"]);
    assert!(!blast_radius(map, "nobody", &moved).known);
}

#[test]
fn added_time_is_found_where_it_is_spent() {
    let comparison = compare_traces(&window(30, 0), &window(80, 0)).unwrap();
    assert_eq!(comparison.added_ns, 50_000_000);
    assert_eq!(comparison.lines.len(), 1);
    assert_eq!(comparison.lines[0].operation.as_deref(), Some("POST"));
    assert_eq!((comparison.lines[0].added_ns, comparison.lines[0].more_often_ns), (50_000_000, 0));
    assert_eq!(compare_traces(&TraceSummary::default(), &window(1, 0)), None);
}

#[test]
fn quantiles_are_near_and_sums_exact() {
    let mut durations = Durations::default();
    (1..=100_000_u64).for_each(|value| durations.add(value * 37));
    for percent in [1, 50, 95, 99] {
        let exact = percent * 1_000 * 37;
        assert!(durations.percentile(percent).abs_diff(exact) * 100 <= exact, "{percent}");
    }
    assert_eq!(durations.sum(), 37 * 100_000 * 100_001 / 2);
    durations.add(u64::MAX);
    assert_eq!((durations.percentile(100), Durations::default().percentile(50)), (u64::MAX, 0));
}

#[test]
fn limits_hold_and_disorder_is_told() {
    let mut fold = TraceFold::new(Limits { spans_of_a_trace: 2, operations: 1 });
    for (trace, id) in [("b", "1"), ("b", "2"), ("b", "3"), ("a", "1")] {
        fold.push(&row(trace, (id, "", "w", Server, 0, 1, false), &[]));
    }
    let summary = fold.finish();
    assert_eq!((summary.left_out, summary.out_of_order, summary.traces), (1, 1, 2));
    assert_eq!(summary.operations.len(), 2);
}

fn any_spans() -> impl Strategy<Value = Vec<TraceSpan>> {
    let one = (0..12_u8, 0..16_u8, 0..3_u8, 0..5_u8, 0..1_000_i64, 0..400_i64, any::<bool>());
    prop::collection::vec(one, 1..24).prop_map(|all| {
        let kinds = [Internal, Server, Client, SpanKind::Producer, Consumer];
        let names = |number: u8| format!("{number:02x}");
        all.into_iter()
            .map(|(id, parent, workload, kind, start, length, failed)| {
                // Id 0 reads as no parent.
                let (id, parent, workload) = (names(id + 1), names(parent), format!("w{workload}"));
                span((
                    &id,
                    &parent,
                    &workload,
                    kinds[usize::from(kind)],
                    start,
                    start + length,
                    failed,
                ))
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn any_spans_make_one_tree_whose_path_adds_up(spans in any_spans(), turn in 0..24_usize) {
        let trace = Trace::of(spans.clone());
        let mut turned = spans.clone();
        turned.rotate_left(turn % spans.len());
        prop_assert_eq!(&Trace::of(turned), &trace);
        let dropped = usize::try_from(trace.repairs.duplicates).unwrap();
        prop_assert_eq!(trace.nodes.len() + dropped, spans.len());
        for (at, node) in trace.nodes.iter().enumerate() {
            prop_assert!(node.parent.is_none_or(|parent| parent < at));
            let length: u64 = critical_path(&trace, at).iter().map(|one| one.duration_ns).sum();
            prop_assert_eq!(length, node.span.duration_ns);
        }
        for (own, node) in self_times(&trace).iter().zip(&trace.nodes) {
            prop_assert!(*own <= node.span.duration_ns);
        }
        prop_assert!(error_origins(&trace).len() <= trace.nodes.len());
    }

    #[test]
    fn added_time_adds_up_exactly(old in prop::collection::vec(any_spans(), 1..6), new in prop::collection::vec(any_spans(), 1..6)) {
        let summary = |all: Vec<Vec<TraceSpan>>| {
            let mut summary = TraceSummary::default();
            for spans in all {
                summary.add(&Trace::of(spans), Limits::default());
            }
            summary
        };
        if let Some(comparison) = compare_traces(&summary(old), &summary(new)) {
            prop_assert_eq!(comparison.lines.iter().map(|line| line.added_ns).sum::<i64>(), comparison.added_ns);
        }
    }
}
