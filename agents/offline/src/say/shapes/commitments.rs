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
    let facts = vec![at(held, 0, &dear.column_name()), at(held, 0, &cheap.column_name())];
    let shown = Line::default().calc(CalcOp::Difference, facts.clone(), Format::Signed);
    let about = scene.about(held.facts.period);
    let [first, second] = [facts.first()?.clone(), facts.get(1)?.clone()];
    let mut draft = answered(scene.voice().saving(&about, [first.clone(), second.clone()], shown));
    draft.body.push(scene.voice().two_levels(&about, [first.clone(), second.clone()]));
    let columns = vec![dear.column_name(), cheap.column_name(), "saved".to_owned()];
    let difference = FactOrCalc::Calc { op: CalcOp::Difference, facts };
    let cells = vec![FactOrCalc::Fact(first), FactOrCalc::Fact(second), difference];
    draft.result = DraftResult::Cells { columns, rows: vec![cells] };
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
