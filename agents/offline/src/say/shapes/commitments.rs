//! Answers about discounts and commitments: what was saved, and what was paid for and not used.

use wherefore_contract::{
    Decimal,
    cost::Measure,
    draft::{CalcOp, Draft, DraftResult, FactOrCalc, Format},
    evidence::FactRef,
};

use super::{Scene, answered, at, table};
use crate::say::line::Line;

pub(super) fn saving(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let (dear, cheap) = (scene.reading.measures.first()?, scene.reading.measures.get(1)?);
    let (dear, cheap) = (dear.column_name(), cheap.column_name());
    let facts = |row: usize| vec![at(held, row, &dear), at(held, row, &cheap)];
    let saved = |row: usize| {
        let table = &held.facts.table;
        table.number(row, &dear)?.checked_sub(table.number(row, &cheap)?)
    };
    let rows: Vec<usize> =
        (0..held.facts.table.rows.len()).filter(|row| saved(*row).is_some()).collect();
    // The row that was saved most on leads; the first of them on ties.
    let lead = rows.iter().copied().reduce(
        |best, row| {
            if saved(row) > saved(best) { row } else { best }
        },
    )?;
    let shown = Line::default().calc(CalcOp::Difference, facts(lead), Format::Signed);
    let about = scene.about(held.facts.period);
    let [first, second] = [at(held, lead, &dear), at(held, lead, &cheap)];
    let names = if rows.len() > 1 { scene.row_names(held, lead) } else { Vec::new() };
    let voice = scene.voice();
    let measures = [first.clone(), second.clone()];
    let mut draft = answered(voice.saving(&about, &names, measures.clone(), shown));
    if rows.len() == 1 {
        draft.body.push(voice.two_levels(&about, measures));
    }
    let dimensions: Vec<String> =
        scene.reading.dimensions.iter().map(ToString::to_string).collect();
    let cells = rows.iter().map(|row| {
        let names = dimensions.iter().map(|name| FactOrCalc::Fact(at(held, *row, name)));
        let levels = facts(*row).into_iter().map(FactOrCalc::Fact);
        let saved = FactOrCalc::Calc { op: CalcOp::Difference, facts: facts(*row) };
        names.chain(levels).chain([saved]).collect()
    });
    let rows = cells.collect();
    let columns = dimensions.iter().cloned().chain([dear, cheap, "saved".to_owned()]).collect();
    draft.result = DraftResult::Cells { columns, rows };
    Some(draft)
}

// Bills that price unused commitments say it themselves; others leave what was paid and what was used.
pub(super) fn unused(scene: &Scene<'_>) -> Option<Draft> {
    let held = scene.found(0, "")?;
    let (billed, effective) =
        (Measure::BilledCost.column_name(), Measure::EffectiveCost.column_name());
    let row_of = |category: &str, status: Option<&str>| {
        (0..held.facts.table.rows.len()).find(|row| {
            held.name(*row, "charge_category") == Some(category)
                && status.is_none_or(|status| {
                    held.name(*row, "commitment_discount_status") == Some(status)
                })
        })
    };
    // The status tells usage apart; a purchase is told by its category where there is one.
    let names = |row: usize, columns: &[&str]| -> Vec<FactRef> {
        let named = columns.iter().filter(|column| held.name(row, column).is_some());
        named.map(|column| at(held, row, column)).collect()
    };
    let (category, status) = ("charge_category", "commitment_discount_status");
    let purchases = (0..held.facts.table.rows.len())
        .filter(|row| held.name(*row, category) == Some("Purchase"))
        .count();
    let about = scene.about(held.facts.period);
    let stated = row_of("Usage", Some("Unused")).filter(|row| {
        held.facts.table.number(*row, &effective).is_some_and(|cost| cost != Decimal::ZERO)
    });
    if let Some(row) = stated {
        let fact = at(held, row, &effective);
        let value = Line::default().value(fact.clone());
        let mut draft = answered(scene.voice().row(&about, &names(row, &[status]), fact, value));
        let value = FactOrCalc::Fact(at(held, row, &effective));
        draft.result = DraftResult::Scalar { name: "unused".to_owned(), value };
        draft.tables.push(table(held));
        return Some(draft);
    }
    let (paid, used) = (row_of("Purchase", None)?, row_of("Usage", Some("Used"))?);
    let (fee, drawn) = (at(held, paid, &billed), at(held, used, &effective));
    let facts = vec![fee.clone(), drawn.clone()];
    let shown = Line::default().calc(CalcOp::Difference, facts.clone(), Format::Signed);
    let paid_by: &[&str] = if purchases == 1 { &[category] } else { &[category, status] };
    let sides = [(names(paid, paid_by), fee.clone()), (names(used, &[status]), drawn.clone())];
    let mut draft = answered(scene.voice().fee_not_used(&about, sides.clone(), shown));
    draft.body.push(scene.voice().fee_and_use(&about, sides));
    let columns = ["fee", "used", "unused"].map(str::to_owned).to_vec();
    let difference = FactOrCalc::Calc { op: CalcOp::Difference, facts };
    let cells = vec![FactOrCalc::Fact(fee), FactOrCalc::Fact(drawn), difference];
    draft.result = DraftResult::Cells { columns, rows: vec![cells] };
    draft.tables.push(table(held));
    Some(draft)
}
