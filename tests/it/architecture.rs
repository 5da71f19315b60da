//! The floors of ARCHITECTURE.md: a crate imports only from floors below its own.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

// Crate, floor, and the crates of ours it must never import although they stand lower.
const FLOORS: &[(&str, u8, &[&str])] = &[
    ("wherefore-prompts", 0, &[]),
    ("wherefore-contract", 0, &[]),
    ("wherefore-model", 1, &[]),
    ("wherefore-verify", 1, &[]),
    ("wherefore-analysis", 1, &[]),
    ("wherefore-incident", 1, &[]),
    ("wherefore-load", 1, &[]),
    ("wherefore-providers", 2, &[]),
    ("wherefore-remote", 2, &[]),
    ("wherefore-traces", 2, &[]),
    ("wherefore-team", 2, &["wherefore-load"]),
    ("wherefore-offline", 2, &["wherefore-load"]),
    ("wherefore-stores", 2, &[]),
    ("wherefore-tools", 2, &["wherefore-load"]),
    ("wherefore-demo", 2, &[]),
    ("wherefore-evals", 2, &[]),
    ("wherefore", 3, &[]),
];

// Heavy dependencies and the only crates that may name them.
const QUARANTINE: &[(&str, &[&str])] = &[
    ("datafusion", &["wherefore-stores"]),
    ("tantivy", &["wherefore-stores"]),
    ("arrow", &["wherefore-load", "wherefore-stores"]),
    ("parquet", &["wherefore-load", "wherefore-stores"]),
    ("rmcp", &["wherefore-tools", "wherefore-remote", "wherefore"]),
    ("aws-sdk-bedrockruntime", &["wherefore-providers"]),
    ("aws-config", &["wherefore-providers", "wherefore-remote"]),
    ("opentelemetry", &["wherefore-traces"]),
    ("axum", &["wherefore", "wherefore-tools"]),
    ("rusqlite", &["wherefore"]),
];

fn edges() -> BTreeMap<String, Vec<(String, bool)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let edges = dependencies
            .map(|one| (one["name"].as_str().unwrap().to_owned(), one["kind"] == "dev"));
        (package["name"].as_str().unwrap().to_owned(), edges.collect())
    };
    metadata["packages"].as_array().unwrap().iter().map(package).collect()
}

fn floor(name: &str) -> Option<u8> {
    FLOORS.iter().find(|(crate_name, ..)| *crate_name == name).map(|(_, floor, _)| *floor)
}

#[test]
fn a_crate_imports_only_from_floors_below_its_own() {
    let mut wrong = Vec::new();
    for (name, dependencies) in edges() {
        let own = floor(&name).unwrap_or_else(|| panic!("{name} stands on no floor"));
        let banned = FLOORS
            .iter()
            .find(|(one, ..)| *one == name)
            .map_or(&[] as &[&str], |(.., banned)| banned);
        for (dependency, is_dev) in dependencies {
            let Some(below) = floor(&dependency) else { continue };
            // The demo and the suites read what they write or score through the crates beside them.
            // Files of changes are read by the arithmetic of incidents, which needs no Arrow.
            let is_beside = matches!(name.as_str(), "wherefore-evals") && below == own
                || (name == "wherefore-load" && dependency == "wherefore-incident");
            if !is_dev && ((below >= own && !is_beside) || banned.contains(&dependency.as_str())) {
                wrong.push(format!("{name} -> {dependency}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn heavy_dependencies_stay_in_their_crates() {
    let mut wrong = Vec::new();
    for (name, dependencies) in edges() {
        for (dependency, is_dev) in dependencies {
            let allowed = QUARANTINE
                .iter()
                .find(|(heavy, _)| *heavy == dependency)
                .map(|(_, crates)| *crates);
            if !is_dev && allowed.is_some_and(|crates| !crates.contains(&name.as_str())) {
                wrong.push(format!("{name} -> {dependency}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
