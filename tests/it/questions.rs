//! `wherefore eval questions`: cases are scored exactly, runs compared, bounds kept, kept answers scored alike.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::support::{AS_OF, Estate, estate};

/// A right one, a wrong one, one that must be declined, and one that asks for what is not loaded.
fn cases() -> Vec<Value> {
    let case = |id: &str, lang: &str, question: &str, expected: Value| {
        json!({"id": id, "lang": lang, "dataset": "small.csv", "question": question, "as_of": AS_OF,
               "sql": "", "kind": "total", "difficulty": "easy", "expected": expected})
    };
    let by_service = json!({"type": "rows", "rows": [
        ["Amazon Elastic Compute Cloud", 375], ["Virtual Machines", 150.0], ["Amazon Simple Storage Service", 33],
    ]});
    vec![
        case("right", "ko", "9월 클라우드 서비스별 비용은?", by_service),
        case(
            "wrong",
            "en",
            "What was the billed cost in September 2024?",
            json!({"type": "scalar", "value": 1}),
        ),
        case(
            "absent",
            "en",
            "What was the billed cost in March 2023?",
            json!({"type": "unanswerable", "reason": "not loaded",
            "answer_must_say": ["March 2023"]}),
        ),
        case(
            "late",
            "en",
            "What was the billed cost in March 2023?",
            json!({"type": "scalar", "value": 2}),
        ),
    ]
}

fn lines(values: &[Value]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// An estate with the cases beside it.
fn asked() -> (Estate, PathBuf) {
    let estate = estate();
    let path = estate.folder.path().join("cases.jsonl");
    fs::write(&path, lines(&cases())).unwrap();
    (estate, path)
}

fn questions(data: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wherefore"))
        .args(["eval", "questions", "--data", data.to_str().unwrap()])
        .args(more)
        .output()
        .unwrap()
}

fn document(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn cases_are_right_wrong_or_declined_and_bounds_set_the_exit_status() {
    let (estate, data) = asked();
    let output = questions(&data, &["--warehouse", estate.warehouse(), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = document(&output);
    let counts =
        |value: &Value| ["cases", "right", "wrong", "declined"].map(|name| value[name].as_u64());
    assert_eq!(counts(&report), [Some(4), Some(2), Some(1), Some(1)], "{report:#}");
    assert_eq!(counts(&report["by"]["language/en"]), [Some(3), Some(1), Some(1), Some(1)]);
    assert_eq!(report["figures"]["declined_of_unanswerable_percent"], "100");
    assert_eq!(report["figures"]["statements_said"], "1");
    assert_eq!(report["failures"][0]["id"], "wrong");
    assert!(report["figures"]["understanding_p99_ms"].is_string(), "{report:#}");
    let bounded = |bound: &[&str]| {
        let all = [&["--warehouse", estate.warehouse()], bound].concat();
        questions(&data, &all).status.code()
    };
    assert_eq!(bounded(&["--min-right", "0.6"]), Some(1));
    assert_eq!(
        bounded(&["--max-wrong", "0.3", "--min-right", "0.5", "--min-declined", "1"]),
        Some(0)
    );
    assert_eq!(bounded(&["--only", "right", "--min-right", "1"]), Some(0));
    assert_eq!(bounded(&["--only", "no-such-kind"]), Some(2));
}

#[test]
fn a_later_run_is_compared_and_may_not_be_worse() {
    let (estate, data) = asked();
    let folder = estate.folder.path();
    let earlier = folder.join("earlier.json");
    let before = questions(&data, &["--warehouse", estate.warehouse(), "--json"]);
    fs::write(&earlier, &before.stdout).unwrap();
    // The same questions, of which the one that was right expects something else now.
    let mut changed = cases();
    changed[0]["expected"] = json!({"type": "scalar", "value": 3});
    fs::write(&data, lines(&changed)).unwrap();
    let page = folder.join("report.html");
    let junit = folder.join("junit.xml");
    let output = questions(
        &data,
        &[
            "--warehouse",
            estate.warehouse(),
            "--against",
            earlier.to_str().unwrap(),
            "--no-worse",
            "--html",
            page.to_str().unwrap(),
            "--junit",
            junit.to_str().unwrap(),
        ],
    );
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("0 better, 1 worse, 3 alike") && text.contains("right -> wrong"),
        "{text}"
    );
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("9월 클라우드 서비스별 비용은?"), "{page}");
    let junit = fs::read_to_string(junit).unwrap();
    assert!(junit.contains(r#"tests="4""#) && junit.contains(r#"failures="3""#), "{junit}");
}

#[test]
fn a_part_that_stays_unseen_shows_counts_alone() {
    let (estate, data) = asked();
    for format in [&["--json"][..], &[]] {
        let all = [&["--warehouse", estate.warehouse(), "--counts-only"], format].concat();
        let output = questions(&data, &all);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("right_percent") && !text.contains("billed cost in"), "{text}");
    }
}

#[test]
fn answers_asked_elsewhere_are_scored_alike() {
    let (estate, data) = asked();
    let ask = |question: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_wherefore"))
            .args(["ask", question, "--as-of", AS_OF, "--json", "--warehouse", estate.warehouse()])
            .output()
            .unwrap();
        document(&output)
    };
    let kept: Vec<Value> = cases()
        .iter()
        .take(2)
        .map(|case| json!({"id": case["id"], "answer": ask(case["question"].as_str().unwrap())}))
        .collect();
    let answers = estate.folder.path().join("answers.jsonl");
    fs::write(&answers, lines(&kept)).unwrap();
    let output = questions(&data, &["--answers", answers.to_str().unwrap(), "--json"]);
    let report = document(&output);
    let outcomes: Vec<&str> = report["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["right", "wrong", "declined", "declined"]);
    assert_eq!(report["figures"]["failed_to_answer"], "2");
}

#[test]
fn a_missing_dataset_and_a_broken_case_are_named() {
    let (estate, data) = asked();
    let said = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let empty = estate.folder.path().join("none");
    let output = questions(&data, &["--warehouse", empty.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no warehouse for small"), "{}", said(&output));
    fs::write(&data, "{}\n").unwrap();
    let output = questions(&data, &["--warehouse", estate.warehouse()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("line 1 is no question case"), "{}", said(&output));
}

#[test]
fn bills_are_loaded_once_into_the_folder_of_warehouses() {
    let (estate, data) = asked();
    let folder = estate.folder.path();
    let bills = folder.join("bills");
    fs::create_dir(&bills).unwrap();
    fs::copy(folder.join("focus.csv"), bills.join("small.csv")).unwrap();
    let made = folder.join("made");
    let run = || {
        let (bills, made) = (bills.to_str().unwrap(), made.to_str().unwrap());
        questions(
            &data,
            &["--bills", bills, "--warehouse", made, "--only", "right", "--min-right", "1"],
        )
    };
    let first = run();
    assert_eq!(first.status.code(), Some(0), "{first:?}");
    assert!(String::from_utf8_lossy(&first.stderr).contains("small.csv"), "{first:?}");
    let second = run();
    assert_eq!(second.status.code(), Some(0), "{second:?}");
    assert!(!String::from_utf8_lossy(&second.stderr).contains("small.csv"), "{second:?}");
}
