//! How budgets stand.

use wherefore_contract::{
    answer::Status,
    draft::{ChartKind, Draft, DraftChart, DraftGap, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
};

use crate::say::{
    bare,
    line::Line,
    scene::{Scene, at},
    shapes::{all_rows, answered},
    voice::{Budgeted, Standing},
};

// So many budgets are told in words; all of them stand in the table.
const TOLD: usize = 3;
const BARS: usize = 30;
// What a reader of the table does not need beside the rest; all of it stands in the result.
const NOT_SHOWN: [&str; 5] =
    ["currency", "measured_as", "days_loaded", "days_total", "days_not_loaded"];
const VERDICT: [&str; 8] = [
    "state",
    "budget_amount",
    "spent",
    "budget_left",
    "expected",
    "over_budget",
    "runs_out",
    "method",
];

/// The answer; `None` when the tool found no budget.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let Some(held) = scene.found(0, "budgets") else { return Some(none_such(scene)) };
    let voice = scene.voice();
    let rows = held.facts.table.rows.len();
    let first = told(held, 0)?;
    if rows == 1 && first.standing == Standing::Unknown {
        let mut draft = bare(Status::Declined, voice.budget(&first));
        draft.gaps.push(DraftGap {
            code: held.name(0, "state").unwrap_or_default().to_owned(),
            source: "budgets".to_owned(),
            sentence: voice.budget(&first),
            effect: Sentence::default(),
        });
        return Some(draft);
    }
    let mut draft = answered(voice.budget(&first));
    if rows == 1 {
        draft.body.extend(voice.budget_shares(&first));
    }
    for row in 1..rows.min(TOLD) {
        let other = told(held, row)?;
        draft.body.push(voice.budget(&other));
    }
    if held.fact(0, "days_not_loaded").is_some_and(|days| !days.value.is_zero()) {
        draft
            .body
            .push(voice.budget_days_missing(at(held, 0, "budget"), at(held, 0, "days_not_loaded")));
    }
    draft.body.push(voice.budget_basis(at(held, 0, "measured_as")));
    draft.tables.push(DraftTable { evidence: held.id.clone(), columns: columns(held) });
    draft.result = all_rows(held);
    if rows == 1 {
        for column in VERDICT {
            if held.facts.table.text(0, column).is_some() {
                draft.verdict.insert(column.to_owned(), at(held, 0, column));
            }
        }
        draft.charts.extend(scene.found(0, "burn").map(burn));
    } else if rows <= BARS {
        draft.charts.push(bars(held));
    }
    Some(draft)
}

fn told(held: &Evidence, row: usize) -> Option<Budgeted> {
    let figure = |column: &str| held.fact(row, column).map(|_| at(held, row, column));
    let name = |column: &str| held.name(row, column).map(|_| at(held, row, column));
    Some(Budgeted {
        standing: Standing::of(held.name(row, "state")?),
        name: at(held, row, "budget"),
        of: name("budget_for"),
        state: at(held, row, "state"),
        period: held.row_period(row)?,
        amount: figure("budget_amount")?,
        spent: figure("spent"),
        left: figure("budget_left"),
        shares: figure("spent_percent").zip(figure("time_percent")),
        expected: figure("expected"),
        ends: figure("low").zip(figure("high")),
        runs_out: name("runs_out"),
    })
}

// No budget is of what the question names.
fn none_such(scene: &Scene<'_>) -> Draft {
    let voice = scene.voice();
    let loaded = scene.evidence.iter().find(|held| held.facts.name == "budgets_loaded");
    let names: Vec<FactRef> = loaded
        .map(|held| (0..held.facts.table.rows.len()).map(|row| at(held, row, "budget")).collect())
        .unwrap_or_default();
    let sentence = voice.no_such_budget();
    let mut draft = bare(Status::Declined, sentence.clone());
    draft.gaps.push(DraftGap {
        code: "unknown_budget".to_owned(),
        source: "budgets".to_owned(),
        sentence,
        effect: Sentence::default(),
    });
    if !names.is_empty() {
        draft.body.push(voice.budgets_loaded(&unlike(loaded, names)));
    }
    draft
}

// Each name one time.
fn unlike(loaded: Option<&Evidence>, names: Vec<FactRef>) -> Vec<FactRef> {
    let mut seen = std::collections::BTreeSet::new();
    let text = |fact: &FactRef| {
        loaded.and_then(|held| held.name(fact.row, "budget")).unwrap_or_default().to_owned()
    };
    names.into_iter().filter(|fact| seen.insert(text(fact))).collect()
}

// What no row holds is left out, and what the sentences say once.
fn columns(held: &Evidence) -> Vec<String> {
    let table = &held.facts.table;
    let filled = |name: &str| (0..table.rows.len()).any(|row| table.text(row, name).is_some());
    let shown = table.columns.iter().map(|column| column.name.clone());
    shown.filter(|name| !NOT_SHOWN.contains(&name.as_str()) && filled(name)).collect()
}

fn burn(held: &Evidence) -> DraftChart {
    let columns = ["spent_to_date", "expected_to_date", "planned_to_date"];
    DraftChart {
        title: Line::default().measure(at(held, 0, "planned_to_date")).done(),
        kind: ChartKind::Line,
        evidence: held.id.clone(),
        x: "day".to_owned(),
        y: columns.into_iter().map(str::to_owned).collect(),
        series: None,
    }
}

fn bars(held: &Evidence) -> DraftChart {
    DraftChart {
        title: Line::default().measure(at(held, 0, "spent_percent")).done(),
        kind: ChartKind::Bars,
        evidence: held.id.clone(),
        x: "budget".to_owned(),
        y: vec!["spent_percent".to_owned()],
        series: None,
    }
}
