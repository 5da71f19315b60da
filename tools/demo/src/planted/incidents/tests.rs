use std::{collections::BTreeSet, fs};

use serde_json::Value;

use super::*;

fn planted(seed: u64) -> (tempfile::TempDir, IncidentsTruth) {
    let folder = tempfile::tempdir().unwrap();
    let truth = plant(folder.path(), seed).unwrap();
    (folder, truth)
}

#[test]
fn every_seed_has_all_incidents_each_felt_by_its_symptom_along_a_way_of_calls() {
    for seed in 0..3 {
        let (_folder, truth) = planted(seed);
        let (causes, healthy): (Vec<_>, Vec<_>) =
            truth.incidents.iter().partition(|one| one.cause.is_some());
        assert_eq!((causes.len(), healthy.len()), (12, 5), "seed {seed}");
        let stories: BTreeSet<&str> = causes.iter().map(|one| one.story.as_str()).collect();
        assert_eq!(stories.len(), 12, "seed {seed}: {stories:?}");
        let calls: BTreeSet<(&str, &str)> =
            truth.calls.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        for one in causes {
            let cause = one.cause.as_ref().unwrap();
            assert!(!cause.paths.is_empty(), "{}", one.story);
            for path in &cause.paths {
                assert_eq!(path.first(), Some(&cause.workload), "{}", one.story);
                assert_eq!(path.last(), Some(&one.symptom.workload), "{}", one.story);
                // A neighbour shares a machine and not a call.
                let called = if one.story == "noisy_neighbour" { &path[1..] } else { &path[..] };
                for hop in called.windows(2) {
                    assert!(calls.contains(&(hop[1].as_str(), hop[0].as_str())), "{hop:?}");
                }
            }
            assert!(one.reference_from < one.started_at && one.started_at < one.asked_at);
        }
    }
}

#[test]
fn the_same_seed_is_the_same_company_byte_for_byte_and_another_is_not() {
    let [(one, told), (other, again), (third, _)] = [planted(7), planted(7), planted(8)];
    assert_eq!(told, again);
    for name in files() {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(name)).unwrap();
        assert_eq!(read(&one), read(&other), "{name}");
        assert_ne!(read(&one), read(&third), "{name}");
    }
}

#[test]
fn changes_of_causes_stand_in_the_files_under_the_ids_that_the_truth_names() {
    let (folder, truth) = planted(3);
    let mut ids = BTreeSet::new();
    let [deployed, trail, config] =
        changes::FILES.map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
    for line in deployed.lines() {
        let change: Value = serde_json::from_str(line).unwrap();
        ids.insert(change["id"].as_str().unwrap().to_owned());
    }
    let trail: Value = serde_json::from_str(&trail).unwrap();
    for record in trail["Records"].as_array().unwrap() {
        ids.insert(record["eventID"].as_str().unwrap().to_owned());
    }
    let config: Value = serde_json::from_str(&config).unwrap();
    assert!(!config["configurationItems"].as_array().unwrap().is_empty());
    let causes = truth.incidents.iter().filter_map(|one| one.cause.as_ref());
    let named: Vec<&String> = causes.flat_map(|cause| &cause.changes).collect();
    assert_eq!(named.len(), 6, "bad_deployment, resource_leak and config_change have one each");
    assert!(named.iter().all(|id| ids.contains(*id)), "{named:?}");
}

fn lines(folder: &tempfile::TempDir, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.path().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn workload(resource: &Value) -> String {
    let attributes = resource["resource"]["attributes"].as_array().unwrap();
    let name = attributes.iter().find(|pair| pair["key"] == "service.name").unwrap();
    name["value"]["stringValue"].as_str().unwrap().to_owned()
}

#[test]
fn spans_hang_together_and_what_was_not_recorded_is_not_there() {
    let (folder, truth) = planted(5);
    let mut spans = BTreeSet::new();
    let mut parents = Vec::new();
    let mut writers = BTreeSet::new();
    for line in lines(&folder, TRACES) {
        for resource in line["resourceSpans"].as_array().unwrap() {
            writers.insert(workload(resource));
            for span in resource["scopeSpans"][0]["spans"].as_array().unwrap() {
                let text = |key: &str| span[key].as_str().unwrap_or_default().to_owned();
                assert!(spans.insert((text("traceId"), text("spanId"))), "{span}");
                if span.get("parentSpanId").is_some() {
                    parents.push((text("traceId"), text("parentSpanId")));
                }
                let nanos = |key: &str| span[key].as_str().unwrap().parse::<u64>().unwrap();
                assert!(nanos("startTimeUnixNano") <= nanos("endTimeUnixNano"), "{span}");
            }
        }
    }
    assert!(spans.len() > 5_000, "{}", spans.len());
    assert!(parents.iter().all(|parent| spans.contains(parent)));
    assert!(truth.without_traces.iter().all(|name| !writers.contains(name)));
    let logged: BTreeSet<String> =
        lines(&folder, LOGS).iter().map(|line| workload(&line["resourceLogs"][0])).collect();
    assert!(truth.without_logs.iter().all(|name| !logged.contains(name)));
    assert!(!truth.without_traces.is_empty() && logged.len() > 8, "{logged:?}");
}

#[test]
fn everything_that_is_written_is_loaded() {
    let (folder, _) = planted(2);
    let warehouse = folder.path().join("warehouse");
    let sources: Vec<std::path::PathBuf> = files().map(|name| folder.path().join(name)).collect();
    let options = wherefore_load::LoadOptions::new(warehouse, truth::instant(29_700_000));
    let report = wherefore_load::load(&sources, &options, &wherefore_load::Quiet).unwrap();
    assert!(report.is_complete(), "{:?}", report.refused);
    let notes: Vec<&str> = report.notes.iter().map(|note| note.text.as_str()).collect();
    assert!(notes.iter().all(|note| note.contains("read_only")), "{notes:?}");
    assert_eq!(report.loaded.len(), sources.len());
    assert!(report.loaded.iter().all(|file| file.rows > 0), "{:?}", report.loaded);
}

#[test]
fn trail_and_configuration_are_read_as_changes_of_the_workloads_that_they_name() {
    use wherefore_incident::changes::{
        ChangeTables, WorkloadNames, read_cloudtrail, read_configuration,
    };
    let (folder, truth) = planted(4);
    let tables = ChangeTables::embedded().unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let [_, trail, config] = changes::FILES.map(read);
    let mut trail = read_cloudtrail(&trail, &tables);
    assert_eq!(trail.left_out_count, 0, "{:?}", trail.left_out);
    assert!(trail.set_aside["read_only"] > 10, "{:?}", trail.set_aside);
    let all: BTreeSet<String> =
        truth.calls.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    let names = WorkloadNames::new(all);
    trail.changes.iter_mut().for_each(|change| names.assign(change));
    assert!(trail.changes.iter().all(|change| change.workload.is_some()), "{:?}", trail.changes);
    let config = read_configuration(&config, &tables);
    assert_eq!(config.left_out_count, 0, "{:?}", config.left_out);
    assert!(config.changes.iter().all(|one| one.before != one.after && one.workload.is_some()));
    let changed = truth.incidents.iter().find(|one| one.story == "config_change").unwrap();
    let cause = changed.cause.as_ref().unwrap();
    let found = trail.changes.iter().find(|one| cause.changes.contains(&one.id)).unwrap();
    assert_eq!(found.workload.as_ref(), Some(&cause.workload));
    assert!(config.changes.iter().any(|one| one.workload.as_ref() == Some(&cause.workload)));
}
