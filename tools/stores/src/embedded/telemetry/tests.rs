use std::{fmt::Write as _, fs, ops::ControlFlow, path::Path};

use jiff::Timestamp;
use tempfile::TempDir;
use wherefore_contract::{
    dimension::Dimension,
    filter::Filter,
    period::{Period, parse_moment},
    ports::TelemetryStore,
    scope::Scope,
    telemetry::{
        ChangeQuery, Extent, LogCountQuery, LogLine, LogQuery, LogQuote, PointQuery, RecordOrder,
        Scan, SeriesKind, SpanQuery,
    },
};
use wherefore_load::{LoadOptions, Quiet, load};

use super::super::cost::EmbeddedCost;

const LOGS: &str = "\
Timestamp,TraceId,SpanId,SeverityText,ServiceName,Body,ResourceAttributes,LogAttributes
2026-10-01 23:59:59.5,t1,s1,INFO,cart,GET /cart 200,\"{'cloud.account.id':'42','cloud.region':'us-east-1'}\",{'k':'v'}
2026-10-02 00:00:01,t1,s2,ERROR,checkout,결제 실패 100% of Card,\"{'cloud.account.id':'43','cloud.region':'eu-west-1'}\",
2026-10-01 23:58:00,,,WARN,cart,slow disk,\"{'cloud.account.id':'42','cloud.region':'us-east-1'}\",
2026-10-02 00:00:01,t0,s3,ERROR,checkout,card declined,\"{'cloud.account.id':'43','cloud.region':'eu-west-1'}\",
";
const SPANS: &str = "\
Timestamp,TraceId,SpanId,ParentSpanId,SpanName,SpanKind,ServiceName,Duration,StatusCode,ResourceAttributes
2026-10-01 23:59:59.000000007,t2,b,a,SELECT,Client,cart,50,Unset,{'cloud.region':'us-east-1'}
2026-10-01 23:59:59,t2,a,,GET /,Server,cart,100,Error,{'cloud.region':'us-east-1'}
2026-10-01 23:59:58,t3,c,,POST /pay,Server,checkout,10,Ok,{'cloud.region':'eu-west-1'}
";
const CHANGES: &str = r#"{"id":"d1","time":"2026-10-01T23:58:00Z","workload":"cart","kind":"deployment","summary":"cart 1.4","account":"42"}
{"id":"d2","time":"2026-10-01T23:59:00Z","kind":"config","summary":"flag on","account":"42"}
{"id":"d3","time":"2026-10-01T22:00:00Z","workload":"checkout","kind":"deployment","summary":"checkout 2","account":"43"}
"#;

fn metrics() -> String {
    let nanos = |minute: i64| (1_790_895_600 + minute * 60) * 1_000_000_000; // 23:00
    let mut text = String::new();
    for (minute, count, level) in [(0, 100, 1.0), (1, 160, 3.0), (2, 10, 5.0), (3, 30, 7.0)] {
        let at = nanos(minute);
        writeln!(
            text,
            r#"{{"resourceMetrics":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"cart"}}}}]}},"scopeMetrics":[{{"metrics":[{{"name":"requests","sum":{{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{{"timeUnixNano":"{at}","asInt":"{count}"}}]}}}},{{"name":"cpu","gauge":{{"dataPoints":[{{"timeUnixNano":"{at}","asDouble":{level}}},{{"timeUnixNano":"{}","asDouble":{}}}]}}}},{{"name":"latency","histogram":{{"aggregationTemporality":1,"dataPoints":[{{"timeUnixNano":"{at}","count":"4","sum":10,"max":6}}]}}}}]}}]}}]}}"#,
            at + 1_000_000_000,
            level + 1.0,
        )
        .unwrap();
    }
    text
}

fn loaded(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    let options = LoadOptions::new(folder.join("w"), Timestamp::UNIX_EPOCH);
    let report = load(&[path], &options, &Quiet).unwrap();
    assert!(report.is_complete(), "{report:?}");
}

fn opened() -> (TempDir, EmbeddedCost) {
    let folder = tempfile::tempdir().unwrap();
    loaded(folder.path(), "logs.csv", LOGS);
    loaded(folder.path(), "spans.csv", SPANS);
    loaded(folder.path(), "changes.jsonl", CHANGES);
    loaded(folder.path(), "metrics.jsonl", &metrics());
    let store = EmbeddedCost::open(folder.path().join("w")).unwrap();
    (folder, store)
}

fn extent(start: &str, end: &str) -> Extent {
    Extent::of(Period::new(parse_moment(start).unwrap(), parse_moment(end).unwrap()).unwrap())
}

fn night() -> Extent {
    extent("2026-10-01T23:00:00", "2026-10-02T01:00:00")
}

fn only(dimension: &str, value: &str) -> Scope {
    let dimension: Dimension = dimension.parse().unwrap();
    Scope { principal: "guest".into(), rows: vec![Filter::any_of(dimension, [value])] }
}

async fn bodies(store: &EmbeddedCost, query: &LogQuery, scope: &Scope) -> (Vec<String>, Scan) {
    let mut told = Vec::new();
    let scan = store
        .visit_logs(query, scope, &mut |line: &LogLine<'_>| {
            told.push(line.body.to_owned());
            ControlFlow::Continue(())
        })
        .await
        .unwrap();
    assert_eq!(scan.visited, told.len() as u64);
    (told, scan)
}

#[tokio::test]
async fn lines_are_told_by_time_over_days_and_found_by_what_they_say() {
    let (_folder, store) = opened();
    let local = Scope::local();
    let all = LogQuery::of(night());
    let (told, scan) = bodies(&store, &all, &local).await;
    assert_eq!(told[..2], ["slow disk", "GET /cart 200"]);
    assert!(!scan.is_cut && told.len() == 4);
    let (told, scan) = bodies(&store, &LogQuery { limit: Some(1), ..all.clone() }, &local).await;
    assert_eq!((told, scan.is_cut), (vec!["slow disk".to_owned()], true));
    let newest = LogQuery { order: RecordOrder::Newest, limit: Some(4), ..all.clone() };
    let (told, scan) = bodies(&store, &newest, &local).await;
    assert_eq!((told[3].as_str(), scan.is_cut), ("slow disk", false));
    let traced = LogQuery { order: RecordOrder::Trace, ..all.clone() };
    let (told, _) = bodies(&store, &traced, &local).await;
    assert_eq!(told, ["slow disk", "card declined", "GET /cart 200", "결제 실패 100% of Card"]);
    for (query, expected) in [
        (LogQuery { least_severity: Some(13), ..all.clone() }, 3),
        (LogQuery { contains: vec!["CARD".into()], ..all.clone() }, 2),
        (LogQuery { contains: vec!["실패".into(), "100%".into()], ..all.clone() }, 1),
        (LogQuery { contains: vec!["c_rd".into()], ..all.clone() }, 0),
        (LogQuery { trace: Some("t1".into()), ..all.clone() }, 2),
        (LogQuery::of(extent("2026-10-01T23:59:59", "2026-10-02T00:00:01")), 1),
        (LogQuery::of(Extent { workloads: vec!["cart".into()], ..night() }), 2),
        (LogQuery::of(Extent { regions: vec!["eu-west-1".into()], ..night() }), 2),
        (LogQuery::of(extent("2030-01-01", "2030-01-02")), 0),
    ] {
        assert_eq!(bodies(&store, &query, &local).await.0.len(), expected, "{query:?}");
    }
    assert!(
        store
            .visit_logs(
                &LogQuery { order: RecordOrder::Newest, ..all },
                &local,
                &mut |_: &LogLine<'_>| ControlFlow::Continue(())
            )
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_quote_is_read_again_by_the_id_of_its_record_and_a_scope_hides_it() {
    let (folder, store) = opened();
    let local = Scope::local();
    let query = LogQuery { contains: vec!["declined".into()], ..LogQuery::of(night()) };
    let mut quote = None;
    let scan = store
        .visit_logs(&query, &local, &mut |line: &LogLine<'_>| {
            quote = LogQuote::of(line, 5, 13);
            ControlFlow::Break(())
        })
        .await
        .unwrap();
    assert!(scan.is_cut);
    let quote = quote.unwrap();
    // The id does not change when other records are loaded beside it.
    loaded(folder.path(), "more.csv", &LOGS.replace("card declined", "another"));
    let record = store.log(&quote.record, &local).await.unwrap().unwrap();
    assert!(quote.holds(&record) && quote.text == "declined");
    assert_eq!(record.workload, "checkout");
    assert_eq!(store.log(&quote.record, &only("sub_account", "42")).await.unwrap(), None);
    assert_eq!(store.log("no such id", &local).await.unwrap(), None);
    for scope in [only("workload", "cart"), only("sub_account", "42"), only("region", "us-east-1")]
    {
        let (told, _) = bodies(&store, &LogQuery::of(night()), &scope).await;
        assert_eq!(told, ["slow disk", "GET /cart 200"]);
    }
}

#[tokio::test]
async fn spans_of_a_trace_stand_together() {
    let (_folder, store) = opened();
    let query = SpanQuery { order: RecordOrder::Trace, ..SpanQuery::of(night()) };
    let mut told = Vec::new();
    let mut visit = |line: &wherefore_contract::telemetry::SpanLine<'_>| {
        told.push(format!("{} {} {} {:?}", line.trace, line.span, line.duration, line.status));
        ControlFlow::Continue(())
    };
    store.visit_spans(&query, &Scope::local(), &mut visit).await.unwrap();
    assert_eq!(told, ["t2 a 100 Error", "t2 b 50 Unset", "t3 c 10 Ok"]);
    let failed = SpanQuery { failed: true, ..SpanQuery::of(night()) };
    let mut ignore = |_: &wherefore_contract::telemetry::SpanLine<'_>| ControlFlow::Continue(());
    let scan = store.visit_spans(&failed, &Scope::local(), &mut ignore).await.unwrap();
    assert_eq!(scan.visited, 1);
}

#[tokio::test]
async fn series_come_on_one_grid_whatever_they_count() {
    let (_folder, store) = opened();
    let query = PointQuery {
        extent: extent("2026-10-01T23:01:00", "2026-10-01T23:05:00"),
        metrics: Vec::new(),
        resources: Vec::new(),
        step_seconds: 60,
    };
    let mut told = Vec::new();
    let mut visit = |line: &wherefore_contract::telemetry::SeriesLine<'_>| {
        let cells = |all: &[f64]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        told.push((line.metric.to_owned(), line.kind, cells(line.values), cells(line.counts)));
        ControlFlow::Continue(())
    };
    store.visit_points(&query, &Scope::local(), &mut visit).await.unwrap();
    let row = |metric: &str, kind, values: &str, counts: &str| {
        (metric.to_owned(), kind, values.to_owned(), counts.to_owned())
    };
    assert_eq!(
        told,
        [
            row("cpu", SeriesKind::Level, "3.5 5.5 7.5 NaN", "2 2 2 0"),
            row("latency", SeriesKind::Spread, "2.5 2.5 2.5 NaN", "4 4 4 0"),
            // The point before the period tells the first growth; a count that fell began anew.
            row("requests", SeriesKind::Count, "60 10 20 NaN", "1 1 1 0"),
        ]
    );
}

#[tokio::test]
async fn changes_counts_and_who_is_seen() {
    let (_folder, store) = opened();
    let local = Scope::local();
    let ids = |found: &[wherefore_contract::incident::Change]| {
        found.iter().map(|change| change.id.clone()).collect::<Vec<_>>().join(" ")
    };
    let of_cart = Extent { workloads: vec!["cart".into()], ..night() };
    let (found, _) = store.changes(&ChangeQuery::of(of_cart.clone()), &local).await.unwrap();
    assert_eq!(ids(&found), "d1 d2");
    let named = ChangeQuery { with_unnamed: false, ..ChangeQuery::of(of_cart) };
    assert_eq!(ids(&store.changes(&named, &local).await.unwrap().0), "d1");
    let last = ChangeQuery { limit: Some(1), ..ChangeQuery::of(night()) };
    let (found, scan) = store.changes(&last, &local).await.unwrap();
    assert_eq!((ids(&found).as_str(), scan.is_cut), ("d2", true));
    let guest = only("sub_account", "43");
    assert!(store.changes(&ChangeQuery::of(night()), &guest).await.unwrap().0.is_empty());

    let counted = LogCountQuery { logs: LogQuery::of(night()), step_seconds: 60 };
    let table = store.count_logs(&counted, &local).await.unwrap().table;
    assert_eq!(table.text(0, "time"), Some("2026-10-01T23:58:00"));
    assert_eq!(
        (table.text(2, "workload"), table.text(2, "records")),
        (Some("checkout"), Some("2"))
    );
    let seen = store.seen(None, &local).await.unwrap().table;
    let rows: Vec<String> = (0..seen.rows.len())
        .map(|row| {
            let cell = |name: &str| seen.text(row, name).unwrap_or("-").to_owned();
            ["source", "workload", "region", "records"].map(cell).join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "logs cart us-east-1 2",
            "logs checkout eu-west-1 2",
            "spans cart us-east-1 2",
            "spans checkout eu-west-1 1",
            "metrics cart - 16",
            "changes - - 1",
            "changes cart - 1",
            "changes checkout - 1",
        ]
    );
}
