//! The report as plain text: counts by table, figures, failures.

use std::fmt::Write as _;

use super::super::score::{CaseResult, QuestionsReport};
use crate::report::{Counts, Outcome};

/// What is shown beside the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Show {
    /// Failures shown in full, wrong ones first.
    pub failures: usize,
}

// The order in which tables are shown.
pub(super) const TABLES: [&str; 6] =
    ["expected", "language", "difficulty", "dataset", "part", "kind"];

/// The report for people who read terminals.
#[must_use]
pub fn tables(report: &QuestionsReport, show: Show) -> String {
    let mut out = String::new();
    let suite = &report.suite;
    let whole = Counts {
        cases: suite.cases,
        right: suite.right,
        wrong: suite.wrong,
        declined: suite.declined,
    };
    for table in TABLES {
        let prefix = format!("{table}/");
        let rows: Vec<(&str, &Counts)> = suite
            .by
            .iter()
            .filter_map(|(key, counts)| Some((key.strip_prefix(&prefix)?, counts)))
            .collect();
        // A table of one line says nothing that the line for all does not.
        if rows.len() > 1 {
            head(&mut out, table);
            for (name, counts) in rows {
                line(&mut out, name, counts);
            }
            out.push('\n');
        }
    }
    head(&mut out, "");
    line(&mut out, "all", &whole);
    out.push('\n');
    for (name, value) in &suite.figures {
        let _ = writeln!(out, "{name}: {value}");
    }
    failures(&mut out, report, show.failures);
    out
}

fn head(out: &mut String, table: &str) {
    let _ = writeln!(
        out,
        "{table:<34}{:>8}{:>8}{:>8}{:>10}{:>10}",
        "cases", "right", "wrong", "declined", "right %"
    );
}

fn line(out: &mut String, name: &str, counts: &Counts) {
    let percent = super::super::score::percent(
        usize::try_from(counts.right).unwrap_or(0),
        usize::try_from(counts.cases).unwrap_or(0),
    );
    let _ = writeln!(
        out,
        "{name:<34}{:>8}{:>8}{:>8}{:>10}{percent:>10}",
        counts.cases, counts.right, counts.wrong, counts.declined
    );
}

fn failures(out: &mut String, report: &QuestionsReport, limit: usize) {
    let mut failed: Vec<&CaseResult> =
        report.results.iter().filter(|result| result.outcome != Outcome::Right).collect();
    failed.sort_by_key(|result| result.outcome != Outcome::Wrong);
    for result in failed.iter().take(limit) {
        let CaseResult { id, kind, dataset, .. } = result;
        let outcome = result.outcome.to_string().to_uppercase();
        let _ = writeln!(out, "\n{outcome}  {id}  [{kind}, {dataset}]");
        for (name, text) in [
            ("asked", &result.question),
            ("expected", &result.expected),
            ("got", &result.got),
            ("why", &result.why),
            ("read as", &result.reading),
        ] {
            if !text.is_empty() {
                let _ = writeln!(out, "  {name:<9} {}", text.replace('\n', "\n            "));
            }
        }
    }
    let unsaid =
        report.results.iter().flat_map(|one| one.unsaid.iter().map(move |text| (one, text)));
    for (index, (one, statement)) in unsaid.take(limit).enumerate() {
        if index == 0 {
            out.push_str("\nstatements that answers leave out\n");
        }
        let _ = writeln!(out, "  {:<20} {statement}", one.id);
    }
    let rest = failed.len().saturating_sub(limit);
    if rest > 0 && limit > 0 {
        let _ =
            writeln!(out, "\n… and {rest} more that are not right; --show-failures N shows them");
    }
}
