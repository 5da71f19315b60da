use std::{fs, path::PathBuf};

use jiff::Timestamp;

use super::{Kind, Temporality, attributes, day_file};
use crate::{
    LoadOptions, Quiet, load,
    manifest::Warehouse,
    report::{FileNote, LoadReport},
};

const GAUGE: &str = "\
ResourceAttributes,ServiceName,MetricName,MetricUnit,Attributes,TimeUnix,Value,Shift
\"{'cloud.account.id':'42','cloud.region':'us-east-1'}\",,CPUUtilization,Percent,\"{'InstanceId':'i-1'}\",2026-10-01 00:00:00.000000000,2.5,a
\"{'cloud.account.id':'42','cloud.region':'us-east-1'}\",,CPUUtilization,Percent,\"{'InstanceId':'i-1'}\",2026-10-02 23:00:00.000000000,3.5,a
\"{'cloud.account.id':'42','cloud.region':'us-east-1'}\",,CPUUtilization,Percent,\"{'InstanceId':'i-1'}\",2026-10-01 01:00:00.000000000,nan,a
";

fn file(folder: &std::path::Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

fn loaded(warehouse: &std::path::Path, paths: &[PathBuf]) -> LoadReport {
    load(paths, &LoadOptions::new(warehouse, Timestamp::UNIX_EPOCH), &Quiet).unwrap()
}

#[test]
fn points_are_kept_by_day_and_a_point_told_again_takes_the_place_of_the_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("warehouse");
    let report = loaded(&root, &[file(folder.path(), "cpu.csv", GAUGE)]);
    let note = |text: &str| FileNote {
        file: folder.path().join("cpu.csv").display().to_string(),
        text: text.to_owned(),
    };
    assert_eq!(report.loaded[0].rows, 2);
    assert_eq!(
        report.notes,
        [
            note("1 point that are no finite number were left out, the first in row 3, Value"),
            note("columns that no metric has were not read: Shift"),
        ]
    );
    let later = GAUGE.replace(",2.5,", ",9.5,").replace(",nan,", ",1.5,");
    loaded(&root, &[file(folder.path(), "again.csv", &later)]);
    let warehouse = Warehouse::open(&root);
    let manifest = warehouse.current().unwrap();
    let files: Vec<_> =
        manifest.metric_files.iter().map(|file| (file.path.as_str(), file.rows)).collect();
    assert_eq!(
        files,
        [
            ("metrics/day=2026-10-01/s000002.parquet", 2),
            ("metrics/day=2026-10-02/s000002.parquet", 1)
        ]
    );
    let first = day_file::read_back(&warehouse.path_of(&manifest.metric_files[0].path)).unwrap();
    let values: Vec<_> = first.values().flat_map(|points| points.values()).collect();
    assert_eq!(values.iter().map(|point| point.value).collect::<Vec<_>>(), [Some(9.5), Some(1.5)]);
    let series = first.keys().next().unwrap();
    assert_eq!((series.kind, series.metric.as_str()), (Kind::Gauge, "CPUUtilization"));
    let named = attributes::Named::of(&series.resource, &series.attributes);
    assert_eq!((named.resource.as_str(), named.account.as_str()), ("i-1", "42"));
}

const OTLP: &str = r#"{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},"scopeMetrics":[{"scope":{"name":"s"},"metrics":[{"name":"container.cpu.time","unit":"s","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"1790000000000000000","timeUnixNano":"1790812800000000000","asDouble":12.25,"attributes":[{"key":"cpu.mode","value":{"stringValue":"user"}}]},{"timeUnixNano":"1790812860000000000","asDouble":"NaN"}]}},{"name":"connections","gauge":{"dataPoints":[{"timeUnixNano":"1790812800000000000","asInt":"7"}]}},{"name":"latency","summary":{"dataPoints":[{"timeUnixNano":"1790812800000000000","count":"4","sum":10,"quantileValues":[{"quantile":0,"value":1},{"quantile":1,"value":5}]}]}},{"name":"size","exponentialHistogram":{"dataPoints":[{"timeUnixNano":"1790812800000000000"}]}}]}]}]}
"#;

#[test]
fn requests_of_otlp_are_read_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "metrics.jsonl", &format!("{OTLP}\n"));
    let read = super::read_otlp(&path).unwrap();
    assert_eq!(
        read.notes,
        [
            "1 point that are no finite number were left out, the first in line 1, metric container.cpu.time",
            "1 point of kind exponential histogram were left out: this kind is not read",
        ]
    );
    let told: Vec<_> = read
        .metrics
        .iter()
        .map(|(series, points)| {
            let (at, point) = points.iter().next().unwrap();
            let spread =
                point.spread.as_deref().map(|spread| (spread.count, spread.min, spread.max));
            (series.metric.as_str(), series.workload.as_str(), *at, point.value, spread)
        })
        .collect();
    let at = 1_790_812_800_000_000;
    assert_eq!(
        told,
        [
            ("connections", "checkout", at, Some(7.0), None),
            ("container.cpu.time", "checkout", at, Some(12.25), None),
            ("latency", "checkout", at, None, Some((4, Some(1.0), Some(5.0)))),
        ]
    );
    let cpu = read.metrics.keys().nth(1).unwrap();
    assert_eq!((cpu.temporality, cpu.is_monotonic), (Temporality::Cumulative, true));
}

#[test]
fn a_damaged_file_is_refused_with_its_place_and_leaves_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [
        file(folder.path(), "good.jsonl", OTLP),
        file(folder.path(), "cut.jsonl", &format!("{OTLP}{{\"resourceMetrics\":[{{")),
        file(folder.path(), "time.csv", "MetricName,TimeUnix,Value\ncpu,yesterday,1\n"),
        file(
            folder.path(),
            "map.csv",
            "MetricName,Attributes,TimeUnix,Value\ncpu,{broken,2026-10-01,1\n",
        ),
        file(folder.path(), "other.jsonl", "{\"resources\":[]}\n"),
    ];
    let report = loaded(&folder.path().join("w"), &paths);
    let refused: Vec<(&str, &str)> = report
        .refused
        .iter()
        .map(|file| (file.file.rsplit('/').next().unwrap(), file.reason.as_str()))
        .collect();
    assert_eq!(refused[0].0, "cut.jsonl");
    assert!(refused[0].1.starts_with("line 2 is no request of OTLP metrics"), "{refused:?}");
    assert_eq!(
        refused[1],
        (
            "map.csv",
            "row 1, Attributes: the cell is no map of attributes; write it as JSON or as ClickHouse does"
        )
    );
    assert_eq!(refused[2], ("other.jsonl", "is JSON that holds neither telemetry nor changes"));
    assert!(refused[3].1.starts_with("row 1, TimeUnix: `yesterday` is no moment"), "{refused:?}");
    assert_eq!(report.loaded.len(), 1);
    assert!(report.snapshot.is_some());
}

#[test]
fn attributes_are_read_as_tables_write_them() {
    let read = |text: &str| {
        attributes::parse(text).map(|all| all.into_iter().collect::<Vec<(String, String)>>())
    };
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(read(r#"{"a":"x","b":2}"#), Some(vec![pair("a", "x"), pair("b", "2")]));
    assert_eq!(read(r"{'a':'it\'s','b':''}"), Some(vec![pair("a", "it's"), pair("b", "")]));
    assert_eq!(
        read(r#"{"Dimensions":{"InstanceId":"i-1"}}"#),
        Some(vec![pair("Dimensions.InstanceId", "i-1")])
    );
    assert_eq!((read(""), read("{a:1}")), (Some(Vec::new()), None));
}
