//! Every case runs: a competent script shows what is wanted, a script that breaks the rule is noticed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use wherefore_prompts::Prompts;

use super::Case;

const RULES: &str = include_str!("../../../prompts/rules.toml");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// Every case by its path without the ending.
fn cases() -> BTreeMap<String, Case> {
    let mut cases = BTreeMap::new();
    for folder in std::fs::read_dir(root()).unwrap().map(Result::unwrap) {
        if !folder.path().is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
            let path = file.path();
            let id = path.strip_prefix(root()).unwrap().with_extension("");
            let text = std::fs::read_to_string(&path).unwrap();
            let case =
                Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
            cases.insert(id.to_str().unwrap().to_owned(), case);
        }
    }
    cases
}

fn rules() -> BTreeMap<String, Vec<String>> {
    toml::from_str(RULES).unwrap()
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let (cases, rules) = (cases(), rules());
    let written: BTreeSet<&str> = Prompts::rules().collect();
    let held: BTreeSet<&str> = rules.keys().map(String::as_str).collect();
    assert_eq!(written, held);
    let mut used = BTreeSet::new();
    for (rule, ids) in &rules {
        assert!(!ids.is_empty(), "{rule}");
        for id in ids {
            assert!(cases.contains_key(id), "{rule} names `{id}`, which is no case");
            used.insert(id.as_str());
        }
    }
    assert_eq!(used, cases.keys().map(String::as_str).collect());
}

#[test]
fn a_case_is_called_as_its_file_is() {
    for (id, case) in cases() {
        assert_eq!(id, case.id);
    }
}

#[tokio::test(start_paused = true)]
async fn a_competent_script_shows_what_every_case_wants() {
    let mut faults = Vec::new();
    for (id, case) in cases() {
        let outcome = case.run(Arc::new(case.script().unwrap())).await.unwrap();
        let found = case.faults(&outcome).unwrap();
        if !found.is_empty() {
            faults.push(format!("{id}: {}\n{}", found.join("; "), outcome.answer.text));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[tokio::test(start_paused = true)]
async fn a_script_that_breaks_the_rule_is_noticed() {
    let mut without = Vec::new();
    for (id, case) in cases() {
        if !case.has_wrong() {
            without.push(id);
            continue;
        }
        let outcome = case.run(Arc::new(case.wrong_script().unwrap())).await.unwrap();
        assert_ne!(case.faults(&outcome).unwrap(), Vec::<String>::new(), "{id}");
    }
    // What code sees to cannot be broken by a script.
    assert_eq!(without, ["orchestrator/qualified_is_partial"]);
}

#[tokio::test(start_paused = true)]
async fn the_rules_keep_the_order_of_work_too() {
    for id in [
        "orchestrator/collector_first",
        "orchestrator/acts_on_nothing",
        "orchestrator/declines_what_is_not_loaded",
    ] {
        let case = &cases()[id];
        let outcome = case.run(Arc::new(wherefore_offline::OfflineModel::default())).await.unwrap();
        let faults = case.faults(&outcome).unwrap();
        let of_order = |fault: &&String| fault.contains("first") || fault.contains("is called");
        assert_eq!(
            faults.iter().filter(of_order).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{id}"
        );
    }
}
