//! What can be saved.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart, DraftResult, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
    question::Language,
};

use crate::say::{
    line::Line,
    scene::{Scene, at},
    shapes::{all_rows, answered},
    voice::{Folded, Kind, Saved},
};

// So many kinds of action stand in the headline; the table has all of them.
const KINDS_TOLD: usize = 3;
// So many findings that metrics contradict are told; the table has all of them.
const WITHDRAWN_TOLD: usize = 3;
// So many checks without a finding are named.
const CHECKS_NAMED: usize = 6;

// What is bought, and on which terms.
const BOUGHT: [&str; 10] = [
    "covers",
    "machine_family",
    "region",
    "offer",
    "term",
    "payment",
    "hourly_commitment",
    "monthly_saving",
    "utilization",
    "coverage",
];

/// The answer; `None` when the tools found nothing to look at.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(0, "verdict")?;
    let looked = scene.found(0, "looked_at")?;
    if looked.facts.table.rows.is_empty() {
        return None;
    }
    let mut draft = match scene.found(0, "savings") {
        Some(savings) => found(scene, verdict, savings)?,
        None => none(scene, verdict, looked),
    };
    draft.body.extend(empty(scene, verdict, looked));
    measured(scene, &mut draft);
    if let Some(nothing) = scene.found(0, "found_nothing").filter(|_| !draft.tables.is_empty()) {
        let columns =
            [title(scene), "lines_examined", "usage_types_examined", "cost_examined", "reach"];
        if scene.found(0, "savings").is_some() {
            draft.tables.push(table(nothing, &columns));
        }
    }
    if let Some(open) = scene.found(0, "to_examine") {
        let voice = scene.voice();
        draft.body.push(voice.to_examine(
            name(scene, open, 0),
            names_of(open, 0),
            at(open, 0, "possible_saving"),
        ));
        let columns =
            [title(scene), "resource_id", "sub_account", "cost_before", "possible_saving"];
        draft.tables.push(table(open, &columns));
    }
    Some(draft)
}

fn found(scene: &Scene<'_>, verdict: &Evidence, savings: &Evidence) -> Option<Draft> {
    let kinds = scene.found(0, "by_check")?;
    let voice = scene.voice();
    let rows = 0..kinds.facts.table.rows.len().min(KINDS_TOLD);
    let told: Vec<Kind> = rows
        .map(|row| Kind { name: name(scene, kinds, row), saving: at(kinds, row, "monthly_saving") })
        .collect();
    let saved = Saved {
        period: verdict.facts.period,
        total: at(verdict, 0, "total_monthly_saving"),
        low: at(verdict, 0, "least_saving"),
        high: at(verdict, 0, "greatest_saving"),
        apart: at(verdict, 0, "total_without_order"),
    };
    let mut draft = answered(voice.savings_total(&saved, &told));
    draft.body.push(voice.savings_range(&saved));
    draft.body.push(voice.savings_order());
    let number = |column: &str| verdict.facts.table.number(0, column);
    if number("total_without_order") > number("total_monthly_saving") {
        draft.body.push(voice.savings_overlap(&saved));
    }
    let published = (0..savings.facts.table.rows.len())
        .any(|row| savings.name(row, "rate_basis") == Some("published"));
    if published {
        draft.body.push(voice.savings_published());
    }
    if let Some(sentence) = folded(scene, verdict) {
        draft.body.push(sentence);
    }
    if kinds.facts.table.rows.len() > 1 {
        draft
            .tables
            .push(table(kinds, &[title(scene), "monthly_saving", "low", "high", "findings"]));
        draft.charts.push(DraftChart {
            title: Line::default().measure(at(kinds, 0, "monthly_saving")).done(),
            kind: ChartKind::Bars,
            evidence: kinds.id.clone(),
            x: title(scene).to_owned(),
            y: vec!["monthly_saving".to_owned()],
            series: None,
        });
    }
    listed(scene, savings, &mut draft);
    for name in ["total_monthly_saving", "total_without_order", "least_saving", "greatest_saving"] {
        draft.verdict.insert(name.to_owned(), at(verdict, 0, name));
    }
    Some(draft)
}

// The plan as a whole, unless so many were asked for or it would flood the reader: then the largest, and the others
// summed by kind.
fn listed(scene: &Scene<'_>, savings: &Evidence, draft: &mut Draft) {
    let columns = [
        title(scene),
        "resource_id",
        "cloud_service",
        "sub_account",
        "monthly_saving",
        "low",
        "high",
        "effort",
        "risk",
        "rate_basis",
    ];
    let mut columns = columns.to_vec();
    if scene.found(0, "telemetry").is_some() {
        columns.push("telemetry");
    }
    let largest = scene.found(0, "largest").unwrap_or(savings);
    let is_cut = largest.facts.table.rows.len() < savings.facts.table.rows.len();
    draft.tables.push(table(if is_cut { largest } else { savings }, &columns));
    if let Some(rest) = scene.found(0, "folded") {
        draft
            .tables
            .push(table(rest, &[title(scene), "findings", "monthly_saving", "low", "high"]));
    }
    if let Some(bought) = scene.found(0, "to_commit") {
        draft.tables.push(table(bought, &BOUGHT));
    }
    draft.result = all_rows(if scene.reading.limit.is_some() { largest } else { savings });
}

// Nothing was found: what was looked at is the answer.
fn none(scene: &Scene<'_>, verdict: &Evidence, looked: &Evidence) -> Draft {
    let figures = [at(verdict, 0, "lines_examined"), at(verdict, 0, "cost_examined")];
    let mut draft = answered(scene.voice().no_savings(verdict.facts.period, figures));
    let columns = [
        title(scene),
        "lines_examined",
        "usage_types_examined",
        "cost_examined",
        "findings",
        "reach",
    ];
    draft.tables.push(table(looked, &columns));
    let columns =
        ["total_monthly_saving", "total_without_order", "cost_examined", "lines_examined"];
    draft.result = DraftResult::Rows {
        evidence: verdict.id.clone(),
        columns: columns.map(str::to_owned).to_vec(),
    };
    for name in ["total_monthly_saving", "total_without_order"] {
        draft.verdict.insert(name.to_owned(), at(verdict, 0, name));
    }
    draft
}

// The largest are listed; what the others come to.
fn folded(scene: &Scene<'_>, verdict: &Evidence) -> Option<Sentence> {
    let others = verdict.facts.table.number(0, "findings_folded")?;
    (!others.is_zero()).then(|| {
        scene.voice().savings_folded(&Folded {
            listed: at(verdict, 0, "findings_listed"),
            others: at(verdict, 0, "findings_folded"),
            saving: at(verdict, 0, "folded_saving"),
        })
    })
}

// Checks that looked at charges and found nothing, and those that the loaded data did not let tell. Where checks are
// asked for by name, each says what it looked at.
fn empty(scene: &Scene<'_>, verdict: &Evidence, looked: &Evidence) -> Vec<Sentence> {
    let facts = &looked.facts.table;
    let zero = |row: usize, column: &str| facts.number(row, column).is_none_or(|n| n.is_zero());
    let voice = scene.voice();
    let period = verdict.facts.period;
    let mut all = Vec::new();
    let rows = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..facts.rows.len()).filter(|row| wanted(*row)).take(CHECKS_NAMED).collect()
    };
    let names = |rows: &[usize]| -> Vec<FactRef> {
        rows.iter().map(|row| name(scene, looked, *row)).collect()
    };
    let reach = |row: usize| looked.name(row, "reach").unwrap_or_default();
    let is_asked = !scene.reading.checks.is_empty();
    let nothing =
        rows(&|row| reach(row) == "told" && zero(row, "findings") && !zero(row, "lines_examined"));
    if is_asked {
        let figures = ["lines_examined", "usage_types_examined", "cost_examined"];
        all.extend(nothing.iter().map(|row| {
            let figures = figures.map(|column| at(looked, *row, column));
            voice.looked_into(name(scene, looked, *row), period, figures)
        }));
        let absent = rows(&|row| reach(row) == "told" && zero(row, "lines_examined"));
        if !absent.is_empty() {
            all.push(voice.nothing_charged(&names(&absent), period));
        }
    } else if !nothing.is_empty() {
        all.push(voice.found_nothing(&names(&nothing)));
    }
    let unmeasured = rows(&|row| reach(row) == "no_telemetry" && !zero(row, "lines_examined"));
    if !unmeasured.is_empty() {
        all.push(voice.not_measured(&names(&unmeasured)));
    }
    let untold = rows(&|row| {
        let is_short = !matches!(reach(row), "told" | "not_loaded" | "no_telemetry");
        is_short && !zero(row, "lines_examined") || reach(row) == "not_loaded"
    });
    if !untold.is_empty() {
        all.push(voice.cannot_tell(&names(&untold)));
    }
    all
}

// What telemetry added, and what it took back.
fn measured(scene: &Scene<'_>, draft: &mut Draft) {
    let Some(read) = scene.found(0, "telemetry") else { return };
    let voice = scene.voice();
    let figures = ["series_read", "days_measured", "resources_measured"];
    let days = ["measured_from", "measured_until"].map(|name| at(read, 0, name));
    draft.body.push(voice.savings_measured(days, &figures.map(|name| at(read, 0, name))));
    let Some(gone) = scene.found(0, "withdrawn") else { return };
    let signal = match voice.0 {
        Language::En => "signal_en",
        Language::Ko => "signal_ko",
    };
    for row in 0..gone.facts.table.rows.len().min(WITHDRAWN_TOLD) {
        let names = [
            name(scene, gone, row),
            at(gone, row, "resource_id"),
            at(gone, row, signal),
            at(gone, row, "statistic"),
        ];
        let figures = ["measured", "days_measured"].map(|name| at(gone, row, name));
        draft.body.push(voice.savings_withdrawn(names, &figures));
    }
    let columns =
        [title(scene), "resource_id", signal, "statistic", "measured", "bound", "days_measured"];
    draft.tables.push(table(gone, &columns));
}

fn title(scene: &Scene<'_>) -> &'static str {
    match scene.voice().0 {
        Language::En => "title_en",
        Language::Ko => "title_ko",
    }
}

fn name(scene: &Scene<'_>, held: &Evidence, row: usize) -> FactRef {
    at(held, row, title(scene))
}

fn names_of(held: &Evidence, row: usize) -> Option<FactRef> {
    held.name(row, "resource_id").map(|_| at(held, row, "resource_id"))
}

fn table(held: &Evidence, columns: &[&str]) -> DraftTable {
    DraftTable {
        evidence: held.id.clone(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
    }
}
