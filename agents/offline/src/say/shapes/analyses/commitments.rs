//! Coverage, utilization, waste and ends of commitments.

use wherefore_contract::{
    answer::Status,
    draft::{Draft, DraftGap, Sentence},
    evidence::{Evidence, FactRef},
};

use crate::say::{
    bare,
    scene::{Scene, at},
    shapes::{all_rows, answered, table},
};

// So many commitments can be read beside each other.
const HELD_SHOWN: usize = 40;

/// Names as answer documents fix them.
const VERDICT: [&str; 7] = [
    "commitment_cost",
    "unused_commitment_cost",
    "utilization",
    "coverage",
    "net_saving",
    "commitment_savings_rate",
    "effective_savings_rate",
];

/// The answer; `None` when the tools found nothing.
pub(super) fn shape(scene: &Scene<'_>) -> Option<Draft> {
    let asks_ends = scene.reading.commitment.as_ref().is_some_and(|asked| asked.ends);
    match (asks_ends, scene.found(0, "ends")) {
        (true, Some(ends)) => Some(ending(scene, ends)),
        (true, None) => scene.found(0, "state").map(|_| unknown_ends(scene)),
        (false, ends) => state(scene, scene.found(0, "state")?, ends),
    }
}

fn state(scene: &Scene<'_>, held: &Evidence, ends: Option<&Evidence>) -> Option<Draft> {
    let voice = scene.voice();
    let figures = |columns: &[&str]| -> Vec<FactRef> {
        let known = columns.iter().filter(|column| held.fact(0, column).is_some());
        known.map(|column| at(held, 0, column)).collect()
    };
    let period = held.facts.period?;
    let told = figures(&["utilization", "coverage", "net_saving", "effective_savings_rate"]);
    let mut draft = answered(voice.held(period, &told));
    let costs = ["commitment_cost", "used_commitment_cost", "unused_commitment_cost"];
    draft.body.push(voice.held_cost(period, &figures(&costs)));
    let each = scene.found(0, "commitments");
    draft.body.extend(each.and_then(|each| wasted(scene, each)));
    draft.body.extend(ends.and_then(|ends| next_end(scene, ends)));
    let priced = held.fact(0, "net_saving").is_some();
    draft.body.extend((!priced).then(|| voice.unpriced()));
    draft.tables.push(table(held));
    let few = |held: &&Evidence| held.facts.table.rows.len() <= HELD_SHOWN;
    for name in ["months", "covered_usage", "commitments", "ends"] {
        draft.tables.extend(scene.found(0, name).filter(few).map(table));
    }
    for name in VERDICT {
        if held.fact(0, name).is_some() {
            draft.verdict.insert(name.to_owned(), at(held, 0, name));
        }
    }
    draft.result = all_rows(scene.found(0, "months").unwrap_or(held));
    Some(draft)
}

// The commitment with the most unused cost, which stands first.
fn wasted(scene: &Scene<'_>, each: &Evidence) -> Option<Sentence> {
    let unused = each.facts.table.number(0, "unused_commitment_cost")?;
    let name = named(each, 0)?;
    let figures =
        ["unused_commitment_cost", "utilization"].map(|column| at(each, 0, column)).to_vec();
    (!unused.is_zero()).then(|| scene.voice().wasted(name, &figures))
}

fn named(held: &Evidence, row: usize) -> Option<FactRef> {
    let columns = ["commitment_discount", "commitment_discount_type"];
    columns
        .into_iter()
        .find(|column| held.name(row, column).is_some())
        .map(|column| at(held, row, column))
}

// The first that ends on or after the day of asking; else the one that ended last.
fn next_end(scene: &Scene<'_>, ends: &Evidence) -> Option<Sentence> {
    let left = |row: usize| ends.facts.table.number(row, "days_left");
    let rows = || (0..ends.facts.table.rows.len()).filter(|row| left(*row).is_some());
    let to_come = rows().find(|row| left(*row).is_some_and(|left| !left.is_sign_negative()));
    let voice = scene.voice();
    let cells = |row: usize| {
        Some((named(ends, row)?, at(ends, row, "ends_on"), at(ends, row, "days_left")))
    };
    if let Some((name, day, left)) = to_come.and_then(cells) {
        return Some(voice.ends_next(name, day, left));
    }
    let (name, day, _) = rows().next_back().and_then(cells)?;
    Some(voice.ended_last(name, day))
}

fn ending(scene: &Scene<'_>, ends: &Evidence) -> Draft {
    let voice = scene.voice();
    let mut draft = match next_end(scene, ends) {
        Some(sentence) => answered(sentence),
        None => answered(voice.no_end_told()),
    };
    let open = (0..ends.facts.table.rows.len())
        .any(|row| ends.name(row, "end_source") == Some("not_on_the_bill"));
    draft.body.extend(open.then(|| voice.open_ends()));
    draft.tables.push(table(ends));
    draft.result = all_rows(ends);
    draft
}

// Bills that name no commitment do not say when one ends.
fn unknown_ends(scene: &Scene<'_>) -> Draft {
    let voice = scene.voice();
    let mut draft = bare(Status::Declined, voice.unnamed_ends());
    draft.gaps.push(DraftGap {
        code: "missing_column".to_owned(),
        source: "cost".to_owned(),
        sentence: voice.nameless(),
        effect: Sentence::default(),
    });
    draft
}
