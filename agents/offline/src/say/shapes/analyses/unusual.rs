//! Days outside their expected range.

use wherefore_contract::{
    answer::Status,
    draft::{ChartKind, Draft, DraftChart, DraftGap, DraftResult, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
    period::Period,
    table::ColumnKind,
};

use crate::say::{
    bare, coverage,
    line::Line,
    scene::{Scene, at},
    voice::Odd,
};

// So many anomalies are told in words; all of them stand in the table.
const TOLD: usize = 3;
// The columns that an answer about anomalies always has.
const FIXED: [&str; 6] = ["period", "dimension", "value", "expected", "actual", "impact"];
// The steps of a path, as people name them: what, then where.
const STEPS: [&str; 8] = [
    "cloud_service",
    "usage_type",
    "sku_meter",
    "charge_description",
    "region",
    "sub_account",
    "workload",
    "resource_id",
];

/// The answer; `None` when the tool found no day to look at.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let step = scene.steps().into_iter().next()?;
    let looked = step.found(scene.evidence, "looked_at")?;
    let found = step.found(scene.evidence, "anomalies");
    let count = found.map_or(0, |held| held.facts.table.rows.len());
    let voice = scene.voice();
    let [days, series, all, least] =
        ["days_judged", "series_judged", "anomalies_found", "least_impact"]
            .map(|column| at(looked, 0, column));
    if looked.fact(0, "days_judged").is_none_or(|days| days.value.is_zero()) {
        return Some(too_little(scene));
    }
    let cost = scene.first_measure()?;
    let looked_at = voice.looked_at(looked.facts.period, cost, days, [series, all.clone()], least);
    let Some(held) = found.filter(|_| count > 0) else {
        let mut draft = bare(Status::Answered, voice.none_odd(&scene.about(looked.facts.period)));
        draft.body.push(looked_at);
        if let Some(held) = found {
            draft.result = DraftResult::Rows { evidence: held.id.clone(), columns: columns(held) };
        }
        return Some(draft);
    };
    let mut draft = bare(Status::Answered, odd(scene, held, 0, Some((looked.facts.period, all)))?);
    draft.body.extend((1..count.min(TOLD)).filter_map(|row| odd(scene, held, row, None)));
    draft.body.push(looked_at);
    let columns = columns(held);
    draft.tables.push(DraftTable { evidence: held.id.clone(), columns: columns.clone() });
    draft.result = DraftResult::Rows { evidence: held.id.clone(), columns };
    draft.charts.extend(step.found(scene.evidence, "course").and_then(course));
    Some(draft)
}

fn odd(
    scene: &Scene<'_>,
    held: &Evidence,
    row: usize,
    first_of: Option<(Option<Period>, FactRef)>,
) -> Option<Sentence> {
    let (period, count) = first_of.unzip();
    let cell = |column: &str| held.fact(row, column).map(|_| at(held, row, column));
    let steps = STEPS.iter().filter(|step| held.name(row, step).is_some());
    let names: Vec<FactRef> = steps.map(|step| at(held, row, step)).collect();
    Some(scene.voice().odd(&Odd {
        first_of: count,
        about: &scene.about(period.flatten()),
        names: &names,
        period: held.row_period(row)?,
        actual: cell("actual")?,
        expected: cell("expected")?,
        impact: cell("impact")?,
        kind: at(held, row, "kind"),
    }))
}

// The fixed columns first; steps that no anomaly is narrowed to are left out.
fn columns(held: &Evidence) -> Vec<String> {
    let table = &held.facts.table;
    let filled = |name: &str| (0..table.rows.len()).any(|row| table.text(row, name).is_some());
    let others = table.columns.iter().filter(|column| {
        !FIXED.contains(&column.name.as_str())
            && (column.kind == ColumnKind::Measure || filled(&column.name))
    });
    let fixed = FIXED.iter().map(|name| (*name).to_owned());
    fixed.chain(others.map(|column| column.name.clone())).collect()
}

fn course(held: &Evidence) -> Option<DraftChart> {
    let mut columns = held.facts.table.columns.iter();
    let column = columns.find(|column| column.kind == ColumnKind::Measure)?.name.clone();
    (held.facts.table.rows.len() > 1).then(|| DraftChart {
        title: Line::default().measure(at(held, 0, &column)).done(),
        kind: ChartKind::Line,
        evidence: held.id.clone(),
        x: "day".to_owned(),
        y: vec![column],
        series: None,
    })
}

// No day has past enough to be held against.
fn too_little(scene: &Scene<'_>) -> Draft {
    let voice = scene.voice();
    let mut draft = bare(Status::Declined, voice.too_little_past());
    draft.gaps.push(DraftGap {
        code: "too_little_past".to_owned(),
        source: "cost".to_owned(),
        sentence: voice.too_little_past(),
        effect: Sentence::default(),
    });
    if let Some((first, last)) = coverage(scene.evidence) {
        draft.body.push(voice.loaded(first, last));
    }
    draft.next = voice.instead();
    draft
}
