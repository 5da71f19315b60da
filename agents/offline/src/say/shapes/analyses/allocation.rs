//! Who bears shared costs.

use wherefore_contract::{
    draft::{ChartKind, Draft, DraftChart},
    evidence::Evidence,
};

use crate::say::{
    line::Line,
    scene::{Scene, at, period_of},
    shapes::{all_rows, answered, table},
};

const FIRST: usize = 0;
// So many pools of one owner are told in words; the rest stand in a table.
const POOLS_TOLD: usize = 3;
// Charts with more marks than this cannot be read.
const BARS_SHOWN: usize = 30;

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let allocation = scene.found(FIRST, "allocation")?;
    let totals = scene.found(FIRST, "totals")?;
    let trace = scene.found(FIRST, "trace")?;
    let pools = scene.found(FIRST, "pools")?;
    let owner = allocation.facts.table.columns.first()?.name.clone();
    let voice = scene.voice();
    let period = period_of(totals, 0, "shared_cost")?;
    let cells = |held: &Evidence, row: usize, names: &[&str]| {
        names.iter().map(|name| at(held, row, name)).collect::<Vec<_>>()
    };
    let amounts = ["total_cost", "direct_cost", "shared_cost"];
    let one = scene.steps().first().is_some_and(|step| step.arguments.contains_key("owner"));
    let mut draft = if one {
        let name = at(allocation, 0, &owner);
        let costs = cells(allocation, 0, &amounts);
        let mut draft = answered(match allocation.fact(0, "unit_cost") {
            Some(_) => voice.loaded_unit_cost(
                name.clone(),
                [at(allocation, 0, "unit_cost"), at(allocation, 0, "direct_unit_cost")],
                period,
            ),
            None => voice.borne(name.clone(), &costs, period),
        });
        if allocation.fact(0, "unit_cost").is_some() {
            draft.body.push(voice.borne(name, &costs, period));
        }
        for row in 0..trace.facts.table.rows.len().min(POOLS_TOLD) {
            let names = cells(trace, row, &["pool", "provider", &owner]);
            let basis = at(trace, row, "allocation_basis");
            let figures = [at(trace, row, "shared_cost"), at(trace, row, "share")];
            draft.body.push(voice.pool_share(&names, basis, figures, period));
        }
        draft
    } else {
        let left = totals.facts.table.number(0, "unallocated_cost");
        let mut names = vec!["shared_cost", "direct_cost"];
        names.extend(left.filter(|left| !left.is_zero()).map(|_| "unallocated_cost"));
        let costs = cells(totals, 0, &names);
        let mut draft = answered(voice.allocated(&costs, period));
        let first = (0..allocation.facts.table.rows.len())
            .filter(|row| allocation.fact(*row, "shared_cost").is_some())
            .max_by_key(|row| {
                (allocation.facts.table.number(*row, "shared_cost"), std::cmp::Reverse(*row))
            });
        if let Some(row) = first {
            let costs = cells(allocation, row, &amounts);
            draft.body.push(voice.borne(at(allocation, row, &owner), &costs, period));
        }
        draft
    };
    draft.body.push(voice.allocation_rule());
    draft.result = all_rows(allocation);
    draft.tables.push(table(allocation));
    draft.tables.push(table(if one { trace } else { pools }));
    if !one {
        draft.charts.extend(chart(allocation, owner));
    }
    Some(draft)
}

// What each bears of the shared cost, where it can be read.
fn chart(allocation: &Evidence, owner: String) -> Option<DraftChart> {
    (2..=BARS_SHOWN).contains(&allocation.facts.table.rows.len()).then(|| DraftChart {
        title: Line::default().measure(at(allocation, 0, "shared_cost")).done(),
        kind: ChartKind::Bars,
        evidence: allocation.id.clone(),
        x: owner,
        y: vec!["shared_cost".to_owned()],
        series: None,
    })
}
