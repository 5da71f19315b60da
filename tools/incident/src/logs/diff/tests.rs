//! What differs between two windows, and what only seems to.

use jiff::ToSpan;

use super::*;

const HOUR: i64 = 3600;

struct Told {
    record: String,
    time: Timestamp,
    severity: u8,
    body: String,
}

fn at(second: i64) -> Timestamp {
    "2026-05-04T00:00:00Z".parse::<Timestamp>().unwrap() + second.seconds()
}

// A reference of a week, then an hour.
fn differences(told: &[Told]) -> Differences {
    let lines = told.iter().map(|one| LogLine {
        record: &one.record,
        time: one.time,
        severity: one.severity,
        body: one.body.as_bytes(),
    });
    let reference = Window { from: at(0), until: at(168 * HOUR) };
    let window = Window { from: at(168 * HOUR), until: at(169 * HOUR) };
    diff_patterns(lines, reference, window, &LogSettings::embedded().unwrap())
}

fn told(out: &mut Vec<Told>, body: &str, severity: u8, seconds: impl IntoIterator<Item = i64>) {
    for second in seconds {
        let record = format!("r{:06}", out.len());
        let body = body.replace("{}", &(second * 7 + 1000).to_string());
        out.push(Told { record, time: at(second), severity, body });
    }
}

fn week() -> Vec<Told> {
    let mut out = Vec::new();
    told(&mut out, "served request {} in {} ms", 9, (0..169 * HOUR).step_by(60));
    told(&mut out, "backup {} finished well", 9, [100 * HOUR, 168 * HOUR + 30]);
    told(&mut out, "cache of {} was warmed", 9, (0..168 * HOUR).step_by(300));
    told(
        &mut out,
        "connection to db-7 refused after {} ms",
        17,
        (168 * HOUR..169 * HOUR).step_by(40),
    );
    told(&mut out, "retrying call {} now", 13, (0..168 * HOUR).step_by(3600));
    told(&mut out, "retrying call {} now", 13, (168 * HOUR..169 * HOUR).step_by(20));
    out
}

#[test]
fn new_gone_and_changed_patterns_are_told_and_steady_ones_are_not() {
    let told = week();
    let found = differences(&told);
    let rows: Vec<(PatternChange, &str, u64, u64)> = found
        .rows
        .iter()
        .map(|row| (row.change, row.template.as_str(), row.before, row.after))
        .collect();
    assert_eq!(
        rows,
        [
            (PatternChange::New, "connection to db-7 refused after <*> ms", 0, 90),
            (PatternChange::More, "retrying call <*> now", 168, 180),
            (PatternChange::Gone, "cache of <*> was warmed", 2016, 0),
        ]
    );
    assert!(found.rows.iter().all(|row| row.is_certain && row.p_value < 0.01));
    assert!((found.rows[1].ratio - 180.0).abs() < 2.0);
    let quote = &found.rows[0].example;
    let record = told.iter().find(|one| one.record == quote.record).unwrap();
    assert_eq!(record.time, at(168 * HOUR));
    assert_eq!(record.body[quote.start..quote.end], record.body);
}

#[test]
fn the_order_of_lines_does_not_matter_and_lines_outside_are_counted() {
    let mut lines = week();
    told(&mut lines, "far {} away", 9, [400 * HOUR]);
    let forward = differences(&lines);
    lines.reverse();
    assert_eq!(forward, differences(&lines));
    assert_eq!(forward.lines_outside, 1);
}

#[test]
fn bursts_that_were_there_before_are_no_news() {
    let mut lines = Vec::new();
    for day in 0..7 {
        let start = day * 24 * HOUR;
        told(&mut lines, "flush {} of segment", 9, start..start + 400);
    }
    told(&mut lines, "flush {} of segment", 9, 168 * HOUR..168 * HOUR + 40);
    assert_eq!(differences(&lines).rows, []);
    assert_eq!(differences(&[]).rows, []);
}

#[test]
fn what_was_never_there_comes_after_what_is_certain() {
    let mut lines = week();
    told(&mut lines, "feature flag {} switched", 9, [168 * HOUR + 5]);
    let rows = differences(&lines).rows;
    let last = rows.last().unwrap();
    assert_eq!((last.change, last.is_certain), (PatternChange::New, false));
    assert_eq!(last.template, "feature flag <*> switched");
}
