//! Answers to "why": the bridge between two periods, its main cause and the verdict.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart, DraftFinding, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
    period::Period,
    table::ColumnKind,
};

use super::{
    line::Line,
    scene::{Part, Scene, at, period_of},
    shapes::{all_rows, answered, table, two_sides},
    voice::When,
};

const EXPLAIN: usize = 0;
const TOTAL: usize = 1;
const LINES: usize = 2;

/// The row that moved most in the direction of interest: the first one of an ordered comparison.
pub(super) fn largest_part(scene: &Scene<'_>, held: &Evidence) -> Option<Sentence> {
    part_moved(scene, held, 0)
}

// The row that moved furthest the way that the whole moved; the first one when that is not known.
fn driving_row(scene: &Scene<'_>, held: &Evidence) -> usize {
    let change = |held: &Evidence, row: usize| held.facts.table.number(row, "change");
    let whole = scene.found(TOTAL, "").and_then(|total| change(total, 0));
    let Some(whole) = whole.filter(|whole| !whole.is_zero()) else { return 0 };
    let rows = (0..held.facts.table.rows.len()).filter_map(|row| Some((row, change(held, row)?)));
    let along = rows.filter(|(_, change)| change.is_sign_negative() == whole.is_sign_negative());
    let furthest = along
        .max_by(|(left, one), (right, other)| one.abs().cmp(&other.abs()).then(right.cmp(left)));
    furthest.map_or(0, |(row, _)| row)
}

fn part_moved(scene: &Scene<'_>, held: &Evidence, row: usize) -> Option<Sentence> {
    held.fact(row, "change")?;
    let level = held.facts.table.columns.iter().find(|column| column.name.ends_with("_to"))?;
    let earlier = held.facts.table.columns.iter().find(|column| column.name.ends_with("_from"))?;
    let names = names_of(held, row);
    let about = scene.about(level.period);
    let (change, level) = (at(held, row, "change"), at(held, row, &level.name));
    let percent = held.fact(row, "change_percent").map(|_| at(held, row, "change_percent"));
    Some(scene.voice().part_moved(&about, earlier.period, &names, level, change, percent))
}

// The naming cells of a row that hold a name.
fn names_of(held: &Evidence, row: usize) -> Vec<FactRef> {
    let naming = held.facts.table.columns.iter().filter(|column| {
        !matches!(column.kind, ColumnKind::Measure) && column.name != "billing_currency"
    });
    let all: Vec<FactRef> = naming.map(|column| at(held, row, &column.name)).collect();
    let told: Vec<FactRef> =
        all.iter().filter(|name| held.name(row, &name.column).is_some()).cloned().collect();
    if told.is_empty() { all } else { told }
}

/// Why a cost moved.
pub(super) fn cost(scene: &Scene<'_>) -> Option<Draft> {
    let total = scene.found(TOTAL, "");
    if !scene.reading.dimensions.is_empty() {
        let held = scene.found(EXPLAIN, "")?;
        let mut draft = answered(
            total
                .and_then(|total| two_sides(scene, total))
                .or_else(|| largest_part(scene, held))?,
        );
        draft.body.extend(largest_part(scene, held));
        draft.result = all_rows(held);
        draft.tables.push(table(held));
        add_research(scene, &mut draft);
        return Some(draft);
    }
    let Some(bridge) = scene.found(EXPLAIN, "bridge") else {
        let total = total?;
        let mut draft = answered(two_sides(scene, total)?);
        let lines = scene.found(LINES, "");
        draft
            .body
            .extend(lines.and_then(|lines| part_moved(scene, lines, driving_row(scene, lines))));
        draft.result = all_rows(lines.unwrap_or(total));
        draft.tables.push(table(lines.unwrap_or(total)));
        add_research(scene, &mut draft);
        return Some(draft);
    };
    let verdict = scene.found(EXPLAIN, "verdict");
    let headline = total.and_then(|total| two_sides(scene, total));
    let headline = headline.or_else(|| cost_sides(scene, verdict?))?;
    let mut draft = answered(headline);
    bridged(scene, &mut draft, bridge, "amount");
    if let Some(verdict) = verdict {
        draft.body.extend(main_cause(scene, verdict, bridge, "amount"));
        verdict_map(&mut draft, verdict);
    }
    add_research(scene, &mut draft);
    Some(draft)
}

fn cost_sides(scene: &Scene<'_>, verdict: &Evidence) -> Option<Sentence> {
    let side = |end: &str| {
        let name = format!("cost_total_{end}");
        Some((at(verdict, 0, &name), When::Period(period_of(verdict, 0, &name)?)))
    };
    Some(scene.voice().moved(&scene.about(None), [side("from")?, side("to")?], None))
}

// What research found stands in one sentence: the largest part of the change from each side.
fn add_research(scene: &Scene<'_>, draft: &mut Draft) {
    let mut parts = Vec::new();
    let mut frame = None;
    for step in crate::playbook::research(scene.reading) {
        let Some(held) = step.found(scene.evidence, "") else { continue };
        let row = driving_row(scene, held);
        let Some(sentence) = part_moved(scene, held, row) else { continue };
        let dimension = step.arguments.get("dimensions").and_then(|list| list.get(0)).cloned();
        let dimension = dimension.and_then(|name| serde_json::from_value(name).ok());
        draft.findings.push(DraftFinding { sentence, evidence: vec![held.id.clone()] });
        let Some(dimension) = dimension else { continue };
        let level = held.facts.table.columns.iter().find(|column| column.name.ends_with("_to"));
        let early = held.facts.table.columns.iter().find(|column| column.name.ends_with("_from"));
        if let (Some(level), Some(early), None) = (level, early, &frame) {
            frame = Some((level.period, early.period, at(held, row, &level.name)));
        }
        parts.push(Part { dimension, names: names_of(held, row), change: at(held, row, "change") });
    }
    if let Some((to, from, measure)) = frame {
        let about = scene.about(to);
        draft.body.push(scene.voice().parts_moved(&about, from, measure, &parts));
    }
}

/// Why a unit cost moved.
pub(super) fn unit_cost(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(EXPLAIN, "verdict")?;
    let bridge = scene.found(EXPLAIN, "bridge")?;
    let voice = scene.voice();
    let sides = pair(verdict, "unit_cost_from", "unit_cost_to")?;
    let workload = verdict.name(0, "workload").map(|_| at(verdict, 0, "workload"));
    let mut draft = answered(voice.unit_cost_moved(workload, sides));
    draft.body.extend(main_cause(scene, verdict, bridge, "unit_amount"));
    if let Some(regime) = verdict.name(0, "regime") {
        draft.body.push(voice.regime(at(verdict, 0, "regime"), regime));
    }
    let number = |column: &str| verdict.facts.table.number(0, column);
    let differs = ["from", "to"].into_iter().any(|end| {
        number(&format!("unit_cost_{end}")) != number(&format!("unit_cost_total_{end}"))
    });
    if let Some(sides) =
        pair(verdict, "unit_cost_total_from", "unit_cost_total_to").filter(|_| differs)
    {
        draft.body.push(voice.with_non_operating(sides));
    }
    bridged(scene, &mut draft, bridge, "unit_amount");
    verdict_map(&mut draft, verdict);
    Some(draft)
}

type Side = (FactRef, Option<Period>);

fn pair(held: &Evidence, from: &str, to: &str) -> Option<[Side; 2]> {
    held.fact(0, from)?;
    held.fact(0, to)?;
    Some([from, to].map(|name| (at(held, 0, name), period_of(held, 0, name))))
}

// The line of the bridge that the verdict names as the main cause.
fn main_cause(
    scene: &Scene<'_>,
    verdict: &Evidence,
    bridge: &Evidence,
    amount: &str,
) -> Option<Sentence> {
    let same = |row: usize, main: &str, own: &str| verdict.name(0, main) == bridge.name(row, own);
    let effect = verdict.name(0, "main_effect")?;
    let row = (0..bridge.facts.table.rows.len()).find(|row| {
        same(*row, "main_effect", "effect")
            && same(*row, "main_cloud_service", "cloud_service")
            && same(*row, "main_usage_type", "usage_type")
    })?;
    bridge.fact(row, amount)?;
    let names: Vec<FactRef> = ["effect", "cloud_service", "usage_type"]
        .into_iter()
        .filter(|name| bridge.name(row, name).is_some())
        .map(|name| at(bridge, row, name))
        .collect();
    let period = period_of(bridge, row, amount);
    Some(scene.voice().main_cause(
        effect,
        amount == "unit_amount",
        &names,
        at(bridge, row, amount),
        period,
    ))
}

fn bridged(scene: &Scene<'_>, draft: &mut Draft, bridge: &Evidence, amount: &str) {
    draft.result = all_rows(bridge);
    let shown = ["effect", "cloud_service", "usage_type", "amount", "unit_amount"];
    let columns =
        shown.into_iter().filter(|name| amount == "unit_amount" || *name != "unit_amount");
    let columns = columns.filter(|name| bridge.facts.table.column(name).is_some());
    let columns = columns.map(str::to_owned).collect();
    draft.tables.push(DraftTable { evidence: bridge.id.clone(), columns });
    let effects = scene.found(EXPLAIN, "effects").unwrap_or(bridge);
    if effects.facts.table.rows.len() > 1 && effects.fact(0, amount).is_some() {
        draft.charts.push(DraftChart {
            title: Line::default().measure(at(effects, 0, amount)).done(),
            kind: ChartKind::Waterfall,
            evidence: effects.id.clone(),
            x: "effect".to_owned(),
            y: vec![amount.to_owned()],
            series: None,
        });
    }
}

// Names as answer documents fix them, and the column each comes from.
const VERDICT: &[(&str, &str)] = &[
    ("workload", "workload"),
    ("regime", "regime"),
    ("unit_cost_from", "unit_cost_from"),
    ("unit_cost_to", "unit_cost_to"),
    ("unit_cost_total_from", "unit_cost_total_from"),
    ("unit_cost_total_to", "unit_cost_total_to"),
    ("change_low", "change_low"),
    ("change_high", "change_high"),
    ("main_cause_effect", "main_effect"),
    ("main_cause_cloud_service", "main_cloud_service"),
    ("main_cause_usage_type", "main_usage_type"),
    ("main_cause_share", "main_share"),
];

fn verdict_map(draft: &mut Draft, verdict: &Evidence) {
    for (name, column) in VERDICT {
        if verdict.name(0, column).is_some() {
            draft.verdict.insert((*name).to_owned(), at(verdict, 0, column));
        }
    }
}
