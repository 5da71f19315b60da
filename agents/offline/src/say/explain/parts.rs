//! What stands behind a bridge: the parts of its price effect, and the parts it was asked by.

use wherefore_contract::{
    dimension::Dimension,
    draft::{ChartKind, Draft, DraftChart, DraftTable, Sentence},
    evidence::{Evidence, FactRef},
};

use super::{FIRST, part_moved};
use crate::say::{
    line::Line,
    scene::{Scene, at, period_of},
};

/// Which part of the main cause's price moved, or that the bill does not tell.
pub(super) fn price_parts(scene: &Scene<'_>, verdict: &Evidence, amount: &str) -> Option<Sentence> {
    if verdict.name(0, "main_effect")? != "price" {
        return None;
    }
    let Some(main) = verdict.name(0, "main_price_part") else {
        return Some(scene.voice().no_price_parts());
    };
    let split = scene.found(FIRST, "price_split")?;
    let same =
        |row: usize, own: &str| split.name(row, own) == verdict.name(0, &format!("main_{own}"));
    let rows = (0..split.facts.table.rows.len()).filter(|row| {
        same(*row, "cloud_service")
            && same(*row, "usage_type")
            && split.fact(*row, amount).is_some()
    });
    let parts: Vec<(FactRef, FactRef)> =
        rows.map(|row| (at(split, row, "price_part"), at(split, row, amount))).collect();
    let rose = (0..split.facts.table.rows.len())
        .find(|row| same(*row, "usage_type") && split.name(*row, "price_part") == Some(main))
        .and_then(|row| split.facts.table.number(row, amount))
        .is_some_and(|part| part.is_sign_positive());
    let (first, _) = parts.first()?;
    let names = ["cloud_service", "usage_type"].map(|name| at(split, first.row, name));
    let period = period_of(split, first.row, amount);
    Some(scene.voice().price_parts(&names, period, &parts, (main, rose)))
}

/// What the verdict rests on; where there is none, the interval that it could not be given over.
pub(super) fn regime_reason(
    scene: &Scene<'_>,
    verdict: &Evidence,
    regime: &str,
) -> Option<Sentence> {
    let pair = |name: &str| {
        let sides = ["from", "to"].map(|end| at(verdict, 0, &format!("{name}_{end}")));
        let known = sides.iter().all(|side| verdict.fact(0, &side.column).is_some());
        known.then_some(sides)
    };
    let periods = ["from", "to"].map(|end| period_of(verdict, 0, &format!("cost_{end}")));
    let [Some(from), Some(to)] = periods else { return None };
    let ends = ["change_low_percent", "change_high_percent"].map(|name| at(verdict, 0, name));
    let known = ends.iter().all(|end| verdict.fact(0, &end.column).is_some());
    if regime == "undetermined" {
        let workload = verdict.name(0, "workload").map(|_| at(verdict, 0, "workload"));
        return known.then(|| scene.voice().interval(workload, ends, to));
    }
    Some(scene.voice().regime_reason(regime, &pair("cost")?, &pair("transactions")?, [from, to]))
}

/// The table of the price parts, where there is one.
pub(super) fn price_table(scene: &Scene<'_>, draft: &mut Draft, amount: &str) {
    let Some(split) = scene.found(FIRST, "price_split") else { return };
    let own = ["cloud_service", "usage_type", "price_part", "amount"];
    let columns = own.into_iter().chain((amount == "unit_amount").then_some("unit_amount"));
    draft.tables.push(DraftTable {
        evidence: split.id.clone(),
        columns: columns.map(str::to_owned).collect(),
    });
}

/// The parts that the change was asked by: the one that moved most, a table and a chart.
pub(super) fn drill_down(scene: &Scene<'_>, draft: &mut Draft) {
    let Some(parts) = scene.found(FIRST, "parts") else { return };
    draft.body.extend(part_moved(scene, parts, 0));
    let columns = parts.facts.table.columns.iter();
    let columns =
        columns.filter(|column| parts.fact(0, &column.name).is_some() || !is_unit(&column.name));
    draft.tables.push(DraftTable {
        evidence: parts.id.clone(),
        columns: columns.map(|column| column.name.clone()).collect(),
    });
    let by = scene.reading.dimensions.first().map(Dimension::name);
    if let Some(by) = by.filter(|_| parts.facts.table.rows.len() > 1) {
        draft.charts.push(DraftChart {
            title: Line::default().measure(at(parts, 0, "change")).done(),
            kind: ChartKind::Bars,
            evidence: parts.id.clone(),
            x: by,
            y: vec!["change".to_owned()],
            series: None,
        });
    }
}

fn is_unit(column: &str) -> bool {
    column.starts_with("unit_")
}
