use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use arrow::array::{AsArray, RecordBatch};
use jiff::Timestamp;

use crate::{
    LoadOptions, Quiet, load,
    manifest::{TelemetryFile, Warehouse},
    parquet_file,
    report::LoadReport,
};

fn file(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn loaded(warehouse: &Path, paths: &[PathBuf]) -> LoadReport {
    load(paths, &LoadOptions::new(warehouse, Timestamp::UNIX_EPOCH), &Quiet).unwrap()
}

fn notes(report: &LoadReport) -> Vec<String> {
    let name = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    report.notes.iter().map(|note| format!("{}: {}", name(&note.file), note.text)).collect()
}

fn column(root: &Path, files: &[TelemetryFile], name: &str) -> Vec<String> {
    let mut cells = Vec::new();
    for file in files {
        parquet_file::read_back(&root.join(&file.path), &mut |batch: &RecordBatch| {
            let texts = batch.column_by_name(name).unwrap().as_string::<i32>().clone();
            cells.extend(texts.iter().map(|cell| cell.unwrap_or_default().to_owned()));
        })
        .unwrap();
    }
    cells
}

const NOON: i64 = 1_790_856_000_000_000_000; // 2026-10-01T12:00:00Z

fn line(workload: &str, records: &str) -> String {
    format!(
        r#"{{"resourceLogs":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"{workload}"}}}},{{"key":"cloud.account.id","value":{{"stringValue":"42"}}}},{{"key":"cloud.region","value":{{"stringValue":"us-east-1"}}}}]}},"scopeLogs":[{{"scope":{{"name":"s"}},"logRecords":[{records}]}}]}}]}}
"#
    )
}

fn record(at: i64, body: &str) -> String {
    let body = serde_json::Value::from(body);
    format!(
        r#"{{"timeUnixNano":"{at}","severityText":"ERROR","body":{{"stringValue":{body}}},"traceId":"ab","spanId":"cd"}}"#
    )
}

#[test]
fn lines_are_kept_by_day_in_the_order_of_their_time_whatever_file_they_came_in() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let next_day = NOON + 86_400_000_000_000;
    let first = line(
        "checkout",
        &[record(next_day, "c"), record(NOON + 5, "b"), record(NOON, "a")].join(","),
    );
    loaded(&root, &[file(folder.path(), "one.jsonl", &first)]);
    // Told again, with a line in between and one that stands there twice.
    let again = [
        record(NOON, "a"),
        record(NOON + 1, "twice"),
        record(NOON + 1, "twice"),
        record(NOON + 5, "b"),
    ];
    let report =
        loaded(&root, &[file(folder.path(), "two.jsonl", line("checkout", &again.join(",")))]);
    assert_eq!(report.loaded[0].rows, 4);
    assert_eq!(
        notes(&report),
        ["logs: 2 log records that were told again, in this load or an earlier one, are kept once"]
    );
    let manifest = Warehouse::open(&root).current().unwrap();
    let listed: Vec<_> = manifest
        .log_files
        .iter()
        .map(|file| (file.path.as_str(), file.rows, file.first, file.last))
        .collect();
    assert_eq!(
        listed,
        [
            ("logs/day=2026-10-01/43200000000000-s000002-00001.parquet", 4, NOON, NOON + 5),
            ("logs/day=2026-10-02/43200000000000-s000001-00002.parquet", 1, next_day, next_day),
        ]
    );
    assert_eq!(column(&root, &manifest.log_files, "Body"), ["a", "twice", "twice", "b", "c"]);
    let ids = column(&root, &manifest.log_files, "x_RecordId");
    assert_eq!(ids[2], format!("{}-1", ids[1]));
    assert!(ids.is_sorted());
    assert_eq!(column(&root, &manifest.log_files, "x_RegionId")[0], "us-east-1");
    // The same file once more changes nothing but the snapshot.
    loaded(&root, &[file(folder.path(), "two.jsonl", line("checkout", &again.join(",")))]);
    let manifest = Warehouse::open(&root).current().unwrap();
    assert_eq!(column(&root, &manifest.log_files, "x_RecordId"), ids);
}

#[test]
fn what_programs_write_is_kept_as_it_is_and_what_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let escape = "\u{1b}[31mred\u{1b}[0m \u{202e}txet \0";
    let long = "x".repeat((1 << 20) + 10);
    let mut text =
        line("a", &[record(NOON, escape), record(NOON + 1, &long), record(0, "no time")].join(","));
    text.push_str("{\"resourceLogs\":[{\n\n");
    let mut bytes = text.into_bytes();
    let strange = line("a", &record(NOON + 2, "caf?")).into_bytes();
    bytes.extend(strange.into_iter().map(|byte| if byte == b'?' { 0xe9 } else { byte }));
    bytes.extend(br#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"observedTimeUnixNano":1790856000000000003,"severityNumber":"SEVERITY_NUMBER_WARN","body":{"kvlistValue":{"values":[{"key":"k","value":{"intValue":"7"}}]}}}]}]}]}"#);
    let report = loaded(&root, &[file(folder.path(), "odd.jsonl", &bytes)]);
    assert_eq!(
        notes(&report),
        [
            "odd.jsonl: 1 line that are no request of OTLP were left out, the first in line 2",
            "odd.jsonl: 1 line that are not UTF-8 were read with marks in their place, the first in line 4",
            "odd.jsonl: 1 log record with a body of more than 1 MB were cut there, the first in line 1",
            "odd.jsonl: 1 log record without a time were left out, the first in line 1",
        ]
    );
    let manifest = Warehouse::open(&root).current().unwrap();
    let bodies = column(&root, &manifest.log_files, "Body");
    assert_eq!((bodies[0].as_str(), bodies[1].len()), (escape, 1 << 20));
    assert_eq!((bodies[2].as_str(), bodies[3].as_str()), ("caf\u{fffd}", r#"{"k":"7"}"#));
    assert_eq!(column(&root, &manifest.log_files, "ServiceName")[3], "");
}

fn span(at: i64, end: i64, id: &str, message: &str) -> String {
    format!(
        r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"cart"}}}}]}},"scopeSpans":[{{"spans":[{{"traceId":"t1","spanId":"{id}","name":"GET /","kind":2,"startTimeUnixNano":"{at}","endTimeUnixNano":"{end}","status":{{"code":2,"message":"{message}"}},"events":[{{"name":"exception","attributes":[{{"key":"exception.type","value":{{"stringValue":"Timeout"}}}}]}}]}}]}}]}}]}}
"#
    )
}

#[test]
fn a_span_that_is_told_again_takes_the_place_of_the_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let text = [
        span(NOON, NOON + 9, "a", "old"),
        span(NOON, NOON + 9, "a", "new"),
        span(NOON + 3, NOON, "b", "skewed"),
    ];
    let report = loaded(&root, &[file(folder.path(), "s.jsonl", text.concat())]);
    assert_eq!(
        notes(&report),
        [
            "s.jsonl: 1 span that end before they begin, or tell no end, were kept with a duration of 0, the first in line 3",
            "traces: 1 span that were told again, in this load or an earlier one, are kept once",
        ]
    );
    loaded(&root, &[file(folder.path(), "t.jsonl", span(NOON, NOON + 9, "a", "newest"))]);
    let manifest = Warehouse::open(&root).current().unwrap();
    assert_eq!(column(&root, &manifest.span_files, "StatusMessage"), ["newest", "skewed"]);
    let attributes = column(&root, &manifest.span_files, "SpanAttributes");
    assert_eq!(attributes[0], r#"{"exception.type":"Timeout"}"#);
}

#[test]
fn tables_in_the_columns_of_the_exporter_are_read_to_the_nanosecond() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let logs = "\
Timestamp,TraceId,SpanId,SeverityText,SeverityNumber,ServiceName,Body,ResourceAttributes,LogAttributes
2026-10-01 12:00:00.123456789,ab,cd,Info,9,cart,\"a \"\"quoted\"\" line\",\"{'cloud.region':'eu-west-1'}\",{}
yesterday,,,,,cart,b,,
2026-10-01 12:00:01,,,WARN,0,cart,c,,{broken
";
    let spans = "\
Timestamp,TraceId,SpanId,ParentSpanId,SpanName,SpanKind,ServiceName,Duration,StatusCode
1790856000000000001,t,a,,GET /,Server,cart,1500,Error
2026-10-01T12:00:00Z,t,b,a,call,SPAN_KIND_CLIENT,cart,NaN,STATUS_CODE_ERROR
";
    let paths = [file(folder.path(), "l.csv", logs), file(folder.path(), "s.csv", spans)];
    let report = loaded(&root, &paths);
    assert_eq!(
        notes(&report),
        [
            "l.csv: 1 log record whose attributes are no map were left out, the first in row 3",
            "l.csv: 1 log record without a time that can be read were left out, the first in row 2",
            "s.csv: 1 span whose duration is no number of 0 or more were left out, the first in row 2",
        ]
    );
    let manifest = Warehouse::open(&root).current().unwrap();
    assert_eq!(manifest.log_files[0].first, NOON + 123_456_789);
    assert_eq!((manifest.span_files[0].first, manifest.span_files[0].rows), (NOON + 1, 1));
    assert_eq!(column(&root, &manifest.log_files, "Body"), ["a \"quoted\" line"]);
}

#[test]
fn a_refused_file_leaves_nothing_behind_and_an_empty_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let header = "Timestamp,SeverityText,ServiceName,Body\n";
    let paths = [
        file(folder.path(), "good.csv", format!("{header}2026-10-01,INFO,a,kept\n")),
        file(
            folder.path(),
            "cut.csv",
            format!("{header}2026-10-01,INFO,a,dropped\n2026-10-01,INFO\n"),
        ),
        file(
            folder.path(),
            "none.jsonl",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}]}]}]}\n",
        ),
        file(folder.path(), "empty.jsonl", ""),
    ];
    let report = loaded(&root, &paths);
    let refused: Vec<_> = report
        .refused
        .iter()
        .map(|file| format!("{} {}", file.file.rsplit('/').next().unwrap(), file.reason))
        .collect();
    assert_eq!(
        refused,
        [
            "cut.csv row 2 has 2 cells where the header has 4; it may be cut off or hold an unquoted comma",
            "empty.jsonl is empty; export it again",
            "none.jsonl holds no record that can be read: 1 log record without a time were left out, the first in line 1",
        ]
    );
    let manifest = Warehouse::open(&root).current().unwrap();
    assert_eq!(column(&root, &manifest.log_files, "Body"), ["kept"]);
}

#[test]
fn many_small_loads_leave_few_files_that_do_not_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    for minute in [3_i64, 1, 2, 5, 4, 0] {
        let mut text = String::new();
        for second in 0..20 {
            let at = NOON + minute * 60_000_000_000 + second * 3_000_000_000;
            write!(text, "{}", line("a", &record(at, &format!("{minute}:{second}")))).unwrap();
        }
        loaded(&root, &[file(folder.path(), "next.jsonl", text)]);
    }
    let manifest = Warehouse::open(&root).current().unwrap();
    assert!(manifest.log_files.len() <= 4, "{:?}", manifest.log_files);
    assert!(manifest.log_files.is_sorted_by(|one, next| one.last < next.first));
    assert_eq!(manifest.log_files.iter().map(|file| file.rows).sum::<u64>(), 120);
    assert!(column(&root, &manifest.log_files, "x_RecordId").is_sorted());
}

#[test]
fn changes_are_kept_once_by_source_and_id() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let text = r#"{"id":"d1","time":"2026-10-01T11:58:00Z","workload":"cart","kind":"deployment","actor":"ci","summary":"cart 1.4.2","account":"42","region":"us-east-1"}
{"id":"d2","time":"never","summary":"?"}
{"id":"d0","time":"2026-10-01T10:00:00Z","kind":"unheard of","summary":"flag on"}
"#;
    let report = loaded(&root, &[file(folder.path(), "c.jsonl", text)]);
    assert_eq!((report.loaded[0].rows, report.loaded[0].layout), (2, crate::Layout::Changes));
    assert!(notes(&report)[0].contains("line 2"), "{:?}", notes(&report));
    let later = text.replace("cart 1.4.2", "cart 1.4.3");
    let report = loaded(&root, &[file(folder.path(), "c.jsonl", later)]);
    assert!(
        notes(&report)
            .iter()
            .any(|note| note.starts_with("changes: 2 changes that were told again"))
    );
    let manifest = Warehouse::open(&root).current().unwrap();
    let held = super::changes::read_back(&root.join(&manifest.change_files[0].path)).unwrap();
    let told: Vec<_> =
        held.iter().map(|change| (change.id.as_str(), change.summary.as_str())).collect();
    assert_eq!(told, [("d0", "flag on"), ("d1", "cart 1.4.3")]);
    assert_eq!(held[1].workload.as_deref(), Some("cart"));
}

#[test]
fn records_of_cloudtrail_and_commits_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("w");
    let trail = r#"{"Records":[{"eventVersion":"1.08","eventID":"e1","eventTime":"2026-10-01T11:58:00Z","eventSource":"lambda.amazonaws.com","eventName":"UpdateFunctionCode20150331v2","awsRegion":"us-east-1","recipientAccountId":"42","userIdentity":{"type":"IAMUser","userName":"kim"},"requestParameters":{"functionName":"checkout"}},{"eventVersion":"1.08","eventID":"e2","eventTime":"2026-10-01T11:59:00Z","eventSource":"lambda.amazonaws.com","eventName":"ListFunctions","readOnly":true,"awsRegion":"us-east-1","recipientAccountId":"42","userIdentity":{"type":"IAMUser","userName":"kim"}}]}"#;
    let git = "commit 0123456789abcdef0123456789abcdef01234567\nAuthor: Lee <lee@example.com>\nDate:   2026-10-01T10:00:00+09:00\n\n    Raise the timeout\n";
    let paths = [file(folder.path(), "trail.json", trail), file(folder.path(), "git.log", git)];
    let report = loaded(&root, &paths);
    assert!(report.refused.is_empty(), "{:?}", report.refused);
    let layouts: Vec<_> = report.loaded.iter().map(|file| (file.layout, file.rows)).collect();
    assert_eq!(layouts, [(crate::Layout::GitLog, 1), (crate::Layout::CloudTrail, 1)]);
    assert_eq!(notes(&report), ["trail.json: set aside as read_only: 1"]);
    let manifest = Warehouse::open(&root).current().unwrap();
    let held = super::changes::read_back(&root.join(&manifest.change_files[0].path)).unwrap();
    let told: Vec<_> =
        held.iter().map(|change| (change.source.as_str(), change.id.as_str())).collect();
    assert_eq!(told[1], ("cloudtrail", "e1"));
    assert_eq!((told.len(), told[0].0), (2, "git"));
}
