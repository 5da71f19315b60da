//! A made-up shop in the benchmark's form.

use std::{env, fs, path::PathBuf, process};

use super::*;

const NODES: [&str; 4] =
    ["Front", "Store_AWS::ECS::Fargate", "Store_client", "store.example_remote"];

fn table(rows: usize, value: impl Fn(usize, usize, bool) -> f64) -> String {
    let mut text = String::new();
    for (name, cells) in [
        ("microservice", [NODES, NODES].concat().into_iter().map(str::to_owned).collect()),
        ("metric", [vec!["latency".to_owned(); 4], vec!["availability".to_owned(); 4]].concat()),
        ("statistic", vec!["Average".to_owned(); 8]),
        ("index", vec![String::new(); 8]),
    ] {
        let _ = writeln!(text, "{name},{}", cells.join(","));
    }
    for row in 0..rows {
        let cell = |place: usize| value(row, place % 4, place >= 4).to_string();
        let cells: Vec<String> = (0..8).map(cell).collect();
        let _ = writeln!(text, "{},{}", 300 * row, cells.join(","));
    }
    text
}

// Everything but the client's own delay, which nobody sees.
fn wobble(row: usize, node: usize, is_availability: bool) -> f64 {
    let step = f64::from(u32::try_from((row * 7 + node * 3) % 11).unwrap());
    if is_availability { 100.0 } else { 0.1 + 0.001 * step }
}

fn folder(name: &str, bump: f64) -> PathBuf {
    let data = env::temp_dir().join(format!("wherefore-petshop-{name}-{}", process::id()));
    let scenario = data.join("dataset").join("low_traffic");
    let issue = scenario.join("train").join("issue_0");
    fs::create_dir_all(&issue).unwrap();
    fs::create_dir_all(scenario.join("noissue")).unwrap();
    fs::create_dir_all(data.join("dataset").join("temporal_traffic1").join("train")).unwrap();
    let graph = format!(
        ",{}\nFront,0.0,1.0,0.0,1.0\nStore_AWS::ECS::Fargate,0.0,0.0,0.0,0.0\nStore_client,0.0,1.0,0.0,0.0\n",
        NODES.join(",")
    );
    fs::write(scenario.join("graph.csv"), graph).unwrap();
    fs::write(scenario.join("noissue/metrics.csv"), table(100, wobble)).unwrap();
    let late = |row: usize, node: usize, is_availability: bool| {
        let moved = !is_availability && (row == 2 || row == 3) && node != 2;
        wobble(row, node, is_availability) + if moved { bump } else { 0.0 }
    };
    fs::write(issue.join("metrics.csv"), table(5, late)).unwrap();
    let target = r#"{"target": {"node": "Front", "metric": "latency", "agg": "Average", "timestamp": 600},
        "root_cause": {"node": "Store_AWS::ECS::Fargate", "metric": null}, "metadata": {}}"#;
    fs::write(issue.join("target.json"), target).unwrap();
    data
}

#[test]
fn the_workload_behind_the_address_is_ranked_first_and_healthy_windows_stay_silent() {
    let data = folder("late", 0.5);
    let out = data.join("out.jsonl");
    let report = run_petshop(&data, Some(&out), true).unwrap();
    assert_eq!((report.cases, report.right), (1, 1), "{report:?}");
    assert_eq!(report.figures["recall_low_latency"], "1.000/1.000 of 1, 0 empty");
    assert_eq!(report.figures["specificity_tenths_latency"], "1.000 of 5");
    assert_eq!(report.figures["ablation_whole"], "1.000/1.000");
    let line: serde_json::Value = serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(line["id"], "low_traffic/train/issue_0");
    assert_eq!(line["ranking"][0], json!(["Store_AWS::ECS::Fargate", "latency"]));
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn an_issue_without_a_movement_is_declined() {
    let data = folder("well", 0.0);
    let report = run_petshop(&data, None, false).unwrap();
    assert_eq!((report.cases, report.declined), (1, 1));
    fs::remove_dir_all(data).unwrap();
    assert!(matches!(
        run_petshop(&env::temp_dir().join("wherefore-nothing-here"), None, false),
        Err(BenchmarkError::Nothing { .. })
    ));
}
