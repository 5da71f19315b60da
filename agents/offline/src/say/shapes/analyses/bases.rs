//! The same charges on each cost basis.

use wherefore_contract::{
    Decimal,
    draft::{Draft, DraftTable},
    evidence::{Evidence, FactRef},
    table::ColumnKind,
};

use crate::say::{
    scene::{Scene, at},
    shapes::{all_rows, answered, rows, table},
};

// Columns of the bases that readers need; the measure is the same name again.
const SHOWN: [&str; 6] = ["basis", "billing_currency", "cost", "status", "reason", "rows_without"];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let costs = scene.found(0, "costs")?;
    let bases = scene.found(0, "bases");
    let mut draft = if let Some(bases) = bases {
        overview(scene, costs, bases)?
    } else {
        // Rows of several measures are told by their table; words about single rows would need each named.
        let mut draft = rows::rows(scene, costs)?;
        draft.body.clear();
        draft
    };
    if let Some(lines) = scene.found(0, "lines") {
        explain(scene, &mut draft, lines);
    }
    draft.body.extend(layout(scene));
    Some(draft)
}

fn overview(scene: &Scene<'_>, costs: &Evidence, bases: &Evidence) -> Option<Draft> {
    let about = scene.about(costs.facts.period);
    let amounts = costs.facts.table.columns.iter().filter(|column| {
        column.kind == ColumnKind::Measure && costs.fact(0, &column.name).is_some()
    });
    let parts = hides_usage(costs);
    let own = |name: &str| name.starts_with("gross_") || name.starts_with("credit_");
    let figures: Vec<FactRef> = amounts
        .filter(|column| parts || !own(&column.name))
        .map(|column| at(costs, 0, &column.name))
        .collect();
    if figures.is_empty() {
        return None;
    }
    let mut draft = answered(scene.voice().levels(&about, &figures));
    for row in 0..bases.facts.table.rows.len() {
        let shown = bases.fact(row, "cost").is_some();
        let reason = bases.name(row, "reason");
        if reason.is_some() && (!shown || bases.name(row, "status") == Some("doubtful")) {
            let cell = |column: &str| at(bases, row, column);
            draft.body.push(scene.voice().basis(cell("basis"), cell("status"), cell("reason")));
        }
    }
    let columns = SHOWN.into_iter().filter(|name| bases.facts.table.column(name).is_some());
    draft.tables.push(DraftTable {
        evidence: bases.id.clone(),
        columns: columns.map(str::to_owned).collect(),
    });
    draft.result = all_rows(bases);
    Some(draft)
}

// Whether credits took anything off.
fn hides_usage(costs: &Evidence) -> bool {
    let credits = costs.facts.table.number(0, "credit_billed_cost");
    credits.is_some_and(|credits| !credits.is_zero())
}

// The lines whose two costs differ, the furthest apart first.
fn explain(scene: &Scene<'_>, draft: &mut Draft, lines: &Evidence) {
    let table = &lines.facts.table;
    let gap = |row: usize| table.number(row, "difference").unwrap_or_default();
    let mut apart: Vec<usize> =
        (0..table.rows.len()).filter(|row| gap(*row) != Decimal::ZERO).collect();
    if apart.is_empty() {
        return;
    }
    apart.sort_by(|left, right| gap(*right).abs().cmp(&gap(*left).abs()).then(left.cmp(right)));
    for row in apart {
        let cell = |column: &str| at(lines, row, column);
        let costs = [cell("billed_cost"), cell("effective_cost")];
        draft.body.push(scene.voice().cost_line(cell("cost_line"), costs));
    }
    draft.tables.push(super::super::table(lines));
}

// Where the discounts stand, when all bills that were read keep them in one place.
fn layout(scene: &Scene<'_>) -> Option<wherefore_contract::draft::Sentence> {
    let held = scene.found(0, "discounts")?;
    let name = |row: usize| held.name(row, "discount_layout");
    let first = name(0)?;
    let rows = held.facts.table.rows.len();
    (0..rows).all(|row| name(row) == Some(first)).then(|| scene.voice().discounts(first))
}

/// Whether the bases close; `None` when the tools found nothing.
pub(super) fn closing(scene: &Scene<'_>) -> Option<Draft> {
    let Some(held) = scene.found(0, "identities") else {
        // Bills that were loaded before identities were kept.
        scene.found(0, "costs")?;
        return unchecked(scene);
    };
    let outcome = |row: usize| held.name(row, "outcome");
    let rows = 0..held.facts.table.rows.len();
    let failed: Vec<usize> = rows.clone().filter(|row| outcome(*row) == Some("failed")).collect();
    let holds = rows.clone().filter(|row| outcome(*row) == Some("holds")).count();
    let voice = scene.voice();
    let mut draft = answered(match failed.first() {
        Some(row) => voice.identity_fails(at(held, *row, "identity"), at(held, *row, "month")),
        None if holds > 0 => voice.identities_hold(),
        None => voice.identities_unchecked(),
    });
    for row in failed {
        let cell = |column: &str| at(held, row, column);
        if held.fact(row, "gap").is_some() {
            let sides = [cell("left_side"), cell("right_side"), cell("gap")];
            draft.body.push(voice.identity_gap(cell("identity"), cell("month"), sides));
        }
    }
    let mut told = std::collections::BTreeSet::new();
    for row in rows.filter(|row| outcome(*row) == Some("unchecked")) {
        let key = (held.name(row, "identity"), held.name(row, "detail"));
        if told.insert(key) && key.1.is_some() {
            let cell = |column: &str| at(held, row, column);
            draft.body.push(voice.identity_unchecked(cell("identity"), cell("detail")));
        }
    }
    draft.body.extend(layout(scene));
    draft.tables.push(table(held));
    draft.result = all_rows(held);
    Some(draft)
}

fn unchecked(scene: &Scene<'_>) -> Option<Draft> {
    let costs = scene.found(0, "costs")?;
    let mut draft = answered(scene.voice().identities_not_kept());
    draft.tables.push(table(costs));
    Some(draft)
}
