//! A made-up day in the benchmark's form: requests that stop halfway in one workload, and a processor in use.

use std::{env, fs, io::Write as _, path::PathBuf, process};

use flate2::{Compression, write::GzEncoder};

use super::*;

fn packed(path: &Path, text: &str) {
    let mut packer = GzEncoder::new(fs::File::create(path).unwrap(), Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap();
}

// 08:00:00 of 2023-01-29 in seconds since 1970.
const DAY: u64 = 1_674_979_200;

fn clock(at: u64) -> String {
    let into = at - DAY + 8 * 3600;
    format!("2023-01-29 {:02}:{:02}:{:02}", into / 3600, into / 60 % 60, into % 60)
}

fn folder() -> PathBuf {
    let data = env::temp_dir().join(format!("wherefore-nezha-{}", process::id()));
    let day = data.join("2023-01-29");
    fs::create_dir_all(&day).unwrap();
    let fault = |at: u64, pod: &str, kind: &str| json!({"inject_time": clock(at), "inject_timestamp": "0", "inject_pod": pod, "inject_type": kind});
    let faults = json!({
        "8": [fault(DAY + 1800, "ts-store-service-5f5-abc", "return")],
        "9": [fault(DAY + 3600, "ts-page-service-7d7-xyz", "cpu_contention")],
    });
    fs::write(day.join("2023-01-29-fault_list.json"), faults.to_string()).unwrap();
    let labels = json!({"ts-store-service": {"return": "s.Store#10_s.Store#20"},
        "ts-page-service": {"cpu_contention": "CpuUsageRate(%)"}});
    fs::write(data.join("root_cause_ts.json"), labels.to_string()).unwrap();

    let mut spans = "TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration\n".to_owned();
    let mut lines = "Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log\n".to_owned();
    for request in 0..540_u64 {
        let at = DAY + 10 * request;
        let is_cut = (DAY + 1800..DAY + 1980).contains(&at);
        let nano = |seconds: u64, rest: u64| seconds * 1_000_000_000 + rest;
        let _ = writeln!(
            spans,
            "t{request},a,root,ts-page-service-7d7-xyz,GET /,{},0,9000",
            nano(at, 0)
        );
        let row =
            format!("t{request},b,a,ts-store-service-5f5-abc,Store.get,{},0,4000", nano(at, 1));
        // Every span of the called workload comes twice.
        let _ = writeln!(spans, "{row}\n{row}");
        for (place, number) in [(2, 10), (3, 20)] {
            if number == 20 && is_cut {
                continue;
            }
            let log =
                json!({"log": format!("08:00:00.000 INFO  s.Store#{number} got {request}\n")});
            let log = log.to_string().replace('"', "\"\"");
            let _ = writeln!(
                lines,
                "x,{},n,ts-store-service-5f5-abc,c,t{request},b,\"{log}\"",
                nano(at, place)
            );
        }
    }
    packed(&day.join("fault_trace.csv.gz"), &spans);
    packed(&day.join("fault_log.csv.gz"), &lines);

    let mut metrics = "Time,TimeStamp,PodName,CpuUsageRate(%),PodServerLatencyP90(s)\n".to_owned();
    for minute in 0..90_u64 {
        let at = DAY + 60 * minute;
        for pod in ["ts-page-service-7d7-xyz", "ts-store-service-5f5-abc"] {
            let is_busy = pod.starts_with("ts-page") && (60..64).contains(&minute);
            let cpu = if is_busy { 95 } else { 5 + minute % 3 };
            // The number of the time is years ahead.
            let _ =
                writeln!(metrics, "{} +0000 UTC,{},{pod},{cpu},NaN", clock(at), at + 200_000_000);
        }
    }
    packed(&day.join("fault_metric.csv.gz"), &metrics);
    data
}

#[test]
fn a_lost_step_and_a_busy_processor_are_named_with_their_workloads() {
    let data = folder();
    let out = data.join("out.jsonl");
    let report = run_nezha(&data, Some(&out), true).unwrap();
    assert_eq!((report.cases, report.right), (2, 2), "{report:?}");
    assert_eq!(report.figures["as_TrainTicket"], "1.000/1.000/1.000 of 2");
    assert_eq!(report.figures["ais_TrainTicket"], "1.000/1.000/1.000");
    assert_eq!(report.figures["rows_that_came_twice"], "540");
    assert_eq!(report.figures["rows_with_two_times"], "180");
    assert_eq!(report.figures["ablation_TrainTicket_without_saturation"], "0.500/0.500");
    let text = fs::read_to_string(&out).unwrap();
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(first["ranking"][0], json!(["ts-store-service", "s.Store#10_s.Store#20"]));
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_pod_is_named_by_its_workload_and_a_time_by_its_text() {
    assert_eq!(files::workload("ts-food-service-f5756978c-k8vqf"), "ts-food-service");
    assert_eq!(files::workload("front"), "front");
    let at = files::seconds("2023-01-29 08:30:00.074 +0000 UTC m=+0.15").unwrap();
    assert!((at - (1_674_979_200.0 + 1800.0)).abs() < 1e-6);
    assert!(files::seconds("yesterday").is_none());
}
