//! What can be saved.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart, DraftResult, DraftTable},
    evidence::{Evidence, FactRef},
    question::Language,
};

use crate::say::{
    line::Line,
    scene::{Scene, at},
    shapes::{all_rows, answered},
    voice::{Kind, Saved},
};

// So many kinds of action stand in the headline; the table has all of them.
const KINDS_TOLD: usize = 3;
// So many checks without a finding are named.
const CHECKS_NAMED: usize = 6;

/// The answer; `None` when the tools found nothing to look at.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(0, "verdict")?;
    let looked = scene.found(0, "looked_at")?;
    let examined = verdict.facts.table.number(0, "lines_examined")?;
    if examined.is_zero() {
        return None;
    }
    let mut draft = match scene.found(0, "savings") {
        Some(savings) => found(scene, verdict, savings)?,
        None => none(scene, verdict, looked),
    };
    draft.body.extend(empty(scene, looked));
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
    draft.tables.push(table(savings, &columns));
    draft.result = all_rows(savings);
    for name in ["total_monthly_saving", "total_without_order", "least_saving", "greatest_saving"] {
        draft.verdict.insert(name.to_owned(), at(verdict, 0, name));
    }
    Some(draft)
}

// Nothing was found: what was looked at is the answer.
fn none(scene: &Scene<'_>, verdict: &Evidence, looked: &Evidence) -> Draft {
    let figures = [at(verdict, 0, "lines_examined"), at(verdict, 0, "cost_examined")];
    let mut draft = answered(scene.voice().no_savings(verdict.facts.period, figures));
    draft.tables.push(table(
        looked,
        &[title(scene), "lines_examined", "cost_examined", "findings", "reach"],
    ));
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

// Checks that looked at charges and found nothing, and those that the loaded data did not let tell.
fn empty(scene: &Scene<'_>, looked: &Evidence) -> Vec<wherefore_contract::draft::Sentence> {
    let facts = &looked.facts.table;
    let rows = || 0..facts.rows.len();
    let zero = |row: usize, column: &str| facts.number(row, column).is_none_or(|n| n.is_zero());
    let voice = scene.voice();
    let mut all = Vec::new();
    let named = |wanted: &dyn Fn(usize) -> bool| -> Vec<FactRef> {
        let found = rows().filter(|row| wanted(*row)).take(CHECKS_NAMED);
        found.map(|row| name(scene, looked, row)).collect()
    };
    let told = |row: usize| looked.name(row, "reach") == Some("told");
    let nothing = named(&|row| told(row) && zero(row, "findings") && !zero(row, "lines_examined"));
    if !nothing.is_empty() {
        all.push(voice.found_nothing(&nothing));
    }
    let untold = named(&|row| !told(row) && !zero(row, "lines_examined"));
    if !untold.is_empty() {
        all.push(voice.cannot_tell(&untold));
    }
    all
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
