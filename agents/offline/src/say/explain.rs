//! Answers to "why": the bridge between two periods, its main cause and the verdict.

mod parts;

use wherefore_contract::{
    dimension::{Dimension, FocusDimension},
    draft::{
        ChartKind, Draft, DraftChart, DraftFinding, DraftResult, DraftTable, FactOrCalc, Sentence,
    },
    evidence::{Evidence, FactRef},
    period::{Period, parse_moment},
    table::ColumnKind,
};

use crate::{causes, playbook::overall};

use super::{
    line::Line,
    scene::{Part, Scene, at, period_of},
    shapes::{all_rows, answered, table, two_sides},
    voice::When,
};

// Since when and until when a row was charged.
const SPAN: [&str; 3] = ["first_charge", "charged_until", "first_day"];
const FIRST: usize = 0;
// So many other sides of a change are told beside the most telling one.
const SIDES_TOLD: usize = 4;
/// So many things are told with their first and last charge in words; the rest stand in a table.
pub(super) const SPANS_TOLD: usize = 3;

/// The row that moved most in the direction of interest: the first one of an ordered comparison.
pub(super) fn largest_part(scene: &Scene<'_>, held: &Evidence) -> Option<Sentence> {
    part_moved(scene, held, 0)
}

// The row that moved furthest the way that the whole moved; the first one when that is not known.
fn driving_row(scene: &Scene<'_>, held: &Evidence) -> usize {
    let change = |held: &Evidence, row: usize| held.facts.table.number(row, "change");
    let whole = whole(scene).and_then(|total| change(total, 0));
    let Some(whole) = whole.filter(|whole| !whole.is_zero()) else { return 0 };
    let rows = (0..held.facts.table.rows.len()).filter_map(|row| Some((row, change(held, row)?)));
    let along = rows.filter(|(_, change)| change.is_sign_negative() == whole.is_sign_negative());
    let furthest = along
        .max_by(|(left, one), (right, other)| one.abs().cmp(&other.abs()).then(right.cmp(left)));
    furthest.map_or(0, |(row, _)| row)
}

/// How far one row moved.
pub(super) fn part_moved(scene: &Scene<'_>, held: &Evidence, row: usize) -> Option<Sentence> {
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

// Both periods of the change as a whole.
fn whole<'a>(scene: &Scene<'a>) -> Option<&'a Evidence> {
    let held = overall(scene.reading)?.found(scene.evidence, "")?;
    (!held.facts.table.rows.is_empty()).then_some(held)
}

/// Why a cost moved.
pub(super) fn cost(scene: &Scene<'_>) -> Option<Draft> {
    if scene.reading.bridge {
        return split(scene);
    }
    if scene.reading.dimensions.is_empty() {
        return caused(scene);
    }
    let held = scene.found(FIRST, "")?;
    let sides = whole(scene).and_then(|total| two_sides(scene, total));
    let mut draft = answered(sides.or_else(|| largest_part(scene, held))?);
    draft.body.extend(largest_part(scene, held));
    draft.body.extend(spans(scene));
    draft.result = all_rows(held);
    draft.tables.push(table(held));
    add_research(scene, &mut draft);
    Some(draft)
}

// The change of a cost in its effects.
fn split(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(FIRST, "verdict")?;
    let bridge = scene.found(FIRST, "bridge")?;
    let sides = whole(scene).and_then(|total| two_sides(scene, total));
    let mut draft = answered(sides.or_else(|| cost_sides(scene, verdict))?);
    draft.body.extend(main_cause(scene, verdict, bridge, "amount"));
    draft.body.extend(parts::price_parts(scene, verdict, "amount"));
    parts::drill_down(scene, &mut draft);
    bridged(scene, &mut draft, bridge, "amount");
    parts::price_table(scene, &mut draft, "amount");
    verdict_map(&mut draft, verdict);
    Some(draft)
}

// Without a dimension of its own: what explains the change best, and from which other sides it shows. What
// a workload serves is known beside its cost, so its change is told by the bridge.
fn caused(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(FIRST, "verdict");
    let bridge = scene
        .found(FIRST, "bridge")
        .filter(|_| verdict.is_some_and(|verdict| verdict.fact(0, "unit_cost_from").is_some()));
    let headline = whole(scene).and_then(|total| two_sides(scene, total));
    let headline = headline.or_else(|| cost_sides(scene, verdict?))?;
    let mut draft = answered(headline);
    let told = causes::telling(scene.reading, scene.evidence);
    if let Some(bridge) = bridge {
        bridged(scene, &mut draft, bridge, "amount");
        if let Some(verdict) = verdict {
            draft.body.extend(main_cause(scene, verdict, bridge, "amount"));
            draft.body.extend(parts::price_parts(scene, verdict, "amount"));
            verdict_map(&mut draft, verdict);
        }
    }
    if let Some((dimension, held, rows)) = &told {
        let shown = if rows.is_empty() { vec![driving_row(scene, held)] } else { rows.clone() };
        draft.body.extend(shown.into_iter().filter_map(|row| part_moved(scene, held, row)));
        draft.body.extend(spans(scene));
        if bridge.is_none() {
            draft.result = all_rows(held);
            draft.charts.extend(bars(held, dimension));
        }
        draft.tables.push(table(held));
        other_sides(scene, &mut draft, dimension);
    } else if let (Some(total), None) = (whole(scene), bridge) {
        draft.result = all_rows(total);
        draft.tables.push(table(total));
    }
    Some(draft)
}

// The changes of the most telling side.
fn bars(held: &Evidence, dimension: &Dimension) -> Option<DraftChart> {
    (held.facts.table.rows.len() > 1).then(|| DraftChart {
        title: Line::default().measure(at(held, 0, "change")).done(),
        kind: ChartKind::Bars,
        evidence: held.id.clone(),
        x: dimension.name(),
        y: vec!["change".to_owned()],
        series: None,
    })
}

/// Since when the parts that explain a change are charged, and until when, as far as that lies in its time.
pub(super) fn spans(scene: &Scene<'_>) -> Vec<Sentence> {
    let reading = scene.reading;
    let found =
        causes::spans(reading, scene.evidence)
            .and_then(|step| step.found(scene.evidence, ""))
            .zip(reading.dimensions.first().cloned().or_else(|| {
                causes::telling(reading, scene.evidence).map(|(dimension, ..)| dimension)
            }))
            .zip(reading.base.zip(reading.period));
    let Some(((held, dimension), (from, to))) = found else { return Vec::new() };
    let Some(cover) = scene.coverage() else { return Vec::new() };
    let (opens, closes) = (from.period.start(), to.period.end());
    let moment = |row: usize, column: &str| parse_moment(held.name(row, column)?).ok();
    let told = (0..held.facts.table.rows.len()).filter_map(|row| {
        let first = moment(row, "first_charge")
            .filter(|first| *first > opens.max(cover.start()) && *first < closes);
        let until = moment(row, "charged_until")
            .filter(|until| *until < closes.min(cover.end()) && *until > opens);
        let cell = |column: &str| at(held, row, column);
        let first = first.map(|_| cell("first_charge"));
        let until = until.map(|_| cell("charged_until"));
        if first.is_none() && until.is_none() {
            return None;
        }
        Some(scene.voice().charged_since(&scene.about(None), cell(&dimension.name()), first, until))
    });
    told.collect()
}

/// What is new or gone with its first charge or its end beside its amounts, as the result.
pub(super) fn with_spans(scene: &Scene<'_>, held: &Evidence) -> Option<DraftResult> {
    let [dimension] = scene.reading.dimensions.as_slice() else { return None };
    if !causes::is_one_sided(scene.reading) && held.facts.table.rows.len() != 1 {
        return None;
    }
    let spans = causes::spans(scene.reading, scene.evidence)?.found(scene.evidence, "")?;
    let name = dimension.name();
    let columns: Vec<String> =
        held.facts.table.columns.iter().map(|column| column.name.clone()).collect();
    let rows = (0..held.facts.table.rows.len()).filter_map(|row| {
        let other = (0..spans.facts.table.rows.len())
            .find(|other| spans.name(*other, &name) == held.name(row, &name))?;
        let dates = SPAN.map(|column| at(spans, other, column));
        let amounts = columns.iter().map(|column| at(held, row, column));
        Some(amounts.chain(dates).map(FactOrCalc::Fact).collect())
    });
    let rows: Vec<Vec<FactOrCalc>> = rows.collect();
    let dates = SPAN.map(str::to_owned);
    (rows.len() == held.facts.table.rows.len()).then(|| DraftResult::Cells {
        columns: columns.iter().cloned().chain(dates).collect(),
        rows,
    })
}

// The largest part of the change as it shows from other sides, in one sentence.
fn other_sides(scene: &Scene<'_>, draft: &mut Draft, told: &Dimension) {
    let mut parts = Vec::new();
    let mut frame = None;
    for (dimension, step) in causes::looks(scene.reading, scene.evidence) {
        let again = std::iter::once(told)
            .chain(parts.iter().map(|part: &Part| &part.dimension))
            .any(|other| is_akin(other, &dimension));
        if dimension == *told || again || parts.len() >= SIDES_TOLD {
            continue;
        }
        let Some(held) = step.found(scene.evidence, "") else { continue };
        let row = driving_row(scene, held);
        if held.name(row, &dimension.name()).is_none() || part_moved(scene, held, row).is_none() {
            continue;
        }
        frame = frame.or_else(|| frame_of(held, row));
        let names = names_of(held, row);
        parts.push(Part { dimension, names, change: at(held, row, "change") });
    }
    if let Some((to, from, measure)) = frame {
        let about = scene.about(to);
        draft.body.push(scene.voice().parts_moved(&about, from, measure, &parts));
    }
}

// Tags beside tags, and a machine's type beside its usage type, would tell the same again.
fn is_akin(one: &Dimension, other: &Dimension) -> bool {
    use FocusDimension as F;
    let machine = |dimension: &Dimension| {
        matches!(
            dimension,
            Dimension::Column(F::InstanceType | F::UsageType | F::ChargeDescription)
        )
    };
    let tag = |dimension: &Dimension| matches!(dimension, Dimension::Tag(_) | Dimension::Workload);
    (machine(one) && machine(other)) || (tag(one) && tag(other))
}

type Frame = (Option<Period>, Option<Period>, FactRef);

// The two periods of a comparison and its measure.
fn frame_of(held: &Evidence, row: usize) -> Option<Frame> {
    let ending =
        |end: &str| held.facts.table.columns.iter().find(|column| column.name.ends_with(end));
    let (early, late) = (ending("_from")?, ending("_to")?);
    Some((late.period, early.period, at(held, row, &late.name)))
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
        frame = frame.or_else(|| frame_of(held, row));
        parts.push(Part { dimension, names: names_of(held, row), change: at(held, row, "change") });
    }
    if let Some((to, from, measure)) = frame {
        let about = scene.about(to);
        draft.body.push(scene.voice().parts_moved(&about, from, measure, &parts));
    }
}

/// Why a unit cost moved.
pub(super) fn unit_cost(scene: &Scene<'_>) -> Option<Draft> {
    let verdict = scene.found(FIRST, "verdict")?;
    let bridge = scene.found(FIRST, "bridge")?;
    let voice = scene.voice();
    let sides = pair(verdict, "unit_cost_from", "unit_cost_to")?;
    let workload = verdict.name(0, "workload").map(|_| at(verdict, 0, "workload"));
    let mut draft = answered(voice.unit_cost_moved(workload, sides));
    draft.body.extend(main_cause(scene, verdict, bridge, "unit_amount"));
    draft.body.extend(parts::price_parts(scene, verdict, "unit_amount"));
    if let Some(regime) = verdict.name(0, "regime") {
        draft.body.push(voice.regime(at(verdict, 0, "regime"), regime));
        draft.body.extend(parts::regime_reason(scene, verdict, regime));
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
    parts::drill_down(scene, &mut draft);
    bridged(scene, &mut draft, bridge, "unit_amount");
    parts::price_table(scene, &mut draft, "unit_amount");
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
    let columns = bridge.facts.table.columns.iter().map(|column| column.name.clone());
    let columns =
        columns.filter(|name| amount == "unit_amount" || *name != "unit_amount").collect();
    draft.tables.push(DraftTable { evidence: bridge.id.clone(), columns });
    let effects = scene.found(FIRST, "effects").unwrap_or(bridge);
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
    ("main_cause_price_part", "main_price_part"),
    ("main_cause_share", "main_share"),
];

fn verdict_map(draft: &mut Draft, verdict: &Evidence) {
    for (name, column) in VERDICT {
        if verdict.name(0, column).is_some() {
            draft.verdict.insert((*name).to_owned(), at(verdict, 0, column));
        }
    }
}
