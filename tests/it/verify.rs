//! An answer can be run again; one that was changed is caught.

use std::{fs, process::Command};

use serde_json::{Value, json};

use crate::support::{AS_OF, Estate, estate, request, send};

const BINARY: &str = env!("CARGO_BIN_EXE_wherefore");

async fn answer(estate: &Estate, question: &str) -> Value {
    let router = estate.router().await;
    let body = json!({ "question": question, "as_of": AS_OF });
    send(&router, request("POST", "/v1/ask", Some(body))).await.json()
}

fn verify(estate: &Estate, answer: &Value) -> (Option<i32>, String) {
    let path = estate.folder.path().join("answer.json");
    fs::write(&path, answer.to_string()).unwrap();
    let output = Command::new(BINARY)
        .args(["verify", path.to_str().unwrap(), "--warehouse", estate.warehouse()])
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[tokio::test]
async fn an_answer_comes_out_the_same_again() {
    let estate = estate();
    for question in [
        "billed cost in September 2024 by cloud service",
        "8월 대비 9월 비용이 왜 늘었어?",
        "What was the billed cost in March 2023?",
    ] {
        let answer = answer(&estate, question).await;
        let (code, text) = verify(&estate, &answer);
        assert_eq!(code, Some(0), "{question}\n{text}");
    }
}

#[tokio::test]
async fn a_changed_figure_cell_or_claim_is_caught() {
    let estate = estate();
    let whole = answer(&estate, "billed cost in September 2024 by cloud service").await;
    let text = whole["text"].as_str().unwrap().to_owned();
    assert!(text.contains("375.00"), "{text}");

    let mut figure = whole.clone();
    figure["text"] = json!(text.replace("375.00", "975.00"));
    let mut claim = whole.clone();
    let bent = whole["claims"].to_string().replace("375.00", "975.00");
    claim["claims"] = serde_json::from_str(&bent).unwrap();
    claim["text"] = figure["text"].clone();
    let mut cell = whole.clone();
    let rows = whole["evidence"].to_string().replace("\"375\"", "\"975\"");
    cell["evidence"] = serde_json::from_str(&rows).unwrap();
    assert_ne!(cell, whole, "the cell was there to be changed");
    for (name, tampered) in [("figure", figure), ("claim", claim), ("cell", cell)] {
        let (code, text) = verify(&estate, &tampered);
        assert_eq!(code, Some(1), "{name}\n{text}");
    }
}
