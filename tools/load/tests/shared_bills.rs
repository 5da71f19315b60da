//! Real and synthetic bills that are not part of the repository: `WHEREFORE_SHARED` says where they are.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test of whole files")]

use std::path::{Path, PathBuf};

use wherefore_load::{LoadOptions, Quiet, load, manifest::Warehouse, report::LoadReport};

#[expect(clippy::disallowed_methods, reason = "tests alone look for data outside the repository")]
fn billing() -> Option<PathBuf> {
    let shared = std::env::var("WHEREFORE_SHARED").ok();
    if shared.is_none() {
        println!("WHEREFORE_SHARED is not set: skipped");
    }
    shared.map(|shared| Path::new(&shared).join("data/billing"))
}

fn loaded(paths: &[PathBuf]) -> (tempfile::TempDir, LoadReport) {
    let folder = tempfile::tempdir().unwrap();
    let options = LoadOptions::new(folder.path(), "2026-11-01T00:00:00Z".parse().unwrap());
    let report = load(paths, &options, &Quiet).unwrap();
    (folder, report)
}

#[test]
fn every_known_bill_loads_with_all_its_rows() {
    let Some(billing) = billing() else { return };
    for (file, rows, layout) in [
        ("focus-1.0-sample-1000.csv", 1_000, "FOCUS 1.0"),
        ("aws-cur2-ha-portal-pseudonymised.csv", 1_882, "AWS CUR 2.0"),
        ("focus-converters-aws-cur-legacy.csv", 1_281, "AWS CUR (legacy)"),
        ("focus-converters-oci-cost-redacted.csv", 506, "OCI cost report"),
        ("aws-cur-anonymize-cur20.csv", 4, "AWS CUR 2.0"),
        ("aws-cur-anonymize-legacy.csv", 4, "AWS CUR (legacy)"),
        ("focus-1.2-synth-azure-20k.parquet", 20_000, "FOCUS 1.2"),
        ("focus-1.2-synth-gcp-20k.parquet", 20_000, "FOCUS 1.2"),
        ("nise-cur-3mo.parquet", 991_728, "AWS CUR 2.0"),
    ] {
        let (folder, report) = loaded(&[billing.join(file)]);
        assert_eq!(report.refused, [], "{file}");
        assert_eq!(report.description.rows, rows, "{file}");
        assert_eq!(report.description.formats, [layout], "{file}");
        let manifest = Warehouse::open(folder.path()).current().unwrap();
        assert_eq!(manifest.charge_files.iter().map(|file| file.rows).sum::<u64>(), rows);
        println!("{file}\n{}", wherefore_load::render_text(&report));
    }
}

#[test]
fn files_that_are_no_bill_are_refused_in_one_sentence() {
    let Some(billing) = billing() else { return };
    for (file, sentence) in [
        ("focus-converters-azure-ea.csv", "Azure cost export"),
        ("nab-elb-request-count.csv", "its header starts with `timestamp,value`"),
        ("nise-scenario.yml", "is no cost table that is known"),
    ] {
        let (_folder, report) = loaded(&[billing.join(file)]);
        assert_eq!(report.snapshot, None);
        let [refused] = report.refused.as_slice() else { unreachable!("one file") };
        assert!(refused.reason.contains(sentence), "{}", refused.reason);
        assert!(!refused.reason.contains('\n'));
    }
}

#[test]
fn the_examples_of_the_specification_load_but_for_impossible_times() {
    let Some(billing) = billing() else { return };
    let mut refused = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(billing.join("focus-spec-examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 26);
    for file in files {
        let (_folder, report) = loaded(std::slice::from_ref(&file));
        for file in report.refused {
            refused.push(file.reason);
        }
    }
    assert_eq!(
        refused,
        [
            "row 3, ChargePeriodEnd: `2023-02-01T30:00:00Z` is no moment in time; correct the cell or export the file again",
            "row 4, ChargePeriodEnd: `2023-02-01T30:00:00Z` is no moment in time; correct the cell or export the file again",
        ]
    );
}
