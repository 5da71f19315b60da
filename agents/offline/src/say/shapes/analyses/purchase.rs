//! What to commit to.

use wherefore_contract::{
    Decimal,
    draft::{ChartKind, Draft, DraftChart, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
};

use crate::say::{
    line::Line,
    scene::{Scene, at},
    shapes::{all_rows, answered, table},
    voice::Plan,
};

// So many rows of offers can be read beside each other.
const OFFERS_SHOWN: usize = 40;
const SAVING: &str = "monthly_saving";
// So many kinds of throughput are told in sentences.
const UNITS_TOLD: usize = 4;
const DYNAMO: &str = "Amazon DynamoDB";

/// Names as answer documents fix them: those of the leading row.
const VERDICT: [&str; 13] = [
    "covers",
    "offer",
    "term",
    "payment",
    "hourly_commitment",
    SAVING,
    "low",
    "high",
    "utilization",
    "coverage",
    "break_even_utilization",
    "break_even_month",
    "rate_source",
];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    if let Some(held) = scene.found(0, "break_even") {
        return broken_even(scene, held);
    }
    if let Some(held) = scene.found(0, "what_if") {
        return Some(what_if(scene, held));
    }
    let Some(held) = scene.found(0, "plan") else {
        return scene.found(0, "side_by_side").map(|held| side_by_side(scene, held));
    };
    let lead = largest(held)?;
    let voice = scene.voice();
    let plan = |columns: &[&str]| plan(held, lead, columns);
    let mut draft = answered(voice.planned(&plan(&["hourly_commitment", SAVING, "low", "high"])));
    let rows = 0..held.facts.table.rows.len();
    if rows.len() > 1 {
        let savings: Vec<FactRef> = rows.map(|row| at(held, row, SAVING)).collect();
        draft.body.push(voice.planned_together(&savings));
    }
    draft.body.push(voice.risked(&plan(&[
        "utilization",
        "coverage",
        "break_even_utilization",
        "break_even_month",
        "whole_term_month",
    ])));
    if held.fact(lead, "held_out_saving").is_some() {
        draft.body.push(voice.held_out(&plan(&["held_out_saving", "held_out_best"])));
    }
    let own = held.name(lead, "rate_source") == Some("bill");
    draft.body.push(voice.rated(&plan(&[]), own));
    draft.body.extend(beside(scene, held.name(lead, "covers")));
    draft.body.extend(scene.found(0, "side_by_side").map(|held| compared(scene, held)));
    notes(scene, held, &mut draft);
    tables(scene, held, &mut draft);
    verdict(held, lead, &mut draft);
    draft.result = all_rows(held);
    Some(draft)
}

// The row that saves most; the first of them on ties.
fn largest(held: &Evidence) -> Option<usize> {
    let saving = |row: usize| held.facts.table.number(row, SAVING);
    (0..held.facts.table.rows.len()).reduce(
        |best, row| {
            if saving(row) > saving(best) { row } else { best }
        },
    )
}

fn plan(held: &Evidence, row: usize, columns: &[&str]) -> Plan {
    let known = |column: &&&str| held.fact(row, column).is_some();
    let paid = held.fact(row, "term").is_some();
    Plan {
        covers: at(held, row, "covers"),
        offer: at(held, row, "offer"),
        payment: paid.then(|| (at(held, row, "term"), at(held, row, "payment"))),
        discount: at(held, row, "discount"),
        figures: columns.iter().filter(known).map(|column| at(held, row, column)).collect(),
    }
}

fn notes(scene: &Scene<'_>, held: &Evidence, draft: &mut Draft) {
    let voice = scene.voice();
    let by_day = scene.found(0, "load").is_some_and(|load| load.name(0, "grain") == Some("day"));
    draft.body.extend(by_day.then(|| voice.even_hours()));
    let disputed = scene.found(0, "side_by_side").or(Some(held)).is_some_and(|held| {
        (0..held.facts.table.rows.len()).any(|row| held.name(row, "covers") == Some(DYNAMO))
    });
    draft.body.extend(disputed.then(|| voice.both_offers()));
}

// The best of another offer for the same usage.
fn beside(scene: &Scene<'_>, covers: Option<&str>) -> Option<Sentence> {
    let others = scene.found(0, "beside")?;
    let rows = 0..others.facts.table.rows.len();
    let saving = |row: &usize| others.facts.table.number(*row, SAVING);
    let row = rows.filter(|row| others.name(*row, "covers") == covers).max_by_key(saving)?;
    Some(scene.voice().planned_otherwise(&plan(others, row, &["hourly_commitment", SAVING])))
}

// Every offer for usage whose offers sources disagree on.
fn compared(scene: &Scene<'_>, held: &Evidence) -> Sentence {
    let rows = 0..held.facts.table.rows.len();
    let each: Vec<Plan> = rows.map(|row| plan(held, row, &["hourly_commitment", SAVING])).collect();
    scene.voice().side_by_side(&each)
}

fn side_by_side(scene: &Scene<'_>, held: &Evidence) -> Draft {
    let voice = scene.voice();
    let mut draft = answered(compared(scene, held));
    if let Some(units) = scene.found(0, "throughput") {
        let known = (0..units.facts.table.rows.len()).take(UNITS_TOLD);
        draft.body.extend(known.map(|row| {
            let names = ["usage_type", "region"].into_iter();
            let names = names.filter(|column| units.name(row, column).is_some());
            let names: Vec<FactRef> = names.map(|column| at(units, row, column)).collect();
            let columns = ["low_units", "billed_hours", "reserved_units"];
            voice.units_reserved(&names, &columns.map(|column| at(units, row, column)))
        }));
        draft.tables.push(table(units));
    }
    draft.body.push(voice.rated(&plan(held, 0, &[]), false));
    notes(scene, held, &mut draft);
    tables(scene, held, &mut draft);
    draft.result = all_rows(held);
    draft
}

fn tables(scene: &Scene<'_>, held: &Evidence, draft: &mut Draft) {
    let columns = [
        "covers",
        "offer",
        "term",
        "payment",
        "hourly_commitment",
        SAVING,
        "low",
        "high",
        "utilization",
        "coverage",
        "discount",
        "break_even_month",
    ];
    let shown = |held: &Evidence| DraftTable {
        evidence: held.id.clone(),
        columns: columns.into_iter().map(str::to_owned).collect(),
    };
    draft.tables.push(shown(held));
    draft.tables.extend(
        scene.found(0, "to_buy").filter(|bought| bought.facts.table.rows.len() > 1).map(table),
    );
    draft.tables.extend(scene.found(0, "risk").map(table));
    let offers = scene.found(0, "offers");
    draft
        .tables
        .extend(offers.filter(|offers| offers.facts.table.rows.len() <= OFFERS_SHOWN).map(shown));
    if held.facts.table.rows.len() > 1 {
        draft.charts.push(DraftChart {
            title: Line::default().measure(at(held, 0, SAVING)).done(),
            kind: ChartKind::Bars,
            evidence: held.id.clone(),
            x: "covers".to_owned(),
            y: vec![SAVING.to_owned()],
            series: None,
        });
    }
}

fn verdict(held: &Evidence, row: usize, draft: &mut Draft) {
    for name in VERDICT {
        if held.fact(row, name).is_some() || held.name(row, name).is_some() {
            draft.verdict.insert(name.to_owned(), at(held, row, name));
        }
    }
}

// What a commitment of the reader's own would bring, under each offer that one amount an hour commits to.
fn what_if(scene: &Scene<'_>, held: &Evidence) -> Draft {
    let voice = scene.voice();
    let columns = ["hourly_commitment", SAVING, "low", "high", "utilization", "coverage"];
    let mut draft = answered(voice.planned_otherwise(&plan(held, 0, &columns)));
    draft.body.push(voice.rated(&plan(held, 0, &[]), false));
    notes(scene, held, &mut draft);
    tables(scene, scene.found(0, "what_if_offers").unwrap_or(held), &mut draft);
    draft.charts.clear();
    verdict(held, 0, &mut draft);
    draft.result = all_rows(held);
    draft
}

fn broken_even(scene: &Scene<'_>, held: &Evidence) -> Option<Draft> {
    let pays = held.facts.table.number(0, "net_discount")? >= Decimal::ZERO;
    let columns = [
        "utilization",
        "break_even_utilization",
        "net_discount",
        "break_even_month",
        "whole_term_month",
    ];
    let mut draft = answered(scene.voice().broken_even(&plan(held, 0, &columns), pays));
    draft.body.push(scene.voice().rated(&plan(held, 0, &[]), false));
    draft.tables.push(table(scene.found(0, "break_even_offers").unwrap_or(held)));
    verdict(held, 0, &mut draft);
    draft.result = all_rows(held);
    Some(draft)
}
