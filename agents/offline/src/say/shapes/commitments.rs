//! Answers about what discounts and commitments saved.

use wherefore_contract::draft::{CalcOp, Draft, DraftResult, FactOrCalc, Format};

use super::{Scene, answered, at};
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
