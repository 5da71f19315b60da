//! The program as a person or a script calls it: exit statuses, one JSON document, no color in a pipe.

use std::process::{Command, Output};

use crate::support::{AS_OF, estate};

fn wherefore(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wherefore")).args(arguments).output().unwrap()
}

#[test]
fn the_exit_status_says_how_a_question_ended() {
    let estate = estate();
    let ask = |question: &str| {
        wherefore(&["ask", question, "--warehouse", estate.warehouse(), "--as-of", AS_OF, "--json"])
    };
    let answered = ask("What was the billed cost in September 2024?");
    assert_eq!(answered.status.code(), Some(0), "{answered:?}");
    let document: serde_json::Value = serde_json::from_slice(&answered.stdout).unwrap();
    assert_eq!(document["status"], "answered");
    assert_eq!(ask("What was the billed cost in March 2023?").status.code(), Some(3));
    assert_eq!(ask(" ").status.code(), Some(2));
    assert_eq!(wherefore(&["ask"]).status.code(), Some(2));
    assert_eq!(
        wherefore(&["load", "/no/such/file", "--warehouse", estate.warehouse()]).status.code(),
        Some(1)
    );
    assert_eq!(wherefore(&["--help"]).status.code(), Some(0));
}

#[test]
fn a_pipe_gets_text_without_color_and_progress_stays_out_of_it() {
    let estate = estate();
    let output = wherefore(&[
        "ask",
        "9월 클라우드 서비스별 비용은?",
        "--warehouse",
        estate.warehouse(),
        "--as-of",
        AS_OF,
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("375.00") && text.contains("근거"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains("describe_cost_data\n"), "{text}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("collector"));
}

#[test]
fn an_empty_warehouse_says_how_to_load_a_bill() {
    let folder = tempfile::tempdir().unwrap();
    let output = wherefore(&["ask", "total cost", "--warehouse", folder.path().to_str().unwrap()]);
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_ne!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("load"), "{said}");
}

#[test]
fn the_doctor_says_what_is_loaded() {
    let estate = estate();
    let output = wherefore(&["doctor", "--warehouse", estate.warehouse()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    for word in ["s000001", "183 charges", "FOCUS", "WHEREFORE_WAREHOUSE"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
}
